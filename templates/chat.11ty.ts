import { html } from "hono/html";
import type { SiteConfig } from "../src/model.ts";
import type { ChatData } from "../src/site/data.ts";
import { calendarPath, chatPath, howPath, href, linksPath, peoplePath } from "../src/site/paths.ts";
import type { Site } from "../src/site/site.ts";
import { wordsOf } from "../src/site/words/words.ts";
import { tagOf } from "../src/site/words.ts";
import { sessionsByYear } from "../src/site/years.ts";
import { markdownHtml } from "../src/text/markdown.ts";
import { type Html, layout } from "./_parts/layout.ts";
import { meetings, sessionLine } from "./_parts/lists.ts";

interface Data {
  readonly site: Site;
  readonly slug: string;
}

export const data = {
  pagination: { data: "site.slugs", size: 1, alias: "slug" },
  permalink: ({ slug }: Data): string => `${chatPath(slug)}index.html`,
};

/** A chat: what it is, when it meets, what was said, by year. */
export function render({ site, slug }: Data): Html {
  const { config } = site;
  const of = site.chat(slug);
  const { chat, sessions } = of;
  const words = wordsOf(config);
  const join = html`<a href="${href(config, howPath(slug))}">${words.say("howToJoin")}</a>`;
  const follow = of.upcoming
    .map(() => html`<a href="${href(config, calendarPath(slug))}">${words.say("calendarToFollow")}</a>`)
    .slice(0, 1);
  return layout({
    config,
    chat,
    path: chatPath(slug),
    title: `${chat.title} · ${tagOf(chat)}`,
    description: words.say("chatDescription", {
      title: chat.title,
      tag: tagOf(chat),
      sessions: words.say("sessions", { n: sessions.length }),
    }),
    scripts: ["when"],
    main: html`<header class="hero">
<p class="kick"><a href="https://x.com/hashtag/${encodeURIComponent(tagOf(chat).slice(1))}">${tagOf(chat)}</a>${chat.hosts.length === 0 ? "" : html` <span>${words.say("hostedBy", { hosts: words.list(chat.hosts.map((host) => `@${host}`)) })}</span>`}</p>
<h1>${chat.title}</h1>
</header>
<div class="pair">
<aside class="aside" aria-label="${words.say("whenItMeets")}"><section><h2>${words.say("nextMeeting")}</h2>
${meetings(of, { config, most: 3 })}
<p>${words.rowHtml([join, ...follow])}</p>
<p>${words.rowHtml([html`<a href="${href(config, peoplePath(slug))}">${words.say("peopleTitle")}</a>`, html`<a href="${href(config, linksPath(slug, null))}">${words.say("linksSharedToo")}</a>`])}</p></section></aside>
<div>
${chat.about.trim() === "" ? "" : html`<section class="notes" aria-label="${words.say("about")}">${markdownHtml(chat.about, { prefix: config.pathPrefix })}</section>`}
${sessions.length === 0 ? html`<p class="none">${words.say("noSessionYet")}</p>` : years(of, config)}</div>
</div>`,
  });
}

/** The newest years list so many sessions; of older ones there is the way to their own pages. */
const MOST = 500;

function years({ chat, sessions }: ChatData, config: SiteConfig): Html {
  const all = [...sessionsByYear(sessions)];
  let listed = 0;
  const cut = all.findIndex(([, cards], index) => {
    listed += cards.length;
    return index > 0 && listed > MOST;
  });
  const [newest, older] = cut === -1 ? [all, []] : [all.slice(0, cut), all.slice(cut)];
  const words = wordsOf(config);
  const whole = newest.map(
    ([year, cards]) => html`<section class="year"><h2><a href="${year}/">${year}</a></h2>
<ol class="sessions">${cards.map((card) => sessionLine(card, { config, chat, withYear: false }))}</ol></section>
`,
  );
  const short = older.map(
    ([year, { length: n }]) => html`<li><a href="${year}/">${year}</a> <span>${words.say("sessions", { n })}</span></li>\n`,
  );
  return html`${whole}${older.length === 0 ? "" : html`<section class="year"><h2>${words.say("earlierSessions")}</h2>\n<ol class="sessions">${short}</ol></section>\n`}`;
}
