import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { parseChat } from "../../src/config/chat.ts";
import { NO_NOTES } from "../../src/config/notes.ts";
import {
  belongsTo,
  nextSittings,
  scheduleInWords,
  sessionWindow,
  sittingAt,
  sittingsBetween,
  sittingsOn,
  zoneOn,
} from "../../src/config/schedule.ts";
import type { Chat, SessionWindow } from "../../src/model.ts";

const chatOf = (schedule: string, more = ""): Chat =>
  parseChat(`---\ntags: ["#bookish"]\nschedule: ${schedule}\n${more}\n---\n`, "f.md", "bookish");
const utc = (ms: number): string => new Date(ms).toISOString().slice(0, 16);
const at = (text: string): number => Date.parse(`${text}Z`);
const NEW_YORK = '{ every: Tuesday, at: "12:00", zone: America/New_York }';

/** `2009-07-21 2009-07-21T16:00`: slug and start of each sitting. */
const sittings = (schedule: string, from: string, to: string): string[] =>
  sittingsBetween(chatOf(schedule), from, to).map(({ slug, start }) => `${slug} ${utc(start)}`);
const days = (schedule: string, from: string, to: string): string[] => sittingsBetween(chatOf(schedule), from, to).map(({ slug }) => slug);

describe("a session without a start is refused", () => {
  const refuses = (schedule: string, slug: string, message: string): void => {
    const file = `data/chats/bookish/${slug}.md`;
    assert.throws(() => sessionWindow(chatOf(schedule), slug, null, null, file), { name: "UserError", message: `${file}: ${message}` });
  };

  it("on a day the schedule does not have", () =>
    refuses(
      NEW_YORK,
      "2009-07-22",
      'says no start, and the schedule of chat "bookish" has no sitting on 2009-07-22; write start: 2009-07-22 12:00 (the wall clock in America/New_York) in this file',
    ));

  it("on a day that has two", () =>
    refuses(
      '{ every: Tuesday, at: ["12:00", "19:00"] }',
      "2009-07-21",
      'says no start, and on 2009-07-21 chat "bookish" has 2009-07-21-1200 and 2009-07-21-1900; write start: 2009-07-21 12:00 (the wall clock in UTC) in this file',
    ));
});

