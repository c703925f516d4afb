import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Store } from "../../src/store/store.ts";

const KEY = { chat: "teachat", session: "2026-03-03" };
const WALK = { role: "tag", query: "#teachat", from: 0, to: 600_000, started: 1 };

function coverage() {
  const store = Store.open(":memory:");
  return { store, coverage: store.coverage, write: <T>(work: () => T): T => store.transaction(work) };
}

describe("coverage", () => {
  it("forgets what was open of a query when a walk of it begins, and keeps what was done", () => {
    const { coverage: c, write } = coverage();
    const done = write(() => c.beginWalk(KEY, WALK));
    write(() => c.saveWalk({ ...done, done: true }));
    write(() => c.beginWalk(KEY, WALK));
    const last = write(() => c.beginWalk(KEY, WALK));
    assert.deepEqual(
      c.walks(KEY).map(({ id }) => id),
      [done.id, last.id],
    );
  });

  it("counts each tweet once, in the minute of its last version, by the walk that saw it last", () => {
    const { coverage: c, write } = coverage();
    write(() => {
      c.sight(KEY, "1", 1, 30_000);
      c.sight(KEY, "1", 2, 90_000);
      c.sight(KEY, "2", 1, 30_000);
    });
    assert.deepEqual(
      [...c.seen(KEY, 1)],
      [
        [0, 1],
        [60_000, 1],
      ],
    );
    assert.deepEqual([...c.seen(KEY, 2)], [[60_000, 1]]);
  });

  it("makes one gap of two that begin at the same moment, and forgets those of the sweep before", () => {
    const { coverage: c, write } = coverage();
    const gap = { from: 0, to: 1, query: "#teachat", why: "cannot be read" };
    write(() => c.putGaps(KEY, [{ ...gap, from: 5, to: 9 }]));
    write(() => c.putGaps(KEY, [gap, { ...gap, to: 60, why: "counts" }]));
    assert.deepEqual(c.gaps(KEY), [{ ...gap, to: 60, why: "cannot be read; counts" }]);
  });

  it("counts a tweet as paid once in a day of UTC", () => {
    const { coverage: c, write } = coverage();
    assert.equal(
      write(() => c.pay(["1", "2", "1"], "2026-03-03")),
      2,
    );
    assert.equal(
      write(() => c.pay(["1", "3"], "2026-03-03")),
      1,
    );
    assert.equal(
      write(() => c.pay(["1", "3"], "2026-03-04")),
      2,
    );
  });
});
