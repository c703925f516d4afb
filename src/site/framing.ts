import { MOST_WEIGHT, weightOf } from "../text/weight.ts";
import { clock, dateWithDay, hours, wallClock, zoneWords } from "./time.ts";
import { list } from "./words.ts";

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

/** What to post before and during the hour, in order of time, each post short enough for X where its words are. */
export function remindersOf(planned: Planned): Reminder[] {
  const { start, minutes, zone, tag, questions } = planned;
  const ask = ({ label, text, at }: Planned["questions"][number]): Reminder => ({
    when: label,
    at,
    posts: [`${label} ${text} ${tag}`],
  });
  return [
    { when: "Now: what it will be about", at: null, posts: framing(planned) },
    { when: "The day before", at: start - DAY, posts: [`Tomorrow: ${tag}, ${hours(zone, start, minutes)}.${about(planned)}`] },
    {
      when: "An hour before",
      at: start - HOUR,
      posts: [`In an hour: ${tag}, at ${clock(zone, start)} ${zoneWords(zone)}.${about(planned)}`],
    },
    { when: "Welcome", at: start, posts: [welcome(planned)] },
    ...questions.map(ask),
    { when: "Goodbye", at: start + (minutes - 2) * MINUTE, posts: [goodbye(planned)] },
  ];
}

const about = ({ title }: Planned): string => (title === null ? "" : ` ${/[.!?…]$/.test(title) ? title : `${title}.`}`);
const people = (handles: readonly string[]): string => list(handles.map((handle) => `@${handle}`));

function welcome({ tag, title, hosts, guests }: Planned): string {
  const host = hosts.length === 0 ? "" : ` Your ${hosts.length === 1 ? "host is" : "hosts are"} ${people(hosts)}.`;
  const guest = guests.length === 0 ? "" : ` With us: ${people(guests)}.`;
  return `Welcome to ${tag}!${title === null ? "" : about({ title } as Planned)}${guest}${host} Say hello, then answer Q1 with A1, Q2 with A2, and keep ${tag} in your tweets.`;
}

const goodbye = ({ tag, url }: Planned): string =>
  `That was our hour. Thank you all! Late answers are welcome: keep ${tag} in them.${url === null ? " The transcript follows." : ` The transcript will be at ${url}`}`;

/** The hour and its questions: one post, or several where X takes no more in one. */
function framing(planned: Planned): string[] {
  const { tag, start, minutes, zone, questions } = planned;
  const opening = `${tag}, ${dateWithDay(zone, start)}, ${hours(zone, start, minutes)}.${about(planned)}`;
  const lines = questions.map(({ label, text, at }) => `${label} (${clock(zone, at)}) ${text}`);
  const posts = fill([opening, ...lines, ...(lines.length === 0 ? [] : [`Answer with A1, A2 … and ${tag}.`])]);
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
export function localTimes({ start, zone }: Pick<Planned, "start" | "zone">, yours: string): string[] {
  const zones = [...new Set([zone, "UTC", yours, ...ZONES])];
  const place = (name: string): string => zoneWords(name).replace(/^in /, ""); // `in New York`
  const named = new Map(zones.map((name) => [place(name), name]));
  return [...named]
    .map(([words, name]) => ({
      words,
      shown: `${wallClock(name, start).weekday.slice(0, 3)} ${clock(name, start)}`,
      offset: offset(name, start),
    }))
    .sort((a, b) => a.offset - b.offset)
    .map(({ words, shown }) => `${shown}  ${words}`);
}

function offset(zone: string, time: number): number {
  const { year, month, day, hour, minute } = wallClock(zone, time);
  return Date.UTC(year, month - 1, day, hour, minute) - time;
}
