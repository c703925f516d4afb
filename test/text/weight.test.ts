import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { weightOf } from "../../src/text/weight.ts";

describe("the weight of a post", () => {
  const cases: readonly (readonly [text: string, weight: number])[] = [
    ["", 0],
    ["A1 leaves", 9],
    ["“quoted” – it’s 5 €", 20],
    ["日本語", 6],
    ["Русский", 7],
    ["🧵", 2],
    ["👩‍👩‍👧‍👦 🇬🇧", 5],
    ["https://example.org/a/very/long/way/to/a/page/of/which/only/twenty-three/count", 23],
    ["see https://x.org, then", 32],
  ];
  for (const [text, weight] of cases) it(`${JSON.stringify(text)}: ${weight}`, () => assert.equal(weightOf(text), weight));
});
