import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { CUED, type Cued, hears, keyOfWord } from "../../src/thread/cue.ts";
import { handlesIn, withoutHandles, withoutLinks } from "../../src/thread/matches.ts";
import { scan } from "../../src/thread/scan.ts";
import "../../src/thread/transcript.ts";

const before = fc.constantFrom("", "so ", "#chat ", ".", "ok, ", "_", "@amy ", "https://t.co/", "it’s ", "🎉", "é", "\n", "7", "x");
const after = fc.constantFrom("", "!", " all", " #chat", "_", "s", "7", "…", " @amy", "é");
const upper = fc.func(fc.boolean());

/** Texts made from a pattern: what stands for a boundary is taken out, letters of all scripts become a few. */
function matching({ pattern }: Cued): fc.Arbitrary<string> {
  const plain = withoutLooks(pattern.source)
    .replaceAll(/\\b|\^|\$/g, "")
    .replaceAll("\\p{L}", "a-eé")
    .replaceAll("\\p{N}", "0-9");
  return fc
    .tuple(before, fc.stringMatching(new RegExp(plain, "u"), { maxLength: 60 }), after, upper)
    .map(([head, words, tail, loud]) => head + [...words].map((sign, i) => (loud(i) ? sign.toUpperCase() : sign)).join("") + tail);
}

/** The source of a pattern without what looks ahead or behind: `(?!…)`, `(?<=…)`. */
function withoutLooks(source: string): string {
  const start = source.search(/\(\?<?[=!]/);
  if (start < 0) return source;
  let depth = 0;
  for (const { 0: sign, index } of source.slice(start).matchAll(/\[(?:\\.|[^\]])*\]|\\.|[()]/g)) {
    depth += sign === "(" ? 1 : sign === ")" ? -1 : 0;
    if (depth === 0) return withoutLooks(source.slice(0, start) + source.slice(start + index + 1));
  }
  throw new Error(`no end: ${source}`);
}

function matches({ pattern }: Cued, text: string): boolean {
  pattern.lastIndex = 0;
  return pattern.test(text);
}

/** How many of the texts the pattern matched; each of them has to bear its cue. */
function heard(rule: Cued, texts: fc.Arbitrary<string>, runs: number): number {
  let matched = 0;
  const held = fc.property(texts, (text) => {
    if (!matches(rule, text)) return;
    matched++;
    assert.ok(hears(scan(text).cues, rule), `no cue in ${JSON.stringify(text)} for ${rule.pattern.source.slice(0, 60)}`);
  });
  fc.assert(held, { numRuns: runs });
  return matched;
}

describe("the cues of a pattern", () => {
  for (const [n, rule] of CUED.entries())
    it(`are in all it matches: ${rule.pattern.source.slice(0, 40)} (${n})`, () => {
      assert.ok(heard(rule, matching(rule), 3000) > 300, "hardly any text matched: the test is blind");
    });

  it("would be missed if one were left out", () => {
    const [rule] = CUED;
    assert.ok(rule !== undefined);
    assert.throws(() => heard({ ...rule, bit: 1 << 30 }, matching(rule), 3000), /Property failed/);
  });

  it("fit into the bits of a number", () => assert.ok(CUED.length <= 30));
});

describe("a text read in one pass", () => {
  const PARTS = "@amy @Amy_9 @ @@bob @abcdefghijklmnopqrstuvwxyz https://t.co/a1 http:// http://x@bob xhttps://y://z :// https:///".split(
    " ",
  );
  const part = fc.oneof(
    fc.constantFrom(
      ...PARTS,
      "bread",
      "Bread,",
      "a",
      "soup2",
      "über",
      "質問",
      "ſee",
      "İ",
      "🎉",
      "🇬🇧",
      "🅰️1",
      "Ｑ１",
      "’",
      "²",
      "𝗤𝟭",
      "\ud83c",
      "\ufeff",
    ),
    fc.string({ maxLength: 6, unit: "binary" }),
  );
  const text = fc
    .array(fc.tuple(part, fc.constantFrom("", " ", "\n", "\u00a0", "/", "_", ".")), { maxLength: 8 })
    .map((all) => all.flat().join(""));

  it("holds the words and handles that patterns find", () =>
    fc.assert(
      fc.property(text, (said) => {
        const told = withoutLinks(said);
        const words =
          withoutHandles(told)
            .toLowerCase()
            .match(/[\p{L}\p{N}]{3,}/gu) ?? [];
        const found = scan(said);
        assert.deepEqual(found.mentions, handlesIn(told));
        assert.deepEqual(
          found.stems,
          words.map((word) => keyOfWord(word, 5) ?? word.slice(0, 5)),
        );
      }),
      { numRuns: 3000 },
    ));
});
