import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { csvRow } from "../../src/text/csv.ts";

const RUNS = { seed: 20260303, numRuns: 500 };
const read = (csv: string): string[][] => parse(csv, { relax_column_count: true, skip_empty_lines: false });
const cell = fc.string({ unit: fc.constantFrom("=", "+", "-", "@", "＝", "\t", "\r", "\n", '"', ",", ";", "'", "a", "1", "é", "🍵") });

describe("csvRow", () => {
  for (const text of ["=1+1", "+1", "-1", "@SUM(1)", "＝1", "＋1", "－1", "＠a", "\t=1", "\r=1", "\n=1", '=HYPERLINK("x")'])
    it(`disarms ${JSON.stringify(text)}`, () => assert.equal(read(csvRow([text, "x"]))[0]?.[0], `'${text}`));

  it("leaves numbers, truths and nothing as they are", () => assert.equal(csvRow([-1, 0.95, true, null, ""]), "-1,0.95,true,,\n"));
  it("quotes what ends a cell somewhere", () =>
    assert.equal(csvRow(["a,b", "a;b", 'say "a"', "a\nb", "a b"]), '"a,b","a;b","say ""a""","a\nb",a b\n'));

  it("is read back as it was, but for an apostrophe before what would be a formula", () =>
    fc.assert(
      fc.property(fc.array(cell, { minLength: 2 }), (cells) => {
        const [row] = read(csvRow(cells));
        assert.ok(row);
        for (const one of row) assert.doesNotMatch(one, /^[=+\-@\t\r\n＝＋－＠]/);
        assert.deepEqual(
          row.map((one, i) => (one === `'${cells[i]}` ? one.slice(1) : one)),
          cells,
        );
      }),
      RUNS,
    ));
});
