import { html } from "hono/html";
import { chatPath, href, openPath, peoplePath, personPath, sessionPath } from "../src/site/paths.ts";
import { ON_PAGE, type Person } from "../src/site/people.ts";
import type { Part, Said, SaidTo } from "../src/site/rollup.ts";
import type { PersonAt, Site } from "../src/site/site.ts";
import { zoneAt } from "../src/site/time.ts";
import { type Words, wordsOf } from "../src/site/words/words.ts";
import { profile, tagOf } from "../src/site/words.ts";
import { type Html, layout } from "./_parts/layout.ts";
import { dayOf } from "./_parts/lists.ts";
import { folded, moment } from "./_parts/shared.ts";
import { author, language } from "./_parts/tweet.ts";

interface Data {
  readonly site: Site;
  readonly at: PersonAt;
}

export const data = {
  pagination: { data: "site.people", size: 1, alias: "at" },
  permalink: ({ at }: Data): string => `${personPath(at.chat, at.path)}index.html`,
};

/** So many of the sessions older than those that stand here whole are listed, each with the number of its tweets. */
const OLDER = 100;

/** What somebody said in a chat, session by session, and what they did not answer, which stands first on a phone. */
export function render({ site, at }: Data): Html {
  const { chat } = site.chat(at.chat);
  const person = site.rollup.person(at.chat, at.path);
  const parts = [...site.rollup.parts(at.chat, person)];
  const said = newestOf(parts, ON_PAGE.tweets, ({ tweets }) => tweets);
  const missed = newestOf(parts, ON_PAGE.replies, ({ replies }) => replies);
  const words = wordsOf(site.config);
  const name = person.name || `@${person.handle}`;
  return layout({
    config: site.config,
    chat,
    path: personPath(at.chat, at.path),
    title: `${name} · ${chat.title}`,
    description: words.say("personDescription", { handle: `@${person.handle}`, tag: tagOf(chat) }),
    noindex: true,
    main: html`${hero(site, at.chat, person)}
<div class="pair">
${
  missed.whole.length === 0
    ? ""
    : html`<aside class="aside" aria-labelledby="missed-h"><h2 id="missed-h">${words.say("personMissed")}</h2>
${missed.whole.map((part) => missedIn(site, part))}${folded(
  words.say("earlierSessions"),
  list(words, missed.older, (part) => missedOnce(site, part)),
  missed.older.length,
)}</aside>`
}
<div class="list">${said.whole.map((part) => saidIn(site, part))}${said.older.length === 0 ? "" : html`<section class="year"><h2>${words.say("earlierSessions")}</h2>\n${list(words, said.older, (part) => saidOnce(site, part))}</section>`}</div></div>`,
  });
}

function hero(site: Site, chat: string, person: Person): Html {
  const earlier = site.rollup.earlier(chat, person).map((from) => `@${from}`);
  const x = profile(person.handle);
  const { config } = site;
  const words = wordsOf(config);
  const n = person.sessions;
  return html`<header class="hero"><p class="kick"><a href="${href(config, chatPath(chat))}">${tagOf(site.chat(chat).chat)}</a> <a href="${href(config, peoplePath(chat))}">${words.say("peopleTitle")}</a> ${x === undefined ? "" : html`<a href="${x}" rel="nofollow ugc noopener noreferrer">${words.say("personOnX", { handle: `@${person.handle}` })}</a>`}${earlier.length === 0 ? "" : html` <span>${words.say("personEarlier", { handles: words.list(earlier) })}</span>`}</p>
<h1><bdi>${person.name || `@${person.handle}`}</bdi></h1>
<p class="lede">${words.say("tweetsInSessions", { tweets: words.say("tweets", { n: person.tweets }), sessions: words.say("sessions", { n }) })}</p></header>`;
}

interface Newest {
  /** Newest first; the first of all in any case. */
  readonly whole: readonly Part[];
  readonly older: readonly Part[];
}

/** Of the sessions that have any: the newest, as long as they have no more than so many together. `parts`: newest first. */
function newestOf(parts: readonly Part[], most: number, count: (part: Part) => number): Newest {
  const all = parts.filter((part) => count(part) > 0);
  let sum = 0;
  const cut = all.findIndex((part, index) => {
    sum += count(part);
    return sum > most && index > 0;
  });
  return cut === -1 ? { whole: all, older: [] } : { whole: all.slice(0, cut), older: all.slice(cut) };
}

function list(words: Words, parts: readonly Part[], line: (part: Part) => Html): Html {
  const more = parts.length - OLDER;
  const lines = parts.slice(0, OLDER).map(line);
  return html`<ol class="sessions dated">${lines}</ol>${more > 0 ? html`<p class="none">${words.say("more", { n: more })}</p>` : ""}`;
}

const place = (site: Site, { card }: Part): { readonly to: string; readonly zone: string; readonly day: string } => {
  const { chat, slug, window } = card.session;
  const zone = zoneAt(site.chat(chat).chat, window.start);
  return { to: href(site.config, sessionPath(chat, slug)), zone, day: wordsOf(site.config).day(zone, window.start) };
};

function saidIn(site: Site, part: Part): Html {
  const { to, zone, day } = place(site, part);
  const words = wordsOf(site.config);
  return html`<section class="q timed"><header><h2><a href="${to}">${part.card.title}</a></h2>
<p class="by"><span>${day}</span></p></header>
<ol>${part.said.map((one) => line(words, one, { to, zone }))}</ol></section>
`;
}

function saidOnce(site: Site, { card, tweets, first }: Part): Html {
  const { chat, slug } = card.session;
  const to = href(site.config, sessionPath(chat, slug));
  const words = wordsOf(site.config);
  return html`<li>${dayOf(words, card, { chat: site.chat(chat).chat, withYear: true })} <a href="${to}#t${first}">${card.title}</a> <span>${words.say("tweets", { n: tweets })}</span></li>
`;
}

function missedOnce(site: Site, { card, replies }: Part): Html {
  const { chat, slug } = card.session;
  const words = wordsOf(site.config);
  return html`<li>${dayOf(words, card, { chat: site.chat(chat).chat, withYear: true })} <a href="${href(site.config, openPath(chat, slug))}">${words.say("replies", { n: replies })}</a></li>
`;
}

const line = (words: Words, one: Said, { to, zone }: { readonly to: string; readonly zone: string }): Html =>
  html`<li class="t"><p class="by">${moment(words, zone, { ...one, to })} <b class="tag">${one.where}</b></p>${text(words, one, to)}</li>
`;

/** The words are the link; without any, what is there. */
const text = (words: Words, { id, text: shown, lang }: Said, to: string): Html =>
  html`<p dir="auto"${language(lang)}><a href="${to}#t${id}">${shown || words.say("withoutWords")}</a></p>`;

function missedIn(site: Site, part: Part): Html {
  const { to, day } = place(site, part);
  const words = wordsOf(site.config);
  const items = (all: readonly SaidTo[]) =>
    all.map((one) => html`<p class="by">${author({ id: null, ...one.by })}</p>${text(words, one, to)}`);
  const { missed } = part;
  const closing = missed.filter((one) => one.closing);
  return html`<section class="chat"><h3><a href="${to}">${day}</a></h3>
${items(missed.filter((one) => !one.closing))}${folded(words.say("replies", { n: closing.length }), html`${items(closing)}`, closing.length)}</section>
`;
}
