import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { PlacedTweet } from "../model.ts";
import { publishChat } from "../search/publish.ts";
import { REMOVED, type SearchSession, type SearchTweet, type SearchYear } from "../search/years.ts";
import { tweetPlain } from "../text/html.ts";
import type { ChatData, SessionCard, SessionData, SiteData } from "./data.ts";
import { searchPath } from "./paths.ts";
import { shownTweets } from "./shown.ts";
import { isoMinute, zoneAt } from "./time.ts";
import { withStones } from "./timeline.ts";

/** The year a session is searched and listed under. */
const yearOf = ({ session }: SessionCard): number => Number(session.slug.slice(0, 4));

/** The years of a chat that have a session. */
export const yearsOf = ({ sessions }: ChatData): number[] => [...new Set(sessions.map(yearOf))];

/** What search knows of a session: what its pages show. */
function searchSession(data: SessionData): SearchSession {
  const zone = zoneAt(data.chat, data.transcript.session.window.start);
  const steps = withStones(shownTweets(data), data.transcript.tombstones);
  return { slug: data.card.session.slug, tweets: steps.map((step) => ("reason" in step ? REMOVED : row(step, zone))) };
}

const row = ({ tweet, placement }: PlacedTweet, zone: string): SearchTweet => ({
  id: tweet.id,
  author: tweet.author.handle,
  time: tweet.time === null ? null : isoMinute(zone, tweet.time),
  text: tweetPlain(tweet, { shown: new Set([tweet.quotes ?? ""]) }),
  kind: placement.asks !== null ? "question" : placement.section === "question" ? "answer" : null,
});

/** The rows of a year of a chat: all that its search files are made from. */
export function searchYear(site: SiteData, { chat, sessions }: ChatData, year: number): SearchYear {
  const own = sessions.filter((card) => yearOf(card) === year);
  return { year, sessions: own.map(({ session }) => searchSession(site.session(chat.slug, session.slug))) };
}

/** Puts the search files of all chats into a built site. */
export async function writeSearch(site: SiteData, out: string): Promise<void> {
  for (const of of site.chats)
    for (const [path, bytes] of publishChat(yearsOf(of), (year) => searchYear(site, of, year))) {
      const to = join(out, searchPath(of.chat.slug), path);
      await mkdir(dirname(to), { recursive: true });
      await writeFile(to, bytes);
    }
}
