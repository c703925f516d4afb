import { html } from "hono/html";
import type { SessionPage } from "../../src/site/page.ts";
import { href, peoplePath } from "../../src/site/paths.ts";
import type { Site } from "../../src/site/site.ts";
import { statistics } from "../../src/site/statistics.ts";
import { count } from "../../src/site/words.ts";
import type { Html } from "./layout.ts";

/** A few lines at the foot: the session in numbers, and what else there is to look at. `base`: from this page to the session's. */
export function inNumbers(page: SessionPage, site: Site, base: string): Html {
  const turnout = site.rollup.turnout(page.data.card);
  const lines = statistics(page, turnout);
  return html`${lines.length === 0 ? "" : html`<p>${lines.join(" ")}</p>\n`}<p>See also: <a href="${base}open/">${turnout.unanswered === 0 ? "no unanswered mentions" : count(turnout.unanswered, "unanswered mention")}</a>, <a href="${base}links/">${turnout.links === 0 ? "no links" : count(turnout.links, "link")} shared</a>, <a href="${href(site.config, peoplePath(page.data.chat.slug))}">people</a></p>
`;
}
