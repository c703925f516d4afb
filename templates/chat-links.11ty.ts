import { html } from "hono/html";
import { chatPath, href, linksPath, sessionPath } from "../src/site/paths.ts";
import type { SharedIn } from "../src/site/rollup.ts";
import type { Site } from "../src/site/site.ts";
import { zoneAt } from "../src/site/time.ts";
import { type Words, wordsOf } from "../src/site/words/words.ts";
import { tagOf } from "../src/site/words.ts";
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

/** More than a reader looks through, or a phone likes to load; each session has a page of its own links. */
const MOST = { links: 500, shares: 10 };

/** What the reviewed sessions of a chat link to. */
export function render({ site, slug }: Data): Html {
  const { chat } = site.chat(slug);
  const { total: n, links } = site.rollup.links(slug, MOST);
  const words = wordsOf(site.config);
  return layout({
    config: site.config,
    chat,
    path: linksPath(slug, null),
    title: `${words.say("linksShared")} · ${chat.title}`,
    description: words.say("chatLinksDescription", { n, tag: tagOf(chat) }),
    main: html`<header class="hero"><p class="kick"><a href="${href(site.config, chatPath(slug))}">${tagOf(chat)}</a></p>
<h1>${words.say("linksShared")}</h1>
<p class="lede">${said(words, n)}</p></header>
<div class="pair">${n === 0 ? "" : linkList(site.config, links, (share) => who(site, share))}</div>`,
  });
}

function said(words: Words, n: number): string {
  if (n === 0) return words.say("noLinksYet");
  return n > MOST.links ? words.say("linksMostOf", { n: MOST.links, total: words.number(n) }) : words.say("linksMostFirst", { n });
}

function who(site: Site, { id, handle, card, label }: SharedIn): Html {
  const { chat, slug, window } = card.session;
  const zone = zoneAt(site.chat(chat).chat, window.start);
  const words = wordsOf(site.config);
  const to = `${href(site.config, sessionPath(chat, slug))}#t${id}`;
  return html`<span>@${handle}</span> <a href="${to}">${words.date(zone, window.start)}</a>${label === null || label === "+" ? "" : html` <span>${words.say("inLabel", { label })}</span>`}`;
}
