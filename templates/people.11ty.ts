import { html } from "hono/html";
import { chatPath, href, peoplePath } from "../src/site/paths.ts";
import type { Person } from "../src/site/people.ts";
import type { Site } from "../src/site/site.ts";
import { count, tagOf } from "../src/site/words.ts";
import { type Html, layout } from "./_parts/layout.ts";
import { dayOf } from "./_parts/lists.ts";

interface Data {
  readonly site: Site;
  readonly slug: string;
}

export const data = {
  pagination: { data: "site.slugs", size: 1, alias: "slug" },
  permalink: ({ slug }: Data): string => `${peoplePath(slug)}index.html`,
};

/** Everybody of a chat, with when they were last here. */
export function render({ site, slug }: Data): Html {
  const { chat } = site.chat(slug);
  const people = site.rollup.people(slug);
  return layout({
    config: site.config,
    chat,
    path: peoplePath(slug),
    title: `People · ${chat.title}`,
    description: `${count(people.length, "person", "people")} of ${tagOf(chat)}.`,
    noindex: true,
    main: html`<header class="hero"><p class="kick"><a href="${href(site.config, chatPath(slug))}">${tagOf(chat)}</a></p>
<h1>People</h1>
<p class="lede">${people.length === 0 ? "Nobody has said anything yet." : `${count(people.length, "person", "people")} by handle, with the day each was last here.`}</p></header>
<div class="pair"><div>${people.length === 0 ? "" : html`<ol class="sessions dated">${people.map((person) => line(site, slug, person))}</ol>`}</div></div>`,
  });
}

function line(site: Site, slug: string, { name, handle, path, sessions, tweets }: Person): Html {
  const { chat, sessions: cards } = site.chat(slug);
  const last = cards[sessions.at(-1) ?? -1];
  return html`<li>${last === undefined ? "" : dayOf(last, chat, true)} <a href="${path}/"><bdi>${name || `@${handle}`}</bdi></a> <span>${name === "" ? "" : `@${handle}, `}${count(sessions.length, "session")}, ${count(tweets, "tweet")}</span></li>
`;
}
