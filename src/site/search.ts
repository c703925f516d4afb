import { existsSync, readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { PlacedTweet } from "../model.ts";
import { Stale } from "../search/blocks.js";
import { type Changes, publishChat, publishYear, type ReadFile } from "../search/publish.ts";
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
  for (const of of site.chats) await write(new Map(wholeSearch(site, of)), join(out, searchPath(of.chat.slug)));
}

/** What of a chat's search is to be rendered. */
export interface SearchScope {
  readonly chat: string;
  /** Which years are others than those that stand; null: nothing stands. */
  readonly changed: { readonly years: readonly number[]; readonly files: readonly string[] } | null;
}

/** Puts the search files of a chat that are others than those in `out` into a folder. Returns the paths of all its files. */
export async function renderSearch(
  site: SiteData,
  { chat, changed }: SearchScope,
  { folder, out }: { readonly folder: string; readonly out: string },
): Promise<string[]> {
  const of = site.chats.find((one) => one.chat.slug === chat);
  if (of === undefined) throw new Error(`no chat ${chat}`);
  const root = searchPath(chat);
  const some = changed === null ? null : changedSearch(site, of, { years: changed.years, out: join(out, root) });
  const files = some ?? new Map(wholeSearch(site, of));
  await write(files, join(folder, root));
  const stay = some === null || changed === null ? [] : changed.files.filter((file) => !files.has(file.slice(root.length)));
  const made = [...files].flatMap(([path, bytes]) => (bytes === null ? [] : [root + path]));
  // what tells of the others comes last
  return [...stay, ...made].sort((a, b) => Number(a.endsWith("/dir.json")) - Number(b.endsWith("/dir.json")) || (a < b ? -1 : 1));
}

const wholeSearch = (site: SiteData, of: ChatData) => publishChat(yearsOf(of), (year) => searchYear(site, of, year));

/** null: what stands is not as it was written. */
function changedSearch(
  site: SiteData,
  of: ChatData,
  { years, out }: { readonly years: readonly number[]; readonly out: string },
): Changes | null {
  const changes = new Map<string, Uint8Array | null>();
  const read: ReadFile = (path) => {
    const known = changes.get(path);
    if (known !== undefined) return known;
    const file = join(out, path);
    return existsSync(file) ? readFileSync(file) : null;
  };
  try {
    for (const year of years) for (const [path, bytes] of publishYear(searchYear(site, of, year), read)) changes.set(path, bytes);
    return changes;
  } catch (error) {
    if (error instanceof Stale) return null;
    throw error;
  }
}

async function write(files: Changes, folder: string): Promise<void> {
  for (const [path, bytes] of files) {
    if (bytes === null) continue;
    const to = join(folder, path);
    await mkdir(dirname(to), { recursive: true });
    await writeFile(to, bytes);
  }
}
