import { html } from "hono/html";
import type { SiteConfig } from "../src/model.ts";
import type { SessionCard } from "../src/site/data.ts";
import { chatPath, href, yearPath } from "../src/site/paths.ts";
import type { Site, YearKey } from "../src/site/site.ts";
import { zoneAt } from "../src/site/time.ts";
import { wordsOf } from "../src/site/words/words.ts";
import { tagOf } from "../src/site/words.ts";
import { sessionsByYear } from "../src/site/years.ts";
import { type Html, layout } from "./_parts/layout.ts";
import { pathOf } from "./_parts/session.ts";

interface Data {
  readonly site: Site;
  readonly key: YearKey;
}

export const data = {
  pagination: { data: "site.years", size: 1, alias: "key" },
  permalink: ({ key }: Data): string => `${yearPath(key.chat, key.year)}index.html`,
};

/** The sessions of a year with what they asked, newest first. */
export function render({ site, key: { chat: slug, year } }: Data): Html {
  const { config } = site;
  const { chat, sessions } = site.chat(slug);
  const all = sessionsByYear(sessions);
  const cards = all.get(year) ?? [];
  const words = wordsOf(config);
  const said = words.say("sessionsOfYear", {
    sessions: words.say("sessions", { n: cards.length }),
    tweets: words.say("tweets", { n: sum(cards, ({ tweets }) => tweets) }),
    questions: words.say("questions", { n: sum(cards, ({ questions }) => questions.length) }),
  });
  return layout({
    config,
    chat,
    path: yearPath(slug, year),
    title: words.say("yearTitle", { year: String(year), title: chat.title }),
    description: words.say("yearDescription", { year: String(year), tag: tagOf(chat), said }),
    noindex: cards.every(({ status }) => status === "draft"),
    main: html`<header class="hero"><p class="kick"><a href="${href(config, chatPath(slug))}">${tagOf(chat)}</a> ${[...all.keys()].map((other) => (other === year ? html`<span aria-current="page">${other}</span> ` : html`<a href="../${other}/">${other}</a> `))}</p>
<h1>${year}</h1>
<p class="lede">${said}</p></header>
<div class="pair"><div>${cards.map((card) => session(config, site, card))}</div></div>`,
  });
}

const sum = (cards: readonly SessionCard[], of: (card: SessionCard) => number): number =>
  cards.reduce((total, card) => total + of(card), 0);

function session(config: SiteConfig, site: Site, card: SessionCard): Html {
  const words = wordsOf(config);
  const { start, minutes } = card.session.window;
  const to = href(config, pathOf(card));
  const counts = words.row([words.say("tweets", { n: card.tweets }), words.say("people", { n: card.people })]);
  const when = words.when(zoneAt(site.chat(card.session.chat).chat, start), start, minutes);
  return html`<section class="year"><h2><a href="${to}">${card.title}</a></h2>
<p class="kick">${card.status === "draft" ? html`<b class="tag">${words.say("draft")}</b> ` : ""}<span>${when}</span> <span>${counts}</span></p>
${
  card.questions.length === 0
    ? ""
    : html`<ol class="sessions">${card.questions.map(
        ({ label, anchor, text, answers }) =>
          html`<li><a class="tag" href="${to}#${anchor}"${/[\p{L}\p{N}]/u.test(label) ? "" : html` aria-label="${words.say("linkToQuestion")}"`}>${label}</a> <bdi>${text}</bdi> <span>${answers === 0 ? words.say("noAnswers") : words.say("answers", { n: answers })}</span></li>
`,
      )}</ol>`
}</section>
`;
}
