import { html } from "hono/html";
import type { SiteConfig } from "../../src/model.ts";
import { completeness, incompleteness } from "../../src/site/coverage.ts";
import type { SessionCard } from "../../src/site/data.ts";
import type { SessionPage } from "../../src/site/page.ts";
import { address, chatPath, href, sessionPath } from "../../src/site/paths.ts";
import { date, dateWithDay, hours, isoMinute } from "../../src/site/time.ts";
import { citation, count, excerpt, list, peopleWords, tagOf } from "../../src/site/words.ts";
import { markdownHtml } from "../../src/text/markdown.ts";
import { footLinks, type Html } from "./layout.ts";
import { plot } from "./strip.ts";
import { language } from "./tweet.ts";

export interface SessionOptions {
  readonly config: SiteConfig;
  /** From this page to the session's. */
  readonly base: string;
}

/** What, when, who; the hour at a glance. */
export function hero(page: SessionPage, { config, base }: SessionOptions): Html {
  const { data, zone, lede, strip } = page;
  const { card, chat } = data;
  const { start, minutes } = card.session.window;
  const incomplete = incompleteness(page);
  return html`<data class="u-url" value="${href(config, pathOf(card))}"></data><header class="hero">
<p class="kick"><a href="${href(config, chatPath(chat.slug))}">${tagOf(chat, start)}</a> <time class="dt-published" datetime="${isoMinute(zone, start)}">${dateWithDay(zone, start)}, ${hours(zone, start, minutes)}</time>${card.hosts.length === 0 ? "" : html` <span>Hosted by <bdi>${peopleWords(data, card.hosts)}</bdi></span>`}${card.guests.length === 0 ? "" : html` <span>Guests: <bdi>${peopleWords(data, card.guests)}</bdi></span>`}</p>
<h1 class="p-name">${card.title}</h1>
${lede === null ? "" : html`<p class="lede" dir="auto"${language(lede.lang)}>“${lede.text}” <cite><bdi>${lede.tweet.author.name || `@${lede.tweet.author.handle}`}</bdi></cite></p>`}
${strip === null ? "" : plot(strip, stripWords(page), base)}
</header>
${incomplete === null ? "" : html`<p class="banner" role="note">${incomplete}</p>\n`}${card.status === "draft" ? html`<p class="banner" role="note">Draft: nobody has reviewed this transcript yet. Tweets may stand under the wrong question.</p>` : ""}`;
}

const stripWords = ({ tweets, data }: SessionPage): string =>
  `${count(tweets.length, "tweet")} over the session, ${count(data.transcript.questions.length, "question")}`;

export function notes({ data }: SessionPage, { config }: SessionOptions): Html | "" {
  if (data.notes.body.trim() === "") return "";
  return html`<section class="notes" aria-label="Notes">${markdownHtml(data.notes.body, { prefix: config.pathPrefix })}</section>`;
}

/** Where am I: the questions with what came, and the other order. */
export const rail = ({ sections }: SessionPage, { base }: SessionOptions): Html => html`<nav class="rail" aria-label="Questions">
<ol>${sections.flatMap(({ question, anchor, title, count: number }) =>
  question === null
    ? []
    : [
        html`<li><a href="${base}#${anchor}"><b>${question.question.label}</b> <span dir="auto">${excerpt(title, 90)}</span> <i>${number}</i></a></li>`,
      ],
)}</ol>
<p class="seg">${base === "" ? html`<a href="#main" aria-current="true">By question</a><a href="timeline/">In time</a>` : html`<a href="${base}">By question</a><a href="#main" aria-current="true">In time</a>`}</p>
</nav>`;

const FIRST_VOICES = 12;

export function aside({ voices }: SessionPage): Html {
  const names = voices.map(
    ({ author, count: number, first }) => html`<li><a href="#t${first}">@${author.handle}</a> <i>${number}</i></li>`,
  );
  return html`<aside class="aside" aria-label="About this session">
<section><h2>${count(voices.length, "voice")}</h2>
<ul>${names.slice(0, FIRST_VOICES)}</ul>${names.length > FIRST_VOICES ? html`<details><summary>${names.length - FIRST_VOICES} more</summary><ul>${names.slice(FIRST_VOICES)}</ul></details>` : ""}</section>
</aside>`;
}

/** `more`: lines of the page's own. */
export function sessionFoot(page: SessionPage, { config, base }: SessionOptions, more: Html | "" = ""): Html {
  const { chat, card, previous, next } = page.data;
  return html`<footer class="foot">
${previous === null && next === null ? "" : html`<nav class="turn" aria-label="Other sessions">${previous === null ? "" : html`<a rel="prev" href="${href(config, pathOf(previous))}"><span>Previous session</span> ${previous.title}</a>`}${next === null ? "" : html`<a rel="next" href="${href(config, pathOf(next))}"><span>Next session</span> ${next.title}</a>`}</nav>`}
${more}<p>${completeness(page)}${standing(page)}</p>
<p class="cite">Cite this transcript: ${citation(page, address(config, pathOf(card)))}</p>
<p>Keep it: ${FILES.map(([name, words], index) => html`${index === 0 ? "" : ", "}<a href="${base}${name}">${words}</a>`)}</p>
${footLinks({ config, chat })}
</footer>`;
}

/** The session to take away, beside its page. */
const FILES = [
  ["offline.html", "one page for offline"],
  ["session.md", "Markdown"],
  ["session.txt", "text"],
  ["session.csv", "CSV"],
  ["session.json", "JSON"],
  ["session.ics", "calendar entry"],
] as const;

/** When the session came into the archive, where that is known, and whether somebody read it over. */
function standing({ data: { card }, zone }: SessionPage): string {
  const { captured, status } = card;
  const came = captured === null ? "" : ` ${captured.kind === "capture" ? "Captured" : "Imported"} ${date(zone, captured.at)}`;
  if (status === "draft") return came === "" ? "" : `${came}, not reviewed yet.`;
  return came === "" ? " Reviewed by the organiser." : `${came}, reviewed by the organiser.`;
}

export const pathOf = ({ session }: SessionCard): string => sessionPath(session.chat, session.slug);

/** For search engines and previews. */
export function describe({ data, zone, tweets, voices }: SessionPage): string {
  const { card, chat } = data;
  const { start } = card.session.window;
  const hosts = card.hosts.length === 0 ? "" : `, hosted by ${peopleWords(data, card.hosts)}`;
  return `${tagOf(chat, start)} on ${date(zone, start)}${hosts}: ${list([count(tweets.length, "tweet"), count(voices.length, "person", "people"), count(card.questions.length, "question")])}.`;
}

export const titleOf = ({ data, zone }: SessionPage): string => {
  const { start } = data.card.session.window;
  const label = `${tagOf(data.chat, start)}, ${date(zone, start)}`;
  return data.card.title === label ? label : `${data.card.title} · ${label}`;
};
