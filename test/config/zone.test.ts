import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { addDays, daysBetween, instantOf, isDate, wallOf, weekdayOf } from "../../src/config/zone.ts";

const iso = (wall: string, zone: string): string => new Date(instantOf(wall, zone)).toISOString().slice(0, 16);
const shown = (ms: number, zone: string): string => Object.values(wallOf(ms, zone)).join(" ");

describe("a wall clock", () => {
  const cases: readonly (readonly [what: string, wall: string, zone: string, utc: string])[] = [
    ["noon in July", "2009-07-21 12:00", "America/New_York", "2009-07-21T16:00"],
    ["noon in January", "2009-01-20 12:00", "America/New_York", "2009-01-20T17:00"],
    ["UTC", "2009-07-21 12:00", "UTC", "2009-07-21T12:00"],
    ["a quarter of an hour", "2020-05-05 12:00", "Asia/Kathmandu", "2020-05-05T06:15"],
    ["skipped: the first minute after", "2009-03-08 02:30", "America/New_York", "2009-03-08T07:00"],
    ["skipped at its first minute", "2009-03-08 02:00", "America/New_York", "2009-03-08T07:00"],
    ["before the skip", "2009-03-08 01:59", "America/New_York", "2009-03-08T06:59"],
    ["after the skip", "2009-03-08 03:00", "America/New_York", "2009-03-08T07:00"],
    ["twice: the first", "2009-11-01 01:30", "America/New_York", "2009-11-01T05:30"],
    ["twice in London", "2009-10-25 01:30", "Europe/London", "2009-10-25T00:30"],
    ["after the second", "2009-11-01 02:00", "America/New_York", "2009-11-01T07:00"],
    ["half an hour skipped", "2009-10-04 02:15", "Australia/Lord_Howe", "2009-10-03T15:30"],
    ["half an hour twice", "2009-04-05 01:45", "Australia/Lord_Howe", "2009-04-04T14:45"],
    ["skipped in the south", "2009-09-27 02:30", "Pacific/Auckland", "2009-09-26T14:00"],
    ["twice in the south", "2009-04-05 02:30", "Pacific/Auckland", "2009-04-04T13:30"],
    ["midnight skipped", "2018-11-04 00:30", "America/Sao_Paulo", "2018-11-04T03:00"],
    ["a whole day skipped", "2011-12-30 12:00", "Pacific/Apia", "2011-12-30T10:00"],
    ["before that day", "2011-12-29 23:59", "Pacific/Apia", "2011-12-30T09:59"],
    ["after that day", "2011-12-31 00:00", "Pacific/Apia", "2011-12-30T10:00"],
    ["the date line, east", "2020-01-01 00:00", "Pacific/Kiritimati", "2019-12-31T10:00"],
  ];
  for (const [what, wall, zone, utc] of cases) it(`${what}: ${wall} ${zone}`, () => assert.equal(iso(wall, zone), utc));

  it("is cut to the minute", () => {
    assert.deepEqual(wallOf(Date.UTC(2009, 6, 21, 16, 0, 59, 999), "America/New_York"), { date: "2009-07-21", time: "12:00" });
    assert.deepEqual(wallOf(Date.UTC(2009, 6, 21, 4), "America/New_York"), { date: "2009-07-21", time: "00:00" });
  });
});

/** Ours against Intl asked another way: zones and years at random, near the hours when clocks change as well as far from them. */
describe("any zone, any time", () => {
  const zones = fc.constantFrom(...Intl.supportedValuesOf("timeZone"), "UTC");
  const minutes = fc.integer({ min: Date.UTC(2006, 0, 1) / 60_000, max: Date.UTC(2030, 0, 1) / 60_000 });
  const same = { seed: 20_090_721, numRuns: 400 };

  it("wallOf is what Intl shows", () =>
    fc.assert(
      fc.property(zones, minutes, (zone, minute) => {
        const parts = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "short", timeZone: zone });
        assert.equal(shown(minute * 60_000, zone), parts.format(minute * 60_000));
      }),
      same,
    ));

  it("wallOf is what Intl shows where clocks change, whatever was asked before", () =>
    fc.assert(
      fc.property(zones, fc.integer({ min: 2006, max: 2029 }), fc.array(fc.integer({ min: -90, max: 90 })), (zone, year, minutes) => {
        const parts = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "short", timeZone: zone });
        for (const change of changesIn(year, zone))
          for (const near of minutes) assert.equal(shown(change + near * 60_000, zone), parts.format(change + near * 60_000));
      }),
      { ...same, numRuns: 60 },
    ));

  it("instantOf goes back to the first minute that shows it", () =>
    fc.assert(
      fc.property(zones, minutes, (zone, minute) => {
        const ms = instantOf(shown(minute * 60_000, zone), zone);
        assert.equal(shown(ms, zone), shown(minute * 60_000, zone));
        assert.ok(ms <= minute * 60_000);
      }),
      same,
    ));

  it("instantOf is the first minute at or after its wall clock, where clocks change", () =>
    fc.assert(
      fc.property(zones, fc.integer({ min: 2006, max: 2029 }), fc.integer({ min: -90, max: 90 }), (zone, year, near) => {
        for (const change of changesIn(year, zone)) {
          const wall = new Date(Date.parse(`${shown(change - 60_000, zone).replace(" ", "T")}Z`) + near * 60_000);
          const text = wall.toISOString().slice(0, 16).replace("T", " ");
          assert.equal(instantOf(text, zone), firstAtOrAfter(text, zone), `${text} ${zone}`);
        }
      }),
      { ...same, numRuns: 60 },
    ));
});

const HOUR = 3_600_000;
const offset = (ms: number, zone: string): number => Date.parse(`${shown(ms, zone).replace(" ", "T")}Z`) - ms;

/** The minutes of a year at which a zone changes its clocks. */
function changesIn(year: number, zone: string): number[] {
  const changes: number[] = [];
  for (let day = Date.UTC(year, 0, 1); day < Date.UTC(year + 1, 0, 1); day += 24 * HOUR) {
    if (offset(day, zone) === offset(day + 24 * HOUR, zone)) continue;
    let minute = day;
    while (offset(minute, zone) === offset(day, zone)) minute += 60_000;
    changes.push(minute);
  }
  return changes;
}

/** The same by counting minutes. */
function firstAtOrAfter(wall: string, zone: string): number {
  let ms = Date.parse(`${wall.replace(" ", "T")}Z`) - 15 * HOUR;
  while (shown(ms, zone) < wall) ms += 60_000;
  return ms;
}

describe("dates", () => {
  it("refuses what is no day", () => {
    for (const text of ["2009-02-29", "2009-13-01", "2009-7-21", "21.7.2009", "2009-07-21T00:00", "", "0000-00-00"])
      assert.equal(isDate(text), false);
    assert.equal(isDate("2012-02-29"), true);
  });

  it("steps over months, leap days and changes of the clock", () => {
    assert.equal(addDays("2009-03-07", 1), "2009-03-08");
    assert.equal(addDays("2012-02-28", 2), "2012-03-01");
    assert.equal(addDays("2009-01-01", -1), "2008-12-31");
    assert.equal(daysBetween("2009-03-01", "2009-04-01"), 31);
  });

  it("knows the day of the week", () => {
    assert.equal(weekdayOf("2009-07-21"), 2);
    assert.equal(weekdayOf("2009-07-26"), 0);
  });
});
