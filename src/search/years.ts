import { createHash } from "node:crypto";
import type { Terms } from "./pack.ts";
import { fromTerm, terms } from "./terms.js";

/** A tweet as search finds it. What was removed keeps its place, with empty text and nothing else. */
export interface SearchTweet {
  /** What follows the # in the link to it is `t` and this. */
  readonly id: string;
  /** The author's handle. */
  readonly author: string;
  /** On the wall clock of its chat: 2009-07-21T12:04-04:00; null: not known. */
  readonly time: string | null;
  /** As pages show it. */
  readonly text: string;
  readonly kind: "question" | "answer" | null;
}

export const REMOVED: SearchTweet = { id: "", author: "", time: null, text: "", kind: null };

/** Hidden tweets and reposts are none of its tweets. */
export interface SearchSession {
  readonly slug: string;
  /** As they are read, oldest first. */
  readonly tweets: readonly SearchTweet[];
}

/** The rows of one year, sessions oldest first. */
export interface SearchYear {
  readonly year: number;
  readonly sessions: readonly SearchSession[];
}

/** A year as dir.json tells of it. */
export interface YearEntry {
  readonly year: number;
  /** A hash of its rows: equal, and nothing of its files can differ. */
  readonly inputs: string;
  /** How many tweets each session has, oldest first. A tweet's place in its year counts through them. */
  readonly sessions: readonly (readonly [slug: string, tweets: number])[];
}

/** To be raised when the same rows make other files. */
const FORM = 1;
/** Tweets in a file of texts. */
export const CHUNK = 50;

export const entryOf = ({ year, sessions }: SearchYear): YearEntry => ({
  year,
  inputs: createHash("sha256")
    .update(JSON.stringify([FORM, sessions]))
    .digest("hex")
    .slice(0, 16),
  sessions: sessions.map(({ slug, tweets }) => [slug, tweets.length]),
});

/** Where each term of a year stands. */
export function termsOf({ sessions }: SearchYear): Terms {
  const found = new Map<string, number[]>();
  for (const [place, tweet] of sessions.flatMap((session) => session.tweets).entries())
    for (const term of termsIn(tweet)) {
      const places = found.get(term);
      if (places === undefined) found.set(term, [place]);
      else if (places.at(-1) !== place) places.push(place);
    }
  return found;
}

/** All that a tweet is found by, some of it more than once. */
export function termsIn({ author, text, kind }: SearchTweet): string[] {
  const found = terms(text);
  if (author !== "") found.push(fromTerm(author));
  if (kind !== null) found.push(`is:${kind}`);
  return found;
}

/** The texts of a year: `d/2009/2009-07-21-0.json` holds its first 50 tweets as `[id, author, time, text]`. */
export function* chunksOf({ year, sessions }: SearchYear): Generator<[path: string, bytes: Uint8Array]> {
  for (const { slug, tweets } of sessions)
    for (let from = 0; from < tweets.length; from += CHUNK) {
      const rows = tweets.slice(from, from + CHUNK).map(({ id, author, time, text }) => [id, author, time, text]);
      yield [chunkPath(year, slug, from / CHUNK), Buffer.from(JSON.stringify(rows))];
    }
}

export const chunkPath = (year: number, slug: string, index: number): string => `d/${year}/${slug}-${index}.json`;
