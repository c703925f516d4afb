import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { openSite } from "../../src/site/open.ts";
import type { KeyedRoster } from "../../src/site/roster.ts";
import { type Stock, stockOf } from "../../src/site/stock.ts";
import { sessionAt } from "../../src/store/people.ts";
import { Work } from "../../src/store/work.ts";
import { line, START, tempDir } from "../helpers.ts";
import { Life, WEEK } from "./changes.ts";

const CHAT = "teachat";
const UNREAD = { stamp: "", notes: "", made: "", near: "" };
const NOTHING = {
  tweets: 0,
  people: 0,
  changed: 0,
  pins: [],
  pages: [],
  places: [],
  digest: "",
  told: {},
  pictures: { without: [], files: {} },
  came: null,
  unmatched: [],
  more: {},
  shares: [],
};
/** All that pages about more than one session are made from. */
function told(stock: Stock): object {
  const sessions = stock.sessions(CHAT);
  const names = sessions.map(({ session }) => session.slug);
  return {
    sessions: sessions.map(({ session, title, status, tweets, people, changed, pins, pages, questions, hosts, guests, files }) => ({
      ...{ session, title, status, tweets, people, changed, pins, pages, questions, hosts, guests, files },
    })),
    links: [stock.links(CHAT, { links: 5, shares: 2 }), stock.links(CHAT, { links: 99, shares: 99 })],
    roster: who(stock.roster(CHAT), names),
  };
}

/** All that a roster says. */
function who(roster: KeyedRoster, sessions: readonly string[]): object {
  const people = roster.latest(99);
  return {
    people,
    size: roster.size,
    latest: roster.latest(3),
    busiest: roster.busiest(3),
    found: people.map((person) => [roster.person(person.path), ...roster.keysOf(person).map((key) => roster.personOf(key))]),
    nobody: [roster.person("nobody"), roster.personOf("@nobody"), roster.key("nobody")],
    former: roster.former,
    sessions: sessions.map((session) => [session, roster.fresh(session), roster.leads(session)]),
    keys: people.map(({ path }) => [path, roster.key(path)]),
  };
}

const keysIn = (roster: KeyedRoster, turn: number): ReadonlyMap<string, string | null> =>
  new Map([...roster.changed(turn)].map(({ path, key }) => [path, key]));

/** Nobody else shares it. */
const linkOf = (week: number, n: number): string => {
  const to = `https://example.org/${week}/${n}`;
  const time = new Date(START + week * WEEK + n * 60_000).toISOString();
  return line({ id: `5${week}${n}`, time, text: "https://t.co/b #teachat", links: [{ url: "https://t.co/b", to, text: to }] });
};

describe("what work.db knows of sessions", () => {
  for (const seed of [21, 22, 23])
    it(`is what is found by reading all of them, after every change (seed ${seed})`, async () => {
      const life = new Life(tempDir(), seed);
      for (let week = 0; week < 4; week++) await life.newWeek();
      for (const event of EVENTS) {
        await life.events[event]?.();
        await asRead(life, event);
      }
      for (const week of [0, 1, 3]) await life.take(linkOf(week, 0), linkOf(week, 1));
      for (const week of [0, 1, 3]) life.notes(week, "status: reviewed");
      const { links } = await asRead(life, "links");
      assert.ok(links.some(({ more }) => more > 0));
    });
});

const EVENTS = [
  "an older week",
  "a new name",
  "a new handle",
  "a handle that changes hands",
  "a handle that is written as an id",
  "a new handle",
  "a handle without an account",
  "a tweet is forgotten",
  "a new week",
  "a handle that changes hands",
];

/** Opens an archive: what its work.db knows must be what is found by reading it all. */
async function asRead(life: Life, happened: string): Promise<ReturnType<Stock["links"]>> {
  const { stock, close, ...bare } = await openSite(life.archive, life.now);
  try {
    assert.ok(stock);
    const read = stockOf(bare);
    assert.deepEqual(told(stock), told(read), happened);
    for (const one of [stock, read]) assert.equal(one.sessions(CHAT), one.sessions(CHAT), "made anew for every person");
    const stand = [...keysIn(stock.roster(CHAT), 0)].filter(([, key]) => key !== null);
    assert.deepEqual(new Map(stand), keysIn(read.roster(CHAT), 0), happened);
    return stock.links(CHAT, { links: 9, shares: 1 });
  } finally {
    close();
  }
}

describe("people whom sessions call differently", () => {
  /** One person in as many sessions: their handle and name in each. null: they only missed something. */
  function attendedAs(...called: (readonly [handle: string, name: string] | null)[]): readonly unknown[] {
    const work = Work.open(":memory:");
    try {
      for (const [week, as] of called.entries()) {
        const session = `2026-01-0${week + 1}`;
        const start = START + week * WEEK;
        work.shelf.expect({ chat: CHAT, session, window: { start, minutes: 60, lead: 0, grace: 0 }, ...UNREAD });
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
      const sum = work.shelf.people.sum({ chat: CHAT, edition: "all" }, "7");
      if (sum === null) return [];
      const { handle, name, first, last, sessions, stamp } = sum;
      return [handle && `${name} @${handle}`, first && sessionAt(first), last && sessionAt(last), sessions, stamp];
    } finally {
      work.close();
    }
  }

  it("are called as the last one does, by a name of the last that tells one", () => {
    const [FIRST, SECOND, THIRD] = ["2026-01-01", "2026-01-02", "2026-01-03"];
    assert.deepEqual(attendedAs(["b", "B"], ["b", "B"]), ["B @b", FIRST, SECOND, 2, 3]);
    assert.deepEqual(attendedAs(["b", "B"], ["a", "A"], ["c", "C"]), ["C @c", FIRST, THIRD, 3, 7]);
    assert.deepEqual(attendedAs(["c", "C"], ["b", "B"], ["a", ""]), ["B @a", FIRST, THIRD, 3, 7]);
    assert.deepEqual(attendedAs(null, ["b", "B"], null), ["B @b", SECOND, SECOND, 1, 7]);
    assert.deepEqual(attendedAs(["b", ""], ["b", ""]), [" @b", FIRST, SECOND, 2, 3]);
    assert.deepEqual(attendedAs(null), [null, null, null, 0, 1]);
    assert.deepEqual(attendedAs(), []);
  });
});
