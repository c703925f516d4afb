import { html } from "hono/html";
import { calendarPath, chatPath, howPath, href } from "../src/site/paths.ts";
import type { Site } from "../src/site/site.ts";
import { wordsOf } from "../src/site/words/words.ts";
import { tagOf } from "../src/site/words.ts";
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
  const words = wordsOf(config);
  const hosts = chat.hosts.length === 0 ? words.say("theHost") : words.list(chat.hosts.map((host) => `@${host}`));
  const onX = html`<a href="https://x.com/hashtag/${encodeURIComponent(tag.slice(1))}">${words.say("onXTag", { tag })}</a>`;
  const calendar = html`<a href="${href(config, calendarPath(slug))}">${words.say("howCalendarLink")}</a>`;
  const transcript = html`<a href="${href(config, chatPath(slug))}">${words.say("howTranscriptLink")}</a>`;
  return layout({
    config,
    chat,
    path: howPath(slug),
    title: `${words.say("howTitle", { title: chat.title })} · ${tag}`,
    description: words.say("howDescription", { tag }),
    scripts: ["when"],
    main: html`<header class="hero"><p class="kick"><a href="${href(config, chatPath(slug))}">${tag}</a></p>
<h1>${words.say("howToJoin")}</h1></header>
<div class="prose">
<p>${words.html("howWhat", { title: chat.title, tag: html`<b>${tag}</b>` })}</p>
<h2>${words.say("howWhen")}</h2>
${meetings(of, { config, most: 12 })}
${of.upcoming.length === 0 ? "" : html`<p>${words.html("howCalendar", { calendar })}</p>`}
<h2>${words.say("howWhere")}</h2>
<p>${words.html("howOpen", { tag: onX, word: tag })}</p>
<h2>${words.say("howQuestions")}</h2>
<p>${words.html("howAsks", { n: Math.max(1, chat.hosts.length), hosts, q1: html`<b>Q1</b>`, q2: html`<b>Q2</b>`, a1: html`<b>A1</b>` })}</p>
<h2>${words.say("howAfter")}</h2>
<p>${words.html("howTranscript", { transcript })}</p>
</div>`,
  });
}
