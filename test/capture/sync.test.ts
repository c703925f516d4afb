import assert from "node:assert/strict";
import { cpSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { Archive } from "../../src/archive/archive.ts";
import { writing } from "../../src/capture/import.ts";
import { idsToSync, type SyncReport, sync } from "../../src/capture/sync.ts";
import { sessionsNamed } from "../../src/cli/names.ts";
import type { TweetId } from "../../src/model.ts";
import { line, makeArchive, START, tempDir, tweet, write } from "../helpers.ts";
import { archiveWith, HERE, ID, id, LINES, NOTES, ok, WORDS } from "../removal/leaves.ts";
import { traces } from "../removal/traces.ts";
import { SmallNetwork, StillClock } from "./small-network.ts";

interface World {
  readonly dir: string;
  readonly clock: StillClock;
  readonly network: SmallNetwork;
}

/** The hour of leaves.ts, captured, and a network that still has all of it. */
async function leaves(): Promise<World> {
  const dir = await archiveWith(LINES.join(""), "a.jsonl");
  return over(dir);
}

/** `n` tweets of one session: 5001, 5002, … */
async function many(n: number): Promise<World> {
  const dir = makeArchive();
  const lines = Array.from({ length: n }, (_, i) =>
    line({ id: String(5001 + i), author: `u${i}`, time: 1 + i / 60, text: `leaf no ${i} #teachat` }),
  );
  await ok(["import", write(tempDir(), "many.jsonl", lines.join("")), "--chat", "teachat"], dir);
  return over(dir);
}

function over(dir: string): World {
  const clock = new StillClock("2026-04-01T12:00:00Z");
  const archive = Archive.open(dir);
  try {
    const network = new SmallNetwork(clock, archive.store.tweets(archive.store.absences.held(null)));
    return { dir, clock, network };
  } finally {
    archive.close();
  }
}

type Options = Partial<Parameters<typeof sync>[2]> & { readonly name?: string };

const syncIt = ({ dir, clock, network }: World, { name, ...options }: Options = {}): Promise<SyncReport> =>
  writing(dir, async () => {
    const archive = Archive.open(dir);
    try {
      const ids = idsToSync(archive, sessionsNamed(archive, name), { rest: name === undefined ? "all" : null, now: clock.now() });
      const { signal } = new AbortController();
      const watcher = { notice: () => undefined };
      return await sync(archive, ids, { network, clock, signal, watcher, maxPosts: null, yes: false, ...options });
    } finally {
      archive.close();
    }
  });

const brief = ({ asked, present, hidden, shownAgain, erased, stopped }: SyncReport) => ({
  asked,
  present,
  hidden,
  shownAgain,
  erased,
  stopped,
});
const ids = (n: number): TweetId[] => Array.from({ length: n }, (_, i) => String(5001 + i));
const exported = async (dir: string): Promise<string> => (await ok(["export", HERE], dir)).out;

/** The lines of the export that stand for tweets that are not shown. */
const erasedIn = (text: string): { id: string; erased: string; on: string }[] =>
  text
    .split("\n")
    .filter((one) => one.includes('"erased"'))
    .map((one) => JSON.parse(one) as { id: string; erased: string; on: string });

async function buildIt(dir: string): Promise<string> {
  const site = tempDir();
  await ok(["build", "--out", site], dir);
  return site;
}

describe("a sync refuses to believe", () => {
  it("that more than a tenth, and more than twenty, are gone at once: nothing is hidden, nothing erased", async () => {
    const world = await many(60);
    world.network.take(ids(1), "deleted");
    await syncIt(world);
    world.clock.hours(7);
    world.network.take(ids(22), "deleted");
    const report = await syncIt(world);
    assert.deepEqual(brief(report), { asked: 60, present: 38, hidden: 0, shownAgain: 0, erased: 0, stopped: "vanished" });
    assert.equal(report.vanished, 21);
    assert.deepEqual(
      erasedIn(await exported(world.dir)).map((one) => one.id),
      ids(1),
    );
  });

  it("until it is told so; and then the six hours begin", async () => {
    const world = await many(60);
    world.network.take(ids(21), "deleted");
    assert.equal((await syncIt(world)).stopped, "vanished");
    world.clock.hours(7);
    assert.equal((await syncIt(world, { yes: true })).hidden, 21);
    assert.equal(erasedIn(await exported(world.dir)).length, 21);
    world.clock.hours(7);
    assert.deepEqual(brief(await syncIt(world)), { asked: 60, present: 39, hidden: 0, shownAgain: 0, erased: 21, stopped: "end" });
  });

  it("but a tenth of many may go, and so may twenty of few", async () => {
    const few = await many(30);
    few.network.take(ids(20), "deleted");
    assert.equal((await syncIt(few)).hidden, 20);
    const more = await many(250);
    more.network.take(ids(25), "deleted");
    assert.equal((await syncIt(more)).hidden, 25);
  });

  it("what is there again, nobody doubts", async () => {
    const world = await many(60);
    world.network.take(ids(2), "suspended");
    await syncIt(world);
    world.network.take(ids(2), null);
    world.network.take(ids(40).slice(2), "unknown");
    const { stopped, shownAgain } = await syncIt(world);
    assert.deepEqual([stopped, shownAgain], ["vanished", 2]);
    assert.deepEqual(erasedIn(await exported(world.dir)), []);
  });
});

describe("a sync that is stopped", () => {
  for (const [kind, reason] of [
    ["credentials", "credentials"],
    ["forbidden", "no access"],
    ["credit", "no credit"],
    ["limit", "rate limit"],
    ["refused", "refused"],
  ] as const)
    it(`by ${kind} says ${reason}, keeps what was said, and goes on with the others`, async () => {
      const world = await many(150);
      world.network.take(["5003"], "deleted");
      world.network.faults.push(kind);
      assert.deepEqual(brief(await syncIt(world)), { asked: 0, present: 0, hidden: 0, shownAgain: 0, erased: 0, stopped: reason });
      // the second request
      world.network.lookup = ((first) => {
        let n = 0;
        return (asked: readonly TweetId[]) => {
          if (++n === 2) world.network.faults.push(kind);
          return first.call(world.network, asked);
        };
      })(world.network.lookup);
      const report = await syncIt(world);
      assert.deepEqual(brief(report), { asked: 100, present: 99, hidden: 1, shownAgain: 0, erased: 0, stopped: reason });
      assert.equal(report.until !== null, kind === "limit" || kind === "credit");
      await syncIt(world);
      assert.equal(world.network.asked.at(-2)?.[0], "5101");
    });

  it("by what passes tries again", async () => {
    const world = await leaves();
    world.network.faults.push("transient", "busy", "transient");
    const { stopped, requests } = await syncIt(world);
    assert.deepEqual([stopped, requests], ["end", 4]);
  });

  it("by a person keeps what was said until then", async () => {
    const world = await many(150);
    world.network.take(["5003"], "deleted");
    const stop = new AbortController();
    const lookup = world.network.lookup.bind(world.network);
    world.network.lookup = (asked) => {
      stop.abort();
      return lookup(asked);
    };
    assert.deepEqual(brief(await syncIt(world, { signal: stop.signal })), {
      asked: 100,
      present: 99,
      hidden: 1,
      shownAgain: 0,
      erased: 0,
      stopped: "interrupted",
    });
  });
});

describe("a deleted tweet", () => {
  it("is hidden at once: no page, no export says it, its links lead to a tombstone", async () => {
    const world = await leaves();
    world.network.take([ID], "deleted");
    assert.deepEqual(brief(await syncIt(world)), { asked: 7, present: 6, hidden: 1, shownAgain: 0, erased: 0, stopped: "end" });
    assert.notDeepEqual(traces(world.dir, "xylotext"), []);
    const site = await buildIt(world.dir);
    const texts = [await exported(world.dir)];
    for (const format of ["json", "csv", "md", "txt"]) texts.push((await ok(["export", HERE, "--format", format], world.dir)).out);
    for (const word of WORDS) {
      assert.deepEqual(traces(site, word), [], word);
      for (const text of texts) assert.equal(text.toLowerCase().includes(word), false, word);
    }
    const html = readFileSync(join(site, "teachat/2026-03-03/index.html"), "utf8");
    assert.match(html, new RegExp(`id="t${ID}"[^>]*><p class="by">Deleted on X, 1 April 2026\\.`));
    assert.match(html, new RegExp(`#t${ID}">replying to a removed tweet</a>`));
    assert.match(readFileSync(join(site, `teachat/2026-03-03/t/${ID}/index.html`), "utf8"), /A removed tweet/);
  });

  it("takes what passes its words on along: reposts, and RT with six words of it", async () => {
    const world = await leaves();
    world.network.take([ID], "deleted");
    await syncIt(world);
    const shown = (await exported(world.dir)).split("\n").filter((one) => one.includes('"text"'));
    assert.deepEqual(
      shown.map((one) => (JSON.parse(one) as { id: string }).id),
      [101, 108, 111, 112].map(id),
    );
    assert.deepEqual(
      erasedIn(await exported(world.dir)).map((one) => one.id),
      [ID, id(110)],
    );
  });

  it("leaves the notes as they are until it is erased, and nothing says of its entries that they match nothing", async () => {
    const world = await leaves();
    world.network.take([ID], "deleted");
    await syncIt(world);
    assert.equal(readFileSync(join(world.dir, "chats/teachat/2026-03-03.md"), "utf8"), NOTES);
    assert.doesNotMatch((await ok(["thread"], world.dir)).err, /not held here/);
  });

  it("stays hidden for six hours, however often it is asked for", async () => {
    const world = await leaves();
    world.network.take([ID], "deleted");
    for (const hours of [0, 2, 3.9]) {
      world.clock.hours(hours);
      assert.equal((await syncIt(world)).erased, 0);
    }
    assert.notDeepEqual(traces(world.dir, "xylotext"), []);
  });

  it("is nowhere after the second answer, but for its tombstone, which says what it said before", async () => {
    const world = await leaves();
    world.network.take([ID], "deleted");
    await ok(["backup"], world.dir);
    await syncIt(world);
    const before = await exported(world.dir);
    world.clock.hours(6);
    assert.deepEqual(brief(await syncIt(world)), { asked: 7, present: 6, hidden: 0, shownAgain: 0, erased: 3, stopped: "end" });
    for (const word of WORDS) assert.deepEqual(traces(world.dir, word), [], word);
    assert.equal(await exported(world.dir), before);
    assert.match(readFileSync(join(world.dir, "removed.yml"), "utf8"), new RegExp(`tweet: "${ID}", reason: deleted, on: 2026-04-01`));
    await ok(["rebuild"], world.dir);
    await ok(["check", "--read-data"], world.dir);
    assert.equal(await exported(world.dir), before);
    for (const word of WORDS) assert.deepEqual(traces(world.dir, word), [], word);
    assert.deepEqual(brief(await syncIt(world)), { asked: 4, present: 4, hidden: 0, shownAgain: 0, erased: 0, stopped: "end" });
  });

  it("that asks a question keeps its number, hidden and erased", async () => {
    const world = await leaves();
    world.network.take([id(101)], "deleted");
    await syncIt(world);
    const before = await exported(world.dir);
    assert.match(before, /"erased":"deleted","on":"2026-04-01","label":"Q1"\}/);
    world.clock.hours(7);
    await syncIt(world);
    assert.equal(await exported(world.dir), before);
  });

  it("that was put back in time is shown as it was", async () => {
    const world = await leaves();
    const before = await exported(world.dir);
    world.network.take([ID], "deleted");
    await syncIt(world);
    world.network.take([ID], null);
    world.clock.hours(7);
    assert.deepEqual(brief(await syncIt(world)), { asked: 7, present: 7, hidden: 0, shownAgain: 1, erased: 0, stopped: "end" });
    const told = (text: string) => text.replaceAll(/"author_id":("\d+"|null)/g, "");
    assert.equal(told(await exported(world.dir)), told(before));
  });

  it("known only as what another answers is hidden too", async () => {
    const dir = makeArchive();
    const lines = [
      line({ id: "90", author: "ada", time: -3000, text: "a xylotext leaf" }, { context: true }),
      line({ id: "91", author: "bob", time: 3, text: "@ada so true #teachat", replyTo: "90" }),
    ];
    await ok(["import", write(tempDir(), "a.jsonl", lines.join("")), "--chat", "teachat"], dir);
    const world = over(dir);
    assert.match(await exported(dir), /xylotext/);
    world.network.take(["90"], "deleted");
    assert.equal((await syncIt(world)).hidden, 1);
    assert.doesNotMatch(await exported(dir), /xylotext/);
    world.clock.hours(6);
    await syncIt(world);
    assert.deepEqual(traces(dir, "xylotext"), []);
  });
});

