import type { Board } from "./board.ts";
import { countBefore } from "./clock.ts";
import { handlesIn } from "./matches.ts";
import type { Parsed } from "./parse.ts";
import { featuresOfOther, OTHER } from "./rank-features.ts";
import { featuresOfNone, featuresOfOwn, NONE, OWN } from "./rank-own.ts";
import { type Candidate, type Field, minutesBetween, type Talk } from "./rank-talk.ts";
import { CURVE, WEIGHTS } from "./rank-weights.ts";

/** One answer to "what does it answer?": the tweet at `j`, or null for none that is held. `row` is overwritten by the next option. */
export interface Option {
  readonly j: number | null;
  readonly kind: keyof typeof NAMES;
  readonly row: Float64Array;
}

/** The features of each kind of option, in the order of its row. */
export const NAMES = { none: NONE, other: OTHER, own: OWN } as const;
const ROWS = { none: new Float64Array(NONE.length), other: new Float64Array(OTHER.length), own: new Float64Array(OWN.length) };

/** So many of the handles it names are asked, the first ones: more are a crowd. */
const HANDLES = 20;
/** So many of the last tweets of each handle are looked at (12 as good as 25 on unseen sessions), and so many of the author's own. */
const REACH = 12;
const OWN_REACH = 3;
const OWN_MINUTES = 15;

/** The likeliest parent of a tweet that names somebody, and how sure that is: 0.6 and more is worth a link, 0.8 and more was right in
 *  96 of 100 on moderated hours left out of training (of the twelve wrong ones among the 257 surest, nine answered a tweet that was not
 *  captured while this one was to the point).
 *  Null: it names nobody who spoke before. */
export function rankParent(talk: Talk, i: number): { readonly j: number; readonly confidence: number } | null {
  let best: { readonly j: number; readonly score: number } | null = null;
  let all = 0;
  eachOption(talk, i, (option) => {
    const score = scoreOf(option);
    all += Math.exp(score);
    if (option.j !== null && score > (best?.score ?? Number.NEGATIVE_INFINITY)) best = { j: option.j, score };
  });
  const found = best as { readonly j: number; readonly score: number } | null;
  return found === null ? null : { j: found.j, confidence: confidenceOf(Math.exp(found.score) / all) };
}

const TABLES = { none: tableOf("none"), other: tableOf("other"), own: tableOf("own") };

function tableOf(kind: keyof typeof NAMES): Float64Array {
  const weights: Readonly<Record<string, number>> = WEIGHTS[kind];
  return Float64Array.from(NAMES[kind], (name: string) => weights[name] ?? 0);
}

function scoreOf({ kind, row }: Option): number {
  const table = TABLES[kind];
  let sum = 0;
  for (let k = 0; k < table.length; k++) sum += (table[k] ?? 0) * (row[k] ?? 0);
  return sum;
}

/** The model's share, bent to what it was worth on unseen sessions: straight lines between the points of the curve. */
export function confidenceOf(share: number, curve = CURVE): number {
  for (let k = 1; k < curve.length; k++) {
    const [x0, y0] = curve[k - 1] ?? [0, 0];
    const [x1, y1] = curve[k] ?? [1, 1];
    if (share <= x1) return y0 + ((share - x0) / (x1 - x0)) * (y1 - y0);
  }
  return 1;
}

/** "None" first, then every candidate. Nothing at all where there is none to choose. */
export function eachOption(talk: Talk, i: number, visit: (option: Option) => void): void {
  const field = fieldOf(talk, i);
  if (field === null) return;
  featuresOfNone(ROWS.none, field);
  visit({ j: null, kind: "none", row: ROWS.none });
  field.candidates.forEach(({ j, named }, k) => {
    const kind = named === "own" ? "own" : "other";
    if (kind === "own") featuresOfOwn(ROWS.own, field, k);
    else featuresOfOther(ROWS.other, field, k);
    visit({ j, kind, row: ROWS[kind] });
  });
}

/** The last tweets of everyone it names, and its author's own. Someone else's words and tweets that name nobody have none. */
function fieldOf(talk: Talk, i: number): Field | null {
  const q = talk.board.tweets[i];
  if (q === undefined || q.retold !== null || q.tweet.repostOf !== null) return null;
  const tail = q.lead.length === 0 ? handlesAtEnd(q) : [];
  const named = (tail.length > 0 ? tail : q.lead).filter((who) => who !== q.who).slice(0, HANDLES);
  if (named.length === 0 && !q.lead.includes(q.who)) return null;
  talk.likeness.to(i);
  const candidates: Candidate[] = [];
  for (const who of named) {
    const how = tail.length > 0 ? "tail" : who === q.lead[0] ? "first" : "later";
    for (const j of lastOf(talk.board, who, i, REACH)) addCandidate(talk, i, candidates, { j, named: how });
  }
  const last = lastOf(talk.board, q.who, i, OWN_REACH);
  if (tail.length === 0) for (const j of last) addCandidate(talk, i, candidates, { j, named: "own" });
  if (candidates.length === 0) return null;
  return { talk, i, tweet: q, candidates, most: candidates.reduce((most, c) => Math.max(most, c.shared), 0), before: last[0] ?? -1 };
}

// `… words #chat @amy`: whom it answers, when its author moved the handle out of the way
const END = /(?<![^\s])(?:[@#][\p{L}\p{N}_]+|https?:\/\/\S+|[.,:;!)-]|\s)+$/u;

const handlesAtEnd = (q: Parsed): readonly string[] => handlesIn(END.exec(q.tweet.text)?.[0] ?? "");

function addCandidate(talk: Talk, i: number, known: Candidate[], { j, named }: Pick<Candidate, "j" | "named">): void {
  const p = talk.board.tweets[j];
  const q = talk.board.tweets[i];
  if (p === undefined || q === undefined) return;
  const lag = Math.max(0, minutesBetween(p, q));
  if (named === "own" && lag >= OWN_MINUTES) return;
  const before = known.at(-1);
  const rank = before !== undefined && before.tweet.who === p.who ? before.rank + 1 : 0;
  const shared = talk.likeness.with(j);
  known.push({
    j,
    tweet: p,
    rank,
    named,
    lag,
    shared,
    ...agreement(p, q),
  });
}

function agreement(p: Parsed, q: Parsed): Pick<Candidate, "extra" | "lost" | "lostAmid" | "handles"> {
  const there = p.scan.mentions;
  const here = q.scan.mentions;
  const own = p.who === q.who;
  let handles = own ? 0 : 1;
  let lost = own || here.includes(p.who) ? 0 : 1;
  let lostAmid = 0;
  for (const handle of there) {
    if (handle === q.who || handle === p.who) continue;
    handles++;
    if (here.includes(handle)) continue;
    if (p.lead.includes(handle)) lost++;
    else lostAmid++;
  }
  let extra = 0;
  for (const handle of q.lead) if (handle !== q.who && handle !== p.who && !there.includes(handle)) extra++;
  return { extra, lost, lostAmid, handles };
}

/** The places of an author's last tweets before `i`, newest first, reposts left out. */
function lastOf(board: Board, who: string, i: number, most: number): number[] {
  const places = board.byAuthor.get(who) ?? [];
  const found: number[] = [];
  for (let k = countBefore(places, i) - 1; k >= 0 && found.length < most; k--) {
    const j = places[k];
    if (j !== undefined && board.tweets[j]?.tweet.repostOf === null) found.push(j);
  }
  return found;
}
