import dayjs from "dayjs";
import utc from "dayjs/plugin/utc.js";
import type { PlainDate } from "../model.ts";

dayjs.extend(utc);

const MINUTE = 60_000;
const DAY = 86_400_000;

/** What clocks on the wall show. `time` is `HH:MM`. */
export interface Wall {
  readonly date: PlainDate;
  readonly time: string;
}

/** The date `days` later (earlier where negative). Dates have no zone, so no summer time can shift them. */
export const addDays = (date: PlainDate, days: number): PlainDate => dayjs.utc(date).add(days, "day").format("YYYY-MM-DD");

/** Sunday is 0. */
export const weekdayOf = (date: PlainDate): number => dayjs.utc(date).day();

/** Whole days from one date to another. */
export const daysBetween = (from: PlainDate, to: PlainDate): number => (Date.parse(to) - Date.parse(from)) / DAY;

/** True for a day of the calendar: `2012-02-29`, not `2011-02-29`. */
export function isDate(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** The wall clock in a zone, cut to the minute. */
export function wallOf(ms: number, zone: string): Wall {
  const shown = new Date(shownAsUtc(ms, zone)).toISOString();
  return { date: shown.slice(0, 10), time: shown.slice(11, 16) };
}

/** When a wall clock (`2009-07-21 12:00`) shows its time. One that summer time skips is the first valid minute after it,
 *  one that occurs twice is the first. `dayjs.tz` is not used: in New York it takes the second of two and counts on from a skipped one. */
export function instantOf(wall: string, zone: string): number {
  const shown = Date.parse(`${wall.replace(" ", "T")}Z`);
  const before = offsetAt(shown - DAY, zone);
  const after = offsetAt(shown + DAY, zone);
  const first = shown - Math.max(before, after);
  const second = shown - Math.min(before, after);
  const valid = [first, second].find((ms) => ms + offsetAt(ms, zone) === shown);
  return valid ?? firstWithOffset(after, { above: first, upTo: second, zone });
}

/** The first minute at which a zone has this offset; it has it at `upTo` and not at `above`. */
function firstWithOffset(offset: number, range: { above: number; upTo: number; zone: string }): number {
  let { above, upTo } = range;
  while (upTo - above > MINUTE) {
    const middle = above + Math.floor((upTo - above) / MINUTE / 2) * MINUTE;
    if (offsetAt(middle, range.zone) === offset) upTo = middle;
    else above = middle;
  }
  return upTo;
}

const offsetAt = (ms: number, zone: string): number => shownAsUtc(ms, zone) - Math.floor(ms / 1000) * 1000;

/** What the wall clock of a zone shows at a moment (ms), to the second, read as if it were UTC. */
export function shownAsUtc(ms: number, zone: string): number {
  const shown = Math.floor(ms / 1000) * 1000;
  const hour = Math.floor(ms / HOUR);
  const offset = offsetInHour(hour, zone);
  return offset === null ? askedOf(ms, zone) : shown + offset;
}

const HOUR = 60 * MINUTE;
const offsets = new Map<string, Map<number, number | null>>();

/** The offset that holds for the whole of an hour of UTC, counted from 1970; null: it changes within it. Kept: to ask Intl for the time of
 *  every tweet was a tenth of what a page costs. No zone changes to another offset and back within an hour. */
function offsetInHour(hour: number, zone: string): number | null {
  const kept = offsets.get(zone) ?? new Map<number, number | null>();
  offsets.set(zone, kept);
  let offset = kept.get(hour);
  if (offset === undefined) {
    const [first, last] = [hour * HOUR, (hour + 1) * HOUR - 1000];
    const before = askedOf(first, zone) - first;
    offset = askedOf(last, zone) - last === before ? before : null;
    kept.set(hour, offset);
  }
  return offset;
}

function askedOf(ms: number, zone: string): number {
  // 07/21/2009, 12:00:00
  const [month = 1, day = 1, year = 1970, hour = 0, minute = 0, second = 0] = (clockOf(zone).format(ms).match(/\d+/g) ?? []).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** One formatter a zone, kept: making one costs a hundred times its use. */
function clockOf(zone: string): Intl.DateTimeFormat {
  const kept = clocks.get(zone);
  if (kept !== undefined) return kept;
  const two = "2-digit";
  const form = { year: "numeric", month: two, day: two, hour: two, minute: two, second: two } as const;
  const clock = new Intl.DateTimeFormat("en-US", {
    ...form,
    hourCycle: "h23",
    calendar: "gregory",
    numberingSystem: "latn",
    timeZone: zone,
  });
  clocks.set(zone, clock);
  return clock;
}
