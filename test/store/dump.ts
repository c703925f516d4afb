import type { Db } from "../../src/store/open.ts";

/** All that a database holds, as SQL that makes it again: the fixtures of test/fixtures/schema are of this. */
export function dumpSql(db: Db): string {
  const made = db
    .prepare(
      "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type = 'index', rowid",
    )
    .all() as {
    type: string;
    name: string;
    sql: string;
  }[];
  const version = db.pragma("user_version", { simple: true });
  return [
    ...made.flatMap(({ type, name, sql }) => [`${sql};`, ...(type === "table" ? rowsOf(db, name) : [])]),
    `PRAGMA user_version = ${version};`,
    "",
  ].join("\n");
}

function rowsOf(db: Db, table: string): string[] {
  const columns = db.prepare("SELECT name FROM pragma_table_info(?)").pluck().all(table) as string[];
  const values = columns.map((name) => `quote(${name})`).join(" || ', ' || ");
  return (db.prepare(`SELECT ${values} FROM ${table}`).pluck().all() as string[]).map((row) => `INSERT INTO ${table} VALUES (${row});`);
}
