import type { Link, Media, Observation, SessionSlug, Tweet, TweetId } from "../../model.ts";
import { decodeOnce, urlsIn } from "../../text/decode.ts";
import { splitCsv } from "./csv.ts";
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
  const rounded = idsAreRounded(options.first.slice(1).map(splitCsv), columns);
  return {
    // files joined end to end have their header more than once
    read: (record) => (record === header ? null : tells([readRow(rowOf(record), rounded, options.session)])),
    end: () => [],
  };
}

function readRow(row: Row, fileRounded: boolean, session: SessionSlug | null): Observation {
  const own = ownId(row, fileRounded);
  const reply = otherId(row, ["in_reply_to_status_id"], fileRounded);
  const kind = row("tweet_type");
  const repost = otherId(row, ["reweet_id", "retweet_id", ...(kind === "retweet" ? ["retweet_or_quote_id"] : [])], fileRounded);
  const quote = otherId(row, kind === "quote" ? ["retweet_or_quote_id"] : [], fileRounded);
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

// `https://twitter.com/amy/status/591403817444446209`
const TWEET_URL = /^https?:\/\/(?:www\.|mobile\.)?(?:twitter|x)\.com\/([A-Za-z0-9_]{1,20})\/status(?:es)?\/([0-9]{1,20})/i;

/** The id of a row: the one in its URL wins, no spreadsheet takes that for a number. */
function ownId(row: Row, fileRounded: boolean): { id: TweetId; repaired: boolean } {
  const written = row("id").trim();
  const fromUrl = TWEET_URL.exec(row("tweet_url").trim())?.[2];
  if (fromUrl !== undefined) return { id: fromUrl, repaired: written !== "" && written !== fromUrl };
  if (isRounded(written, fileRounded)) throw new BadRecord(`id rounded by a spreadsheet and no URL column: ${written}`);
  if (!isId(written)) throw new BadRecord(`"id" must be digits; found "${written}"`);
  return { id: written, repaired: false };
}

/** An id of another tweet, from the first of these columns that has one. A rounded one is given by its digits. */
function otherId(row: Row, columns: readonly string[], fileRounded: boolean): { exact: TweetId | null; rounded: string | null } {
  const column = columns.find((name) => row(name).trim() !== "");
  if (column === undefined) return { exact: null, rounded: null };
  const written = row(column).trim();
  if (isRounded(written, fileRounded)) return { exact: null, rounded: writtenOut(written) };
  if (!isId(written)) throw new BadRecord(`"${column}" must be digits; found "${written}"`);
  return { exact: written, rounded: null };
}

function userId(row: Row, fileRounded: boolean): string | null {
  const written = row("user_id").trim();
  return isId(written) && !isRounded(written, fileRounded) ? written : null;
}

// `5.91404E+17`, `5,91404E+17`, `1e18`
const SCIENTIFIC = /^([0-9])(?:[.,]([0-9]+))?E\+?([0-9]{1,2})$/i;
// `591403817444446000`: more digits than a spreadsheet keeps (15), and the last ones gone
const FIFTEEN_DIGITS = /^[0-9]{13,17}000$/;

const looksRounded = (id: string): boolean => SCIENTIFIC.test(id) || FIFTEEN_DIGITS.test(id);
const isRounded = (id: string, fileRounded: boolean): boolean => SCIENTIFIC.test(id) || (fileRounded && FIFTEEN_DIGITS.test(id));

/** `5.91404E+17` -> `591404000000000000` */
function writtenOut(id: string): string {
  const [, whole, fraction = "", exponent] = SCIENTIFIC.exec(id) ?? [];
  return whole === undefined ? id : (whole + fraction).padEnd(Number(exponent) + 1, "0");
}

/** Whether a spreadsheet has been at the file: most ids end in 000, and not because they truly do (their URLs tell). */
function idsAreRounded(rows: readonly (readonly string[] | null)[], columns: ReadonlyMap<string, number>): boolean {
  let ids = 0;
  let looks = 0;
  let confirmed = 0;
  for (const row of rows) {
    const id = row?.[columns.get("id") ?? -1]?.trim() ?? "";
    if (id === "") continue;
    ids++;
    if (!looksRounded(id)) continue;
    looks++;
    if (TWEET_URL.exec(row?.[columns.get("tweet_url") ?? -1]?.trim() ?? "")?.[2] === id) confirmed++;
  }
  return looks > ids / 2 && confirmed < looks;
}

function readHandle(row: Row): string {
  const handle = row("user_screen_name") || row("screen_name") || (TWEET_URL.exec(row("tweet_url").trim())?.[1] ?? "");
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
  return { text, tags: tags.length === 0 ? said.tags : tags, mentions: said.mentions, links: readLinks(row, text, media.length), media };
}

/** The targets of the `urls` column, each with the t.co link that stands for it. Links of media come last in a text. */
function readLinks(row: Row, text: string, media: number): Link[] {
  const targets = words(row("urls"));
  const short = urlsIn(text).filter((url) => /^https?:\/\/t\.co\//i.test(url.text));
  const paired = short.length === targets.length || short.length === targets.length + media;
  return targets.map((to, index) => ({ url: (paired ? short[index]?.text : undefined) ?? to, to, text: shown(to) }));
}

// `https://www.example.com/a` -> `example.com/a`
const shown = (url: string): string => url.replace(/^https?:\/\/(?:www\.)?/i, "");

/** The address of a picture's page (`…/status/1/photo/1`): the column has no other. */
const readMedia = (url: string): Media => ({ type: url.includes("/video/") ? "video" : "photo", alt: null, url, file: null });
