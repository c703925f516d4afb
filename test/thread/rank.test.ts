import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setBoard } from "../../src/thread/board.ts";
import { confidenceOf, eachOption, NAMES, rankParent } from "../../src/thread/rank.ts";
import { readTexts, startLikeness } from "../../src/thread/rank-facts.ts";
import { recordReply, startTalk } from "../../src/thread/rank-talk.ts";
import { CURVE, WEIGHTS } from "../../src/thread/rank-weights.ts";
import { chat, input } from "./chat.ts";

const talkOf = (text: string) => startTalk(setBoard(input(chat(text))));
const KINDS = ["none", "other", "own"] as const;

/** The features of the option that is tweet `id`, by name. */
function features(text: string, i: number, j: number, answers: readonly (readonly [number, number])[] = []): Record<string, number> {
  const talk = talkOf(text);
  for (const [reply, parent] of answers) recordReply(talk, reply, parent);
  const found: Record<string, number> = {};
  eachOption(talk, i, (option) => {
    if (option.j === j) for (const [k, name] of NAMES[option.kind].entries()) found[name] = option.row[k] ?? Number.NaN;
  });
  return found;
}

describe("the table of weights", () => {
  it("has a finite number for each feature and for nothing else", () => {
    for (const kind of KINDS) {
      assert.deepEqual(Object.keys(WEIGHTS[kind]), [...NAMES[kind]]);
      for (const weight of Object.values(WEIGHTS[kind])) assert.ok(Number.isFinite(weight));
    }
  });
  it("has a curve that rises from 0 to 1; a link begins at 0.6", () => {
    assert.deepEqual(
      [CURVE[0], CURVE.at(-1)],
      [
        [0, 0],
        [1, 1],
      ],
    );
    for (const [k, [x, y]] of CURVE.entries()) {
      const [x0, y0] = CURVE[k - 1] ?? [-1, -1];
      assert.ok(x > x0 && y > y0);
      assert.equal(confidenceOf(x), y);
    }
    assert.ok(CURVE.some(([, y]) => y === 0.6));
  });
});

describe("candidates", () => {
  it("none for a tweet that names nobody, retells, or names only people who have not spoken", () => {
    for (const said of ["lemons", "RT @amy: lemons", "@zoe lemons", ""]) {
      assert.equal(rankParent(talkOf(`1 amy: lemons\n2 cat: ${said === "" ? "." : said}`), 1), null);
    }
  });
  it("the last twelve of each handle, and the author's own three of a quarter of an hour", () => {
    const lines = Array.from({ length: 20 }, (_, n) => `${n + 1} amy @12:0${n % 10 === n ? n : 9}: word ${n}`);
    const own = ["21 cat @12:10: a", "22 cat @12:40: b", "23 cat @12:41: c", "24 cat @12:42: @amy d"];
    const seen: (number | null)[] = [];
    eachOption(talkOf([...lines, ...own].join("\n")), 23, ({ j }) => seen.push(j));
    assert.deepEqual(seen, [null, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 22, 21]);
  });
});

describe("features", () => {
  const TALK = "1 amy: lemons in jars\n2 bob: @amy @dan which jars?\n3 cat: @bob @amy @dan";
  it("are as many as have names, and finite", () => {
    const talk = talkOf(`${TALK} any\n4 cat: @amy @bob 2/2 ok`);
    for (const i of [0, 1, 2, 3])
      eachOption(talk, i, ({ kind, row }) => assert.ok(row.length === NAMES[kind].length && row.every(Number.isFinite)));
  });
  it("handles: all kept in a reply's order; one joined; one lost", () => {
    const kept = features(`${TALK} all`, 2, 1);
    assert.deepEqual([kept["handles agree"], kept["in the order of a reply"], kept["handles that joined"]], [1, 1, 0]);
    const other = features(`${TALK} all`, 2, 0);
    assert.deepEqual([other["handles agree"], other["handles that joined"], other["leading handles lost"]], [0, 2, 0]);
    assert.equal(features("1 amy: hm\n2 bob: @amy @dan which?\n3 cat: @bob none", 2, 1)["leading handles lost"], 2);
  });
  it("order: a later tweet that agrees as well", () => {
    const text = "1 amy: lemons\n2 amy: jars\n3 cat: @amy yes";
    assert.equal(features(text, 2, 1)["no later one agrees as well"], 1);
    assert.equal(features(text, 2, 0)["no later one agrees as well"], 0);
  });
  it("turns: I answered it, I answered a later one, only before I spoke", () => {
    const text = "1 amy: lemons\n2 amy: jars\n3 cat: @amy yes\n4 cat: @amy and\n5 cat: @amy so";
    assert.equal(features(text, 3, 1, [[2, 1]])["I answered it"], 1);
    assert.equal(features(text, 3, 0, [[2, 1]])["I answered a later one"], 1);
    assert.equal(features(text, 3, 1, [[4, 1]])["I answered it"], 0);
  });
  it("time: pasted text has none", () => {
    const tweets = chat("1 amy: lemons\n2 cat: @amy yes").map((t) => ({ ...t, time: null }));
    const ranked = rankParent(startTalk(setBoard(input(tweets))), 1);
    assert.equal(ranked?.j, 0);
  });
});

describe("shared words", () => {
  it("count by how rare they are in the session; endings do not matter, nor do handles and links", () => {
    const filler = Array.from({ length: 12 }, (_, n) => `${n + 5} zoe: some ${"abcdefghijkl"[n]}${n}x chat`).join("\n");
    const text = `1 amy: librarians chat\n2 bob: pickled chat\n3 cat: https://a.example/pickled @pickled chat\n4 dan: library chat\n${filler}`;
    const likeness = startLikeness(readTexts(setBoard(input(chat(text)))));
    likeness.to(3);
    assert.ok(likeness.with(0) > 0);
    assert.equal(likeness.with(1), 0);
    likeness.to(1);
    assert.equal(likeness.with(2), 0);
  });
});
