import type { Board } from "./board.ts";
import { countBefore } from "./clock.ts";
import type { Parsed } from "./parse.ts";
import { type Likeness, lengthOf, readTexts, startLikeness, type Texts } from "./rank-facts.ts";

/** What has been said so far: the texts, and who answered what as far as it was decided. */
export interface Talk {
  readonly board: Board;
  readonly texts: Texts;
  readonly likeness: Likeness;
  /** Letters of a tweet without handles and links, by its place; counted once. */
  readonly length: (i: number) => number;
  /** By tweet: the place of its parent, -1 for none. */
  readonly parents: Int32Array;
  /** By tweet: the places of those that answer it, ascending. */
  readonly replies: Map<number, number[]>;
}

/** A tweet that another may answer, and how its handles agree with those that one begins with. */
export interface Candidate {
  readonly j: number;
  readonly tweet: Parsed;
  /** 0: the author's latest. */
  readonly rank: number;
  /** Where its author is named: the first handle, a later one, one at the end; or it is by the same author. */
  readonly named: "first" | "later" | "tail" | "own";
  /** Handles at the start of the answer that the candidate has not: who joined in between. */
  readonly extra: number;
  /** Its leading handles, and those among its words, that the answer has not: a reply keeps them unless its author takes them out. */
  readonly lost: number;
  readonly lostAmid: number;
  /** How many a reply to it would have. */
  readonly handles: number;
  /** The words they share, the rarer the more. */
  readonly shared: number;
  /** In minutes. */
  readonly lag: number;
}

/** A tweet and its candidates, newest first within each author. */
export interface Field {
  readonly talk: Talk;
  readonly i: number;
  readonly tweet: Parsed;
  readonly candidates: readonly Candidate[];
  /** The most words that any of them shares. */
  readonly most: number;
  /** The place of the author's last tweet before it; -1 for none. */
  readonly before: number;
}

export function startTalk(board: Board): Talk {
  const texts = readTexts(board);
  const parents = new Int32Array(board.tweets.length).fill(-1);
  const lengths = new Int32Array(board.tweets.length).fill(-1);
  const length = (i: number): number => {
    if (lengths[i] === -1) lengths[i] = lengthOf(board.tweets[i]?.tweet.text ?? "");
    return lengths[i] ?? 0;
  };
  return { board, texts, likeness: startLikeness(texts), length, parents, replies: new Map() };
}

/** Remembers that tweet `i` answers tweet `j`: what comes later is judged by it. */
export function recordReply(talk: Talk, i: number, j: number): void {
  talk.parents[i] = j;
  const known = talk.replies.get(j);
  if (known === undefined) talk.replies.set(j, [i]);
  else known.push(i);
}

/** So many answers to one tweet are looked at; hosts of real chats had seven. */
const ANSWERS = 24;

/** The last that answered `j` before `i` was said: a talk recorded to its end gives every tweet what it gave on the way. */
export function answersTo(talk: Talk, j: number, i: number): readonly number[] {
  const all = talk.replies.get(j);
  if (all === undefined) return NOBODY;
  const end = (all.at(-1) ?? 0) < i ? all.length : countBefore(all, i);
  return end === all.length && end <= ANSWERS ? all : all.slice(Math.max(0, end - ANSWERS), end);
}
const NOBODY: readonly number[] = [];

/** Minutes from one tweet to the next; none between two without a time (pasted text), for ever where only one has one. */
export const minutesBetween = ({ tweet: from }: Parsed, { tweet: to }: Parsed): number =>
  from.time === null || to.time === null ? (from.time === to.time ? 0 : Number.POSITIVE_INFINITY) : (to.time - from.time) / 60_000;
