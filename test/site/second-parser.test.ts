import assert from "node:assert/strict";
import { describe, it } from "node:test";
import ICAL from "ical.js";
import { parseChat } from "../../src/config/chat.ts";
import { nextSittings } from "../../src/config/schedule.ts";
import { calendar, upcomingEvents } from "../../src/site/calendar.ts";
import { config } from "./fixture.ts";

/** The weekly chat of 2009 said "noon EST", all summer. */
const chatMd = (more: string): string =>
  `---\ntitle: Social, media; chat\ntags: ["#socialmedia"]\nschedule: { every: Tuesday, at: "12:00", zone: America/New_York${more} }\n---\n`;

/** What ical.js, a parser written by others, reads in the calendar of the sittings from `now` on. */
function read(now: string, more = "") {
  const chat = parseChat(chatMd(more), "chat.md", "socialmedia");
  const upcoming = nextSittings(chat, Date.parse(now), 12);
  const text = calendar("Chats", upcomingEvents({ chat, sessions: [], upcoming }, config));
  const events = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents("vevent").map((one) => new ICAL.Event(one));
  return events.map((event) => ({
    uid: event.uid,
    summary: event.summary,
    start: event.startDate.toJSDate().toISOString().slice(0, 16),
    end: event.endDate.toJSDate().toISOString().slice(0, 16),
    repeats: event.isRecurring(),
  }));
}

describe("another parser reads in the calendar", () => {
  it("that the chat of 21 July 2009, at noon in New York, begins at 16:00 UTC", () => {
    const [first] = read("2009-07-21T00:00:00Z");
    assert.deepEqual(first, {
      uid: "socialmedia-2009-07-21@chats.example",
      summary: "Social, media; chat (#socialmedia)",
      start: "2009-07-21T16:00",
      end: "2009-07-21T17:00",
      repeats: false,
    });
  });

  it("the hour after the end of summer time", () =>
    assert.deepEqual(
      read("2009-10-20T00:00:00Z")
        .slice(0, 3)
        .map(({ start }) => start),
      ["2009-10-20T16:00", "2009-10-27T16:00", "2009-11-03T17:00"],
    ));

  it("nothing on the weeks that are missed, nor before the first or after the last", () => {
    const starts = read("2009-12-01T00:00:00Z", ", from: 2009-12-08, until: 2010-01-12, except: [2009-12-22, 2009-12-29]").map(
      ({ start }) => start,
    );
    assert.deepEqual(starts, ["2009-12-08T17:00", "2009-12-15T17:00", "2010-01-05T17:00", "2010-01-12T17:00"]);
  });
});
