import type { Link, Media, Observation, SessionSlug, Tweet, TweetId } from "../../model.ts";
import { decodeOnce, urlsIn } from "../../text/decode.ts";
import { splitCsv } from "./csv.ts";
import { idsAreRounded, isRounded, otherId, ownId, tweetAt } from "./rounded.ts";
import { saidIn } from "./said.ts";
import { exactTime, snowflakeTime, v1Time } from "./time.ts";
import { quotedAtEnd } from "./twarc-v1.ts";
import { BadRecord, distinct, isHandle, isId, type Parser, tells } from "./wire.ts";

/** The value of a column, "" where the file has no such column. */
type Row = (column: string) => string;

/** twarc 1's CSV. `first`: the records of the file's first part, header first; they show whether a spreadsheet rounded its ids. */
export function twarcV1CsvParser(options: { session: SessionSlug | null; first: readonly string[] }): Parser {
  const header = options.first[0] ?? "";
  const names = splitCsv(header) ?? [];
  const columns = new Map<string, number>();
  // twarc wrote user_screen_name twice: the first counts
  for (const [index, name] of names.entries()) if (!columns.has(name)) columns.set(name, index);
  const rowOf = (record: string): Row => {
    const fields = splitCsv(record);
    if (fields === null) throw new BadRecord("a quote does not close: cut short");
    if (fields.length !== names.length)
      throw new BadRecord(`${fields.length} columns where the header has ${names.length}: cut short or damaged`);
    return (column) => fields[columns.get(column) ?? -1] ?? "";
  };
  const field = (fields: readonly string[] | null, column: string): string => fields?.[columns.get(column) ?? -1]?.trim() ?? "";
  const rows = options.first.slice(1).map(splitCsv);
  const rounded = idsAreRounded(rows.map((row) => ({ id: field(row, "id"), url: field(row, "tweet_url") })));
  return {
    // files joined end to end have their header more than once
    read: (record) => (record === header ? null : tells([readRow(rowOf(record), rounded, options.session)])),
    end: () => [],
  };
}

function readRow(row: Row, fileRounded: boolean, session: SessionSlug | null): Observation {
  const own = ownId({ id: row("id"), url: row("tweet_url") }, fileRounded);
  const reply = other(row, ["in_reply_to_status_id"], fileRounded);
  const kind = row("tweet_type");
  const repost = other(row, ["reweet_id", "retweet_id", ...(kind === "retweet" ? ["retweet_or_quote_id"] : [])], fileRounded);
  const quote = other(row, kind === "quote" ? ["retweet_or_quote_id"] : [], fileRounded);
  const said = readText(row);
  const handle = readHandle(row);
  const isRepost = repost.exact !== null || repost.rounded !== null;
  const tweet: Tweet = {
    ...said,
    id: own.id,
    author: { id: userId(row, fileRounded), handle, name: row("user_name") || handle },
    time: readTime(row, own.id),
    lang: row("lang") || null,
    replyTo: reply.exact,
    replyToUser: row("in_reply_to_screen_name") || null,
    quotes: isRepost ? null : (quote.exact ?? quotedAtEnd(said)),
    repostOf: repost.exact,
    conversation: null,
    poll: null,
    edited: null,
    aliases: [],
    local: false,
    heading: null,
  };
  return { tweet, context: false, session, rounded: { replyTo: reply.rounded, repostOf: repost.rounded }, repaired: own.repaired };
}

/** An id of another tweet, from the first of these columns that has one. */
function other(row: Row, columns: readonly string[], fileRounded: boolean): ReturnType<typeof otherId> {
  const column = columns.find((name) => row(name).trim() !== "") ?? "";
  return otherId(column, row(column), fileRounded);
}

function userId(row: Row, fileRounded: boolean): string | null {
  const written = row("user_id").trim();
  return isId(written) && !isRounded(written, fileRounded) ? written : null;
}

function readHandle(row: Row): string {
  const handle = row("user_screen_name") || row("screen_name") || (tweetAt(row("tweet_url"))?.handle ?? "");
  if (!isHandle(handle)) throw new BadRecord(`"user_screen_name" must be a handle; found "${handle}"`);
  return handle;
}

/** A date a spreadsheet has rewritten says nothing sure; the id still does. */
function readTime(row: Row, id: TweetId): number {
  const written = row("created_at").trim();
  const stated = v1Time(written);
  const time = stated === null ? snowflakeTime(id) : exactTime(id, stated);
  if (time === null) throw new BadRecord(`"created_at" must be as Wed Apr 08 03:29:36 +0000 2015; found "${written}"`);
  return time;
}

const words = (list: string): string[] => list.split(/\s+/).filter((word) => word !== "");

function readText(row: Row): Pick<Tweet, "text" | "tags" | "mentions" | "links" | "media"> {
  const text = decodeOnce(row("text").toWellFormed());
  const media = words(row("media")).map(readMedia);
  const said = saidIn(text);
  const tags = distinct(words(row("hashtags")).map((tag) => tag.toLowerCase()));
  return {
    text,
    tags: tags.length === 0 ? said.tags : tags,
    mentions: said.mentions,
    links: readLinks(words(row("urls")), text, media.length),
    media,
  };
}

/** The targets of links, each with the t.co link that stands for it. Links of media come last in a text. */
export function readLinks(targets: readonly string[], text: string, media: number): Link[] {
  const short = urlsIn(text).filter((url) => /^https?:\/\/t\.co\//i.test(url.text));
  const paired = short.length === targets.length || short.length === targets.length + media;
  return targets.map((to, index) => ({ url: (paired ? short[index]?.text : undefined) ?? to, to, text: shown(to) }));
}

// `https://www.example.com/a` -> `example.com/a`
const shown = (url: string): string => url.replace(/^https?:\/\/(?:www\.)?/i, "");

/** The address of a picture's page (`…/status/1/photo/1`): the column has no other. */
const readMedia = (url: string): Media => ({ type: url.includes("/video/") ? "video" : "photo", alt: null, url, file: null });
