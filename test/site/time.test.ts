import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { scheduleWords } from "../../src/site/rhythm.ts";
import { isoMinute, zoneAt } from "../../src/site/time.ts";
import { Words } from "../../src/site/words/words.ts";
import { chat } from "./fixture.ts";

const english = new Words("en", {});
const NOON = Date.UTC(2009, 6, 21, 16);

describe("times", () => {
  it("are those of the chat's zone", () => {
    assert.equal(english.clock("America/New_York", NOON), "12:00");
    assert.equal(english.clock("Asia/Kathmandu", NOON), "21:45");
    assert.equal(english.date("Pacific/Auckland", NOON), "22 July 2009");
    assert.equal(english.day("America/New_York", NOON), "Tuesday 21 July 2009");
    assert.equal(isoMinute("America/New_York", NOON + 59_999), "2009-07-21T12:00-04:00");
    assert.equal(isoMinute("Asia/Kathmandu", NOON), "2009-07-21T21:45+05:45");
    assert.equal(isoMinute("UTC", NOON), "2009-07-21T16:00+00:00");
  });

  it("name the hour in words, and in UTC beside it", () => {
    assert.equal(english.hours("America/New_York", NOON, 60), "noon to 1 pm in New York (16:00 to 17:00 UTC)");
    assert.equal(
      english.hours("America/New_York", NOON + 9 * 3_600_000, 90),
      "9 pm to 10:30 pm in New York (Wednesday 01:00 to 02:30 UTC)",
    );
    assert.equal(english.hours("UTC", NOON, 60), "4 pm to 5 pm UTC");
    assert.deepEqual(
      ["00:00", "00:05", "12:30", "23:00"].map((time) => english.hour("UTC", Date.parse(`2009-07-21T${time}Z`))),
      ["midnight", "12:05 am", "12:30 pm", "11 pm"],
    );
  });

  it("follow the rule that held then", () => {
    const [rule] = chat.schedule;
    assert.ok(rule);
    const moved = {
      ...chat,
      schedule: [
        { ...rule, until: "2010-12-31" },
        { ...rule, zone: "Europe/Paris", from: "2011-01-01" },
      ],
    };
    assert.equal(zoneAt(moved, NOON), "America/New_York");
    assert.equal(zoneAt(moved, Date.UTC(2012, 1, 1)), "Europe/Paris");
    assert.equal(zoneAt(moved, Date.UTC(2001, 1, 1)), "Europe/Paris");
  });
});

describe("a schedule in words", () => {
  const [rule] = chat.schedule;
  const words = (change: Partial<NonNullable<typeof rule>>) =>
    rule && scheduleWords(english, { ...chat, schedule: [{ ...rule, ...change }] });

  it("is none without a rhythm", () => assert.equal(words({ every: null, at: [] }), null));

  it("says day, hour, place and length", () => {
    assert.equal(words({}), "Every Tuesday at noon in New York, for an hour");
    assert.equal(
      words({ every: { kind: "weekly", day: 5, weeks: 2 }, at: ["09:00", "19:30"] }),
      "Every second Friday at 9 am and 7:30 pm in New York, for an hour",
    );
    assert.equal(
      words({ every: { kind: "monthly", day: 4, nth: -1 }, minutes: 90, zone: "UTC" }),
      "The last Thursday of the month at noon UTC, for 90 minutes",
    );
    assert.equal(words({ every: { kind: "weekday" }, minutes: 120 }), "Every weekday, Monday to Friday, at noon in New York, for 2 hours");
  });
});
