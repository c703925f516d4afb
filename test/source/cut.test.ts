import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parse as parseCsv } from "csv-parse/sync";
import fc from "fast-check";
import { blockCutter, type Cutter, csvCutter, cutParts, entryCutter, lineCutter, objectCutter } from "../../src/source/cut.ts";
import { splitCsv } from "../../src/source/parse/csv.ts";
import { collect } from "./read.ts";

const never = { tooLong: () => assert.fail("no record is too long") };

async function* chunksOf(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Buffer> {
  for (let from = 0, turn = 0; from < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    yield bytes.subarray(from, from + size);
    from += size;
  }
}

const records = (cutter: Cutter, text: string): string[] => {
  const bytes = Buffer.from(text);
  const cuts = [0, ...cutter(bytes), bytes.length];
  return cuts
    .slice(1)
    .map((end, index) => bytes.toString("utf8", cuts[index], end))
    .filter((record) => record !== "");
};

describe("parts", () => {
  it("stop at a record that never ends", async () => {
    const zeros = Array.from({ length: 66 }, () => Buffer.alloc(1024 * 1024, "a"));
    const tooLong = (): never => {
      throw new Error("too long");
    };
    await assert.rejects(collect(cutParts(chunksOf(Buffer.concat(zeros), [1024 * 1024]), lineCutter(), { tooLong })), /too long/);
  });
  it("joined are the file, end at record ends, and do not depend on how it was read", async () => {
    const piece = fc.constantFrom("a", '"', '""', ",", "\n", "\r\n", "{", "}", "[", "]", "\\", "é", '{"a":"}"}', "### [@", "\n2:07 PM\n");
    const cutters = [lineCutter, csvCutter, objectCutter, () => blockCutter("### [@"), () => entryCutter((line) => line === "2:07 PM")];
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { maxLength: 60 }),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
        fc.integer({ min: 1, max: 30 }),
        fc.constantFrom(...cutters),
        async (pieces, sizes, limit, cutter) => {
          const bytes = Buffer.from(pieces.join(""));
          const parts = await collect(cutParts(chunksOf(bytes, sizes), cutter(), { limit, ...never }));
          assert.deepEqual(Buffer.concat(parts), bytes);
          assert.deepEqual(parts, await collect(cutParts(chunksOf(bytes, [bytes.length || 1]), cutter(), { limit, ...never })));
          const ends = new Set([...cutter()(bytes), bytes.length]);
          let end = 0;
          for (const part of parts) {
            const inside = [...ends].filter((position) => position > end && position < end + part.length);
            assert.ok(part.length <= limit || inside.length === 0, "only a single record may be longer than the limit");
            end += part.length;
            assert.ok(ends.has(end), "a part ends where a record ends");
          }
        },
      ),
    );
  });
});

describe("records", () => {
  it("are lines, the last one with or without an end", () => {
    assert.deepEqual(records(lineCutter(), "a\r\n\nb"), ["a\r\n", "\n", "b"]);
  });
  it("are CSV rows: a line break in quotes ends nothing, a quote in a bare field is text", () => {
    assert.deepEqual(records(csvCutter(), 'a,"b\n""c"" ,",d\r\ne"f,g\n"h"'), ['a,"b\n""c"" ,",d\r\n', 'e"f,g\n', '"h"']);
  });
  it("are JSON objects, however they stand", () => {
    assert.deepEqual(records(objectCutter(), '[{"a":{"b":"}\\""}},\n{"c":1}]\n'), ['[{"a":{"b":"}\\""}}', ',\n{"c":1}', "]\n"]);
    assert.deepEqual(records(objectCutter(), '{"a":1}{\n "b": [{}]\n}'), ['{"a":1}', '{\n "b": [{}]\n}']);
  });
  it("are blocks, each from its heading on, however the heading is cut", () => {
    assert.deepEqual(records(blockCutter("### [@"), "# a\n\n### [@x]\n#y ### [@\n### [@z"), [
      "# a\n\n",
      "### [@x]\n#y ### [@\n",
      "### [@z",
    ]);
    assert.deepEqual(records(blockCutter("### [@"), "### [@x]\n"), ["### [@x]\n"]);
  });
  it("are entries, each from its time on", () => {
    const cutter = entryCutter((line) => line === "2:07 PM");
    assert.deepEqual(records(cutter, "a\n2:07 PM\r\nb\n2:07 PMs\n2:07 PM"), ["a\n", "2:07 PM\r\nb\n2:07 PMs\n2:07 PM"]);
  });
  it("a JSON string that is cut short takes no other record with it", () => {
    assert.deepEqual(records(objectCutter(), '{"a":"x\n{"b":1}\n{"c":2}'), ['{"a":"x\n', '{"b":1}', '\n{"c":2}']);
  });
});

describe("CSV fields", () => {
  it("are none where a quote does not close", () => assert.equal(splitCsv('a,"b'), null));
  it("are as csv-parse reads them", () => {
    const field = fc.string({ unit: fc.constantFrom("a", " ", '"', ",", "\n", "\r", "é") });
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
    fc.assert(
      fc.property(fc.array(field, { minLength: 1 }), (fields) => {
        const record = fields.map(quoted).join(",");
        assert.deepEqual(splitCsv(record), fields);
        assert.deepEqual(parseCsv(record), [fields]);
      }),
    );
  });
  it("may be bare or empty", () => assert.deepEqual(splitCsv('a,,b"c,"d""e",'), ["a", "", 'b"c', 'd"e', ""]));
});
