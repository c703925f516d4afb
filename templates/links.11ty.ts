import { html } from "hono/html";
import { rollUp, type Share, sharesOf } from "../src/site/links.ts";
import { type SessionPage, sessionPage } from "../src/site/page.ts";
import { linksPath } from "../src/site/paths.ts";
import type { SessionKey, Site } from "../src/site/site.ts";
import { count } from "../src/site/words.ts";
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
  const page = sessionPage(site.session(key), site.config);
  const links = rollUp(sharesOf(page.data));
  return layout({
    config: site.config,
    chat: page.data.chat,
    path: linksPath(key.chat, key.slug),
    title: `Links shared: ${titleOf(page)}`,
    description: `${count(links.length, "link")} that people shared.`,
    noindex: page.data.card.status === "draft",
    main: html`${subHero(page, "Links shared", links.length === 0 ? "Nobody shared a link." : `${count(links.length, "link")}, and who shared ${links.length === 1 ? "it" : "them"}.`)}
<div class="pair">${links.length === 0 ? "" : linkList(links, (share) => who(page, share))}</div>`,
    foot: sessionFoot(page, { config: site.config, base: "../" }, inNumbers(page, site, "../")),
  });
}

function who({ zone, data: { transcript } }: SessionPage, { placed: { tweet, placement } }: Share): Html {
  const question = transcript.questions.find(({ number }) => number === placement.question);
  return html`${moment(zone, tweet, "../")} ${author(tweet.author)}${question === undefined ? "" : html` <a href="../#${question.anchor}">${question.label === "+" ? "in a side question" : `in ${question.label}`}</a>`}`;
}
