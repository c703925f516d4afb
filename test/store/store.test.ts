import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Db, openArchiveDb } from "../../src/store/open.ts";
import { Store } from "../../src/store/store.ts";
import { observed, type Said, START } from "../helpers.ts";

const TUESDAY = "2026-03-03";
const MINUTE = 60_000;

function empty(): { db: Db; store: Store } {
  const db = openArchiveDb(":memory:");
  return { db, store: new Store(db) };
}
function holding(...tweets: Said[]): { db: Db; store: Store } {
  const made = empty();
  for (const [position, said] of tweets.entries()) {
    const { tweet, ...rest } = observed(said);
    made.store.add({ tweet, ...rest });
    made.store.join(tweet, {
      chat: "teachat",
      session: tweet.time === null ? TUESDAY : null,
      position: tweet.time === null ? position : null,
    });
  }
  return made;
}
const idsOf = (store: Store): string[] => store.members("teachat", START, START + 60 * MINUTE, TUESDAY).map(({ tweet }) => tweet.id);

describe("a transaction", () => {
  it("that fails leaves neither raw nor tweets, authors or members", () => {
    const { db, store } = empty();
    assert.throws(
      () =>
        store.transaction(() => {
          const head = {
            kind: "import",
            name: "a",
            format: "f",
            chat: "teachat",
            session: "",
            receivedAt: 0,
            size: 1,
            sha256: "0",
          } as const;
          store.raw.keepPart(store.raw.begin(head), 0, Buffer.from("a"));
          store.add(observed({ id: "1", aliases: ["2"] }));
          store.join({ id: "1" }, { chat: "teachat", session: null, position: null });
          throw new Error("the power is gone");
        }),
      /the power is gone/,
    );
    for (const table of ["raw", "raw_part", "tweet", "author", "alias", "member"])
      assert.deepEqual(db.prepare(`SELECT * FROM ${table}`).all(), [], table);
  });
});

describe("ids", () => {
  const exact = ["1800000000000000001", "1800000000000000003", "9223372036854775808", "18446744073709551615", "912345678901234567", "7"];
  it("come back digit by digit, also where a number would round them", () => {
    const { store } = holding(...exact.map((id) => ({ id, replyTo: id, quotes: id, repostOf: id, conversation: id })));
    for (const id of exact) {
      const [tweet] = store.tweets([id]);
      assert.deepEqual([tweet?.id, tweet?.replyTo, tweet?.quotes, tweet?.repostOf, tweet?.conversation], [id, id, id, id, id]);
    }
  });
  it("of other versions lead to the tweet", () => {
    const { store } = holding({ id: "1800000000000000001", aliases: ["1800000000000000009", "1800000000000000010"] });
    assert.deepEqual(
      store.tweets(["1800000000000000009", "1800000000000000010"]).map((t) => [t.id, t.aliases]),
      [["1800000000000000001", ["1800000000000000009", "1800000000000000010"]]],
    );
  });
  it("held apart until their history is told become one tweet under the first, in every chat", () => {
    const { db, store } = holding({ id: "20", text: "grean" }, { id: "21", text: "green" });
    store.join({ id: "21" }, { chat: "coffee", session: null, position: null });
    store.add(observed({ id: "21", aliases: ["9", "20"], text: "green tea", edited: START + MINUTE }));
    const [tweet, ...more] = store.tweets(["9", "20", "21"]);
    assert.deepEqual([tweet?.id, tweet?.aliases, tweet?.text, more], ["9", ["20", "21"], "green tea", []]);
    assert.deepEqual(idsOf(store), ["9"]);
    assert.equal(store.member("coffee", "20")?.tweet.id, "9");
    assert.deepEqual(db.prepare("SELECT tweet, text FROM version ORDER BY text").all(), [
      { tweet: "9", text: "grean" },
      { tweet: "9", text: "green" },
    ]);
  });
});

describe("order", () => {
  it("is time, then length of id, then id", () =>
    assert.deepEqual(idsOf(holding({ id: "30", time: 2 }, { id: "9", time: 2 }, { id: "10", time: 2 }, { id: "99", time: 1 }).store), [
      "99",
      "9",
      "10",
      "30",
    ]));
  it("without times is the file's, after what has a time", () =>
    assert.deepEqual(
      idsOf(
        holding(
          { id: "93", time: null, local: true },
          { id: "91", time: null, local: true },
          { id: "92", time: null, local: true },
          { id: "5" },
        ).store,
      ),
      ["5", "93", "91", "92"],
    ));
  it("follows a time that a better source corrects", () => {
    const { store } = holding({ id: "1", time: 5 }, { id: "2", time: 3 });
    store.add(observed({ id: "1", time: 2 }));
    assert.deepEqual(idsOf(store), ["1", "2"]);
  });
});

describe("a text that changes", () => {
  const versions = (db: Db) => db.prepare("SELECT text, edited FROM version ORDER BY text").all();
  it("is kept as a version when an edit is shown in its place", () => {
    const { db, store } = holding({ text: "grean" }, { text: "green", edited: START });
    assert.equal(store.tweets(["1"])[0]?.text, "green");
    assert.deepEqual(versions(db), [{ text: "grean", edited: null }]);
  });
  it("is no version of itself when it is edited back", () => {
    const { db, store } = holding({ text: "green" }, { text: "black", edited: START }, { text: "green", edited: START + MINUTE });
    assert.equal(store.tweets(["1"])[0]?.text, "green");
    assert.deepEqual(versions(db), [{ text: "black", edited: START }]);
  });
});

describe("context", () => {
  it("is counted apart until a source tells it as a tweet", () => {
    const { store } = empty();
    assert.equal(store.add(observed({}, { context: true })), false);
    assert.deepEqual(store.counts(), { tweets: 0, context: 1 });
    assert.equal(store.add(observed({})), true);
    assert.equal(store.add(observed({}, { context: true })), false);
    assert.deepEqual(store.counts(), { tweets: 1, context: 0 });
  });
});

describe("a tweet of two chats", () => {
  it("is stored once", () => {
    const { store } = holding({ id: "1", text: "#teachat #coffee" });
    store.join({ id: "1" }, { chat: "coffee", session: null, position: null });
    assert.deepEqual(store.counts(), { tweets: 1, context: 0 });
    assert.deepEqual([store.countMembers("teachat"), store.countMembers("coffee")], [1, 1]);
  });
});
