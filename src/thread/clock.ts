import type { Question } from "../model.ts";
import type { Board } from "./board.ts";
import type { Questions } from "./questions.ts";

/** The numbered questions in the order of their times. */
export interface Clock {
  readonly asked: readonly Question[];
  readonly times: readonly number[];
}

export function setClock(questions: Questions): Clock {
  const asked = questions.list.filter((q) => !q.side && q.at !== null).sort((a, b) => (a.at ?? 0) - (b.at ?? 0));
  return { asked, times: asked.map((q) => q.at ?? 0) };
}

/** The place in `asked` of the question asked last at `time`; -1 before the first. */
export const openAt = (clock: Clock, time: number): number => upperBound(clock.times, time) - 1;

/** How much the clock speaks for the question asked `back` places before the open one (-1: the next one), which has been open for
 *  `lag` ms: the logarithm of its share against the open one's. Right after a question most still answer the one before; they are even after
 *  80 s. Fitted to 643 numbered answers of six sessions; as right as the best fixed grace (90 s), but it says how sure it is. */
export function clockWeight(back: number, lag: number): number {
  if (back === 0) return 0;
  const minutes = lag / 60_000;
  if (back === 1) return -1.9 + 2 * Math.exp(-minutes) + 2.2 * Math.exp(-minutes / 3);
  return back < 0 ? -4.2 : -2.8 - 0.1 * back;
}

/** When people wrote a number of their own, oldest first, and which question of the clock it meant. Guesses are never among them. */
export interface NumberedTimes {
  readonly times: readonly number[];
  /** Places in `asked`. */
  readonly meant: readonly number[];
}

export function numberedTimes(board: Board, meant: readonly number[]): NumberedTimes {
  const places = meant.flatMap((k, i) => (k >= 0 && board.tweets[i]?.tweet.time != null ? [i] : []));
  return { times: places.map((i) => board.tweets[i]?.tweet.time ?? 0), meant: places.map((i) => meant[i] ?? 0) };
}

const KERNEL = 90_000;
const REACH = 12;

/** What people are numbering around `time`: exponential kernel of 90 s over the twelve nearest numbers on either side. */
export function votesAround(numbered: NumberedTimes, time: number): ReadonlyMap<number, number> {
  const votes = new Map<number, number>();
  const middle = upperBound(numbered.times, time);
  for (let k = Math.max(0, middle - REACH); k < Math.min(numbered.times.length, middle + REACH); k++) {
    const weight = Math.exp(-Math.abs((numbered.times[k] ?? 0) - time) / KERNEL);
    const meant = numbered.meant[k] ?? 0;
    votes.set(meant, (votes.get(meant) ?? 0) + weight);
  }
  return votes;
}

/** How many of `times` (ascending) are at `time` or earlier. */
function upperBound(times: readonly number[], time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many of `places` (ascending) stand before place `i`. */
export const countBefore = (places: readonly number[], i: number): number => upperBound(places, i - 1);

/** The places of `places` (ascending) before `i`, latest first, at most `most`. */
export function placesBefore(places: readonly number[], i: number, most: number): number[] {
  let n = countBefore(places, i);
  const found: number[] = [];
  while (n > 0 && found.length < most) found.push(places[--n] ?? 0);
  return found;
}
