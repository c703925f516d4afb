import type { Parsed } from "./parse.ts";
import { answersTo, type Candidate, type Field, minutesBetween, type Talk } from "./rank-talk.ts";

/** What is asked of a tweet by somebody else, in the order of `featuresOfOther`. "It" is that tweet, "I" who may answer it.
 *  Numbers are of about one size: shares, logarithms, yes 1 and no 0. */
// biome-ignore format: one group a line, as the functions below
export const OTHER = [
  "named first", "named later", "named at the end", "handles that joined", "leading handles lost", "other handles lost", "handles agree",
  "several agree", "in the order of a reply", "it mentions me", "it answers me", "it answers others", "it answers nobody",
  "latest", "rank", "no later one agrees as well", "later ones that agree", "no later one agrees fully",
  "lag", "lag squared", "within 15 s", "within 30 s", "within 1 min", "within 3 min", "within 6 min", "within 12 min", "within 25 min",
  "too long to type", "tweets between",
  "shared words", "shared words by length", "shares most", "shares nothing", "shared with its parent", "shared with its answers",
  "same number", "other number", "only I have a number", "only it has a number",
  "it asks", "both ask", "by a host", "a host asks", "I am a host", "it has a link", "its length", "it is short", "it retells",
  "I answered it", "I answered it just now", "others answered it", "I answered a later one", "newer than my last",
] as const;

/** Puts the values of OTHER into `row`. */
export function featuresOfOther(row: Float64Array, field: Field, k: number): void {
  const c = field.candidates[k];
  if (c === undefined) return;
  let at = ofHandles(row, 0, field, c);
  at = ofOrder(row, at, field, k);
  at = ofTime(row, at, field, c);
  at = ofWords(row, at, field, c);
  at = ofNumbers(row, at, c.tweet, field.tweet);
  at = ofKind(row, at, field, c);
  ofTurns(row, at, field, k);
}

const is = (yes: boolean): number => (yes ? 1 : 0);
const exact = (c: Candidate): boolean => c.extra === 0 && c.lost === 0 && c.lostAmid === 0;
const by = (talk: Talk, j: number): string => talk.board.tweets[j]?.who ?? "";

function ofHandles(row: Float64Array, at: number, { tweet: q }: Field, c: Candidate): number {
  const p = c.tweet;
  const { mentions } = p.scan;
  const agree = exact(c);
  row[at++] = is(c.named === "first");
  row[at++] = is(c.named === "later");
  row[at++] = is(c.named === "tail");
  row[at++] = Math.min(c.extra, 3);
  row[at++] = Math.min(c.lost, 3);
  row[at++] = Math.min(c.lostAmid, 3);
  row[at++] = is(agree);
  row[at++] = is(agree && c.handles > 1);
  row[at++] = is(c.handles > 1 && inOrderOfReply(mentions, p, q));
  row[at++] = is(mentions.includes(q.who));
  row[at++] = is(p.lead[0] === q.who);
  row[at++] = is(p.lead.length > 0 && !p.lead.includes(q.who));
  row[at++] = is(p.lead.length === 0);
  return at;
}

/** Clients put the author first, then the tweet's own handles. */
function inOrderOfReply(mentions: readonly string[], p: Parsed, q: Parsed): boolean {
  if (q.lead[0] !== p.who) return false;
  const others = mentions.filter((h) => h !== q.who && h !== p.who);
  return others.length === q.lead.length - 1 && others.every((handle, n) => handle === q.lead[n + 1]);
}

function ofOrder(row: Float64Array, at: number, { candidates }: Field, k: number): number {
  const c = candidates[k];
  if (c === undefined) return at;
  let newer = 0;
  let newerExact = 0;
  for (let m = k - 1; m >= k - c.rank; m--) {
    const other = candidates[m];
    if (other === undefined) break;
    if (other.extra <= c.extra && other.lost <= c.lost) newer++;
    if (exact(other)) newerExact++;
  }
  row[at++] = is(c.rank === 0);
  row[at++] = Math.min(c.rank, 10) / 10;
  row[at++] = is(newer === 0);
  row[at++] = Math.min(newer, 8) / 8;
  row[at++] = is(newerExact === 0);
  return at;
}

const MINUTES = [0.25, 0.5, 1, 3, 6, 12, 25];

function ofTime(row: Float64Array, at: number, { talk, i }: Field, { lag, j }: Candidate): number {
  const log = Math.log1p(lag);
  row[at++] = log;
  row[at++] = (log * log) / 4;
  for (const minutes of MINUTES) row[at++] = is(lag < minutes);
  row[at++] = Math.max(0, talk.length(i) / 140 - lag);
  row[at++] = Math.log1p(i - j) / 3;
  return at;
}

function ofWords(row: Float64Array, at: number, { talk, i, most }: Field, { j, shared }: Candidate): number {
  const { words } = talk.texts;
  const above = talk.parents[j] ?? -1;
  const answers = answersTo(talk, j, i);
  let amongAnswers = 0;
  for (const r of answers) amongAnswers += talk.likeness.with(r);
  row[at++] = Math.min(shared, 20) / 10;
  row[at++] = shared / Math.sqrt(1 + (words[i]?.length ?? 0) * (words[j]?.length ?? 0));
  row[at++] = is(shared > 0 && shared === most);
  row[at++] = is(shared === 0);
  row[at++] = above < 0 ? 0 : Math.min(talk.likeness.with(above), 20) / 10;
  row[at++] = Math.min(amongAnswers / (1 + answers.length), 20) / 10;
  return at;
}

function ofNumbers(row: Float64Array, at: number, p: Parsed, q: Parsed): number {
  const both = p.own !== null && q.own !== null;
  const same = p.own?.key === q.own?.key;
  row[at++] = is(both && same);
  row[at++] = is(both && !same);
  row[at++] = is(q.own !== null && p.own === null);
  row[at++] = is(p.own !== null && q.own === null);
  return at;
}

function ofKind(row: Float64Array, at: number, { talk, tweet: q }: Field, { j, tweet: p }: Candidate): number {
  const host = talk.board.hosts.has(p.who);
  const length = talk.length(j);
  row[at++] = is(p.question);
  row[at++] = is(p.question && q.question);
  row[at++] = is(host);
  row[at++] = is(host && p.question && p.lead.length === 0);
  row[at++] = is(talk.board.hosts.has(q.who));
  row[at++] = is(p.tweet.text.includes("://"));
  row[at++] = Math.min(length, 140) / 140;
  row[at++] = is(length < 25);
  row[at++] = is(p.retold !== null);
  return at;
}

function ofTurns(row: Float64Array, at: number, field: Field, k: number): number {
  const { talk, i, tweet: q, candidates, before } = field;
  const j = candidates[k]?.j ?? -1;
  const answers = answersTo(talk, j, i);
  let mine = 0;
  let last: Parsed | undefined;
  for (const r of answers) {
    if (by(talk, r) !== q.who) continue;
    mine++;
    last = talk.board.tweets[r];
  }
  row[at++] = is(mine > 0);
  row[at++] = is(last !== undefined && minutesBetween(last, q) < 2);
  row[at++] = Math.log1p(answers.length - mine);
  row[at++] = is(answeredLater(field, k));
  row[at++] = is(before < j);
  return at;
}

/** Whether I answered one of the same author's that came after candidate `k`. */
function answeredLater({ talk, i, tweet, candidates }: Field, k: number): boolean {
  for (let m = k - 1; m >= k - (candidates[k]?.rank ?? 0); m--) {
    for (const r of answersTo(talk, candidates[m]?.j ?? -1, i)) if (by(talk, r) === tweet.who) return true;
  }
  return false;
}
