// npm run bench:site: what it costs to publish, beside a floor that writes the same files by hand; one session more; nothing to do. Cards are
// not drawn; what finds tweets is apart: npm run bench:search says what it costs.
//   npm run bench:site -- --sessions 1000 --tweets 500   the size (default); the same of a tenth of the sessions beside it
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Archive } from "../src/archive/archive.ts";
import { buildSite } from "../src/site/build.ts";
import { sessionLines, writeChat, writeNotes } from "./bench-site-archive.ts";
import { writeFloor } from "./bench-site-floor.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const NOW = "2019-03-20T12:00:00Z";
const AGAIN = 5;
const { values, positionals } = parseArgs({
  options: { sessions: { type: "string", default: "1000" }, tweets: { type: "string", default: "500" } },
  allowPositionals: true,
});

/** Each process begins a minute after the one before: nothing that comes later may seem to have come sooner. */
let minutes = 0;
const now = (): string => new Date(Date.parse(NOW) + 60_000 * minutes++).toISOString();

interface Took {
  /** Seconds, all processes together. */
  readonly cpu: number;
  readonly wall: number;
  /** Of the largest process. */
  readonly mib: number;
  readonly processes: number;
  readonly out: string;
}

/** As scripts/chatscribe.js does. */
const CACHED = { NODE_COMPILE_CACHE: join(ROOT, "node_modules", ".cache", "chatscribe") };

/** Runs a command and what it starts. */
function run(args: readonly string[], dir: string, more: Readonly<Record<string, string>> = CACHED): Took {
  const usage = join(dir, "usage");
  rmSync(usage, { force: true });
  const env = {
    ...process.env,
    CHATSCRIBE_NOW: now(),
    BENCH_USAGE: usage,
    NODE_OPTIONS: `--import ${join(ROOT, "scripts", "bench-usage.js")}`,
    ...more,
  };
  const began = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { env, encoding: "utf8", maxBuffer: 1e9 });
  const wall = (performance.now() - began) / 1000;
  if (status !== 0) throw new Error(`${args.join(" ")}: ${stderr}`);
  const each = readFileSync(usage, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { cpu: number; mib: number });
  const cpu = each.reduce((sum, one) => sum + one.cpu, 0);
  return { cpu, wall, mib: Math.max(...each.map(({ mib }) => mib)), processes: each.length, out: stdout };
}

const chatscribe = (dir: string, ...args: string[]): Took =>
  run(
    ["--max-semi-space-size=4", "--optimize-for-size", join(ROOT, "scripts", "chatscribe.js"), ...args, "--archive", join(dir, "data")],
    dir,
  );
const role = (dir: string, ...args: string[]): Took =>
  run(["--max-semi-space-size=4", fileURLToPath(import.meta.url), ...args, join(dir, "data")], dir);
/** As everybody starts it. */
const eleventy = (dir: string): Took => run([join(ROOT, "node_modules", "@11ty", "eleventy", "cmd.cjs"), "--version"], dir, {});

/** Of several runs the least: what else a machine does only adds. */
function least(runs: readonly Took[]): Took {
  const by = (key: "cpu" | "wall"): number => Math.min(...runs.map((one) => one[key]));
  return { ...(runs[0] as Took), cpu: by("cpu"), wall: by("wall"), mib: Math.max(...runs.map(({ mib }) => mib)) };
}

