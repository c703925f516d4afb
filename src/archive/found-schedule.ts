import { DAYS, fallsOn, NTH } from "../config/rhythm.ts";
import { daysBetween, type Wall, wallOf, weekdayOf } from "../config/zone.ts";
import type { PlainDate, Rhythm } from "../model.ts";
import type { Burst } from "./bursts.ts";

/** A rhythm as chat.md says it, and the bursts that do not begin by it. `from`: the first date, where the rhythm counts from one. */
export interface FoundSchedule {
  readonly every: string;
  readonly at: string;
  readonly from: PlainDate | null;
  readonly others: readonly Burst[];
}

/** Of the bursts, how many must begin by a rhythm for it to be one. */
const MOST = 2 / 3;

/** The rhythm in a zone's wall clock that most bursts follow; null: none does. One burst alone is taken for a weekly one. */
export function scheduleOf(bursts: readonly Burst[], zone: string): FoundSchedule | null {
  const begun = bursts.map((burst) => ({ burst, wall: wallOf(burst.start, zone) }));
  const [common = []] = [...Map.groupBy(begun, ({ wall }) => slotOf(wall)).values()].sort((a, b) => b.length - a.length);
  const [first] = common;
  if (first === undefined) return null;
  const { every, rhythm, from } = rhythmOf(common.map(({ wall }) => wall.date));
  const follows = new Set(common.filter(({ wall }) => fallsOn(rhythm, wall.date, from)).map(({ burst }) => burst));
  if (follows.size < bursts.length * MOST) return null;
  return { every, at: first.wall.time, from, others: bursts.filter((burst) => !follows.has(burst)) };
}

const slotOf = ({ date, time }: Wall): string => `${weekdayOf(date)} ${time}`;

/** Dates of one weekday, in order: two of them in one month are weekly or every two weeks; else the place in the month they share. */
function rhythmOf(dates: readonly PlainDate[]): { every: string; rhythm: Rhythm; from: PlainDate | null } {
  const first = dates[0] ?? "";
  const day = weekdayOf(first);
  const steps = dates.slice(1).map((date, i) => daysBetween(dates[i] ?? date, date) / 7);
  const nth = commonest(dates.map(nthOf));
  if (steps.length >= 2 && steps.every((weeks) => weeks >= 4))
    return { every: `${nth} ${DAYS[day]}`, rhythm: { kind: "monthly", day, nth: NTH[nth] }, from: null };
  const weeks = steps.length > 0 && steps.every((step) => step % 2 === 0) ? 2 : 1;
  const every = weeks === 1 ? (DAYS[day] ?? "") : `${weeks} weeks on ${DAYS[day]}`;
  return { every, rhythm: { kind: "weekly", day, weeks }, from: weeks === 1 ? null : first };
}

const nthOf = (date: PlainDate): keyof typeof NTH =>
  (["first", "second", "third", "fourth", "fifth"] as const)[Math.ceil(Number(date.slice(8)) / 7) - 1] ?? "fifth";

/** The first of those that come up most often. */
function commonest<T>(all: readonly T[]): T {
  const [most = []] = [...Map.groupBy(all, (one) => one).values()].sort((a, b) => b.length - a.length);
  return most[0] as T;
}
