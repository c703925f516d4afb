import type { ParentReason, Relation, TweetId } from "../model.ts";
import type { Board } from "./board.ts";
import { placesBefore } from "./clock.ts";
import { likeness } from "./likeness.ts";
import { type Parsed, wordsOf } from "./parse.ts";
import { rankParent } from "./rank.ts";
import { recordReply, startTalk, type Talk } from "./rank-talk.ts";

/** The tweet another one answers, how we know, and how sure we are. `i`: its place on the board; null: context only. */
interface Link {
  readonly parent: TweetId;
  readonly i: number | null;
  readonly relation: Relation;
  readonly reason: ParentReason;
  readonly confidence: number;
}

/** What is said of a tweet's parent. `gone`: it answers a tweet we do not hold. */
export interface Parent {
  readonly link: Link | null;
  readonly gone: boolean;
}

/** A board and who answered what on it, as far as it was decided. */
interface Search {
  readonly board: Board;
  /** Read when the first tweet is ranked: where the source tells ids, hardly ever. */
  readonly talk: () => Talk;
  /** The words of a tweet, by its place; read once. */
  readonly words: (j: number) => ReadonlySet<string>;
  /** The source tells which tweet is answered, of some at least. */
  readonly told: boolean;
  readonly found: readonly Parent[];
  readonly decide: (i: number, parent: Parent) => void;
}

/** A rung of rung 3: finds the parent of tweet `i`, or has nothing to say. */
type ParentRung = (search: Search, i: number) => Parent | null;

/** In this order; the first that answers wins (threading.md, rung 3). */
const RUNGS: readonly ParentRung[] = [byEdit, byId, byQuote, byRepost, byRetelling, byNumbering, byMention];

/** The parent of every tweet, by its place. A parent that is the tweet itself or later is bad data: none. */
export const findParents = (board: Board): readonly Parent[] => searchOf(board).found;

/** What each rung says of one tweet, in order: for `thread --explain`. */
export function explainParent(board: Board, i: number): readonly { readonly rung: string; readonly says: Parent }[] {
  const search = searchOf(board);
  return RUNGS.flatMap((rung) => {
    const says = rung(search, i);
    return says === null ? [] : [{ rung: rung.name, says }];
  });
}

const searches = new WeakMap<Board, Search>();

/** Oldest first: what a tweet answers depends on what was answered before it. */
function searchOf(board: Board): Search {
  const known = searches.get(board);
  if (known !== undefined) return known;
  const search = startSearch(board);
  searches.set(board, search);
  for (let i = 0; i < board.tweets.length; i++) search.decide(i, parentOf(search, i));
  return search;
}

function startSearch(board: Board): Search {
  let talk: Talk | null = null;
  const found: Parent[] = [];
  const words = new Map<number, ReadonlySet<string>>();
  const record = (known: Talk, { link }: Parent, i: number): Talk => {
    if (link?.i != null && link.relation !== "quote" && link.relation !== "repost") recordReply(known, i, link.i);
    return known;
  };
  return {
    board,
    found,
    words: (j) => {
      const read = words.get(j) ?? wordsOf(board.tweets[j]?.tweet.text ?? "");
      words.set(j, read);
      return read;
    },
    told: board.tweets.some((p) => p.tweet.replyTo !== null),
    talk: () => (talk ??= found.reduce(record, startTalk(board))),
    decide: (i, parent) => {
      found.push(parent);
      if (talk !== null) record(talk, parent, i);
    },
  };
}

function parentOf(search: Search, i: number): Parent {
  for (const rung of RUNGS) {
    const found = rung(search, i);
    if (found !== null) return found;
  }
  return NONE;
}

/** How it stands to its parent; `mention` also where it names somebody and what it answers is not held. */
export function relationOf({ link, gone }: Parent, { tweet, retold }: Parsed): Relation | null {
  if (link !== null) return link.relation;
  if (tweet.repostOf !== null) return "repost";
  return gone && tweet.replyTo === null && tweet.quotes === null && retold === null ? "mention" : null;
}

const NONE: Parent = { link: null, gone: false };
const NOT_HELD: Parent = { link: null, gone: true };

/** The link to `id` if it is held and earlier; NOT_HELD otherwise. */
function linkTo(board: Board, i: number, id: TweetId, relation: Relation, reason: ParentReason, confidence: number): Parent {
  const j = board.place.get(id);
  if (j !== undefined) {
    const parent = board.tweets[j];
    if (j >= i || parent === undefined) return { link: null, gone: false };
    const own = relation === "reply" && parent.who === board.tweets[i]?.who;
    return { link: { parent: parent.tweet.id, i: j, relation: own ? "continuation" : relation, reason, confidence }, gone: false };
  }
  const context = board.context.get(id);
  return context === undefined ? NOT_HELD : { link: { parent: context.id, i: null, relation, reason, confidence }, gone: false };
}

