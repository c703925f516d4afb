import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { stemmer } from "stemmer";
import { Stale } from "../../src/search/blocks.js";
import { find, queryOf } from "../../src/search/find.js";
import { publishChat } from "../../src/search/publish.ts";
import type { SearchYear } from "../../src/search/years.ts";
import { ask, type Files, getFrom, said, yearOf } from "./world.ts";

const publish = (...years: readonly SearchYear[]): Files =>
  new Map(
    publishChat(
      years.map(({ year }) => year),
      (wanted) => years.find(({ year }) => year === wanted) ?? assert.fail(),
    ),
  );

const TEXTS: Readonly<Record<string, string>> = {
  host: "Q1 Which leaf do you drink in the morning? #TeaChat",
  green: "A1 Green tea, always. It's what @Bob_Leaf drinks",
  teach: "@amy Teaching taught me the value of silence",
  teacher: "A teacher drank it too",
  art: "to be or not to be: the art of tea",
  be: "be it tea to go",
  cafe: "Cafe\u0301 au lait at l’école 🐈",
  cats: "黒猫がいます",
  black: "黒い猫",
  tag: "#読書会 next week",
  hebrew: "\u202Bאצות ושושנות ים\u202C",
  hindi: "हिन्दी में चाय 👍🏽",
  well: "well, not being here",
  wellbeing: "well being, and follow-up",
};
const KINDS: Readonly<Record<string, "question" | "answer">> = { host: "question", green: "answer" };
const AUTHORS: Readonly<Record<string, string>> = { host: "Ceylon_Sam", teach: "bob" };
const tweets = Object.entries(TEXTS).map(([id, words]) => said(id, AUTHORS[id] ?? "amy", words, KINDS[id] ?? null));
const small = publish(yearOf(2026, [tweets]));
const asked = async (words: string, more = {}) => (await ask({ teachat: small }, words, more)).toReversed().join(" ");

describe("search", () => {
  const ROWS: readonly (readonly [what: string, words: string, found: string])[] = [
    ["nothing for nothing", " ", ""],
    ["nothing for signs", '" ?', ""],
    ["nothing for what nobody said", "zebra", ""],
    ["a word", "green", "green"],
    ["two words, both", "tea always", "green"],
    ["a word in any spelling of its letters", "CAFE", "cafe"],
    ["the same stem", "drinking", "host green"],
    ["what the last word begins", "teach", "host teach teacher"],
    ["not what an earlier word begins", "teach silence", "teach"],
    ["no beginning of two letters", "gr", ""],
    ["a word in quotes as it is written", '"teach"', ""],
    ["words in quotes one after the other", '"well being"', "wellbeing"],
    ["words that say nothing, in quotes", '"to be or"', "art"],
    ["words that say nothing beside one that does", "the tea to", "green art be"],
    ["words that say nothing, alone", "to be", "art be"],
    ["a word with an apostrophe", "l'école", "cafe"],
    ["what follows an apostrophe", "ecole", "cafe"],
    ["a tag", "#teachat", "host"],
    ["no tag for a word", "#green", ""],
    ["a tag's word", "teachat", "host"],
    ["a handle", "@bob_leaf", "green"],
    ["no handle that only begins so", "@bob", ""],
    ["a letter that is a word, wherever it stands", "猫", "cats black"],
    ["a pair", "黒猫", "cats"],
    ["a longer run, in a row", "黒猫がい", "cats"],
    ["no letters that are apart", "黒います", ""],
    ["a run within a tag", "読書会", "tag"],
    ["emoji of any skin", "👍", "hindi"],
    ["emoji and words", "🐈 lait", "cafe"],
    ["what is written from right to left", "ושושנות", "hebrew"],
    ["vowels that are marks", "हिन्दी", "hindi"],
    ["somebody's", "from:bob", "teach"],
    ["somebody's, whose handle begins with @", "from:@BOB silence", "teach"],
    ["questions", "is:question", "host"],
    ["answers with a word", "is:answer tea", "green"],
    ["a word with a hyphen", "follow-up", "wellbeing"],
  ];
  for (const [what, words, found] of ROWS) it(`finds ${what}: ${words}`, async () => assert.equal(await asked(words), found));

  it("finds by person, questions and year, alone and together", async () => {
    assert.equal(await asked("", { person: "@bob" }), "teach");
    assert.equal(await asked("leaf", { questions: true }), "host");
    assert.equal(await asked("leaf", { questions: true, person: "bob" }), "");
    assert.equal(await asked("green", { year: 2025 }), "");
    assert.equal(await asked("green", { year: 2026 }), "green");
  });
});

