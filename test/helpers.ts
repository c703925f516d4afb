import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after } from "node:test";
import type { Effects } from "../src/cli/command.ts";
import { main } from "../src/cli/main.ts";
import { realClock } from "../src/clock.ts";
import type { ExitCode } from "../src/errors.ts";
import type { Author, Observation, Tweet } from "../src/model.ts";
import { mentionsIn, tagsIn } from "../src/text/decode.ts";

/** An empty folder that goes away when the test that asked for it ends. */
export function tempDir(): string {
  const dir = mkdtempSync(join(tmpdir(), "chatscribe-"));
  after(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** Writes a file below a folder and returns its path. */
export function write(dir: string, name: string, content: string | Uint8Array): string {
  const file = join(dir, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

/** A chat that meets on Tuesdays at noon in New York: 2026-03-03 12:00 there is 17:00 UTC. */
export const TEACHAT = `---
title: Tea Chat
tags: ["#teachat"]
hosts: [ceylon_sam]
schedule: { every: Tuesday, at: "12:00", zone: America/New_York, minutes: 60 }
---
`;
/** Its session that most tests speak of, and when that begins. */
export const SESSION = "2026-03-03";
export const START = Date.parse("2026-03-03T17:00:00Z");

export interface ArchiveFiles {
  /** The text of chats/teachat/chat.md. */
  readonly chat?: string;
  /** By session: the text of chats/teachat/<session>.md. */
  readonly notes?: Readonly<Record<string, string>>;
  /** Any other file, by its path in the archive. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
}

/** The folder of an archive that holds no tweet yet; it goes away when the test ends. */
export function makeArchive({ chat = TEACHAT, notes = {}, files = {} }: ArchiveFiles = {}): string {
  const dir = tempDir();
  write(dir, "chats/teachat/chat.md", chat);
  for (const [session, text] of Object.entries(notes)) write(dir, `chats/teachat/${session}.md`, text);
  for (const [name, content] of Object.entries(files)) write(dir, name, content);
  return dir;
}

export interface Ran {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line in this process: `run(["status", "--archive", dir])`. The clock stands still. */
export async function run(
  args: readonly string[],
  {
    cwd = process.cwd(),
    env = {},
    now = "2026-04-01T12:00:00Z",
    cores,
  }: { cwd?: string; env?: Effects["env"]; now?: string; cores?: number } = {},
): Promise<Ran> {
  let out = "";
  let err = "";
  const code = await main(args, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    now: () => Date.parse(now),
    clock: realClock(() => Date.parse(now)),
    env,
    cwd,
    ...(cores === undefined ? {} : { cores }),
    terminal: false,
    ask: () => Promise.reject(new Error("nobody to ask")),
    stopped: () => new Promise(() => {}),
  });
  return { code, out, err };
}

export interface Said extends Partial<Omit<Tweet, "author" | "time">> {
  /** A handle, or the whole author. */
  readonly author?: string | Author;
  /** ISO 8601, minutes after the start of the session, or null. */
  readonly time?: string | number | null;
}

/** A tweet: all that is not said is what X leaves empty. `tweet({ id: "7", author: "amy", time: 4, text: "A1 green #teachat" })` */
export function tweet(said: Said = {}): Tweet {
  const { author = "amy", time = 1, text = "hello #teachat", ...rest } = said;
  return {
    id: "1",
    author: typeof author === "string" ? { id: null, handle: author, name: author } : author,
    time: typeof time === "number" ? START + time * 60_000 : time === null ? null : Date.parse(time),
    text,
    lang: null,
    replyTo: null,
    replyToUser: null,
    quotes: null,
    repostOf: null,
    conversation: null,
    tags: tagsIn(text).map((tag) => tag.text.toLowerCase()),
    mentions: mentionsIn(text).map((mention) => mention.text),
    links: [],
    media: [],
    poll: null,
    edited: null,
    aliases: [],
    local: false,
    heading: null,
    ...rest,
  };
}

/** A tweet on its way into the store. */
export const observed = (said: Said, rest: Partial<Omit<Observation, "tweet">> = {}): Observation => ({
  tweet: tweet(said),
  context: false,
  session: null,
  rounded: { replyTo: null, repostOf: null },
  repaired: false,
  ...rest,
});

/** A line of a file to import: what `tweet` makes, as Chatscribe JSONL, and other keys (`context`, `session`, …). */
export function line(said: Said, more: Readonly<Record<string, unknown>> = {}): string {
  const { author, time, replyTo, replyToUser, repostOf, edited, ...t } = tweet(said);
  const record = {
    ...t,
    author: author.handle,
    author_id: author.id,
    name: author.name,
    created_at: time === null ? null : new Date(time).toISOString(),
    reply_to: replyTo,
    reply_to_user: replyToUser,
    repost_of: repostOf,
    edited: edited === null ? null : new Date(edited).toISOString(),
    ...more,
  };
  return `${JSON.stringify(record)}\n`;
}
