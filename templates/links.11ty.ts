import { html } from "hono/html";
import { rollUp, type Share, sharesOf } from "../src/site/links.ts";
import type { SessionPage } from "../src/site/page.ts";
import { linksPath, sessionPath } from "../src/site/paths.ts";
import type { SessionKey, Site } from "../src/site/site.ts";
import { type Words, wordsOf } from "../src/site/words/words.ts";
import { type Html, layout } from "./_parts/layout.ts";
import { sessionFoot, titleOf } from "./_parts/session.ts";
import { linkList, moment, subHero } from "./_parts/shared.ts";
import { inNumbers } from "./_parts/statistics.ts";
import { author } from "./_parts/tweet.ts";

interface Data {
  readonly site: Site;
  readonly key: SessionKey;
}

export const data = {
  pagination: { data: "site.sessions", size: 1, alias: "key" },
  permalink: ({ key }: Data): string => `${linksPath(key.chat, key.slug)}index.html`,
};

/** What the tweets of a session link to. */
export function render({ site, key }: Data): Html {
  const page = site.page(key);
  const links = rollUp(sharesOf(page.data));
  const words = wordsOf(site.config);
  const n = links.length;
  return layout({
    config: site.config,
    chat: page.data.chat,
    path: linksPath(key.chat, key.slug),
    title: words.say("linksSharedIn", { title: titleOf(page) }),
    description: words.say("linksDescription", { n }),
    noindex: page.data.card.status === "draft",
    card: site.cards.at(sessionPath(key.chat, key.slug)),
    main: html`${subHero(page, words.say("linksShared"), n === 0 ? words.say("noLinks") : words.say("linksAndWho", { n }))}
<div class="pair">${n === 0 ? "" : linkList(site.config, links, (share) => who(words, page, share))}</div>`,
    foot: sessionFoot(page, { config: site.config, base: "../", more: inNumbers(page, site, "../") }),
  });
}

function who(words: Words, { zone, data: { transcript } }: SessionPage, { placed: { tweet, placement } }: Share): Html {
  const question = transcript.questions.find(({ number }) => number === placement.question);
  return html`${moment(words, zone, { ...tweet, to: "../" })} ${author(tweet.author)}${question === undefined ? "" : html` <a href="../#${question.anchor}">${question.label === "+" ? words.say("inSideQuestion") : words.say("inLabel", { label: question.label })}</a>`}`;
}
