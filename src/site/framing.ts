import { MOST_WEIGHT, weightOf } from "../text/weight.ts";
import { placeOf, wallClock } from "./time.ts";
import type { Words } from "./words/words.ts";

/** A session to come, as far as its organiser has written it down. Times in milliseconds since 1970. */
export interface Planned {
  /** As its owner writes it: #Chat. */
  readonly tag: string;
  /** null: it has no title of its own. */
  readonly title: string | null;
  /** Handles without @. */
  readonly hosts: readonly string[];
  readonly guests: readonly string[];
  readonly start: number;
  readonly minutes: number;
  readonly zone: string;
  readonly questions: readonly { readonly label: string; readonly text: string; readonly at: number }[];
  /** Of its page to be; null: the site's address is not known. */
  readonly url: string | null;
}

/** Posts to paste at a moment. */
export interface Reminder {
  readonly when: string;
  /** null: at any time before. */
  readonly at: number | null;
  readonly posts: readonly string[];
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** When question `i` of `n` is asked where its file does not say it: the first five minutes in, the others evenly, a quarter of an hour
 *  left for the last. */
export function askedAt(i: number, n: number, { start, minutes }: Pick<Planned, "start" | "minutes">): number {
  const first = Math.min(5, minutes / 4);
  const room = Math.max(0, minutes - first - Math.min(15, minutes / 4));
  return start + Math.round(first + (n < 2 ? 0 : (room * i) / (n - 1))) * MINUTE;
}

/** What to post before and during the hour, in order of time: in the site's language, each post short enough for X where its questions
 *  are. */
export function remindersOf(planned: Planned, words: Words): Reminder[] {
  const { start, minutes, zone, tag, questions } = planned;
  const soon = { tag, time: words.clock(zone, start), zone: words.zone(zone) };
  const tomorrow = { tag, hours: words.hours(zone, start, minutes) };
  return [
    { when: "Now: what it will be about", at: null, posts: framing(planned, words) },
    { when: "The day before", at: start - DAY, posts: [sentences(words.say("postTomorrow", tomorrow), about(planned))] },
    { when: "An hour before", at: start - HOUR, posts: [sentences(words.say("postSoon", soon), about(planned))] },
    { when: "Welcome", at: start, posts: [welcome(planned, words)] },
    ...questions.map(({ label, text, at }) => ({ when: label, at, posts: [`${label} ${text} ${tag}`] })),
    { when: "Goodbye", at: start + (minutes - 2) * MINUTE, posts: [goodbye(planned, words)] },
  ];
}

const sentences = (...parts: readonly string[]): string => parts.filter((part) => part !== "").join(" ");
const about = ({ title }: Planned): string => (title === null || /[.!?…]$/.test(title) ? (title ?? "") : `${title}.`);

function welcome(planned: Planned, words: Words): string {
  const { tag, hosts, guests } = planned;
  const people = (handles: readonly string[]): string => words.list(handles.map((handle) => `@${handle}`));
  return sentences(
    words.say("postWelcome", { tag }),
    about(planned),
    guests.length === 0 ? "" : words.say("postGuests", { guests: people(guests) }),
    hosts.length === 0 ? "" : words.say("postHosts", { n: hosts.length, hosts: people(hosts) }),
    words.say("postHello", { tag }),
  );
}

const goodbye = ({ tag, url }: Planned, words: Words): string =>
  sentences(
    words.say("postGoodbye", { tag }),
    url === null ? words.say("postTranscriptLater") : words.say("postTranscriptAt", { link: url }),
  );

/** The hour and its questions: one post, or several where X takes no more in one. */
function framing(planned: Planned, words: Words): string[] {
  const { tag, start, minutes, zone, questions } = planned;
  const opening = sentences(words.say("postHour", { tag, when: words.when(zone, start, minutes) }), about(planned));
  const lines = questions.map(({ label, text, at }) => words.say("postQuestion", { label, time: words.clock(zone, at), text }));
  const posts = fill([opening, ...lines, ...(lines.length === 0 ? [] : [words.say("postHowToAnswer", { tag })])]);
  return posts.length === 1 ? posts : posts.map((post, i) => `${i + 1}/${posts.length} ${post}${i === 0 ? "" : ` ${tag}`}`);
}

/** Room that `1/3` and the tag of a later post take. */
const MARGIN = 40;

/** Lines as few posts, none broken: one that is too long for a post stands alone. */
function fill(lines: readonly string[]): string[] {
  const posts: string[] = [];
  for (const line of lines) {
    const last = posts.at(-1);
    const longer = last === undefined ? line : `${last}\n${line}`;
    if (last !== undefined && weightOf(longer) <= MOST_WEIGHT - MARGIN) posts[posts.length - 1] = longer;
    else posts.push(line);
  }
  return posts;
}

/** Where chats have people, west to east. */
const ZONES = [
  "America/Los_Angeles",
  "America/Chicago",
  "America/New_York",
  "America/Sao_Paulo",
  "Europe/London",
  "Europe/Berlin",
  "Africa/Lagos",
  "Africa/Johannesburg",
  "Asia/Kolkata",
  "Asia/Singapore",
  "Asia/Tokyo",
  "Australia/Sydney",
];

/** `Tue 11:00  Los Angeles`: when that is elsewhere, the chat's own zone and UTC among them. */
export function localTimes({ start, zone }: Pick<Planned, "start" | "zone">, yours: string, words: Words): string[] {
  const named = new Map([zone, "UTC", yours, ...ZONES].map((name) => [placeOf(name) ?? "UTC", name]));
  return [...named]
    .map(([place, name]) => ({ place, shown: words.weekdayAndClock(name, start), offset: offset(name, start) }))
    .sort((a, b) => a.offset - b.offset)
    .map(({ place, shown }) => `${shown}  ${place}`);
}

function offset(zone: string, time: number): number {
  const { year, month, day, hour, minute } = wallClock(zone, time);
  return Date.UTC(year, month - 1, day, hour, minute) - time;
}
