import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import { line, write } from "../helpers.ts";
import { copyOf, emptyWorld, fullWorld, TWEETS, type } from "./world.ts";

const full = await fullWorld();
const ARCHIVE = ["--archive", "data"];
const importing = (world: string, ...args: string[]) => type(["import", ...args, "--chat", "teachat", ...ARCHIVE], world);

const BAD = [
  line({ id: "501", author: "dot", time: 7, text: "A1 oolong #teachat" }),
  `{"id":502,"author":"dot","created_at":"2026-03-03T17:08:00Z","text":"a number for an id"}\n`,
  `{"id":"503","author":"dot"`,
].join("");

describe("import", () => {
  it("names every record it refuses by file and line, even under --quiet, keeps the rest and exits with 3", async () => {
    const world = copyOf(full);
    write(world, "bad.jsonl", BAD);
    const { code, out, err } = await importing(world, "bad.jsonl", "--quiet");
    assert.equal(code, 3);
    assert.equal(out, "bad.jsonl: 3 read, 1 new, 0 held, 0 ids repaired, 2 refused\n");
    assert.equal(
      err,
      'bad.jsonl:2: "id" must be a string: as a JSON number an id is rounded\nbad.jsonl:3: is not valid JSON: cut short or damaged\n',
    );
  });

  it("names twenty refused records and counts the others", async () => {
    const world = emptyWorld();
    write(world, "bad.jsonl", line({ id: "501" }) + '{"id":7}\n'.repeat(25));
    const { code, err } = await importing(world, "bad.jsonl", "--quiet");
    assert.equal(code, 3);
    assert.equal(err.split("\n").length - 1, 21);
    assert.match(err, /bad\.jsonl: and 5 more records refused\n$/);
  });

  it("adds several files and says the totals", async () => {
    const world = emptyWorld();
    write(world, "a.jsonl", TWEETS);
    write(world, "b.jsonl", BAD);
    const { code, out, err } = await importing(world, "a.jsonl", "b.jsonl");
    assert.equal(code, 3);
    assert.deepEqual(out.split("\n"), [
      "a.jsonl: 9 read, 9 new, 0 held, 0 ids repaired, 0 refused",
      "b.jsonl: 3 read, 1 new, 0 held, 0 ids repaired, 2 refused",
      "in all: 12 read, 10 new, 0 held, 0 ids repaired, 2 refused",
      "",
    ]);
    assert.match(err, /\nNext: npx chatscribe build --archive data\n$/);
  });

  it("says the same in JSON", async () => {
    const world = emptyWorld();
    write(world, "a.jsonl", TWEETS);
    write(world, "b.jsonl", BAD);
    const { out } = await importing(world, "a.jsonl", "b.jsonl", "--json");
    const counts = { read: 9, new: 9, held: 0, context: 0, repaired: 0, removed: 0, refused: 0 };
    const bad = { read: 3, new: 1, held: 0, context: 0, repaired: 0, removed: 0, refused: 2 };
    assert.deepEqual(JSON.parse(out), {
      files: [
        { file: "a.jsonl", format: "chatscribe-jsonl", ...counts },
        { file: "b.jsonl", format: "chatscribe-jsonl", ...bad },
      ],
      read: 12,
      new: 10,
      held: 0,
      context: 0,
      repaired: 0,
      removed: 0,
      refused: 2,
    });
  });

  it("counts apart what is only context", async () => {
    const world = emptyWorld();
    write(world, "a.jsonl", line({ id: "501" }) + line({ id: "401", text: "long ago" }, { context: true }));
    assert.equal((await importing(world, "a.jsonl")).out, "a.jsonl: 2 read, 1 new, 0 held, 1 as context, 0 ids repaired, 0 refused\n");
  });

  it("adds nothing the second time, and says so", async () => {
    const { code, out } = await importing(copyOf(full), "tweets.jsonl");
    assert.equal(code, 0);
    assert.equal(out, "tweets.jsonl: 9 read, 0 new, 9 held, 0 ids repaired, 0 refused\n");
  });

  it("adds pasted text to a session that is held, though the schedule knows it no longer", async () => {
    const world = copyOf(full);
    write(world, "data/chats/teachat/chat.md", '---\ntags: ["#teachat"]\nschedule: { every: Friday, at: "12:00" }\n---\n');
    write(world, "p.txt", "@amy tea\n");
    const { code, err } = await importing(world, "p.txt", "--session", "2026-03-10");
    assert.equal(code, 0, err);
  });

  it("reads a gzip file as it is", async () => {
    const world = emptyWorld();
    write(world, "tweets.gz", gzipSync(TWEETS));
    assert.match((await importing(world, "tweets.gz")).out, /9 read, 9 new/);
  });

  it("adds pasted text to the session named", async () => {
    const world = emptyWorld();
    write(world, "p.txt", "What do you drink?\n@amy tea\n@bob tea too\n");
    const { code, out } = await importing(world, "p.txt", "--session", "2026-03-17");
    assert.equal(code, 0);
    assert.match(out, /2 read, 2 new/);
    assert.match((await type(["status", ...ARCHIVE], world)).out, /teachat\/2026-03-17\s+2 tweets/);
  });

  it("takes an old name of a chat for the chat", async () => {
    const world = copyOf(full);
    write(world, "data/chats/teachat/chat.md", '---\ntags: ["#teachat"]\nwas: [tee]\n---\n');
    assert.equal((await type(["import", "tweets.jsonl", "--chat", "tee", ...ARCHIVE], world)).code, 0);
  });
});

describe("import of tweets that no session's window holds", () => {
  const evening = Array.from({ length: 24 }, (_, i) =>
    line({ id: `${700 + i}`, author: `guest${i % 4}`, time: 3 * 24 * 60 + 180 + i * 2, text: "A1 green #teachat" }),
  ).join("");

  it("names the hour the chat seems to have met in, and what is typed makes a session of it", async () => {
    const world = emptyWorld();
    write(world, "a.jsonl", TWEETS + evening);
    const { err } = await importing(world, "a.jsonl");
    const [says = "", typed = "", ...more] = err.split("\n");
    assert.equal(says, "1 hour outside every session's window in which teachat seems to have met; to make sessions of them:");
    assert.match(
      typed,
      /^printf -- '---\\nstart: 2026-03-06 15:00\\n---\\n' > data\/chats\/teachat\/2026-03-06\.md {2}# 24 tweets, 4 people$/,
    );
    assert.deepEqual(more, ["Next: npx chatscribe build --archive data", ""]);
    execFileSync("sh", ["-c", typed], { cwd: world });
    const { out } = await type(["status", ...ARCHIVE], world);
    assert.match(out, /^teachat\/2026-03-06 +24 tweets/m);
  });

  it("says nothing of a few", async () => {
    const world = emptyWorld();
    write(world, "a.jsonl", TWEETS);
    assert.doesNotMatch((await importing(world, "a.jsonl")).err, /seems to have met/);
  });
});
