import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseChat, slugOfTag } from "../../src/config/chat.ts";
import type { Chat } from "../../src/model.ts";
import { type Refusal, refuses } from "./refuses.ts";

const chat = (yaml: string, file = "f.md"): Chat => parseChat(`---\n${yaml}\n---\nAll about books.\n`, file, "bookish");
const tagged = (yaml: string, file = "f.md"): Chat => chat(`tags: ["#bookish"]\n${yaml}`, file);
const rule = (yaml: string): Chat["schedule"][number] | undefined => tagged(`schedule: ${yaml}`).schedule[0];

const KEYS = "(allowed: title, tags, hosts, schedule, lead, grace, was)";
const RHYTHM = "3: schedule.every must be a rhythm, as Tuesday, day, weekday, first Friday, last Thursday or 2 weeks on Tuesday";
const NO_TAG = "is no hashtag; after # it has letters, digits and _ only, and not digits alone";
const NO_HANDLE = "is no handle; it has letters a to z, digits and _, at most 20";
const LEAD = "3: lead must be a whole number from 0 to 1440, not";
const time = (said: string): string => `3: schedule.at must be a time from 00:00 to 23:59, as "12:00", not "${said}"`;
const offset = "is an offset, and offsets know no summer time; write the name of a place, as America/New_York";
const noZone = "is not a zone; write an IANA name, as America/New_York or UTC";

const TAGS: readonly Refusal[] = [
  ["title: x", '1: tags is missing; write the chat\'s hashtags, as tags: ["#example"]'],
  ['tag: ["#bookish"]', `2: unknown key "tag" ${KEYS}; did you mean "tags"?`],
  ["tags:", '2: tags has no value; write a list of hashtags in quotes, as ["#example"]'],
  ["tags: []", '2: tags is empty; write a list of hashtags in quotes, as ["#example"]'],
  ['tags: "#bookish"', '2: tags must be a list of hashtags in quotes, as ["#example"], not "#bookish"'],
  ["tags:\n  - #bookish", '3: tags has no value (what follows # is a comment: put it in quotes); write hashtags in quotes, as "#example"'],
  ["tags: [bookish]", '2: tags: "bookish" has no #; write "#bookish"'],
  ["tags: [2009]", `2: tags: "2009" ${NO_TAG}`],
  ['tags: ["#book club"]', `2: tags: "#book club" ${NO_TAG}`],
  ['tags: ["#2009"]', `2: tags: "#2009" ${NO_TAG}`],
  ['tags: ["#"]', `2: tags: "#" ${NO_TAG}`],
  ['tags: ["#<b>"]', `2: tags: "#<b>" ${NO_TAG}`],
  ['tags: [["#a"]]', '2: tags must be hashtags in quotes, as "#example", not a list'],
  ['tags: ["#a", "#A"]', '2: tags names "#a" twice; keep one'],
  ["tags: [{ until: 2020-01-31 }]", '2: a tag is missing here; write { tag: "#old", until: 2020-01-31 }'],
  ['tags: [{ tag: "#a", until: 2020-02-30 }]', '2: tags.until must be a date, as 2009-07-21, not "2020-02-30"'],
  ['tags: [{ tag: "#a", til: 2020-01-31 }]', '2: unknown key "til" (allowed: tag, until); did you mean "until"?'],
];

const REST: readonly Refusal[] = [
  ["colour: red", `3: unknown key "colour" ${KEYS}`],
  ['tags: ["#again"]', '3: "tags" stands here twice: line 2 has it already; keep one'],
  ["title: 2009", '3: title must be a text: write it in quotes: "2009"'],
  ["hosts: ana", '3: hosts must be a list of handles, as [ana_k, bo], not "ana"'],
  ["hosts: [ana, '@Ana']", '3: hosts names "ana" twice; keep one'],
  ["hosts: [ana k]", `3: hosts: "ana k" ${NO_HANDLE}`],
  ["hosts: [abcdefghijklmnopqrstu]", `3: hosts: "abcdefghijklmnopqrstu" ${NO_HANDLE}`],
  ["hosts: [12345]", '3: hosts: a handle is a text; write it in quotes: "12345"'],
  ["hosts: [[ana]]", "3: hosts must be a handle, not a list"],
  ["lead: -5", `${LEAD} "-5"`],
  ["lead: 15.5", `${LEAD} "15.5"`],
  ["lead: '15'", `${LEAD} the text "15"`],
  ["lead: 1e2", `${LEAD} "1e2"`],
  ["grace: 99999", '3: grace must be a whole number from 0 to 10080, not "99999"'],
  ["grace:", "3: grace has no value; write a whole number from 0 to 10080"],
  ["was: old", '3: was must be a list of old folder names, as [oldname], not "old"'],
  ["was: [Old]", '3: was: "Old" is no name for a chat; use a-z, 0-9, _ and - only'],
  ["was: [../up]", '3: was: "../up" is no name for a chat; use a-z, 0-9, _ and - only'],
  ["was: [search]", '3: was: "search" is a path of the site itself; name the chat otherwise'],
  ["was: [bookish]", '3: was: "bookish" is the chat\'s name today; remove it'],
  ["was: [2009]", '3: was must be a text: write it in quotes: "2009"'],
];

