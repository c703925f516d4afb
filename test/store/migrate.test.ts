import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import Database from "better-sqlite3";
import { openArchiveDb } from "../../src/store/open.ts";
import { ARCHIVE_STEPS } from "../../src/store/schema.ts";
import { Store } from "../../src/store/store.ts";
import { makeArchive, run, SESSION, tempDir, write } from "../helpers.ts";
import { dumpSql } from "./dump.ts";

const fixture = (version: number): string => readFileSync(new URL(`../fixtures/schema/${version}.sql`, import.meta.url), "utf8");

/** archive.db of a version, in a folder of its own or in an archive's. */
function old(version = 1, dir = tempDir()): string {
  const file = join(dir, "archive.db");
  new Database(file).exec(fixture(version)).close();
  return file;
}

/** What a file holds, as it is. */
function held(file: string): string {
  const db = new Database(file);
  try {
    return dumpSql(db);
  } finally {
    db.close();
  }
}

const V1 = ARCHIVE_STEPS.slice(0, 1);
const backupsOf = (file: string): string[] => {
  const folder = join(file, "../backups");
  return existsSync(folder) ? readdirSync(folder).sort() : [];
};

describe("a step of the schema that fails", () => {
  it("leaves the file as it was, with the backup that was made before", () => {
    const file = old();
    const step = "CREATE TABLE half (a); INSERT INTO tweet SELECT * FROM tweet;";
    assert.throws(() => openArchiveDb(file, [...V1, step]), { code: "SQLITE_CONSTRAINT_PRIMARYKEY" });
    assert.equal(held(file), fixture(1));
    assert.deepEqual(backupsOf(file), ["version-1.db"]);
    assert.equal(held(join(file, "../backups/version-1.db")), fixture(1));
  });

  it("keeps the steps before it", () => {
    const file = old();
    assert.throws(() => openArchiveDb(file, [...V1, "CREATE TABLE two (a)", "SELECT nonsense"]), { name: "SqliteError" });
    const db = new Database(file);
    assert.equal(db.pragma("user_version", { simple: true }), 2);
    db.close();
  });

  it("is not tried where no backup can be made", () => {
    const file = old();
    write(join(file, ".."), "backups", "a file where the folder should be");
    assert.throws(() => openArchiveDb(file, [...V1, "CREATE TABLE two (a)"]), { name: /^(Error|UserError)$/ });
    assert.equal(held(file), fixture(1));
  });

  it("is not tried on a file whose copy is not sound", () => {
    const file = old();
    const db = new Database(file);
    db.unsafeMode().pragma("foreign_keys = OFF");
    db.exec("DELETE FROM author WHERE key = '501'");
    db.close();
    const before = held(file);
    assert.throws(() => openArchiveDb(file, [...V1, "CREATE TABLE two (a)"]), {
      code: 7,
      message: /a copy of it is not sound \(1 rows? of table/,
    });
    assert.equal(held(file), before);
    assert.deepEqual(backupsOf(file), []);
  });
});

describe("steps of the schema", () => {
  it("are taken after the backup: it holds what was there before them", () => {
    const file = old();
    openArchiveDb(file, [...V1, "DELETE FROM version"]).close();
    assert.equal(held(join(file, "../backups/version-1.db")), fixture(1));
    assert.notEqual(held(file), fixture(1));
    assert.equal(statSync(join(file, "../backups/version-1.db")).isFile(), true);
    assert.deepEqual(backupsOf(file), ["version-1.db"]);
  });

  it("never overwrite a backup", () => {
    const file = old();
    mkdirSync(join(file, "../backups"));
    const earlier = write(join(file, ".."), "backups/version-1.db", "an earlier one");
    openArchiveDb(file, [...V1, "CREATE TABLE two (a)"]).close();
    assert.equal(readFileSync(earlier, "utf8"), "an earlier one");
    assert.deepEqual(backupsOf(file), ["version-1-2.db", "version-1.db"]);
  });

  it("make no backup of a file that is new or up to date", () => {
    const file = join(tempDir(), "archive.db");
    openArchiveDb(file).close();
    openArchiveDb(file).close();
    assert.deepEqual(backupsOf(file), []);
  });
});

describe("a version of the schema", () => {
  for (let version = 1; version <= ARCHIVE_STEPS.length; version++) {
    it(`${version}: its steps still make what they made`, () => {
      const made = new Database(":memory:");
      for (const step of ARCHIVE_STEPS.slice(0, version)) made.exec(step);
      const was = new Database(":memory:").exec(fixture(version));
      const schema = "SELECT type, name, sql FROM sqlite_schema ORDER BY name";
      assert.deepEqual(made.prepare(schema).all(), was.prepare(schema).all());
    });

    it(`${version}: is brought up to date with the same tweets, and raw that tells them`, async () => {
      const dir = makeArchive();
      const file = old(version, dir);
      const store = new Store(openArchiveDb(file));
      const [tweet] = store.tweets(["1004"]);
      assert.deepEqual([tweet?.id, tweet?.text, tweet?.author.name, tweet?.aliases], ["1003", "A1 black #teachat", "Bob", ["1004"]]);
      assert.deepEqual(store.counts(), { tweets: 5, context: 1 });
      assert.deepEqual(
        store.sessions("teachat").map(({ slug }) => slug),
        [SESSION, "2026-03-10"],
      );
      assert.equal(store.raw.all().length, 3);
      store.close();
      const { code, out } = await run(["check", "--read-data", "--archive", dir]);
      assert.deepEqual([code, out.split(": ").at(-1)], [0, "sound, every byte read\n"], out);
    });
  }
});
