import { html } from "hono/html";
import type { SiteConfig } from "../../src/model.ts";
import type { SessionData, SessionName } from "../../src/site/data.ts";
import { href, sessionPath } from "../../src/site/paths.ts";
import { wordsOf } from "../../src/site/words/words.ts";
import type { Html } from "./layout.ts";

/** The way to a session's neighbours. All that its pages say of them: where it gets others, the pages that stand get another one of these
 *  (src/site/relink.ts). */
export function neighbours({ previous, next }: Pick<SessionData, "previous" | "next">, config: SiteConfig): Html | "" {
  if (previous === null && next === null) return "";
  const words = wordsOf(config);
  const to = ({ session, title }: SessionName, rel: "prev" | "next"): Html =>
    html`<a rel="${rel}" href="${href(config, sessionPath(session.chat, session.slug))}"><span>${words.say(rel === "prev" ? "previousSession" : "nextSession")}</span> ${title}</a>`;
  return html`<nav class="turn" aria-label="${words.say("otherSessions")}">${previous === null ? "" : to(previous, "prev")}${next === null ? "" : to(next, "next")}</nav>`;
}
