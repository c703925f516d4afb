import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { bucketOf, fromTerm, terms, words } from "../../src/search/terms.js";

describe("the terms of a text", () => {
  const ROWS: readonly (readonly [what: string, text: string, terms: string])[] = [
    ["nothing", "", ""],
    ["signs alone", "— … !?", ""],
    ["an accent alone", "\u0301", ""],
    ["words, folded", "Tea, TEA & Café", "tea cafe"],
    ["letters with their accents apart", "cafe\u0301", "cafe"],
    ["full width", "ＴＥＡ", "tea"],
    ["ß and the Greek s at the end of a word", "Straße ΟΔΟΣ οδός", "strasse οδος"],
    ["I with and without its dot", "İstanbul ısı", "istanbul isi"],
    ["an apostrophe of either kind", "don't don’t", "don't"],
    ["'s", "Amy’s Amy's", "amy"],
    ["what follows an apostrophe", "l’école", "l'ecole ecole"],
    ["a hyphen", "follow-up", "follow up"],
    ["a tag, and its word", "#TeaChat", "#teachat teachat"],
    ["a tag of full width", "＃teachat", "#teachat teachat"],
    ["a tag of two scripts", "#tea茶会", "#tea茶会 tea 茶会 会"],
    ["a handle, and its word", "@Amy_Leaf", "@amy_leaf amy_leaf"],
    ["numbers", "Q1 3.5", "q1 3 5"],
    ["pairs where nothing stands between words", "黒猫です", "黒猫 猫で です す"],
    ["beside words that have spaces", "GPT入門 is", "gpt 入門 門 is"],
    ["half width", "ｶﾞｽ", "ガス ス"],
    ["Korean, its letters apart", "한국".normalize("NFD"), "한국 국"],
    ["Thai", "ชา", "ชา า"],
    ["marks that are vowels", "हिन्दी", "हिन्दी"],
    ["points of Hebrew", "שָׁלוֹם", "שלום"],
    ["vowel signs of Arabic", "كِتَابٌ", "كتاب"],
    ["emoji, one by one", "🐈👩‍💻👍🏽", "🐈 👩 💻 👍"],
    ["a flag", "🇮🇳🇫🇷", "🇮🇳 🇫🇷"],
    ["what turns the direction", "\u202Eabc\u202C", "abc"],
  ];
  for (const [what, text, expected] of ROWS)
    it(`${what}: ${JSON.stringify(text)}`, () => assert.deepEqual([...new Set(terms(text))], expected === "" ? [] : expected.split(" ")));

  it("are at most 64 letters long, whatever is written", () => {
    const long = "ab".repeat(5000);
    assert.deepEqual([...terms(`${long} #${long}`)], ["ab".repeat(32), `#${"ab".repeat(31)}a`, `${"ab".repeat(31)}a`]);
    assert.equal(fromTerm("A".repeat(300)), `from:${"a".repeat(59)}`);
  });

  it("stand where they are written", () => {
    const text = "Tea’s 黒猫 #Café 🇮🇳!";
    assert.deepEqual(
      words(text).map(({ start, end }) => text.slice(start, end)),
      ["Tea’s", "黒猫", "猫", "#Café", "🇮🇳"],
    );
  });

  it("are the same however its letters are put together", () =>
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (any) => {
        const text = any.replaceAll(/\p{S}/gu, " "); // a sign with a stroke is another sign, and no emoji
        assert.deepEqual(terms(text.normalize("NFD")), terms(text.normalize("NFC")));
      }),
      { numRuns: 3000 },
    ));
});

describe("the file of a term", () => {
  it("is that of its beginning", () => {
    for (const [a, b] of [
      ["tea", "teachat"],
      ["tea", "#teachat"],
      ["amy", "@amy"],
      ["amy", "from:amy_leaf"],
      ["que", "is:question"],
      ["猫", "猫で"],
    ] as const)
      assert.equal(bucketOf(a, 1024), bucketOf(b, 1024), `${a} and ${b}`);
  });

  it("is by FNV-1a, and one of so many", () => {
    // FNV-1a of "foo" is 0xa9f37ed7
    assert.equal(bucketOf("foobar", 1024), (0xa9f37ed7 ^ (0xa9f37ed7 >>> 15)) & 1023);
    for (const count of [1, 2, 1024]) assert.ok(bucketOf("foobar", count) < count && bucketOf("foobar", count) >= 0);
  });
});
