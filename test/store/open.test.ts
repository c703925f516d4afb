import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import Database from "better-sqlite3";
import { openArchiveDb, openWorkDb, takeLock } from "../../src/store/open.ts";
import { ARCHIVE_STEPS, WORK_VERSION } from "../../src/store/schema.ts";
import { Store } from "../../src/store/store.ts";
import { makeArchive, observed, run, SESSION, tempDir, write } from "../helpers.ts";
import { child, kill } from "./child.ts";

const inArchive = (dir: string, ...args: string[]) => run([...args, "--archive", dir]);
const importing = (dir: string) =>
  inArchive(dir, "import", write(dir, "pasted.txt", "Which tea?\n@amy green\n"), "--chat", "teachat", "--session", SESSION);
const oneLine = (err: string): void => assert.match(err, /^chatscribe: [^\n]+\n$/);

describe("a second writer", () => {
  it("is refused at once, and the first goes on unharmed", async () => {
    const dir = makeArchive();
    const lock = takeLock(join(dir, "archive-lock.db"), "archive.db");
    const { code, err } = await importing(dir);
    assert.equal(code, 6);
    oneLine(err);
    assert.match(err, /archive\.db: another Chatscribe is writing it; wait until it is done, then try again/);
    assert.equal(existsSync(join(dir, "archive.db")), false);
    lock.release();
    assert.equal((await importing(dir)).code, 0);
  });

  it("is refused while another process writes; a killed one leaves no lock behind", async () => {
    const dir = makeArchive();
    const holder = await child(`
      import { takeLock } from "$SRC/store/open.ts";
      takeLock(${JSON.stringify(join(dir, "archive-lock.db"))}, "archive.db");
      setInterval(() => {}, 1000);
      console.log("held");`);
    try {
      assert.equal((await importing(dir)).code, 6);
    } finally {
      await kill(holder);
    }
    assert.equal((await importing(dir)).code, 0);
  });

  it("may thread and export meanwhile: that only reads the archive", async () => {
    const dir = makeArchive();
    await importing(dir);
    const lock = takeLock(join(dir, "archive-lock.db"), "archive.db");
    assert.equal((await inArchive(dir, "export", `teachat/${SESSION}`)).code, 0);
    lock.release();
  });
});

describe("archive.db", () => {
  it("of a newer Chatscribe is refused in one line", async () => {
    const dir = makeArchive();
    const db = new Database(join(dir, "archive.db"));
    db.pragma(`user_version = ${ARCHIVE_STEPS.length + 1}`);
    db.close();
    const { code, err } = await inArchive(dir, "status");
    assert.equal(code, 2);
    oneLine(err);
    assert.match(err, /archive\.db: made by a newer Chatscribe .*: update Chatscribe/);
  });

  for (const [what, spoil] of [
    ["that is no database", (file: string) => write(file, "../archive.db", "this is a letter to my aunt\n".repeat(100))],
    ["cut short", (file: string) => truncateSync(file, 8192)],
  ] as const)
    it(`${what} is refused as damaged, and left as it is`, async () => {
      const dir = makeArchive();
      await importing(dir);
      const file = join(dir, "archive.db");
      spoil(file);
      const before = readFileSync(file);
      const { code, err } = await inArchive(dir, "status");
      assert.equal(code, 7, err);
      oneLine(err);
      assert.match(err, /archive.*: not a sound database .*: put a backup in its place/);
      assert.deepEqual(readFileSync(file), before);
    });

  it("that is a folder is a matter of the disk", async () => {
    const dir = makeArchive();
    mkdirSync(join(dir, "archive.db"));
    const { code, err } = await inArchive(dir, "status");
    assert.equal(code, 74);
    oneLine(err);
    assert.match(err, /archive\.db: cannot be written/);
  });

  it("is opened by several at once when it is new: one makes it, all can use it", async () => {
    const file = join(tempDir(), "archive.db");
    const code = `
      import { openArchiveDb } from "$SRC/store/open.ts";
      const db = openArchiveDb(${JSON.stringify(file)});
      console.log(db.pragma("user_version", { simple: true }));`;
    const all = await Promise.all([1, 2, 3, 4, 5].map(() => child(code)));
    assert.equal(all.length, 5);
  });

  it("waits for the disk at every commit, on every connection, not only on the one that made the file", () => {
    const file = join(tempDir(), "archive.db");
    openArchiveDb(file).close();
    const again = openArchiveDb(file);
    assert.equal(again.pragma("synchronous", { simple: true }), 2);
    assert.equal(again.pragma("journal_mode", { simple: true }), "wal");
    assert.equal(again.pragma("secure_delete", { simple: true }), 1);
    assert.equal(again.pragma("foreign_keys", { simple: true }), 1);
    again.close();
  });

  it("keeps what a killed process had committed, and nothing of what it had not", async () => {
    const file = join(tempDir(), "archive.db");
    const killed = await child(`
      import { Store } from "$SRC/store/store.ts";
      const store = Store.open(${JSON.stringify(file)});
      const told = (id) => (${JSON.stringify(observed({}))});
      const add = (id) => store.add({ ...told(), tweet: { ...told().tweet, id } });
      store.transaction(() => add("1"));
      store.transaction(() => { add("2"); console.log("in the middle"); for (;;); });`);
    await kill(killed);
    const store = Store.open(file);
    assert.deepEqual(
      store.tweets(["1", "2"]).map((t) => t.id),
      ["1"],
    );
    store.close();
  });
});

describe("work.db", () => {
  const spoilt: readonly [string, (file: string) => void][] = [
    ["of another version", (file) => new Database(file).exec(`PRAGMA user_version = ${WORK_VERSION + 1}`).close()],
    ["that is no database", (file) => write(file, "../work.db", "nor is this\n".repeat(1000))],
    ["cut short", (file) => truncateSync(file, 4096)],
    ["that is empty", (file) => truncateSync(file, 0)],
  ];
  it("damaged inside is thrown away when that shows, and made anew with the next command", async () => {
    const dir = makeArchive();
    await importing(dir);
    const before = await inArchive(dir, "thread");
    const file = join(dir, "work.db");
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.fill(0xaa, 4096, 8192)); // the first table; more, and it shows when the file is opened
    const { code, err } = await inArchive(dir, "thread");
    assert.equal(code, 7);
    assert.match(err, /work\.db: was damaged and is thrown away; all in it is made again: type the command again\n$/);
    assert.deepEqual(await inArchive(dir, "thread"), before);
  });

  it("damaged inside by a process that ended before its time is made anew without a word", async () => {
    const dir = makeArchive();
    await importing(dir);
    const before = await inArchive(dir, "thread");
    const file = join(dir, "work.db");
    writeFileSync(file, readFileSync(file).fill(0xaa, 4096));
    writeFileSync(`${file}-wal`, "cut short");
    assert.deepEqual(await inArchive(dir, "thread"), before);
  });

  for (const [what, spoil] of spoilt)
    it(`${what} is made anew without a word`, async () => {
      const dir = makeArchive();
      await importing(dir);
      const before = await inArchive(dir, "thread");
      spoil(join(dir, "work.db"));
      assert.deepEqual(await inArchive(dir, "thread"), before);
      const db = openWorkDb(join(dir, "work.db"));
      assert.equal(db.pragma("user_version", { simple: true }), WORK_VERSION);
      assert.equal(db.pragma("integrity_check", { simple: true }), "ok");
      db.close();
    });
});
