import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Gathering } from "../../src/store/gather.ts";
import { Store } from "../../src/store/store.ts";
import { observed, type Said, START } from "../helpers.ts";

const MINUTE = 60_000;
const GATHERING: Gathering = {
  chat: "teachat",
  session: "2026-03-03",
  from: START - 15 * MINUTE,
  to: START + 90 * MINUTE,
  late: START + 90 * MINUTE + 24 * 60 * MINUTE,
  start: START,
  end: START + 60 * MINUTE,
  hosts: ["ceylon_sam"],
};

interface Heard extends Said {
  /** It bears the tag; the others are known as context. */
  readonly tagged?: boolean;
  readonly replies?: number;
}

/** A store that has heard of these tweets, in this order. */
function storeOf(tweets: readonly Heard[]): Store {
  const store = Store.open(":memory:");
  store.transaction(() => {
    for (const { tagged = false, replies, ...said } of tweets) {
      const { tweet } = observed(said);
      store.add({ ...observed(said), context: !tagged });
      if (tagged) store.join(tweet, { chat: "teachat", session: null, position: null });
      if (replies !== undefined) store.gatherer.count(tweet.id, START, { replies, reposts: 0, quotes: 0, likes: 0 });
    }
  });
  return store;
}

const adopt = (store: Store, gathering = GATHERING): number => store.transaction(() => store.gatherer.adopt(gathering));
const untagged = (store: Store): string[] =>
  store
    .members("teachat", GATHERING.from, GATHERING.to, "2026-03-03")
    .filter((member) => member.untagged)
    .map(({ tweet }) => tweet.id);

const QUESTION = { id: "10", author: "ceylon_sam", time: 3, text: "Q1 leaf?", tagged: true, conversation: "10" } as const;

describe("adopt", () => {
  const cases: readonly (readonly [what: string, heard: readonly Heard[], adopted: readonly string[]])[] = [
    ["nothing where there is nothing", [], []],
    ["not what nobody of the session is part of", [QUESTION, { id: "11", time: 4 }], []],
    ["a reply", [QUESTION, { id: "11", time: 4, replyTo: "10" }], ["11"]],
    ["a chain of them", [QUESTION, { id: "11", time: 4, replyTo: "10" }, { id: "12", time: 5, replyTo: "11" }], ["11", "12"]],
    [
      "a tweet of a conversation whose beginning is the session's",
      [QUESTION, { id: "13", time: 5, replyTo: "12", conversation: "10" }],
      ["13"],
    ],
    [
      "what a tweet of the session answers, in the window",
      [
        { id: "9", time: 2 },
        { ...QUESTION, replyTo: "9" },
      ],
      ["9"],
    ],
    [
      "not what it answers before the window",
      [
        { id: "9", time: -16 },
        { ...QUESTION, replyTo: "9" },
      ],
      [],
    ],
    ["a host's word in the hour", [{ id: "11", author: "Ceylon_Sam", time: 59 }], ["11"]],
    [
      "not before it, after it or to somebody",
      [
        { id: "11", author: "ceylon_sam", time: -1 },
        { id: "12", author: "ceylon_sam", time: 60 },
        { id: "13", author: "ceylon_sam", time: 5, replyTo: "7" },
      ],
      [],
    ],
    ["a reply within a day after the window", [QUESTION, { id: "11", time: 90 + 24 * 60 - 1, replyTo: "10" }], ["11"]],
    ["not a reply later than that", [QUESTION, { id: "11", time: 90 + 24 * 60, replyTo: "10" }], []],
    ["no repost", [QUESTION, { id: "11", time: 4, repostOf: "10", replyTo: "10" }], []],
    [
      "a reply to an older version",
      [
        { ...QUESTION, aliases: ["14"] },
        { id: "15", time: 4, replyTo: "14" },
      ],
      ["15"],
    ],
  ];
  for (const [what, heard, adopted] of cases)
    it(`${what}, in whatever order it was heard`, () => {
      for (const order of [heard, heard.toReversed()]) {
        const store = storeOf(order);
        assert.equal(adopt(store), adopted.length);
        assert.deepEqual(untagged(store), adopted);
        assert.equal(adopt(store), 0);
        store.close();
      }
    });
});

describe("conversations to ask for", () => {
  const open = (heard: readonly Heard[], also: readonly string[] = []): string[] => storeOf(heard).gatherer.conversations(GATHERING, also);

  it("are those of hosts, of questions, and of what has more replies than are held", () => {
    assert.deepEqual(open([QUESTION]), ["10"]);
    const other = { id: "20", author: "amy", time: 5, tagged: true, conversation: "19" };
    assert.deepEqual(open([other]), []);
    assert.deepEqual(open([other], ["20"]), ["19"]);
    assert.deepEqual(open([{ ...other, replies: 1 }]), ["19"]);
    assert.deepEqual(
      open([
        { ...other, replies: 1 },
        { id: "21", time: 6, replyTo: "20" },
      ]),
      [],
    );
    assert.deepEqual(
      open([
        { ...other, replies: 2 },
        { id: "21", time: 6, replyTo: "20" },
      ]),
      ["19"],
    );
  });

  it("are those of what came without the tag: the tag's walks do not tell how often it was answered since", () => {
    const store = storeOf([
      { id: "20", author: "amy", time: 5, tagged: true, conversation: "20" },
      { id: "21", time: 6, replyTo: "20", conversation: "20" },
    ]);
    assert.deepEqual(store.gatherer.conversations(GATHERING, []), []);
    adopt(store);
    assert.deepEqual(store.gatherer.conversations(GATHERING, []), ["20"]);
  });

  it("are named once, oldest first", () => {
    const all = [1, 2, 3].map((n) => ({ ...QUESTION, id: `1${n}`, time: 10 - n, conversation: n === 2 ? "40" : "50" }));
    assert.deepEqual(open(all), ["50", "40"]);
  });
});

describe("what is wanted", () => {
  it("is what the session's tweets answer and quote, and nobody holds", () => {
    const store = storeOf([
      { id: "10", time: 1, tagged: true, replyTo: "7", quotes: "8" },
      { id: "11", time: 2, tagged: true, replyTo: "10", quotes: "9" },
      { id: "9", time: -600 },
      { id: "12", time: 3, replyTo: "6" },
      { id: "13", time: 500, tagged: true, replyTo: "5" },
    ]);
    assert.deepEqual(store.gatherer.wanted(GATHERING), ["7", "8"]);
  });

  it("are images that were not asked for yet, each once", () => {
    const photo = (name: string, file: string | null = null) => [
      { type: "photo" as const, alt: null, url: `https://pbs.twimg.com/media/${name}.jpg`, file },
    ];
    const store = storeOf([
      { id: "10", time: 1, tagged: true, media: photo("a") },
      { id: "11", time: 2, tagged: true, media: photo("a") },
      { id: "12", time: 3, tagged: true, media: photo("b", "b.jpg") },
      { id: "13", time: 4, media: photo("c") },
    ]);
    assert.deepEqual(store.gatherer.pictures(GATHERING), ["https://pbs.twimg.com/media/a.jpg"]);
    store.transaction(() => store.pictures.keep("https://pbs.twimg.com/media/a.jpg", { file: null, why: "gone" }, 0));
    assert.deepEqual(store.gatherer.pictures(GATHERING), []);
  });
});
