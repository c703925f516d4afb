import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { Archive } from "../../src/archive/archive.ts";
import { importFile } from "../../src/capture/import.ts";
import { SAMPLE } from "../../src/source/detect.ts";
import { type ImportFile, readParts } from "../../src/source/file.ts";
import { line, makeArchive, run, SESSION, write } from "../helpers.ts";

const HERE = `teachat/${SESSION}`;
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

async function take(dir: string, name: string, content: string | Uint8Array, ...flags: string[]) {
  const file = write(dir, name, content);
  const ran = await run(["import", file, "--chat", "teachat", "--archive", dir, "--json", ...flags]);
  return { file, ...ran, report: ran.out === "" ? null : (JSON.parse(ran.out) as Report) };
}
interface Counts {
  readonly read: number;
  readonly new: number;
  readonly held: number;
  readonly repaired: number;
  readonly refused: number;
}
interface Report extends Counts {
  readonly files: readonly (Counts & { readonly file: string; readonly format: string; readonly context: number })[];
}
const counts = (report: Report | null): string =>
  report === null ? "" : `${report.read} read, ${report.new} new, ${report.held} held, ${report.refused} refused`;

/** A file that is read in parts of a line each; `until` throws where the process is to die. */
function inParts(text: string, until = Number.POSITIVE_INFINITY): ImportFile {
  const lines = text.split(/(?<=\n)/).map((one) => Buffer.from(one));
  return {
    file: "tweets.jsonl",
    format: "chatscribe-jsonl",
    size: Buffer.byteLength(text),
    sha256: sha256(Buffer.from(text)),
    async *parts() {
      for await (const part of readParts({ format: "chatscribe-jsonl", chat: "teachat", session: null }, lines)) {
        if (part.seq === until) throw new Error("the power is gone");
        yield part;
      }
    },
  };
}

const open = (dir: string) => {
  const archive = Archive.open(dir);
  const take = (file: ImportFile) => importFile(archive, file, archive.chat("teachat"), { session: null, now: 0 });
  return {
    archive,
    take,
    ids: () => archive.input(archive.chat("teachat"), archive.session(archive.chat("teachat"), SESSION)).tweets.map((t) => t.id),
  };
};

describe("import refuses", () => {
  it("a file of no known format whole: nothing is written", async () => {
    const dir = makeArchive();
    const { code, err, out } = await take(dir, "letter.doc", "Dear aunt,\nthe tea was lovely.\n");
    assert.deepEqual([code, out], [2, ""]);
    assert.match(err, /^chatscribe: .*letter\.doc: not a format known here[^\n]*\n$/);
    assert.equal(existsSync(join(dir, "archive.db")), false);
  });

  it("a good file together with a bad one: nothing is written", async () => {
    const dir = makeArchive();
    const good = write(dir, "good.jsonl", line({}));
    const { code } = await run(["import", good, join(dir, "missing.jsonl"), "--chat", "teachat", "--archive", dir]);
    assert.equal(code, 2);
    assert.equal(existsSync(join(dir, "archive.db")), false);
  });

  it("single records by file and line, takes the rest, and says so by its exit code", async () => {
    const dir = makeArchive();
    const text = [line({ id: "1" }), '{"id": 2, "author": "amy"}\n', line({ id: "3" }), '{"id": "4", "au\n'].join("");
    const { code, err, file, report } = await take(dir, "tweets.jsonl", text);
    assert.equal(code, 3);
    assert.equal(
      err,
      `${file}:2: "id" must be a string: as a JSON number an id is rounded\n${file}:4: is not valid JSON: cut short or damaged\n`,
    );
    assert.equal(counts(report), "4 read, 2 new, 0 held, 2 refused");
    assert.equal((await run(["export", HERE, "--archive", dir, "--quiet"])).out.split("\n").length, 2 + 1);
  });

  it("any number of records, and still takes the rest", async () => {
    const { code, err, report } = await take(makeArchive(), "tweets.jsonl", line({ id: "1" }) + "{}\n".repeat(200_000));
    assert.deepEqual([code, counts(report)], [3, "200001 read, 1 new, 0 held, 200000 refused"]);
    assert.match(err, /and 199,?980 more/);
  });

  it("a tweet without a time whose session is nowhere: says which file to write, and keeps nothing of that part", async () => {
    const dir = makeArchive();
    const { code, err } = await take(dir, "t.jsonl", line({ time: null, local: true }, { session: "teachat/2026-03-04" }));
    assert.equal(code, 2);
    assert.match(err, /^chatscribe: .*2026-03-04\.md: [^\n]*no sitting on 2026-03-04[^\n]*\n$/);
    const { archive } = open(dir);
    assert.deepEqual([archive.store.raw.all(), archive.store.counts()], [[], { tweets: 0, context: 0 }]);
    archive.close();
  });
});

