import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ACKS, faultOf } from "./check.ts";
import { pick } from "./disk.ts";
import { PRELOAD } from "./shim.ts";
import { contentOf, type Moments, makeFolder } from "./story.ts";

const PROGRAM = fileURLToPath(new URL("../../scripts/chatscribe.js", import.meta.url));

/** A file to import with the program itself, and how that goes where nothing disturbs it. */
export interface Undisturbed {
  readonly room: string;
  readonly shim: string;
  readonly file: string;
  readonly moments: Moments;
  /** Changes of files, and milliseconds from start to end. */
  readonly changes: number;
  readonly ms: number;
}

export interface Ended {
  /** null: nothing is wrong. */
  readonly fault: string | null;
  /** How the disturbed run ended: `SIGKILL`, `exit 74`. */
  readonly how: string;
}

interface Disturbance {
  readonly env?: Readonly<Record<string, string>>;
  readonly killAfter?: number;
}

/** The command a person types; `disturbed`: with the shim below it. */
function importPadded(dir: string, file: string, disturbed?: Disturbance & { shim: string }) {
  const args = [PROGRAM, "import", file, "--chat", "teachat", "--archive", dir, "--quiet"];
  if (disturbed === undefined) return spawnSync(process.execPath, args, { encoding: "utf8" });
  const { shim, env, killAfter } = disturbed;
  return spawnSync(process.execPath, ["--import", PRELOAD, ...args], {
    encoding: "utf8",
    env: { ...process.env, LD_PRELOAD: shim, CRASH_ROOT: dir, CRASH_ACKS: join(dir, "..", ACKS), ...env },
    ...(killAfter === undefined ? {} : { timeout: killAfter, killSignal: "SIGKILL" }),
  });
}

/** Imports undisturbed, the second time as every import after it: with all files of the program compiled. */
export function measure(shim: string, file: string, room: string): { changes: number; ms: number } {
  undisturbed(shim, file, room);
  return undisturbed(shim, file, room);
}

function undisturbed(shim: string, file: string, room: string): { changes: number; ms: number } {
  const root = mkdtempSync(join(room, "undisturbed-"));
  const count = join(root, "count");
  const began = performance.now();
  const { status, stderr } = importPadded(makeFolder(join(root, "data")), file, { shim, env: { CRASH_COUNT: count } });
  if (status !== 0) throw new Error(`the undisturbed import ended with ${status}: ${stderr}`);
  return { changes: Number(readFileSync(count, "utf8")), ms: performance.now() - began };
}

/** Kills an import with SIGKILL: at a change of a file, or after some time. */
export function killed(it: Undisturbed, random: () => number): Ended {
  const how = pick(random, ["before", "torn", "after"]);
  const env = { CRASH_KILL_AT: String(1 + Math.floor(random() * it.changes)), CRASH_KILL_HOW: how };
  return disturb(it, random() < 0.5 ? { env } : { killAfter: Math.ceil(random() * it.ms) }, ({ signal, status, stderr }) =>
    signal === "SIGKILL" || status === 0 ? null : `ended with ${status}: ${stderr}`,
  );
}

/** Refuses an import's n-th change: once, or from there on as a full disk does. */
export function refused(it: Undisturbed, error: "ENOSPC" | "EIO", n: number): Ended {
  const env = { CRASH_FAIL_AT: String(n), CRASH_FAIL_ERRNO: String(constants.errno[error]), CRASH_FAIL_ON: error === "ENOSPC" ? "1" : "0" };
  return disturb(it, { env }, ({ signal, status, stderr, stdout }) => {
    // a checkpoint that failed harms nothing: the log keeps what it was to write
    if (status === 0) return null;
    // chatscribe: data/archive.db: cannot be written (disk I/O error): check …
    if (status === 74 && stdout === "" && /^chatscribe: [^\n]+\n$/.test(stderr)) return null;
    return `ended with ${status ?? signal}: ${stderr}`;
  });
}

/** Imports under a disturbance, looks, types the same command again, looks again. */
function disturb(it: Undisturbed, how: Disturbance, faultOfRun: (run: ReturnType<typeof importPadded>) => string | null): Ended {
  const root = mkdtempSync(join(it.room, "real-"));
  try {
    const dir = makeFolder(join(root, "data"));
    const run = importPadded(dir, it.file, { ...how, shim: it.shim });
    const told = run.status === 0 ? it.moments.length - 1 : acksIn(root);
    const fault = faultOfRun(run) ?? faultOf(dir, it.moments, told) ?? faultOfSecond(dir, it);
    return { fault, how: run.signal ?? `exit ${run.status}` };
  } finally {
    rmSync(root, { recursive: true });
  }
}

const acksIn = (root: string): number => (existsSync(join(root, ACKS)) ? statSync(join(root, ACKS)).size : 0);

function faultOfSecond(dir: string, { file, moments }: Undisturbed): string | null {
  const { status, stderr } = importPadded(dir, file);
  if (status !== 0) return `the same command again ended with ${status}: ${stderr}`;
  return contentOf(dir) === moments.at(-1) ? null : "the same command again: not what an import without interruption gives";
}
