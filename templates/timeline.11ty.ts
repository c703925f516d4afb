import { html } from "hono/html";
import { sessionPath, timelinePath } from "../src/site/paths.ts";
import type { SessionKey, Site } from "../src/site/site.ts";
import { type Run, timeline } from "../src/site/timeline.ts";
import { wordsOf } from "../src/site/words/words.ts";
import { type Html, layout } from "./_parts/layout.ts";
import { heading, tombstone } from "./_parts/sections.ts";
import { aside, describe, hero, rail, sessionFoot, titleOf } from "./_parts/session.ts";
import { inNumbers } from "./_parts/statistics.ts";
import { item, type TweetOptions } from "./_parts/tweet.ts";

interface Data {
  readonly site: Site;
  readonly key: SessionKey;
}

export const data = {
  pagination: { data: "site.sessions", size: 1, alias: "key" },
  permalink: ({ key }: Data): string => `${timelinePath(key.chat, key.slug)}index.html`,
};

/** The same transcript in time order: a page of its own, so that reading and keyboard order stay one. */
export function render({ site, key }: Data): Html {
  const page = site.page(key);
  const words = wordsOf(site.config);
  const options = { config: site.config, base: "../" };
  return layout({
    config: site.config,
    chat: page.data.chat,
    path: timelinePath(key.chat, key.slug),
    canonical: sessionPath(key.chat, key.slug),
    title: words.say("inTimeOrder", { title: titleOf(page) }),
    description: words.say("inTimeOrderDescription", { description: describe(page) }),
    noindex: page.data.card.status === "draft",
    scripts: ["quote"],
    card: site.cards.at(sessionPath(key.chat, key.slug)),
    main: html`<article class="h-feed">${hero(page, options)}
<div class="cols">
${rail(page, options)}
<div class="list">${timeline(page.data, site.config).map((one) => run(one, { ...options, labelled: true, image: site.image }))}</div>
${aside(page, site)}
</div></article>`,
    foot: sessionFoot(page, { ...options, more: inNumbers(page, site, options.base) }),
  });
}

const run = (
  { asked, entries }: Run,
  options: TweetOptions,
): Html => html`<section class="q timed"${asked === null ? html` aria-label="${wordsOf(options.config).say("beforeFirst")}"` : html` aria-labelledby="${asked.question.anchor}-h"`}>
${asked === null ? "" : heading(asked, options)}
${entries.length === 0 ? "" : html`<ol>${entries.map((entry) => ("reason" in entry ? tombstone(entry, options) : item(entry, options)))}</ol>`}
</section>
`;
