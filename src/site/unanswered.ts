import type { Handle, PlacedTweet, Question, Transcript, Tweet, TweetId } from "../model.ts";
import { mentionsIn } from "../text/decode.ts";
import { type Parsed, parse } from "../thread/parse.ts";
import type { SessionData } from "./data.ts";
import type { Identities, PersonKey } from "./identity.ts";
import { shownTweets } from "./shown.ts";

/** A tweet that speaks to somebody and that nobody answered, in what was captured. */
export interface Missed {
  readonly placed: PlacedTweet;
  /** Whom it speaks to, as it names them. */
  readonly handle: Handle;
  readonly person: PersonKey;
  /** It asks something. */
  readonly question: boolean;
  /** It only replies to what they said, and asks nothing: most talk ends with such a tweet. */
  readonly closing: boolean;
}

/** Below this a judged reply answers nothing. */
const SURE = 0.6;

/** What nobody answered, oldest first. Answered is what the one it speaks to replied to (as captured, or judged and more than
 *  `SURE`) or quoted later; a question, what anybody else replied to. An answer to one of the session's questions asks for no reply. */
export function unanswered(data: SessionData, who: Pick<Identities, "of" | "named">): Missed[] {
  const board = boardOf(data, who);
  return shownTweets(data)
    .filter(({ placement }) => placement.reason !== "spam?")
    .flatMap((placed) => {
      const read = parse(placed.tweet);
      return addressed(board, placed, read)
        .map((handle) => missedBy(board, placed, read, handle))
        .filter((missed) => missed.person !== board.author(placed.tweet) && !isAnswered(board, missed));
    });
}

function missedBy(board: Board, placed: PlacedTweet, { question }: Parsed, handle: Handle): Missed {
  const person = board.named(handle);
  const above = board.held.get(answeredBy(placed) ?? "");
  return { placed, handle, person, question, closing: !question && above !== undefined && board.author(above.tweet) === person };
}

interface Board {
  readonly transcript: Transcript;
  /** By every id a tweet is known under. */
  readonly held: ReadonlyMap<TweetId, PlacedTweet>;
  /** Tweets that reply, by what they reply to. */
  readonly replies: ReadonlyMap<TweetId, readonly PlacedTweet[]>;
  /** Tweets that quote, by what they quote. */
  readonly quotes: ReadonlyMap<TweetId, readonly PlacedTweet[]>;
  readonly hosts: readonly Handle[];
  readonly author: (tweet: Tweet) => PersonKey;
  readonly named: (handle: Handle) => PersonKey;
}

function boardOf({ transcript, card, chat }: SessionData, who: Pick<Identities, "of" | "named">): Board {
  const { placed } = transcript;
  const held = new Map(placed.flatMap((one) => [one.tweet.id, ...one.tweet.aliases].map((id) => [id, one] as const)));
  const known = (id: TweetId | null): TweetId | null => (id === null ? null : (held.get(id)?.tweet.id ?? id));
  const here = new Map(placed.map(({ tweet: { author } }) => [author.handle.toLowerCase(), who.of(author)]));
  const said = placed.filter(({ tweet }) => tweet.repostOf === null);
  return {
    transcript,
    held,
    replies: byTarget(said, (one) => known(answeredBy(one))),
    quotes: byTarget(said, ({ tweet }) => known(tweet.quotes)),
    hosts: [...card.hosts, ...chat.hosts],
    author: ({ author }) => who.of(author),
    named: (handle) => here.get(handle.toLowerCase()) ?? who.named(handle),
  };
}

function byTarget(tweets: readonly PlacedTweet[], target: (placed: PlacedTweet) => TweetId | null): Map<TweetId, PlacedTweet[]> {
  const found = new Map<TweetId, PlacedTweet[]>();
  for (const placed of tweets) {
    const id = target(placed);
    if (id !== null) found.set(id, [...(found.get(id) ?? []), placed]);
  }
  return found;
}