describe("a schedule", () => {
  it("keeps its hour on the wall across summer time", () =>
    assert.deepEqual(sittings(NEW_YORK, "2009-02-25", "2009-03-15"), ["2009-03-03 2009-03-03T17:00", "2009-03-10 2009-03-10T16:00"]));

  it("noon in New York in July is 16:00 UTC", () => {
    assert.deepEqual(sittingsOn(chatOf(NEW_YORK), "2009-07-21"), [
      { slug: "2009-07-21", start: at("2009-07-21T16:00"), minutes: 60, zone: "America/New_York" },
    ]);
    assert.deepEqual(sittingsOn(chatOf(NEW_YORK), "2009-07-22"), []);
  });

  it("keeps the slug of an hour that was skipped, and takes the first of two", () => {
    const night = '{ every: Sunday, at: "02:30", zone: America/New_York }';
    assert.deepEqual(sittings(night, "2009-03-08", "2009-03-08"), ["2009-03-08 2009-03-08T07:00"]);
    const early = '{ every: Sunday, at: "01:30", zone: America/New_York }';
    assert.deepEqual(sittings(early, "2009-11-01", "2009-11-01"), ["2009-11-01 2009-11-01T05:30"]);
  });

  it("dates sittings by the wall clock of the chat, east and west", () => {
    assert.deepEqual(sittings('{ every: Tuesday, at: "08:00", zone: Pacific/Auckland }', "2009-07-20", "2009-07-22"), [
      "2009-07-21 2009-07-20T20:00",
    ]);
    assert.deepEqual(sittings('{ every: Tuesday, at: "21:00", zone: America/Los_Angeles }', "2009-07-20", "2009-07-22"), [
      "2009-07-21 2009-07-22T04:00",
    ]);
    assert.deepEqual(sittings('{ every: Sunday, at: "02:15", zone: Australia/Lord_Howe }', "2009-10-04", "2009-10-11"), [
      "2009-10-04 2009-10-03T15:30",
      "2009-10-11 2009-10-10T15:15",
    ]);
  });

  it("leaves out exceptions, and what lies before from and after until", () =>
    assert.deepEqual(
      days('{ every: Tuesday, at: "12:00", from: 2009-07-07, until: 2009-07-28, except: [2009-07-14] }', "2009-06-01", "2009-08-31"),
      ["2009-07-07", "2009-07-21", "2009-07-28"],
    ));

  it("names both sittings of a day by their time", () =>
    assert.deepEqual(sittings('{ every: Tuesday, at: ["19:00", "12:00"], zone: America/New_York }', "2009-07-21", "2009-07-21"), [
      "2009-07-21-1200 2009-07-21T16:00",
      "2009-07-21-1900 2009-07-21T23:00",
    ]));

  it("names a sitting by its time only on days that have two", () =>
    assert.deepEqual(days('[{ every: Tuesday, at: "12:00" }, { every: first Tuesday, at: "19:00" }]', "2009-07-01", "2009-07-14"), [
      "2009-07-07-1200",
      "2009-07-07-1900",
      "2009-07-14",
    ]));

  it("meets every day, and every weekday", () => {
    assert.equal(days('{ every: day, at: "12:00" }', "2009-07-01", "2009-07-31").length, 31);
    assert.deepEqual(days('{ every: weekday, at: "12:00" }', "2009-07-17", "2009-07-21"), ["2009-07-17", "2009-07-20", "2009-07-21"]);
  });

  it("meets on the first, fifth and last of a month", () => {
    const year = (every: string) => days(`{ every: ${every}, at: "12:00" }`, "2009-01-01", "2009-12-31");
    assert.deepEqual(year("first Friday").slice(0, 4), ["2009-01-02", "2009-02-06", "2009-03-06", "2009-04-03"]);
    assert.deepEqual(year("last Thursday").slice(0, 4), ["2009-01-29", "2009-02-26", "2009-03-26", "2009-04-30"]);
    assert.deepEqual(year("fifth Friday"), ["2009-01-30", "2009-05-29", "2009-07-31", "2009-10-30"]);
    assert.equal(year("last Thursday").length, 12);
  });

  it("meets every second week across summer time and the end of the year", () => {
    const fortnight = '{ every: 2 weeks on Tuesday, at: "12:00", zone: Europe/London, from: 2009-10-08 }';
    assert.deepEqual(sittings(fortnight, "2009-10-01", "2010-01-31"), [
      "2009-10-13 2009-10-13T11:00",
      "2009-10-27 2009-10-27T12:00",
      "2009-11-10 2009-11-10T12:00",
      "2009-11-24 2009-11-24T12:00",
      "2009-12-08 2009-12-08T12:00",
      "2009-12-22 2009-12-22T12:00",
      "2010-01-05 2010-01-05T12:00",
      "2010-01-19 2010-01-19T12:00",
    ]);
  });

  it("moves to another zone and hour", () => {
    const moved = `
  - { every: Tuesday, at: "12:00", zone: America/New_York, until: 2009-07-14 }
  - { every: Thursday, at: "20:00", zone: Europe/London, from: 2009-07-15 }`;
    assert.deepEqual(sittings(moved, "2009-07-07", "2009-07-23"), [
      "2009-07-07 2009-07-07T16:00",
      "2009-07-14 2009-07-14T16:00",
      "2009-07-16 2009-07-16T19:00",
      "2009-07-23 2009-07-23T19:00",
    ]);
    const chat = chatOf(moved);
    assert.deepEqual(
      ["2009-07-14", "2009-07-15"].map((date) => zoneOn(chat, date)),
      ["America/New_York", "Europe/London"],
    );
    const later = chatOf("[{ zone: Europe/London, from: 2010-01-01, until: 2010-12-31 }, { zone: Asia/Tokyo, from: 2012-01-01 }]");
    assert.deepEqual(
      ["2009-01-01", "2011-01-01", "2013-01-01"].map((date) => zoneOn(later, date)),
      ["Europe/London", "Europe/London", "Asia/Tokyo"],
    );
  });

  it("says one sitting once where two rules overlap; the later rule wins", () =>
    assert.deepEqual(
      sittingsOn(chatOf('[{ every: Tuesday, at: "12:00" }, { every: Tuesday, at: "12:00", minutes: 90, from: 2009-07-01 }]'), "2009-07-21"),
      [{ slug: "2009-07-21", start: at("2009-07-21T12:00"), minutes: 90, zone: "UTC" }],
    ));
});

