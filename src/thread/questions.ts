import { instantOf } from "../config/zone.ts";
import type { Edit, NotedQuestion, Question, TweetId } from "../model.ts";
import type { Board } from "./board.ts";
import { type NumberToken, type Parsed, wordsOf } from "./parse.ts";

/** A question before its number in exports is settled. */
interface Draft {
  /** 2, 1a, t1, bonus; null: a side question. */
  readonly key: string | null;
  readonly label: string;
  readonly anchor: string;
  text: string;
  readonly asks: TweetId[];
  at: number | null;
  by: string | null;
  readonly from: Question["from"];
  /** Place in the session's order: of the first tweet that asks, else where its notes put it. */
  order: number;
  /** Of questions at one place: their time, then their place in the notes. */
  when: number;
  readonly rank: number;
}

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
  for (const found of foundAsks(board)) addAsk(board, drafts, found);
  const headings = addHeadings(board, drafts);
  for (const id of sides) addSide(board, drafts, id);
  keepListOrder(noted);
  return settle([...drafts.values()], headings);
}

function draftOfNotes(board: Board, entry: NotedQuestion, rank: number): Draft {
  const first = entry.ask.map((id) => board.place.get(id)).find((i) => i !== undefined);
  const tweet = first === undefined ? undefined : board.tweets[first];
  const label = entry.side ? "+" : `Q${entry.number}`;
  const wall = entry.at === null ? null : instantOf(`${board.input.session.slug.slice(0, 10)} ${entry.at}`, board.input.zone);
  const time = tweet?.tweet.time ?? wall;
  return {
    key: entry.side ? null : String(entry.number),
    label,
    anchor: entry.side ? (entry.ask[0] === undefined ? `s-${entry.name}` : `s${entry.ask[0]}`) : anchorOf(label),
    text: entry.text ?? (tweet === undefined ? "" : askedText(tweet)),
    asks: entry.ask.flatMap((id) => board.tweets[board.place.get(id) ?? -1]?.tweet.id ?? []),
    at: time,
    by: tweet?.tweet.author.handle ?? entry.by,
    from: "notes",
    order: first ?? (time === null ? Number.NaN : placeAt(board, time) - 0.5),
    when: time ?? Number.NaN,
    rank,
  };
}

/** Questions whose tweet was removed keep number and anchor; their words are gone. */
const removedAsks = (board: Board): Draft[] =>
  (board.input.tombstones ?? []).flatMap(({ tweet, asked, time }): Draft[] => {
    if (asked === null) return [];
    const key = asked === "+" ? null : keyOf(asked);
    return [
      {
        key,
        label: asked,
        anchor: key === null ? `s${tweet}` : anchorOf(asked),
        text: "",
        asks: [],
        at: time,
        by: null,
        from: "tweet",
        order: time === null ? -1 : placeAt(board, time) - 0.5,
        when: time ?? 0,
        rank: 0,
      },
    ];
  });

/** The place of the first tweet at `time` or later. */
function placeAt(board: Board, time: number): number {
  const i = board.tweets.findIndex((p) => p.tweet.time === null || p.tweet.time >= time);
  return i < 0 ? board.tweets.length : i;
}

/** Entries without tweet and time stand behind the entry before them in the list. */
function keepListOrder(noted: readonly Draft[]): void {
  let last = { order: -1, when: 0 };
  for (const draft of noted) {
    if (Number.isNaN(draft.order)) draft.order = last.order;
    if (Number.isNaN(draft.when)) draft.when = last.when;
    last = draft;
  }
}

interface FoundAsk {
  readonly i: number;
  readonly key: string;
  readonly label: string;
  readonly edited: boolean;
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

/** The label's key: Q2 -> 2, Q1a -> 1a, T1 -> t1. */
export const keyOf = (label: string): string => label.toLowerCase().replace(/^[qa](?=\d)/, "");
/** The element id of a label: Q2.5 -> q2-5. */
const anchorOf = (label: string): string => label.toLowerCase().replace(/[^a-z0-9]/g, "-");

// `Q1, Q2 etc`, `Q1 and Q2`, `Q1/A1`, `Q1 coming up`, `Q2 in 5 minutes`: it speaks of the question and asks none
const ANNOUNCES = /^\s?(?:(?:,|\/|&|and|or|through|thru|to)\s*[qa]?\d|,?\s*etc\b|(?:is |will be )?(?:coming|up next|next|in \d|at \d)\b)/iu;

/** The number this tweet asks, if it asks one: words must follow it, and a number amid a sentence needs its mark. */
function askingNumber(p: Parsed): NumberToken | null {
  if (p.tweet.repostOf !== null || p.retold !== null) return null;
  for (const token of [...p.numbers].reverse()) {
    if (!token.asking) continue;
    const after = p.tweet.text.slice(token.end);
    if (ANNOUNCES.test(after) || wordsOf(after).size < 2) continue;
    const marked = /^\s?[:.)\]–—-]/u.test(after);
    const asks = /[?？؟]/u.test(after);
    if (token.where === "lead" && p.lead.length === 0 && p.tweet.replyTo === null) return token;
    if (token.where === "lead" ? asks : asks || marked) return token;
  }
  return null;
}

