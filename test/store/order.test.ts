import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { openArchiveDb } from "../../src/store/open.ts";
import { Store } from "../../src/store/store.ts";
import { RUNS, type Telling, tell, telling } from "./stories.ts";

const TABLES = ["tweet", "author", "handle", "alias", "version", "member"];

/** All that several imports leave in the archive: every row of every table, and every tweet as it is read. */
function dumpOf(imports: readonly (readonly Telling[])[]): Record<string, unknown> {
  const db = openArchiveDb(":memory:");
  const store = new Store(db);
  for (const tellings of imports) tell(store, tellings);
  const rows = TABLES.map((table) => [table, db.prepare(`SELECT * FROM ${table}`).all()]);
  const read = store.tweets(["11", "12", "13", "14", "15"]);
  db.close();
  return { ...Object.fromEntries(rows), read };
}

/** The same tellings in another order, some of them told twice, split into imports anywhere. */
const retold = (tellings: readonly Telling[]) =>
  fc
    .record({
      again: fc.subarray([...tellings]),
      shuffle: fc.array(fc.nat(), { minLength: tellings.length * 2, maxLength: tellings.length * 2 }),
      cuts: fc.array(fc.nat(tellings.length * 2), { maxLength: 3 }),
    })
    .map(({ again, shuffle, cuts }) => {
      const order = [...tellings, ...again].map((one, i) => [shuffle[i] ?? 0, one] as const).sort((a, b) => a[0] - b[0]);
      const all = order.map(([, one]) => one);
      const bounds = [0, ...cuts.sort((a, b) => a - b), all.length];
      return bounds.slice(1).map((end, i) => all.slice(bounds[i], end));
    });

describe("imports in any order, split anywhere, repeated or not", () => {
  it("leave the same tweets, authors, versions and members", () =>
    fc.assert(
      fc.property(
        fc.array(telling, { minLength: 1, maxLength: 7 }).chain((tellings) => fc.tuple(fc.constant(tellings), retold(tellings))),
        ([tellings, imports]) => assert.deepEqual(dumpOf(imports), dumpOf([tellings])),
      ),
      RUNS,
    ));

  it("lose no text: each ever told is shown or kept as a version", () =>
    fc.assert(
      fc.property(fc.array(telling, { minLength: 1, maxLength: 7 }), (tellings) => {
        const { tweet, version } = dumpOf([tellings]) as { tweet: { text: string }[]; version: { text: string }[] };
        const kept = new Set([...tweet, ...version].map((row) => row.text));
        for (const { observation } of tellings) assert.ok(kept.has(observation.tweet.text));
      }),
      RUNS,
    ));

  it("tell the second time nothing new", () =>
    fc.assert(
      fc.property(fc.array(telling, { maxLength: 7 }), (tellings) => {
        const store = Store.open(":memory:");
        tell(store, tellings);
        store.transaction(() => {
          for (const { observation } of tellings) assert.equal(store.add(observation), false);
        });
        store.close();
      }),
      RUNS,
    ));
});
