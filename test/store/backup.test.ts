import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import Database from "better-sqlite3";
import { backup } from "../../src/store/backup.ts";
import { openArchiveDb } from "../../src/store/open.ts";
import { Store } from "../../src/store/store.ts";
import { observed, tempDir, write } from "../helpers.ts";
import { dumpSql } from "./dump.ts";

const NOW = Date.parse("2026-11-22T20:00:00Z");

/** A folder with an archive.db that holds tweets 1 and 2. */
function filled(): string {
  const dir = tempDir();
  const store = Store.open(join(dir, "archive.db"));
  for (const id of ["1", "2"]) store.transaction(() => store.add(observed({ id })));
  store.close();
  return dir;
}

const backupsOf = (dir: string): string[] => (existsSync(join(dir, "backups")) ? readdirSync(join(dir, "backups")).sort() : []);
const dumpOf = (file: string): string => {
  const db = new Database(file);
  try {
    return dumpSql(db);
  } finally {
    db.close();
  }
};

/** Changes a database behind its back. */
function spoil(dir: string, sql: string): void {
  const db = new Database(join(dir, "archive.db"));
  db.pragma("foreign_keys = OFF");
  db.exec(sql);
  db.close();
}

describe("a backup", () => {
  it("of nothing is refused, and makes nothing", async () => {
    const dir = tempDir();
    await assert.rejects(backup(dir, NOW), { name: "UserError", code: 2 });
    assert.deepEqual(readdirSync(dir), []);
  });

  it("that fails its check is not left", async () => {
    const dir = filled();
    spoil(dir, "DELETE FROM author");
    await assert.rejects(backup(dir, NOW), { name: "UserError", code: 7, message: /a copy of it is not sound \(2 rows of table tweet/ });
    assert.deepEqual(backupsOf(dir), []);
  });

  it("of a damaged index is not left", async () => {
    const dir = filled();
    const db = new Database(join(dir, "archive.db"));
    db.unsafeMode();
    db.pragma("writable_schema = ON");
    // the index says what its table does not
    db.exec("UPDATE sqlite_schema SET sql = 'CREATE INDEX tweet_author ON tweet (text)' WHERE name = 'tweet_author'");
    db.close();
    await assert.rejects(backup(dir, NOW), { code: 7 });
    assert.deepEqual(backupsOf(dir), []);
  });

  it("of a file that is no database is not left", async () => {
    const dir = tempDir();
    write(dir, "archive.db", "a letter to my aunt\n".repeat(100));
    await assert.rejects(backup(dir, NOW), { code: "SQLITE_NOTADB" });
    assert.deepEqual(backupsOf(dir), []);
  });

  it("is one file that holds the same, named by the moment", async () => {
    const dir = filled();
    const { file, tweets, bytes } = await backup(dir, NOW);
    assert.equal(file, join(dir, "backups/2026-11-22T200000Z.db"));
    assert.deepEqual([tweets, bytes], [2, statSync(file).size]);
    assert.deepEqual(backupsOf(dir), ["2026-11-22T200000Z.db"]);
    assert.equal(dumpOf(file), dumpOf(join(dir, "archive.db")));
    // bytes 18 and 19 of a database: 1 without a WAL, 2 with one
    assert.deepEqual([...readFileSync(file).subarray(18, 20)], [1, 1]);
  });

  it("never overwrites one of the same second", async () => {
    const dir = filled();
    const first = await backup(dir, NOW);
    const before = readFileSync(first.file);
    const second = await backup(dir, NOW);
    assert.equal(second.file, join(dir, "backups/2026-11-22T200000Z-2.db"));
    assert.deepEqual(readFileSync(first.file), before);
  });

  it("takes with it who must not come back and the images", async () => {
    const dir = filled();
    write(dir, "removed.yml", "# nobody\n");
    write(dir, "removed.key", "secret");
    write(dir, "media/ab/abc.jpg", "a picture");
    const { file } = await backup(dir, NOW);
    const folder = file.replace(/\.db$/, "");
    assert.equal(readFileSync(join(folder, "media/ab/abc.jpg"), "utf8"), "a picture");
    assert.equal(readFileSync(join(folder, "removed.yml"), "utf8"), "# nobody\n");
    assert.equal(statSync(join(folder, "removed.key")).mode & 0o777, 0o600);
  });

  it("is of one moment, while another connection goes on writing", async () => {
    const dir = filled();
    const store = new Store(openArchiveDb(join(dir, "archive.db")));
    const copying = backup(dir, NOW);
    store.transaction(() => store.add(observed({ id: "3" })));
    const { file, tweets } = await copying;
    assert.equal(tweets, 2);
    assert.doesNotMatch(dumpOf(file), /VALUES \('3'/);
    assert.equal(store.tweets(["3"]).length, 1);
    store.close();
  });
});
