import { type Xml, xml, xmlDocument } from "../text/xml.ts";
import { isPublic } from "./data.ts";
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
  const changes = new Map(
    site.chats.flatMap(({ sessions }) =>
      sessions.filter(isPublic).map(({ session, changed }) => [`${session.chat}/${session.slug}`, changed]),
    ),
  );
  const changeOf = ({ chat, slug }: { readonly chat: string; readonly slug: string }): number | undefined => changes.get(`${chat}/${slug}`);
  const page = (path: string, changed: number | null = null): Listed => ({ path, changed });
  return [
    page(""),
    page(REMOVAL),
    page(searchPath(null)),
    ...site.chats.flatMap(({ chat, sessions }) => [
      page(chatPath(chat.slug), newest(sessions.filter(isPublic).map(({ changed }) => changed))),
      page(howPath(chat.slug)),
      page(linksPath(chat.slug, null)),
    ]),
    ...site.chats.flatMap((of) =>
      [...sessionsByYear(of)].flatMap(([year, cards]) => {
        const changed = newest(cards.filter(isPublic).map((card) => card.changed));
        return changed === null ? [] : [page(yearPath(of.chat.slug, year), changed)];
      }),
    ),
    ...site.sessions.flatMap((key) => {
      const changed = changeOf(key);
      return changed === undefined
        ? []
        : [sessionPath(key.chat, key.slug), linksPath(key.chat, key.slug)].map((path) => page(path, changed));
    }),
    ...site.tweets.flatMap((key) => {
      const changed = changeOf(key);
      return changed === undefined ? [] : [page(tweetPath(key.chat, key.slug, key.id), changed)];
    }),
  ];
}

const newest = (times: readonly number[]): number | null => (times.length === 0 ? null : Math.max(...times));

function urls({ config }: Site, pages: readonly Listed[]): string {
  const entries = pages.map(({ path, changed }) =>
    xml("url", {}, [xml("loc", {}, absolute(config, path) ?? ""), ...(changed === null ? [] : [xml("lastmod", {}, rfc3339(changed))])]),
  );
  return xmlDocument(xml("urlset", { xmlns: XMLNS }, entries));
}

const location = ({ config }: Site, path: string): Xml => xml("loc", {}, absolute(config, path) ?? "");

/** Everything may be read: pages that are not to be listed say so themselves. */
export function robots({ config }: Site): string {
  const map = absolute(config, "sitemap.xml");
  return ["User-agent: *", "Disallow:", ...(map === null ? [] : ["", `Sitemap: ${map}`]), ""].join("\n");
}