const texts = (): string[] =>
  readFileSync(join(ROOT, "data", "demo", "tweets.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => (JSON.parse(line) as { text?: string }).text ?? "")
    .filter((text) => text !== "")
    .map((text) => text.replaceAll(/#\w+|\b[QA]\d+\b:?/g, "").trim()); // "#mendchat", "A2:"

function importWeeks(dir: string, weeks: readonly number[], tweets: number): void {
  const words = texts();
  const file = join(dir, "in.jsonl");
  // by the hundred: the text of all would be a text too long
  for (let at = 0; at < weeks.length; at += 100) {
    writeFileSync(
      file,
      weeks
        .slice(at, at + 100)
        .map((week) => sessionLines(week, tweets, words))
        .join(""),
    );
    chatscribe(dir, "import", file, "--chat", "bench", "--quiet");
  }
  rmSync(file);
}

const show = (name: string, took: Took): void =>
  console.log(
    `  ${name.padEnd(26)} ${took.cpu.toFixed(2).padStart(7)} s of processor, ${took.wall.toFixed(2).padStart(7)} s, ${took.mib.toFixed(0).padStart(4)} MiB${took.processes > 1 ? ` in the largest of ${took.processes}` : ""}`,
  );

/** An archive, and what is built of it. */
interface Place {
  readonly dir: string;
  readonly sessions: number;
  readonly tweets: number;
}

function placeOf(sessions: number, tweets: number): Place {
  const dir = mkdtempSync(join(tmpdir(), "bench-site-"));
  writeChat(join(dir, "data"), sessions);
  importWeeks(
    dir,
    Array.from({ length: sessions }, (_, week) => week),
    tweets,
  );
  return { dir, sessions, tweets };
}

interface Whole {
  readonly alone: Took;
  readonly crew: Took;
  readonly floor: Took;
}

function measureWhole({ dir, sessions, tweets }: Place): Whole {
  console.log(`${sessions} sessions of ${tweets} tweets`);
  const floor = role(dir, "floor", join(dir, "floor"));
  show("floor", floor);
  for (const line of floor.out.trim().split("\n")) console.log(`    ${line}`);
  const whole = chatscribe(dir, "build", "--out", join(dir, "site"), "--json");
  show("build, with search", whole);
  const crew = role(dir, "crew", join(dir, "crew"));
  show("two processes", crew);
  console.log(`    ${sameBytes(join(dir, "floor"), join(dir, "crew"))}`);
  rmSync(join(dir, "floor"), { recursive: true });
  const alone = role(dir, "alone", join(dir, "alone"));
  show("in process", alone);
  rmSync(join(dir, "alone"), { recursive: true });
  return { alone, crew, floor };
}

interface More {
  /** One session more, without and with what finds its tweets. */
  readonly one: Took;
  readonly oneWhole: Took;
  readonly version: Took;
  readonly nothing: Took;
}

/** Several times one session more, without and with search in turn, and Eleventy's start in between; and a build that has nothing to do. The
 *  other folder follows untimed. Of all places in turn: what a machine has to do besides befalls them alike. */
function measureMore(places: readonly Place[]): More[] {
  const took = places.map(() => ({ one: [] as Took[], oneWhole: [] as Took[], version: [] as Took[], nothing: [] as Took[] }));
  for (let n = 0; n < 2 * AGAIN; n++)
    for (const [at, { dir, sessions, tweets }] of places.entries()) {
      const apart = (): Took => role(dir, "more", join(dir, "crew"));
      const whole = (): Took => chatscribe(dir, "build", "--out", join(dir, "site"), "--json");
      writeNotes(join(dir, "data"), sessions + n);
      importWeeks(dir, [sessions + n], tweets);
      const [timed, other] = n % 2 === 0 ? [apart, whole] : [whole, apart];
      took[at]?.[n % 2 === 0 ? "one" : "oneWhole"].push(timed());
      other();
      took[at]?.version.push(eleventy(dir));
      whole(); // tells of files that were touched too lately for the one before
      took[at]?.nothing.push(whole());
    }
  return places.map(({ sessions, tweets }, at) => {
    console.log(`after ${sessions} sessions of ${tweets} tweets`);
    const of = (kind: keyof More): Took => least(took[at]?.[kind] ?? []);
    const more = { one: of("one"), oneWhole: of("oneWhole"), version: of("version"), nothing: of("nothing") };
    show("one more, search apart", more.one);
    show("one more, with search", more.oneWhole);
    show("eleventy --version", more.version);
    show("nothing to do", more.nothing);
    return more;
  });
}

/** Whether two folders hold the same files, but for what only a build has. */
function sameBytes(floor: string, site: string): string {
  const files = readdirSync(floor, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const differing = files.filter(({ parentPath, name }) => {
    const path = join(parentPath, name);
    const other = join(site, path.slice(floor.length));
    return !existsSync(other) || hashOf(path) !== hashOf(other);
  });
  const bytes = files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
  return `${files.length} files of ${Math.round(bytes / 1e6)} MB, ${differing.length === 0 ? "the same as the floor's" : `${differing.length} DIFFER: ${differing[0]?.parentPath}/${differing[0]?.name}`}`;
}

const hashOf = (file: string): string => createHash("sha256").update(readFileSync(file)).digest("hex");

function bench(): void {
  const [sessions, tweets] = [Number(values.sessions), Number(values.tweets)];
  const places = [Math.max(1, sessions / 10), sessions].map((some) => placeOf(some, tweets));
  try {
    const [small, large] = places.map(measureWhole) as [Whole, Whole];
    compare(small, large, measureMore(places) as [More, More]);
  } finally {
    for (const { dir } of places) rmSync(dir, { recursive: true, force: true });
  }
}

function compare(small: Whole, large: Whole, [after, later]: readonly [small: More, large: More]): void {
  const TARGETS: readonly (readonly [what: string, is: number, most: number])[] = [
    ["processor in process / floor", large.alone.cpu / large.floor.cpu, 1.5],
    ["time of two processes / floor", large.crew.wall / large.floor.wall, 1],
    ["peak of a process, MiB", large.crew.mib, 220],
    ["peak / peak of a tenth", large.crew.mib / small.crew.mib, 1.1],
    ["one more / eleventy --version, time", later.one.wall / later.version.wall, 3],
    ["one more / one more of a tenth, time", later.one.wall / after.one.wall, 1.1],
    ["its search, seconds", later.oneWhole.wall - later.one.wall, 2],
    ["nothing to do, seconds", later.nothing.wall, 0.5],
  ];
  for (const [what, is, most] of TARGETS) {
    console.log(`${is <= most ? "  " : "! "}${what}: ${is.toFixed(2)} (at most ${most})`);
    if (is > most) process.exitCode = 1;
  }
}

const [what, out = "", archive = ""] = positionals;

/** Builds without search. `cores`: of buildSite. */
async function build(cores: number, full: boolean): Promise<void> {
  const opened = Archive.open(archive);
  await buildSite(opened, { out, now: Date.parse(process.env.CHATSCRIBE_NOW ?? NOW), full, cores, search: false });
  opened.close();
}

if (what === "floor") {
  mkdirSync(out, { recursive: true });
  const spent = await writeFloor(archive, out, Date.parse(NOW));
  cpSync(join(ROOT, "templates", "assets"), join(out, "assets"), { recursive: true });
  console.log(
    [...spent]
      .sort(([, a], [, b]) => b - a)
      .slice(0, 8)
      .map(([name, cpu]) => `${name.replace(".11ty.ts", "")} ${cpu.toFixed(1)} s`)
      .join(", "),
  );
} else if (what === "alone") await build(0, true);
else if (what === "crew") await build(2, true);
else if (what === "more") await build(2, false);
else bench();
