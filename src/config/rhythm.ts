import { didYouMean } from "../errors.ts";
import type { PlainDate, Rhythm } from "../model.ts";
import { quote, refusal, scalarOf, type Value } from "./fields.ts";
import { addDays, daysBetween, weekdayOf } from "./zone.ts";

export const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"] as const;
export const NTH = { first: 1, second: 2, third: 3, fourth: 4, fifth: 5, last: -1 } as const;
const ALLOWED = "a rhythm, as Tuesday, day, weekday, first Friday, last Thursday or 2 weeks on Tuesday";

/** On which days a rule holds its sittings. */
export function rhythmOf(value: Value): Rhythm {
  const { text } = scalarOf(value, value.kind === "list" ? `${ALLOWED}; for two days write two rules` : ALLOWED);
  const words = text.trim().toLowerCase().split(/\s+/);
  const rhythm = fixed(words) ?? monthly(words) ?? weekly(words);
  if (rhythm !== null) return rhythm;
  throw refusal(value, `${value.name} must be ${ALLOWED}, not ${quote(text)}${suggestion(words)}`);
}

const fixed = (words: readonly string[]): Rhythm | null =>
  words.length === 1 && (words[0] === "day" || words[0] === "weekday") ? { kind: words[0] } : null;

/** `first Friday`, `last Thursday` */
function monthly(words: readonly string[]): Rhythm | null {
  const [which = "", name = "", ...rest] = words;
  const day = dayOf(name);
  if (day === null || rest.length > 0 || !isNth(which)) return null;
  return { kind: "monthly", day, nth: NTH[which] };
}

const isNth = (word: string): word is keyof typeof NTH => Object.hasOwn(NTH, word);

/** `Tuesday`, `2 weeks on Tuesday` */
function weekly(words: readonly string[]): Rhythm | null {
  // "tuesday", "2 weeks on tuesday", "1 week on tuesday"
  const [, count = "1", name = ""] = /^(?:([1-9]|[1-4]\d|5[0-2]) weeks? on )?(\w+)$/.exec(words.join(" ")) ?? [];
  const day = dayOf(name);
  return day === null ? null : { kind: "weekly", day, weeks: Number(count) };
}

function dayOf(name: string): number | null {
  const day = DAYS.findIndex((known) => known.toLowerCase() === name);
  return day < 0 ? null : day;
}

/** The same words with the day spelled right: `first Fryday` is close to `first Friday`. */
function suggestion(words: readonly string[]): string {
  const before = words
    .slice(0, -1)
    .filter((word) => isNth(word))
    .join(" ");
  const known = before === "" ? [...DAYS, "day", "weekday"] : DAYS.map((day) => `${before} ${day}`);
  return didYouMean(words.join(" "), known);
}

/** Whether a rhythm falls on a date. `from` anchors "2 weeks on": its first day is the first such weekday from then on. */
export function fallsOn(rhythm: Rhythm, date: PlainDate, from: PlainDate | null): boolean {
  const weekday = weekdayOf(date);
  if (rhythm.kind === "day") return true;
  if (rhythm.kind === "weekday") return weekday !== 0 && weekday !== 6;
  if (weekday !== rhythm.day) return false;
  return rhythm.kind === "monthly" ? isNthOfMonth(date, rhythm.nth) : isWeekOf(date, rhythm, from);
}

function isNthOfMonth(date: PlainDate, nth: number): boolean {
  if (nth === -1) return addDays(date, 7).slice(0, 7) !== date.slice(0, 7);
  return Math.ceil(Number(date.slice(8)) / 7) === nth;
}

function isWeekOf(date: PlainDate, { day, weeks }: { day: number; weeks: number }, from: PlainDate | null): boolean {
  if (weeks === 1 || from === null) return true;
  const first = addDays(from, (day - weekdayOf(from) + 7) % 7);
  return (daysBetween(first, date) / 7) % weeks === 0;
}
