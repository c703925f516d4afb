import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { Stale } from "../../src/search/blocks.js";
import { publishChat, publishYear } from "../../src/search/publish.ts";
import { REMOVED, type SearchSession, type SearchTweet, type SearchYear, sessionOf, termsIn } from "../../src/search/years.ts";
import { decoded, dirOf, type Files, said, text, yearOf } from "./world.ts";

const publish = (years: readonly SearchYear[]): Files =>
  new Map(
    publishChat(
      years.map(({ year }) => year),
      (wanted) => years.find(({ year }) => year === wanted) ?? assert.fail(),
    ),
  );

/** Writes what changed into the files, as a build does. */
function apply(files: Files, rows: SearchYear): readonly string[] {
  const changes = publishYear(rows, (path) => files.get(path) ?? null);
  for (const [path, bytes] of changes) {
    if (bytes === null) files.delete(path);
    else files.set(path, bytes);
  }
  return [...changes.keys()];
}

const WORDS = "tea teas Tea, #tea @amy café cafe\u0301 猫 黒猫 猫です 🐈 🇮🇳 שלום كتاب हिन्दी don’t the of".split(" ");
const tweet: fc.Arbitrary<SearchTweet> = fc.record({
  id: fc.integer({ min: 1, max: 1e9 }).map(String),
  author: fc.constantFrom("amy", "Bob", "cyn_o"),
  time: fc.constant("2009-07-21T12:04-04:00"),
  text: fc.oneof(
    fc.array(fc.constantFrom(...WORDS), { maxLength: 8 }).map((all) => all.join(" ")),
    fc.string({ unit: "grapheme" }).map((any) => any.toWellFormed()),
  ),
  kind: fc.constantFrom("question", "answer", null),
});
const sessions = fc.array(fc.array(tweet, { maxLength: 70 }), { minLength: 1, maxLength: 3 });
const years = fc
  .uniqueArray(fc.integer({ min: 2006, max: 2021 }), { minLength: 1, maxLength: 5 })
  .chain((all) => fc.tuple(...all.map((year) => sessions.map((of) => yearOf(year, of)))));

/** What each term of a year stands in, found by looking through all tweets for each. */
function bruteForce({ sessions: all }: SearchYear): Map<string, number[]> {
  const tweets = all.flatMap((session) => session.tweets);
  const every = new Set(tweets.flatMap((one) => [...termsIn(one)]));
  return new Map([...every].map((term) => [term, tweets.flatMap((one, place) => (termsIn(one).includes(term) ? [place] : []))]));
}

const sorted = (terms: ReadonlyMap<string, number[]> | undefined) => [...(terms ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));

