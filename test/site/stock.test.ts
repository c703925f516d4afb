import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "node:test";
import { Archive } from "../../src/archive/archive.ts";
import type { SessionCard } from "../../src/site/data.ts";
import { readSessions, renewRollups } from "../../src/site/freshen.ts";
import { KeptStock } from "../../src/site/kept-stock.ts";
import { siteOf } from "../../src/site/open.ts";
import type { KeyedRoster } from "../../src/site/roster.ts";
import { findStale } from "../../src/site/stale.ts";
import { type Stock, stockOf } from "../../src/site/stock.ts";
import { siteConfig } from "../../src/site/theme.ts";
import { sessionAt } from "../../src/store/people.ts";
import type { Shelf } from "../../src/store/shelf.ts";
import { Work } from "../../src/store/work.ts";
import { line, run, START, TEACHAT, tempDir, write } from "../helpers.ts";
import { diceOf, WEEK } from "./changes.ts";

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

/** So many that few people are in the same. */
const WEEKS = 12;

/** A few people who change their names and take each other's handles. */
class SmallWorld {
  readonly dir = tempDir();
  readonly #dice: (most: number) => number;
  #id = 1000;

  constructor(seed: number) {
    this.#dice = diceOf(seed);
    write(this.dir, "chats/teachat/chat.md", TEACHAT);
    write(this.dir, "site.yml", "url: https://chats.example.org/\n");
  }

  #any<T>(...choices: readonly [T, ...T[]]): T {
    return choices[this.#dice(choices.length)] ?? choices[0];
  }

  /** Something happens. Returns what. */
  async live(): Promise<string> {
    const week = this.#dice(WEEKS);
    const what = this.#any("said", "said", "said", "said", "asked", "question", "shared", "reviewed", "draft", "hidden");
    if (what === "reviewed" || what === "draft") this.#note(week, `title: Title ${this.#dice(9)}\nstatus: ${what}`);
    else if (what === "hidden") this.#hide();
    else await this.#say(week, what);
    return `${what} in week ${week}`;
  }

