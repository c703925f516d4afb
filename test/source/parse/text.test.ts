import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { localId } from "../../../src/source/parse/occurrences.ts";
import { fixture, lines, read } from "../read.ts";

const told = (text: string) => read("text", text, "2009-07-21");

describe("pasted text", () => {
  it("refuses a handle without words", async () => {
    const { refused } = await told("@amy\n@amy's view\n@amy hello");
    assert.deepEqual(
      lines(refused),
      [1, 2].map((line) => `${line}: starts with a handle but is no answer: write @handle, a space, and the text on one line`),
    );
  });
  it("says which question nobody answered", async () => {
    const part = await told("First?\nSecond?\n@amy yes\nThird?\n");
    assert.deepEqual(lines(part.warnings), ['1: no answers under "First?": left out', '4: no answers under "Third?": left out']);
  });
  it("reads answers under their questions, in order, without times", async () => {
    const part = await told(readFileSync(fixture("pasted.txt"), "utf8"));
    assert.deepEqual(
      part.observations.map(({ tweet }) => [tweet.author.handle, tweet.text, tweet.heading?.slice(0, 3)]),
      [
        ["fern_ivy", "Shade, a bench, and nobody in a hurry", "Wha"],
        ["OldOak", "water close by, birds #gardenchat", "Wha"],
        ["fern_ivy", "Shade, a bench, and nobody in a hurry", "Wha"],
        ["mossgreen", "@OldOak copper tape & patience", "How"],
      ],
    );
    assert.ok(part.observations.every(({ tweet, session }) => tweet.local && tweet.time === null && session === "2009-07-21"));
    assert.deepEqual(lines(part.warnings), ['8: no answers under "Any last words?": left out']);
    assert.equal(part.read, 4);
  });
  it("gives the same line the same id, and another to its repetition", async () => {
    const text = readFileSync(fixture("pasted.txt"), "utf8");
    const ids = (await told(text)).observations.map(({ tweet }) => tweet.id);
    assert.deepEqual(
      (await told(text)).observations.map(({ tweet }) => tweet.id),
      ids,
    );
    assert.equal(new Set(ids).size, 4);
    for (const id of ids) assert.match(id, /^9\d{17}$/);
  });
  it("makes ids as documented", () => {
    const hash = createHash("sha256").update('["gardenchat","2009-07-21","amy","hello",0]').digest("hex");
    const digits = (BigInt(`0x${hash.slice(0, 16)}`) % 100_000_000_000_000_000n).toString().padStart(17, "0");
    assert.equal(localId(["gardenchat", "2009-07-21", "amy", "hello", 0]), `9${digits}`);
  });
});
