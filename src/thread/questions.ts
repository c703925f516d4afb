import type { Edit, Question, TweetId } from "../model.ts";
import { askedText, askingNumber, repeats } from "./asks.ts";
import type { Board } from "./board.ts";
import { addHeadings, addSides, type Draft, draftOfNotes, draftOfTweet, keepListOrder, keyOf, removedAsks } from "./drafts.ts";
import { type FoundAsk, withImplied } from "./implied.ts";
import { type Parsed, wordsOf } from "./parse.ts";

export { keyOf } from "./drafts.ts";

/** The questions of a session in the order they were asked. */
export interface Questions {
  readonly list: readonly Question[];
  /** By 2, 1a, t1, bonus. */
  readonly byKey: ReadonlyMap<string, Question>;
  readonly byNumber: ReadonlyMap<number, Question>;
  /** By the tweet that asks. */
  readonly byAsk: ReadonlyMap<TweetId, Question>;
  readonly byHeading: ReadonlyMap<string, Question>;
}

/** Notes first (an entry wins over a found question of the same number), then host tweets that ask a number,
 *  then the headings of pasted text. Side questions that came up are `sides`, found by sideQuestions. */
export function findQuestions(board: Board, sides: readonly TweetId[] = []): Questions {
  const drafts = new Map<string, Draft>();
  const noted = board.input.notes.questions.map((entry, rank) => draftOfNotes(board, entry, rank));
  for (const draft of noted) drafts.set(draft.key ?? draft.anchor, draft);
  for (const draft of removedAsks(board)) if (!drafts.has(draft.key ?? draft.anchor)) drafts.set(draft.key ?? draft.anchor, draft);
  const listed = new Set(noted.flatMap(({ key }) => key ?? []));
  for (const found of withImplied(board, foundAsks(board))) addAsk(board, drafts, outlined(found, listed));
  const headings = addHeadings(board, drafts);
  addSides(board, drafts, sides);
  keepListOrder(noted);
  return settle([...drafts.values()], headings);
}

/** The notes' list is the outline: `Q1.5` and `Q1a` of a question they list is a part of it, unless an edit says `ask: Q1.5`. */
function outlined(found: FoundAsk, listed: ReadonlySet<string>): FoundAsk {
  const whole = /^\d+(?=\D)/.exec(found.key)?.[0];
  return whole === undefined || found.edited || !listed.has(whole) ? found : { ...found, key: whole, label: `Q${whole}` };
}

/** Host tweets that ask a number, oldest first; edits say `ask: false` or `ask: Q3`. */
function foundAsks(board: Board): FoundAsk[] {
  const edits = new Map<number, Edit>();
  for (const edit of board.input.notes.edits) {
    const i = edit.ask === undefined ? undefined : board.place.get(edit.tweet);
    if (i !== undefined) edits.set(i, edit);
  }
  const noted = new Set(board.input.notes.questions.flatMap((q) => q.ask).map((id) => board.place.get(id)));
  return board.tweets.flatMap((p, i): FoundAsk[] => {
    const said = edits.get(i)?.ask;
    if (said === false || noted.has(i)) return [];
    if (said !== undefined) return [{ i, key: keyOf(said), label: said, edited: true }];
    const token = board.hosts.has(p.who) ? askingNumber(p) : null;
    return token === null ? [] : [{ i, key: token.key, label: token.label, edited: false }];
  });
}

/** The earliest wins. A later one by a host is a re-ask or a second part when it asks again; else it is the host's own answer. */
function addAsk(board: Board, drafts: Map<string, Draft>, found: FoundAsk): void {
  const p = board.tweets[found.i];
  if (p === undefined) return;
  const known = drafts.get(found.key);
  if (known === undefined) {
    drafts.set(found.key, draftOfTweet(p, found.i, found.key, found.label));
    return;
  }
  if (known.asks.length === 0) {
    if (known.from === "notes" && !found.edited && !samePlace(known, p)) return;
    known.asks.push(p.tweet.id);
    known.at = p.tweet.time;
    known.by ??= p.tweet.author.handle;
    known.order = found.i;
    if (known.text === "") known.text = askedText(p);
  } else if (found.edited || repeats(textsOf(board, known), p, answersSelf(board, p))) {
    known.asks.push(p.tweet.id);
    if (known.from === "tweet" && wordsOf(known.text).size < 2) known.text = askedText(p);
  }
}

/** A question of the notes without a tweet takes the first host tweet of its number, unless the notes put it at another time. */
const samePlace = (known: Draft, p: Parsed): boolean =>
  known.at === null || p.tweet.time === null || Math.abs(known.at - p.tweet.time) < 10 * 60_000;

/** So many of the tweets that ask a question are looked at: a bound for a host who asks without end. */
const ASKS = 12;

/** The question's words, and those of the last tweets that ask it. */
const textsOf = (board: Board, known: Draft): string[] => [
  known.text,
  ...known.asks.slice(-ASKS).flatMap((id) => {
    const p = board.tweets[board.place.get(id) ?? -1];
    return p === undefined ? [] : [askedText(p)];
  }),
];

function answersSelf(board: Board, p: Parsed): boolean {
  const i = p.tweet.replyTo === null ? undefined : board.place.get(p.tweet.replyTo);
  return i !== undefined && board.tweets[i]?.who === p.who;
}

/** Gives each question its whole number: its own where that is one and free, else counted on from the highest. */
function settle(drafts: readonly Draft[], headings: ReadonlyMap<string, string>): Questions {
  const ordered = [...drafts].sort((a, b) => a.order - b.order || a.when - b.when || a.rank - b.rank || (a.anchor < b.anchor ? -1 : 1));
  const whole = ordered.filter((d) => d.key !== null && /^\d+$/.test(d.key)).map((d) => Number(d.key));
  let last = Math.max(0, ...whole);
  const list = ordered.map((draft): Question => {
    const number = draft.key !== null && /^\d+$/.test(draft.key) ? Number(draft.key) : ++last;
    const { key, order: _, when: __, rank: ___, ...question } = draft;
    return { number, side: key === null, ...question };
  });
  const byKey = answerKeys(new Map(list.flatMap((question, i) => (ordered[i]?.key == null ? [] : [[ordered[i].key, question] as const]))));
  const underHeading = [...headings].flatMap(([heading, key]) => {
    const question = byKey.get(key);
    return question === undefined ? [] : [[heading, question] as const];
  });
  return {
    list,
    byKey,
    byNumber: new Map(list.map((q) => [q.number, q])),
    byAsk: new Map(list.flatMap((q) => q.asks.map((id) => [id, q] as const))),
    byHeading: new Map(underHeading),
  };
}

/** Where topics T1, T2 … are asked and no Q1, `A1` answers T1. */
function answerKeys(byKey: ReadonlyMap<string, Question>): ReadonlyMap<string, Question> {
  const topics = [...byKey].filter(([key]) => /^t\d+$/.test(key)).map(([key, question]) => [key.slice(1), question] as const);
  return new Map([...topics, ...byKey]);
}
