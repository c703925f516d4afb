import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { turn } from "../../templates/_parts/turn.ts";
import { cleanText } from "../text/clean.ts";
import { standalone } from "../text/standalone.ts";
import { turned } from "../text/turned.ts";
import type { SiteData } from "./data.ts";
import { absolute, linksPath, offlinePath, openPath, sessionPath, timelinePath } from "./paths.ts";
import { stockOf } from "./stock.ts";

/** Makes the pages of a session that name those beside it from the pages that stand in `from`, where nothing but those names is another:
 *  a chat that meets every week would render two sessions each time, one of them for a link. They are written into `to`. false: that
 *  cannot be done, and nothing is written. */
export function turnPages(site: SiteData, { chat, slug }: SessionKey, { from, to }: Places): boolean {
  const { config } = site;
  const sessions = stockOf(site).sessions(chat);
  const place = sessions.findIndex(({ session }) => session.slug === slug);
  const nav = String(turn({ previous: sessions[place - 1] ?? null, next: sessions[place + 1] ?? null }, config));
  const address = absolute(config, sessionPath(chat, slug));
  const pages = [...pagesOf({ chat, slug })].map(([path, isAlone]) => {
    const file = join(from, path);
    const isThere = statSync(file, { throwIfNoEntry: false })?.isFile() === true;
    const page = isThere ? turned(readFileSync(file, "utf8"), isAlone ? standalone(nav, address) : nav) : null;
    return { path, page };
  });
  if (pages.some(({ page }) => page === null)) return false;
  for (const { path, page } of pages) {
    const file = join(to, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, cleanText(page ?? ""));
  }
  return true;
}

interface SessionKey {
  readonly chat: string;
  readonly slug: string;
}

interface Places {
  readonly from: string;
  readonly to: string;
}

/** The pages of a session that name those beside it, and whether one stands alone. */
const pagesOf = ({ chat, slug }: SessionKey): ReadonlyMap<string, boolean> =>
  new Map([
    [`${sessionPath(chat, slug)}index.html`, false],
    [`${timelinePath(chat, slug)}index.html`, false],
    [`${openPath(chat, slug)}index.html`, false],
    [`${linksPath(chat, slug)}index.html`, false],
    [offlinePath(chat, slug), true],
  ]);
