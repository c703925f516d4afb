import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { cleanText } from "../../src/text/clean.ts";

const PAIR_HALVES = [0xd800, 0xdbff, 0xdc00, 0xdfff];

/** What XML 1.0 may hold and HTML counts as no error, by the number of the code point. */
const mayStand = (point: number): boolean =>
  point === 0x09 ||
  point === 0x0a ||
  ((point & 0xfffe) !== 0xfffe && !(point >= 0xfdd0 && point <= 0xfdef) && point >= 0x20 && !(point >= 0x7f && point <= 0x9f));

describe("clean text", () => {
  it("has no control character and no noncharacter, of all code points there are, each amid text", () => {
    for (let point = 0; point <= 0x10ffff; point++) {
      if (point === 0x0d || (point >= 0xd800 && point <= 0xdfff)) continue;
      const character = String.fromCodePoint(point);
      if (cleanText(`a${character}b`) !== (mayStand(point) ? `a${character}b` : "ab")) assert.fail(`U+${point.toString(16)}`);
    }
  });

  it("ends lines with a line feed", () => assert.equal(cleanText("a\r\nb\rc\n\rd"), "a\nb\nc\n\nd"));

  it("shows half a pair, so that one sees something is wrong", () => {
    for (const half of PAIR_HALVES) assert.equal(cleanText(`a${String.fromCharCode(half)}b`), "a\uFFFDb");
  });

  it("leaves a pair whose second half is also that of a noncharacter", () => assert.equal(cleanText("😀\u{1F3FE}"), "😀\u{1F3FE}"));
});
