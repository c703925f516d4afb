import type { PlacedTweet } from "../model.ts";
import { REMOVED, type SearchTweet } from "../search/years.ts";
import { tweetPlain } from "../text/html.ts";
import type { SessionData } from "./data.ts";
import { shownTweets } from "./shown.ts";
import { isoMinute, zoneAt } from "./time.ts";
import { withStones } from "./timeline.ts";

/** What search knows of a session: what its pages show, oldest first. */
export function searchRows(data: SessionData): SearchTweet[] {
  const zone = zoneAt(data.chat, data.transcript.session.window.start);
  const steps = withStones(shownTweets(data), data.transcript.tombstones);
  return steps.map((step) => ("reason" in step ? REMOVED : row(step, zone)));
}

const row = ({ tweet, placement }: PlacedTweet, zone: string): SearchTweet => ({
  id: tweet.id,
  author: tweet.author.handle,
  time: tweet.time === null ? null : isoMinute(zone, tweet.time),
  text: tweetPlain(tweet, { shown: new Set([tweet.quotes ?? ""]) }),
  kind: placement.asks !== null ? "question" : placement.section === "question" ? "answer" : null,
});
