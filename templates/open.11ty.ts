import { html } from "hono/html";
import type { SiteConfig } from "../src/model.ts";
import { langOf } from "../src/site/entry.ts";
import type { SessionPage } from "../src/site/page.ts";
import { href, openPath, personPath, sessionPath } from "../src/site/paths.ts";
import type { SessionKey, Site } from "../src/site/site.ts";
import { type Missed, unanswered } from "../src/site/unanswered.ts";
import { type Words, wordsOf } from "../src/site/words/words.ts";
import { tweetHtml } from "../src/text/html.ts";
import { type Html, layout } from "./_parts/layout.ts";
import { sessionFoot, titleOf } from "./_parts/session.ts";
import { moment, subHero } from "./_parts/shared.ts";
import { inNumbers } from "./_parts/statistics.ts";
import { author, language } from "./_parts/tweet.ts";

interface Data {
  readonly site: Site;
  readonly key: SessionKey;
}

export const data = {
  pagination: { data: "site.sessions", size: 1, alias: "key" },
  permalink: ({ key }: Data): string => `${openPath(key.chat, key.slug)}index.html`,
};

/** "Was I answered?": what was said to people and is unanswered in what we captured. */
export function render({ site, key }: Data): Html {
  const page = site.page(key);
  const missed = unanswered(page.data, site.rollup.who);
  const words = wordsOf(site.config);
  const open = byPerson(missed.filter(({ closing }) => !closing));
  const closing = byPerson(missed.filter((one) => one.closing));
  return layout({
    config: site.config,
    chat: page.data.chat,
    path: openPath(key.chat, key.slug),
    canonical: sessionPath(key.chat, key.slug),
    title: words.say("wasIAnsweredIn", { title: titleOf(page) }),
    description: lede(words, open),
    noindex: true,
    card: site.cards.at(sessionPath(key.chat, key.slug)),
    main: html`${subHero(page, words.say("wasIAnswered"), lede(words, open))}
<div class="pair"><div class="list">${open.map((one) => section(site, page, one))}${closings(site, page, closing)}</div></div>`,
    foot: sessionFoot(page, { config: site.config, base: "../", more: inNumbers(page, site, "../") }),
  });
}

/** What one person did not answer. */
type Open = readonly [Missed, ...Missed[]];

/** By handle; questions first. */
function byPerson(missed: readonly Missed[]): Open[] {
  return [...Map.groupBy(missed, ({ person }) => person).values()]
    .map((all) => all.toSorted((a, b) => Number(b.question) - Number(a.question)))
    .flatMap(([first, ...more]): Open[] => (first === undefined ? [] : [[first, ...more]]))
    .sort(([a], [b]) => compare(a.handle.toLowerCase(), b.handle.toLowerCase()));
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

const lede = (words: Words, open: readonly Open[]): string =>
  open.length === 0
    ? words.say("allAnswered")
    : words.say("unansweredFor", { missed: counted(words, open.flat()), people: words.say("people", { n: open.length }) });

/** "1 question and 2 mentions" */
function counted(words: Words, missed: readonly Missed[]): string {
  const questions = missed.filter(({ question }) => question).length;
  const told = missed.length - questions;
  return words.list([
    ...(questions === 0 ? [] : [words.say("questions", { n: questions })]),
    ...(told === 0 ? [] : [words.say("mentions", { n: told })]),
  ]);
}

const section = (site: Site, page: SessionPage, missed: Open): Html => {
  const { name, handle, link } = whoOf(site, page, missed);
  return html`<section class="q timed"><header><h2>${link}</h2>
<p class="by">${name === "" ? "" : `@${handle} `}<span>${counted(wordsOf(site.config), missed)}</span></p></header>
${items(site, page, missed)}</section>
`;
};

/** Most talk ends with a reply that asks nothing: those are folded away. */
function closings(site: Site, page: SessionPage, closing: readonly Open[]): Html | "" {
  if (closing.length === 0) return "";
  const words = wordsOf(site.config);
  const replies = words.say("replies", { n: closing.flat().length });
  return html`<section class="q quiet" aria-labelledby="ends"><header><h2 id="ends">${words.say("closings")}</h2></header>
<details><summary>${words.say("repliesToPeople", { replies, people: words.say("people", { n: closing.length }) })}</summary>
${closing.map((missed) => html`<h3>${whoOf(site, page, missed).link}</h3>\n${items(site, page, missed)}`)}</details></section>
`;
}

/** Whom it was said to. */
function whoOf({ rollup, config }: Site, { data: { chat } }: SessionPage, [first]: Open): { name: string; handle: string; link: Html } {
  const person = rollup.personOf(chat.slug, first.person);
  const { name, handle } = person ?? { name: "", handle: first.handle };
  const shown = html`<bdi>${name || `@${handle}`}</bdi>`;
  return { name, handle, link: person === null ? shown : html`<a href="${href(config, personPath(chat.slug, person.path))}">${shown}</a>` };
}

const items = ({ config }: Site, { zone }: SessionPage, missed: Open): Html =>
  html`<ol>${missed.map((one) => item(config, one, zone))}</ol>`;

function item(config: SiteConfig, { placed, question }: Missed, zone: string): Html {
  const { tweet, placement } = placed;
  const words = wordsOf(config);
  return html`<li class="t"><p class="by">${moment(words, zone, { ...tweet, to: "../" })} ${placement.label === null ? "" : html`<b class="tag">${placement.label}</b> `}${author(tweet.author)}${question ? html` <span class="mark">${words.say("asksSomething")}</span>` : ""}</p>
<blockquote dir="auto"${language(langOf(tweet, config.language))}>${tweetHtml(tweet, { shown: new Set([tweet.quotes ?? ""]) })}</blockquote></li>
`;
}
