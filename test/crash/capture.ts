import { type ChildProcess, fork, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import Database from "better-sqlite3";
import { Archive } from "../../src/archive/archive.ts";
import { SESSION, START } from "../helpers.ts";
import { pick } from "./disk.ts";
import type { Ended } from "./real.ts";
import { PRELOAD } from "./shim.ts";
import { makeFolder } from "./story.ts";

const PROGRAM = fileURLToPath(new URL("../../scripts/chatscribe.js", import.meta.url));
export const TOKEN = "AAAAnobody%2Fneeds%3Dthis";
/** When it is captured: after the last sweep. */
export const CAPTURED = START + 2 * 86_400_000;

/** A capture against X's stand-in in another process, and how it goes where nothing disturbs it. */
export interface Capturing {
  readonly room: string;
  /** null: no gcc. */
  readonly shim: string | null;
  readonly url: string;
  /** What is held in the end. */
  readonly whole: string;
  /** Changes of files (0 without the shim), and milliseconds from start to end. */
  readonly changes: number;
  readonly ms: number;
}

interface Disturbance {
  readonly env?: Readonly<Record<string, string>>;
  readonly killAfter?: number;
}

interface Run {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the stand-in. */
export async function startX(): Promise<{ readonly url: string; readonly server: ChildProcess }> {
  const server = fork(fileURLToPath(new URL("x-server.ts", import.meta.url)));
  const [url] = await once(server, "message");
  return { url: String(url), server };
}

/** The command a person types. */
function type({ url, shim }: Pick<Capturing, "url" | "shim">, dir: string, { env = {}, killAfter }: Disturbance = {}): Run {
  const args = [PROGRAM, "capture", `teachat/${SESSION}`, "--archive", dir, "--quiet"];
  const below = shim === null ? {} : { LD_PRELOAD: shim, CRASH_ROOT: dir };
  const preload = shim === null ? [] : ["--import", PRELOAD];
  return spawnSync(process.execPath, [...preload, ...args], {
    encoding: "utf8",
    env: { ...process.env, X_BEARER_TOKEN: TOKEN, X_API_URL: url, CHATSCRIBE_NOW: new Date(CAPTURED).toISOString(), ...below, ...env },
    ...(killAfter === undefined ? {} : { timeout: killAfter, killSignal: "SIGKILL" }),
  });
}

/** Captures undisturbed, the second time as every capture after it: with all files of the program compiled. */
export function measureCapture(where: Pick<Capturing, "room" | "shim" | "url">): Capturing {
  undisturbed(where);
  return { ...where, ...undisturbed(where) };
}

function undisturbed({ room, shim, url }: Pick<Capturing, "room" | "shim" | "url">): Pick<Capturing, "whole" | "changes" | "ms"> {
  const root = mkdtempSync(join(room, "captured-"));
  const dir = makeFolder(join(root, "data"));
  const count = join(root, "count");
  const began = performance.now();
  const { status, stderr } = type({ url, shim }, dir, { env: { CRASH_COUNT: count } });
  if (status !== 0) throw new Error(`the undisturbed capture ended with ${status}: ${stderr}`);
  const ms = performance.now() - began;
  return { whole: heldIn(dir), changes: shim === null ? 0 : Number(readFileSync(count, "utf8")), ms };
}

/** Kills a capture with SIGKILL: at a change of a file, or after some time. */
export function killedCapture(it: Capturing, random: () => number): Ended {
  const atChange = it.shim !== null && random() < 0.5;
  const env = { CRASH_KILL_AT: String(1 + Math.floor(random() * it.changes)), CRASH_KILL_HOW: pick(random, ["before", "torn", "after"]) };
  return disturb(it, atChange ? { env } : { killAfter: Math.ceil(random() * it.ms) }, ({ signal, status, stderr }) =>
    signal === "SIGKILL" || status === 0 ? null : `ended with ${status}: ${stderr}`,
  );
}

/** Refuses a capture's n-th change and all after it, as a full disk does. */
export function captureOnFullDisk(it: Capturing, n: number): Ended {
  const env = { CRASH_FAIL_AT: String(n), CRASH_FAIL_ERRNO: String(constants.errno.ENOSPC), CRASH_FAIL_ON: "1" };
  return disturb(it, { env }, ({ signal, status, stderr }) => {
    if (status === 0) return null;
    // chatscribe: data/archive.db: cannot be written (…): check …
    return status === 74 && /^chatscribe: [^\n]+\n$/.test(stderr) ? null : `ended with ${status ?? signal}: ${stderr}`;
  });
}

/** Captures under a disturbance, looks, types the same command again, looks again. */
function disturb(it: Capturing, how: Disturbance, faultOfRun: (run: Run) => string | null): Ended {
  const root = mkdtempSync(join(it.room, "capture-"));
  try {
    const dir = makeFolder(join(root, "data"));
    const run = type(it, dir, how);
    return { fault: faultOfRun(run) ?? faultOf(dir) ?? faultOfResuming(it, dir), how: run.signal ?? `exit ${run.status}` };
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** What is wrong with an archive whose capture was interrupted; null: nothing. */
function faultOf(dir: string): string | null {
  try {
    Archive.open(dir).close();
    return withDb(dir, (db) => faultOfPages(db));
  } catch (error) {
    return `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Raw, tweets and cursor of a page are there together. */
function faultOfPages(db: Database.Database): string | null {
  const count = (sql: string): number => db.prepare(sql).pluck().get() as number;
  const [sound] = db.pragma("integrity_check", { simple: false }) as { integrity_check: string }[];
  if (sound?.integrity_check !== "ok" || (db.pragma("foreign_key_check") as unknown[]).length > 0) return "holds what is not sound";
  if (count("SELECT count(*) FROM raw WHERE complete = 0") > 0) return "holds a page half";
  if (count("SELECT count(*) FROM raw WHERE id NOT IN (SELECT raw FROM raw_part)") > 0) return "holds a page without its bytes";
  const unheld = "NOT IN (SELECT id FROM tweet UNION SELECT id FROM alias)";
  if (count(`SELECT count(*) FROM sighting WHERE tweet ${unheld}`) > 0) return "lost: a tweet that was read";
  if (count(`SELECT count(*) FROM paid WHERE tweet ${unheld}`) > 0) return "lost: a tweet that was paid for";
  // a walk remembers how far it has come: of each that stands somewhere the pages are kept
  const walked = count("SELECT count(*) FROM walk WHERE low < to_time AND done = 0");
  return walked > 0 && count("SELECT count(*) FROM raw") === 0 ? "lost: pages a walk has read" : null;
}

function faultOfResuming(it: Capturing, dir: string): string | null {
  const { status, stderr } = type(it, dir);
  if (status !== 0) return `the same command again ended with ${status}: ${stderr}`;
  return faultOf(dir) ?? (heldIn(dir) === it.whole ? null : "the same command again: not what a capture without interruption gives");
}

function withDb<T>(dir: string, look: (db: Database.Database) => T): T {
  const db = new Database(join(dir, "archive.db"), { readonly: true });
  try {
    return look(db);
  } finally {
    db.close();
  }
}

/** What is the same however often it was interrupted: not when something was received, nor how many walks that took. */
const HELD = {
  tweet: "*",
  author: "*",
  handle: "*",
  alias: "*",
  version: "*",
  member: "*",
  session: "*",
  gap: "*",
  metrics: "tweet, replies, reposts, quotes, likes",
  missing: "tweet, why",
  picture: "url, file, why",
  paid: "tweet",
  sighting: "chat, session, tweet, time",
  coverage: "chat, session, from_time, to_time, settled, counted, stopped, wait_until, swept IS NULL",
  // which conversations are asked for together depends on when
  walk: "DISTINCT role, done, why",
} as const;

/** The hash of all that is held in the end. */
const heldIn = (dir: string): string =>
  withDb(dir, (db) => {
    const rows = Object.entries(HELD).map(([table, columns]) => [
      table,
      (db.prepare(`SELECT ${columns} FROM ${table}`).all() as object[]).map((row) => JSON.stringify(row)).sort(),
    ]);
    return createHash("sha256").update(JSON.stringify(rows)).digest("hex");
  });
