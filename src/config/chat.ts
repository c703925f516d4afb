import type { Chat, ChatSlug, ScheduleRule } from "../model.ts";
import {
  distinct,
  type Fields,
  fieldsOf,
  lineOf,
  listOf,
  needsQuotes,
  quote,
  read,
  refusal,
  scalarOf,
  type Value,
  wholeOf,
} from "./fields.ts";
import { parseFrontMatter } from "./front-matter.ts";
import { rhythmOf } from "./rhythm.ts";
import { dateOf, handleOf, timeOf } from "./values.ts";
import { zoneOf } from "./zone-names.ts";

/** What may stand in chat.md, and what it says: the reference is made from this. */
export const CHAT_KEYS = {
  title: "its name; without it the first tag",
  tags: 'hashtags in quotes, the first is the main one, as `["#socialmedia"]`; `{ tag: "#old", until: 2020-01-31 }` for one of the past. The only key that must be there',
  hosts: "handles of those who ask the questions, as `[ana_k, bo]`",
  schedule: "when it meets: one rule, or a list of them; without it the chat has the sessions that have a file",
  lead: "minutes before the hour that belong to the session, 0 to 1440 (default 15)",
  grace: "minutes after it, 0 to 10080 (default 30)",
  was: "its old folder names, as `[smchat]`: their addresses lead on to this one",
};
export const RULE_KEYS = {
  every: "`Tuesday`, `day`, `weekday`, `first Friday`, `last Thursday`, `2 weeks on Tuesday` (needs `from`)",
  at: 'the hour on the wall clock in quotes, as `"12:00"`; a list for several sittings a day',
  zone: "the place whose clock that is, as `America/New_York` (default UTC)",
  minutes: "how long (default 60)",
  from: "the first date the rule holds, as `2009-06-02`",
  until: "the last date",
  except: "dates on which the chat does not meet, as `[2009-12-29]`",
};
/** Paths of the site that no chat can have. */
const RESERVED: readonly string[] = ["search", "removal", "assets", "people", "404", "t"];
/** 31 days: longer than any chat. */
export const MOST_MINUTES = 44_640;

/** Reads a chat's file. Throws a UserError that names file, line and what is allowed. */
export function parseChat(text: string, file: string, slug: string): Chat {
  const start = { place: { file, line: 1 } };
  const fault = slugFault(slug);
  if (fault !== null) throw refusal(start, `the folder ${quote(slug)} ${fault}`);
  const { fields: root, body } = parseFrontMatter(text, file);
  const fields = fieldsOf(root, Object.keys(CHAT_KEYS));
  const tags = read(fields, "tags", tagsOf, null);
  if (tags === null) throw refusal(start, 'tags is missing; write the chat\'s hashtags, as tags: ["#example"]');
  return {
    slug,
    title: read(fields, "title", lineOf, tags[0]?.label ?? slug),
    tags,
    hosts: read(fields, "hosts", handlesOf, []),
    schedule: read(fields, "schedule", scheduleOf, [ANY_TIME]),
    lead: read(fields, "lead", (value) => wholeOf(value, 0, 1440), 15),
    grace: read(fields, "grace", (value) => wholeOf(value, 0, 10_080), 30),
    was: read(fields, "was", (value) => oldSlugsOf(value, slug), []),
    about: body,
  };
}

