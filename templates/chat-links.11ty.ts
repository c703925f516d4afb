import { html } from "hono/html";
import { chatPath, href, linksPath, sessionPath } from "../src/site/paths.ts";
import type { SharedIn } from "../src/site/rollup.ts";
import type { Site } from "../src/site/site.ts";
import { date, zoneAt } from "../src/site/time.ts";
import { count, tagOf } from "../src/site/words.ts";
import { type Html, layout } from "./_parts/layout.ts";
import { linkList } from "./_parts/shared.ts";

interface Data {
  readonly site: Site;
  readonly slug: string;
}

export const data = {
  pagination: { data: "site.slugs", size: 1, alias: "slug" },
  permalink: ({ slug }: Data): string => `${linksPath(slug, null)}index.html`,
};

/** What all reviewed sessions of a chat link to. */
export function render({ site, slug }: Data): Html {
  const { chat } = site.chat(slug);
  const links = site.rollup.links(slug);
  const words =
    links.length === 0 ? "Nobody shared a link yet." : `${count(links.length, "link")}, those shared most first, then the newest.`;
  return layout({
    config: site.config,
    chat,
    path: linksPath(slug, null),
    title: `Links shared · ${chat.title}`,
    description: `${count(links.length, "link")} that people of ${tagOf(chat)} shared.`,
    main: html`<header class="hero"><p class="kick"><a href="${href(site.config, chatPath(slug))}">${tagOf(chat)}</a></p>
<h1>Links shared</h1>
<p class="lede">${words}</p></header>
<div class="pair">${links.length === 0 ? "" : linkList(links, (share) => who(site, share))}</div>`,
  });
}

function who(site: Site, { id, handle, card, label }: SharedIn): Html {
  const { chat, slug, window } = card.session;
  const zone = zoneAt(site.chat(chat).chat, window.start);
  const to = `${href(site.config, sessionPath(chat, slug))}#t${id}`;
  return html`<span>@${handle}</span> <a href="${to}">${date(zone, window.start)}</a>${label === null || label === "+" ? "" : html` <span>in ${label}</span>`}`;
}
