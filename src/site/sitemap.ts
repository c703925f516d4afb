import { type Xml, xml, xmlDocument } from "../text/xml.ts";
import { isPublic, type SessionCard } from "./data.ts";
import { absolute, chatPath, howPath, linksPath, REMOVAL, searchPath, sessionPath, tweetPath, yearPath } from "./paths.ts";
import type { Site } from "./site.ts";
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

/** sitemap.xml; where it would be too long, an index of sitemap-1.xml, sitemap-2.xml, … Nothing without the site's address. */
export function sitemapsOf(site: Site, most = MOST): SitemapFile[] {
  if (site.config.url === null) return [];
  const pages = listed(site);
  const chunk = (index: number): Listed[] => pages.slice(index * most, (index + 1) * most);
  if (pages.length <= most) return [{ path: "sitemap.xml", text: urls(site, pages) }];
  const parts = Array.from({ length: Math.ceil(pages.length / most) }, (_, index) => ({
    path: `sitemap-${index + 1}.xml`,
    text: urls(site, chunk(index)),
  }));
  const index = parts.map(({ path }) => xml("sitemap", {}, [location(site, path)]));
  return [{ path: "sitemap.xml", text: xmlDocument(xml("sitemapindex", { xmlns: XMLNS }, index)) }, ...parts];
}

/** Pages that stand for themselves: no drafts, no people, nothing removed, no second order of the same transcript. */
function listed(site: Site): Listed[] {
  const page = (path: string, changed: number | null = null): Listed => ({ path, changed });
  const reviewed = site.chats.map(({ chat, sessions }) => ({ chat, cards: sessions.filter(isPublic) }));
  const cards = reviewed.flatMap((of) => of.cards);
  return [
    page(""),
    page(REMOVAL),
    page(searchPath(null)),
    ...reviewed.flatMap((of) => [
      page(chatPath(of.chat.slug), newest(of.cards)),
      page(howPath(of.chat.slug)),
      page(linksPath(of.chat.slug, null)),
    ]),
    ...reviewed.flatMap((of) =>
      [...sessionsByYear(of.chat, of.cards)].map(([year, own]) => page(yearPath(of.chat.slug, year), newest(own))),
    ),
    ...cards.flatMap(({ session: { chat, slug }, changed }) => [
      page(sessionPath(chat, slug), changed),
      page(linksPath(chat, slug), changed),
    ]),
    ...cards.flatMap(({ session: { chat, slug }, pages, changed }) => pages.map((id) => page(tweetPath(chat, slug, id), changed))),
  ];
}

const newest = (cards: readonly SessionCard[]): number | null =>
  cards.length === 0 ? null : cards.reduce((latest, { changed }) => Math.max(latest, changed), -Infinity);

function urls(site: Site, pages: readonly Listed[]): string {
  const dates = new Map<number, Xml>(); // all pages of a session have one
  const dateOf = (changed: number): Xml => {
    const known = dates.get(changed) ?? xml("lastmod", {}, rfc3339(changed));
    dates.set(changed, known);
    return known;
  };
  const entries = pages.map(({ path, changed }) =>
    xml("url", {}, changed === null ? [location(site, path)] : [location(site, path), dateOf(changed)]),
  );
  return xmlDocument(xml("urlset", { xmlns: XMLNS }, entries));
}

const location = ({ config }: Site, path: string): Xml => xml("loc", {}, absolute(config, path) ?? "");

/** Everything may be read: pages that are not to be listed say so themselves. */
export function robots({ config }: Site): string {
  const map = absolute(config, "sitemap.xml");
  return ["User-agent: *", "Disallow:", ...(map === null ? [] : ["", `Sitemap: ${map}`]), ""].join("\n");
}