describe("what else may be", () => {
  it("protected: hidden, erased after six hours, and the tombstone says so", async () => {
    const world = await leaves();
    world.network.take([ID], "protected");
    await syncIt(world);
    assert.equal(erasedIn(await exported(world.dir))[0]?.erased, "protected");
    world.clock.hours(6);
    assert.equal((await syncIt(world)).erased, 3);
    assert.match(readFileSync(join(world.dir, "removed.yml"), "utf8"), /reason: protected/);
  });

  for (const why of ["suspended", "unknown"] as const)
    it(`${why}: hidden, shown again when it is back, erased after seven days of the same answer`, async () => {
      const world = await leaves();
      world.network.take([ID], why);
      assert.equal((await syncIt(world)).hidden, 1);
      world.clock.hours(24);
      assert.equal((await syncIt(world)).erased, 0);
      world.network.take([ID], null);
      assert.equal((await syncIt(world)).shownAgain, 1);
      world.network.take([ID], why);
      await syncIt(world);
      world.clock.hours(7 * 24 - 1);
      assert.equal((await syncIt(world)).erased, 0);
      world.clock.hours(1);
      assert.equal((await syncIt(world)).erased, 3);
      for (const word of WORDS) assert.deepEqual(traces(world.dir, word), [], word);
    });

  it("an answer that changes starts anew", async () => {
    const world = await leaves();
    world.network.take([ID], "suspended");
    await syncIt(world);
    world.clock.hours(6 * 24);
    world.network.take([ID], "deleted");
    assert.deepEqual(brief(await syncIt(world)), { asked: 7, present: 6, hidden: 0, shownAgain: 0, erased: 0, stopped: "end" });
    world.clock.hours(6);
    assert.equal((await syncIt(world)).erased, 3);
  });

  it("an edit is followed: the newest version is asked for, and a newer one it tells of", async () => {
    const world = await leaves();
    const first = world.network.tweets.get(id(112));
    assert.ok(first !== undefined);
    const newer = { ...first, id: id(113), text: "A1 black, with milk #teachat", aliases: [id(112)] };
    world.network.tweets.set(id(112), { ...first, aliases: [id(113)] });
    world.network.tweets.set(id(113), newer);
    await syncIt(world);
    assert.match(await exported(world.dir), /A1 black, with milk/);
    await syncIt(world);
    assert.ok(world.network.asked.at(-1)?.includes(id(113)));
    assert.ok(!world.network.asked.at(-1)?.includes(id(112)));
    world.network.take([id(113)], "deleted");
    assert.equal((await syncIt(world)).hidden, 1);
    assert.doesNotMatch(await exported(world.dir), /A1 black/);
  });
});

