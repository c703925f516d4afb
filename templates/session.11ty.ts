import { html } from "hono/html";
import { sessionPage } from "../src/site/page.ts";
import { sessionPath } from "../src/site/paths.ts";
import type { SessionKey, Site } from "../src/site/site.ts";
import { type Html, layout } from "./_parts/layout.ts";
import { outside, removed, section } from "./_parts/sections.ts";
import { aside, describe, hero, notes, rail, sessionFoot, titleOf } from "./_parts/session.ts";

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
  const page = sessionPage(site.session(key), site.config);
  const options = { config: site.config, base: "" };
  return layout({
    config: site.config,
    chat: page.data.chat,
    path: sessionPath(key.chat, key.slug),
    title: titleOf(page),
    description: describe(page),
    noindex: page.data.card.status === "draft",
    scripts: ["quote"],
    type: "article",
    main: html`<article class="h-feed">${hero(page, options)}
<div class="cols">
${rail(page, options)}
<div class="list" id="transcript">${notes(page, options)}
${page.sections.map(section)}${outside(page.reposted)}${removed(page.tombstones)}</div>
${aside(page)}
</div></article>`,
    foot: sessionFoot(page, options),
  });
}