describe("the next sittings", () => {
  const next = (schedule: string, now: string, count: number): string[] =>
    nextSittings(chatOf(schedule), at(now), count).map(({ slug }) => slug);

  it("begin with the one that is on", () => {
    assert.deepEqual(next(NEW_YORK, "2009-07-21T16:59", 2), ["2009-07-21", "2009-07-28"]);
    assert.deepEqual(next(NEW_YORK, "2009-07-21T17:00", 2), ["2009-07-28", "2009-08-04"]);
  });

  it("are none without a rhythm, or after its end", () => {
    assert.deepEqual(next("[]", "2009-07-21T16:00", 3), []);
    assert.deepEqual(next('{ every: Tuesday, at: "12:00", until: 2009-07-14 }', "2009-07-21T16:00", 3), []);
  });

  it("are looked for two years ahead", () => {
    assert.deepEqual(next('{ every: Tuesday, at: "12:00", from: 2011-07-01 }', "2009-07-21T16:00", 1), ["2011-07-05"]);
    assert.deepEqual(next('{ every: Tuesday, at: "12:00", from: 2011-09-01 }', "2009-07-21T16:00", 1), []);
  });

  it("are in order though the later date begins first", () =>
    assert.deepEqual(
      next(
        '[{ every: Monday, at: "23:00", zone: America/Los_Angeles }, { every: Tuesday, at: "06:00", zone: Pacific/Auckland }]',
        "2009-07-19T00:00",
        3,
      ),
      ["2009-07-21", "2009-07-20", "2009-07-28"],
    ));

  it("hold a chat of several days that is on", () =>
    assert.deepEqual(next('{ every: first Monday, at: "09:00", minutes: 7200 }', "2009-07-10T12:00", 2), ["2009-07-06", "2009-08-03"]));
});

