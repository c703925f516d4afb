import type { Author, Handle, PlacedTweet, Question, SiteConfig, Tweet, TweetId } from "../model.ts";
import { type RawHtml, tweetHtml } from "../text/html.ts";
import { ownPages, type SessionData } from "./data.ts";
import { isoMinute, zoneAt } from "./time.ts";
import { wordsOf } from "./words/words.ts";

/** A tweet as pages show it. */
export interface Entry {
  readonly tweet: Tweet;
  readonly role: "host" | "organiser" | "guest" | null;
  readonly when: { readonly clock: string; readonly iso: string } | null;
  readonly html: RawHtml;
  readonly lang: string | null;
  /** The question it belongs to, as people see it. */
  readonly label: string | null;
  /** The question that was open when it came, where its own was no more. */
  readonly late: string | null;
  readonly pinned: boolean;
  readonly remark: string | null;
  /** It has a page of its own. */
  readonly hasPage: boolean;
  /** The tweet it answers, known only from elsewhere: shown once, above its first answer. */
  readonly above: Mini | null;
  readonly quoted: Mini | null;
  readonly references: readonly Reference[];
  readonly reposts: readonly { readonly id: TweetId; readonly author: Author }[];
}

/** A tweet shown small, within another. `here`: this is where it has its anchor. */
export interface Mini {
  readonly tweet: Tweet;
  readonly html: RawHtml;
  readonly here: boolean;
}

/** "replying to @ada", "quoting @ada". `to`: its anchor on the page; `captured` false: we do not hold it; handle null: it was removed. */
export interface Reference {
  readonly verb: "replyingTo" | "quoting";
  readonly handle: Handle | null;
  readonly to: TweetId | null;
  readonly captured: boolean;
}

/** Tweets a reader sees anyway where this one stands: what its place already says it answers. */
export type Implied = ReadonlySet<TweetId>;

export type EntryMaker = (placed: PlacedTweet, implied?: Implied) => Entry;

/** Makes entries for one page. `order`: every tweet of the page as it is read; what is shown once is shown at the first. */
export function entryMaker(data: SessionData, config: SiteConfig, order: readonly PlacedTweet[]): EntryMaker {
  const desk = deskOf(data, config, order);
  const words = wordsOf(config);
  return (placed, implied = new Set()) => {
    const { tweet, placement } = placed;
    const quoted = quotedBy(desk, placed, implied);
    return {
      tweet,
      role: roleOf(desk.data, tweet.author.handle),
      when: tweet.time === null ? null : { clock: words.clock(desk.zone, tweet.time), iso: isoMinute(desk.zone, tweet.time) },
      html: tweetHtml(tweet, { shown: idleLinks(desk, tweet) }),
      lang: langOf(tweet, config.language),
      label: placement.label,
      late: lateDuring(desk, placed),
      pinned: desk.pins.has(tweet.id),
      remark: desk.remarks.get(tweet.id) ?? null,
      hasPage: config.tweetPages === "all" || desk.pages.has(tweet.id),
      above: aboveOf(desk, placed),
      quoted,
      references: referencesOf(desk, placed, implied),
      reposts: repostsOf(desk.data, tweet.id),
    };
  };
}

/** The question that was open when a late answer came. What goes on under an answer is talk, and never late. */
function lateDuring({ data, shown }: Desk, { tweet, placement }: PlacedTweet): string | null {
  const above = placement.parent === null ? undefined : shown.get(placement.parent)?.placement;
  const talk = above !== undefined && above.asks === null && placement.reason !== "number";
  return placement.late && !talk && tweet.time !== null ? openQuestion(data.transcript.questions, tweet.time) : null;
}

/** Reposts of a tweet, each by the one who made it. */
export const repostsOf = ({ transcript }: SessionData, id: TweetId): Entry["reposts"] =>
  (transcript.reposts.get(id) ?? [])
    .filter(({ placement }) => !placement.hidden)
    .map(({ tweet }) => ({ id: tweet.id, author: tweet.author }));

/** What every entry of a page asks for. */
interface Desk {
  readonly data: SessionData;
  readonly zone: string;
  readonly shown: ReadonlyMap<TweetId, PlacedTweet>;
  readonly hidden: ReadonlyMap<TweetId, Tweet>;
  readonly context: ReadonlyMap<TweetId, Tweet>;
  /** Which tweet of the page shows a tweet of the context. */
  readonly homes: ReadonlyMap<TweetId, TweetId>;
  readonly pins: ReadonlySet<TweetId>;
  readonly remarks: ReadonlyMap<TweetId, string>;
  readonly pages: ReadonlySet<TweetId>;
}

function deskOf(data: SessionData, config: SiteConfig, order: readonly PlacedTweet[]): Desk {
  const { transcript, notes, card, chat } = data;
  const visible = transcript.placed.filter(({ placement }) => !placement.hidden);
  const context = new Map(transcript.context.map((tweet) => [tweet.id, tweet]));
  const homes = new Map<TweetId, TweetId>();
  for (const placed of order)
    for (const id of [parentOf(placed), placed.tweet.quotes])
      if (id !== null && context.has(id) && !homes.has(id)) homes.set(id, placed.tweet.id);
  return {
    data,
    zone: zoneAt(chat, transcript.session.window.start),
    shown: new Map(visible.map((placed) => [placed.tweet.id, placed])),
    hidden: new Map(transcript.placed.filter(({ placement }) => placement.hidden).map(({ tweet }) => [tweet.id, tweet])),
    context,
    homes,
    pins: new Set(notes.pins.map(({ tweet }) => tweet)),
    remarks: new Map(notes.remarks.map(({ tweet, text }) => [tweet, text])),
    pages: config.tweetPages === "all" ? new Set() : new Set(ownPages(card)),
  };
}

