import assert from "node:assert/strict";
import { readdirSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { zstdCompressSync } from "node:zlib";
import Database from "better-sqlite3";
import type { Problem } from "../../src/capture/check.ts";
import { line, makeArchive, run, SESSION, TEACHAT, write } from "../helpers.ts";

const inArchive = (dir: string, ...args: string[]) => run([...args, "--archive", dir]);

/** An archive with tweets 1 and 2 of its first session, from in.jsonl. */
async function filled(files: Parameters<typeof makeArchive>[0] = {}, lines = line({ id: "1" }) + line({ id: "2" })): Promise<string> {
  const dir = makeArchive(files);
  const { code, err } = await inArchive(dir, "import", write(dir, "in.jsonl", lines), "--chat", "teachat");
  assert.equal(code, 0, err);
  return dir;
}

function spoil(dir: string, sql: string, ...values: unknown[]): void {
  const db = new Database(join(dir, "archive.db"));
  db.pragma("foreign_keys = OFF");
  if (values.length > 0) db.prepare(sql).run(...values);
  else db.exec(sql);
  db.close();
}

interface Checked {
  readonly code: number;
  readonly ok: boolean;
  readonly problems: readonly Problem[];
}
async function check(dir: string, ...flags: string[]): Promise<Checked> {
  const { code, out } = await inArchive(dir, "check", "--json", ...flags);
  return { code, ...(JSON.parse(out) as Omit<Checked, "code">) };
}

/** Damage that every check finds, and damage that only reading all bytes finds. */
const QUICK: readonly (readonly [what: string, sql: string, says: RegExp])[] = [
  [
    "a member whose tweet is missing",
    "DELETE FROM tweet WHERE id = '1'",
    /1 rows? of table member belong to rows of table tweet that are missing/,
  ],
  ["a raw part that is missing", "DELETE FROM raw_part", /in\.jsonl: a part of it is missing: 0 of \d+ bytes are kept/],
  ["raw parts with a gap", "UPDATE raw_part SET seq = 1", /in\.jsonl: a part of it is missing/],
];
const THOROUGH: readonly (readonly [what: string, sql: string, says: RegExp])[] = [
  ["raw that cannot be unpacked", "UPDATE raw_part SET body = x'00'", /in\.jsonl: part 1 is not what was kept/],
  ["raw under a wrong hash", "UPDATE raw_part SET sha256_kept = 'x'", /in\.jsonl: part 1 is not what was kept/],
  ["a body under a wrong hash", "UPDATE raw SET sha256 = 'x'", /in\.jsonl: its parts joined are not the file that was received/],
  [
    "a tweet that raw does not tell",
    "INSERT INTO tweet SELECT '3', author, time, text, lang, reply_to, reply_to_user, quotes, repost_of, conversation, tags, mentions, links, media, poll, edited, local, heading, context, NULL, NULL, NULL, NULL FROM tweet WHERE id = '1'",
    /holds something else than its raw files tell \(1 tweets that no raw file tells, 0 that are missing, 0 that say otherwise\): npx chatscribe rebuild/,
  ],
  ["a tweet that says otherwise", "UPDATE tweet SET text = 'never' WHERE id = '1'", /1 that say otherwise/],
  ["a tweet that is missing", "DELETE FROM member WHERE tweet = '1'; DELETE FROM tweet WHERE id = '1'", /1 that are missing/],
  ["a member that is missing", "DELETE FROM member", /table member has 0 rows, not 2/],
];

describe("check finds damage, exit 7", () => {
  for (const [what, sql, says] of QUICK)
    it(what, async () => {
      const dir = await filled();
      spoil(dir, sql);
      const { code, ok, problems } = await check(dir);
      assert.deepEqual([code, ok, problems[0]?.kind], [7, false, "damage"]);
      assert.match(problems.map((p) => p.what).join("\n"), says);
    });

  for (const [what, sql, says] of THOROUGH)
    it(`--read-data: ${what}`, async () => {
      const dir = await filled();
      spoil(dir, sql);
      assert.equal((await check(dir)).code, 0, "the quick check does not read it");
      const { code, ok, problems } = await check(dir, "--read-data");
      assert.deepEqual([code, ok, problems[0]?.kind], [7, false, "damage"]);
      assert.match(problems.map((p) => p.what).join("\n"), says);
      assert.deepEqual(
        readdirSync(dir).filter((name) => name.includes(".check")),
        [],
      );
    });

  it("--read-data: raw of which a byte was exchanged", async () => {
    const dir = await filled();
    spoil(dir, "UPDATE raw_part SET body = ?", zstdCompressSync(Buffer.from(line({ id: "1" }) + line({ id: "9" }))));
    assert.equal((await check(dir, "--read-data")).code, 7);
  });

  it("a file that is cut short, in JSON too", async () => {
    const dir = await filled();
    truncateSync(join(dir, "archive.db"), 8192);
    const { code, ok, problems } = await check(dir);
    assert.deepEqual([code, ok, problems[0]?.kind], [7, false, "damage"]);
    const said = await inArchive(dir, "check");
    assert.match(said.out, /^damage: [^\n]*archive\.db[^\n]*\n[^\n]*: damaged\n$/);
    assert.equal(said.err, "");
  });
});

describe("check gives advice, exit 0", () => {
  const advised = async (dir: string, says: RegExp) => {
    const { code, ok, problems } = await check(dir);
    assert.deepEqual([code, ok, problems.map((p) => p.kind)], [0, true, ["advice"]]);
    assert.match(problems[0]?.what ?? "", says);
  };

  it("on an import that was cut short", async () => {
    const dir = await filled();
    spoil(dir, "UPDATE raw SET complete = 0");
    await advised(dir, /^in\.jsonl: its import was cut short: import it again, nothing is kept twice$/);
  });

  it("on a session that the schedule of today has at another hour", async () => {
    const dir = await filled();
    write(dir, "chats/teachat/chat.md", TEACHAT.replace("12:00", "13:00"));
    await advised(
      dir,
      /teachat\/2026-03-03 is kept as 2026-03-03T17:00Z, 60 minutes \(15 before, 30 after\); the schedule of today says 2026-03-03T18:00Z/,
    );
  });

  it("on a session that the schedule of today has not, unless its file says when it was", async () => {
    const dir = await filled();
    write(dir, "chats/teachat/chat.md", TEACHAT.replace("Tuesday", "Friday"));
    await advised(dir, /the schedule of today has no such sitting: it stays as it is; write start: in .*2026-03-03\.md to move it/);
    write(dir, `chats/teachat/${SESSION}.md`, "---\nstart: 2026-03-03 12:00\n---\n");
    assert.deepEqual((await check(dir)).problems, []);
  });

  it("on notes that speak of a tweet nobody holds", async () => {
    const dir = await filled({ notes: { [SESSION]: '---\npins: ["77"]\n---\n' } });
    await advised(dir, /2026-03-03\.md:2: .* of tweet 77: not held here \(yet\); it has no effect/);
  });

  it("on a chat whose file is gone", async () => {
    const dir = await filled({ files: { "chats/coffee/chat.md": TEACHAT.replace("#teachat", "#coffee") } });
    spoil(dir, "UPDATE raw SET chat = 'oldchat'");
    await advised(dir, /chat "oldchat" has tweets, but .*oldchat\/chat\.md is missing/);
  });

  it("on a removed.yml that names authors while the key is gone", async () => {
    const dir = await filled();
    write(dir, "removed.yml", `- { author: "h1:${"0".repeat(64)}", reason: author-request, on: 2026-11-22 }\n`);
    await advised(dir, /removed\.key is missing/);
  });

  it("on a backup that was killed", async () => {
    const dir = await filled();
    write(dir, "backups/2026-11-22T200000Z.part", "half of it");
    await advised(dir, /2026-11-22T200000Z\.part: a backup that was cut short: delete it/);
  });
});

describe("check of a sound archive", () => {
  for (const flags of [[], ["--read-data"]])
    it(`finds nothing and changes nothing ${flags.join(" ")}`, async () => {
      const dir = await filled();
      const before = readdirSync(dir).sort();
      assert.deepEqual(await check(dir, ...flags), { code: 0, ok: true, problems: [] });
      assert.deepEqual(readdirSync(dir).sort(), before);
    });

  it("makes no database where none is", async () => {
    const dir = makeArchive();
    assert.deepEqual(await check(dir, "--read-data"), { code: 0, ok: true, problems: [] });
    assert.deepEqual(readdirSync(dir), ["chats"]);
  });
});
