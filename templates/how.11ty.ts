import { html } from "hono/html";
import { calendarPath, chatPath, howPath, href } from "../src/site/paths.ts";
import type { Site } from "../src/site/site.ts";
import { list, tagOf } from "../src/site/words.ts";
import { type Html, layout } from "./_parts/layout.ts";
import { meetings } from "./_parts/lists.ts";

interface Data {
  readonly site: Site;
  readonly slug: string;
}

export const data = {
  pagination: { data: "site.slugs", size: 1, alias: "slug" },
  permalink: ({ slug }: Data): string => `${howPath(slug)}index.html`,
};

/** For those who have never been to one. */
export function render({ site, slug }: Data): Html {
  const { config } = site;
  const of = site.chat(slug);
  const { chat } = of;
  const tag = tagOf(chat);
  return layout({
    config,
    chat,
    path: howPath(slug),
    title: `How to join ${chat.title} · ${tag}`,
    description: `When ${tag} meets, and how to take part: follow the hashtag, answer Q1 with A1.`,
    scripts: ["when"],
    main: html`<header class="hero"><p class="kick"><a href="${href(config, chatPath(slug))}">${tag}</a></p>
<h1>How to join</h1></header>
<div class="prose">
<p>${chat.title} is an hour of conversation on X under one hashtag, <b>${tag}</b>. Anyone may read along, and anyone may answer.</p>
<h2>When</h2>
${meetings(of, 12)}
${of.upcoming.length === 0 ? "" : html`<p>A calendar on your phone can follow these dates: give it the address of <a href="${href(config, calendarPath(slug))}">this one</a>, and it shows them in your own time.</p>`}
<h2>Where</h2>
<p>Open <a href="https://x.com/hashtag/${encodeURIComponent(tag.slice(1))}">${tag} on X</a> and sort it by latest. Write ${tag} in every tweet of yours, or the others will not see it.</p>
<h2>Questions and answers</h2>
<p>${chat.hosts.length === 0 ? "The host" : list(chat.hosts.map((host) => `@${host}`))} ${chat.hosts.length > 1 ? "ask" : "asks"} numbered questions: <b>Q1</b>, <b>Q2</b>, and so on. Begin your answer with the same number: an answer to Q1 begins with <b>A1</b>. To answer a person, reply to their tweet.</p>
<h2>Afterwards</h2>
<p>Every session becomes a <a href="${href(config, chatPath(slug))}">transcript</a>, sorted by question. Come late, and you can still read it all.</p>
</div>`,
  });
}
