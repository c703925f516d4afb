import { html } from "hono/html";
import { sessionCard } from "../src/site/cards/card.ts";
import { sessionPath } from "../src/site/paths.ts";
import type { SessionKey, Site } from "../src/site/site.ts";
import { sessionLd } from "../src/site/structured.ts";
import { rfc3339 } from "../src/site/time.ts";
import { type Html, layout } from "./_parts/layout.ts";
import { outside, removed, section } from "./_parts/sections.ts";
import { aside, describe, hero, notes, rail, sessionFoot, titleOf } from "./_parts/session.ts";
import { inNumbers } from "./_parts/statistics.ts";

interface Data {
  readonly site: Site;
  readonly key: SessionKey;
}

export const data = {
  pagination: { data: "site.sessions", size: 1, alias: "key" },
  permalink: ({ key }: Data): string => `${sessionPath(key.chat, key.slug)}index.html`,
};

/** The transcript, by question. */
export function render({ site, key }: Data): Html {
  const page = site.page(key);
  const options = { config: site.config, base: "" };
  const { card } = page.data;
  return layout({
    config: site.config,
    chat: page.data.chat,
    path: sessionPath(key.chat, key.slug),
    title: titleOf(page),
    description: describe(page),
    noindex: page.data.card.status === "draft",
    scripts: ["quote"],
    type: "article",
    published: rfc3339(Math.min(card.session.window.start, card.changed)),
    modified: rfc3339(card.changed),
    card: site.cards.want(sessionPath(key.chat, key.slug), {
      session: `${key.chat}/${key.slug}`,
      card: () => sessionCard(page.data, site.config),
    }),
    data: sessionLd(page, site.config, describe(page)),
    main: html`<article class="h-feed">${hero(page, options)}
<div class="cols">
${rail(page, options)}
<div class="list" id="transcript">${notes(page, options)}
${page.sections.map((view) => section(view, { ...options, image: site.image }))}${outside(page.reposted, options)}${removed(page.tombstones, options)}</div>
${aside(page, site)}
</div></article>`,
    foot: sessionFoot(page, { ...options, more: inNumbers(page, site, options.base) }),
  });
}