/** The tweet it replies to: by our judgement, else as its source says. A quoted tweet is no parent here. */
function parentOf({ tweet, placement }: PlacedTweet): TweetId | null {
  const judged = placement.relation === "quote" || placement.relation === "repost" ? null : placement.parent;
  const said = placement.parentReason === "edit" ? null : tweet.replyTo;
  return judged ?? (said === tweet.quotes ? null : said);
}

function aboveOf(desk: Desk, placed: PlacedTweet): Mini | null {
  const id = parentOf(placed);
  const tweet = id === null ? undefined : desk.context.get(id);
  if (tweet === undefined || id === null || desk.homes.get(id) !== placed.tweet.id) return null;
  return { tweet, html: tweetHtml(tweet), here: true };
}

function quotedBy(desk: Desk, { tweet }: PlacedTweet, implied: Implied): Mini | null {
  const id = tweet.quotes;
  if (id === null || implied.has(id)) return null;
  const held = desk.shown.get(id);
  if (held !== undefined) return { tweet: held.tweet, html: tweetHtml(held.tweet, { shown: idleLinks(desk, held.tweet) }), here: false };
  const known = desk.context.get(id);
  return known === undefined || desk.homes.get(id) !== tweet.id ? null : { tweet: known, html: tweetHtml(known), here: true };
}

function referencesOf(desk: Desk, placed: PlacedTweet, implied: Implied): Reference[] {
  return [replyReference(desk, placed, implied), quoteReference(desk, placed, implied)].filter((reference) => reference !== null);
}

function replyReference(desk: Desk, placed: PlacedTweet, implied: Implied): Reference | null {
  const id = parentOf(placed);
  if (id !== null && implied.has(id)) return null;
  const known = id === null ? undefined : (desk.shown.get(id)?.tweet ?? desk.context.get(id));
  if (known !== undefined && desk.homes.get(known.id) === placed.tweet.id) return null;
  if (known !== undefined) return { verb: "replyingTo", handle: known.author.handle, to: known.id, captured: true };
  const unseen = id === null ? undefined : desk.hidden.get(id);
  if (unseen !== undefined) return { verb: "replyingTo", handle: unseen.author.handle, to: null, captured: true };
  if (id !== null && desk.data.transcript.removed.has(id)) return removedReference(desk, "replyingTo", id);
  const { tweet, placement } = placed;
  if (id === null && placement.parentReason !== "not captured") return null;
  const handle = tweet.replyToUser ?? tweet.mentions[0];
  return handle === undefined ? null : { verb: "replyingTo", handle, to: null, captured: false };
}

function removedReference({ data }: Desk, verb: Reference["verb"], id: TweetId): Reference {
  const here = data.transcript.tombstones.some(({ tweet }) => tweet === id);
  return { verb, handle: null, to: here ? id : null, captured: true };
}

/** A quoted tweet that is shown elsewhere on the page, or was removed. */
function quoteReference(desk: Desk, { tweet }: PlacedTweet, implied: Implied): Reference | null {
  const id = tweet.quotes;
  if (id !== null && desk.data.transcript.removed.has(id)) return removedReference(desk, "quoting", id);
  const elsewhere = id === null ? undefined : implied.has(id) ? desk.shown.get(id)?.tweet : desk.context.get(id);
  if (elsewhere === undefined || desk.homes.get(elsewhere.id) === tweet.id) return null;
  return { verb: "quoting", handle: elsewhere.author.handle, to: elsewhere.id, captured: true };
}

/** Tweets whose link at the end of this one says nothing more: the quoted one, where we show it or must not. */
function idleLinks(desk: Desk, { quotes }: Tweet): ReadonlySet<TweetId> {
  const held =
    quotes !== null &&
    (desk.data.transcript.removed.has(quotes) || desk.shown.has(quotes) || desk.hidden.has(quotes) || desk.context.has(quotes));
  return new Set(held ? [quotes] : []);
}

export function roleOf({ card, chat }: SessionData, handle: Handle): Entry["role"] {
  const among = (handles: readonly Handle[]) => handles.some((other) => other.toLowerCase() === handle.toLowerCase());
  if (among(card.hosts)) return "host";
  if (among(chat.hosts)) return "organiser";
  return among(card.guests) ? "guest" : null;
}

/** The last question asked by then. */
function openQuestion(questions: readonly Question[], time: number): string | null {
  const asked = questions.filter(({ at }) => at !== null && at <= time);
  return asked.toSorted((a, b) => Number(a.at) - Number(b.at)).at(-1)?.label ?? null;
}

/** Codes of old that X still sends. */
const RENAMED: Readonly<Record<string, string>> = { in: "id", iw: "he", ji: "yi" };

/** Its language where that is known and not the site's: "fr", not "und", "qme", "zxx". */
export function langOf({ lang }: Tweet, site: string): string | null {
  if (lang === null || !/^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i.test(lang)) return null; // "fr", "zh-Hant"
  const code = lang.toLowerCase();
  if (/^(?:und|zxx|mis|mul|art|q[a-z]{2})$/.test(code) || code === site.toLowerCase().split("-")[0]) return null;
  return RENAMED[code] ?? lang;
}

/** The tweet on X; null where we made its id. */
export const original = ({ id, author, local }: Tweet): string | null =>
  local || !/^[0-9]+$/.test(id) || !/^[A-Za-z0-9_]{1,20}$/.test(author.handle) ? null : `https://x.com/${author.handle}/status/${id}`;
