import { html } from "hono/html";
import { sessionPath, tweetPath } from "../src/site/paths.ts";
import type { Site } from "../src/site/site.ts";
import { zoneAt } from "../src/site/time.ts";
import { tombstoneWords } from "../src/site/tombstone.ts";
import { wordsOf } from "../src/site/words/words.ts";
import { tagOf } from "../src/site/words.ts";
import { type Html, layout } from "./_parts/layout.ts";
import { remains } from "./_parts/tombstone.ts";

interface Data {
  readonly site: Site;
  readonly key: Site["graves"][number];
}

export const data = {
  pagination: { data: "site.graves", size: 1, alias: "key" },
  permalink: ({ key }: Data): string => `${tweetPath(key.chat, key.slug, key.id)}index.html`,
};

/** In the place of a removed tweet's own page. */
export function render({ site, key }: Data): Html {
  const { card, chat } = site.session(key);
  const { start } = card.session.window;
  const words = wordsOf(site.config);
  const said = tombstoneWords(words, key.tombstone);
  return layout({
    config: site.config,
    chat,
    path: tweetPath(key.chat, key.slug, key.id),
    canonical: sessionPath(key.chat, key.slug),
    title: words.say("removedTitle"),
    description: said,
    noindex: true,
    main: html`<article class="one">
<p class="kick"><a href="../../">${card.title}</a> <span>${words.say("dated", { tag: tagOf(chat, start), day: words.day(zoneAt(chat, start), start) })}</span></p>
<h1>${words.say("removedTitle")}</h1>
<p>${remains(site.config, key.tombstone)}. <a href="../../#t${key.id}">${words.say("removedPlace")}</a></p>
</article>`,
  });
}
