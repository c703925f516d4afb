import { html } from "hono/html";
import type { SessionPage } from "../../src/site/page.ts";
import { href, peoplePath } from "../../src/site/paths.ts";
import type { Site } from "../../src/site/site.ts";
import { statistics } from "../../src/site/statistics.ts";
import type { Html } from "./layout.ts";

/** A few lines at the foot: the session in numbers, and what else there is to look at. `base`: from this page to the session's. */
export function inNumbers(page: SessionPage, site: Site, base: string): Html {
  const turnout = site.rollup.turnout(page.data.card);
  const { words } = page;
  const { unanswered, links } = turnout;
  const lines = statistics(page, turnout);
  const pages = words.rowHtml([
    html`<a href="${base}open/">${unanswered === 0 ? words.say("seeNoUnanswered") : words.say("seeUnanswered", { n: unanswered })}</a>`,
    html`<a href="${base}links/">${links === 0 ? words.say("seeNoLinks") : words.say("seeLinks", { n: links })}</a>`,
    html`<a href="${href(site.config, peoplePath(page.data.chat.slug))}">${words.say("seePeople")}</a>`,
  ]);
  return html`${lines.length === 0 ? "" : html`<p>${lines.join(" ")}</p>\n`}<p>${words.html("seeAlso", { pages })}</p>
`;
}
