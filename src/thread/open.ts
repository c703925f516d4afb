import type { TweetId } from "../model.ts";
import type { Board } from "./board.ts";
import { findTopics, type Topic } from "./discussions.ts";
import { isGoodbye } from "./goodbye.ts";
import { isGreeting } from "./hello.ts";
import type { Parent } from "./parents.ts";
import { type Parsed, wordsOf } from "./parse.ts";
import { isFlood, isStranger } from "./words.ts";

/** Side questions, oldest first, and what stands under them. */
export interface Sides {
  readonly asks: readonly TweetId[];
  /** By place: the tweet that asks the question a tweet goes on with; null: talk that answers none; undefined: nothing is known. */
  readonly under: readonly (TweetId | null | undefined)[];
}

/** The questions of a chat without numbers: roots that ask, and what a host says or two others take up. */
export function openQuestions(board: Board, parents: readonly Parent[]): Sides {
  const { topics, of } = findTopics(board, parents);
  const asked = new Set(topics.filter((topic) => asks(board, topic)));
  const idOf = (topic: Topic): TweetId | null => (asked.has(topic) ? (board.tweets[topic.root]?.tweet.id ?? null) : null);
  return {
    asks: [...asked].flatMap((topic) => idOf(topic) ?? []),
    under: of.map((topic, i) => {
      if (topic === null) return undefined;
      const id = idOf(topic);
      return id === null && topic.root === i ? undefined : id;
    }),
  };
}

// `Welcome to our monthly chat`
const WELCOME = /^\W*welcome\b/iu;

// `@amy published a book`, `@bob has a new oven`; `@bob agreed` speaks to him
const SPEAKS_OF =
  /^\s*@\w+ (?:just |recently |also )?(?:has|is|was|will|wrote|made|gave|built|did|got|(?!(?:agre|inde|interest|ne)ed\b)\p{L}{2,}ed)\b/u;

/** A statement put to somebody goes on with a talk that began elsewhere. */
const isSaidTo = (p: Parsed): boolean => p.lead.length > 0 && !SPEAKS_OF.test(p.tweet.text);

/** A "?" by a host, by anyone who is answered, or by someone who says more here; else what a host says and somebody takes up beyond doubt,
 *  or two do. */
function asks(board: Board, { root, members, takers, asks: question }: Topic): boolean {
  const p = board.tweets[root];
  if (p === undefined || p.own !== null || p.retold !== null || p.tweet.repostOf !== null || p.tweet.replyTo !== null) return false;
  if (isStranger(board, root) || isFlood(board, root)) return false;
  const host = board.hosts.has(p.who);
  const answered = members.some((i) => board.tweets[i]?.who !== p.who);
  if (question) return wordsOf(p.tweet.text).size >= 3 && (host || answered || (board.byAuthor.get(p.who)?.length ?? 0) > 1);
  return !isSaidTo(p) && !isGreeting(p) && !isGoodbye(p) && !WELCOME.test(p.tweet.text) && takers.size >= (host ? 1 : 2);
}
