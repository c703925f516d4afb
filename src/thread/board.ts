import type { Handle, Notes, Session, Tombstone, Tweet, TweetId } from "../model.ts";
import { guessHosts } from "./hosts.ts";
import { lettersOf } from "./letters.ts";
import { type Parsed, parse } from "./parse.ts";

/** All that placement is made from. No clock, no database: the same input gives the same transcript. */
export interface SessionInput {
  readonly session: Session;
  /** The chat's zone on that day: `at` of the notes is wall clock. */
  readonly zone: string;
  /** The session's hosts, else the chat's. Empty: unknown. */
  readonly hosts: readonly Handle[];
  readonly notes: Notes;
  /** In any order; tweets without a time in the order of their file. */
  readonly tweets: readonly Tweet[];
  /** Those of `tweets` that came in by conversation, without the tag. */
  readonly untagged: ReadonlySet<TweetId>;
  readonly context: readonly Tweet[];
  /** What is left of removed tweets: of the session, and the ids of all that its tweets speak of. None where nothing is said. */
  readonly tombstones?: readonly Tombstone[];
  readonly removed?: ReadonlySet<TweetId>;
}

/** The session's tweets in order, read once and indexed. */
export interface Board {
  readonly input: SessionInput;
  readonly tweets: readonly Parsed[];
  /** Lower case. */
  readonly hosts: ReadonlySet<string>;
  /** Where `hosts` come from. "guessed": neither the session's file nor the chat's names any, so whoever asks the series is taken for one
   *  (hosts.ts). Review, status and thread say so and ask for a name; questions found this way have a confidence of 0.7 at most. */
  readonly hostsAre: "named" | "guessed" | "unknown";
  /** Place in `tweets`, by id and by alias. */
  readonly place: ReadonlyMap<TweetId, number>;
  /** Context tweets by id and by alias. */
  readonly context: ReadonlyMap<TweetId, Tweet>;
  /** Places in `tweets` by author, ascending. */
  readonly byAuthor: ReadonlyMap<string, readonly number[]>;
}

/** Order of the archive: time, then length of id, then id. Tweets without a time keep their order, after none. */
function compareTweets(a: Tweet, b: Tweet): number {
  if (a.time === null || b.time === null) return 0;
  return a.time - b.time || a.id.length - b.id.length || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

export function setBoard(input: SessionInput): Board {
  const ordered = inOrder(input.tweets);
  const letters = lettersOf(ordered.map(({ text }) => text));
  const tweets = ordered.map((tweet) => parse(tweet, letters));
  const place = new Map<TweetId, number>();
  const byAuthor = new Map<string, number[]>();
  for (const [i, p] of tweets.entries()) {
    place.set(p.tweet.id, i);
    for (const id of p.tweet.aliases) place.set(id, i);
    const own = byAuthor.get(p.who);
    if (own === undefined) byAuthor.set(p.who, [i]);
    else own.push(i);
  }
  const context = new Map(input.context.flatMap((t) => [t.id, ...t.aliases].map((id) => [id, t] as const)));
  const named = new Set(input.hosts.map((h) => h.toLowerCase()));
  const hosts = named.size > 0 ? named : guessHosts(tweets);
  const hostsAre = named.size > 0 ? "named" : hosts.size > 0 ? "guessed" : "unknown";
  return { input, tweets, place, byAuthor, context, hosts, hostsAre };
}

/** Timed tweets by time; those without a time after them, as they came. Each once. */
function inOrder(tweets: readonly Tweet[]): Tweet[] {
  const once = [...new Map(tweets.map((t) => [t.id, t])).values()];
  const timed = once.filter((t) => t.time !== null).sort(compareTweets);
  return [...timed, ...once.filter((t) => t.time === null)];
}
