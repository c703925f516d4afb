import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { changedPlaces, idPlaces } from "../../src/store/marks.ts";
import { openArchiveDb } from "../../src/store/open.ts";
import { Store } from "../../src/store/store.ts";
import { observed, SESSION, START, tempDir } from "../helpers.ts";

const DAY = String(Math.floor(START / 86_400_000));
const CHAT = { chat: "teachat", session: null, position: null };

function opened() {
  const db = openArchiveDb(`${tempDir()}/archive.db`);
  const store = new Store(db);
  /** The places that a change marks, in order. */
  const marked = (change: () => void): string[] => {
    const before = store.marks.all();
    store.transaction(change);
    return [...changedPlaces(before, store.marks.all())].sort();
  };
  store.transaction(() => {
    const context = { context: true };
    store.add(observed({ id: "10", author: { id: "71", handle: "amy", name: "Amy" } }));
    store.join({ id: "10" }, CHAT);
    store.add(observed({ id: "11", author: "bob", time: null }, context));
  });
  return { db, store, marked };
}

const amy = (name: string) => ({ id: "71", handle: "amy", name });

describe("the marks of an archive", () => {
  const { db, store, marked } = opened();
  it("stay where nothing changes", () => {
    assert.deepEqual(
      marked(() => {
        store.add(observed({ id: "10", author: amy("Amy") }));
        store.join({ id: "10" }, CHAT);
        store.keepSession({ chat: "teachat", slug: SESSION, window: { start: START, minutes: 60, lead: 15, grace: 30 } });
      }),
      [],
    );
  });

  const CASES: readonly (readonly [what: string, change: () => void, places: readonly string[]])[] = [
    ["a new tweet: its day, and whoever waits for an old id", () => store.add(observed({ id: "12", author: amy("Amy") })), [DAY, "old"]],
    ["one that joins a chat: its day", () => store.join({ id: "12" }, CHAT), [DAY]],
    ["other words: its day", () => store.rewrite("10", (tweet) => ({ ...tweet, text: "rewritten" })), [DAY]],
    [
      "without a time: the session that a source named",
      () => {
        store.join({ id: "11" }, { ...CHAT, session: SESSION, position: 1 });
      },
      [`teachat/${SESSION}`],
    ],
    [
      "its words: that session",
      () => store.rewrite("11", (tweet) => ({ ...tweet, text: "rewritten" })),
      [`teachat/${SESSION}`, "timeless"],
    ],
    ["a new name: who bears it", () => void store.add(observed({ id: "13", author: amy("Zoe"), time: 3 })), [DAY, "@71", "old"]],
    [
      "a handle of which the account was not known",
      () => store.add(observed({ id: "14", author: { id: "72", handle: "bob", name: "Bob" } })),
      [DAY, "handles", "old", "timeless"],
    ],
    [
      "another version: where its id leads",
      () => store.add(observed({ id: "1800000000000000001", aliases: ["10"], author: amy("Zoe") })),
      [...idPlaces("1800000000000000001").slice(0, 1), DAY].sort(),
    ],
    [
      "a tombstone",
      () =>
        store.removals.entomb({
          chat: "teachat",
          tweet: "15",
          time: START,
          session: SESSION,
          position: null,
          reason: "deleted",
          on: "2026-03-04",
          asked: null,
          page: false,
          anchor: true,
        }),
      [DAY, "old", `teachat/${SESSION}`],
    ],
    ["a tweet that is hidden", () => store.absences.put({ tweet: "12", why: "deleted", first: 1, last: 1, hidden: true }), ["hidden"]],
    ["not that it was asked for again", () => store.absences.put({ tweet: "12", why: "deleted", first: 1, last: 2, hidden: true }), []],
    ["nor one that is seen", () => store.absences.put({ tweet: "10", why: "present", first: 1, last: 2, hidden: false }), []],
    ["one that is back", () => store.absences.put({ tweet: "12", why: "present", first: 1, last: 3, hidden: false }), ["hidden"]],
    ["a picture", () => store.pictures.keep("https://example.org/a.jpg", { file: "a.jpg", why: null }, 1), ["pictures"]],
    ["a tweet that could not be had", () => store.coverage.putMissing("16", "deleted", 1), ["old"]],
    ["one that is gone", () => store.removals.drop("13"), [DAY, "old"]],
  ];
  for (const [what, change, places] of CASES) it(what, () => assert.deepEqual(marked(change), places));

  it("are drawn by lot: two archives have different ones", () => {
    assert.notEqual(opened().store.marks.all(), opened().store.marks.all());
    db.close();
  });
});
