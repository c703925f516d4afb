import type { ParentReason, Relation, TweetId } from "../model.ts";
import type { Board } from "./board.ts";
import { type Parsed, wordsOf } from "./parse.ts";

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

/** A rung of rung 3: finds the parent of tweet `i`, or has nothing to say. */
type ParentRung = (board: Board, i: number) => Parent | null;

/** In this order; the first that answers wins (threading.md, rung 3). */
const RUNGS: readonly ParentRung[] = [byEdit, byId, byQuote, byRepost, byRetelling, byNumbering, byOwnThread, byMention];

/** The parent of every tweet, by its place. A parent that is the tweet itself or later is bad data: none. */
export function findParents(board: Board): Parent[] {
  return board.tweets.map((_, i) => parentOf(board, i));
}

function parentOf(board: Board, i: number): Parent {
  for (const rung of RUNGS) {
    const found = rung(board, i);
    if (found !== null) return found;
  }
  return { link: null, gone: false };
}

/** What each rung says of one tweet, in order: for `thread --explain`. */
export function explainParent(board: Board, i: number): readonly { readonly rung: string; readonly says: Parent }[] {
  return RUNGS.flatMap((rung) => {
    const says = rung(board, i);
    return says === null ? [] : [{ rung: rung.name, says }];
  });
}

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

function byEdit(board: Board, i: number): Parent | null {
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

function byId(board: Board, i: number): Parent | null {
  const id = board.tweets[i]?.tweet.replyTo ?? null;
  return id === null ? null : linkTo(board, i, id, "reply", "id", 1);
}

function byQuote(board: Board, i: number): Parent | null {
  const id = board.tweets[i]?.tweet.quotes ?? null;
  return id === null ? null : linkTo(board, i, id, "quote", "quote", 0.95);
}

function byRepost(board: Board, i: number): Parent | null {
  const id = board.tweets[i]?.tweet.repostOf ?? null;
  return id === null ? null : linkTo(board, i, id, "repost", "repost", 1);
}

/** `RT @amy: words`: the latest tweet of amy's that begins with those words, or holds most of them. */
function byRetelling(board: Board, i: number): Parent | null {
  const p = board.tweets[i];
  if (p === undefined || p.retold === null) return null;
  const told = wordsOf(p.retold.words);
  let best: { j: number; likeness: number } | null = null;
  for (const j of recent(board, p.retold.handle, i)) {
    const other = board.tweets[j];
    if (other === undefined) continue;
    const likeness = overlap(told, wordsOf(other.tweet.text));
    if (likeness >= 0.6 && likeness > (best?.likeness ?? 0)) best = { j, likeness };
  }
  const id = best === null ? undefined : board.tweets[best.j]?.tweet.id;
  return id === undefined ? NOT_HELD : linkTo(board, i, id, "quote", "retweet text", 0.9);
}

/** The share of the smaller set's words that the other has too. */
function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0;
  for (const word of a) if (b.has(word)) shared++;
  return shared / Math.max(1, Math.min(a.size, b.size));
}

/** The last tweets of an author before place `i`, newest first, at most 25. */
function* recent(board: Board, who: string, i: number): Generator<number> {
  const places = board.byAuthor.get(who) ?? [];
  let k = lowerBound(places, i) - 1;
  for (let n = 0; k >= 0 && n < 25; k--, n++) {
    const j = places[k];
    if (j !== undefined) yield j;
  }
}

/** The first index of `places` (ascending) whose value is at least `i`. */
function lowerBound(places: readonly number[], i: number): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] ?? 0) < i) low = middle + 1;
    else high = middle;
  }
  return low;
}

const minutes = (n: number): number => n * 60_000;
/** Milliseconds from one tweet to the next; none between two without a time (pasted text), for ever where only one has one. */
const lag = ({ tweet: from }: Parsed, { tweet: to }: Parsed): number =>
  from.time === null || to.time === null ? (from.time === to.time ? 0 : Number.POSITIVE_INFINITY) : to.time - from.time;

/** `2/3` follows the same author's `1/3`, within a quarter of an hour. */
function byNumbering(board: Board, i: number): Parent | null {
  const p = board.tweets[i];
  if (p?.part == null || p.part.n < 2) return null;
  for (const j of recent(board, p.who, i)) {
    const other = board.tweets[j];
    if (other === undefined || lag(other, p) > minutes(15)) break;
    if (other.part?.of === p.part.of && other.part.n === p.part.n - 1) return linkTo(board, i, other.tweet.id, "reply", "numbering", 0.9);
  }
  return null;
}

/** An unaddressed tweet within three minutes of the same author's numbered answer goes on with it. */
function byOwnThread(board: Board, i: number): Parent | null {
  const p = board.tweets[i];
  if (p === undefined || p.own !== null || p.lead.length > 0 || p.retold !== null) return null;
  const [j] = recent(board, p.who, i);
  const other = j === undefined ? undefined : board.tweets[j];
  if (other === undefined || other.own === null || other.own.asking || board.hosts.has(p.who) || lag(other, p) > minutes(3)) return null;
  return linkTo(board, i, other.tweet.id, "reply", "self", 0.6);
}

/** `@amy text` answers amy's latest tweet of the last half hour: right in two of three (threading.md). */
function byMention(board: Board, i: number): Parent | null {
  const p = board.tweets[i];
  if (p === undefined || p.lead.length === 0) return null;
  for (const who of p.lead) {
    if (who === p.who) continue;
    const [j] = recent(board, who, i);
    const other = j === undefined ? undefined : board.tweets[j];
    if (other === undefined || lag(other, p) > minutes(30)) continue;
    return linkTo(board, i, other.tweet.id, "mention", "mention", 0.6);
  }
  return NOT_HELD;
}
