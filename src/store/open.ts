import { existsSync, mkdirSync, rmSync, statSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import { EXIT, UserError } from "../errors.ts";
import { backupBeforeStep } from "./backup.ts";
import { ARCHIVE_STEPS, WORK_SCHEMA, WORK_VERSION } from "./schema.ts";

export type Db = Database.Database;

/** Opens archive.db, makes it if there is none, and takes the steps it lacks, after a backup where it holds something. FULL on every
 *  connection: SQLite's default for WAL loses acknowledged pages in a power cut (archive.md, guarantee 1). */
export function openArchiveDb(file: string, steps: readonly string[] = ARCHIVE_STEPS): Db {
  const db = openDb(file);
  try {
    migrate(db, steps);
  } catch (error) {
    db.close();
    throw error;
  }
  return db;
}

function openDb(file: string): Db {
  return diskErrors(file, () => {
    mkdirSync(dirname(file), { recursive: true });
    const db = new Database(file, { timeout: 5000 });
    try {
      db.pragma("journal_mode = WAL");
      db.pragma("synchronous = FULL");
      db.pragma("foreign_keys = ON");
      db.pragma("secure_delete = ON");
    } catch (error) {
      db.close();
      throw error;
    }
    return db;
  });
}

function migrate(db: Db, steps: readonly string[]): void {
  const version = versionOf(db);
  if (version > steps.length)
    throw new UserError(`${db.name}: made by a newer Chatscribe (version ${version}, this one knows ${steps.length}): update Chatscribe`);
  if (0 < version && version < steps.length) db.transaction(keepAsItIs).immediate(db, steps.length);
  while (versionOf(db) < steps.length) db.transaction(takeStep).immediate(db, steps);
}

/** A backup while nobody can write, unless another process has taken the steps meanwhile. */
function keepAsItIs(db: Db, latest: number): void {
  if (versionOf(db) < latest) backupBeforeStep(db.name, db, versionOf(db));
}

/** The next step, unless another process has taken it meanwhile. */
function takeStep(db: Db, steps: readonly string[]): void {
  const step = versionOf(db);
  const sql = steps[step];
  if (sql === undefined) return;
  db.exec(sql);
  db.pragma(`user_version = ${step + 1}`);
}

const numberOf = (db: Db, pragma: string): number => Number(db.pragma(pragma, { simple: true }));
const versionOf = (db: Db): number => numberOf(db, "user_version");

/** Opens work.db; one of another version or damaged is thrown away: everything in it can be made again. */
export function openWorkDb(file: string): Db {
  return diskErrors(file, () => {
    if (existsSync(file) && !isSoundWork(file)) throwAway(file);
    const db = joinWorkDb(file);
    if (versionOf(db) === 0) {
      db.exec(WORK_SCHEMA);
      db.pragma(`user_version = ${WORK_VERSION}`);
    }
    return db;
  });
}

/** Opens a work.db that another process has opened with `openWorkDb`. */
export function joinWorkDb(file: string): Db {
  const db = openDb(file);
  // a commit that a power cut takes with it is made again
  db.pragma("synchronous = NORMAL");
  keepLittle(db);
  return db;
}

/** Of a file that is read once from end to end: better-sqlite3 would keep 16 MB of it, and the system keeps it anyway. */
export function keepLittle(db: Db): void {
  db.pragma("cache_size = -2000"); // KiB
}

const throwAway = (file: string): void => {
  for (const tail of ["", "-wal", "-shm"]) rmSync(file + tail, { force: true });
};

/** Reading all of it would cost a second in an archive of a thousand sessions, at every start: that is done where a process ended before
 *  its time, or when damage shows (`afterDamage`). */
function isSoundWork(file: string, look: "short" | "whole" = "short"): boolean {
  const leftOpen = (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
  const db = new Database(file);
  try {
    if (versionOf(db) !== WORK_VERSION) return false;
    if (look === "whole" || leftOpen) return db.pragma("quick_check", { simple: true }) === "ok";
    return statSync(file).size === numberOf(db, "page_count") * numberOf(db, "page_size");
  } catch (error) {
    if (isDamage(error)) return false;
    throw error;
  } finally {
    db.close();
  }
}

/** What to throw where an error came up in the use of work.db. A damaged one is thrown away: the next command makes it again. */
export function afterDamage(file: string, error: unknown): unknown {
  if (!isDamage(error) || !existsSync(file) || isSoundWork(file, "whole")) return error;
  throwAway(file);
  return new UserError(`${file}: was damaged and is thrown away; all in it is made again: type the command again`, EXIT.damaged);
}

/** Holds the right to write until release. A second holder fails at once; a killed one leaves no stale lock,
 *  for the lock is an open transaction of a database of its own. */
export function takeLock(file: string, what: string): { release(): void } {
  return diskErrors(file, () => {
    mkdirSync(dirname(file), { recursive: true });
    const db = new Database(file, { timeout: 0 });
    try {
      db.exec("BEGIN EXCLUSIVE");
    } catch (error) {
      db.close();
      if (codeOf(error) === "SQLITE_BUSY")
        throw new UserError(`${what}: another Chatscribe is writing it; wait until it is done, then try again`, EXIT.locked);
      if (isDamage(error)) throw new UserError(`${file}: not a lock of Chatscribe's: delete it`);
      throw error;
    }
    return { release: () => void db.close() };
  });
}

const codeOf = (error: unknown): string => (error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "");

const isDamage = (error: unknown): boolean => codeOf(error) === "SQLITE_NOTADB" || codeOf(error).startsWith("SQLITE_CORRUPT");

const DISK = new Set([
  "EACCES",
  "EPERM",
  "EROFS",
  "ENOSPC",
  "EIO",
  "ENOTDIR",
  "EISDIR",
  "EDQUOT",
  "EEXIST",
  "EMFILE",
  "SQLITE_CANTOPEN",
  "SQLITE_READONLY",
  "SQLITE_FULL",
  "SQLITE_IOERR",
]);

/** Turns what the disk or the file says no to into one line; everything else passes. */
function diskErrors<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw asDiskError(file, error);
  }
}

/** The UserError for an error of the disk (74) or of a damaged database (7); else the error itself. */
export function asDiskError(file: string, error: unknown): unknown {
  const code = codeOf(error);
  const said = error instanceof Error ? error.message : String(error);
  if (isDamage(error)) return new UserError(`${file}: not a sound database (${said}): put a backup in its place`, EXIT.damaged);
  if (DISK.has(code) || code.startsWith("SQLITE_IOERR") || code.startsWith("SQLITE_READONLY") || code.startsWith("SQLITE_CANTOPEN"))
    return new UserError(`${file}: cannot be written (${said}): check the folder's rights and the disk`, EXIT.disk);
  return error;
}
