import { html } from "hono/html";
import type { Chat, SiteConfig } from "../../src/model.ts";
import type { ChatData, SessionCard } from "../../src/site/data.ts";
import { href } from "../../src/site/paths.ts";
import { scheduleWords } from "../../src/site/rhythm.ts";
import { isoMinute, zoneAt } from "../../src/site/time.ts";
import { type Words, wordsOf } from "../../src/site/words/words.ts";
import type { Html } from "./layout.ts";
import { part } from "./part.ts";
import { pathOf } from "./session.ts";

/** When a chat meets: the rule, and the next dates. A little script passes over those that are gone and tells the reader's own time. */
export const meetings = part("meetings", ownMeetings);

function ownMeetings({ chat, upcoming }: ChatData, { config, most }: { readonly config: SiteConfig; readonly most: number }): Html {
  const words = wordsOf(config);
  const rule = scheduleWords(words, chat);
  const dates = upcoming.map(
    ({ start, minutes, zone }, index) =>
      html`<li${index < most ? "" : html` hidden`}><time datetime="${isoMinute(zone, start)}" data-minutes="${minutes}">${words.when(zone, start, minutes)}</time></li>`,
  );
  return html`<p class="rule">${rule === null ? words.say("noRhythm") : words.say("rule", { rule })}</p>
${dates.length === 0 ? "" : html`<ol class="dates" data-next="${most}">${dates}</ol>`}`;
}

/** The day of a session, short: "21 Jul". */
export function dayOf(
  words: Words,
  { session }: Pick<SessionCard, "session">,
  { chat, withYear }: { readonly chat: Chat; readonly withYear: boolean },
): Html {
  const { start } = session.window;
  const zone = zoneAt(chat, start);
  return html`<time datetime="${isoMinute(zone, start)}">${words.shortDate(zone, start, withYear)}</time>`;
}

/** A session in a list: date, title, how much was said. */
export const sessionLine = part("session-line", ownSessionLine);

function ownSessionLine(card: SessionCard, of: { readonly config: SiteConfig; readonly chat: Chat; readonly withYear: boolean }): Html {
  const { config } = of;
  const words = wordsOf(config);
  const said = words.row([words.say("tweets", { n: card.tweets }), words.say("people", { n: card.people })]);
  return html`<li>${dayOf(words, card, of)} <a href="${href(config, pathOf(card))}">${card.title}</a> <span>${card.status === "draft" ? html`<b class="tag">${words.say("draft")}</b> ` : ""}${said}</span></li>
`;
}
