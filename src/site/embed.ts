import { html } from "hono/html";
import type { SiteConfig, Tweet } from "../model.ts";
import { tweetPlain } from "../text/html.ts";
import { quotedLines, whoSaid } from "./quotes.ts";
import type { TweetPage } from "./tweet-page.ts";
import { wordsOf } from "./words/words.ts";
import { tagOf } from "./words.ts";

/** A question with its answers as markup to put elsewhere: it reads well without a style, and loads nothing. `session`: the address of
 *  the session's page; null: the tweet asks nothing. Replies to answers stay behind the link. */
export function questionHtml(page: TweetPage, session: string, config: SiteConfig): string | null {
  const { asks, data, answers, entry, zone } = page;
  if (asks === null) return null;
  const words = wordsOf(config);
  const { card, chat } = data;
  const link = `${session}#${asks.anchor}`;
  const { start } = card.session.window;
  const label = /[\p{L}\p{N}]/u.test(asks.label) ? html`<b>${asks.label}</b> ` : ""; // "Q2", not "+"
  const about = words.say("dated", { tag: tagOf(chat, start), day: words.date(zone, start) });
  return String(
    html`<blockquote cite="${link}"><p dir="auto">${label}${question(page)} — ${by(entry.tweet, session)}</p>
${answers.length === 0 ? "" : html`<ul>\n${answers.map((answer) => html`<li dir="auto">${said(answer.entry.tweet)} — ${by(answer.entry.tweet, session)}</li>\n`)}</ul>\n`}<footer><a href="${link}">${card.title}</a>, ${about}</footer></blockquote>`,
  );
}

/** As it is known by, where that is not empty. */
function question({ data, asks, entry }: TweetPage): ReturnType<typeof html> {
  const known = data.card.questions.find(({ anchor }) => anchor === asks?.anchor)?.text ?? "";
  return known === "" ? said(entry.tweet) : html`${quotedLines(known)}`;
}

const said = (tweet: Tweet): ReturnType<typeof html> => html`${quotedLines(tweetPlain(tweet, { shown: new Set([tweet.quotes ?? ""]) }))}`;

const by = ({ author, id }: Tweet, session: string): ReturnType<typeof html> =>
  html`<cite><a href="${session}#t${id}">${whoSaid(author)}</a></cite>`;
