import type { Author, Link, Media, Poll, Tweet } from "../model.ts";

/** The columns that a source tells; the repaired ids are ours and set apart. */
export const TWEET_COLUMNS = [
  "id",
  "author",
  "time",
  "text",
  "lang",
  "reply_to",
  "reply_to_user",
  "quotes",
  "repost_of",
  "conversation",
  "tags",
  "mentions",
  "links",
  "media",
  "poll",
  "edited",
  "local",
  "heading",
  "context",
  "reply_to_rounded",
  "repost_of_rounded",
] as const;

/** A row of the table tweet, as its schema says. */
export interface BoundTweet {
  readonly id: string;
  readonly author: string;
  readonly time: number | null;
  readonly text: string;
  readonly lang: string | null;
  readonly reply_to: string | null;
  readonly reply_to_user: string | null;
  readonly quotes: string | null;
  readonly repost_of: string | null;
  readonly conversation: string | null;
  readonly tags: string;
  readonly mentions: string;
  readonly links: string;
  readonly media: string;
  readonly poll: string | null;
  readonly edited: number | null;
  readonly local: number;
  readonly heading: string | null;
  readonly context: number;
  readonly reply_to_rounded: string | null;
  readonly repost_of_rounded: string | null;
}
export interface TweetRow extends BoundTweet {
  readonly reply_to_repaired: string | null;
  readonly repost_of_repaired: string | null;
}

export function columnsOf(
  tweet: Tweet,
  author: string,
  context: boolean,
  rounded: { replyTo: string | null; repostOf: string | null },
): BoundTweet {
  return {
    id: tweet.id,
    author,
    time: tweet.time,
    text: tweet.text,
    lang: tweet.lang,
    reply_to: tweet.replyTo,
    reply_to_user: tweet.replyToUser,
    quotes: tweet.quotes,
    repost_of: tweet.repostOf,
    conversation: tweet.conversation,
    tags: json(tweet.tags),
    mentions: json(tweet.mentions),
    links: json(tweet.links),
    media: json(tweet.media),
    poll: tweet.poll === null ? null : JSON.stringify(tweet.poll),
    edited: tweet.edited,
    local: tweet.local ? 1 : 0,
    heading: tweet.heading,
    context: context ? 1 : 0,
    reply_to_rounded: rounded.replyTo,
    repost_of_rounded: rounded.repostOf,
  };
}

/** Without aliases, which stand in a table of their own. */
export function readTweet(row: BoundTweet, author: Author): Tweet {
  return {
    id: row.id,
    author,
    time: row.time,
    text: row.text,
    lang: row.lang,
    replyTo: row.reply_to,
    replyToUser: row.reply_to_user,
    quotes: row.quotes,
    repostOf: row.repost_of,
    conversation: row.conversation,
    tags: list<string>(row.tags),
    mentions: list<string>(row.mentions),
    links: list<Link>(row.links),
    media: list<Media>(row.media),
    poll: row.poll === null ? null : (JSON.parse(row.poll) as Poll),
    edited: row.edited,
    aliases: [],
    local: row.local === 1,
    heading: row.heading,
  };
}

const json = (list: readonly unknown[]): string => (list.length === 0 ? "[]" : JSON.stringify(list));
const list = <T>(text: string): readonly T[] => (text === "[]" ? [] : (JSON.parse(text) as T[]));
