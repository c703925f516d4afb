import { html } from "hono/html";
import type { SiteConfig } from "../src/model.ts";
import { REMOVAL } from "../src/site/paths.ts";
import type { Site } from "../src/site/site.ts";
import { wordsOf } from "../src/site/words/words.ts";
import { profile } from "../src/site/words.ts";
import { contactOf, type Html, layout } from "./_parts/layout.ts";

interface Data {
  readonly site: Site;
}

export const data = { permalink: `${REMOVAL}index.html` };

/** For those who want something they wrote taken out: whom to ask, what goes, what stays, what is X's. */
export function render({ site }: Data): Html {
  const { config } = site;
  const words = wordsOf(config);
  const part = (heading: Html | string, texts: readonly (Html | string)[]): Html =>
    html`<h2>${heading}</h2>
${texts.map((text) => html`<p>${text}</p>\n`)}`;
  return layout({
    config,
    path: REMOVAL,
    title: words.say("removalIn", { site: config.name }),
    description: words.say("removalWhat"),
    main: html`<header class="hero"><h1>${words.say("removal")}</h1>
<p class="lede">${words.say("removalWhat")}</p></header>
<div class="prose">
${part(words.say("removalAsk"), [whom(site), words.say("removalTell")])}${part(words.say("removalGoes"), [words.say("removalGone"), words.say("removalAway")])}${part(words.say("removalStays"), [words.say("removalStone"), words.say("removalMentions")])}${part(words.say("removalOnX"), [words.say("removalX"), words.say("removalCopies")])}</div>`,
  });
}

/** The site's contact; without one, the hosts of its chats. */
function whom({ config, chats }: Site): Html | string {
  const words = wordsOf(config);
  const contact = contactOf(config);
  if (contact !== null) return words.html("removalContact", { contact: html`<a href="${contact.to}">${contact.text}</a>` });
  const hosts = [...new Set(chats.flatMap(({ chat }) => chat.hosts))];
  return hosts.length === 0 ? words.say("removalNobody") : words.html("removalHosts", { hosts: html`${handles(config, hosts)}` });
}

const handles = (config: SiteConfig, hosts: readonly string[]): Html =>
  wordsOf(config).rowHtml(
    hosts.map((host) => {
      const to = profile(host);
      return to === undefined ? html`@${host}` : html`<a href="${to}" rel="nofollow ugc noopener noreferrer">@${host}</a>`;
    }),
  );
