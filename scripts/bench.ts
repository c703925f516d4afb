// npm run bench: how fast 100,000 tweets are imported and a session is placed, beside the floor measured in the same run.
// Texts come from real material beside the checkout where that is there, else from the demo.
// npm run bench -- --million: a file of 1,000,000 tweets: import, opening and check, each in a process of its own.
import { spawnSync } from "node:child_process";
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import Database from "better-sqlite3";
import { realClock } from "../src/clock.ts";
import { NO_NOTES } from "../src/config/notes.ts";
import type { Tweet } from "../src/model.ts";
import { transcribe } from "../src/thread/transcript.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const N = process.argv.includes("--million") ? 1_000_000 : 100_000;
const START = Date.UTC(2020, 0, 7, 12);
const [role, dir = ""] = process.argv.slice(2);

function bench(): void {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  try {
    const said = texts();
    writeArchive(folder, said.list);
    const floor = child("floor", folder);
    const ours = child("import", folder);
    const rate = (seconds: number): string => `${Math.round(N / seconds).toLocaleString("en")} tweets/s`;
    console.log(`${N.toLocaleString("en")} tweets, texts of ${said.from}`);
    console.log(`floor   ${rate(floor.seconds)}, ${floor.megabytes} MB (JSON.parse and one bare INSERT each, same transactions)`);
    console.log(`import  ${rate(ours.seconds)}, ${ours.megabytes} MB peak, ${(ours.seconds / floor.seconds).toFixed(1)} x the floor`);
    console.log(`again   ${rate(ours.again)} (all held)`);
    console.log(`place   ${placeRate(said.list)}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function million(): void {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  try {
    const said = texts();
    writeArchive(folder, said.list);
    const show = (name: string, { seconds, cpu, megabytes }: Measured): void =>
      console.log(`${name.padEnd(18)} ${seconds.toFixed(1).padStart(6)} s (${cpu.toFixed(1)} s of processor), ${megabytes} MB peak`);
    console.log(`${N.toLocaleString("en")} tweets, texts of ${said.from}, file of ${megabytesOf(join(folder, "in.jsonl"))} MB`);
    const first = child("import", folder, "--million");
    show("import", first);
    console.log(
      `${Math.round(N / first.seconds).toLocaleString("en")} tweets/s; archive.db of ${megabytesOf(join(folder, "archive.db"))} MB`,
    );
    for (const what of ["open", "check", "check --read-data", "backup", "rebuild"]) show(what, child(what, folder, "--million"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const megabytesOf = (file: string): number => Math.round(statSync(file).size / 1e6);

function texts(): { readonly from: string; readonly list: readonly string[] } {
  const real = join(ROOT, "..", "shared", "data", "rumoureval", "tweets.v1.jsonl.gz");
  const file = existsSync(real)
    ? gunzipSync(readFileSync(real)).toString()
    : readFileSync(join(ROOT, "data", "demo", "tweets.jsonl"), "utf8");
  const list = file
    .trim()
    .split("\n")
    .map((line) => (JSON.parse(line) as { text: string }).text);
  return { from: existsSync(real) ? "rumoureval" : "the demo", list };
}

/** A snowflake of that moment. */
const idAt = (time: number, n: number): string => String((BigInt(time - 1_288_834_974_657) << 22n) | BigInt(n));

function writeArchive(folder: string, list: readonly string[]): void {
  mkdirSync(join(folder, "chats", "bench"), { recursive: true });
  writeFileSync(join(folder, "chats", "bench", "chat.md"), '---\ntags: ["#bench"]\nschedule: { every: day, at: "12:00" }\n---\n');
  const file = openSync(join(folder, "in.jsonl"), "w");
  for (let day = 0; day * 1000 < N; day++) writeSync(file, Array.from({ length: 1000 }, (_, i) => lineOf(day * 1000 + i, list)).join(""));
  closeSync(file);
}

/** A thousand a day, one every 3.6 seconds from noon. */
function lineOf(i: number, list: readonly string[]): string {
  const time = START + Math.floor(i / 1000) * 86_400_000 + (i % 1000) * 3_600;
  const record = {
    id: idAt(time, i % 4096),
    author: `person${i % 997}`,
    name: `Person ${i % 997}`,
    created_at: new Date(time).toISOString(),
    text: list[i % list.length],
    reply_to: null,
  };
  return `${JSON.stringify(record)}\n`;
}

interface Measured {
  readonly seconds: number;
  readonly again: number;
  /** Seconds of processor time, the start of the process included: what a busy machine does not change. */
  readonly cpu: number;
  readonly megabytes: number;
}

/** A process of its own, so that its peak memory is its own. */
function child(what: string, folder: string, ...more: readonly string[]): Measured {
  const { stdout, status } = spawnSync(process.execPath, [...flags(), fileURLToPath(import.meta.url), what, folder, ...more], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status !== 0) throw new Error(`${what} failed`);
  return JSON.parse(stdout) as Measured;
}

/** The flags the command itself runs with: they stand in its first line. */
const flags = (): string[] =>
  (readFileSync(join(ROOT, "scripts", "chatscribe.js"), "utf8").split("\n")[0] ?? "").match(/--[\w-]+(?:=\d+)?/g) ?? [];

const timed = async (work: () => unknown): Promise<number> => {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
};
function report(seconds: number, again: number): void {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  console.log(JSON.stringify({ seconds, again, cpu: (userCPUTime + systemCPUTime) / 1e6, megabytes: Math.round(maxRSS / 1024) }));
}

/** Runs one command line in this process. */
async function command(...words: readonly string[]): Promise<void> {
  const { main } = await import("../src/cli/main.ts");
  const silent = {
    out: () => undefined,
    err: (text: string) => void process.stderr.write(text),
    now: () => START,
    clock: realClock(Date.now),
    env: {},
    cwd: dir,
    terminal: false,
    ask: async () => "",
    stopped: async () => undefined,
  };
  const code = await main([...words, "--archive", dir, "--quiet"], silent);
  if (code !== 0) throw new Error(`${words.join(" ")} ended with ${code}`);
}

async function importOnce(): Promise<void> {
  const run = (): Promise<void> => command("import", join(dir, "in.jsonl"), "--chat", "bench");
  const seconds = await timed(run);
  report(seconds, N > 100_000 ? 0 : await timed(run));
}

async function openOnce(): Promise<void> {
  const { Archive } = await import("../src/archive/archive.ts");
  report(await timed(() => Archive.open(dir).close()), 0);
}

function floorOnce(): void {
  const db = new Database(join(dir, "floor.db"));
  db.pragma("journal_mode = WAL");
  db.pragma("synchronous = FULL");
  db.exec("CREATE TABLE tweet (id TEXT PRIMARY KEY, author TEXT, time TEXT, text TEXT) WITHOUT ROWID");
  const put = db.prepare("INSERT OR IGNORE INTO tweet VALUES (?, ?, ?, ?)");
  const started = performance.now();
  const lines = readFileSync(join(dir, "in.jsonl"), "utf8").trim().split("\n");
  const add = db.transaction((some: readonly string[]) => {
    for (const line of some) {
      const { id, author, created_at, text } = JSON.parse(line) as Record<string, string>;
      put.run(id, author, created_at, text);
    }
  });
  for (let i = 0; i < lines.length; i += 20_000) add(lines.slice(i, i + 20_000));
  report((performance.now() - started) / 1000, 0);
}

/** A session of 500 tweets, placed again and again for two seconds. */
function placeRate(list: readonly string[]): string {
  const author = (i: number) => ({ id: null, handle: i % 50 === 0 ? "host" : `person${i % 37}`, name: "" });
  const blank = {
    lang: null,
    replyToUser: null,
    quotes: null,
    repostOf: null,
    conversation: null,
    tags: [],
    mentions: [],
    links: [],
    media: [],
    poll: null,
    edited: null,
    aliases: [],
    local: false,
    heading: null,
  };
  const text = (i: number): string =>
    i % 50 === 0
      ? `Q${i / 50 + 1} What now, everyone?`
      : i % 3 === 0
        ? `A${Math.floor(i / 50) + 1} ${list[i % list.length]}`
        : (list[i % list.length] ?? "");
  const tweets = Array.from(
    { length: 500 },
    (_, i): Tweet => ({
      ...blank,
      id: String(1000 + i),
      author: author(i),
      time: START + i * 7_000,
      text: text(i),
      replyTo: i % 4 === 1 ? String(1000 + i - 1) : null,
    }),
  );
  const input = {
    session: { chat: "bench", slug: "2020-01-07", window: { start: START, minutes: 60, lead: 15, grace: 30 } },
    zone: "UTC",
    hosts: ["host"],
    notes: NO_NOTES,
    tweets,
    untagged: new Set<string>(),
    context: [],
  };
  const started = performance.now();
  let sessions = 0;
  while (performance.now() - started < 2000) {
    transcribe(input);
    sessions++;
  }
  return `${Math.round((sessions * 500) / ((performance.now() - started) / 1000)).toLocaleString("en")} tweets/s (sessions of 500)`;
}

if (role === undefined) bench();
else if (role === "--million") million();
else if (role === "import") await importOnce();
else if (role === "floor") floorOnce();
else if (role === "open") await openOnce();
else report(await timed(() => command(...role.split(" "))), 0);
