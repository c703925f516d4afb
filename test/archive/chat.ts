import assert from "node:assert/strict";
import { run, write } from "../helpers.ts";

/** Imports lines of Chatscribe JSONL (`line`) into a chat of an archive. */
export async function take(dir: string, lines: readonly string[], chat = "teachat"): Promise<void> {
  const file = write(dir, `in/${chat}.jsonl`, lines.join(""));
  const { code, err } = await run(["import", file, "--chat", chat, "--archive", dir]);
  assert.equal(code, 0, err);
}

interface Exported {
  readonly id: string;
  readonly context: boolean;
  readonly untagged: boolean;
  readonly section: string | null;
}

/** A session at a glance, in order: `1 2 u3 a4 c5` - tweets 1 and 2, 3 untagged, 4 after the hour, and 5 as context. */
export async function session(dir: string, name: string): Promise<string> {
  const { code, out, err } = await run(["export", name, "--archive", dir]);
  if (code !== 0) return err.trim();
  const records = out
    .split("\n")
    .filter((text) => text !== "")
    .map((text) => JSON.parse(text) as Exported);
  const mark = (r: Exported): string => (r.context ? "c" : r.untagged ? "u" : r.section === "after" ? "a" : "");
  return records.map((r) => mark(r) + r.id).join(" ");
}

export interface Status {
  readonly tweets: number;
  readonly context: number;
  readonly outside: number;
  readonly chats: readonly { readonly chat: string; readonly sessions: readonly { readonly session: string; readonly tweets: number }[] }[];
}

export async function status(dir: string): Promise<Status> {
  const { code, out, err } = await run(["status", "--json", "--archive", dir]);
  assert.equal(code, 0, err);
  return JSON.parse(out) as Status;
}

/** A chat's sessions at a glance: `2026-03-03 2, 2026-03-10 1`. */
export async function sessions(dir: string, chat = "teachat"): Promise<string> {
  const found = (await status(dir)).chats.find((one) => one.chat === chat);
  return (found?.sessions ?? []).map((s) => `${s.session} ${s.tweets}`).join(", ");
}
