import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { splitQuery, wordsOf } from "../../src/source/x-words.ts";

describe("the words of a query", () => {
  it("are X's", () => {
    assert.equal(wordsOf({ role: "tag", tags: ["teachat"] }), "#teachat -is:retweet");
    assert.equal(wordsOf({ role: "tag", tags: ["teachat", "お茶"] }), "(#teachat OR #お茶) -is:retweet");
    assert.equal(wordsOf({ role: "hosts", handles: ["ceylon_sam", "Amy"] }), "(from:ceylon_sam OR from:Amy) -is:retweet");
    assert.equal(wordsOf({ role: "conversations", ids: ["1", "2"] }), "(conversation_id:1 OR conversation_id:2) -is:retweet");
  });
  it("are split into as few as X takes, in order", () => {
    const tags = fc.array(fc.string({ minLength: 1, maxLength: 60, unit: fc.constantFrom("a", "é", "茶") }), { maxLength: 60 });
    fc.assert(
      fc.property(tags, (terms) => {
        const parts = splitQuery({ role: "tag", tags: terms });
        assert.deepEqual(
          parts.flatMap((part) => (part.role === "tag" ? part.tags : [])),
          terms,
        );
        for (const [index, part] of parts.entries()) {
          assert.ok(wordsOf(part).length <= 512);
          const after = parts[index + 1];
          if (part.role === "tag" && after?.role === "tag")
            assert.ok(wordsOf({ role: "tag", tags: [...part.tags, ...after.tags.slice(0, 1)] }).length > 512);
        }
      }),
    );
  });
  it("are split whatever they ask for", () => {
    const ids = Array.from({ length: 40 }, (_, i) => `18000000000000000${10 + i}`);
    const parts = splitQuery({ role: "conversations", ids });
    assert.deepEqual(
      parts.map((part) => (part.role === "conversations" ? part.ids.length : 0)),
      [12, 12, 12, 4],
    );
    assert.deepEqual(splitQuery({ role: "hosts", handles: ["amy"] }), [{ role: "hosts", handles: ["amy"] }]);
  });
});
