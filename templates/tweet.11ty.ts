import { html } from "hono/html";
import type { SiteConfig } from "../src/model.ts";
import { tweetCard } from "../src/site/cards/card.ts";
import { ownPages } from "../src/site/data.ts";
import { questionHtml } from "../src/site/embed.ts";
import { original } from "../src/site/entry.ts";
import { address, href, sessionPath, tweetPath } from "../src/site/paths.ts";
import { quotesOf } from "../src/site/quotes.ts";
import type { Site, TweetKey } from "../src/site/site.ts";
import { tweetLd } from "../src/site/structured.ts";
import { rfc3339 } from "../src/site/time.ts";
import { type TweetPage, tweetPage } from "../src/site/tweet-page.ts";
import { type Words, wordsOf } from "../src/site/words/words.ts";
import { excerpt, tagOf } from "../src/site/words.ts";
import { type Html, layout } from "./_parts/layout.ts";
import { author, below, language, mini, type TweetOptions, threads } from "./_parts/tweet.ts";

interface Data {
  readonly site: Site;
  readonly key: TweetKey;
}

export const data = {
  pagination: { data: "site.tweets", size: 1, alias: "key" },
  permalink: ({ key }: Data): string => `${tweetPath(key.chat, key.slug, key.id)}index.html`,
};

/** One tweet: what it answers, what was answered, and three ways to quote it. */
export function render({ site, key }: Data): Html {
  const { config } = site;
  const page = tweetPage(site.session(key), key.id, config);
  const { card, chat } = page.data;
  const { start } = card.session.window;
  const tag = tagOf(chat, start);
  const words = wordsOf(config);
  /** From this page to the session's. */
  const options = { config, base: "../../", image: site.image };
  const own = cardOf(site, key, page);
  const who = page.entry.tweet.author.name || `@${page.entry.tweet.author.handle}`;
  return layout({
    config,
    chat,
    path: tweetPath(key.chat, key.slug, key.id),
    title: `${who}: ${excerpt(page.plain, 70)}`,
    description: `${excerpt(page.plain)} ${words.say("dated", { tag, day: words.date(page.zone, start) })}`,
    noindex: card.status === "draft",
    type: "article",
    published: rfc3339(page.entry.tweet.time ?? start),
    modified: page.entry.tweet.edited === null ? undefined : rfc3339(page.entry.tweet.edited),
    card: own ?? site.cards.at(sessionPath(key.chat, key.slug)),
    data: tweetLd(page, config),
    scripts: ["quote"],
    main: html`<article class="one">
<p class="kick"><a href="../../">${card.title}</a> <span>${words.say("dated", { tag, day: words.day(page.zone, start) })}</span></p>
<h1>${title(words, page, html`<bdi>${who}</bdi>`)}</h1>
${context(page, options)}${quote(page, options)}${answers(page, options)}${forms(page, { config, card: own === null ? "" : href(config, own) })}
</article>`,
  });
}

function title(words: Words, { asks, under }: TweetPage, who: Html): Html {
  const label = (asks ?? under)?.label;
  if (label === undefined) return who;
  if (label === "+") return words.html(asks === null ? "onQuestion" : "asks", { who });
  return words.html(asks === null ? "onLabel" : "asksLabel", { who, label });
}

const context = ({ under, parent, entry }: TweetPage, options: TweetOptions): Html =>
  html`${under === null ? "" : html`<p class="under"><a href="../../#${under.anchor}">${under.label}</a> <span dir="auto"${language(under.heading.lang)}>${under.heading.words}</span></p>`}${parent === null ? "" : mini({ tweet: parent.tweet, html: parent.html, here: false }, options)}${entry.above === null ? "" : mini(entry.above, options)}`;

function quote({ entry }: TweetPage, options: TweetOptions): Html {
  const { tweet, when } = entry;
  const x = original(tweet);
  const words = wordsOf(options.config);
  return html`<div class="h-entry"><blockquote class="big e-content" dir="auto"${language(entry.lang)}>${entry.html}</blockquote>
${below(entry, options)}
<p class="by">${author(tweet.author)}${entry.role === null ? "" : html` <b class="tag">${words.say(entry.role)}</b>`} <a class="u-url" href="../../#t${tweet.id}">${when === null ? words.say("inTranscript") : words.html("inTranscriptAt", { time: html`<time class="dt-published" datetime="${when.iso}">${when.clock}</time>` })}</a>${tweet.edited === null ? "" : html` <span class="mark">${words.say("edited")}</span>`}${x === null ? "" : html` <a href="${x}">${words.say("onX")}</a>`}</p></div>
`;
}

function answers({ answers: shown, total, asks, entry }: TweetPage, options: TweetOptions): Html | "" {
  if (total === 0) return "";
  const words = wordsOf(options.config);
  return html`<section class="q"><h2>${words.say(asks === null ? "replies" : "answers", { n: total })}</h2>
${threads(shown, options)}
<p><a href="../../#${asks?.anchor ?? `t${entry.tweet.id}`}">${words.say("allInTranscript")}</a></p></section>
`;
}

/** Questions and pins have one of their own. */
const cardOf = (site: Site, { chat, slug, id }: TweetKey, page: TweetPage): string | null =>
  ownPages(page.data.card).includes(id)
    ? site.cards.want(tweetPath(chat, slug, id), { session: `${chat}/${slug}`, card: () => tweetCard(page, site.config) })
    : null;

function forms(page: TweetPage, { config, card }: { readonly config: SiteConfig; readonly card: string }): Html {
  const words = wordsOf(config);
  const { data, entry, zone } = page;
  const session = address(config, sessionPath(data.chat.slug, data.card.session.slug));
  const quotes = quotesOf(entry.tweet, `${session}#t${entry.tweet.id}`, zone);
  const whole = questionHtml(page, session, config);
  return html`<section class="forms"><h2>${words.say("quoteIt")}</h2>
${form("link", words.say("quoteLink"), { text: quotes.link, rows: 1 })}${form("html", words.say("quoteHtml"), { text: quotes.html, rows: 5 })}${form("markdown", words.say("quoteMarkdown"), { text: quotes.markdown, rows: 4 })}${form("text", words.say("quoteText"), { text: quotes.text, rows: 3 })}${whole === null ? "" : form("question", words.say("quoteQuestion"), { text: whole, rows: 5 })}${card === "" ? "" : picture(words, card, `${entry.tweet.id}.png`)}</section>`;
}

const picture = (words: Words, card: string, name: string): Html =>
  html`<p class="media"><img src="${card}" alt="${words.say("quotePicture")}" width="1200" height="630" loading="lazy"> <a href="${card}" download="${name}">${words.say("savePicture")}</a></p>
`;

const form = (id: string, name: string, { text, rows }: { readonly text: string; readonly rows: number }): Html =>
  html`<p><label for="as-${id}">${name}</label> <textarea id="as-${id}" rows="${rows}" readonly spellcheck="false" autocomplete="off">${text}</textarea></p>
`;
