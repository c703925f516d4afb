import { html } from "hono/html";
import { original } from "../src/site/entry.ts";
import type { ImageFinder } from "../src/site/media.ts";
import { address, sessionPath, tweetPath } from "../src/site/paths.ts";
import { quotesOf } from "../src/site/quotes.ts";
import type { Site, TweetKey } from "../src/site/site.ts";
import { tweetLd } from "../src/site/structured.ts";
import { date, dateWithDay, rfc3339 } from "../src/site/time.ts";
import { type TweetPage, tweetPage } from "../src/site/tweet-page.ts";
import { count, excerpt, tagOf } from "../src/site/words.ts";
import { type Html, layout } from "./_parts/layout.ts";
import { author, below, language, mini, threads } from "./_parts/tweet.ts";

interface Data {
  readonly site: Site;
  readonly key: TweetKey;
}

export const data = {
  pagination: { data: "site.tweets", size: 1, alias: "key" },
  permalink: ({ key }: Data): string => `${tweetPath(key.chat, key.slug, key.id)}index.html`,
};

/** From this page to the session's. */
const BASE = { base: "../../" };

/** One tweet: what it answers, what was answered, and three ways to quote it. */
export function render({ site, key }: Data): Html {
  const { config } = site;
  const page = tweetPage(site.session(key), key.id, config);
  const { card, chat } = page.data;
  const who = page.entry.tweet.author.name || `@${page.entry.tweet.author.handle}`;
  return layout({
    config,
    chat,
    path: tweetPath(key.chat, key.slug, key.id),
    title: `${who}: ${excerpt(page.plain, 70)}`,
    description: `${excerpt(page.plain)} ${tagOf(chat, card.session.window.start)}, ${date(page.zone, card.session.window.start)}.`,
    noindex: card.status === "draft",
    type: "article",
    published: rfc3339(page.entry.tweet.time ?? card.session.window.start),
    modified: page.entry.tweet.edited === null ? undefined : rfc3339(page.entry.tweet.edited),
    data: tweetLd(page, config),
    scripts: ["quote"],
    main: html`<article class="one">
<p class="kick"><a href="../../">${card.title}</a> <span>${tagOf(chat, card.session.window.start)}, ${dateWithDay(page.zone, card.session.window.start)}</span></p>
<h1>${title(page, who)}</h1>
${context(page)}${quote(page, site.image)}${answers(page, site.image)}${forms(page, `${address(config, sessionPath(key.chat, key.slug))}#t${key.id}`)}
</article>`,
  });
}

const title = ({ asks, under }: TweetPage, who: string): Html =>
  asks !== null
    ? html`<bdi>${who}</bdi> asks${asks.label === "+" ? "" : ` ${asks.label}`}`
    : under === null
      ? html`<bdi>${who}</bdi>`
      : html`<bdi>${who}</bdi> on ${under.label === "+" ? "a question" : under.label}`;

const context = ({ under, parent, entry }: TweetPage): Html =>
  html`${under === null ? "" : html`<p class="under"><a href="../../#${under.anchor}">${under.label}</a> <span dir="auto"${language(under.heading.lang)}>${under.heading.words}</span></p>`}${parent === null ? "" : mini({ tweet: parent.tweet, html: parent.html, here: false }, BASE)}${entry.above === null ? "" : mini(entry.above, BASE)}`;

function quote({ entry }: TweetPage, image: ImageFinder): Html {
  const { tweet, when } = entry;
  const x = original(tweet);
  return html`<div class="h-entry"><blockquote class="big e-content" dir="auto"${language(entry.lang)}>${entry.html}</blockquote>
${below(entry, { ...BASE, image })}
<p class="by">${author(tweet.author)}${entry.role === null ? "" : html` <b class="tag">${entry.role}</b>`} <a class="u-url" href="../../#t${tweet.id}">${when === null ? "In the transcript" : html`<time class="dt-published" datetime="${when.iso}">${when.clock}</time>, in the transcript`}</a>${tweet.edited === null ? "" : html` <span class="mark">edited</span>`}${x === null ? "" : html` <a href="${x}">On X</a>`}</p></div>
`;
}

const answers = ({ answers: shown, total, asks, entry }: TweetPage, image: ImageFinder): Html | "" =>
  total === 0
    ? ""
    : html`<section class="q"><h2>${count(total, asks === null ? "reply" : "answer", asks === null ? "replies" : "answers")}</h2>
${threads(shown, { ...BASE, image })}
<p><a href="../../#${asks?.anchor ?? `t${entry.tweet.id}`}">All in the transcript</a></p></section>
`;

function forms({ entry, zone }: TweetPage, link: string): Html {
  const quotes = quotesOf(entry.tweet, link, zone);
  return html`<section class="forms"><h2>Quote it</h2>
${form("link", "Link", quotes.link, 1)}${form("html", "HTML", quotes.html, 5)}${form("markdown", "Markdown", quotes.markdown, 4)}${form("text", "Text", quotes.text, 3)}</section>`;
}

const form = (id: string, name: string, text: string, rows: number): Html =>
  html`<p><label for="as-${id}">${name}</label> <textarea id="as-${id}" rows="${rows}" readonly spellcheck="false" autocomplete="off">${text}</textarea></p>
`;
