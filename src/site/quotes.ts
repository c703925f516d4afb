import { html } from "hono/html";
import type { Author, Tweet } from "../model.ts";
import { type RawHtml, tweetPlain } from "../text/html.ts";
import { isoDate } from "./time.ts";

/** A tweet ready to be quoted elsewhere, without anybody's script. */
export interface Quotes {
  readonly link: string;
  readonly html: string;
  readonly markdown: string;
  readonly text: string;
}

export function quotesOf(tweet: Tweet, link: string, zone: string): Quotes {
  const words = tweetPlain(tweet, { shown: new Set([tweet.quotes ?? ""]) });
  const who = whoSaid(tweet.author);
  const day = tweet.time === null ? null : isoDate(zone, tweet.time);
  return {
    link,
    html: htmlQuote(words, who, day, link),
    markdown: `${markdownQuote(words, who, link)}${day === null ? "" : `, ${day}`}`,
    text: textQuote(words, who, day, link),
  };
}

/** Ada Moss (@ada), @ada */
export const whoSaid = ({ name, handle }: Author): string => (name === "" ? `@${handle}` : `${name} (@${handle})`);

/** Text with its line ends as markup. */
export const quotedLines = (text: string): ReturnType<typeof html>[] =>
  text.split("\n").map((line, index) => html`${index > 0 ? BREAK : ""}${line}`);

function htmlQuote(words: string, who: string, day: string | null, link: string): string {
  const when = day === null ? "" : html`, <time datetime="${day}">${day}</time>`;
  return String(
    html`<blockquote cite="${link}"><p dir="auto">${quotedLines(words)}</p><footer>— <cite><a href="${link}">${who}</a></cite>${when}</footer></blockquote>`,
  );
}

const BREAK = html`<br>` as RawHtml;

/** A quote in Markdown, its author below it. `link` null: nothing to link to. */
export const markdownQuote = (words: string, who: string, link: string | null): string =>
  [
    ...words.split("\n").map((line) => `> ${plainMarkdown(line)}`),
    ">",
    `> — ${link === null ? plainMarkdown(who) : `[${plainMarkdown(who)}](${link})`}`,
  ].join("\n");

/** What Markdown would take for markup: `*`, `_`, `<`, a leading `#` or `1.` */
const plainMarkdown = (line: string): string =>
  line
    .replaceAll(/[\\`*_[\]<>&~|]/g, "\\$&") // "a_b" -> "a\_b"
    .replace(/^(\s*)([#+=-])/, "$1\\$2") // "# a" -> "\# a"
    .replace(/^(\s*\d+)([.)])/, "$1\\$2"); // "1. a" -> "1\. a"

const textQuote = (words: string, who: string, day: string | null, link: string): string =>
  `“${words}” — ${who}${day === null ? "" : `, ${day}`} ${link}`;
