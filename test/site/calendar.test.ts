import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { nextSittings } from "../../src/config/schedule.ts";
import type { Chat } from "../../src/model.ts";
import { type CalendarEvent, calendar, sessionEvent, siteEvents, upcomingEvents } from "../../src/site/calendar.ts";
import type { ChatData } from "../../src/site/data.ts";
import { icsLine, icsText } from "../../src/text/ics.ts";
import { chat, config, site } from "./fixture.ts";
import { icsFaults } from "./ics.ts";

const faultsOf = (text: string): string[] => icsFaults(Buffer.from(text));
const event: CalendarEvent = {
  uid: "tidepool-2009-08-04@chats.example",
  stamp: Date.UTC(2009, 6, 28, 18),
  start: Date.UTC(2009, 7, 4, 16),
  minutes: 60,
  summary: "Tide Pool Chat",
  description: "Who; what, where\\when",
  url: "https://chats.example/tidepool/",
};
const good = calendar("Tide pools", [event, { ...event, uid: "tidepool-2009-08-11@chats.example" }]);

describe("the linter of calendars finds", () => {
  const planted: readonly (readonly [what: string, from: string | RegExp, to: string, fault: RegExp])[] = [
    ["a bare line feed", "VERSION:2.0\r\n", "VERSION:2.0\n", /not CRLF/],
    ["a bare carriage return", "VERSION:2.0\r\n", "VERSION:2.0\r", /not CRLF/],
    ["a file that ends in the middle", /\r\n$/, "", /last line has no CRLF/],
    ["an empty line", "VERSION", "\r\nVERSION", /an empty line/],
    ["a control character", "SUMMARY:Tide", "SUMMARY:Ti\u0001de", /control character/],
    ["a line of 76 octets", /SUMMARY:[^\r]*/, `SUMMARY:${"x".repeat(68)}`, /76 octets/],
    ["a line whose characters are few and octets many", /SUMMARY:[^\r]*/, `SUMMARY:${"é".repeat(40)}`, /88 octets/],
    ["an empty fold", "CALSCALE", "\t\r\nCALSCALE", /empty fold/],
    ["a byte order mark", /^/, "\uFEFF", /byte order mark/],
    ["no version", "VERSION:2.0\r\n", "", /has no VERSION/],
    ["another version", "VERSION:2.0", "VERSION:1.0", /VERSION is not as allowed/],
    ["no product", /PRODID[^\r]*\r\n/, "", /has no PRODID/],
    ["a method without an organiser", "CALSCALE", "METHOD:PUBLISH\r\nCALSCALE", /ORGANIZER/],
    ["an empty calendar", /BEGIN:VEVENT.*END:VEVENT\r\n/s, "", /holds no component/],
    ["no UID", /UID[^\r]*\r\n/, "", /has no UID/],
    ["a UID twice", "2009-08-11@", "2009-08-04@", /UID twice/],
    ["no stamp", /DTSTAMP[^\r]*\r\n/, "", /has no DTSTAMP/],
    ["a stamp without UTC", /DTSTAMP:[^\r]*/, "DTSTAMP:20090728T180000", /DTSTAMP is no moment in UTC/],
    ["no start", /DTSTART[^\r]*\r\n/, "", /has no DTSTART/],
    ["two starts", "DTSTART", "DTSTART:20090804T160000Z\r\nDTSTART", /DTSTART 2 times/],
    ["a zone that no VTIMEZONE tells", /DTSTART:[^\r]*/, "DTSTART;TZID=America/New_York:20090804T120000", /DTSTART is no moment/],
    ["a zone beside UTC", "DTSTART:", "DTSTART;TZID=Etc/UTC:", /DTSTART has TZID/],
    ["a floating time", /DTSTART:[^\r]*/, "DTSTART:20090804T160000", /DTSTART is no moment/],
    ["a day there is none of", /DTSTART:[^\r]*/, "DTSTART:20090230T160000Z", /DTSTART is no moment/],
    ["an end before the start", /DTEND:[^\r]*/, "DTEND:20090804T150000Z", /DTEND is not after/],
    ["no end", /DTEND[^\r]*\r\n/, "", /neither DTEND nor DURATION/],
    ["both an end and a duration", "DTEND", "DURATION:PT1H\r\nDTEND", /DTEND and DURATION/],
    ["a comma", "SUMMARY:Tide", "SUMMARY:Tide, ", /SUMMARY is not escaped/],
    ["a semicolon", "SUMMARY:Tide", "SUMMARY:Tide; ", /SUMMARY is not escaped/],
    ["an escape there is none of", "SUMMARY:Tide", "SUMMARY:\\Tide", /SUMMARY is not escaped/],
    ["an address that is none", /URL:[^\r]*/, "URL:javascript:alert(1)", /URL is no http/],
    ["an interval that does not say what it is", ";VALUE=DURATION", "", /REFRESH-INTERVAL needs VALUE=DURATION/],
    ["a property nobody knows", "SUMMARY:", "SUMMERY:x\r\nSUMMARY:", /SUMMERY not known/],
    ["what is no property", "SUMMARY:", "SUMM ARY:", /no content line/],
    ["an end that closes nothing", "END:VCALENDAR", "END:VEVENT", /closes nothing/],
    ["a calendar within", "BEGIN:VEVENT", "BEGIN:VALARM\r\nEND:VALARM\r\nBEGIN:VEVENT", /VALARM is no VEVENT/],
    ["a property after the events", "END:VCALENDAR", "X-WR-CALNAME:late\r\nEND:VCALENDAR", /after a component/],
  ];
  for (const [what, from, to, fault] of planted)
    it(what, () => {
      const bad = good.replace(from, to);
      assert.notEqual(bad, good);
      assert.ok(
        faultsOf(bad).some((one) => fault.test(one)),
        faultsOf(bad).join("\n"),
      );
    });

  it("half of a character", () => assert.deepEqual(icsFaults(Buffer.from([0x42, 0xc3])), ["not UTF-8"]));
  it("nothing in a good one", () => assert.deepEqual(faultsOf(good), []));
});

