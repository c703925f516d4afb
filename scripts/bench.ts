// npm run bench: how fast 100,000 tweets are imported and a session is placed, beside the floor measured in the same run.
// Texts come from real material beside the checkout where that is there, else from the demo.
// npm run bench -- --capture: a session of 1,000,000 tweets captured, beside the floor; --capture 50000: of so many.
// npm run bench -- --million: a file of 1,000,000 tweets: import, opening and check, each in a process of its own.
import { spawnSync } from "node:child_process";
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import Database from "better-sqlite3";
import { realClock } from "../src/clock.ts";

import { CHAT, captureFloor, captureOnce, quantile } from "./bench-capture.ts";
import { placeFigures } from "./bench-place.ts";

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
    spawnPart(["place"], "inherit");
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

/** As the parent has put them aside: reading all of them would count as memory of the capture. */
const someTexts = (): readonly string[] => JSON.parse(readFileSync(join(dir, "texts.json"), "utf8"));

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

/** Captures in a process of its own, with the flags of the command. */
function captureMany(n: string): void {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  try {
    mkdirSync(join(folder, "chats", "bench"), { recursive: true });
    writeFileSync(join(folder, "chats", "bench", "chat.md"), CHAT);
    writeFileSync(join(folder, "texts.json"), JSON.stringify(texts().list.slice(0, 5000)));
    const floor = child("capture-floor", folder, n);
    const ours = child("capture", folder, n);
    const rate = (seconds: number): string => `${Math.round(Number(n) / seconds).toLocaleString("en")} tweets/s`;
    const ms = (what: readonly number[]): string => `p50 ${quantile(what, 0.5).toFixed(1)} ms, p99 ${quantile(what, 0.99).toFixed(1)} ms`;
    console.log(`${Number(n).toLocaleString("en")} tweets of one session, 500 a page, every page read twice (the settle walk)`);
    console.log(`floor    ${rate(floor.seconds)}, ${floor.megabytes} MB (JSON.parse and one bare INSERT each, same transactions)`);
    console.log(`capture  ${rate(ours.seconds)}, ${ours.megabytes} MB peak, ${(ours.seconds / floor.seconds).toFixed(1)} x the floor`);
    console.log(`commit   ${ms(ours.commits ?? [])} (synchronous=FULL)`);
    console.log(`page     ${ms(ours.pages ?? [])} (its whole transaction)`);
    console.log(`archive.db of ${megabytesOf(join(folder, "archive.db"))} MB`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Measured {
  readonly seconds: number;
  readonly again: number;
  /** Seconds of processor time, the start of the process included: what a busy machine does not change. */
  readonly cpu: number;
  readonly megabytes: number;
  /** Milliseconds, of a capture. */
  readonly commits?: readonly number[];
  readonly pages?: readonly number[];
}

/** A process of its own, so that its peak memory is its own. */
function child(what: string, folder: string, ...more: readonly string[]): Measured {
  return JSON.parse(spawnPart([what, folder, ...more], "pipe")) as Measured;
}

function spawnPart(words: readonly string[], stdout: "pipe" | "inherit"): string {
  const part = spawnSync(process.execPath, [...flags(), fileURLToPath(import.meta.url), ...words], {
    encoding: "utf8",
    env: { ...process.env, ...environment() },
    maxBuffer: 1e8,
    stdio: ["ignore", stdout, "inherit"],
  });
  if (part.status !== 0) throw new Error(`${words[0]} failed`);
  return part.stdout;
}

/** How the command itself is run stands in its first line: flags, and variables of the environment. */
const firstLine = (): string => readFileSync(join(ROOT, "scripts", "chatscribe.js"), "utf8").split("\n")[0] ?? "";
// `--max-semi-space-size=4`, `--optimize-for-size`
const flags = (): string[] => firstLine().match(/--[\w-]+(?:=\d+)?/g) ?? [];
// `MALLOC_MMAP_THRESHOLD_=131072`
const environment = (): Record<string, string> =>
  Object.fromEntries([...firstLine().matchAll(/ ([A-Z_]+)=(\d+)/g)].map(([, name = "", value = ""]) => [name, value]));

const timed = async (work: () => unknown): Promise<number> => {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
};
function report(seconds: number, again: number, more: Pick<Measured, "commits" | "pages"> = {}): void {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  console.log(JSON.stringify({ seconds, again, cpu: (userCPUTime + systemCPUTime) / 1e6, megabytes: Math.round(maxRSS / 1024), ...more }));
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

if (role === undefined) bench();
else if (role === "--million") million();
else if (role === "--capture") captureMany(process.argv[3] ?? "1000000");
else if (role === "capture") {
  const { seconds, ...more } = await captureOnce(dir, Number(process.argv[4]), someTexts());
  report(seconds, 0, more);
} else if (role === "capture-floor") report(captureFloor(dir, Number(process.argv[4]), someTexts()), 0);
else if (role === "place") for (const line of placeFigures(texts().list)) console.log(line);
else if (role === "import") await importOnce();
else if (role === "floor") floorOnce();
else if (role === "open") await openOnce();
else report(await timed(() => command(...role.split(" "))), 0);
