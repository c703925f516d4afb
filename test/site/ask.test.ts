import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { splitAsk } from "../../src/site/ask.ts";

/** "before|token|words|after" */
const cut = (text: string, label: string): string => {
  const { before, token, words, after } = splitAsk(text, label);
  return [before, token, words, after].join("|");
};

describe("the text of a tweet that asks", () => {
  it("is not cut at another number, a word, a handle or an address", () => {
    assert.equal(cut("Q12 why?", "Q1"), "||Q12 why?|");
    assert.equal(cut("Q2.5 why?", "Q2"), "||Q2.5 why?|");
    assert.equal(cut("FAQ2 why?", "Q2"), "||FAQ2 why?|");
    assert.equal(cut("@q2 why?", "Q2"), "||@q2 why?|");
    assert.equal(cut("What is T10?", "T1"), "||What is T10?|");
  });

  it("is cut at its number, however that is written", () => {
    assert.equal(cut("Q2 Why?", "Q2"), "|Q2 |Why?|");
    assert.equal(cut("So: q2: Why?", "Q2"), "So: |q2: |Why?|");
    assert.equal(cut("(Q2) Why?", "Q2"), "|(Q2) |Why?|");
    assert.equal(cut("Question 2 - Why?", "Q2"), "|Question 2 - |Why?|");
    assert.equal(cut("Q 2. Why?", "Q2"), "|Q 2. |Why?|");
    assert.equal(cut("BONUS: Why?", "BONUS"), "|BONUS: |Why?|");
    assert.equal(cut("Q1a Why?", "Q1a"), "|Q1a |Why?|");
    assert.equal(cut("T1) Why?", "T1"), "|T1) |Why?|");
  });

  it("leaves hashtags and links at the end aside", () => {
    assert.equal(cut("Q1 Why #pools? #a #b https://t.co/x", "Q1"), "|Q1 |Why #pools?| #a #b https://t.co/x");
    assert.equal(cut("Why? #a", "+"), "||Why?| #a");
  });

  it("takes what stands before a number at the end", () => {
    assert.equal(cut("Why? #Q2 #chat", "Q2"), "||Why? |#Q2 #chat");
  });

  it("loses nothing", () => {
    const text = fc
      .array(fc.constantFrom("Q1", "q1:", " ", "#a", "https://t.co/x", "why", "\n", "+", ".", "(", "é"), { maxLength: 12 })
      .map((parts) => parts.join(""));
    const label = fc.oneof(fc.constantFrom("Q1", "+", "BONUS", "Q2.5"), fc.string({ maxLength: 5 }));
    fc.assert(fc.property(text, label, (tweet, name) => assert.equal(Object.values(splitAsk(tweet, name)).join(""), tweet)));
  });
});
