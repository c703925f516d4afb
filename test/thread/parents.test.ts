import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setBoard } from "../../src/thread/board.ts";
import { explainParent, findParents } from "../../src/thread/parents.ts";
import { chat, edit, input, placed } from "./chat.ts";

/** Amy and Bob talk of two things while Q1 is open. */
const TALK = `1 host: Q1 What do you keep on the shelf?
  2 amy: A1 jars of pickled lemons, mostly
  3 bob: A1 old bicycle lamps and their batteries`;

const parentOf = (text: string, id: string) => {
  const { parent, relation, parentReason, parentConfidence } = placed(text, id);
  return { parent, relation, parentReason, parentConfidence };
};
const NOT_CAPTURED = { parent: null, relation: "mention", parentReason: "not captured", parentConfidence: null };

describe("no parent is made up", () => {
  it("for a tweet that names nobody", () => assert.equal(parentOf(`${TALK}\n4 cat: A1 lemons too`, "4").parent, null));
  it("for an answer to somebody who has not spoken", () =>
    assert.deepEqual(parentOf(`${TALK}\n4 cat: @zoe how are the lemons?`, "4"), NOT_CAPTURED));
  it("for an answer to somebody who spoke an hour ago of other things, with others since", () =>
    assert.deepEqual(parentOf(`${TALK}\n4 cat @13:10: @amy @zoe @yan see you at the station`, "4"), NOT_CAPTURED));
  it("for a handle amid a sentence", () => assert.equal(parentOf(`${TALK}\n4 cat: I met @amy once at a fair`, "4").parent, null));
  it("for a handle at the end where the source tells ids", () =>
    assert.equal(parentOf(`${TALK}\n4 dan >2: yum\n5 cat: pickled lemons are the best #chat @amy`, "5").parent, null));
  it("from a repost: it answers nothing", () => {
    const p = placed(`${TALK}\n4 cat =2: RT @amy: A1 jars of pickled lemons, mostly`, "4");
    assert.deepEqual([p.parent, p.relation], ["2", "repost"]);
  });
  it("that is later, or the tweet itself", () => {
    assert.equal(parentOf(`${TALK}\n4 cat >5: @amy me too\n5 amy: more lemons`, "4").parent, null);
    assert.equal(parentOf(`${TALK}\n4 cat >4: @amy me too`, "4").parent, null);
  });
});

describe("the parent of an answer without an id", () => {
  it("the tweet of the one it names", () => {
    const p = parentOf(`${TALK}\n4 cat: @amy how long do the lemons keep?`, "4");
    assert.deepEqual([p.parent, p.relation, p.parentReason], ["2", "mention", "mention"]);
    assert.ok((p.parentConfidence ?? 0) >= 0.6);
  });
  it("the tweet it quotes by hand, when words of its own follow", () => {
    const p = parentOf(`${TALK}\n4 cat: “@amy: A1 jars of pickled lemons, mostly” how long do they keep?`, "4");
    assert.deepEqual([p.parent, p.relation, p.parentReason], ["2", "mention", "retweet text"]);
  });
  for (const said of [
    "RT @amy: A1 jars of pickled lemons, mostly",
    "“@amy: A1 jars of pickled lemons, mostly” #chat https://example.com/a",
    "“@amy: A1 jars of pickled lemons, mostly",
  ])
    it(`a quotation and nothing else answers nothing: ${said}`, () =>
      assert.equal(parentOf(`${TALK}\n4 cat: ${said}`, "4").relation, "quote"));
  it("a quotation by hand answers nothing where the source tells ids and gives none", () =>
    assert.equal(parentOf(`${TALK}\n4 dan >2: yum\n5 cat: “@amy: A1 jars of pickled lemons, mostly” me too`, "5").relation, "quote"));
  it("is surer where it takes up the words", () => {
    const others = Array.from({ length: 30 }, (_, n) => `${n + 10} p${n} @12:02: A1 the usual things, number ${n}`).join("\n");
    const two = `${TALK}\n${others}\n4 amy @12:04: A1 and a brass telescope from the harbour`;
    const sure = (says: string): number => parentOf(`${two}\n5 cat @12:06: @amy ${says}`, "5").parentConfidence ?? 0;
    assert.equal(parentOf(`${two}\n5 cat @12:06: @amy a telescope made of brass?`, "5").parent, "4");
    assert.ok(sure("a telescope made of brass?") > sure("how long do pickled lemons keep in jars?"));
  });
  it("the one that answered it, not a later one to somebody else", () => {
    const turns = `${TALK}\n4 cat: @amy do they keep?\n5 amy: @cat for a year, easily\n6 amy: @bob do the lamps work?`;
    assert.equal(parentOf(`${turns}\n7 cat: @amy a year! good to know`, "7").parent, "5");
  });
  it("the one with the same handles", () => {
    const turns = `${TALK}\n4 bob: @amy @dan let us trade\n5 bob: and a globe`;
    assert.equal(parentOf(`${turns}\n6 cat: @bob @amy @dan count me in`, "6").parent, "4");
  });
  it("its author's own, when it goes on with the same handles", () => {
    const turns = `${TALK}\n4 cat @12:05: @amy @bob you could both sell at the fair 1/2`;
    const p = parentOf(`${turns}\n5 cat @12:05: @amy @bob and share a table 2/2`, "5");
    assert.deepEqual([p.parent, p.relation], ["4", "continuation"]);
  });
});

describe("what goes before the ranking", () => {
  it("an id", () => {
    const p = parentOf(`${TALK}\n4 cat >3: @amy how long do the lemons keep?`, "4");
    assert.deepEqual([p.parent, p.parentReason, p.parentConfidence], ["3", "id", 1]);
  });
  it("an id of a tweet that was not captured: no other is put in its place", () =>
    assert.equal(parentOf(`${TALK}\n4 cat >99: @amy how long do the lemons keep?`, "4").parentReason, "not captured"));
  it("an edit, also one that says none", () => {
    const said = (reply: string | null) => ({ notes: { edits: [edit("4", { reply })] } });
    const text = `${TALK}\n4 cat: @amy how long do the lemons keep?`;
    assert.equal(placed(text, "4", said("3")).parent, "3");
    assert.equal(placed(text, "4", said(null)).parent, null);
  });
  it("numbering: 2/2 follows 1/2", () => {
    const p = parentOf(`${TALK}\n4 amy: A1 jars 1/2\n5 amy: and lids 2/2`, "5");
    assert.deepEqual([p.parent, p.parentReason], ["4", "numbering"]);
  });
});

describe("explainParent", () => {
  it("says of every tweet what was found, though more was said since", () => {
    const tweets = chat(`${TALK}
      4 cat: @amy do they keep?
      5 amy: @cat a year
      6 cat: @amy and after that?
      7 dan: @amy pickled lemons last for ever
      8 amy: @dan @cat they do`);
    const board = setBoard(input(tweets));
    const found = findParents(board).map(({ link }) => link?.parent ?? null);
    assert.deepEqual(
      board.tweets.map((_, i) => explainParent(board, i)[0]?.says.link?.parent ?? null),
      found,
    );
  });
});
