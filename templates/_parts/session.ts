import { html } from "hono/html";
import type { SiteConfig } from "../../src/model.ts";
import { completeness, incompleteness } from "../../src/site/coverage.ts";
import type { SessionCard } from "../../src/site/data.ts";
import type { SessionPage } from "../../src/site/page.ts";
import { address, chatPath, href, personPath, sessionPath } from "../../src/site/paths.ts";
import type { Site } from "../../src/site/site.ts";
import { isoMinute } from "../../src/site/time.ts";
import { citation, excerpt, peopleWords, tagOf } from "../../src/site/words.ts";
import { markdownHtml } from "../../src/text/markdown.ts";
import { footLinks, type Html } from "./layout.ts";
import { neighbours } from "./neighbours.ts";
import { part } from "./part.ts";
import { plot } from "./strip.ts";
import { language } from "./tweet.ts";

export interface SessionOptions {
  readonly config: SiteConfig;
  /** From this page to the session's. */
  readonly base: string;
}

/** What, when, who; the hour at a glance. */
export const hero = part("hero", ownHero);

function ownHero(page: SessionPage, { config, base }: SessionOptions): Html {
  const { data, zone, lede, strip, words } = page;
  const { card, chat } = data;
  const { start, minutes } = card.session.window;
  const incomplete = incompleteness(page);
  return html`<data class="u-url" value="${href(config, pathOf(card))}"></data><header class="hero">
<p class="kick"><a href="${href(config, chatPath(chat.slug))}">${tagOf(chat, start)}</a> <time class="dt-published" datetime="${isoMinute(zone, start)}">${words.when(zone, start, minutes)}</time>${card.hosts.length === 0 ? "" : html` <span>${words.html("hostedBy", { hosts: html`<bdi>${peopleWords(words, data, card.hosts)}</bdi>` })}</span>`}${card.guests.length === 0 ? "" : html` <span>${words.html("guests", { guests: html`<bdi>${peopleWords(words, data, card.guests)}</bdi>` })}</span>`}</p>
<h1 class="p-name">${card.title}</h1>
${lede === null ? "" : html`<p class="lede" dir="auto"${language(lede.lang)}>“${lede.text}” <cite><bdi>${lede.tweet.author.name || `@${lede.tweet.author.handle}`}</bdi></cite></p>`}
${strip === null ? "" : plot(strip, stripWords(page), base)}
</header>
${incomplete === null ? "" : html`<p class="banner" role="note">${incomplete}</p>\n`}${card.status === "draft" ? html`<p class="banner" role="note">${words.say("draftBanner")}</p>` : ""}`;
}

const stripWords = ({ words, tweets, data }: SessionPage): string =>
  words.say("strip", {
    tweets: words.say("tweets", { n: tweets.length }),
    questions: words.say("questions", { n: data.transcript.questions.length }),
  });

/** The organiser's notes. */
export const notes = part("notes", ownNotes);

function ownNotes({ data, words }: SessionPage, { config }: SessionOptions): Html | "" {
  if (data.notes.body.trim() === "") return "";
  return html`<section class="notes" aria-label="${words.say("notes")}">${markdownHtml(data.notes.body, { prefix: config.pathPrefix })}</section>`;
}

/** Where am I: the questions with what came, and the other order. */
export const rail = part("rail", ownRail);

function ownRail({ sections, words }: SessionPage, { base }: SessionOptions): Html {
  const here = (key: "byQuestion" | "inTime") => html`<a href="#main" aria-current="true">${words.say(key)}</a>`;
  const there = (key: "byQuestion" | "inTime", to: string) => html`<a href="${to}">${words.say(key)}</a>`;
  const orders = base === "" ? [here("byQuestion"), there("inTime", "timeline/")] : [there("byQuestion", base), here("inTime")];
  return html`<nav class="rail" aria-label="${words.say("questionsNav")}">
<ol>${sections.flatMap(({ question, anchor, title, count: number }) =>
    question === null
      ? []
      : [
          html`<li><a href="${base}#${anchor}"><b>${question.question.label}</b> <span dir="auto">${excerpt(title, 90)}</span> <i>${words.number(number)}</i></a></li>`,
        ],
  )}</ol>
<p class="seg">${orders}</p>
</nav>`;
}

