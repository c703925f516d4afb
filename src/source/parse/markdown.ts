import type { ChatSlug, Link, Media, SessionSlug, Tweet, TweetId } from "../../model.ts";
import { decodeOnce } from "../../text/decode.ts";
import { Occurrences } from "./occurrences.ts";
import { isScientific } from "./rounded.ts";
import { observe, saidIn, tweetOf } from "./said.ts";
import { isoTime, snowflakeTime, wallTime } from "./time.ts";
import { BadRecord, isId, type Parser, type Told, tells } from "./wire.ts";

/** Looks for the one tweet of an author that has this text; null: none, or more than one. */
export type FindTweet = (handle: string, text: string) => TweetId | null;

interface Options {
  readonly chat: ChatSlug;
  readonly session: SessionSlug | null;
  /** Of times without one. */
  readonly zone: string | null;
  readonly find: FindTweet | null;
}

/** What every block begins with. */
export const BLOCK = "### [@";
const BLOCK_LIMIT = 200_000;

// `### [@amy](https://twitter.com/amy) \<Amy \(she\)\>`
const WHO = /^### \[@([A-Za-z0-9_]{1,20})\]\([^)\s]*\)[ \t]*(?:\\?<(.*?)\\?>)?[ \t]*$/m;
// `*2023-01-06 14:50:30Z*`, `*2023-01-06 14:50:30*`
const WHEN = /^\*(\d{4}-\d{2}-\d{2} \d{2}:\d{2}(?::\d{2})?Z?)\*[ \t]*$/m;
// `> [` or `[` in front of what was said, which may take several lines
const OPEN = /^(> )?\[/m;
// `](https://twitter.com/amy/status/1611374654723072003)` behind it
const CLOSE = /\]\(https?:\/\/(?:www\.|mobile\.)?(?:twitter|x)\.com\/[A-Za-z0-9_]{1,20}\/status(?:es)?\/([^)\s]+)\)[ \t]*$/m;
// `+ [https://example.org](https://example.org)`
const LINK = /^[+*-] \[[^\]]*\]\(([^)\s]+)\)[ \t]*$/gm;
// `![embedded media](https://pbs.twimg.com/media/abc.jpg)`
const MEDIA = /^!\[([^\]]*)\]\(([^)\s]+)\)[ \t]*$/gm;

/** A transcript in Markdown, a block a tweet: who, perhaps when, what with its address, links and pictures. A spreadsheet may have
 *  destroyed the id in the address (`1.22585E+18`): then `find` may know it, else the tweet gets a local id, which needs a session. */
export function markdownParser(options: Options): Parser {
  const occurrences = options.session === null ? null : new Occurrences({ chat: options.chat, session: options.session });
  return {
    read: (record) => (record.startsWith(BLOCK) ? readBlock(record.replaceAll("\r\n", "\n"), options, occurrences) : null),
    end: () => [],
  };
}

function readBlock(block: string, options: Options, occurrences: Occurrences | null): Told {
  if (block.length > BLOCK_LIMIT) throw new BadRecord("longer than any tweet: damaged");
  const who = WHO.exec(block);
  if (who === null) throw new BadRecord("the heading must be ### [@handle](address) \\<Name\\>");
  const what = readWhat(block);
  if (what === null) throw new BadRecord("no [text](https://twitter.com/…/status/…) below the heading: cut short or damaged");
  const [, handle = "", name = ""] = who;
  const { text, id, rest } = what;
  const links = [...rest.matchAll(LINK)].map(([, to = ""]): Link => ({ url: to, to, text: to.replace(/^https?:\/\/(?:www\.)?/i, "") })); // `https://www.a.org` -> `a.org`
  const media = [...rest.matchAll(MEDIA)].map(([, , url = ""]): Media => ({ type: "photo", alt: null, url, file: null }));
  const said = { ...saidIn(text), links: [...saidIn(text).links, ...links], media };
  const author = { id: null, handle, name: unescaped(name) || handle };
  const found = isId(id) ? id : isScientific(id) ? (options.find?.(handle, text) ?? null) : badId(id);
  if (found !== null) return tells([tell({ ...said, id: found, author, time: readTime(block, found, options), local: false })]);
  if (occurrences === null)
    throw new BadRecord(`its id was destroyed by a spreadsheet (${id}): say --session 2020-02-07 to keep it without one`);
  const local = occurrences.idOf(handle, text);
  return tells([tell({ ...said, id: local, author, time: statedTime(block, options.zone), local: true })]);

  function tell(tweet: Parameters<typeof tweetOf>[0]) {
    return observe(tweetOf(tweet), { session: options.session, repaired: tweet.id !== id && !tweet.local });
  }
}

/** What was said, the id in its address, and what stands below. */
function readWhat(block: string): { text: string; id: string; rest: string } | null {
  const open = OPEN.exec(block);
  const from = (open?.index ?? 0) + (open?.[0].length ?? 0);
  const close = open === null ? null : CLOSE.exec(block.slice(from));
  if (open === null || close === null) return null;
  const written = block.slice(from, from + close.index);
  // `> one` and below it `> two`
  const text = decodeOnce(open[1] === undefined ? written : written.replace(/\n> ?/g, "\n"));
  return { text, id: close[1] ?? "", rest: block.slice(from + close.index + close[0].length) };
}

function badId(id: string): never {
  throw new BadRecord(`the id in its address must be digits; found "${id}"`);
}

// `\<`, `\[`
const unescaped = (markdown: string): string => markdown.replace(/\\([!-/:-@[-`{-~])/g, "$1").trim();

function readTime(block: string, id: TweetId, { zone }: Options): Tweet["time"] {
  const time = snowflakeTime(id) ?? statedTime(block, zone);
  if (time === null) throw new BadRecord("no time: its id is too old to say it, and no *2010-03-04 13:48:03Z* stands above the text");
  return time;
}

function statedTime(block: string, zone: string | null): number | null {
  const [, stated] = WHEN.exec(block) ?? [];
  if (stated === undefined) return null;
  return isoTime(stated) ?? (zone === null ? null : wallTime(stated, { zone, dayFirst: null }));
}
