import type { Question } from "../model.ts";
import type { Board } from "./board.ts";
import type { Questions } from "./questions.ts";

/** When people wrote a number of their own, oldest first, and which question it meant. Guesses are never among them. */
export interface NumberedTimes {
  readonly times: readonly number[];
  readonly numbers: readonly number[];
}

export function numberedTimes(board: Board, questions: Questions): NumberedTimes {
  const times: number[] = [];
  const numbers: number[] = [];
  for (const p of board.tweets) {
    const question = p.own === null ? undefined : questions.byKey.get(p.own.key);
    if (question === undefined || p.tweet.time === null) continue;
    times.push(p.tweet.time);
    numbers.push(question.number);
  }
  return { times, numbers };
}

const KERNEL = 90_000;
const REACH = 12;

/** What people are numbering around `time`: exponential kernel of 90 s over the twelve nearest numbers on either side.
 *  The question that was open 90 s ago counts as one vote. Null where nobody numbers anything. */
export function votesAround(numbered: NumberedTimes, questions: Questions, time: number): { question: Question; share: number } | null {
  const open = openAt(questions, time - KERNEL) ?? openAt(questions, time);
  const votes = new Map<number, number>();
  let total = 0;
  const vote = (number: number, weight: number): void => {
    votes.set(number, (votes.get(number) ?? 0) + weight);
    total += weight;
  };
  const middle = firstAtOrAfter(numbered.times, time);
  for (let k = Math.max(0, middle - REACH); k < Math.min(numbered.times.length, middle + REACH); k++) {
    vote(numbered.numbers[k] ?? 0, Math.exp(-Math.abs((numbered.times[k] ?? 0) - time) / KERNEL));
  }
  if (total < 0.2) return null;
  if (open !== null) vote(open.number, 1);
  const [best] = [...votes].sort((a, b) => b[1] - a[1] || b[0] - a[0]);
  const question = best === undefined ? undefined : questions.byNumber.get(best[0]);
  return best === undefined || question === undefined ? null : { question, share: best[1] / total };
}

function firstAtOrAfter(times: readonly number[], time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The numbered question asked last at `time`; null before the first. */
export function openAt(questions: Questions, time: number): Question | null {
  let open: Question | null = null;
  for (const question of questions.list) if (!question.side && question.at !== null && question.at <= time) open = question;
  return open;
}
