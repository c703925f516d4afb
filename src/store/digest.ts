import { createHash } from "node:crypto";
import type { Db } from "./open.ts";

/** What a table holds: equal in two databases, its rows are equal. */
interface TableDigest {
  readonly rows: number;
  /** Hex, of all rows in the order of the primary key. */
  readonly sha256: string;
}

/** The tables of a database, in the order they were made: a table comes after those its rows refer to. */
export const tablesOf = (db: Db): readonly string[] =>
  db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid")
    .pluck()
    .all() as string[];

/** All that the tables hold. Read it inside a transaction, so that it is of one moment. */
export function digestOf(db: Db, tables: readonly string[] = tablesOf(db)): ReadonlyMap<string, TableDigest> {
  return new Map(tables.map((table) => [table, digestTable(db, table)]));
}

function digestTable(db: Db, table: string): TableDigest {
  const hash = createHash("sha256");
  let rows = 0;
  let text = "";
  for (const row of db
    .prepare(`SELECT * FROM ${quoted(table)} ORDER BY ${keyOf(db, table)}`)
    .raw()
    .iterate() as Iterable<unknown[]>) {
    rows++;
    text += `${JSON.stringify(row.map((value) => (Buffer.isBuffer(value) ? sha256Of(value) : value)))}\n`;
    // many small updates cost more than the hash itself
    if (text.length > 65_536) {
      hash.update(text);
      text = "";
    }
  }
  return { rows, sha256: hash.update(text).digest("hex") };
}

/** The columns of the primary key, in its order. */
function keyOf(db: Db, table: string): string {
  const columns = db.prepare("SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk").pluck().all(table) as string[];
  return columns.length === 0 ? "rowid" : columns.map(quoted).join(", ");
}

/** The first difference between two databases as a sentence; null: they hold the same. */
export function difference(is: ReadonlyMap<string, TableDigest>, should: ReadonlyMap<string, TableDigest>): string | null {
  for (const table of new Set([...should.keys(), ...is.keys()])) {
    const [a, b] = [is.get(table), should.get(table)];
    if (a === undefined || b === undefined) return `table ${table} is ${a === undefined ? "missing" : "one too many"}`;
    if (a.rows !== b.rows) return `table ${table} has ${a.rows} rows, not ${b.rows}`;
    if (a.sha256 !== b.sha256) return `table ${table} has other rows`;
  }
  return null;
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

const sha256Of = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
