import { html } from "hono/html";
import type { SiteConfig } from "../../src/model.ts";
import type { ChatData, SessionCard } from "../../src/site/data.ts";
import { href } from "../../src/site/paths.ts";
import { scheduleWords } from "../../src/site/rhythm.ts";
import { dateWithDay, hours, isoMinute, wallClock, zoneAt } from "../../src/site/time.ts";
import { count } from "../../src/site/words.ts";
import type { Html } from "./layout.ts";
import { pathOf } from "./session.ts";

/** When a chat meets: the rule, and the next dates. A little script passes over those that are gone and tells the reader's own time. */
export function meetings({ chat, upcoming }: ChatData, most: number): Html {
  const words = scheduleWords(chat);
  const dates = upcoming.map(
    ({ start, minutes, zone }, index) =>
      html`<li${index < most ? "" : html` hidden`}><time datetime="${isoMinute(zone, start)}" data-minutes="${minutes}">${dateWithDay(zone, start)}, ${hours(zone, start, minutes)}</time></li>`,
  );
  return html`<p class="rule">${words === null ? "This chat has no fixed rhythm: its sessions are announced one by one." : `${words}.`}</p>
${dates.length === 0 ? "" : html`<ol class="dates" data-next="${most}">${dates}</ol>`}`;
}

/** The day of a session, short: "21 Jul". */
export function dayOf({ session }: SessionCard, chat: ChatData["chat"], withYear: boolean): Html {
  const { start } = session.window;
  const zone = zoneAt(chat, start);
  const { day, month, year } = wallClock(zone, start);
  return html`<time datetime="${isoMinute(zone, start)}">${day} ${MONTHS[month - 1]}${withYear ? ` ${year}` : ""}</time>`;
}

/** A session in a list: date, title, how much was said. */
export function sessionLine(card: SessionCard, chat: ChatData["chat"], config: SiteConfig, withYear = false): Html {
  return html`<li>${dayOf(card, chat, withYear)} <a href="${href(config, pathOf(card))}">${card.title}</a> <span>${card.status === "draft" ? html`<b class="tag">draft</b> ` : ""}${count(card.tweets, "tweet")}, ${count(card.people, "person", "people")}</span></li>
`;
}

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