const SCHEDULES: readonly Refusal[] = [
  ["Tuesday", '3: schedule must be keys and values, as { every: … }, not "Tuesday"'],
  ["{ days: Tuesday }", '3: unknown key "days" (allowed: every, at, zone, minutes, from, until, except)'],
  ["{ every: Tuesday }", '3: schedule.every needs schedule.at, the hour, as at: "12:00"'],
  ["{ every: Tuesday, at: [] }", '3: schedule.every needs schedule.at, the hour, as at: "12:00"'],
  ['{ at: "12:00" }', "3: schedule.at needs schedule.every, the day, as every: Tuesday"],
  ["{ every: Tuesday, at: 1200 }", time("1200")],
  ["{ every: Tuesday, at: noon }", time("noon")],
  ['{ every: Tuesday, at: "24:00" }', time("24:00")],
  ['{ every: Tuesday, at: "12:60" }', time("12:60")],
  ['{ every: Tuesday, at: ["12:00", "12:00:00"] }', time("12:00:00")],
  ['{ every: Tuesday, at: ["12:00", 12:00] }', '3: schedule.at names "12:00" twice; keep one'],
  ['{ every: Tusday, at: "12:00" }', `${RHYTHM}, not "Tusday"; did you mean "Tuesday"?`],
  ['{ every: first Fryday, at: "12:00" }', `${RHYTHM}, not "first Fryday"; did you mean "first Friday"?`],
  ['{ every: sixth Friday, at: "12:00" }', `${RHYTHM}, not "sixth Friday"`],
  ['{ every: 0 weeks on Tuesday, at: "12:00" }', `${RHYTHM}, not "0 weeks on Tuesday"`],
  ['{ every: 5, at: "12:00" }', `${RHYTHM}, not "5"`],
  ['{ every: [Tuesday, Friday], at: "12:00" }', `${RHYTHM}; for two days write two rules, not a list`],
  ['{ every: 2 weeks on Tuesday, at: "12:00" }', "3: every 2 weeks needs schedule.from, the date of the first one, as from: 2009-06-02"],
  ["{ minutes: 0 }", '3: schedule.minutes must be a whole number from 1 to 44640, not "0"'],
  ["{ from: 21 July 2009 }", '3: schedule.from must be a date, as 2009-07-21, not "21 July 2009"'],
  ["{ from: 2009-02-29 }", '3: schedule.from must be a date, as 2009-07-21, not "2009-02-29"'],
  ["{ from: 2009-07-21, until: 2009-07-20 }", "3: schedule.until 2009-07-20 is before schedule.from 2009-07-21"],
  ["{ except: 2009-12-29 }", '3: schedule.except must be a list of dates, as [2009-12-29], not "2009-12-29"'],
  ["{ except: [2009-12-32] }", '3: schedule.except must be a date, as 2009-07-21, not "2009-12-32"'],
  ['\n  - { every: Tuesday, at: "12:00" }\n  - every: Friday\n    at: "25:00"', time("25:00").replace("3:", "6:")],
];

const ZONES: readonly Refusal[] = [
  ["EST", "has no summer time: a Tuesday noon in July in New York is EDT; write America/New_York"],
  ["EDT", "is summer time only: a Tuesday noon in January in New York is EST; write America/New_York"],
  ["pst", "has no summer time: a Tuesday noon in July in Los Angeles is PDT; write America/Los_Angeles"],
  ["CET", "has no summer time: a Tuesday noon in July in Berlin is CEST; write Europe/Berlin"],
  ["GMT", "has no summer time: a Tuesday noon in July in London is BST; write Europe/London, or UTC"],
  ["AEST", "has no summer time: a Tuesday noon in January in Sydney is AEDT; write Australia/Sydney"],
  ["NZDT", "is summer time only: a Tuesday noon in July in Auckland is NZST; write Pacific/Auckland"],
  ["IST", "is an abbreviation; write the name of a place: Asia/Kolkata for India, Europe/Dublin for Ireland"],
  ["GMT+1", offset],
  ["UTC-05:00", offset],
  ["+05:30", offset],
  ["Etc/GMT+5", offset],
  ["America/New_Yrok", `${noZone}; did you mean "America/New_York"?`],
  ["america/new_york", `${noZone}; did you mean "America/New_York"?`],
  ["utc", `${noZone}; did you mean "UTC"?`],
  ["New York", noZone],
  ["Mars/Olympus", noZone],
  ["5", noZone],
];

