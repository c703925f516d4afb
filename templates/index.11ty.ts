import { html } from "hono/html";
import type { SessionCard } from "../src/site/data.ts";
import { calendarPath, chatPath, href } from "../src/site/paths.ts";
import type { Site } from "../src/site/site.ts";
import { wordsOf } from "../src/site/words/words.ts";
import { tagOf } from "../src/site/words.ts";
import { type Html, layout } from "./_parts/layout.ts";
import { meetings, sessionLine } from "./_parts/lists.ts";
import { pathOf } from "./_parts/session.ts";
import { language } from "./_parts/tweet.ts";

interface Data {
  readonly site: Site;
}

export const data = { permalink: "index.html" };

const LATEST = 10;
const QUOTES = 4;

/** The chats, their next session, what came last, what is worth reading. */
export function render({ site }: Data): Html {
  const { config, chats } = site;
  const latest = site.latest;
  const quotes = quoted(site, latest);
  const words = wordsOf(config);
  return layout({
    config,
    path: "",
    title: config.name,
    description: words.say("siteDescription", { chats: words.list(chats.map(({ chat }) => `${chat.title} (${tagOf(chat)})`)) }),
    scripts: ["when"],
    feeds: chats.map(({ chat }) => chat),
    main: html`<header class="hero"><h1>${config.name}</h1></header>
<div class="pair">
<div>
<section class="year"><h2>${words.say("theChats", { n: chats.length })}</h2>
${chats.map(
  (of) => html`<section class="chat"><h3><a href="${href(config, chatPath(of.chat.slug))}">${of.chat.title}</a></h3>
<p class="kick"><span>${tagOf(of.chat)}</span> <span>${words.say("sessions", { n: of.sessions.length })}</span></p>
${meetings(of, { config, most: 1 })}</section>
`,
)}${site.all.calendars.length < 2 ? "" : html`<p class="kick"><a href="${href(config, calendarPath(null))}">${words.say("allDates")}</a></p>`}</section>
${
  latest.length === 0
    ? ""
    : html`<section class="year"><h2>${words.say("latestSessions")}</h2>
<ol class="sessions dated">${latest.slice(0, LATEST).map((card) => sessionLine(card, { config, chat: site.chat(card.session.chat).chat, withYear: true }))}</ol></section>`
}
</div>
${
  quotes.length === 0
    ? ""
    : html`<aside class="aside" aria-label="${words.say("quotes")}"><section class="quotes"><h2>${words.say("worthReading")}</h2>
${quotes}</section></aside>`
}
</div>`,
  });
}

/** The first pin of the latest sessions that have one. */
function quoted(site: Site, latest: readonly SessionCard[]): Html[] {
  const pinned = latest.filter(({ pins, status }) => pins.length > 0 && status === "reviewed").slice(0, QUOTES);
  return pinned.flatMap((card) => {
    const lede = site.rollup.lede(card);
    if (lede === null) return [];
    return [
      html`<figure><blockquote dir="auto"${language(lede.lang)}>${lede.text}</blockquote><figcaption><bdi>${lede.author.name || `@${lede.author.handle}`}</bdi>, <a href="${href(site.config, pathOf(card))}#t${lede.id}">${card.title}</a></figcaption></figure>
`,
    ];
  });
}