describe("a tweet belongs", () => {
  const slugAt = (chat: Chat, time: string): string | null => sittingAt(chat, at(time))?.slug ?? null;

  it("from the lead to the grace", () => {
    const chat = chatOf(NEW_YORK);
    assert.equal(slugAt(chat, "2009-07-21T15:44:59.999"), null);
    assert.equal(slugAt(chat, "2009-07-21T15:45"), "2009-07-21");
    assert.equal(slugAt(chat, "2009-07-21T17:29:59.999"), "2009-07-21");
    assert.equal(slugAt(chat, "2009-07-21T17:30"), null);
  });

  it("to the hour itself, then to the grace of the earlier", () => {
    const chat = chatOf('{ every: day, at: ["12:00", "13:20"] }');
    assert.equal(slugAt(chat, "2009-07-21T13:04"), "2009-07-21-1200");
    assert.equal(slugAt(chat, "2009-07-21T13:10"), "2009-07-21-1200");
    assert.equal(slugAt(chat, "2009-07-21T13:20"), "2009-07-21-1320");
  });

  it("across midnight, and to a chat of several days", () => {
    const late = chatOf('{ every: Tuesday, at: "23:50", zone: Pacific/Auckland }');
    assert.equal(slugAt(late, "2009-07-21T12:10"), "2009-07-21");
    const long = chatOf('{ every: first Monday, at: "09:00", minutes: 7200 }');
    assert.equal(slugAt(long, "2009-07-11T09:29"), "2009-07-06");
    assert.equal(slugAt(long, "2009-07-11T09:30"), null);
  });

  const window = (start: number, minutes: number, lead: number, grace: number) => ({
    window: { start: start * 60_000, minutes, lead, grace },
  });

  it("to nothing where there is nothing", () => assert.equal(belongsTo([], 0), null));

  it("to one that holds it, an hour before a grace before a lead, whatever the order", () => {
    const windows = fc.array(
      fc.record({ start: fc.integer({ min: 0, max: 300 }), minutes: fc.integer({ min: 1, max: 90 }), lead: fc.nat(30), grace: fc.nat(60) }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(windows, fc.integer({ min: -40, max: 460 }), (made, minute) => {
        const all = made.map(({ start, minutes, lead, grace }) => window(start, minutes, lead, grace));
        const rank = ({ window: { start, minutes, lead, grace } }: { window: SessionWindow }): number => {
          const s = start / 60_000;
          if (minute >= s && minute < s + minutes) return 0;
          if (minute >= s + minutes && minute < s + minutes + grace) return 1;
          return minute < s && minute >= s - lead ? 2 : 3;
        };
        const best = all.filter((one) => rank(one) < 3).toSorted((a, b) => rank(a) - rank(b) || a.window.start - b.window.start)[0];
        for (const order of [all, all.toReversed()]) {
          const found = belongsTo(order, minute * 60_000);
          assert.deepEqual(found && [rank(found), found.window.start], best ? [rank(best), best.window.start] : null);
        }
      }),
      { seed: 20_090_721, numRuns: 500 },
    );
  });
});

describe("a session's window", () => {
  const stored: SessionWindow = { start: at("2009-07-21T10:00"), minutes: 45, lead: 5, grace: 10 };
  const chat = chatOf(NEW_YORK, "lead: 20\ngrace: 40");
  const from = (slug: string, notes: Partial<typeof NO_NOTES> | null, kept: SessionWindow | null) => {
    const { start, ...rest } = sessionWindow(chat, slug, notes && { ...NO_NOTES, ...notes }, kept, "f.md");
    return [utc(start), rest];
  };

  it("is what its file says, before what was stored", () =>
    assert.deepEqual(from("2009-07-21", { start: "2009-07-21 13:00", minutes: 90 }, stored), [
      "2009-07-21T17:00",
      { minutes: 90, lead: 5, grace: 10 },
    ]));

  it("is what was stored, before the schedule", () =>
    assert.deepEqual(from("2009-07-21", { minutes: 90 }, stored), ["2009-07-21T10:00", { minutes: 90, lead: 5, grace: 10 }]));

  it("is the schedule's, before the time in its slug", () => {
    assert.deepEqual(from("2009-07-21", null, null), ["2009-07-21T16:00", { minutes: 60, lead: 20, grace: 40 }]);
    assert.deepEqual(from("2009-07-21", { title: "x" }, null), ["2009-07-21T16:00", { minutes: 60, lead: 20, grace: 40 }]);
  });

  it("is the time in its slug, in the chat's zone", () =>
    assert.deepEqual(from("2009-07-22-1900", null, null), ["2009-07-22T23:00", { minutes: 60, lead: 20, grace: 40 }]));
});

describe("a schedule in words", () => {
  const cases: readonly (readonly [schedule: string, words: string | null])[] = [
    [NEW_YORK, "Every Tuesday, 12:00 to 13:00 in New York"],
    ['{ every: weekday, at: "23:30", minutes: 90 }', "Every weekday, 23:30 to 01:00 UTC"],
    [
      '{ every: first Friday, at: ["9:00", "21:00"], zone: Europe/Paris }',
      "Every first Friday of the month, 09:00 to 10:00 and 21:00 to 22:00 in Paris",
    ],
    ['{ every: 2 weeks on Monday, at: "9:00", from: 2009-06-01 }', "Every 2 weeks on Monday, 09:00 to 10:00 UTC"],
    ['{ every: last Thursday, at: "9:00", minutes: 2880 }', "Every last Thursday of the month, from 09:00 UTC"],
    ['[{ every: Monday, at: "9:00", until: 2009-06-01 }, { every: Friday, at: "9:00" }]', "Every Friday, 09:00 to 10:00 UTC"],
    ["{ zone: Europe/Paris }", null],
  ];
  for (const [schedule, words] of cases) it(`${words}`, () => assert.equal(scheduleInWords(chatOf(schedule), "en"), words));
});