describe("search over years", () => {
  const years = [2026, 2025, 2021, 2019, 2014, 2009].map((year) =>
    yearOf(year, [["tea one", "milk"], Array.from({ length: 60 }, () => "tea")]),
  );
  const files = publish(...years);
  const newest = years.flatMap(({ sessions }) => sessions.toReversed().flatMap((session) => session.tweets.toReversed()));

  it("finds the newest first, whatever files they are in", async () => {
    const expected = newest.filter(({ text }) => text !== "milk").map(({ id }) => id);
    assert.deepEqual(await ask({ teachat: files }, "tea"), expected);
  });

  it("mixes chats by time", async () => {
    const at = (id: string, time: string) => ({ ...said(id, "amy", "tea"), time });
    const chat = (...times: string[]) => publish(yearOf(2026, [times.map((time) => at(time, time))]));
    const a = chat("2026-01-06T12:00-05:00", "2026-01-06T12:10-05:00");
    const b = chat("2026-01-06T17:05+00:00", "2026-01-06T17:20+00:00");
    assert.deepEqual(await ask({ a, b }, "tea"), [
      "2026-01-06T17:20+00:00",
      "2026-01-06T12:10-05:00",
      "2026-01-06T17:05+00:00",
      "2026-01-06T12:00-05:00",
    ]);
  });

  it("asks for a year only when those after it are not enough, and for the texts of ten tweets at a time", async () => {
    const paths: string[] = [];
    const get = getFrom({ teachat: files });
    const world = {
      get: (path: string) => {
        paths.push(path);
        return get(path);
      },
      renew: () => assert.fail(),
    };
    const hits = find("teachat", { query: queryOf("tea", stemmer), year: null }, world);
    for (let n = 0; n < 10; n++) await hits.next();
    assert.deepEqual([...new Set(paths)], ["teachat/dir.json", `teachat/now/${bucketIn(paths)}.bin`, "teachat/d/2026/2026-01-13-1.json"]);
  });
});

const bucketIn = (paths: readonly string[]): string => /now\/(\d+)/.exec(paths.join(" "))?.[1] ?? "";

describe("search, when the site was published in the meantime", () => {
  const old = publish(yearOf(2026, [["tea", "milk"]]));
  const renewed = publish(yearOf(2026, [["tea", "milk", "tea again"]]));
  const bucket = [...old.keys()].find((path) => path.startsWith("now/")) ?? "";
  const query = queryOf("tea", stemmer);

  /** What is found where a cache holds some files of another time. `server`: what is there when it is asked past the caches. */
  async function found(cached: Files, server: Files): Promise<{ readonly ids: readonly string[]; readonly renewals: number }> {
    let renewals = 0;
    const world = {
      get: (path: string) => getFrom({ teachat: renewals === 0 ? cached : server })(path),
      renew: () => {
        renewals++;
      },
    };
    const ids: string[] = [];
    for await (const { id } of find("teachat", { query, year: null }, world)) ids.push(id);
    return { ids, renewals };
  }
  const mixed = (path: string, bytes: Uint8Array | undefined): Files => new Map([...old, [path, bytes ?? new Uint8Array()]]);
  const ALL = ["202602", "202600"];

  it("asks again for a file of another generation", async () =>
    assert.deepEqual(await found(mixed(bucket, renewed.get(bucket)), renewed), { ids: ALL, renewals: 1 }));
  it("asks again for a file that is damaged, is a page, or is not there", async () => {
    for (const bytes of [undefined, old.get(bucket)?.subarray(0, 20), Buffer.from("<!DOCTYPE html>")])
      assert.deepEqual(await found(mixed(bucket, bytes), renewed), { ids: ALL, renewals: 1 });
    assert.deepEqual(await found(mixed("dir.json", Buffer.from("<!DOCTYPE html>")), renewed), { ids: ALL, renewals: 1 });
    assert.deepEqual(await found(new Map(), renewed), { ids: ALL, renewals: 1 });
  });
  it("gives up where that is no better", async () => {
    await assert.rejects(found(mixed(bucket, undefined), mixed(bucket, undefined)), Stale);
  });
  it("shows nothing that does not say the words", async () => {
    const shifted = publish(yearOf(2026, [["milk", "tea", "bread"]]));
    const texts = [...shifted].filter(([path]) => path.startsWith("d/"));
    assert.deepEqual((await found(new Map([...old, ...texts]), old)).ids, []);
  });
});

describe("search over anything", () => {
  /** What a word of the texts is found by, each a word of the list. */
  const FINDS: Readonly<Record<string, readonly string[]>> = {
    tea: ["tea", "#tea"],
    "#tea": ["#tea"],
    "@amy": ["@amy"],
    amy: ["@amy"],
    cafe: ["café", "cafe"],
    猫: ["猫", "黒猫", "猫です"],
    黒猫: ["黒猫"],
    "🐈": ["🐈"],
    שלום: ["שלום"],
    gift: ["gifts", "gifted"],
    giraffe: [],
  };
  const WORDS = [...new Set(Object.values(FINDS).flat()), "of"];

  it("finds what looking through all tweets finds", () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.array(fc.constantFrom(...WORDS), { maxLength: 6 }), { minLength: 1, maxLength: 30 }), {
          minLength: 1,
          maxLength: 3,
        }),
        fc.subarray(Object.keys(FINDS), { minLength: 1, maxLength: 3 }),
        async (all, wanted) => {
          const years = all.map((lists, index) => yearOf(2020 + 3 * index, [lists.map((list) => list.join(" "))]));
          const expected = years.flatMap(({ sessions }) =>
            sessions.flatMap(({ tweets: own }) =>
              own.filter(({ text }) => wanted.every((word) => text.split(" ").some((said_) => FINDS[word]?.includes(said_)))),
            ),
          );
          assert.deepEqual((await ask({ teachat: publish(...years) }, wanted.join(" "))).sort(), expected.map(({ id }) => id).sort());
        },
      ),
      { numRuns: 200 },
    ));
});
