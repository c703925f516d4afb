import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { write } from "../helpers.ts";
import { ACKS } from "./check.ts";
import { type Change, type Files, given, readLog } from "./disk.ts";
import { makeFolder } from "./story.ts";

const fileOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
export const PRELOAD = fileOf("preload.ts");

/** Another compiler that takes its flags will do. */
const GCC = process.env.CC ?? "gcc";
export const hasGcc = (): boolean => process.platform === "linux" && spawnSync(GCC, ["--version"]).status === 0;

/** Builds shim.c. */
export function buildShim(room: string): string {
  const shim = join(room, "shim.so");
  const { status, stderr } = spawnSync(GCC, ["-shared", "-fPIC", "-O1", "-o", shim, fileOf("shim.c"), "-ldl"], { encoding: "utf8" });
  if (status !== 0) throw new Error(`${GCC} cannot build shim.c: ${stderr}`);
  return shim;
}

/** A folder in memory where there is one: a state is made, looked at and deleted. Programs started from now on compile their
 *  files once and not at each start: an import takes a third of the time. */
export function makeRoom(): string {
  const room = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "chatscribe-crash-"));
  process.env.NODE_COMPILE_CACHE = join(room, "compiled");
  return room;
}

/** Lets a process tell the small story and keeps every change of its files. `plant`: a bug or a way (commits.ts);
 *  `found`: the files of the archive it finds. */
export function recordStory(
  room: string,
  shim: string,
  { plant = "", found = new Map() }: { plant?: string; found?: Files } = {},
): Change[] {
  const root = mkdtempSync(join(room, "recorded-"));
  const dir = makeFolder(join(root, "data"));
  const log = `${root}.log`;
  for (const [name, bytes] of found) write(root, name, bytes);
  const { status, stderr } = spawnSync(process.execPath, ["--import", PRELOAD, fileOf("writer.ts"), dir], {
    encoding: "utf8",
    env: { ...process.env, LD_PRELOAD: shim, CRASH_ROOT: root, CRASH_LOG: log, CRASH_ACKS: join(root, ACKS), CRASH_PLANT: plant },
  });
  if (status !== 0) throw new Error(`the recorded process ended with ${status}: ${stderr}`);
  return readLog(readFileSync(log), given(found));
}
