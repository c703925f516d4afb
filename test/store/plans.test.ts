import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "node:test";
import Database from "better-sqlite3";
import { Store } from "../../src/store/store.ts";
import { tempDir } from "../helpers.ts";

/** How SQLite would look up what each statement asks of a table, by statement. */
function plansOf(statements: Iterable<string>, file: string): ReadonlyMap<string, readonly string[]> {
  const db = new Database(file, { readonly: true });
  try {
    return new Map(
      [...statements].map((sql) => {
        const names = [...sql.matchAll(/@(\w+)/g)].map(([, name = ""]) => [name, null] as const);
        const places = Array.from(sql.match(/\?/g) ?? [], () => null);
        const asked = db.prepare(`EXPLAIN QUERY PLAN ${sql}`);
        const rows = names.length > 0 ? asked.all(Object.fromEntries(names)) : asked.all(...places);
        return [sql, (rows as { detail: string }[]).map(({ detail }) => detail)] as const;
      }),
    );
  } finally {
    db.close();
  }
}

/** All that a store prepares. */
function statementsOf(file: string): ReadonlySet<string> {
  const all = new Set<string>();
  const { prepare } = Database.prototype;
  Database.prototype.prepare = function (this: Database.Database, sql: string) {
    all.add(sql);
    return prepare.call(this, sql);
  } as typeof prepare;
  try {
    Store.open(file).close();
  } finally {
    Database.prototype.prepare = prepare;
  }
  return all;
}

const WHOLE_CHAT = /^SCAN member\b(?! USING COVERING)|^SEARCH member USING PRIMARY KEY \(chat=\?\)$/;

describe("the store", () => {
  it("never looks through all members of a chat for those of a session", () => {
    const file = join(tempDir(), "archive.db");
    const statements = statementsOf(file);
    assert.ok(statements.size > 60, `${statements.size} statements`);
    const plans = plansOf(statements, file);
    const slow = [...plans].flatMap(([sql, details]) => (details.some((detail) => WHOLE_CHAT.test(detail)) ? [sql] : []));
    assert.deepEqual(slow, []);
    const planted = "SELECT untagged FROM member WHERE chat = ? AND session = ?";
    assert.match(plansOf([planted], file).get(planted)?.join() ?? "", WHOLE_CHAT);
  });
});
