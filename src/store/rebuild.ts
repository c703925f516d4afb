import { renameSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import { EXIT, UserError } from "../errors.ts";
import { faultsIn, sync } from "./backup.ts";
import { difference, digestOf, quoted, tablesOf } from "./digest.ts";
import type { Db } from "./open.ts";

/** What raw tells; all other tables are facts of their own and are copied. */
const DERIVED = ["author", "handle", "tweet", "alias", "version", "member", "metrics"];
const RAW = ["raw", "raw_part"];
/** Facts about tweets: copied once these are derived. */
const ABOUT_TWEETS = ["absence"];
/** What each database tells of itself. */
const OWN = ["mark"];

/** Copies what cannot be derived into a new database; with `raw: false` without the bodies. */
export function copyKept(from: Db, to: Db, { raw }: { readonly raw: boolean }): void {
  const others = [...DERIVED, ...ABOUT_TWEETS, ...OWN, ...(raw ? [] : RAW)];
  const tables = tablesOf(from).filter((table) => !others.includes(table));
  to.transaction(() => {
    for (const table of tables) copyTable(from, to, table);
  }).immediate();
}

/** Copies what is known of tweets, where they are there again. */
export function copyAbout(from: Db, to: Db): void {
  const isHeld = to.prepare("SELECT 1 FROM tweet WHERE id = ?");
  to.transaction(() => {
    for (const table of ABOUT_TWEETS) copyTable(from, to, table, ({ tweet }) => isHeld.get(tweet) !== undefined);
  }).immediate();
}

function copyTable(from: Db, to: Db, table: string, keeps?: (row: Readonly<Record<string, unknown>>) => boolean): void {
  const columns = from.prepare("SELECT name FROM pragma_table_info(?)").pluck().all(table) as string[];
  const put = to.prepare(`INSERT INTO ${quoted(table)} (${columns.map(quoted).join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`);
  const rows = from
    .prepare(`SELECT ${columns.map(quoted).join(", ")} FROM ${quoted(table)}`)
    .raw()
    .iterate();
  for (const row of rows as Iterable<unknown[]>)
    if (keeps === undefined || keeps(Object.fromEntries(columns.map((name, i) => [name, row[i]])))) put.run(...row);
}

/** How many bodies a removal cut something out of. */
export const cutBodies = (db: Db): number => db.prepare("SELECT count(DISTINCT raw) FROM erasure").pluck().get() as number;

/** What deriving again changes. */
export interface Differences {
  /** Tweets held that raw does not tell, tweets it tells that are not held, and tweets that it tells otherwise. */
  readonly gone: number;
  readonly fresh: number;
  readonly changed: number;
  /** The first other difference as a sentence; null: everything that is derived is the same. */
  readonly other: string | null;
}

export function differencesOf(held: Db, derived: Db): Differences {
  // whose newest tweet was removed is still called as it called them; raw cannot tell that any more
  const tables = cutBodies(held) > 0 ? DERIVED.filter((table) => table !== "author" && table !== "handle") : DERIVED;
  const other = difference(digestOf(held, tables), digestOf(derived, tables));
  return { ...(other === null ? { gone: 0, fresh: 0, changed: 0 } : compareTweets(held, derived)), other };
}

/** Walks both in the order of ids. */
function compareTweets(held: Db, derived: Db): { readonly gone: number; readonly fresh: number; readonly changed: number } {
  const [walkHeld, walkDerived] = [rowsOf(held), rowsOf(derived)];
  const count = { gone: 0, fresh: 0, changed: 0 };
  let [a, b] = [walkHeld.next(), walkDerived.next()];
  while (!(a.done && b.done)) {
    const order = a.done ? 1 : b.done ? -1 : compare(String(a.value[0]), String(b.value[0]));
    if (order < 0) count.gone++;
    else if (order > 0) count.fresh++;
    else if (JSON.stringify(a.value) !== JSON.stringify(b.value)) count.changed++;
    if (order <= 0) a = walkHeld.next();
    if (order >= 0) b = walkDerived.next();
  }
  return count;
}

const rowsOf = (db: Db): Iterator<unknown[], undefined> =>
  db.prepare("SELECT * FROM tweet ORDER BY id").raw().iterate() as Iterator<unknown[], undefined>;
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Makes a new database one sound, durable file and closes it. */
export function finish(db: Db): void {
  const file = db.name;
  const [fault] = faultsIn(db, "integrity_check");
  // the indexes of what was just written: a bug, or a disk that lies
  if (fault !== undefined) throw new UserError(`${file}: is not sound as written (${fault}): check the disk`, EXIT.disk);
  db.pragma("journal_mode = DELETE");
  db.close();
  sync(file);
}

/** Puts `by` in the place of a database, whole or not at all. Throws UserError (6) while others have it open: they would take
 *  what they left in its WAL for the new file's. */
export function replaceDb(file: string, by: string): void {
  const old = new Database(file, { timeout: 5000 });
  try {
    takeAlone(old);
    renameSync(by, file);
    sync(dirname(file));
  } finally {
    old.close();
  }
}

function takeAlone(db: Db): void {
  try {
    if (db.pragma("journal_mode = DELETE", { simple: true }) === "delete") return void db.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    if (!(error instanceof Database.SqliteError) || !error.code.startsWith("SQLITE_BUSY")) throw error;
  }
  throw new UserError(`${db.name}: another program is reading it: stop it (serve --watch, build), then try again`, EXIT.locked);
}