/** The folder name of a new chat: `#Book_Talk!` gives `book_talk-`. null: no letter a-z and no digit is left, as of #日本語. */
export function slugOfTag(tag: string): ChatSlug | null {
  const slug = tag
    .replace(/^[#＃]/, "")
    .toLowerCase()
    .replace(/[^a-z0-9_]/gu, "-");
  return /[a-z0-9]/.test(slug) ? slug : null;
}

/** What is wrong with a chat's slug, as the end of a sentence that begins with it; null: nothing. */
export function slugFault(slug: string): string | null {
  if (!/^[a-z0-9_-]+$/.test(slug)) return "is no name for a chat; use a-z, 0-9, _ and - only";
  return RESERVED.includes(slug) ? "is a path of the site itself; name the chat otherwise" : null;
}

type Tag = Chat["tags"][number];

/** A list of handles, each once whatever its case. */
export function handlesOf(value: Value): readonly string[] {
  const handles = listOf(value, "a list of handles, as [ana_k, bo]").map(handleOf);
  return distinct(value, handles, (handle) => handle.toLowerCase());
}

const TAGS = 'a list of hashtags in quotes, as ["#example"]';

function tagsOf(value: Value): readonly Tag[] {
  const items = listOf(value, TAGS);
  if (items.length === 0) throw refusal(value, `tags is empty; write ${TAGS}`);
  return distinct(value, items.map(tagOf), ({ tag }) => `#${tag}`);
}

function tagOf(value: Value): Tag {
  if (value.kind !== "mapping") return { ...hashtagOf(value), until: null };
  const fields = fieldsOf(value, ["tag", "until"]);
  const tag = fields.get("tag");
  if (tag === undefined) throw refusal(value, 'a tag is missing here; write { tag: "#old", until: 2020-01-31 }');
  return { ...hashtagOf(tag), until: read(fields, "until", dateOf, null) };
}

function hashtagOf(value: Value): { tag: string; label: string } {
  const { text } = scalarOf(value, 'hashtags in quotes, as "#example"');
  const label = text.trim().replace(/^＃/, "#").normalize("NFC");
  if (/^[^#]/.test(label) && isHashtag(`#${label}`)) throw refusal(value, `tags: ${quote(label)} has no #; write ${quote(`#${label}`)}`);
  if (!isHashtag(label))
    throw refusal(value, `tags: ${quote(text)} is no hashtag; after # it has letters, digits and _ only, and not digits alone`);
  return { tag: label.slice(1).toLowerCase(), label };
}

// #example, #book_talk, #caféchat, #日本語; not #2009
const isHashtag = (text: string): boolean => /^#(?:[\p{L}\p{M}\p{N}_·]|\u200c|\u200d){1,100}$/u.test(text) && /[^\p{N}_#]/u.test(text);

const ANY_TIME: ScheduleRule = { every: null, at: [], zone: "UTC", minutes: 60, from: null, until: null, except: [] };

function scheduleOf(value: Value): readonly ScheduleRule[] {
  if (value.kind !== "list") return [ruleOf(value)];
  return value.items.length === 0 ? [ANY_TIME] : value.items.map(ruleOf);
}

function ruleOf(value: Value): ScheduleRule {
  const fields = fieldsOf(value, Object.keys(RULE_KEYS));
  const rule = {
    every: read(fields, "every", rhythmOf, null),
    at: read(fields, "at", timesOf, []),
    zone: read(fields, "zone", zoneOf, ANY_TIME.zone),
    minutes: read(fields, "minutes", (field) => wholeOf(field, 1, MOST_MINUTES), ANY_TIME.minutes),
    from: read(fields, "from", dateOf, null),
    until: read(fields, "until", dateOf, null),
    except: read(fields, "except", datesOf, []),
  };
  checkRule(rule, fields, value);
  return rule;
}

/** What is right alone and wrong together. */
function checkRule(rule: ScheduleRule, fields: Fields, value: Value): void {
  const spot = (key: string): Value => fields.get(key) ?? value;
  if (rule.every !== null && rule.at.length === 0)
    throw refusal(spot("every"), 'schedule.every needs schedule.at, the hour, as at: "12:00"');
  if (rule.every === null && rule.at.length > 0) throw refusal(spot("at"), "schedule.at needs schedule.every, the day, as every: Tuesday");
  if (rule.every?.kind === "weekly" && rule.every.weeks > 1 && rule.from === null) {
    throw refusal(spot("every"), `every ${rule.every.weeks} weeks needs schedule.from, the date of the first one, as from: 2009-06-02`);
  }
  if (rule.from !== null && rule.until !== null && rule.until < rule.from) {
    throw refusal(spot("until"), `schedule.until ${rule.until} is before schedule.from ${rule.from}`);
  }
}

function timesOf(value: Value): readonly string[] {
  if (value.kind !== "list") return [timeOf(value)];
  return distinct(value, value.items.map(timeOf), (time) => time).toSorted();
}

const datesOf = (value: Value): readonly string[] => listOf(value, "a list of dates, as [2009-12-29]").map(dateOf);

function oldSlugsOf(value: Value, slug: ChatSlug): readonly ChatSlug[] {
  const slugs = listOf(value, "a list of old folder names, as [oldname]").map((item) => oldSlugOf(item, slug));
  return distinct(value, slugs, (old) => old);
}

function oldSlugOf(value: Value, slug: ChatSlug): ChatSlug {
  const scalar = scalarOf(value, "an old folder name");
  if (needsQuotes(scalar)) throw refusal(value, `was must be a text: write it in quotes: ${quote(scalar.text)}`);
  const fault = slugFault(scalar.text);
  if (fault !== null) throw refusal(value, `was: ${quote(scalar.text)} ${fault}`);
  if (scalar.text === slug) throw refusal(value, `was: ${quote(slug)} is the chat's name today; remove it`);
  return scalar.text;
}
