import { type Xml, xml, xmlDocument } from "../text/xml.ts";
import { isPublic, type SessionCard } from "./data.ts";
import { absolute, chatPath, howPath, linksPath, REMOVAL, searchPath, sessionPath, tweetPath, yearPath } from "./paths.ts";
import type { Site, YearKey } from "./site.ts";
import { rfc3339 } from "./time.ts";
import { sessionsByYear } from "./years.ts";

/** A page that search engines may list. */
interface Listed {
  readonly path: string;
  /** When it changed last; null: that is not stored. */
  readonly changed: number | null;
}

export interface SitemapFile {
  readonly path: string;
  readonly text: string;
}

/** No sitemap may list more. */
const MOST = 50_000;
const XMLNS = "http://www.sitemaps.org/schemas/sitemap/0.9";

/** sitemap.xml, which names all others, and the one of the pages above all sessions. Nothing without the site's address. `most`: of
 *  sitemapsOfYear. */
export function sitemapsOf(site: Site, most = MOST): SitemapFile[] {
  if (site.config.url === null) return [];
  const chats = site.chats.map(({ chat, sessions }) => ({ chat, cards: sessions.filter(isPublic) }));
  const years = chats.flatMap(({ chat, cards }) =>
    [...sessionsByYear(cards)].map(([year, own]) => ({ chat: chat.slug, year, cards: own })),
  );
  const parts = years.flatMap(({ chat, year, cards }) =>
    Array.from({ length: Math.ceil(lengthOf(cards) / most) }, (_, part) => ({
      path: sitemapPath({ chat, year }, part),
      changed: newest(cards),
    })),
  );
  const entries = [{ path: PAGES, changed: null }, ...parts].map((one) => entryOf(site, "sitemap", one));
  const above: Listed[] = [
    { path: "", changed: null },
    { path: REMOVAL, changed: null },
    { path: searchPath(null), changed: null },
    ...chats.flatMap(({ chat: { slug }, cards }) => [
      { path: chatPath(slug), changed: newest(cards) },
      { path: howPath(slug), changed: null },
      { path: linksPath(slug, null), changed: null },
    ]),
    ...years.map(({ chat, year, cards }) => ({ path: yearPath(chat, year), changed: newest(cards) })),
  ];
  return [
    { path: SITEMAP, text: xmlDocument(xml("sitemapindex", { xmlns: XMLNS }, entries)) },
    { path: PAGES, text: urls(site, above) },
  ];
}

/** What is below a year's sessions: at most so many pages in each. A year of which no session is public has none. */
export function sitemapsOfYear(site: Site, key: YearKey, most = MOST): SitemapFile[] {
  if (site.config.url === null) return [];
  const cards = sessionsByYear(site.chat(key.chat).sessions).get(key.year)?.filter(isPublic) ?? [];
  const pages = cards.flatMap(pagesOf);
  return Array.from({ length: Math.ceil(pages.length / most) }, (_, part) => ({
    path: sitemapPath(key, part),
    text: urls(site, pages.slice(part * most, (part + 1) * most)),
  }));
}

const SITEMAP = "sitemap.xml";
const PAGES = "sitemap-pages.xml";

/** All at the root: a sitemap lists what is below its own folder. `sitemap-tea-2009.xml`, `sitemap-tea-2009.2.xml` */
const sitemapPath = ({ chat, year }: YearKey, part: number): string => `sitemap-${chat}-${year}${part === 0 ? "" : `.${part + 1}`}.xml`;

/** The year that a sitemap is of; null: it is another file. */
export function yearOfSitemap(path: string): YearKey | null {
  const [, chat, year] = /^sitemap-(.+)-([0-9]+)(?:\.[0-9]+)?\.xml$/.exec(path) ?? [];
  return chat === undefined ? null : { chat, year: Number(year) };
}

/** Pages that stand for themselves: no drafts, no people, nothing removed, no second order of the same transcript. */
function pagesOf({ session: { chat, slug }, pages, changed }: SessionCard): Listed[] {
  const paths = [sessionPath(chat, slug), linksPath(chat, slug), ...pages.map((id) => tweetPath(chat, slug, id))];
  return paths.map((path) => ({ path, changed }));
}

const lengthOf = (cards: readonly SessionCard[]): number => cards.reduce((sum, { pages }) => sum + 2 + pages.length, 0);

const newest = (cards: readonly SessionCard[]): number | null =>
  cards.length === 0 ? null : cards.reduce((latest, { changed }) => Math.max(latest, changed), -Infinity);

const urls = (site: Site, pages: readonly Listed[]): string =>
  xmlDocument(
    xml(
      "urlset",
      { xmlns: XMLNS },
      pages.map((page) => entryOf(site, "url", page)),
    ),
  );

function entryOf(site: Site, name: "url" | "sitemap", { path, changed }: Listed): Xml {
  const location = xml("loc", {}, absolute(site.config, path) ?? "");
  return xml(name, {}, changed === null ? [location] : [location, xml("lastmod", {}, rfc3339(changed))]);
}

/** Everything may be read: pages that are not to be listed say so themselves. */
export function robots({ config }: Site): string {
  const map = absolute(config, SITEMAP);
  return ["User-agent: *", "Disallow:", ...(map === null ? [] : ["", `Sitemap: ${map}`]), ""].join("\n");
}
