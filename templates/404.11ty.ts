import { html } from "hono/html";
import { chatPath, href } from "../src/site/paths.ts";
import type { Site } from "../src/site/site.ts";
import { type Html, layout } from "./_parts/layout.ts";

interface Data {
  readonly site: Site;
}

export const data = { permalink: "404.html" };

export const render = ({ site: { config, chats } }: Data): Html =>
  layout({
    config,
    path: "404.html",
    title: `Not found · ${config.name}`,
    noindex: true,
    main: html`<header class="hero"><h1>There is no such page</h1></header>
<div class="prose"><p>Addresses here do not change. This one may be mistyped, or its page was removed. What there is:</p>
<ul><li><a href="${href(config, "")}">${config.name}</a></li>${chats.map(({ chat }) => html`<li><a href="${href(config, chatPath(chat.slug))}">${chat.title}</a></li>`)}</ul></div>`,
  });
