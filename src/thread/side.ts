import type { TweetId } from "../model.ts";
import type { Board } from "./board.ts";
import { openQuestions, type Sides } from "./open.ts";
import type { Parent } from "./parents.ts";
import type { Parsed } from "./parse.ts";
import type { Questions } from "./questions.ts";

// `Side Q:`, `random question`, `off topic, but`, `question for the group`
const NAMED_SIDE = /\b(?:side|random|quick|related|bonus)[ -]?(?:q|question)\b|\boff[ -]topic\b|\bquestion for\b/iu;

/** What came up: tweets that ask besides the numbers; where nothing is numbered, the questions of an open chat. */
export function findSides(board: Board, numbered: Questions, parents: readonly Parent[]): Sides {
  return isOpen(board, numbered) ? openQuestions(board, parents) : { asks: besides(board, numbered, repliers(board, parents)), under: [] };
}

/** No question has a number, and hardly anybody writes one: people just talk. */
function isOpen(board: Board, numbered: Questions): boolean {
  const written = board.tweets.reduce((n, p) => n + (p.own === null ? 0 : 1), 0);
  return numbered.byKey.size === 0 && written * 10 <= board.tweets.length;
}

/** A root that asks, without a number, after the first question, and that at least three others answer by id; two where it names
 *  itself a side question. */
function besides(board: Board, numbered: Questions, repliers: ReadonlyMap<TweetId, ReadonlySet<string>>): TweetId[] {
  const first = numbered.list.find((q) => q.asks.length > 0)?.at ?? null;
  return board.tweets
    .filter((p) => p.question && p.own === null && p.lead.length === 0 && isRoot(p))
    .filter((p) => first === null || (p.tweet.time !== null && p.tweet.time > first))
    .filter((p) => !numbered.byAsk.has(p.tweet.id) && (repliers.get(p.tweet.id)?.size ?? 0) >= (NAMED_SIDE.test(p.tweet.text) ? 2 : 3))
    .map((p) => p.tweet.id);
}

const isRoot = (p: Parsed): boolean => p.retold === null && p.tweet.repostOf === null && p.tweet.replyTo === null;

/** Who else answers each tweet, by the source's own ids. */
function repliers(board: Board, parents: readonly Parent[]): Map<TweetId, Set<string>> {
  const found = new Map<TweetId, Set<string>>();
  for (const [i, { link }] of parents.entries()) {
    const who = board.tweets[i]?.who;
    if (link?.i == null || link.reason !== "id" || who === undefined || who === board.tweets[link.i]?.who) continue;
    const set = found.get(link.parent);
    if (set === undefined) found.set(link.parent, new Set([who]));
    else set.add(who);
  }
  return found;
}
