import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import fc from "fast-check";
import { parse } from "yaml";
import { decodeOnce, type Found, mentionsIn, tagsIn, urlsIn } from "../../src/text/decode.ts";

const texts = (found: readonly Found[]) => found.map(({ text }) => text);

describe("escapes", () => {
  it("are taken off once", () => {
    assert.equal(decodeOnce("a &amp;amp; b &amp;lt; c &lt;3 &gt;&quot;&#39; & d"), "a &amp; b &lt; c <3 >&quot;&#39; & d");
  });
  it("the way back is the way there", () => {
    const encode = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
    const text = fc.string({ unit: fc.constantFrom("&", "<", ">", "amp;", "lt;", "a", "💚") });
    fc.assert(fc.property(text, (plain) => assert.equal(decodeOnce(encode(plain)), plain)));
  });
});

describe("tags, mentions and URLs", () => {
  const none: readonly [string, (text: string) => Found[]][] = [
    ["#16", tagsIn],
    ["#_", tagsIn],
    ["word#tag", tagsIn],
    ["it&#39;s", tagsIn],
    ["#️⃣ one", tagsIn],
    ["https://example.org/#top", tagsIn],
    ["mail amy@example.org", mentionsIn],
    ["@amy@example.org", mentionsIn],
    ["@an_impossibly_long_handle", mentionsIn],
    ["https://example.org/@amy", mentionsIn],
    ["http://", urlsIn],
    ["http://localhost", urlsIn],
    ["ftp://example.org", urlsIn],
    ["http://exa\u202emple.org", urlsIn],
    ["javascript://example.org/%0aalert(1)", urlsIn],
  ];
  for (const [text, find] of none) it(`none in ${JSON.stringify(text)}`, () => assert.deepEqual(find(text), []));

  it("say where they stand, sign included", () => {
    const text = "💚 #Gärten with ＠amy: https://example.org/a_(b)?c=d#e.";
    const cut = (found: readonly Found[]) => found.map(({ start, end, text: own }) => [text.slice(start, end), own]);
    assert.deepEqual(cut(tagsIn(text)), [["#Gärten", "Gärten"]]);
    assert.deepEqual(cut(mentionsIn(text)), [["＠amy", "amy"]]);
    assert.deepEqual(cut(urlsIn(text)), [["https://example.org/a_(b)?c=d#e", "https://example.org/a_(b)?c=d#e"]]);
  });
  it("are found in answers as people type them", () => {
    assert.deepEqual(texts(tagsIn("#A1 yes.#gardenchat (#slugs)/#snails")), ["A1", "gardenchat", "slugs", "snails"]);
    assert.deepEqual(texts(mentionsIn('.@amy RT@bob: "@cem\'s" (@_d_)')), ["amy", "bob", "cem", "_d_"]);
    assert.deepEqual(texts(urlsIn("(see http://example.org/x), https://example.org… https://t.co/aB3…")), [
      "http://example.org/x",
      "https://example.org",
      "https://t.co/aB3",
    ]);
  });
  it("do not overlap and take their text's time, not its square", () => {
    const piece = fc.constantFrom("#", "＃", "@", "a", "1", "_", "http://", "a.bc", "/", "(", ")", ".", " ", "&", "é", "漢", "💚", "️");
    fc.assert(
      fc.property(fc.string({ unit: piece, maxLength: 40 }), (text) => {
        for (const find of [tagsIn, mentionsIn, urlsIn]) {
          let end = 0;
          for (const found of find(text)) {
            assert.ok(found.start >= end && found.end > found.start && text.slice(found.start, found.end).endsWith(found.text));
            end = found.end;
          }
        }
      }),
    );
    for (const unit of ["#", "#a", "@", "@a@", "rt@", "http://", "http://a.bc/(", "http://a.bc/#d ", "http://a.", ".", "-", "&amp;"]) {
      const start = performance.now();
      const text = unit.repeat(100_000);
      for (const find of [tagsIn, mentionsIn, urlsIn]) find(`http://a${text}`);
      assert.ok(performance.now() - start < 2_000, unit);
    }
  });
});

/** The conformance suite of twitter-text, where it lies beside this checkout. */
const SUITE = new URL("../../../shared/data/twitter-text/extract.yml", import.meta.url);

/** What we do otherwise, and why. */
const OTHERWISE = new Set([
  // needs the list of all top-level domains: an unknown ending is kept as a whole
  "Extract valid URL: http://example.com/",
  // addresses without http:// are text here, so what follows their # is a tag
  "DO NOT extract hashtag if it's a part of URL",
]);

interface Case {
  readonly description: string;
  readonly text: string;
  readonly expected: readonly string[];
}

describe("the conformance suite of twitter-text", () => {
  const suite = existsSync(SUITE) ? (parse(readFileSync(SUITE, "utf8")) as { tests: Record<string, Case[]> }).tests : {};
  const sections = { mentions: mentionsIn, hashtags: tagsIn, hashtags_from_astral: tagsIn, urls: urlsIn, tco_urls_with_params: urlsIn };
  for (const [section, find] of Object.entries(sections))
    it(section, (test) => {
      const all = suite[section] ?? [];
      // addresses without http:// are left as text
      const cases = all.filter(({ expected }) => find !== urlsIn || expected.every((url) => /^https?:/.test(url)));
      if (cases.length === 0) return test.skip("0 cases: the suite is not here");
      for (const { description, text, expected } of cases)
        if (!OTHERWISE.has(description)) assert.deepEqual(texts(find(text)), expected, description);
      test.diagnostic(`${cases.length} of ${all.length} cases`);
    });
});
