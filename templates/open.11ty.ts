import { html } from "hono/html";
import type { SiteConfig } from "../src/model.ts";
import { langOf } from "../src/site/entry.ts";
import { type SessionPage, sessionPage } from "../src/site/page.ts";
import { href, openPath, personPath, sessionPath } from "../src/site/paths.ts";
import type { SessionKey, Site } from "../src/site/site.ts";
import { type Missed, unanswered } from "../src/site/unanswered.ts";
import { count, list } from "../src/site/words.ts";
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
  const page = sessionPage(site.session(key), site.config);
  const missed = unanswered(page.data, site.rollup.who);
  const open = byPerson(missed.filter(({ closing }) => !closing));
  const closing = byPerson(missed.filter((one) => one.closing));
  return layout({
    config: site.config,
    chat: page.data.chat,
    path: openPath(key.chat, key.slug),
    canonical: sessionPath(key.chat, key.slug),
    title: `Was I answered? ${titleOf(page)}`,
    description: lede(open),
    noindex: true,
    main: html`${subHero(page, "Was I answered?", lede(open))}
<div class="pair"><div class="list">${open.map((one) => section(site, page, one))}${closings(site, page, closing)}</div></div>`,
    foot: sessionFoot(page, { config: site.config, base: "../" }, inNumbers(page, site, "../")),
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

const lede = (open: readonly Open[]): string =>
  open.length === 0
    ? "No question and no mention is unanswered in what we captured."
    : `${counted(open.flat())} for ${count(open.length, "person", "people")}, unanswered in what we captured. What was answered elsewhere or by a like, we do not know.`;

/** "1 question and 2 mentions" */
function counted(missed: readonly Missed[]): string {
  const questions = missed.filter(({ question }) => question).length;
  const told = missed.length - questions;
  return list([...(questions === 0 ? [] : [count(questions, "question")]), ...(told === 0 ? [] : [count(told, "mention")])]);
}

const section = (site: Site, page: SessionPage, missed: Open): Html => {
  const { name, handle, link } = whoOf(site, page, missed);
  return html`<section class="q timed"><header><h2>${link}</h2>
<p class="by">${name === "" ? "" : `@${handle} `}<span>${counted(missed)}</span></p></header>
${items(site, page, missed)}</section>
`;
};

/** Most talk ends with a reply that asks nothing: those are folded away. */
const closings = (site: Site, page: SessionPage, closing: readonly Open[]): Html | "" =>
  closing.length === 0
    ? ""
    : html`<section class="q quiet" aria-labelledby="ends"><header><h2 id="ends">Replies that nobody went on with</h2></header>
<details><summary>${count(closing.flat().length, "reply", "replies")} to ${count(closing.length, "person", "people")}</summary>
${closing.map((missed) => html`<h3>${whoOf(site, page, missed).link}</h3>\n${items(site, page, missed)}`)}</details></section>
`;

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
  return html`<li class="t"><p class="by">${moment(zone, tweet, "../")} ${placement.label === null ? "" : html`<b class="tag">${placement.label}</b> `}${author(tweet.author)}${question ? html` <span class="mark">asks</span>` : ""}</p>
<blockquote dir="auto"${language(langOf(tweet, config.language))}>${tweetHtml(tweet, { shown: new Set([tweet.quotes ?? ""]) })}</blockquote></li>
`;
}
