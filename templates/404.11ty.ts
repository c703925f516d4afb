import { html } from "hono/html";
import { chatPath, href } from "../src/site/paths.ts";
import type { Site } from "../src/site/site.ts";
import { wordsOf } from "../src/site/words/words.ts";
import { type Html, layout } from "./_parts/layout.ts";

interface Data {
  readonly site: Site;
}

export const data = { permalink: "404.html" };

export function render({ site: { config, chats } }: Data): Html {
  const words = wordsOf(config);
  return layout({
    config,
    path: "404.html",
    title: `${words.say("notFound")} · ${config.name}`,
    noindex: true,
    main: html`<header class="hero"><h1>${words.say("noSuchPage")}</h1></header>
<div class="prose"><p>${words.say("noSuchPageWhy")}</p>
<ul><li><a href="${href(config, "")}">${config.name}</a></li>${chats.map(({ chat }) => html`<li><a href="${href(config, chatPath(chat.slug))}">${chat.title}</a></li>`)}</ul></div>`,
  });
}
