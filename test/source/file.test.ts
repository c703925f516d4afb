import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import { UserError } from "../../src/errors.ts";
import { openImport, readParts } from "../../src/source/file.ts";
import { collect, fixture } from "./read.ts";

const folder = mkdtempSync(join(tmpdir(), "chatscribe-"));
after(() => rmSync(folder, { recursive: true }));

const write = (name: string, content: string | Buffer): string => {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
};
const open = (file: string, options: { as?: string; session?: string } = {}) =>
  openImport(file, { chat: "gardenchat", session: null, ...options });
const refuses = (file: string, message: RegExp, options: { as?: string; session?: string } = {}) =>
  assert.rejects(open(file, options), (error) => {
    assert.ok(error instanceof UserError);
    assert.equal(error.code, 2);
    assert.doesNotMatch(error.message, /\n/);
    assert.match(error.message, message);
    return true;
  });

const line = (id: number, text = "hi") =>
  `${JSON.stringify({ id: String(id), author: "amy", created_at: "2024-06-11T17:00:00Z", text })}\n`;

describe("a file to import is refused in one line", () => {
  it("where there is none", () => refuses(join(folder, "none.csv"), /none\.csv: no such file/));
  it("where it is a folder", () => refuses(folder, /is a folder: name the files in it/));
  it("where it is empty", async () => {
    await refuses(write("empty", ""), /is empty/);
    await refuses(write("blank", " \n\n"), /is empty/);
  });
  it("where it is no text", async () => {
    await refuses(write("binary", Buffer.from("abc\0def,ghijklmnopqrstuvwxyz")), /binary/);
    await refuses(write("latin1", Buffer.from("@amy caf\xe9 au lait", "latin1")), /is not UTF-8: save it as UTF-8/);
    await refuses(write("utf16", Buffer.from("\ufeff@amy hi", "utf16le")), /is UTF-16: save it as UTF-8/);
    await refuses(write("utf16-bare", Buffer.from("@amy hi", "utf16le")), /UTF-16/);
    await refuses(write("damaged.gz", Buffer.from([0x1f, 0x8b, 8, 0])), /damaged gzip file: fetch it again/);
    await refuses(write("cut.gz", gzipSync(line(1).repeat(9)).subarray(0, -12)), /damaged gzip file/);
  });
  it("where nothing says what it is", async () => {
    const known = /not a format known here \(chatscribe-jsonl, x-v2-json, .*, text\).*--as/;
    await refuses(write("prose.txt", "Dear all,\nsee you on Tuesday.\n@amy may come\n"), known);
    await refuses(write("other.json", '{"data":[{"id":"1","name":"hi"}]}'), known);
    await refuses(write("notes.json", '[{"id":"1","author":"amy","text":"a question"}]'), known);
    await refuses(write("other.csv", "name,age\namy,7\n"), known);
  });
  it("where --as names none", () => refuses(fixture("pasted.txt"), /--as txt: no such format; did you mean "text"\?/, { as: "txt" }));
  it("where it does not begin as --as says", async () => {
    await refuses(fixture("pasted.txt"), /is not twarc-v1-csv: its first line must name the columns/, { as: "twarc-v1-csv" });
    await refuses(fixture("pasted.txt"), /is not twarc-v1-json: it must begin with \{ or \[/, { as: "twarc-v1-json" });
  });
  it("where pasted text has no session", () => refuses(fixture("pasted.txt"), /pasted text has no times: say --session 2009-07-21/));
  it("where it changes while it is read", async () => {
    const file = write("growing.jsonl", line(1));
    const opened = await open(file);
    writeFileSync(file, line(2), { flag: "a" });
    await assert.rejects(collect(opened.parts()), /changed while it was read: import it again/);
  });
});

describe("a file to import", () => {
  const cases = [
    ["chatscribe.jsonl", "chatscribe-jsonl"],
    ["twarc-v1.jsonl", "twarc-v1-json"],
    ["twarc-v1-exact.csv", "twarc-v1-csv"],
    ["twarc-v1-rounded.csv", "twarc-v1-csv"],
    ["pasted.txt", "text"],
    ["x-v2-pages.jsonl", "x-v2-json"],
    ["x-v2-posts.json", "x-v2-json"],
    ["x-v2-flat.jsonl", "x-v2-json"],
    ["tags.csv", "sheet-csv"],
    ["sheet.csv", "sheet-csv"],
    ["web-exporter.csv", "sheet-csv"],
    ["web-exporter.json", "web-exporter-json"],
    ["transcript.md", "markdown"],
    ["tchat.txt", "tchat"],
  ] as const;
  for (const [name, format] of cases)
    it(`${name} is known for ${format} by its content`, async () => {
      const file = await open(fixture(name), { session: "2009-07-21" });
      assert.equal(file.format, format);
    });
  it("is known by its beginning where its first record is longer than what is looked at", async () => {
    const tweets = Array.from({ length: 200 }, (_, index) => ({ id: String(index + 1), text: "é".repeat(400), author_id: "7" }));
    const page = { includes: { users: [{ id: "7", username: "amy", name: "Amy" }] }, data: tweets, meta: { result_count: 200 } };
    for (const [name, text] of [
      ["page.jsonl", `${JSON.stringify(page)}\n`],
      ["page.json", JSON.stringify(page, null, 2)],
    ] as const)
      assert.equal((await open(write(name, text))).format, "x-v2-json");
  });
  it("may begin with a byte order mark", async () => {
    const files = [
      `\ufeff${line(1)}`,
      "\ufeff@amy hi\n",
      '\ufeff"id","created_at","user_screen_name","text"\n1,Tue May 03 18:00:07 +0000 2016,amy,hi\n',
    ];
    for (const [index, content] of files.entries()) {
      const [part] = await collect((await open(write(`bom${index}`, content), { session: "2009-07-21" })).parts());
      assert.deepEqual(part?.refused, []);
      assert.deepEqual(
        part?.observations.map(({ tweet }) => tweet.author.handle),
        ["amy"],
      );
    }
  });
  it("is read out of gzip as it is", async () => {
    const content = line(1) + line(2);
    const plain = await open(write("plain", content));
    const packed = await open(write("packed", gzipSync(content)));
    assert.deepEqual([packed.format, packed.size, packed.sha256], [plain.format, plain.size, plain.sha256]);
    assert.deepEqual(await collect(packed.parts()), await collect(plain.parts()));
  });
  it("refuses only the lines that are not UTF-8", async () => {
    const bad = Buffer.concat([Buffer.from("x".repeat(70_000)), Buffer.from([0xe9])]);
    const file = write("mixed.jsonl", Buffer.concat([Buffer.from(line(1)), bad, Buffer.from(`\n${line(2)}`)]));
    const [part] = await collect((await open(file)).parts());
    assert.deepEqual(part?.refused, [{ line: 2, why: "is not UTF-8 text: save the file as UTF-8" }]);
    assert.equal(part?.observations.length, 2);
  });
  it("comes in parts that joined are the file, with line numbers that go on", async () => {
    const long = "é".repeat(200_000);
    const content = `${Array.from({ length: 30 }, (_, index) => line(index + 1, index === 0 ? "short" : long)).join("")}{"id":7}`;
    const file = await open(write("long.jsonl", content));
    const parts = await collect(file.parts());
    const bytes = Buffer.concat(parts.map((part) => part.bytes));
    assert.ok(bytes.equals(Buffer.from(content)));
    assert.ok(parts.every((part) => part.bytes.length <= 4 * 1024 * 1024));
    assert.ok(parts.length > 2);
    assert.deepEqual(
      parts.map((part) => part.seq),
      [...parts.keys()],
    );
    assert.equal(file.size, bytes.length);
    assert.equal(file.sha256, createHash("sha256").update(bytes).digest("hex"));
    assert.deepEqual(
      parts.flatMap((part) => part.refused.map((refusal) => refusal.line)),
      [31],
    );
    assert.deepEqual(
      parts.flatMap((part) => part.observations.map(({ tweet }) => tweet.id)),
      Array.from({ length: 30 }, (_, index) => String(index + 1)),
    );
    const again = await collect(
      readParts(
        { format: file.format, chat: "gardenchat", session: null },
        parts.map((part) => part.bytes),
      ),
    );
    assert.deepEqual(again, parts);
  });
});
