import { createHash } from "node:crypto";
import { cpSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { Effects } from "../../src/cli/command.ts";
import { main } from "../../src/cli/main.ts";
import { realClock } from "../../src/clock.ts";
import { line, type Ran, TEACHAT, tempDir, write } from "../helpers.ts";

const WEEK = 7 * 24 * 60;

/** The tea chat of 2026-03-03: two questions and what was said. */
export const NIGHT = [
  line({ id: "101", author: "ceylon_sam", time: 0, text: "Welcome to #teachat" }),
  line({ id: "102", author: "ceylon_sam", time: 3, text: "Q1 Which leaf do you drink in the morning? #teachat" }),
  line({ id: "103", author: "amy", time: 5, text: "A1 green, always #teachat" }),
  line({ id: "104", author: "bob", time: 6, text: "@amy the same here", replyTo: "103" }),
  line({ id: "105", author: "ceylon_sam", time: 20, text: "Q2 Milk first, or tea first? #teachat" }),
  line({ id: "106", author: "amy", time: 22, text: "A2 milk first #teachat" }),
];

/** Two sessions of the tea chat, 2026-03-03 and 2026-03-10, and one tweet in no window. */
export const TWEETS = [
  ...NIGHT,
  line({ id: "201", author: "ceylon_sam", time: WEEK + 2, text: "Q1 What do you do with old leaves? #teachat" }),
  line({ id: "202", author: "bob", time: WEEK + 4, text: "A1 feed the roses #teachat" }),
  line({ id: "301", author: "amy", time: 2 * 24 * 60, text: "quiet here #teachat" }),
].join("");

/** A session's file: YAML between its fences. */
export const notes = (yaml: string): string => `---\n${yaml}\n---\n`;

/** Runs a command line as a person would who stands in `cwd`. What the command may do to the world can be replaced. */
export async function type(args: readonly string[], cwd: string, world: Partial<Effects> = {}): Promise<Ran> {
  let out = "";
  let err = "";
  const code = await main(args, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    now: () => Date.parse("2026-04-01T12:00:00Z"),
    clock: realClock(() => Date.parse("2026-04-01T12:00:00Z")),
    env: {},
    cwd,
    terminal: false,
    ask: () => Promise.reject(new Error("nobody to ask")),
    stopped: () => new Promise(() => {}),
    ...world,
  });
  return { code, out: seenFrom(cwd, out), err: seenFrom(cwd, err) };
}

/** The test's process stands elsewhere than the person: `../../tmp/x/data` is what they see as `data`. */
export const seenFrom = (cwd: string, text: string): string =>
  [relative(process.cwd(), cwd), cwd].filter(Boolean).reduce((seen, dir) => seen.replaceAll(join(dir, "/"), ""), text);

/** A folder with an archive `data` and nothing captured. */
export function emptyWorld(): string {
  const cwd = tempDir();
  write(cwd, "data/chats/teachat/chat.md", TEACHAT);
  return cwd;
}

/** A folder with an archive `data` that holds TWEETS and was threaded, and the imported file. Call it once and copy: `copyOf`. */
export async function fullWorld(): Promise<string> {
  const cwd = emptyWorld();
  write(cwd, "tweets.jsonl", TWEETS);
  for (const args of [["import", "tweets.jsonl", "--chat", "teachat"], ["thread"]]) {
    const { code, err } = await type([...args, "--archive", "data"], cwd);
    if (code !== 0) throw new Error(err);
  }
  return cwd;
}

export function copyOf(world: string): string {
  const cwd = tempDir();
  cpSync(world, cwd, { recursive: true });
  return cwd;
}

/** Every path below a folder with the hash of its bytes: equal before and after, nothing was written. */
export function tree(dir: string): Readonly<Record<string, string>> {
  const entries = readdirSync(dir, { recursive: true, withFileTypes: true }).map((entry) => {
    const file = join(entry.parentPath, entry.name);
    return [relative(dir, file), entry.isFile() ? createHash("sha256").update(readFileSync(file)).digest("hex") : "folder"] as const;
  });
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