/** The words of a tweet that ask: what follows its number, else all of it. Tags and links at its end are left out. */
function askedText(p: Parsed): string {
  const token = askingNumber(p) ?? p.own;
  const words =
    token === null
      ? p.tweet.text
      : p.tweet.text.slice(token.where === "end" ? 0 : token.end, token.where === "end" ? token.start : undefined);
  // `: What now? #chat https://…` -> `What now?`
  const bare = words.replace(/^[\s:.,;)\]/–—-]+/u, "").replace(/(?:\s+(?:#[\p{L}\p{N}_]+|https?:\/\/\S+))+\s*$/u, "");
  return bare.replace(/\s+/g, " ").trim() || p.tweet.text.trim();
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
  } else if (found.edited || asksAgain(board, known, p)) known.asks.push(p.tweet.id);
}

/** A question of the notes without a tweet takes the first host tweet of its number, unless the notes put it at another time. */
const samePlace = (known: Draft, p: Parsed): boolean =>
  known.at === null || p.tweet.time === null || Math.abs(known.at - p.tweet.time) < 10 * 60_000;

function asksAgain(board: Board, known: Draft, p: Parsed): boolean {
  const own = p.tweet.replyTo === null ? null : board.place.get(p.tweet.replyTo);
  const toSelf = own !== null && own !== undefined && board.tweets[own]?.who === p.who;
  if ((p.lead.length > 0 || p.tweet.replyTo !== null) && !toSelf) return false;
  return p.question || likeness(wordsOf(known.text), wordsOf(askedText(p))) >= 0.6;
}

function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const shared = [...a].filter((word) => b.has(word)).length;
  return shared / Math.max(1, Math.min(a.size, b.size));
}

function draftOfTweet(p: Parsed, i: number, key: string | null, label: string): Draft {
  const anchor = key === null ? `s${p.tweet.id}` : anchorOf(label);
  return {
    key,
    label,
    anchor,
    text: askedText(p),
    asks: [p.tweet.id],
    at: p.tweet.time,
    by: p.tweet.author.handle,
    from: "tweet",
    order: i,
    when: 0,
    rank: 0,
  };
}

/** The lines of a pasted transcript that stand above answers, in order: Q1, Q2 … unless the notes number them. */
function addHeadings(board: Board, drafts: Map<string, Draft>): Map<string, string> {
  const keys = new Map<string, string>();
  for (const [i, p] of board.tweets.entries()) {
    const heading = p.tweet.heading;
    if (heading === null || keys.has(heading)) continue;
    const key = String(keys.size + 1);
    keys.set(heading, key);
    const known = drafts.get(key);
    if (known !== undefined) {
      known.text ||= heading;
      if (known.asks.length === 0) known.order = i - 0.5;
      continue;
    }
    drafts.set(key, {
      key,
      label: `Q${key}`,
      anchor: `q${key}`,
      text: heading,
      asks: [],
      at: null,
      by: null,
      from: "heading",
      order: i - 0.5,
      when: 0,
      rank: 0,
    });
  }
  return keys;
}

function addSide(board: Board, drafts: Map<string, Draft>, id: TweetId): void {
  const i = board.place.get(id);
  const p = i === undefined ? undefined : board.tweets[i];
  if (i === undefined || p === undefined || [...drafts.values()].some((d) => d.asks.includes(id))) return;
  drafts.set(`s${id}`, draftOfTweet(p, i, null, "+"));
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
  const byKey = new Map(list.flatMap((question, i) => (ordered[i]?.key == null ? [] : [[ordered[i].key, question] as const])));
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

// `Side Q:`, `random question`, `off topic, but`, `question for the group`
const NAMED_SIDE = /\b(?:side|random|quick|related|bonus)[ -]?(?:q|question)\b|\boff[ -]topic\b|\bquestion for\b/iu;

/** What came up: a root that asks, without a number, and that at least three others answer by id; two where it names itself a
 *  side question, or where nothing is numbered. */
export function sideQuestions(board: Board, numbered: Questions, repliers: ReadonlyMap<TweetId, ReadonlySet<string>>): TweetId[] {
  const first = numbered.list.find((q) => q.asks.length > 0)?.at ?? null;
  return board.tweets
    .filter(
      (p) =>
        p.question && p.own === null && p.lead.length === 0 && p.retold === null && p.tweet.repostOf === null && p.tweet.replyTo === null,
    )
    .filter((p) => first === null || (p.tweet.time !== null && p.tweet.time > first))
    .filter(
      (p) =>
        !numbered.byAsk.has(p.tweet.id) &&
        (repliers.get(p.tweet.id)?.size ?? 0) >= (NAMED_SIDE.test(p.tweet.text) || numbered.byKey.size === 0 ? 2 : 3),
    )
    .map((p) => p.tweet.id);
}
