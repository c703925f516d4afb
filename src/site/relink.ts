import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { neighbours } from "../../templates/_parts/neighbours.ts";
import { cleanText } from "../text/clean.ts";
import { withNeighbours } from "../text/neighbours.ts";
import { standalone } from "../text/standalone.ts";
import type { SiteData } from "./data.ts";
import { absolute, linksPath, offlinePath, openPath, sessionPath, timelinePath } from "./paths.ts";
import type { SessionKey } from "./site.ts";
import { stockOf } from "./stock.ts";

/** Makes the pages of a session that name its neighbours from those that stand in `from`, where nothing but the neighbours are others: a chat
 *  that meets every week would render two sessions each time, one of them for a link. They are written into `to`. false: that cannot be
 *  done, and nothing is written. */
export function relinkPages(site: SiteData, { chat, slug }: SessionKey, { from, to }: Places): boolean {
  const { config } = site;
  const sessions = stockOf(site).sessions(chat);
  const place = sessions.findIndex(({ session }) => session.slug === slug);
  const way = String(neighbours({ previous: sessions[place - 1] ?? null, next: sessions[place + 1] ?? null }, config));
  const alone = standalone(way, absolute(config, sessionPath(chat, slug)));
  const pages = new Map<string, string>();
  for (const [path, own] of pagesOf({ chat, slug }, { way, alone })) {
    const file = join(from, path);
    const isThere = statSync(file, { throwIfNoEntry: false })?.isFile() === true;
    const page = isThere ? withNeighbours(readFileSync(file, "utf8"), own) : null;
    if (page === null) return false;
    pages.set(path, cleanText(page));
  }
  for (const [path, page] of pages) {
    const file = join(to, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, page);
  }
  return true;
}

interface Places {
  readonly from: string;
  readonly to: string;
}

/** The pages of a session that name its neighbours, and how: one of them stands alone. */
const pagesOf = (
  { chat, slug }: SessionKey,
  { way, alone }: { readonly way: string; readonly alone: string },
): (readonly [path: string, way: string])[] => [
  [`${sessionPath(chat, slug)}index.html`, way],
  [`${timelinePath(chat, slug)}index.html`, way],
  [`${openPath(chat, slug)}index.html`, way],
  [`${linksPath(chat, slug)}index.html`, way],
  [offlinePath(chat, slug), alone],
];
