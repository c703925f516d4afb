import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Stale } from "../search/blocks.js";
import { type Changes, publishChat, publishYear, type ReadFile } from "../search/publish.ts";
import type { SearchSession, SearchYear } from "../search/years.ts";
import type { SessionName, SiteData } from "./data.ts";
import { searchPath } from "./paths.ts";
import { searchRows } from "./search-rows.ts";
import { stockOf } from "./stock.ts";
import { yearOf } from "./years.ts";

/** The years of a chat that have a session. */
export const yearsOf = ({ sessions }: { readonly sessions: readonly SessionName[] }): number[] => [
  ...new Set(sessions.map(({ session }) => yearOf(session.slug))),
];

/** A year of a chat: all that its search files are made from. A session's tweets are read when they are asked for. */
export function searchYear(site: SiteData, chat: string, year: number): SearchYear {
  const stock = stockOf(site);
  const slugs = stock.sessions(chat).flatMap(({ session: { slug } }) => (yearOf(slug) === year ? [slug] : []));
  return {
    year,
    sessions: slugs.map((slug): SearchSession => {
      const more = stock.more(chat, slug);
      if (more === null) throw new Error(`nothing is known of ${chat}/${slug}`);
      return {
        slug,
        ...more.search,
        get tweets() {
          return searchRows(site.session(chat, slug));
        },
      };
    }),
  };
}

/** Puts the search files of all chats into a built site. */
export function writeSearch(site: SiteData, out: string): void {
  for (const { chat } of site.chats) write(wholeSearch(site, chat.slug), join(out, searchPath(chat.slug)));
}

/** What of a chat's search is to be rendered. */
export interface SearchScope {
  readonly chat: string;
  /** Which years are others than those that stand; null: nothing stands. */
  readonly changed: { readonly years: readonly number[]; readonly files: readonly string[] } | null;
}

/** Puts the search files of a chat that are others than those in `out` into a folder. Returns the paths of all its files. */
export function renderSearch(
  site: SiteData,
  { chat, changed }: SearchScope,
  { folder, out }: { readonly folder: string; readonly out: string },
): string[] {
  const root = searchPath(chat);
  const some = changed === null ? null : changedSearch(site, chat, { years: changed.years, out: join(out, root) });
  const files = write(some ?? wholeSearch(site, chat), join(folder, root));
  const stay = some === null || changed === null ? [] : changed.files.filter((file) => !some.has(file.slice(root.length)));
  const made = files.map((path) => root + path);
  // what tells of the others comes last
  return [...stay, ...made].sort((a, b) => Number(a.endsWith("/dir.json")) - Number(b.endsWith("/dir.json")) || (a < b ? -1 : 1));
}

const wholeSearch = (site: SiteData, chat: string) =>
  publishChat(yearsOf({ sessions: stockOf(site).sessions(chat) }), (year) => searchYear(site, chat, year));

/** null: what stands is not as it was written. */
function changedSearch(
  site: SiteData,
  chat: string,
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
    for (const year of years) for (const [path, bytes] of publishYear(searchYear(site, chat, year), read)) changes.set(path, bytes);
    return changes;
  } catch (error) {
    if (error instanceof Stale) return null;
    throw error;
  }
}

/** Writes files as they are made: a chat's may be larger than memory. Returns their paths. */
function write(files: Iterable<readonly [path: string, bytes: Uint8Array | null]>, folder: string): string[] {
  const folders = new Set<string>();
  const written: string[] = [];
  for (const [path, bytes] of files) {
    if (bytes === null) continue;
    const to = join(folder, path);
    // a thousand small files: to wait for each of them takes five times as long
    if (!folders.has(dirname(to))) mkdirSync(dirname(to), { recursive: true });
    folders.add(dirname(to));
    writeFileSync(to, bytes);
    written.push(path);
  }
  return written;
}