describe("import reports", () => {
  const text = [line({ id: "1" }), line({ id: "2" }), line({ id: "2" }), line({ id: "3" }, { context: true }), line({ id: "x" })].join("");

  it("counts that add up", async () => {
    const { report } = await take(makeArchive(), "tweets.jsonl", text);
    assert.equal(counts(report), "5 read, 2 new, 1 held, 1 refused");
    assert.equal(report?.files[0]?.context, 1);
  });
  it("0 new the second time, and keeps no part twice", async () => {
    const dir = makeArchive();
    await take(dir, "tweets.jsonl", text);
    const before = await run(["export", HERE, "--archive", dir]);
    const { report, code } = await take(dir, "tweets.jsonl", text, "--quiet");
    assert.deepEqual([counts(report), code], ["5 read, 0 new, 3 held, 1 refused", 3]);
    assert.deepEqual(await run(["export", HERE, "--archive", dir]), before);
    const { archive } = open(dir);
    assert.equal(archive.store.raw.all().length, 1);
    archive.close();
  });
  it("only the new ones of a file that overlaps", async () => {
    const dir = makeArchive();
    await take(dir, "a.jsonl", line({ id: "1" }) + line({ id: "2" }));
    assert.equal(counts((await take(dir, "b.jsonl", line({ id: "2" }) + line({ id: "3" }))).report), "2 read, 1 new, 1 held, 0 refused");
  });
});

describe("what was imported", () => {
  it("is kept byte by byte, damaged records too", async () => {
    const dir = makeArchive();
    const surrogate = Buffer.concat([Buffer.from('{"id":"7","text":"'), Buffer.from([0xed, 0xa0, 0xbd]), Buffer.from('"}\r\n')]);
    const bytes = Buffer.concat([
      Buffer.from([0xef, 0xbb, 0xbf]),
      // a file that begins with damage is refused whole
      Buffer.from(line({ id: "1", text: "\ud83c" }).repeat(SAMPLE / 100)),
      surrogate,
      Buffer.from([0xff, 0xfe, 0x00, 0x0a]),
      Buffer.from("\n\n"),
      Buffer.from('{"cut sho'),
    ]);
    assert.equal((await take(dir, "tweets.jsonl", bytes)).code, 3);
    const { archive } = open(dir);
    const [raw] = archive.store.raw.all();
    assert.ok(raw);
    assert.deepEqual(archive.store.raw.bytes(raw), bytes);
    assert.deepEqual([raw.sha256, raw.size, raw.complete], [sha256(bytes), bytes.length, 1]);
    archive.close();
  });

  it("is kept part by part: a part that fails leaves neither raw nor tweets, those before it stay", async () => {
    const { archive, take, ids } = open(makeArchive());
    const text = line({ id: "1" }) + line({ id: "2" }) + line({ id: "3", time: null, local: true }, { session: "2026-03-04" });
    await assert.rejects(take(inParts(text)), { name: "UserError" });
    assert.deepEqual(ids(), ["1", "2"]);
    const [raw] = archive.store.raw.all();
    assert.ok(raw);
    assert.deepEqual([String(archive.store.raw.bytes(raw)), raw.complete], [line({ id: "1" }) + line({ id: "2" }), 0]);
    archive.close();
  });

  it("is resumed by the same import where it was killed, with nothing doubled", async () => {
    const text = ["1", "2", "3", "4"].map((id) => line({ id, time: null, local: true }, { session: SESSION })).join("");
    for (const parts of [0, 1, 2, 3]) {
      const { archive, take, ids } = open(makeArchive());
      await assert.rejects(take(inParts(text, parts)), /the power is gone/);
      const report = await take(inParts(text));
      assert.deepEqual([report.read, report.new, report.held], [4, 4 - parts, parts]);
      assert.deepEqual(ids(), ["1", "2", "3", "4"]);
      const [raw, ...more] = archive.store.raw.all();
      assert.ok(raw);
      assert.deepEqual([String(archive.store.raw.bytes(raw)), raw.complete, more], [text, 1, []]);
      archive.close();
    }
  });
});
