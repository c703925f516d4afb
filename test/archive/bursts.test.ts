import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { burstsOf, outside, type Post } from "../../src/archive/bursts.ts";
import { scheduleOf } from "../../src/archive/found-schedule.ts";

const MINUTE = 60_000;
const at = (when: string): number => Date.parse(`${when}Z`);

/** As many tweets, by so many people, one every other minute. */
const talk = (when: string, tweets: number, people = 5): Post[] =>
  Array.from({ length: tweets }, (_, i) => ({ time: at(when) + i * 2 * MINUTE, who: `p${i % people}` }));
const starts = (...talks: Post[][]): string[] => burstsOf(talks.flat()).map(({ start }) => new Date(start).toISOString().slice(0, 16));

describe("bursts", () => {
  const rows: readonly (readonly [what: string, found: string[], ...talks: Post[][]])[] = [
    ["nothing in nothing", []],
    ["an hour of talk", ["2026-03-03T17:00"], talk("2026-03-03T17:00", 30)],
    ["not nineteen tweets", [], talk("2026-03-03T17:00", 19)],
    ["not what two people say", [], talk("2026-03-03T17:00", 30, 2)],
    [
      "not a quiet evening beside a busy one",
      ["2026-03-03T17:00"],
      talk("2026-03-03T17:00", 30, 9).flatMap((p) => Array(5).fill(p)),
      talk("2026-03-05T17:00", 24),
    ],
    [
      "two evenings, in order of time",
      ["2026-03-03T17:00", "2026-03-10T16:00"],
      talk("2026-03-10T16:00", 30),
      talk("2026-03-03T17:00", 28),
    ],
    ["two sittings of a day", ["2026-03-03T17:00", "2026-03-03T21:30"], talk("2026-03-03T17:00", 30), talk("2026-03-03T21:30", 25)],
    ["one hour where people come early and stay late", ["2026-03-03T17:00"], talk("2026-03-03T16:50", 4), talk("2026-03-03T17:00", 38)],
  ];
  for (const [what, found, ...talks] of rows) it(`find ${what}`, () => assert.deepEqual(starts(...talks), found));

  it("are the same in whatever order the tweets come, and two hours apart", () => {
    const posts = fc.array(
      fc.record({ time: fc.integer({ min: 0, max: 40 }).map((n) => n * 5 * MINUTE), who: fc.constantFrom("a", "b", "c", "d") }),
      { minLength: 60, maxLength: 300 },
    );
    fc.assert(
      fc.property(posts, (all) => {
        const found = burstsOf(all);
        assert.deepEqual(burstsOf(all.toReversed()), found);
        for (const [i, { start }] of found.slice(1).entries()) assert.ok(start - (found[i]?.start ?? 0) >= 120 * MINUTE);
      }),
    );
  });
});

describe("outside the windows", () => {
  it("lies what none of them holds: the beginning belongs to one, the end does not", () => {
    const posts = [0, 9, 10, 14, 19, 20, 24, 25, 40].map((time) => ({ time, who: "a" }));
    const windows = [
      { from: 30, to: 35 },
      { from: 12, to: 14 },
      { from: 10, to: 20 },
      { from: 24, to: 25 },
    ];
    assert.deepEqual(
      [...outside(posts, windows)].map(({ time }) => time),
      [0, 9, 20, 25, 40],
    );
  });
});

describe("the schedule of bursts", () => {
  const of = (zone: string, ...times: string[]) => {
    const found = scheduleOf(
      times.map((when) => ({ start: at(when), tweets: 30, people: 5 })),
      zone,
    );
    return found === null
      ? null
      : [found.every, found.at, found.from, found.others.map(({ start }) => new Date(start).toISOString().slice(0, 10))];
  };
  const NY = "America/New_York";
  it("is none of nothing", () => assert.equal(of(NY), null));
  it("is weekly by the wall clock, through summer time", () =>
    assert.deepEqual(of(NY, "2026-03-03T17:00", "2026-03-10T16:00", "2026-03-31T16:00"), ["Tuesday", "12:00", null, []]));
  it("in UTC the same hours are two: no rhythm where neither has two thirds", () =>
    assert.equal(of("UTC", "2026-03-03T17:00", "2026-03-10T16:00"), null));
  it("is every two weeks from the first one", () =>
    assert.deepEqual(of("UTC", "2026-03-03T17:00", "2026-03-17T17:00", "2026-04-14T17:00"), [
      "2 weeks on Tuesday",
      "17:00",
      "2026-03-03",
      [],
    ]));
  it("is monthly, and a month that met a week late is told apart", () =>
    assert.deepEqual(of(NY, "2020-11-06T18:00", "2020-12-04T18:00", "2021-01-08T18:00", "2021-02-05T18:00"), [
      "first Friday",
      "13:00",
      null,
      ["2021-01-08"],
    ]));
  it("is a guess of one, weekly", () => assert.deepEqual(of("Asia/Tokyo", "2026-03-03T17:00"), ["Wednesday", "02:00", null, []]));
});