const editsOf = new WeakMap<Board, Map<number, TweetId | null>>();

function byEdit({ board }: Search, i: number): Parent | null {
  let edits = editsOf.get(board);
  if (edits === undefined) {
    edits = new Map(
      board.input.notes.edits.flatMap((e) => (e.reply === undefined ? [] : [[board.place.get(e.tweet) ?? -1, e.reply] as const])),
    );
    editsOf.set(board, edits);
  }
  const said = edits.get(i);
  if (said === undefined) return null;
  return said === null ? { link: null, gone: false } : linkTo(board, i, said, "reply", "edit", 1);
}

function byId({ board }: Search, i: number): Parent | null {
  const id = board.tweets[i]?.tweet.replyTo ?? null;
  return id === null ? null : linkTo(board, i, id, "reply", "id", 1);
}

function byQuote({ board }: Search, i: number): Parent | null {
  const id = board.tweets[i]?.tweet.quotes ?? null;
  return id === null ? null : linkTo(board, i, id, "quote", "quote", 0.95);
}

function byRepost({ board }: Search, i: number): Parent | null {
  const id = board.tweets[i]?.tweet.repostOf ?? null;
  return id === null ? null : linkTo(board, i, id, "repost", "repost", 1);
}

/** `RT @amy: words`: the latest tweet of amy's that begins with those words, or holds most of them. */
function byRetelling({ board, told, words }: Search, i: number): Parent | null {
  const p = board.tweets[i];
  if (p === undefined || p.retold === null) return null;
  const retold = wordsOf(p.retold.words);
  let best: { readonly j: number; readonly alike: number } | null = null;
  for (const j of recent(board, p.retold.handle, i)) {
    const alike = likeness(retold, words(j));
    if (alike >= 0.6 && alike > (best?.alike ?? 0)) best = { j, alike };
  }
  const id = best === null ? undefined : board.tweets[best.j]?.tweet.id;
  return id === undefined ? NOT_HELD : linkTo(board, i, id, !told && commentsOn(p) ? "mention" : "quote", "retweet text", 0.9);
}

/** `“@amy: words” words of its own`: clients of 2015 sent that as a reply (seven of seven in six hours of chat). A source that tells ids
 *  says so itself. */
function commentsOn({ tweet: { text } }: Parsed): boolean {
  if (!/^\s*["“]@/u.test(text)) return false;
  const [, own] = /["”]([^"”]*)$/u.exec(text) ?? [];
  return own !== undefined && /\p{L}/u.test(own.replace(/https?:\/\/\S+|[#@][\p{L}\p{N}_]+/gu, " "));
}

/** The last tweets of an author before place `i`, newest first, at most 25. */
const recent = (board: Board, who: string, i: number): readonly number[] => placesBefore(board.byAuthor.get(who) ?? [], i, 25);

const minutes = (n: number): number => n * 60_000;
/** Milliseconds from one tweet to the next; none between two without a time (pasted text), for ever where only one has one. */
const lag = ({ tweet: from }: Parsed, { tweet: to }: Parsed): number =>
  from.time === null || to.time === null ? (from.time === to.time ? 0 : Number.POSITIVE_INFINITY) : to.time - from.time;

/** A reader takes `2/2` for the second part; by reply ids it was an answer to the first in one of eight in six hours of chat. */
const NUMBERED = 0.75;

/** `2/3` follows the same author's `1/3`, within a quarter of an hour. */
function byNumbering({ board }: Search, i: number): Parent | null {
  const p = board.tweets[i];
  if (p?.part == null || p.part.n < 2) return null;
  for (const j of recent(board, p.who, i)) {
    const other = board.tweets[j];
    if (other === undefined || lag(other, p) > minutes(15)) break;
    if (other.part?.of === p.part.of && other.part.n === p.part.n - 1)
      return linkTo(board, i, other.tweet.id, "reply", "numbering", NUMBERED);
  }
  return null;
}

/** `@amy text`: the likeliest of amy's last tweets, or the author's own (rank.ts). Below 0.6 it is not captured.
 *  `text @amy` answers her only where the source tells no ids: else it would have one. */
function byMention({ board, talk, told }: Search, i: number): Parent | null {
  const p = board.tweets[i];
  if (p === undefined || (p.lead.length === 0 && (told || !p.tweet.text.includes("@")))) return null;
  const best = rankParent(talk(), i);
  const parent = best === null || best.confidence < 0.6 ? undefined : board.tweets[best.j];
  if (best !== null && parent !== undefined) {
    const own = parent.who === p.who;
    return linkTo(board, i, parent.tweet.id, own ? "continuation" : "mention", own ? "self" : "mention", best.confidence);
  }
  return p.lead.some((who) => who !== p.who) ? NOT_HELD : null;
}
