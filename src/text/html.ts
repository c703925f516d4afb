import { raw } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import type { Link, Media, Tweet, TweetId } from "../model.ts";
import { cleanText, escapeHtml, escapeText, hasBidiControl } from "./clean.ts";
import { mentionsIn, tagsIn, urlsIn } from "./decode.ts";
import { directionMark } from "./direction.ts";
import { linkText, namesHost, safeUrl } from "./link.ts";

/** Markup that is safe to print as it is. Only src/text makes it. */
export type RawHtml = HtmlEscapedString;

/** What of a tweet its text needs. */
export type Words = Pick<Tweet, "text" | "links" | "media">;

export interface TextOptions {
  /** Tweets shown beneath this one: a link to one at the end of the text is left out. */
  readonly shown?: ReadonlySet<TweetId>;
}

/** A run of text; with `to`, a link. `ours`: to an address that no tweet can choose. */
interface Piece {
  readonly text: string;
  readonly to: string | null;
  readonly ours?: true;
}

interface Found {
  readonly start: number;
  readonly end: number;
  readonly piece: Piece;
}

const REL = "nofollow ugc noopener noreferrer";

/** A tweet's text as markup: `a`, `br` and `bdi`, nothing else. Links read as their source shows them, mentions and
 *  hashtags lead to X, line ends are kept, a last link to the tweet's own pictures is left out. `rel` stands where a tweet
 *  chose the address: it would be the longest part of every mention. */
export function tweetHtml(tweet: Words, options: TextOptions = {}): RawHtml {
  const taken = takenApart(tweet, options);
  taken.html ??= htmlOf(tweet, taken.pieces);
  return taken.html;
}

function htmlOf({ text }: Words, pieces: readonly Piece[]): RawHtml {
  const markup = directionMark(text) + pieces.map(pieceHtml).join("");
  return raw(hasBidiControl(text) ? `<bdi>${markup}</bdi>` : markup);
}

/** The same text without markup: what a reader of the page reads. */
export const tweetPlain = (tweet: Words, options: TextOptions = {}): string =>
  takenApart(tweet, options)
    .pieces.map((piece) => piece.text)
    .join("");

/** What a tweet's text is made of, less what is left out at its end. */
interface TakenApart {
  readonly text: string;
  readonly pieces: readonly Piece[];
  html: RawHtml | null;
}

/** Half a dozen pages show a tweet: what was made of it last. */
const TAKEN_APART = new WeakMap<Words, TakenApart>();

function takenApart(tweet: Words, options: TextOptions): TakenApart {
  const text = withoutTrailing(cleanText(tweet.text), tweet, options.shown ?? new Set());
  const known = TAKEN_APART.get(tweet);
  if (known?.text === text) return known;
  const taken = { text, pieces: piecesOf(text, tweet.links), html: null };
  TAKEN_APART.set(tweet, taken);
  return taken;
}

function pieceHtml({ text, to, ours }: Piece): string {
  const shown = escapeText(text).replaceAll("\n", "<br>\n");
  if (to === null) return shown;
  const isolated = hasBidiControl(text) ? `<bdi>${shown}</bdi>` : shown;
  return `<a href="${escapeHtml(to)}"${ours ? "" : ` rel="${REL}"`}>${isolated}</a>`;
}

function piecesOf(text: string, links: readonly Link[]): Piece[] {
  const found = inOrder([linksIn(text, links), plainUrlsIn(text), handlesIn(text), hashtagsIn(text)]);
  const result: Piece[] = [];
  let at = 0;
  for (const { start, end, piece } of found) {
    result.push({ text: text.slice(at, start), to: null }, piece);
    at = end;
  }
  result.push({ text: text.slice(at), to: null });
  return result.filter((piece) => piece.text !== "");
}

/** All that was found, by place; of two that overlap the one of the earlier list stays. */
function inOrder(lists: readonly (readonly Found[])[]): Found[] {
  const kept: Found[] = [];
  for (const list of lists) {
    const taken = kept.toSorted((a, b) => a.start - b.start);
    let next = 0;
    for (const found of list) {
      while ((taken[next]?.end ?? Number.POSITIVE_INFINITY) <= found.start) next++;
      if ((taken[next]?.start ?? Number.POSITIVE_INFINITY) >= found.end) kept.push(found);
    }
  }
  return kept.sort((a, b) => a.start - b.start);
}

