import type { Board } from "./board.ts";
import { placesBefore } from "./clock.ts";
import { isGoodbye } from "./goodbye.ts";
import { isGreeting } from "./hello.ts";
import { handlesIn } from "./matches.ts";
import type { Parent } from "./parents.ts";
import type { Parsed } from "./parse.ts";

// `Does anyone own a copper kettle`, `So who here bakes on Sundays`, `What do you all use for it.`
const ASKS_ALL =
  /^\W*(?:#[\p{L}\p{N}_]+\W+)*(?:(?:so|ok|okay|and|well|now|also|hey|curious)\b\W+)*(?:(?:does|do|has|have|is|did|can|could|would|was) any ?(?:one|body)\b|any ?(?:one|body) (?:else|here|have|has|got|know|knows|tried|using|use|seen|been|going|want|interested|around|up for|working|playing|read|watch|need)\b|who (?:here|else)\b|(?:what|which|where|when|why|how)(?: many)?(?: (?:do|does|did|are|is|have|would|should))? (?:you|your|y['’]all|of you|everyone|everybody|folks|people)\b)/iu;

/** Asks, with or without a question mark. */
const asksAll = (p: Parsed): boolean => p.question || ASKS_ALL.test(p.tweet.text);

/** What people talk about under one root of a chat without numbers. Places are those of the board. */
export interface Topic {
  readonly root: number;
  /** Its root asks something. */
  readonly asks: boolean;
  /** Who says something in it, and whom its root names. */
  readonly people: Set<string>;
  readonly members: number[];
  /** Others than the root's author who take it up beyond doubt: by id, or with its words or the people it names. */
  readonly takers: Set<string>;
}

/** The topics of a chat without numbers in the order of their roots, and the topic of every tweet. One pass, oldest first. */
export function findTopics(
  board: Board,
  parents: readonly Parent[],
): { readonly topics: readonly Topic[]; readonly of: readonly (Topic | null)[] } {
  const words = weighWords(board);
  const topics: Topic[] = [];
  const of: (Topic | null)[] = [];
  for (const [i, p] of board.tweets.entries()) {
    const link = parents[i]?.link ?? null;
    const told = link?.i != null && link.reason !== "mention" && link.reason !== "self";
    const above = told ? (of[link.i ?? -1] ?? null) : null;
    if (told && above === null) {
      of.push(null);
      continue;
    }
    const found = above === null ? joined({ board, topics, of, i, p, words }) : { topic: above, sure: true };
    const topic = found?.topic ?? newTopic(i, p);
    if (found === null) topics.push(topic);
    else if (found.sure && board.tweets[topic.root]?.who !== p.who) topic.takers.add(p.who);
    topic.members.push(i);
    topic.people.add(p.who);
    of.push(topic);
  }
  return { topics, of };
}

const newTopic = (root: number, p: Parsed): Topic => ({
  root,
  asks: asksAll(p),
  people: new Set(handlesIn(p.tweet.text)),
  members: [],
  takers: new Set(),
});

interface Entry {
  readonly board: Board;
  readonly topics: readonly Topic[];
  readonly of: readonly (Topic | null)[];
  readonly i: number;
  readonly p: Parsed;
  /** The words of every tweet, by its place. */
  readonly words: Words;
}

/** The topic an unlinked tweet goes on with; null: it begins one. `sure`: words or named people say so, not only the clock. */
function joined(entry: Entry): { readonly topic: Topic; readonly sure: boolean } | null {
  const { p } = entry;
  if (p.tweet.replyTo !== null || p.tweet.repostOf !== null) return null;
  return p.lead.length > 0 ? addressed(entry) : (continued(entry) ?? alike(entry));
}

// Enough for an hour of talk, and a bound for a flood.
const RECENT = 12;
const MEMBERS = 40;
const TOPICS = 60;
const minutes = (from: Parsed | undefined, to: Parsed): number =>
  from?.tweet.time == null || to.tweet.time === null ? 0 : (to.tweet.time - from.tweet.time) / 60_000;

/** `@host @amy words`: the recent topic in which most of those named speak, that shares words with it, that was last spoken of. */
function addressed(entry: Entry): { readonly topic: Topic; readonly sure: boolean } | null {
  if (isNewQuestion(entry)) return null;
  const scored = entry.topics.slice(-RECENT).flatMap((topic) => {
    const score = closeness(entry, topic);
    return score === null ? [] : [{ topic, ...score }];
  });
  return scored.reduce<(typeof scored)[number] | null>((best, next) => (best === null || next.score >= best.score ? next : best), null);
}

function closeness(entry: Entry, topic: Topic): { readonly score: number; readonly sure: boolean } | null {
  const { board, i, p, words } = entry;
  const said = topic.members.slice(-MEMBERS).filter((j) => p.lead.includes(board.tweets[j]?.who ?? ""));
  const last = said.at(-1);
  if (last === undefined) return null;
  const named = p.lead.filter((who) => topic.people.has(who)).length;
  const told = handlesIn(board.tweets[topic.root]?.tweet.text ?? "").some((who) => p.lead.includes(who));
  const shared = Math.max(...said.slice(-5).map((j) => overlap(words, i, j)), overlap(words, i, topic.root));
  const since = minutes(board.tweets[last], p);
  if (since > 10 && shared < 2 && !topic.asks) return null;
  const score =
    2 * (named / p.lead.length) +
    Math.min(2, shared / 3) +
    (board.tweets[last]?.lead.includes(p.who) === true ? 1 : 0) +
    (topic.asks ? 0.5 : 0) +
    (topic.people.has(p.who) ? 0.3 : 0) -
    Math.min(3, since / 8);
  return { score, sure: shared >= 2 || told };
}

/** One person is asked, who has said nothing for three minutes and nothing that shares a rare word: `@host Did I miss when …?` */
function isNewQuestion({ board, i, p, words }: Entry): boolean {
  const [who, ...more] = p.lead;
  if (who === undefined || more.length > 0 || !p.question) return false;
  return placesBefore(board.byAuthor.get(who) ?? [], i, 5).every((j) => minutes(board.tweets[j], p) > 3 && overlap(words, i, j) < 4);
}

// `And I published …`, `So, if you have …`, `But`, `Also`, `Plus`, `This can be weekly`; `This week` is news
const CONNECTS =
  /^\W*(?:and|so|but|also|plus|or|because|which|this(?! (?:week|weekend|month|year|morning|afternoon|evening))|that(?:['’]s)?|these|those|it)\b/iu;

/** The author's own last root within five minutes, where the new one leans on it: by its first word, or by words they share;
 *  a guest's within 90 s. */
function continued({ board, of, i, p, words }: Entry): { readonly topic: Topic; readonly sure: boolean } | null {
  if (asksAll(p) || isGreeting(p) || isGoodbye(p)) return null;
  const j = placesBefore(board.byAuthor.get(p.who) ?? [], i, 8).find((k) => board.tweets[k]?.lead.length === 0);
  const topic = j === undefined ? null : (of[j] ?? null);
  const since = minutes(board.tweets[j ?? -1], p);
  if (topic === null || j === undefined || since > 5) return null;
  const leans =
    CONNECTS.test(p.tweet.text) ||
    overlap(words, i, j) >= 4 ||
    (!board.hosts.has(p.who) && since <= 1.5) ||
    (topic.asks && since <= 4 && overlap(words, i, j) >= 2);
  return leans ? { topic, sure: false } : null;
}

/** An unaddressed statement that shares rare words with the root of a topic that others talk of. */
function alike({ topics, i, p, words }: Entry): { readonly topic: Topic; readonly sure: boolean } | null {
  if (asksAll(p) || isGreeting(p) || isGoodbye(p)) return null;
  let best: { topic: Topic; shared: number } | null = null;
  for (const topic of topics.slice(-TOPICS)) {
    if (topic.people.size < 2 && !topic.asks) continue;
    const shared = overlap(words, i, topic.root);
    if (shared >= 5 && shared > (best?.shared ?? 0)) best = { topic, shared };
  }
  return best === null ? null : { topic: best.topic, sure: false };
}

/** The rare words of every tweet. */
interface Words {
  /** By place: stems as numbers, ascending. */
  readonly stems: readonly (readonly number[])[];
  /** By stem: the logarithm of how rare it is in this chat. */
  readonly weights: readonly number[];
}

/** The weight of what the tweets at two places share. */
function overlap({ stems, weights }: Words, i: number, j: number): number {
  const a = stems[i] ?? [];
  const b = stems[j] ?? [];
  let sum = 0;
  for (let m = 0, n = 0; m < a.length && n < b.length; ) {
    const [x, y] = [a[m] ?? 0, b[n] ?? 0];
    if (x === y) sum += weights[x] ?? 0;
    if (x <= y) m++;
    if (y <= x) n++;
  }
  return sum;
}

/** Hashtags weigh twice; stems in more than every eighth tweet are left out. */
function weighWords(board: Board): Words {
  const said = board.tweets.map((p) => stemsOf(p.tweet.text));
  const counts = new Map<string, number>();
  for (const set of said) for (const stem of set) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  const all = Math.max(40, board.tweets.length);
  const rare = [...counts].filter(([, n]) => n > 1 && n * 8 <= all);
  const number = new Map(rare.map(([stem], n) => [stem, n]));
  return {
    stems: said.map((set) => [...set].flatMap((stem) => number.get(stem) ?? []).sort((a, b) => a - b)),
    weights: rare.map(([stem, n]) => Math.log(all / n) * (stem.startsWith("#") ? 2 : 1)),
  };
}

/** Words of five letters and more, cut to six: `organized` and `organization` are one. Links and handles are left out. */
function stemsOf(text: string): Set<string> {
  const bare = text.toLowerCase().replace(/https?:\/\/\S+|@\w+/g, " ");
  return new Set(
    (bare.match(/#[\p{L}\p{N}_]{4,}|[\p{L}\p{N}]{5,}/gu) ?? []).map((word) => (word.startsWith("#") ? word : word.slice(0, 6))),
  );
}
