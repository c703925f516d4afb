import { html } from "hono/html";
import type { SiteConfig, Tweet } from "../../src/model.ts";
import type { Shared } from "../../src/site/links.ts";
import type { SessionPage } from "../../src/site/page.ts";
import { isoMinute } from "../../src/site/time.ts";
import { type Words, wordsOf } from "../../src/site/words/words.ts";
import { tagOf } from "../../src/site/words.ts";
import type { Html } from "./layout.ts";

/** The top of a page that stands below a session's. */
export function subHero({ data, words, zone }: SessionPage, title: string, lede: Html | string): Html {
  const { start } = data.card.session.window;
  return html`<header class="hero"><p class="kick"><a href="../">${data.card.title}</a> <span>${words.say("dated", { tag: tagOf(data.chat, start), day: words.day(zone, start) })}</span></p>
<h1>${title}</h1>
<p class="lede">${lede}</p></header>`;
}

/** The time in the gutter, first in a `.by`, leads to the tweet. `to`: the page it stands on. */
export const moment = (words: Words, zone: string, { id, time, to }: Pick<Tweet, "id" | "time"> & { readonly to: string }): Html =>
  time === null
    ? html`<a class="at" href="${to}#t${id}" aria-label="${words.say("linkToTweet")}">#</a>`
    : html`<a class="at" href="${to}#t${id}"><time datetime="${isoMinute(zone, time)}">${words.clock(zone, time)}</time></a>`;

/** What is quiet: in a fold. */
export const folded = (summary: string, content: Html | "", length: number): Html | "" =>
  length === 0 ? "" : html`<details><summary>${summary}</summary>${content}</details>`;

/** Links with those who shared them. `more`: how many others did; `share`: who, when, where. Never a preview. */
export const linkList = <T>(
  config: SiteConfig,
  links: readonly (Shared<T> & { readonly more?: number })[],
  share: (one: T) => Html,
): Html =>
  html`<ol class="list">${links.map(
    ({
      to,
      text,
      shares,
      more = 0,
    }) => html`<li class="t"><p><a href="${to}" rel="nofollow ugc noopener noreferrer">${text === null ? wordsOf(config).say("shortLink") : html`<bdi>${text}</bdi>`}</a></p>
${shares.map((one) => html`<p class="by">${share(one)}</p>`)}${more === 0 ? "" : html`<p class="by">${wordsOf(config).say("more", { n: more })}</p>`}</li>
`,
  )}</ol>`;
