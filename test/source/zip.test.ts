import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import { UserError } from "../../src/errors.ts";
import { openImport, openImports } from "../../src/source/file.ts";
import { tempDir, write } from "../helpers.ts";
import { makeZip, type Packed } from "./make-zip.ts";
import { collect, fixture } from "./read.ts";

const OPTIONS = { chat: "gardenchat", session: "2023-05-02" } as const;
const zip = (...files: Packed[]): string => write(tempDir(), "a.zip", makeZip(files));
const refuses = (file: string, message: RegExp) =>
  assert.rejects(openImports(file, OPTIONS), (error) => {
    assert.ok(error instanceof UserError);
    assert.equal(error.code, 2);
    assert.doesNotMatch(error.message, /\n/);
    assert.match(error.message, message);
    return true;
  });
const tags = { name: "tags.csv", content: readFileSync(fixture("tags.csv")) };
const pasted = { name: "old/pasted.txt", content: readFileSync(fixture("pasted.txt")) };

describe("a zip file is refused in one line", () => {
  it("where it is damaged or cut short", async () => {
    await refuses(write(tempDir(), "a.zip", "PK\x03\x04....."), /a\.zip: is a damaged zip file: fetch it again/);
    await refuses(write(tempDir(), "a.zip", makeZip([tags]).subarray(0, 300)), /a\.zip: is a damaged zip file/);
    const bytes = makeZip([tags]);
    bytes.fill(7, 60, 90);
    await refuses(write(tempDir(), "a.zip", bytes), /a\.zip\/tags\.csv: is a damaged zip file/);
  });
  it("where there is nothing in it", () => refuses(zip({ name: "__MACOSX/._a.csv", content: "x" }), /is an empty zip file/));
  it("where a file in it is of no known format, another zip, or encrypted", async () => {
    await refuses(zip(tags, { name: "photo.jpg", content: "not a format" }), /a\.zip\/photo\.jpg: not a format known here/);
    await refuses(zip({ name: "b.zip", content: makeZip([tags]) }), /a\.zip\/b\.zip: is a zip file inside another: unpack it first/);
    await refuses(zip({ ...tags, says: { flags: 1 } }), /a\.zip\/tags\.csv: is encrypted/);
  });
  it("where a name in it leads outside", () => refuses(zip({ ...tags, name: "../tags.csv" }), /is a damaged zip file/));
  it("where it is a bomb: one large file, one larger than it says, many files, gzip in it", async () => {
    await refuses(zip({ ...tags, says: { size: 600 * 1024 * 1024 } }), /a\.zip\/tags\.csv: is over 512 MB: unpack it and import the file/);
    await refuses(zip({ ...tags, says: { size: 100 } }), /a\.zip\/tags\.csv: is a damaged zip file/);
    const many = Array.from({ length: 1001 }, (_, index) => ({ name: `${index}.csv`, content: "x" }));
    await refuses(zip(...many), /holds more than 1000 files: unpack it/);
    const megabyte = gzipSync("@amy hi\n".repeat(1024 * 128));
    const bomb = Buffer.concat(Array.from({ length: 513 }, () => megabyte));
    await refuses(zip({ name: "bomb.gz", content: bomb }), /a\.zip\/bomb\.gz: is over 512 MB: unpack it/);
  });
  it("where one file is wanted and it holds two", () =>
    assert.rejects(openImport(zip(tags, pasted), OPTIONS), /a\.zip: holds 2 files: unpack it and name the one you mean/));
});

describe("a zip file", () => {
  it("gives each file in it, by its name in it, and leaves the litter of programs", async () => {
    const litter = { name: ".DS_Store", content: "\0" };
    const file = zip(tags, litter, { name: "old/", content: "" }, pasted, { name: "b.csv.gz", content: gzipSync(tags.content) });
    const files = await openImports(file, OPTIONS);
    assert.deepEqual(
      files.map((one) => [one.file.slice(file.length), one.format]),
      [
        ["/tags.csv", "sheet-csv"],
        ["/old/pasted.txt", "text"],
        ["/b.csv.gz", "sheet-csv"],
      ],
    );
  });
  it("tells what the file tells that is in it", async () => {
    const inside = await openImport(zip(tags), OPTIONS);
    const outside = await openImport(fixture("tags.csv"), OPTIONS);
    assert.deepEqual([inside.size, inside.sha256], [outside.size, outside.sha256]);
    assert.deepEqual(await collect(inside.parts()), await collect(outside.parts()));
  });
});