const FIRST_VOICES = 12;

/** Who spoke, and how often. */
export const aside = part("voices", ownAside);

function ownAside({ voices, words, data: { chat } }: SessionPage, { rollup, config }: Site): Html {
  const names = voices.map(({ author, count: number }) => {
    const person = rollup.personOf(chat.slug, rollup.who.of(author));
    const name =
      person === null ? `@${author.handle}` : html`<a href="${href(config, personPath(chat.slug, person.path))}">@${author.handle}</a>`;
    return html`<li>${name} <i>${words.number(number)}</i></li>`;
  });
  return html`<aside class="aside" aria-label="${words.say("aboutSession")}">
<section><h2>${words.say("voices", { n: voices.length })}</h2>
<ul>${names.slice(0, FIRST_VOICES)}</ul>${names.length > FIRST_VOICES ? html`<details><summary>${words.say("more", { n: names.length - FIRST_VOICES })}</summary><ul>${names.slice(FIRST_VOICES)}</ul></details>` : ""}</section>
</aside>`;
}

interface FootOptions extends SessionOptions {
  /** Lines of the page's own. */
  readonly more: Html | "";
}

/** What is known of the session, and where to go on. */
export const sessionFoot = part("session-foot", ownSessionFoot);

function ownSessionFoot(page: SessionPage, { config, base, more }: FootOptions): Html {
  const { words } = page;
  const { chat, card } = page.data;
  const files = FILES.map(([name, key]) => html`<a href="${base}${name}">${words.say(key)}</a>`);
  return html`<footer class="foot">
${neighbours(page.data, config)}
${more}<p>${[completeness(page), standing(page)].join(" ").trim()}</p>
<p class="cite">${words.say("cite", { citation: citation(page, address(config, pathOf(card))) })}</p>
<p>${words.html("keep", { files: words.rowHtml(files) })}</p>
${footLinks(chat, { config })}
</footer>`;
}

/** The session to take away, beside its page. */
const FILES = [
  ["offline.html", "fileOffline"],
  ["session.md", "fileMarkdown"],
  ["session.txt", "fileText"],
  ["session.csv", "fileCsv"],
  ["session.json", "fileJson"],
  ["session.ics", "fileCalendar"],
] as const;

/** When the session came into the archive, where that is known, and whether somebody read it over. */
function standing({ data: { card }, words, zone }: SessionPage): string {
  const { captured, status } = card;
  if (captured === null) return status === "draft" ? "" : words.say("reviewed");
  return words.say(STANDING[captured.kind][status], { day: words.date(zone, captured.at) });
}

const STANDING = {
  capture: { reviewed: "capturedReviewed", draft: "capturedDraft" },
  import: { reviewed: "importedReviewed", draft: "importedDraft" },
} as const;

export const pathOf = ({ session }: Pick<SessionCard, "session">): string => sessionPath(session.chat, session.slug);

/** For search engines and previews. */
export function describe({ data, words, zone, tweets, voices }: SessionPage): string {
  const { card, chat } = data;
  const { start } = card.session.window;
  const counts = words.list([
    words.say("tweets", { n: tweets.length }),
    words.say("people", { n: voices.length }),
    words.say("questions", { n: card.questions.length }),
  ]);
  const said = { tag: tagOf(chat, start), day: words.date(zone, start), counts };
  if (card.hosts.length === 0) return words.say("description", said);
  return words.say("descriptionHosted", { ...said, hosts: peopleWords(words, data, card.hosts) });
}

export const titleOf = ({ data, words, zone }: SessionPage): string => {
  const { start } = data.card.session.window;
  const label = words.say("dated", { tag: tagOf(data.chat, start), day: words.date(zone, start) });
  return data.card.title === label ? label : `${data.card.title} · ${label}`;
};
