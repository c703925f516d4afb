import { html } from "hono/html";
import type { SiteConfig } from "../src/model.ts";
import type { ChatData } from "../src/site/data.ts";
import { chatPath, href, peoplePath, personPath, searchPath, yearPath } from "../src/site/paths.ts";
import { yearsOf } from "../src/site/search.ts";
import type { Site } from "../src/site/site.ts";
import { wordsOf } from "../src/site/words/words.ts";
import { excerpt, tagOf } from "../src/site/words.ts";
import { type Html, layout } from "./_parts/layout.ts";
import { dayOf } from "./_parts/lists.ts";
import { pathOf } from "./_parts/session.ts";

interface Data {
  readonly site: Site;
}

export const data = { permalink: `${searchPath(null)}index.html` };

const QUESTIONS = 20;
const PEOPLE = 12;

/** A form that a script answers, and the ways to browse, which need none. */
export function render({ site }: Data): Html {
  const { config } = site;
  const words = wordsOf(config);
  const chats = site.chats.filter(({ sessions }) => sessions.length > 0);
  return layout({
    config,
    path: searchPath(null),
    title: `${words.say("search")} · ${config.name}`,
    description: words.say("searchDescription"),
    scripts: ["search"],
    styles: ["search"],
    main: html`<header class="hero"><h1>${words.say("search")}</h1></header>
<div class="pair">
<div>
${ask(config, chats)}
<p role="status"></p>
<section class="found" aria-label="${words.say("results")}" hidden><ol></ol>
<button type="button">${words.say("olderTweets")}</button></section>
<template id="hit"><li class="t"><p class="by"><bdi></bdi> <a><time>00:00</time></a> <span></span></p><p class="e-content" dir="auto"></p></li></template>
${questions(site)}</div>
<aside class="aside" aria-label="${words.say("browse")}">${chats.map((of) => browse(site, of))}</aside>
</div>`,
  });
}

function ask(config: SiteConfig, chats: readonly ChatData[]): Html {
  const words = wordsOf(config);
  const years = [...new Set(chats.flatMap(yearsOf))].sort((a, b) => b - a);
  const all = html`<option value="">${words.say("searchAll")}</option>`;
  return html`<noscript><p class="banner">${words.say("searchNeedsScript")}</p></noscript>
<form class="ask" role="search" action="${href(config, searchPath(null))}" autocomplete="off">
<p><label class="words">${words.say("searchWords")} <input name="q" type="search" enterkeyhint="search" autocapitalize="none" spellcheck="false" aria-describedby="how"></label> <button type="submit">${words.say("search")}</button></p>
<p><label${chats.length > 1 ? "" : html` hidden`}>${words.say("searchChat")} <select name="chat">${all}${chats.map(({ chat }) => html`<option value="${chat.slug}">${tagOf(chat)}</option>`)}</select></label>
<label>${words.say("searchYear")} <select name="year">${all}${years.map((year) => html`<option>${year}</option>`)}</select></label>
<label>${words.say("searchPerson")} <input name="from" type="text" autocapitalize="none" spellcheck="false" placeholder="${words.say("searchHandle")}" size="16"></label>
<label class="check"><input name="is" type="checkbox" value="question"> ${words.say("searchQuestions")}</label></p>
<p class="under" id="how">${words.say("searchHow")}</p>
</form>`;
}

/** The questions of the latest sessions, as far as there is room. */
function questions(site: Site): Html | "" {
  const asked = site.latest
    .values()
    .flatMap((card) => card.questions.filter(({ text }) => text !== "").map((question) => ({ card, question })))
    .take(QUESTIONS)
    .toArray();
  const words = wordsOf(site.config);
  if (asked.length === 0) return "";
  return html`<section class="year"><h2>${words.say("questionsLately")}</h2>
<ol class="sessions dated">${asked.map(
    ({ card, question }) =>
      html`<li>${dayOf(words, card, { chat: site.chat(card.session.chat).chat, withYear: true })} <a href="${href(site.config, pathOf(card))}#${question.anchor}" dir="auto">${excerpt(question.text)}</a>${site.chats.length === 1 ? "" : html` <span>${tagOf(site.chat(card.session.chat).chat)}</span>`}</li>
`,
  )}</ol></section>
`;
}

function browse(site: Site, of: ChatData): Html {
  const { chat, sessions } = of;
  const words = wordsOf(site.config);
  const to = href(site.config, chatPath(chat.slug));
  const people = site.rollup.roster(chat.slug);
  const years = yearsOf(of).reverse();
  return html`<section class="browse"><h2><a href="${to}">${chat.title}</a></h2>
<p>${words.html("sessionsByYear", { sessions: words.say("sessions", { n: sessions.length }), years: words.rowHtml(years.map((year) => html`<a href="${href(site.config, yearPath(chat.slug, year))}">${year}</a>`)) })}</p>
<ul>${people.busiest(PEOPLE).map(({ path, name, handle, tweets }) => html`<li><a href="${href(site.config, personPath(chat.slug, path))}"><bdi>${name || `@${handle}`}</bdi></a> <span>${tweets}</span></li>`)}</ul>
<p><a href="${href(site.config, peoplePath(chat.slug))}">${words.say("allPeople", { n: people.size })}</a></p></section>
`;
}
