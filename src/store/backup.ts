import {
  chmodSync,
  closeSync,
  cpSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
} from "node:fs";
import { dirname, join } from "node:path";
import Database from "better-sqlite3";
import { EXIT, UserError } from "../errors.ts";
import { difference, digestOf } from "./digest.ts";
import type { Db } from "./open.ts";

export interface BackupReport {
  /** The copy of archive.db: `data/backups/2026-11-22T200000Z.db`. What belongs to it, if anything, is in the folder of that name without `.db`. */
  readonly file: string;
  readonly tweets: number;
  /** Of archive.db's copy. */
  readonly bytes: number;
}

/** What is copied beside the database: without removed.key a forgotten author cannot be kept out. */
const BESIDE = ["removed.key", "removed.yml", "media"];

/** Copies archive.db as it is at one moment, while others may go on writing it, and what belongs to it. The copy is opened and
 *  compared before it gets its name; where it is not the same, no backup is left. Throws UserError (2: nothing to copy, 7: damaged). */
export async function backup(archiveDir: string, now: number): Promise<BackupReport> {
  const file = heldFile(archiveDir);
  const place = reserve(archiveDir, stampOf(now));
  const db = new Database(file, { fileMustExist: true, timeout: 5000 });
  try {
    // the snapshot holds until COMMIT: the copy is made of the same moment as the digest
    db.exec("BEGIN");
    const should = digestOf(db);
    await db.backup(place.part);
    copyBeside(archiveDir, place.folder);
    const tweets = countTweets(db);
    return { file: seal(file, place, should), tweets, bytes: statSync(place.file).size };
  } catch (error) {
    discard(place);
    throw error;
  } finally {
    db.close();
  }
}

/** archive.db of a folder. Throws UserError (2) where nothing was captured yet. */
export function heldFile(archiveDir: string): string {
  const file = join(archiveDir, "archive.db");
  if (!existsSync(file)) throw new UserError(`${file}: is not there: nothing was captured yet`);
  return file;
}

/** The same before a step of the schema, by a database that nobody else may write meanwhile: inside BEGIN IMMEDIATE of `db`. */
export function backupBeforeStep(file: string, db: Db, version: number): void {
  const place = reserve(dirname(file), `version-${version}`);
  try {
    // VACUUM does not run inside a transaction: it reads from a connection of its own
    const reader = new Database(file, { fileMustExist: true, timeout: 5000 });
    try {
      reader.prepare("VACUUM INTO ?").run(place.part);
    } finally {
      reader.close();
    }
    copyBeside(dirname(file), place.folder);
    seal(file, place, digestOf(db));
  } catch (error) {
    discard(place);
    throw error;
  }
}

interface BackupPlace {
  readonly file: string;
  readonly folder: string;
  /** The copy while nobody has checked it. */
  readonly part: string;
}

/** `2026-11-22T200000Z` */
const stampOf = (now: number): string => `${new Date(now).toISOString().slice(0, 19).replaceAll(":", "")}Z`;

/** A name that no other backup has: the first in a second is `<name>`, then `<name>-2`. Making the folder takes it. */
function reserve(archiveDir: string, name: string): BackupPlace {
  const backups = join(archiveDir, "backups");
  mkdirSync(backups, { recursive: true });
  for (let n = 1; ; n++) {
    const folder = join(backups, n === 1 ? name : `${name}-${n}`);
    const place = { folder, file: `${folder}.db`, part: `${folder}.part` };
    if (!existsSync(place.file) && !existsSync(place.part) && made(folder)) return place;
  }
}

function made(folder: string): boolean {
  try {
    mkdirSync(folder, { mode: 0o700 });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

function discard({ folder, part }: BackupPlace): void {
  for (const tail of ["", "-wal", "-shm", "-journal"]) rmSync(part + tail, { force: true });
  rmSync(folder, { recursive: true, force: true });
}

function copyBeside(archiveDir: string, folder: string): void {
  for (const name of BESIDE) {
    const from = join(archiveDir, name);
    if (existsSync(from)) cpSync(from, join(folder, name), { recursive: true, errorOnExist: true, force: false });
  }
  if (existsSync(join(folder, "removed.key"))) chmodSync(join(folder, "removed.key"), 0o600);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) sync(join(entry.parentPath, entry.name));
  sync(folder);
}

/** Checks the copy, makes it durable and gives it its name, which it returns. */
function seal(source: string, { file, folder, part }: BackupPlace, should: ReturnType<typeof digestOf>): string {
  const wrong = faultOf(part, should);
  if (wrong !== null)
    throw new UserError(
      `${source}: a copy of it is not sound (${wrong}): npx chatscribe check says more; no backup was made`,
      EXIT.damaged,
    );
  sync(part);
  renameSync(part, file);
  if (readdirSync(folder).length === 0) rmdirSync(folder);
  sync(dirname(file));
  return file;
}

function faultOf(copy: string, should: ReturnType<typeof digestOf>): string | null {
  const db = new Database(copy, { fileMustExist: true });
  try {
    // copies of a WAL database are in WAL mode too: a backup is one file
    db.pragma("journal_mode = DELETE");
    return faultsIn(db, "integrity_check")[0] ?? difference(digestOf(db), should);
  } finally {
    db.close();
  }
}

/** What SQLite finds wrong with a database, one sentence each. `quick_check` does not compare indexes with their tables. */
export function faultsIn(db: Db, how: "integrity_check" | "quick_check"): string[] {
  const said = (db.pragma(how) as Record<string, string>[]).flatMap((row) => Object.values(row)).filter((word) => word !== "ok");
  const orphans = db.prepare(`SELECT "table", parent, count(*) AS n FROM pragma_foreign_key_check GROUP BY "table", parent`).all();
  return [
    ...said,
    ...(orphans as { table: string; parent: string; n: number }[]).map(
      ({ table, parent, n }) => `${n} rows of table ${table} belong to rows of table ${parent} that are missing`,
    ),
  ];
}

const countTweets = (db: Db): number => db.prepare("SELECT count(*) FROM tweet WHERE context = 0").pluck().get() as number;

/** What is in the file or folder survives a power cut. */
export function sync(path: string): void {
  const handle = openSync(path, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
