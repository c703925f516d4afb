import { html } from "hono/html";
import { chatPath, href, peoplePath } from "../src/site/paths.ts";
import type { Person } from "../src/site/people.ts";
import type { Site } from "../src/site/site.ts";
import { type Words, wordsOf } from "../src/site/words/words.ts";
import { tagOf } from "../src/site/words.ts";
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

/** More are a page that nobody reads, and no phone shows. */
const MOST = 1000;

/** The people of a chat, with when they were last here. */
export function render({ site, slug }: Data): Html {
  const { chat, sessions } = site.chat(slug);
  const roster = site.rollup.roster(slug);
  const people = roster.latest(MOST);
  const words = wordsOf(site.config);
  const n = roster.size;
  const by = people.length < n ? words.say("peopleHereLast", { n, most: words.number(MOST) }) : words.say("peopleByHandle", { n });
  // of each session once: most people were last in one with many others
  const lasts = new Set(people.map(({ last }) => last));
  const were = sessions.filter(({ session }) => lasts.has(session.slug));
  const days = new Map(were.map((card) => [card.session.slug, dayOf(words, card, { chat, withYear: true })]));
  return layout({
    config: site.config,
    chat,
    path: peoplePath(slug),
    title: `${words.say("peopleTitle")} · ${chat.title}`,
    description: words.say("peopleOf", { n, tag: tagOf(chat) }),
    noindex: true,
    main: html`<header class="hero"><p class="kick"><a href="${href(site.config, chatPath(slug))}">${tagOf(chat)}</a></p>
<h1>${words.say("peopleTitle")}</h1>
<p class="lede">${n === 0 ? words.say("nobodyYet") : by}</p></header>
<div class="pair"><div>${n === 0 ? "" : html`<ol class="sessions dated">${people.map((person) => line(words, person, days.get(person.last)))}</ol>`}</div></div>`,
  });
}

function line(words: Words, { name, handle, path, sessions, tweets }: Person, day: Html | undefined): Html {
  const was = [words.say("sessions", { n: sessions }), words.say("tweets", { n: tweets })];
  return html`<li>${day ?? ""} <a href="${path}/"><bdi>${name || `@${handle}`}</bdi></a> <span>${words.row(name === "" ? was : [`@${handle}`, ...was])}</span></li>
`;
}