describe("a sync asks", () => {
  it("for every held tweet, not for ids of our own", async () => {
    const world = await leaves();
    const pasted = write(tempDir(), "pasted.txt", "@fay A1 black tea\n@gus A1 white tea\n");
    await ok(["import", pasted, "--chat", "teachat", "--session", "2026-03-03"], world.dir);
    await syncIt(world);
    assert.deepEqual(world.network.asked, [[101, 107, 108, 109, 110, 111, 112].map(id)]);
  });

  it("for one session's, where one is named", async () => {
    const world = await leaves();
    const other = line({ id: "4001", author: "amy", time: 7 * 24 * 60 + 1, text: "next week #teachat" });
    await ok(["import", write(tempDir(), "b.jsonl", other), "--chat", "teachat"], world.dir);
    await syncIt(world, { name: "teachat/2026-03-10" });
    assert.deepEqual(world.network.asked, [["4001"]]);
  });

  it("with --max-posts for those that were asked longest ago, and so goes round", async () => {
    const world = await many(30);
    const round = async (): Promise<readonly TweetId[]> => {
      world.clock.hours(24);
      const report = await syncIt(world, { maxPosts: 10 });
      assert.deepEqual([report.stopped, report.asked, report.cost], ["max posts", 10, 0.05]);
      return world.network.asked.at(-1) ?? [];
    };
    const asked = [await round(), await round(), await round()].flat();
    assert.deepEqual(asked, ids(30));
    assert.deepEqual(await round(), ids(10));
  });

  it("for what is hidden first, once a second answer counts", async () => {
    const world = await many(30);
    world.network.take(["5015"], "deleted");
    await syncIt(world);
    world.clock.hours(6);
    world.network.asked.length = 0;
    const report = await syncIt(world, { maxPosts: 5 });
    assert.equal(world.network.asked[0]?.[0], "5015");
    assert.equal(report.erased, 1);
  });

  it("and pays for a tweet once a day", async () => {
    const world = await leaves();
    assert.equal((await syncIt(world)).cost, 0.035);
    assert.equal((await syncIt(world)).cost, 0);
    world.clock.hours(24);
    assert.equal((await syncIt(world)).cost, 0.035);
  });
});

