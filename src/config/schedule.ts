import { UserError } from "../errors.ts";
import type { Chat, Notes, PlainDate, ScheduleRule, SessionSlug, SessionWindow } from "../model.ts";
import { fallsOn } from "./rhythm.ts";
import { addDays, instantOf } from "./zone.ts";

export { scheduleInWords } from "./words.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;
/** How far ahead the next sittings are looked for. */
const HORIZON_DAYS = 730;

/** One time a chat meets by its schedule. */
export interface Sitting {
  readonly slug: SessionSlug;
  readonly start: number;
  readonly minutes: number;
  readonly zone: string;
}

/** The sittings that begin on a date (each rule's own zone), in order. Two or more in a day all carry their time in the slug. */
export const sittingsOn = kept(schedule);

/** The function, its answers kept for as long as the chat is: an import asks for each of a million tweets. */
function kept<T>(make: (chat: Chat, date: PlainDate) => T): (chat: Chat, date: PlainDate) => T {
  const chats = new WeakMap<Chat, Map<PlainDate, T>>();
  return (chat, date) => {
    const days = chats.get(chat) ?? new Map<PlainDate, T>();
    const answer = days.get(date) ?? make(chat, date);
    chats.set(chat, days.set(date, answer));
    return answer;
  };
}

function schedule(chat: Chat, date: PlainDate): readonly Sitting[] {
  const rules = chat.schedule.filter((rule) => holdsOn(rule, date) && rule.every !== null && fallsOn(rule.every, date, rule.from));
  // by time, so that one time gives one sitting: of two rules that say it the later wins
  const times = new Map(rules.flatMap((rule) => rule.at.map((time) => [time, rule] as const)));
  const slugOf = (time: string): SessionSlug => (times.size > 1 ? `${date}-${time.replace(":", "")}` : date);
  return [...times]
    .map(([time, { zone, minutes }]) => ({ slug: slugOf(time), start: instantOf(`${date} ${time}`, zone), minutes, zone }))
    .sort((a, b) => a.start - b.start);
}

const isInForce = (rule: ScheduleRule, date: PlainDate): boolean => (rule.from ?? date) <= date && date <= (rule.until ?? date);
const holdsOn = (rule: ScheduleRule, date: PlainDate): boolean => isInForce(rule, date) && !rule.except.includes(date);

/** The sittings from one date to another, both included, in order. */
export function sittingsBetween(chat: Chat, from: PlainDate, to: PlainDate): readonly Sitting[] {
  return [...datesBetween(from, to)].flatMap((date) => sittingsOn(chat, date)).sort((a, b) => a.start - b.start);
}

function* datesBetween(from: PlainDate, to: PlainDate): Generator<PlainDate> {
  for (let date = from; date <= to; date = addDays(date, 1)) yield date;
}

/** The sittings that have not ended, soonest first: at most `count`, at most two years ahead. */
export function nextSittings(chat: Chat, now: number, count: number): readonly Sitting[] {
  const next: Sitting[] = [];
  const from = utcDate(now - longest(chat) * MINUTE - DAY);
  for (const date of datesBetween(from, utcDate(now + HORIZON_DAYS * DAY))) {
    next.push(...sittingsOn(chat, date).filter(({ start, minutes }) => start + minutes * MINUTE > now));
    // one day more than needed: of two zones the later date can begin first
    if (next.length > count && (next[next.length - 1]?.start ?? 0) - (next[count - 1]?.start ?? 0) > 2 * DAY) break;
  }
  return next.sort((a, b) => a.start - b.start).slice(0, count);
}

const utcDate = (ms: number): PlainDate => new Date(ms).toISOString().slice(0, 10);
const longest = (chat: Chat): number => Math.max(...chat.schedule.map(({ minutes }) => minutes));

/** The sitting whose window holds a time. */
export const sittingAt = (chat: Chat, time: number): Sitting | null => belongsTo(sittingsNear(chat, utcDate(time)), time)?.sitting ?? null;

