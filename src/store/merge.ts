import type { Tweet, TweetId } from "../model.ts";

/** One tweet from two tellings of it under one id. Associative, commutative and idempotent, so that imports in any order,
 *  repeated or not, give the same tweet (archive.md, guarantee 3). What its text says is taken from the later edit, of equal
 *  edits from the one that says more. In all other fields something wins over nothing, then the greater value in code units,
 *  which says nothing but is always the same. The author is settled apart. */
export function mergeTweets(a: Tweet, b: Tweet): Tweet {
  const edits = (a.edited ?? -1) - (b.edited ?? -1);
  const shown = <T>(x: T, y: T, compare: (x: T, y: T) => number): T => ((edits || compare(x, y)) >= 0 ? x : y);
  return {
    id: a.id,
    author: a.author,
    time: a.time === null || b.time === null ? (a.time ?? b.time) : Math.min(a.time, b.time),
    text: shown(a.text, b.text, compareLength),
    lang: greater(a.lang, b.lang),
    replyTo: greater(a.replyTo, b.replyTo),
    replyToUser: greater(a.replyToUser, b.replyToUser),
    quotes: greater(a.quotes, b.quotes),
    repostOf: greater(a.repostOf, b.repostOf),
    conversation: greater(a.conversation, b.conversation),
    tags: shown(a.tags, b.tags, compareJson),
    mentions: shown(a.mentions, b.mentions, compareJson),
    links: shown(a.links, b.links, compareJson),
    media: shown(a.media, b.media, compareJson),
    poll: a.poll === null || b.poll === null ? (a.poll ?? b.poll) : compareJson(a.poll, b.poll) >= 0 ? a.poll : b.poll,
    edited: greater(a.edited, b.edited),
    aliases: [...new Set([...a.aliases, ...b.aliases])].sort(compareIds),
    local: a.local && b.local,
    heading: greater(a.heading, b.heading),
  };
}

/** Of null and a value the value, of two values the greater. */
export function greater<T extends string | number>(a: T | null, b: T | null): T | null {
  if (a === null || b === null) return a ?? b;
  return a >= b ? a : b;
}

/** Older ids first: X's grow with time, so the shorter, then the smaller. */
export const compareIds = (a: TweetId, b: TweetId): number => compareLength(a, b);

const compareLength = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
const compareJson = (a: object, b: object): number => compareLength(JSON.stringify(a), JSON.stringify(b));