describe("a sync that was killed", () => {
  it("between hiding and erasing is finished by the next one, and so is one amid erasing, without another question", async () => {
    const world = await leaves();
    world.network.take([ID], "deleted");
    await syncIt(world);
    world.clock.hours(7);
    const archive = Archive.open(world.dir);
    // all that is written before the erasing begins
    archive.store.transaction(() => archive.store.absences.doom(ID, "deleted", world.clock.now()));
    archive.close();
    world.network.faults.push("credentials");
    assert.deepEqual([(await syncIt(world)).erased], [3]);
    for (const word of WORDS) assert.deepEqual(traces(world.dir, word), [], word);
  });

  it("before the old backups were gone is finished too", async () => {
    const world = await leaves();
    const [backups, aside] = [join(world.dir, "backups"), join(tempDir(), "aside")];
    world.network.take([ID], "deleted");
    await syncIt(world);
    await ok(["backup"], world.dir);
    cpSync(backups, aside, { recursive: true });
    world.clock.hours(7);
    await syncIt(world);
    assert.deepEqual(traces(backups, "xylotext"), []);
    rmSync(backups, { recursive: true });
    cpSync(aside, backups, { recursive: true });
    const archive = Archive.open(world.dir);
    archive.store.transaction(() => archive.store.absences.doom(ID, "deleted", world.clock.now()));
    archive.close();
    await syncIt(world);
    for (const word of WORDS) assert.deepEqual(traces(world.dir, word), [], word);
  });
});

