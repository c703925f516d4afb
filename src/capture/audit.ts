import type { Gap } from "../model.ts";
import type { Range } from "../source/network.ts";
import type { PageKeeper } from "./page.ts";
import { patiently } from "./retry.ts";
import { type Run, Stop } from "./run.ts";
import { walkThrough } from "./walk.ts";

const MINUTE = 60_000;
/** So many stretches are read again one by one; more of them are read as one. */
const STRETCHES = 10;

/** Compares what the network counts, minute by minute, with what the walks from `since` on were given. Where it counts more, those
 *  minutes are read again; what is short then is a gap. A network that cannot count proves nothing and refutes nothing. */
export async function audit(
  run: Run,
  keeper: PageKeeper,
  { range, since }: { readonly range: Range; readonly since: number },
): Promise<{ readonly counted: number | null; readonly gaps: readonly Gap[] }> {
  let minutes = await countMinutes(run, range);
  if (minutes === null) return { counted: null, gaps: [] };
  const short = (counted: ReadonlyMap<number, number>): Short[] => {
    const { coverage } = run.store;
    return shortOf(counted, movedBack(coverage.seen(run.key, since), coverage.moved(run.key, since), counted));
  };
  if (short(minutes).length > 0) {
    for (const stretch of stretches(short(minutes), range)) await walkThrough(run, keeper, run.query, stretch);
    if (short(minutes).length > 0) minutes = (await countMinutes(run, range)) ?? minutes;
  }
  const query = run.options.network.words(run.query);
  const gaps = short(minutes).map(({ minute, counted, seen }) => ({
    from: Math.max(minute, range.from),
    to: Math.min(minute + MINUTE, range.to),
    query,
    why: `${run.options.network.name} counts ${counted} and gives ${seen}`,
  }));
  return { counted: total(minutes), gaps };
}

/** Tweets a minute; null: the network does not count here. */
export async function countMinutes(run: Run, range: Range): Promise<ReadonlyMap<number, number> | null> {
  const told = new Map<number, number>();
  try {
    for await (const page of patiently(run, () => run.options.network.count(run.query, range))) {
      run.counts++;
      for (const [begins, n] of page.minutes) told.set(begins, n);
      run.told(page, null);
    }
    return wholeMinutes(told);
  } catch (error) {
    if (error instanceof Stop && (error.reason === "no access" || error.reason === "refused")) return null;
    throw error;
  }
}

/** A range that begins within a minute has a first minute that is shorter. */
function wholeMinutes(told: ReadonlyMap<number, number>): ReadonlyMap<number, number> {
  const minutes = new Map<number, number>();
  for (const [begins, n] of told) {
    const minute = Math.floor(begins / MINUTE) * MINUTE;
    minutes.set(minute, (minutes.get(minute) ?? 0) + n);
  }
  return minutes;
}

export const total = (minutes: ReadonlyMap<number, number>): number => [...minutes.values()].reduce((sum, n) => sum + n, 0);

/** Whether an edited tweet counts in the minute of its edit or in its own is the network's affair: where the one minute has more than
 *  is counted it is taken as seen in the other. */
function movedBack(
  seen: ReadonlyMap<number, number>,
  moved: readonly { readonly seen: number; readonly written: number }[],
  counted: ReadonlyMap<number, number>,
): ReadonlyMap<number, number> {
  const fair = new Map(seen);
  for (const { seen: from, written: to } of moved) {
    if ((fair.get(from) ?? 0) <= (counted.get(from) ?? 0)) continue;
    fair.set(from, (fair.get(from) ?? 0) - 1);
    fair.set(to, (fair.get(to) ?? 0) + 1);
  }
  return fair;
}

interface Short {
  readonly minute: number;
  readonly counted: number;
  readonly seen: number;
}

const shortOf = (minutes: ReadonlyMap<number, number>, seen: ReadonlyMap<number, number>): Short[] =>
  [...minutes]
    .map(([minute, counted]) => ({ minute, counted, seen: seen.get(minute) ?? 0 }))
    .filter((one) => one.counted > one.seen)
    .sort((a, b) => a.minute - b.minute);

/** Neighbouring minutes as one stretch, inside the range. */
function stretches(short: readonly Short[], range: Range): Range[] {
  const joined: { from: number; to: number }[] = [];
  for (const { minute } of short) {
    const last = joined.at(-1);
    if (last !== undefined && last.to === minute) last.to = minute + MINUTE;
    else joined.push({ from: minute, to: minute + MINUTE });
  }
  const inside = joined.map(({ from, to }) => ({ from: Math.max(from, range.from), to: Math.min(to, range.to) }));
  const [first, last] = [inside[0], inside.at(-1)];
  return inside.length > STRETCHES && first !== undefined && last !== undefined ? [{ from: first.from, to: last.to }] : inside;
}