describe("the search files of a year", () => {
  const old = publish([yearOf(2016, [["tea"]]), yearOf(2017, [["milk"]]), yearOf(2018, [["cup"]])]);

  it("are not made from a damaged neighbour", () => {
    for (const damage of [
      (files: Files) => files.delete("era2015/0.bin"),
      (files: Files) => files.set("era2015/0.bin", Buffer.from("<!DOCTYPE html>")),
      (files: Files) => files.delete("rows.json"),
      (files: Files) => files.set("rows.json", Buffer.from('{"2016":["0123456789abcdef"]}')),
      (files: Files) => files.set("era2015/0.bin", (files.get("era2015/0.bin") ?? assert.fail()).subarray(0, 9)),
    ]) {
      const files = new Map(old);
      damage(files);
      assert.throws(() => apply(files, yearOf(2016, [["leaf"]])), Stale);
    }
  });

  it("are none where nothing changed", () => assert.deepEqual(apply(new Map(old), yearOf(2016, [["tea"]])), []));

  it("are the newest year's alone when a session is added", () => {
    const changes = apply(new Map(old), yearOf(2018, [["cup"], ["saucer"]]));
    assert.deepEqual(changes, ["d/2018/2018-01-13-0.json", "now/0.bin", "rows.json", "dir.json"]);
  });

  it("move into their five years when a new one begins, once", () => {
    const files = new Map(old);
    const changes = apply(files, yearOf(2019, [["kettle"]]));
    assert.deepEqual(changes, ["d/2019/2019-01-06-0.json", "now/0.bin", "era2015/0.bin", "rows.json", "dir.json"]);
    assert.deepEqual(
      dirOf(files).tiers.map(({ name, years: all }) => [name, all.map(({ year }) => year)]),
      [
        ["now", [2019]],
        ["era2015", [2018, 2017, 2016]],
      ],
    );
  });

  it("are few where it is small, and 1,024 where it is that of a big weekly chat", () => {
    const of = (tweets: number) => publish([yearOf(2026, [Array.from({ length: tweets }, () => "tea")])]);
    const buckets = [1, 25, 26, 630, 13_000, 26_000].map((tweets) => dirOf(of(tweets)).tiers[0]?.buckets);
    assert.deepEqual(buckets, [1, 1, 2, 32, 1024, 1024]);
  });

  it("hold nothing of what was removed, and its neighbours' places stay", () => {
    const before = publish([yearOf(2026, [["tea", said("7", "gus", "xylophone"), "tea milk"]])]);
    const after = publish([yearOf(2026, [["tea", REMOVED, "tea milk"]])]);
    assert.deepEqual(decoded(before).get(2026)?.get("xylophone"), [1]);
    assert.deepEqual(decoded(after).get(2026)?.get("milk"), [2]);
    for (const term of ["xylophone", "from:gus", "gus"]) assert.equal(decoded(after).get(2026)?.has(term), false, term);
    assert.equal(JSON.parse(text(after.get("d/2026/2026-01-06-0.json")))[1][3], "");
    for (const [path, bytes] of after) assert.doesNotMatch(text(bytes), /xylo|gus/, path);
  });

  it("say of every term what looking through all tweets says", () =>
    fc.assert(
      fc.property(years, (all) => {
        const read = decoded(publish(all));
        assert.deepEqual([...read.keys()].sort(), all.map(({ year }) => year).sort());
        for (const rows of all) assert.deepEqual(sorted(read.get(rows.year)), sorted(bruteForce(rows)), String(rows.year));
      }),
      { numRuns: 60 },
    ));

  it("are made without reading a session that stays as it is, wherever it stands in its year", () =>
    fc.assert(
      fc.property(lists, lists, fc.array(slot, { minLength: 6, maxLength: 6 }), fc.boolean(), (was, others, slots, sooner) => {
        const other = yearOf(2017, [["tea"]]);
        const of = (all: typeof was) => all.map((tweets, week) => sessionOf(`2016-01-0${week + 1}`, tweets));
        const [old, fresh] = [of(was), of(others)];
        const now = slots.flatMap((does, week) => {
          const [stands, another] = [old[week], fresh[week]];
          if (does === "goes") return [];
          return does === "changes" || stands === undefined ? (another ?? []) : stands;
        });
        const order = sooner ? now.toReversed() : now;
        const files = publish([{ year: 2016, sessions: old }, other]);
        const known = new Set(old.map(({ slug, hash }) => slug + hash));
        const asked = order.map((session) => (known.has(session.slug + session.hash) ? unread(session) : session));
        apply(files, { year: 2016, sessions: asked });
        assert.deepEqual(bytesOf(files), bytesOf(publish([...(order.length === 0 ? [] : [{ year: 2016, sessions: order }]), other])));
      }),
      { numRuns: 200 },
    ));

  it("are the same bytes whichever year came first, and whatever was there before", () =>
    fc.assert(
      fc.property(years, years, (first, then) => {
        const files: Files = new Map();
        for (const rows of [...first, ...then]) apply(files, rows);
        const last = new Map([...first, ...then].map((rows) => [rows.year, rows]));
        assert.deepEqual(bytesOf(files), bytesOf(publish([...last.values()])));
        const [gone] = then;
        apply(files, { year: gone?.year ?? 0, sessions: [] });
        last.delete(gone?.year ?? 0);
        assert.deepEqual(bytesOf(files), bytesOf(publish([...last.values()])));
      }),
      { numRuns: 60 },
    ));
});

const lists = fc.array(fc.array(tweet, { minLength: 1, maxLength: 60 }), { minLength: 1, maxLength: 6 });
const slot = fc.constantFrom("stays", "stays", "changes", "goes");
const unread = ({ slug, count, hash }: SearchSession): SearchSession => ({
  slug,
  count,
  hash,
  get tweets() {
    return assert.fail(`${slug} is read`);
  },
});

const bytesOf = (files: Files) => [...files].map(([path, bytes]) => `${path} ${Buffer.from(bytes).toString("base64")}`).sort();