  async #say(week: number, what: string): Promise<void> {
    const id = this.#any("1", "2", "3", "4", "5", "6", null);
    const handle = this.#any("amy", "ben", "cyn", "1", "2");
    const author = { id, handle, name: this.#any("", "X", "Y") };
    const time = new Date(START + week * WEEK + this.#dice(60) * 60_000).toISOString();
    const url = { url: "https://t.co/a", to: `https://example.org/${this.#dice(4)}`, text: "example.org" };
    const says = {
      said: { text: `word ${this.#dice(99)} #teachat` },
      asked: { text: `@${this.#any("amy", "ben", "2")} which leaf? #teachat` },
      question: { text: `Q1 Which leaf, ${this.#dice(99)}? #teachat`, author: { id: "9", handle: "ceylon_sam", name: "Sam" } },
      shared: { text: "https://t.co/a #teachat", links: [url] },
    }[what];
    const file = write(this.dir, "in.jsonl", line({ id: String(this.#id++), author, time, ...says }));
    const { code, err } = await run(["import", file, "--chat", CHAT, "--archive", this.dir]);
    assert.equal(code, 0, err);
  }

  #note(week: number, yaml: string): void {
    write(this.dir, `chats/teachat/${new Date(START + week * WEEK).toISOString().slice(0, 10)}.md`, `---\n${yaml}\n---\n`);
  }

  #hide(): void {
    const archive = Archive.open(this.dir);
    const tweet = String(1000 + this.#dice(this.#id - 1000));
    archive.store.transaction(() => {
      if (archive.store.tweets([tweet]).length > 0)
        archive.store.absences.put({ tweet, why: "deleted", first: 1, last: 1, hidden: this.#dice(3) > 0 });
    });
    archive.close();
  }
}

/** All that pages about more than one session are made from. */
const told = (stock: Stock): object => ({
  links: [stock.links(CHAT, { links: 3, shares: 2 }), stock.links(CHAT, { links: 99, shares: 99 })],
  roster: who(
    stock.roster(CHAT),
    stock.sessions(CHAT).map(({ session }) => session.slug),
  ),
});

/** All that a roster says. */
function who(roster: KeyedRoster, sessions: readonly string[]): object {
  const people = roster.latest(99);
  return {
    people,
    size: roster.size,
    latest: roster.latest(2),
    busiest: roster.busiest(2),
    found: people.map((person) => [roster.person(person.path), ...roster.keysOf(person).map((key) => roster.personOf(key))]),
    nobody: [roster.person("nobody"), roster.personOf("@nobody"), roster.key("nobody")],
    former: roster.former,
    sessions: sessions.map((session) => [session, roster.fresh(session), roster.leads(session)]),
    keys: people.map(({ path }) => [path, roster.key(path)]),
  };
}

/** Not spread: what a card reads when it is asked for it has not got as its own. */
const shownOf = (card: SessionCard): object => ({
  ...{ session: card.session, title: card.title, status: card.status, tweets: card.tweets, people: card.people, changed: card.changed },
  ...{ pins: card.pins, pages: card.pages, questions: card.questions, hosts: card.hosts, guests: card.guests, files: card.files },
  ...{ captured: card.captured, tombstones: card.tombstones },
});

/** Whoever looks only at what changed since they looked last. */
class Follower {
  readonly #keys = new Map<string, string>();
  #turn = 0;

  look({ people }: Shelf, roster: KeyedRoster): ReadonlyMap<string, string> {
    for (const { path, key } of roster.changed(this.#turn)) {
      if (key === null) this.#keys.delete(path);
      else this.#keys.set(path, key);
    }
    this.#turn = people.lastTurn();
    return this.#keys;
  }
}

const EDITIONS = ["all", "reviewed"] as const;

describe("what work.db knows of sessions", () => {
  for (const seed of [1, 2, 3, 4])
    it(`is what is found by reading all of them, after every change (seed ${seed})`, async () => {
      const world = new SmallWorld(seed);
      const followers = new Map(EDITIONS.map((edition) => [edition, new Follower()]));
      const happened: string[] = [];
      while (happened.length < 60) {
        happened.push(await world.live());
        const archive = Archive.open(world.dir);
        const work = Work.open(join(world.dir, "work.db"));
        try {
          const config = await siteConfig(world.dir);
          readSessions({ archive, work }, findStale({ archive, work }, "the same program"), config);
          for (const edition of EDITIONS) {
            renewRollups({ archive, work }, edition);
            const stock = new KeptStock(work.shelf, edition);
            const { stock: _, ...bare } = siteOf(archive, { config, now: START, stock });
            const read = stockOf(bare);
            const why = `${edition}: ${happened.join(", ")}`;
            assert.deepEqual(told(stock), told(read), why);
            const follower = followers.get(edition) ?? new Follower();
            assert.deepEqual(new Map([...follower.look(work.shelf, stock.roster(CHAT))].sort()), keysIn(read.roster(CHAT)), why);
            for (const card of stock.sessions(CHAT))
              assert.deepEqual(shownOf(card), shownOf(stock.card(CHAT, card.session.slug) ?? assert.fail(why)), why);
            for (const one of [stock, read]) assert.equal(one.sessions(CHAT), one.sessions(CHAT), "made anew for every person");
          }
        } finally {
          work.close();
          archive.close();
        }
      }
    });
});

const keysIn = (roster: KeyedRoster): ReadonlyMap<string, string | null> =>
  new Map([...roster.changed(0)].map(({ path, key }) => [path, key] as const).sort());

describe("a link that a session shares no more", () => {
  it("is counted no more", () => {
    const work = Work.open(":memory:");
    try {
      const share = { target: "example.org", to: "https://example.org/", id: "1", handle: "amy", label: null };
      const read = (session: string, shares: readonly (typeof share)[]): [string, number][] => {
        work.shelf.expect({ chat: CHAT, session, window: { start: START, minutes: 60, lead: 0, grace: 0 }, ...UNREAD });
        work.shelf.put({ chat: CHAT, session }, { ...NOTHING, start: START, isReviewed: true, parts: [], card: {}, title: "", shares });
        work.shelf.countShares(CHAT);
        return work.shelf.mostShared(CHAT, { links: 9, shares: 1 }).rows.map(({ target, shares: n }) => [target, n]);
      };
      assert.deepEqual(read("2026-01-01", [share]), [["example.org", 1]]);
      assert.deepEqual(read("2026-01-02", [share, { ...share, id: "2" }]), [["example.org", 3]]);
      assert.deepEqual(read("2026-01-02", []), [["example.org", 1]]);
      work.shelf.drop(CHAT, "2026-01-01");
      assert.deepEqual(read("2026-01-02", []), []);
      assert.equal(work.shelf.mostShared(CHAT, { links: 9, shares: 1 }).total, 0);
    } finally {
      work.close();
    }
  });
});

describe("the links of a chat's reviewed sessions", () => {
  const DAY = 86_400_000;
  /** A session a day: its links by the ids of the tweets that share them, `mugs:2`; with a `?` before nobody has reviewed it. */
  function outline(sessions: readonly string[], most: Parameters<KeptStock["links"]>[1]): readonly string[] {
    const work = Work.open(":memory:");
    try {
      for (const [day, text] of sessions.entries()) {
        const start = START + day * DAY;
        const session = new Date(start).toISOString().slice(0, 10);
        const shares = [...text.matchAll(/(\w+):(\d+)/g)].map(([, target = "", id = ""]) => ({
          target,
          to: `https://example.org/${target}`,
          id,
          handle: "amy",
          label: null,
        }));
        work.shelf.expect({ chat: CHAT, session, window: { start, minutes: 60, lead: 0, grace: 0 }, ...UNREAD });
        work.shelf.put(
          { chat: CHAT, session },
          { ...NOTHING, start, isReviewed: !text.startsWith("?"), parts: [], card: {}, title: "", shares },
        );
      }
      work.shelf.countShares(CHAT);
      const { total, links } = new KeptStock(work.shelf).links(CHAT, most);
      return [...links.map(({ to, shares, more }) => `${to.split("/").at(-1)} ${shares.map(({ id }) => id)} +${more}`), `of ${total}`];
    } finally {
      work.close();
    }
  }
  const SESSIONS = ["mugs:1 jars:2", "mugs:3 mugs:4 lids:5", "?mugs:6 tins:7", "lids:8 pots:9"];

  it("are told with the latest who share them, what most share first, then the newest; drafts share nothing", () =>
    assert.deepEqual(outline(SESSIONS, { links: 9, shares: 9 }), ["mugs 3,4,1 +0", "lids 8,5 +0", "pots 9 +0", "jars 2 +0", "of 4"]));
  it("are told up to so many, and so many of those who share each", () =>
    assert.deepEqual(outline(SESSIONS, { links: 3, shares: 2 }), ["mugs 3,4 +1", "lids 8,5 +0", "pots 9 +0", "of 4"]));
  it("are none where nobody shares any", () => assert.deepEqual(outline(["", "?mugs:1"], { links: 3, shares: 2 }), ["of 0"]));
});

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
