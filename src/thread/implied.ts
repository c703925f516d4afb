import { askedText } from "./asks.ts";
import type { Board } from "./board.ts";
import { likeness } from "./likeness.ts";
import { type Parsed, wordsOf } from "./parse.ts";

/** A tweet that asks a number. */
export interface FoundAsk {
  readonly i: number;
  readonly key: string;
  readonly label: string;
  /** An edit says so. */
  readonly edited: boolean;
}

/** So many others have to answer a number nobody asks. */
const WRITERS = 3;

/** What hosts ask, and what they ask without the number or under the one before, as three others and more tell by their answers:
 *  `Q3 …?` twice and `A4` below the second, or `Last question: …?` and `A5`. */
export function withImplied(board: Board, found: readonly FoundAsk[]): FoundAsk[] {
  const list = [...found];
  const noted = new Set(board.input.notes.questions.map(({ number }) => number));
  for (const [n, before] of unasked(board, list)) {
    const first = list.find(({ key }) => key === String(n - 1));
    if (noted.has(n) || (n > 1 && first === undefined)) continue;
    const i = impliedBy(board, { list, first, before });
    if (i === null) continue;
    const known = list.findIndex((ask) => ask.i === i);
    const ask = { i, key: String(n), label: `Q${n}`, edited: false };
    if (known < 0) list.push(ask);
    else list[known] = ask;
  }
  return list.sort((a, b) => a.i - b.i);
}

/** Whole numbers enough people answer and nobody asks, ascending, with the place of the second who does. */
function unasked(board: Board, list: readonly FoundAsk[]): [number, number][] {
  const asked = new Set(list.map(({ key }) => key));
  const writers = new Map<string, Map<string, number>>();
  for (const [i, { own, who }] of board.tweets.entries()) {
    if (own?.where !== "lead" || !/^[1-9]\d?$/.test(own.key) || asked.has(own.key) || board.hosts.has(who)) continue;
    const known = writers.get(own.key) ?? new Map<string, number>();
    writers.set(own.key, known.has(who) ? known : known.set(who, i));
  }
  return [...writers]
    .flatMap(([key, places]): [number, number][] => (places.size < WRITERS ? [] : [[Number(key), [...places.values()][1] ?? 0]]))
    .sort(([a], [b]) => a - b);
}

interface Gap {
  readonly list: readonly FoundAsk[];
  /** The number before it. */
  readonly first: FoundAsk | undefined;
  readonly before: number;
}

/** The place of a second, unlike question under the number before; else of the host's longest question without one. */
function impliedBy(board: Board, { list, first, before }: Gap): number | null {
  const from = first?.i ?? -1;
  const between = (i: number): boolean => i > from && i < before && minutes(board, i, before) <= ANSWERED;
  const again = first === undefined ? undefined : list.find((ask) => between(ask.i) && isOther(board, first, ask));
  if (again !== undefined) return again.i;
  const said = board.input.notes.edits.flatMap(({ ask, tweet }) => (ask === false ? (board.place.get(tweet) ?? []) : []));
  const taken = new Set([...list.map(({ i }) => i), ...said]);
  const bare = board.tweets.flatMap((p, i) =>
    between(i) && !taken.has(i) && board.hosts.has(p.who) && asksBare(p) ? [{ i, length: p.tweet.text.length }] : [],
  );
  return bare.sort((a, b) => b.length - a.length)[0]?.i ?? null;
}

/** Within so many minutes the second one answers. */
const ANSWERED = 15;

function minutes({ tweets }: Board, i: number, j: number): number {
  const [a, b] = [tweets[i]?.tweet.time ?? null, tweets[j]?.tweet.time ?? null];
  return a === null || b === null ? 0 : (b - a) / 60_000;
}

/** The same number, another question. */
function isOther(board: Board, first: FoundAsk, { i, key, edited }: FoundAsk): boolean {
  const [a, b] = [board.tweets[first.i], board.tweets[i]];
  if (edited || key !== first.key || a === undefined || b?.question !== true) return false;
  return likeness(wordsOf(askedText(a)), wordsOf(askedText(b))) < 0.6;
}

/** Asks all, and names no number. */
const asksBare = (p: Parsed): boolean =>
  p.question && p.numbers.length === 0 && p.lead.length === 0 && p.retold === null && p.tweet.replyTo === null && p.tweet.repostOf === null;
