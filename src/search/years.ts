import { createHash } from "node:crypto";
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
  /** How many tweets it has, and a word for all they say: the same word, the same files. */
  readonly count: number;
  readonly hash: string;
  /** As they are read, oldest first. Asked for once, and only where files are made from them. */
  readonly tweets: readonly SearchTweet[];
}

/** A session whose tweets are at hand. */
export const sessionOf = (slug: string, tweets: readonly SearchTweet[]): SearchSession => ({ slug, tweets, ...rowsStampOf(tweets) });

export const rowsStampOf = (tweets: readonly SearchTweet[]): Pick<SearchSession, "count" | "hash"> => ({
  count: tweets.length,
  hash: hashOf(tweets),
});

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
const FORM = 2;
/** Tweets in a file of texts. */
export const CHUNK = 50;

const hashOf = (value: unknown): string => createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 16);

export const entryOf = ({ year, sessions }: SearchYear): YearEntry => ({
  year,
  inputs: inputsOf(sessions),
  sessions: sessions.map(({ slug, count }) => [slug, count]),
});

export const inputsOf = (sessions: readonly Pick<SearchSession, "slug" | "count" | "hash">[]): string =>
  hashOf([FORM, sessions.map(({ slug, count, hash }) => [slug, count, hash])]);

/** Adds where each term of some tweets stands. `from`: the place of the first of them in its year. */
export function addTerms(found: Map<string, number[]>, tweets: readonly SearchTweet[], from: number): void {
  for (const [index, tweet] of tweets.entries())
    for (const term of termsIn(tweet)) {
      const places = found.get(term);
      if (places === undefined) found.set(term, [from + index]);
      else if (places.at(-1) !== from + index) places.push(from + index);
    }
}

/** All that a tweet is found by, some of it more than once. */
export function termsIn({ author, text, kind }: SearchTweet): string[] {
  const found = terms(text);
  if (author !== "") found.push(fromTerm(author));
  if (kind !== null) found.push(`is:${kind}`);
  return found;
}

/** The texts of a session: `d/2009/2009-07-21-0.json` holds its first 50 tweets as `[id, author, time, text]`. */
export function* chunksOf(year: number, slug: string, tweets: readonly SearchTweet[]): Generator<[path: string, bytes: Uint8Array]> {
  for (let from = 0; from < tweets.length; from += CHUNK) {
    const rows = tweets.slice(from, from + CHUNK).map(({ id, author, time, text }) => [id, author, time, text]);
    yield [chunkPath(year, slug, from / CHUNK), Buffer.from(JSON.stringify(rows))];
  }
}

const chunkPath = (year: number, slug: string, index: number): string => `d/${year}/${slug}-${index}.json`;

export const chunkPathsOf = ({ year, sessions }: YearEntry): string[] =>
  sessions.flatMap(([slug, tweets]) => Array.from({ length: Math.ceil(tweets / CHUNK) }, (_, index) => chunkPath(year, slug, index)));
