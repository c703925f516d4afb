import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { openSite } from "../../src/site/open.ts";
import { rosterOf } from "../../src/site/roster.ts";
import { ShelfStock, type Stock, stockOf } from "../../src/site/stock.ts";
import { Work } from "../../src/store/work.ts";
import { line, START, tempDir } from "../helpers.ts";
import { Life, WEEK } from "./changes.ts";

const CHAT = "teachat";
const NOTHING = {
  tweets: 0,
  places: [],
  digest: "",
  told: {},
  pictures: { without: [], files: {} },
  came: null,
  unmatched: [],
  more: {},
  shares: [],
};
const byKey = (a: object, b: object): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

/** All that pages about more than one session are made from. */
function told(stock: Stock): object {
  return {
    sessions: stock.sessions(CHAT).map(({ session, title, tweets, people }) => ({ session, title, tweets, people })),
    attended: stock.attended(CHAT).toSorted(byKey),
    missers: [...stock.missers(CHAT)].map(({ session, key }) => ({ session, key })).sort(byKey),
    links: [stock.links(CHAT, { links: 5, shares: 2 }), stock.links(CHAT, { links: 99, shares: 99 })],
  };
}

/** Nobody else shares it. */
const linkOf = (week: number, n: number): string => {
  const to = `https://example.org/${week}/${n}`;
  const time = new Date(START + week * WEEK + n * 60_000).toISOString();
  return line({ id: `5${week}${n}`, time, text: "https://t.co/b #teachat", links: [{ url: "https://t.co/b", to, text: to }] });
};

describe("what work.db knows of sessions", () => {
  for (const seed of [21, 22, 23])
    it(`is what is found by reading all of them (seed ${seed})`, async () => {
      const life = new Life(tempDir(), seed);
      for (let week = 0; week < 4; week++) await life.newWeek();
      for (const event of ["an older week", "a new name", "a new handle", "a handle that changes hands", "a handle without an account"])
        await life.events[event]?.();
      for (const week of [0, 1, 3]) await life.take(linkOf(week, 0), linkOf(week, 1));
      for (const week of [0, 1, 3]) life.notes(week, "status: reviewed");
      const site = await openSite(life.archive, life.now);
      try {
        const { stock, ...bare } = site;
        assert.ok(stock);
        const read = stockOf(bare);
        assert.deepEqual(told(stock), told(read));
        for (const one of [stock, read]) assert.equal(one.sessions(CHAT), one.sessions(CHAT), "made anew for every person");
        assert.ok(stock.links(CHAT, { links: 9, shares: 1 }).links.some(({ more }) => more > 0));
        const rosters = [stock, read].map((one) => rosterOf(one, CHAT, site.users));
        assert.deepEqual(rosters[0]?.people, rosters[1]?.people);
        assert.deepEqual(rosters[0]?.turnouts, rosters[1]?.turnouts);
        assert.deepEqual(rosters[0]?.leads, rosters[1]?.leads);
      } finally {
        site.close();
      }
    });
});

describe("people whom sessions call differently", () => {
  /** One person in as many sessions: their handle and name in each. null: they only missed something. */
  function attendedAs(...called: (readonly [handle: string, name: string] | null)[]): readonly unknown[] {
    const work = Work.open(":memory:");
    try {
      for (const [week, as] of called.entries()) {
        const session = `2026-01-0${week + 1}`;
        const start = START + week * WEEK;
        work.shelf.expect({ chat: CHAT, session, window: { start, minutes: 60, lead: 0, grace: 0 }, basis: "" });
        const part = {
          person: "7",
          handle: as?.[0] ?? null,
          name: as?.[1] ?? null,
          tweets: as === null ? 0 : 1,
          stamp: 2 ** week,
          first: null,
        };
        work.shelf.put(
          { chat: CHAT, session },
          { ...NOTHING, start, isReviewed: true, parts: [{ ...part, said: [], missed: [] }], card: {}, title: session },
        );
      }
      return new ShelfStock(work.shelf)
        .attended(CHAT)
        .map(({ author, first, last, sessions, stamp, isVaried }) => [
          author && `${author.name} @${author.handle}`,
          first,
          last,
          sessions,
          stamp,
          isVaried,
        ]);
    } finally {
      work.close();
    }
  }

  it("are called as the last one does, by a name of the last that tells one", () => {
    const [FIRST, SECOND, THIRD] = ["2026-01-01", "2026-01-02", "2026-01-03"];
    assert.deepEqual(attendedAs(["b", "B"], ["b", "B"]), [["B @b", FIRST, SECOND, 2, 3, false]]);
    assert.deepEqual(attendedAs(["b", "B"], ["a", "A"], ["c", "C"]), [["C @c", FIRST, THIRD, 3, 7, true]]);
    assert.deepEqual(attendedAs(["c", "C"], ["b", "B"], ["a", ""]), [["B @a", FIRST, THIRD, 3, 7, true]]);
    assert.deepEqual(attendedAs(null, ["b", "B"], null), [["B @b", SECOND, SECOND, 1, 7, false]]);
    assert.deepEqual(attendedAs(["b", ""], ["b", ""]), [[" @b", FIRST, SECOND, 2, 3, false]]);
    assert.deepEqual(attendedAs(null), [[null, null, null, 0, 1, false]]);
  });
});
