import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { blocksIn, placesIn, Stale } from "../../src/search/blocks.js";
import { blocksOf, fileOf } from "../../src/search/pack.ts";
import { bucketOf } from "../../src/search/terms.js";

const places = fc.uniqueArray(fc.nat(30_000), { minLength: 1, maxLength: 300 }).map((all) => all.sort((a, b) => a - b));
const dense = fc.integer({ min: 1, max: 3000 }).map((length) => Array.from({ length }, (_, n) => n));
const term = fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 }).filter((text) => [...text].length <= 64 && text.isWellFormed());
const year = fc.dictionary(term, fc.oneof(places, dense), { maxKeys: 40 }).map((record) => new Map(Object.entries(record)));

const all = (block: Uint8Array) => placesIn(block, () => true);
const [block = new Uint8Array()] = blocksOf(
  new Map([
    ["tea", [1, 2, 300]],
    ["teapot", [7]],
  ]),
  1,
);
const file = fileOf(4_000_000_000, [
  [2026, block],
  [2009, block],
]);

describe("a search file", () => {
  it("of another generation is refused", () => assert.throws(() => blocksIn(file, 3_999_999_999), Stale));

  it("that is cut short anywhere, or longer than it says, is refused", () => {
    for (let length = 0; length < file.length; length++) assert.throws(() => blocksIn(file.subarray(0, length), 4_000_000_000), Stale);
    assert.throws(() => blocksIn(Buffer.concat([file, Buffer.from("\0")]), 4_000_000_000), Stale);
  });

  it("that is a page of a server, or nothing, is refused", () => {
    for (const text of ["", "<!DOCTYPE html>"]) assert.throws(() => blocksIn(Buffer.from(text), 4_000_000_000), Stale);
  });

  it("whose bytes are anything ends, and says nothing else than that it is damaged", () =>
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        for (const read of [() => all(bytes), () => blocksIn(bytes, bytes[0] ?? 0)])
          try {
            read();
          } catch (error) {
            assert.ok(error instanceof Stale, String(error));
          }
      }),
      { numRuns: 5000 },
    ));

  it("is read as it was written", () =>
    fc.assert(
      fc.property(fc.array(year, { maxLength: 5 }), fc.nat(10), fc.integer({ min: 0, max: 2 ** 32 - 1 }), (years, power, generation) => {
        const count = 2 ** power;
        const blocks = years.map((terms) => blocksOf(terms, count));
        const read = years.map(() => new Map<string, number[]>());
        for (let bucket = 0; bucket < count; bucket++) {
          const bytes = fileOf(
            generation,
            blocks.map((own, index) => [2000 + index, own[bucket] ?? assert.fail()]),
          );
          for (const [at, own] of blocksIn(bytes, generation))
            for (const [found, where] of all(own)) {
              assert.equal(bucketOf(found, count), bucket);
              read[at - 2000]?.set(found, where);
            }
        }
        assert.deepEqual(read, years);
      }),
      { numRuns: 60 },
    ));
});