describe("a chat's file refuses", () => {
  for (const [yaml, said] of TAGS) it(yaml, () => refuses((file) => chat(yaml, file), said));
  for (const [yaml, said] of REST) it(yaml, () => refuses((file) => tagged(yaml, file), said));
  for (const [yaml, said] of SCHEDULES) it(`schedule: ${yaml}`, () => refuses((file) => tagged(`schedule: ${yaml}`, file), said));
  for (const [zone, said] of ZONES) {
    it(`zone: ${zone}`, () => refuses((file) => tagged(`schedule: { zone: ${zone} }`, file), `3: zone "${zone}" ${said}`));
  }

  for (const slug of ["search", "removal", "assets", "people", "404", "t"]) {
    it(`the folder ${slug}`, () =>
      refuses(
        (file) => parseChat('---\ntags: ["#a"]\n---\n', file, slug),
        `1: the folder "${slug}" is a path of the site itself; name the chat otherwise`,
      ));
  }

  it("the folder Book Club", () =>
    refuses(
      (file) => parseChat('---\ntags: ["#a"]\n---\n', file, "Book Club"),
      '1: the folder "Book Club" is no name for a chat; use a-z, 0-9, _ and - only',
    ));
});

describe("a chat's file", () => {
  it("needs tags only", () => {
    assert.deepEqual(parseChat('---\ntags: ["#BookIsh"]\n---\n', "f.md", "bookish"), {
      slug: "bookish",
      title: "#BookIsh",
      tags: [{ tag: "bookish", label: "#BookIsh", until: null }],
      hosts: [],
      schedule: [{ every: null, at: [], zone: "UTC", minutes: 60, from: null, until: null, except: [] }],
      lead: 15,
      grace: 30,
      was: [],
      about: "",
    });
  });

  it("says everything", () => {
    const text = `---
title: The Bookish Hour   # a comment
tags: ["#bookish", { tag: "#OldBooks", until: 2020-01-31 }, "#日本語", "#café"]
hosts: [Ana_K, "@bo", "12345"]
schedule: { every: Tuesday, at: "12:00", zone: America/New_York, minutes: 90, from: 2009-06-02, until: 2012-12-31, except: [2009-12-29] }
lead: 0
grace: 45
was: [oldbooks, "2009"]
---
A chat about *books*.
`;
    assert.deepEqual(parseChat(text, "f.md", "bookish"), {
      slug: "bookish",
      title: "The Bookish Hour",
      tags: [
        { tag: "bookish", label: "#bookish", until: null },
        { tag: "oldbooks", label: "#OldBooks", until: "2020-01-31" },
        { tag: "日本語", label: "#日本語", until: null },
        { tag: "café", label: "#café", until: null },
      ],
      hosts: ["Ana_K", "bo", "12345"],
      schedule: [
        {
          every: { kind: "weekly", day: 2, weeks: 1 },
          at: ["12:00"],
          zone: "America/New_York",
          minutes: 90,
          from: "2009-06-02",
          until: "2012-12-31",
          except: ["2009-12-29"],
        },
      ],
      lead: 0,
      grace: 45,
      was: ["oldbooks", "2009"],
      about: "A chat about *books*.",
    });
  });

  it("may have empty lists", () => {
    const { hosts, was, schedule } = tagged("hosts: []\nwas: []\nschedule: []");
    assert.deepEqual([hosts, was, schedule.length], [[], [], 1]);
    assert.deepEqual(rule('{ every: day, at: ["12:00"], except: [] }')?.except, []);
  });

  it("has every rhythm, whatever the case", () => {
    const every = (text: string) => rule(`{ every: ${text}, at: "12:00", from: 2009-06-02 }`)?.every;
    assert.deepEqual(every("day"), { kind: "day" });
    assert.deepEqual(every("weekday"), { kind: "weekday" });
    assert.deepEqual(every("sunday"), { kind: "weekly", day: 0, weeks: 1 });
    assert.deepEqual(every("first Friday"), { kind: "monthly", day: 5, nth: 1 });
    assert.deepEqual(every("fifth Monday"), { kind: "monthly", day: 1, nth: 5 });
    assert.deepEqual(every("Last  Thursday"), { kind: "monthly", day: 4, nth: -1 });
    assert.deepEqual(every("2 weeks on Tuesday"), { kind: "weekly", day: 2, weeks: 2 });
    assert.deepEqual(every("1 week on Tuesday"), { kind: "weekly", day: 2, weeks: 1 });
  });

  it("has hours in or without quotes, one or several, in order", () => {
    const at = (text: string) => rule(`{ every: day, at: ${text} }`)?.at;
    assert.deepEqual(at("12:00"), ["12:00"]);
    assert.deepEqual(at('"9:30"'), ["09:30"]);
    assert.deepEqual(at('["19:00", 9:30]'), ["09:30", "19:00"]);
  });

  it("has zones by their names of today and of yesterday", () => {
    for (const zone of ["UTC", "Asia/Kolkata", "Asia/Calcutta", "Europe/Kyiv", "America/Argentina/Ushuaia", "Australia/Lord_Howe"]) {
      assert.equal(rule(`{ zone: ${zone} }`)?.zone, zone);
    }
  });
});

describe("the slug of a tag", () => {
  const cases: readonly (readonly [tag: string, slug: string | null])[] = [
    ["#SocialHour", "socialhour"],
    ["bookish", "bookish"],
    ["#book_club", "book_club"],
    ["#café4all", "caf-4all"],
    ["#日本語", null],
    ["#本1", "-1"],
    ["#", null],
  ];
  for (const [tag, slug] of cases) it(`${tag} is ${slug}`, () => assert.equal(slugOfTag(tag), slug));
});