/** The sittings whose windows can hold a time of a day of UTC. */
const sittingsNear = kept((chat, day) => {
  const before = (longest(chat) + chat.grace) * MINUTE + DAY;
  const after = chat.lead * MINUTE + 2 * DAY;
  const sittings = sittingsBetween(chat, utcDate(Date.parse(day) - before), utcDate(Date.parse(day) + after));
  return sittings.map((sitting) => ({ sitting, window: windowOf(chat, sitting) }));
});

const windowOf = ({ lead, grace }: Chat, { start, minutes }: Sitting): SessionWindow => ({ start, minutes, lead, grace });

/** The one whose window [start - lead, end + grace) holds a time. Where they overlap the hour itself wins, then the grace of the earlier. */
export function belongsTo<T extends { readonly window: SessionWindow }>(windows: readonly T[], time: number): T | null {
  let best: T | null = null;
  for (const one of windows) {
    if (holds(one.window, time) && (best === null || precedes(one.window, best.window, time))) best = one;
  }
  return best;
}

const endOf = ({ start, minutes }: SessionWindow): number => start + minutes * MINUTE;
const holds = (window: SessionWindow, time: number): boolean =>
  window.start - window.lead * MINUTE <= time && time < endOf(window) + window.grace * MINUTE;

function precedes(one: SessionWindow, other: SessionWindow, time: number): boolean {
  const difference = part(one, time) - part(other, time);
  return difference === 0 ? one.start < other.start : difference < 0;
}

/** The hour, the grace after it, the lead before it: in this order they claim a tweet. */
function part(window: SessionWindow, time: number): 0 | 1 | 2 {
  if (time < window.start) return 2;
  return time < endOf(window) ? 0 : 1;
}

/** The rule in force on a date; else the one before it, else the first. */
function ruleOn(chat: Chat, date: PlainDate): ScheduleRule {
  const rules = chat.schedule;
  const rule = rules.findLast((one) => isInForce(one, date)) ?? rules.findLast(({ from }) => from === null || from <= date) ?? rules[0];
  if (rule === undefined) throw new Error(`chat ${chat.slug} has no schedule rule`);
  return rule;
}

/** The chat's zone on a date. */
export const zoneOn = (chat: Chat, date: PlainDate): string => ruleOn(chat, date).zone;

/** A session's window. Its file says it; else what was stored with its first tweet; else the schedule; else the time in its slug.
 *  `where` is the session's file, for the message when none of them does. */
export function sessionWindow(
  chat: Chat,
  slug: SessionSlug,
  notes: Notes | null,
  stored: SessionWindow | null,
  where: string,
): SessionWindow {
  const date = slug.slice(0, 10);
  const { zone, minutes } = ruleOn(chat, date);
  const sitting = sittingsOn(chat, date).find((one) => one.slug === slug);
  const said = notes?.start ?? null;
  const start = said === null ? (stored?.start ?? sitting?.start ?? startOfSlug(slug, zone)) : instantOf(said, sitting?.zone ?? zone);
  if (start === null) throw new UserError(`${where}: ${noStart(chat, date)}`);
  return {
    start,
    minutes: notes?.minutes ?? stored?.minutes ?? sitting?.minutes ?? minutes,
    lead: stored?.lead ?? chat.lead,
    grace: stored?.grace ?? chat.grace,
  };
}

/** `2009-07-21-1900` begins at 19:00. */
function startOfSlug(slug: SessionSlug, zone: string): number | null {
  const time = slug.slice(11);
  return time === "" ? null : instantOf(`${slug.slice(0, 10)} ${time.slice(0, 2)}:${time.slice(2)}`, zone);
}

function noStart(chat: Chat, date: PlainDate): string {
  const several = sittingsOn(chat, date).map(({ slug }) => slug);
  const why =
    several.length === 0
      ? `the schedule of chat "${chat.slug}" has no sitting on ${date}`
      : `on ${date} chat "${chat.slug}" has ${several.join(" and ")}`;
  return `says no start, and ${why}; write start: ${date} 12:00 (the wall clock in ${zoneOn(chat, date)}) in this file`;
}
