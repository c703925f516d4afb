import type { Handle, PlacedTweet, Tweet, TweetId } from "../model.ts";
import type { SessionData } from "./data.ts";

/** Shown tweets by their id. */
export type Held = ReadonlyMap<TweetId, PlacedTweet>;

/** Every tweet a session's pages show as one of its own, oldest first. */
export const shownTweets = ({ transcript }: SessionData): PlacedTweet[] =>
  transcript.placed.filter(({ tweet, placement }) => !placement.hidden && tweet.repostOf === null);

/** The name people have with that handle in this session. */
export function nameOf({ transcript }: SessionData, handle: Handle): string | null {
  const same = ({ author }: Tweet) => author.handle.toLowerCase() === handle.toLowerCase() && author.name !== "";
  const tweet = transcript.placed.find((placed) => !placed.placement.hidden && same(placed.tweet))?.tweet ?? transcript.context.find(same);
  return tweet?.author.name ?? null;
}
