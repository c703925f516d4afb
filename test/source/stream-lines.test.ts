import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { lineReader } from "../../src/source/stream-lines.ts";

const linesOf = (...chunks: readonly (string | Buffer)[]): string[] => {
  const lines = lineReader();
  return chunks.flatMap((chunk) => lines.read(Buffer.from(chunk))).map((line) => line.toString("utf8"));
};

describe("lines of a stream", () => {
  it("are none until their end has come", () => {
    const lines = lineReader();
    assert.deepEqual(lines.read(Buffer.from("abc")), []);
    assert.equal(lines.pending(), 3);
    assert.equal(lines.read(Buffer.from("d\r\n")).join(), "abcd");
    assert.equal(lines.pending(), 0);
  });
  it("end at a chunk that is a line end alone, or half of one", () => {
    assert.deepEqual(linesOf("a", "\r\n", "b", "\r", "\n", "\r\n"), ["a", "b", ""]);
  });
  it("keep a character that was cut in two", () => {
    const bytes = Buffer.from("🫖\r\n");
    assert.deepEqual(linesOf(bytes.subarray(0, 2), bytes.subarray(2)), ["🫖"]);
  });
  it("do not depend on how the bytes are cut", () => {
    const piece = fc.constantFrom("a", "é", "🫖", "\r\n", "\n", "\r", '{"id":"1"}', "\r\n\r\n");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 }), (pieces, sizes) => {
        const bytes = Buffer.from(pieces.join(""));
        const chunks: Buffer[] = [];
        for (let from = 0, turn = 0; from < bytes.length; turn++) {
          const size = sizes[turn % sizes.length] ?? 1;
          chunks.push(bytes.subarray(from, from + size));
          from += size;
        }
        const whole = bytes.toString("utf8").split("\n").slice(0, -1);
        assert.deepEqual(
          linesOf(...chunks),
          whole.map((line) => line.replace(/\r$/, "")),
        ); // `a\r`
      }),
    );
  });
});
