import { instantOf } from "../config/zone.ts";
import type { NotedQuestion, Question, TweetId } from "../model.ts";
import { askedText } from "./asks.ts";
import type { Board } from "./board.ts";
import type { Parsed } from "./parse.ts";

/** A question before its number in exports is settled. */
export interface Draft {
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

/** The label's key: Q2 -> 2, Q1a -> 1a, T1 -> t1. */
export const keyOf = (label: string): string => label.toLowerCase().replace(/^[qa](?=\d)/, "");
/** The element id of a label: Q2.5 -> q2-5. */
const anchorOf = (label: string): string => label.toLowerCase().replace(/[^a-z0-9]/g, "-");

export function draftOfTweet(p: Parsed, i: number, key: string | null, label: string): Draft {
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

export function draftOfNotes(board: Board, entry: NotedQuestion, rank: number): Draft {
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
export const removedAsks = (board: Board): Draft[] =>
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
export function keepListOrder(noted: readonly Draft[]): void {
  let last = { order: -1, when: 0 };
  for (const draft of noted) {
    if (Number.isNaN(draft.order)) draft.order = last.order;
    if (Number.isNaN(draft.when)) draft.when = last.when;
    last = draft;
  }
}

/** The lines of a pasted transcript that stand above answers, in order: Q1, Q2 … unless the notes number them. */
export function addHeadings(board: Board, drafts: Map<string, Draft>): Map<string, string> {
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

/** Those that no question known so far asks already. */
export function addSides(board: Board, drafts: Map<string, Draft>, sides: readonly TweetId[]): void {
  const asked = new Set([...drafts.values()].flatMap(({ asks }) => asks));
  for (const id of sides) {
    const i = board.place.get(id);
    const p = i === undefined ? undefined : board.tweets[i];
    if (i !== undefined && p !== undefined && !asked.has(id)) drafts.set(`s${id}`, draftOfTweet(p, i, null, "+"));
  }
}