describe("a calendar", () => {
  it("holds any text, and gives it back", () => {
    const unfold = (text: string): string => text.replaceAll("\r\n ", "").replace(/\r\n$/, "");
    const read = (text: string): string => text.replaceAll(/\\(.)/g, (_, one: string) => (one === "n" ? "\n" : one));
    const words = fc.array(fc.constantFrom("a", ",", ";", "\\", "\n", "é", "漢", "👩‍🚀", " ", ":", '"', "n"), { maxLength: 120 });
    fc.assert(
      fc.property(words, (parts) => {
        const text = parts.join("");
        const line = icsLine("SUMMARY", icsText(text));
        assert.ok(line.split("\r\n").every((one) => Buffer.byteLength(one) <= 75));
        assert.equal(read(unfold(line).slice("SUMMARY:".length)), text);
        const full = calendar(text, [{ ...event, summary: `s${text}`, description: text }]);
        assert.deepEqual(
          faultsOf(full).filter((fault) => !/NAME is not as allowed/.test(fault)),
          [],
        );
      }),
    );
  });

  it("drops what no calendar can hold", () => assert.equal(icsText("a\u0000b\r\nc\uD800"), "ab\\nc\uFFFD"));

  const yearly: Chat = { ...chat, schedule: chat.schedule.map((rule) => ({ ...rule, from: null })) };
  const dataOf = (now: number, sessions: ChatData["sessions"] = []): ChatData => ({
    chat: yearly,
    sessions,
    upcoming: nextSittings(yearly, now, 12),
  });

  it("follows the clocks of the chat's zone over the end of summer time", () => {
    const starts = upcomingEvents(dataOf(Date.UTC(2009, 9, 20)), config).map(({ start }) => new Date(start).toISOString().slice(0, 16));
    assert.equal(starts.length, 12);
    assert.deepEqual(starts.slice(0, 3), ["2009-10-20T16:00", "2009-10-27T16:00", "2009-11-03T17:00"]);
  });

  it("gives a sitting one name, whenever it is built, before and after it was held", () => {
    const before = upcomingEvents(dataOf(Date.UTC(2009, 6, 1)), config);
    const later = upcomingEvents(dataOf(Date.UTC(2009, 6, 15)), config);
    const held = sessionEvent(site().session("tidepool", "2009-07-21"), config);
    for (const events of [before, later]) assert.equal(events.find(({ start }) => start === held.start)?.uid, held.uid);
    assert.equal(held.uid, "tidepool-2009-07-21@chats.example");
  });

  it("is stamped with what was stored last, not with the build", () => {
    const { sessions } = site().chats[0] ?? assert.fail();
    const stamps = (now: number): Set<number> => new Set(upcomingEvents(dataOf(now, sessions), config).map(({ stamp }) => stamp));
    const last = Math.max(...sessions.map(({ changed }) => changed));
    assert.deepEqual(stamps(Date.UTC(2010, 0, 1)), new Set([last]));
    assert.deepEqual(stamps(Date.UTC(2011, 0, 1)), new Set([last]));
    assert.deepEqual(
      new Set(upcomingEvents(site().chats[0] ?? assert.fail(), { ...config, url: null }).map(({ url }) => url)),
      new Set([null]),
    );
  });

  it("of all chats has the next twelve dates of them, soonest first", () => {
    const of = dataOf(Date.UTC(2009, 6, 1));
    const other = { ...of, chat: { ...of.chat, slug: "other" } };
    const events = siteEvents([of, other], config);
    assert.equal(events.length, 12);
    assert.deepEqual(
      events.slice(0, 3).map(({ uid }) => uid),
      ["other-2009-07-07@chats.example", "tidepool-2009-07-07@chats.example", "other-2009-07-14@chats.example"],
    );
    assert.deepEqual(faultsOf(calendar("All", events)), []);
  });
});