/** The tweet one replies to: as the organiser says, as captured, else as judged, where that is sure. */
function answeredBy({ tweet, placement }: PlacedTweet): TweetId | null {
  if (placement.parentReason === "edit") return placement.parent;
  if (tweet.replyTo !== null) return tweet.replyTo;
  return (placement.parentConfidence ?? 0) > SURE ? placement.parent : null;
}

/** Whom a tweet speaks to. What X puts before a reply speaks to the one it replies to; who is retold is not spoken to. */
function addressed(board: Board, placed: PlacedTweet, read: Parsed): Handle[] {
  const { tweet, placement } = placed;
  const above = placement.parentReason === "edit" ? placement.parent : tweet.replyTo;
  const retold = read.retold;
  const named = mentionsIn(tweet.text)
    .filter(({ start, text }) => retold === null || (start < retold.from && text.toLowerCase() !== retold.handle))
    .map(({ text }) => text);
  const spoken = above === null ? named : [replied(board, tweet, above), ...named.filter((one) => !read.lead.includes(one.toLowerCase()))];
  const once = new Map(spoken.filter((handle) => handle !== null).map((handle) => [board.named(handle), handle]));
  return [...once.values()].filter((handle) => !isAnswerTo(board, placed, read, handle));
}

const replied = ({ held }: Board, tweet: Tweet, above: TweetId): Handle | null =>
  held.get(above)?.tweet.author.handle ?? tweet.replyToUser ?? tweet.mentions[0] ?? null;

/** Whether it names somebody only because it answers the question that they put to all. */
function isAnswerTo(board: Board, placed: PlacedTweet, read: Parsed, handle: Handle): boolean {
  const question = board.transcript.questions.find(({ number }) => number === placed.placement.question);
  if (question === undefined || read.question || placed.placement.asks !== null) return false;
  const above = placed.tweet.replyTo ?? placed.placement.parent;
  const direct = above === null || question.asks.includes(above) || read.own !== null;
  const atHead = placed.tweet.replyTo !== null || read.lead.includes(handle.toLowerCase());
  return direct && atHead && askersOf(board, question).includes(board.named(handle));
}

/** Who put a question to all: whoever tweeted it, and the hosts. */
function askersOf({ held, hosts, named }: Board, { asks, by }: Question): PersonKey[] {
  const told = asks.flatMap((id) => held.get(id)?.tweet.author.handle ?? []);
  return [...told, ...(by === null ? [] : [by]), ...hosts].map(named);
}

function isAnswered(board: Board, { placed, person, question }: Missed): boolean {
  const { tweet, placement } = placed;
  const author = board.author(tweet);
  const ids = goesOn(board, tweet.id, author);
  const replies = ids.flatMap((id) => board.replies.get(id) ?? []);
  const quotes = ids.flatMap((id) => board.quotes.get(id) ?? []).filter((one) => !isBefore(one.tweet, tweet));
  if ([...replies, ...quotes].some((one) => board.author(one.tweet) === person)) return true;
  if (!question) return false;
  return [...replies, ...under(board, placement.asks)].some((one) => board.author(one.tweet) !== author);
}

/** What stands under the question that a tweet asks. */
const under = ({ transcript }: Board, asks: number | null): PlacedTweet[] =>
  asks === null ? [] : transcript.placed.filter(({ placement }) => placement.question === asks && placement.asks === null);

/** A tweet and those in which its author goes on with it: an answer to the second part answers the first. */
function goesOn(board: Board, id: TweetId, author: PersonKey): TweetId[] {
  const ids = [id];
  const seen = new Set(ids);
  for (const at of ids)
    for (const { tweet } of board.replies.get(at) ?? []) {
      if (board.author(tweet) !== author || seen.has(tweet.id)) continue;
      seen.add(tweet.id);
      ids.push(tweet.id);
    }
  return ids;
}

const isBefore = (a: Tweet, b: Tweet): boolean => a.time !== null && b.time !== null && a.time < b.time;
