import { html } from "hono/html";
import type { Tweet } from "../../src/model.ts";
import type { Shared } from "../../src/site/links.ts";
import type { SessionPage } from "../../src/site/page.ts";
import { clock, dateWithDay, isoMinute } from "../../src/site/time.ts";
import { tagOf } from "../../src/site/words.ts";
import type { Html } from "./layout.ts";

/** The top of a page that stands below a session's. */
export function subHero({ data, zone }: SessionPage, title: string, words: Html | string): Html {
  const { start } = data.card.session.window;
  return html`<header class="hero"><p class="kick"><a href="../">${data.card.title}</a> <span>${tagOf(data.chat, start)}, ${dateWithDay(zone, start)}</span></p>
<h1>${title}</h1>
<p class="lede">${words}</p></header>`;
}

/** The time in the gutter, first in a `.by`, leads to the tweet. `to`: the page it stands on. */
export const moment = (zone: string, { id, time }: Pick<Tweet, "id" | "time">, to: string): Html =>
  time === null
    ? html`<a class="at" href="${to}#t${id}" aria-label="Link to this tweet">#</a>`
    : html`<a class="at" href="${to}#t${id}"><time datetime="${isoMinute(zone, time)}">${clock(zone, time)}</time></a>`;

/** What is quiet: in a fold. */
export const folded = (summary: string, content: Html | "", length: number): Html | "" =>
  length === 0 ? "" : html`<details><summary>${summary}</summary>${content}</details>`;

/** Links with those who shared them. `share`: who, when, where. Never a preview. */
export const linkList = <T>(links: readonly Shared<T>[], share: (one: T) => Html): Html =>
  html`<ol class="list">${links.map(
    ({ to, text, shares }) => html`<li class="t"><p><a href="${to}" rel="nofollow ugc noopener noreferrer"><bdi>${text}</bdi></a></p>
${shares.map((one) => html`<p class="by">${share(one)}</p>`)}</li>
`,
  )}</ol>`;
