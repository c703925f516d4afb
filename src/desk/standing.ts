import { UserError } from "../errors.ts";
import type { Notes, PlacedTweet, Question, Transcript, TweetId } from "../model.ts";
import type { ReviewEntry } from "../thread/review.ts";

/** How a session stands: what its file says, what comes of that, and what needs a decision, worst first. */
export interface Standing {
  readonly notes: Notes;
  readonly transcript: Transcript;
  readonly entries: readonly ReviewEntry[];
}

/** What an entry is called while it stands: `t2412345678`, `missing number: Q1 and Q3, and nobody asks Q2`. */
export const entryKey = ({ id, kind, why }: ReviewEntry): string => (id === null ? `${kind}: ${why}` : `t${id}`);

/** A tweet of the session, by any of its ids. */
export function tweetIn({ transcript }: Standing, id: TweetId): PlacedTweet {
  const placed = transcript.placed.find(({ tweet }) => tweet.id === id || tweet.aliases.includes(id));
  if (placed === undefined) throw new UserError(`tweet ${id.slice(0, 20)} is none of this session's`);
  return placed;
}

export function questionIn({ transcript }: Standing, anchor: string): Question {
  const question = transcript.questions.find((one) => one.anchor === anchor);
  if (question === undefined) throw new UserError(`there is no question ${anchor.slice(0, 40)} any more`);
  return question;
}

/** What the file says of a tweet already, under whichever of its ids. */
export function saidOf<T extends { readonly tweet: TweetId }>(list: readonly T[], { tweet }: PlacedTweet): T | null {
  return list.find((one) => one.tweet === tweet.id || tweet.aliases.includes(one.tweet)) ?? null;
}

/** Q2; a side question by its first words. */
export const labelOf = ({ label, side, text }: Question): string => (side ? `the side question “${text.slice(0, 40)}”` : label);