describe("what is known of absence", () => {
  it("outlives rebuild", async () => {
    const world = await leaves();
    world.network.take([ID], "deleted");
    await syncIt(world);
    const before = await exported(world.dir);
    await ok(["rebuild"], world.dir);
    assert.equal(await exported(world.dir), before);
    world.clock.hours(6);
    assert.equal((await syncIt(world)).erased, 3);
  });

  it("goes with a tweet that turns out to be a version of another", async () => {
    const dir = makeArchive();
    const archive = Archive.open(dir);
    const { store } = archive;
    const newer = tweet({ id: "62", text: "two", time: START });
    store.transaction(() => {
      store.add({ tweet: newer, context: false, session: null, rounded: { replyTo: null, repostOf: null }, repaired: false });
      store.absences.put({ tweet: "62", why: "suspended", first: 5, last: 9, hidden: true });
      store.gatherer.count("62", 7, { replies: 1, reposts: 2, quotes: 3, likes: 4 });
      const both = { ...newer, aliases: ["61"] };
      store.add({ tweet: both, context: false, session: null, rounded: { replyTo: null, repostOf: null }, repaired: false });
    });
    assert.deepEqual(store.absences.get("61"), { tweet: "61", why: "suspended", first: 5, last: 9, hidden: true });
    assert.equal(store.absences.get("62"), null);
    store.transaction(() => store.removals.drop("61"));
    assert.deepEqual(store.absences.asked(), []);
    archive.close();
  });
});
