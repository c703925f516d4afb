import assert from "node:assert/strict";
import { cpSync, existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import Database from "better-sqlite3";
import { takeLock } from "../../src/store/open.ts";
import { tree } from "../cli/world.ts";
import { line, makeArchive, run, SESSION, tempDir, write } from "../helpers.ts";
import { dumpSql } from "../store/dump.ts";

const FIXTURES = fileURLToPath(new URL("../fixtures/import/", import.meta.url));
const DEMO = fileURLToPath(new URL("../../data/demo/", import.meta.url));

const inArchive = (dir: string, ...args: string[]) => run([...args, "--archive", dir]);
async function done(dir: string, ...args: string[]): Promise<string> {
  const { code, out, err } = await inArchive(dir, ...args);
  assert.ok(code === 0 || code === 3, err);
  return out;
}

/** Runs SQL behind the archive's back. */
function spoil(dir: string, sql: string): void {
  const db = new Database(join(dir, "archive.db"));
  db.pragma("foreign_keys = OFF");
  db.exec(sql);
  db.close();
}

function dumpOf(dir: string): string {
  const db = new Database(join(dir, "archive.db"));
  try {
    // each database's marks are its own
    return dumpSql(db).replaceAll(/^INSERT INTO mark VALUES .*\n/gm, "");
  } finally {
    db.close();
  }
}

/** An archive that took in every fixture in this order. */
async function mixed(files: readonly string[]): Promise<string> {
  const dir = makeArchive();
  for (const name of files) await done(dir, "import", join(FIXTURES, name), "--chat", "teachat", "--session", SESSION);
  return dir;
}

const exportsOf = async (dir: string): Promise<string> => {
  const { chats } = JSON.parse(await done(dir, "status", "--json")) as { chats: { chat: string; sessions: { session: string }[] }[] };
  const names = chats.flatMap(({ chat, sessions }) => sessions.map(({ session }) => `${chat}/${session}`));
  assert.ok(names.length > 0);
  return (await Promise.all(names.map((name) => done(dir, "export", name)))).join("");
};

const one = async (): Promise<string> => {
  const dir = makeArchive();
  await done(dir, "import", write(dir, "in.jsonl", line({ id: "1" }) + line({ id: "2", replyTo: "1" })), "--chat", "teachat");
  return dir;
};

describe("rebuild refuses, and changes nothing", () => {
  it("where nothing was captured", async () => {
    const dir = makeArchive();
    const { code, err } = await inArchive(dir, "rebuild");
    assert.deepEqual([code, err], [2, `chatscribe: ${join(dir, "archive.db")}: is not there: nothing was captured yet\n`]);
    assert.deepEqual(readdirSync(dir), ["chats"]);
  });

  it("while another writes", async () => {
    const dir = await one();
    const before = dumpOf(dir);
    const lock = takeLock(join(dir, "archive-lock.db"), "archive.db");
    assert.equal((await inArchive(dir, "rebuild")).code, 6);
    lock.release();
    assert.equal(dumpOf(dir), before);
    assert.equal(existsSync(join(dir, "backups")), false);
  });

  for (const [what, sql] of [
    ["a raw part that is damaged", "UPDATE raw_part SET body = x'00'"],
    ["a raw part that is missing", "UPDATE raw_part SET seq = 1"],
  ] as const)
    it(`on ${what}`, async () => {
      const dir = await one();
      spoil(dir, sql);
      const before = dumpOf(dir);
      const { code, err } = await inArchive(dir, "rebuild");
      assert.equal(code, 7);
      assert.match(err, /^chatscribe: [^\n]*part 1 of in\.jsonl[^\n]*\n$/);
      assert.equal(dumpOf(dir), before);
      assert.equal(existsSync(join(dir, "archive.db.rebuild")), false);
    });

  it("of a format that it does not know", async () => {
    const dir = await one();
    spoil(dir, "UPDATE raw SET format = 'morse'");
    const { code, err } = await inArchive(dir, "rebuild");
    assert.equal(code, 2);
    assert.match(err, /in\.jsonl was kept as morse, which this Chatscribe cannot read: update Chatscribe/);
  });

  it("where a removal took others' tweets out of raw: they would be lost", async () => {
    const dir = await one();
    spoil(dir, "INSERT INTO erasure (raw, seq, at, records) VALUES (1, 0, 0, 1); DELETE FROM raw_part; UPDATE raw SET complete = 0");
    const before = dumpOf(dir);
    const { code, err } = await inArchive(dir, "rebuild");
    assert.equal(code, 3);
    assert.match(err, /2 of its tweets stand in no raw file any more .*: rebuild would lose them; nothing is changed\n$/);
    assert.equal(dumpOf(dir), before);
  });

  it("while another program has the archive open: it would take the old WAL for the new file's", { timeout: 60_000 }, async () => {
    const dir = await one();
    const reader = new Database(join(dir, "archive.db"));
    reader.exec("BEGIN");
    reader.prepare("SELECT count(*) FROM tweet").get();
    const { code, err } = await inArchive(dir, "rebuild");
    assert.equal(code, 6, err);
    assert.match(err, /archive\.db: another program is reading it/);
    reader.close();
    assert.equal(existsSync(join(dir, "archive.db.rebuild")), false);
    assert.equal((await inArchive(dir, "rebuild")).code, 0);
  });
});

describe("rebuild", () => {
  const files = readdirSync(FIXTURES, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .sort();
  for (const [order, names] of [
    ["the order of their names", files],
    ["the other order", files.toReversed()],
    ["another order, some of them twice", [...files.slice(2), ...files.slice(0, 3)]],
  ] as const)
    it(`of a mix of formats, imported in ${order}, leaves every row as it was, and every export`, async () => {
      const dir = await mixed(names);
      const [rows, exported] = [dumpOf(dir), await exportsOf(dir)];
      assert.match(await done(dir, "rebuild"), /: nothing changed\n/);
      assert.equal(dumpOf(dir), rows);
      assert.equal(await exportsOf(dir), exported);
      assert.equal(await done(dir, "check", "--read-data", "--json"), '{"ok":true,"problems":[]}\n');
    });

  it("of the demo leaves every export and every page, byte by byte", async () => {
    const dir = join(tempDir(), "demo");
    for (const name of ["chats", "site.yml", "tweets.jsonl"]) cpSync(join(DEMO, name), join(dir, name), { recursive: true });
    await done(dir, "import", join(dir, "tweets.jsonl"), "--chat", "mendchat");
    const build = async (name: string) => {
      const out = join(tempDir(), name);
      await done(dir, "build", "--out", out);
      return tree(out);
    };
    const [pages, exported] = [await build("a"), await exportsOf(dir)];
    await done(dir, "rebuild");
    assert.equal(await exportsOf(dir), exported);
    assert.deepEqual(await build("b"), pages);
  });

  it("puts right what was changed behind the archive's back, and says how much", async () => {
    const dir = await one();
    const before = dumpOf(dir);
    spoil(
      dir,
      "UPDATE tweet SET text = 'never said' WHERE id = '1'; DELETE FROM member WHERE tweet = '2'; DELETE FROM tweet WHERE id = '2'",
    );
    const { out } = await inArchive(dir, "rebuild", "--json");
    const { backup, ...report } = JSON.parse(out) as Record<string, unknown>;
    assert.deepEqual(report, { bodies: 1, tweets: 2, context: 0, new: 1, changed: 1, gone: 0 });
    assert.equal(dumpOf(dir), before);
    const db = new Database(String(backup), { readonly: true });
    assert.equal(db.prepare("SELECT text FROM tweet WHERE id = '1'").pluck().get(), "never said");
    db.close();
  });

  it("keeps the windows of sessions, whatever the schedule says today", async () => {
    const dir = await one();
    const before = dumpOf(dir);
    write(dir, "chats/teachat/chat.md", '---\ntags: ["#teachat"]\nschedule: { every: day, at: "03:00" }\n---\n');
    await done(dir, "rebuild");
    assert.equal(dumpOf(dir), before);
  });

  it("brings nothing back that was removed", async () => {
    const dir = makeArchive();
    const lines = [
      line({ id: "1" }),
      line({ id: "2", author: "bob", text: "secret words #teachat" }),
      line({ id: "3", text: "@bob quite so" }),
    ];
    await done(dir, "import", write(dir, "in.jsonl", lines.join("")), "--chat", "teachat");
    await done(dir, "forget", "2", "@bob");
    const before = dumpOf(dir);
    assert.doesNotMatch(before, /secret|bob/);
    await done(dir, "rebuild");
    assert.equal(dumpOf(dir), before);
    assert.equal(await done(dir, "check", "--read-data", "--json"), '{"ok":true,"problems":[]}\n');
  });

  it("goes on from one that was killed", async () => {
    const dir = await one();
    const before = dumpOf(dir);
    write(dir, "archive.db.rebuild", "half of it");
    write(dir, "archive.db.rebuild-wal", "and its log");
    await done(dir, "rebuild");
    assert.equal(dumpOf(dir), before);
    assert.deepEqual(
      readdirSync(dir).filter((name) => name.startsWith("archive.db.")),
      [],
    );
  });
});