/** Where the tweet's own links stand in its text, each occurrence once. A link that is not http(s) is no link. */
function linksIn(text: string, links: readonly Link[]): Found[] {
  const byUrl = new Map<string, Link>();
  for (const link of links) byUrl.set(cleanText(link.url), link);
  byUrl.delete("");
  const found: Found[] = [];
  for (const [url, link] of [...byUrl].sort(([a], [b]) => b.length - a.length)) {
    const to = safeUrl(link.to);
    for (let start = text.indexOf(url); start >= 0; start = text.indexOf(url, start + url.length)) {
      const shown = to === null ? url : linkText(to, cleanText(link.text) || url);
      found.push({ start, end: start + url.length, piece: { text: shown, to } });
    }
  }
  return withoutOverlap(found);
}

/** The longest first: https://t.co/ab wins over the https://t.co/a it starts with. */
function withoutOverlap(found: readonly Found[]): Found[] {
  const kept: Found[] = [];
  let end = 0;
  for (const next of found.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (next.start < end) continue;
    kept.push(next);
    end = next.end;
  }
  return kept;
}

/** An address typed in the text stays as typed, unless that would show another host than it leads to. */
function plainUrlsIn(text: string): Found[] {
  return urlsIn(text).map(({ start, end }) => {
    const typed = text.slice(start, end);
    const to = safeUrl(/^https?:/i.test(typed) ? typed : `https://${typed}`); // "example.org/a" without a scheme
    return { start, end, piece: { text: to === null || namesHost(to, typed) ? typed : linkText(to, typed), to } };
  });
}

function handlesIn(text: string): Found[] {
  return mentionsIn(text).map(({ start, end }) => {
    const handle = /[a-z0-9_]{1,20}/i.exec(text.slice(start, end))?.[0] ?? null; // "@ada" -> "ada"
    return { start, end, piece: { text: text.slice(start, end), to: handle === null ? null : `https://x.com/${handle}`, ours: true } };
  });
}

function hashtagsIn(text: string): Found[] {
  return tagsIn(text).map(({ start, end, text: tag }) => {
    const to = `https://x.com/hashtag/${encodeURIComponent(tag)}`;
    return { start, end, piece: { text: text.slice(start, end), to, ours: true } };
  });
}

/** Cuts links at the end of the text that lead to what is shown anyway: own pictures, the tweets of `shown`. */
function withoutTrailing(text: string, tweet: Words, shown: ReadonlySet<TweetId>): string {
  const idle = tweet.links.filter((link) => isOwnMedia(link, tweet.media) || leadsTo(link, shown)).map((link) => link.url);
  let kept = text;
  for (let cut = lastOf(kept, idle); cut !== undefined; cut = lastOf(kept, idle)) kept = kept.slice(0, kept.lastIndexOf(cut)).trimEnd();
  return kept;
}

const lastOf = (text: string, urls: readonly string[]): string | undefined =>
  urls.find((url) => url !== "" && text.trimEnd().endsWith(url));

/** Whether a link leads to the tweet's own picture or video. */
export function isOwnMedia(link: Link, media: readonly Media[]): boolean {
  if (media.length === 0) return false;
  return /\/status\/\d+\/(?:photo|video)\/\d+$/.test(link.to) || media.some(({ url }) => url === link.to || url === link.url); // ".../status/12/photo/1"
}

/** `https://x.com/ada/status/12`, with or without a query. */
export function leadsTo(link: Link, shown: ReadonlySet<TweetId>): boolean {
  const id = /^https?:\/\/(?:www\.|mobile\.)?(?:twitter|x)\.com\/\w+\/status(?:es)?\/(\d+)(?:[/?#].*)?$/i.exec(link.to)?.[1];
  return id !== undefined && shown.has(id);
}
