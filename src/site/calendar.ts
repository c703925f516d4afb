import type { Chat, SiteConfig } from "../model.ts";
import { icsLine, icsText, icsTime } from "../text/ics.ts";
import type { ChatData, SessionData } from "./data.ts";
import { absolute, howPath, sessionPath } from "./paths.ts";
import { scheduleWords } from "./rhythm.ts";
import { type Words, wordsOf } from "./words/words.ts";
import { tagOf } from "./words.ts";

/** One date of a calendar. */
export interface CalendarEvent {
  /** The same for one sitting in every file and every build: a program that knows it changes its entry and makes no second one. */
  readonly uid: string;
  /** When what it says was last changed (DTSTAMP): never the time of the build. */
  readonly stamp: number;
  readonly start: number;
  readonly minutes: number;
  readonly summary: string;
  readonly description: string;
  readonly url: string | null;
}

const MINUTE = 60_000;
/** As many as a page lists. */
const MOST = 12;

/** The dates a chat meets next. Each is a moment in UTC: the rule's zone and its summer time are in it already, no repetition is
 *  left for a calendar to count on, and every program shows it in its reader's own time. */
export function upcomingEvents({ chat, sessions, upcoming }: ChatData, config: SiteConfig): CalendarEvent[] {
  const stamp = changedOf({ chat, sessions });
  const words = wordsOf(config);
  return upcoming.map(({ slug, start, minutes }) => {
    const url = absolute(config, howPath(chat.slug));
    return {
      uid: uidOf(config, chat, slug),
      stamp,
      start,
      minutes,
      summary: `${chat.title} (${tagOf(chat, start)})`,
      description: [scheduleWords(words, chat), onX(words, chat, start), url === null ? null : words.say("eventHow", { link: url })]
        .filter((line) => line !== null)
        .join("\n"),
      url,
    };
  });
}

/** One session, as it was or will be. */
export function sessionEvent({ card, chat }: SessionData, config: SiteConfig): CalendarEvent {
  const { slug, window } = card.session;
  const url = absolute(config, sessionPath(chat.slug, slug));
  const words = wordsOf(config);
  return {
    uid: uidOf(config, chat, slug),
    stamp: card.changed,
    start: window.start,
    minutes: window.minutes,
    summary: card.title.includes("#") ? card.title : `${card.title} (${tagOf(chat, window.start)})`,
    description: [onX(words, chat, window.start), url === null ? null : words.say("eventTranscript", { link: url })]
      .filter((line) => line !== null)
      .join("\n"),
    url,
  };
}

/** The dates of all chats together. */
export const siteEvents = (chats: readonly ChatData[], config: SiteConfig): CalendarEvent[] =>
  chats
    .flatMap((of) => upcomingEvents(of, config))
    .toSorted((a, b) => a.start - b.start || (a.uid < b.uid ? -1 : 1))
    .slice(0, MOST);

/** A calendar as a file (RFC 5545). It holds one event at least: the format knows no empty one. `name`: of one to follow; null: one
 *  to take dates from. */
export const calendar = (name: string | null, events: readonly CalendarEvent[]): string =>
  [
    icsLine("BEGIN", "VCALENDAR"),
    icsLine("VERSION", "2.0"),
    icsLine("PRODID", "-//Chatscribe//Chatscribe//EN"),
    icsLine("CALSCALE", "GREGORIAN"),
    ...(name === null ? [] : [...NAMES.map((key) => icsLine(key, icsText(name))), ...AGAIN.map((key) => icsLine(key, "P1D"))]),
    ...events.map(eventText),
    icsLine("END", "VCALENDAR"),
  ].join("");

/** What it is called, and how often to ask for it: for programs that keep to RFC 7986, and for the others. */
const NAMES = ["NAME", "X-WR-CALNAME"];
const AGAIN = ["REFRESH-INTERVAL;VALUE=DURATION", "X-PUBLISHED-TTL"];

const eventText = ({ uid, stamp, start, minutes, summary, description, url }: CalendarEvent): string =>
  [
    icsLine("BEGIN", "VEVENT"),
    icsLine("UID", icsText(uid)),
    icsLine("DTSTAMP", icsTime(stamp)),
    icsLine("DTSTART", icsTime(start)),
    icsLine("DTEND", icsTime(start + minutes * MINUTE)),
    icsLine("SUMMARY", icsText(summary)),
    icsLine("DESCRIPTION", icsText(description)),
    url === null ? "" : icsLine("URL", url),
    icsLine("END", "VEVENT"),
  ].join("");

/** Unlike that of any other site, as far as the site knows its own address. */
const uidOf = ({ url }: SiteConfig, { slug }: Chat, session: string): string =>
  `${slug}-${session}@${url === null ? "chatscribe.invalid" : new URL(url).hostname}`;

const onX = (words: Words, chat: Chat, time: number): string =>
  words.say("eventOnX", { link: `https://x.com/hashtag/${encodeURIComponent(tagOf(chat, time).slice(1))}` });

/** When what is stored of a chat changed last; without a session, the last date from which its file has a rule hold. */
function changedOf({ chat, sessions }: Pick<ChatData, "chat" | "sessions">): number {
  const said = chat.schedule.map(({ from }) => (from === null ? 0 : Date.parse(from)));
  return Math.max(0, ...(sessions.length === 0 ? said : sessions.map(({ changed }) => changed)));
}
