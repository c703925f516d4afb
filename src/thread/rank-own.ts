import type { Field } from "./rank-talk.ts";

/** What is asked of an earlier tweet by the same author, in the order of `featuresOfOwn`: people go on where they ended. */
// biome-ignore format: as below
export const OWN = [
  "own", "lag", "within 1 min", "within 3 min", "latest", "next part", "later part", "same number", "other number", "only it has a number",
  "same handles", "several same handles", "some handles", "it answers nobody", "names myself", "they spoke since", "they spoke fittingly since",
  "shared words",
] as const;

/** What is asked when none of them is the parent: it answers a tweet that was not captured, or nothing. */
// biome-ignore format: as below
export const NONE = [
  "none", "named at the end", "handles", "names somebody silent", "has a number", "I am a host", "my first", "it asks",
] as const;

const is = (yes: boolean): number => (yes ? 1 : 0);

/** Puts the values of OWN into `row`. */
export function featuresOfOwn(row: Float64Array, { tweet: q, candidates }: Field, k: number): void {
  const c = candidates[k];
  if (c === undefined) return;
  const p = c.tweet;
  const since = candidates.filter((other) => other.named !== "own" && other.j > c.j);
  const sameLead = q.lead.length > 0 && q.lead.length === p.lead.length && p.lead.every((h) => q.lead.includes(h));
  let at = 0;
  row[at++] = 1;
  row[at++] = Math.log1p(c.lag);
  row[at++] = is(c.lag < 1);
  row[at++] = is(c.lag < 3);
  row[at++] = is(c.rank === 0);
  row[at++] = is(p.part !== null && q.part?.of === p.part.of && q.part.n === p.part.n + 1);
  row[at++] = is(p.part === null && q.part !== null && q.part.n > 1);
  row[at++] = is(q.own !== null && q.own.key === p.own?.key);
  row[at++] = is(q.own !== null && q.own.key !== p.own?.key);
  row[at++] = is(q.own === null && p.own !== null && !p.own.asking);
  row[at++] = is(sameLead);
  row[at++] = is(sameLead && q.lead.length > 1);
  row[at++] = is(p.lead.some((h) => q.lead.includes(h)));
  row[at++] = is(p.lead.length === 0);
  row[at++] = is(q.lead.includes(q.who));
  row[at++] = is(since.length > 0);
  row[at++] = is(since.some((other) => other.extra === 0 && other.lost === 0));
  row[at++] = Math.min(c.shared, 20) / 10;
}

/** Puts the values of NONE into `row`. */
export function featuresOfNone(row: Float64Array, { talk, i, tweet: q }: Field): void {
  const lead = q.lead.filter((h) => h !== q.who);
  let at = 0;
  row[at++] = 1;
  row[at++] = is(lead.length === 0);
  row[at++] = Math.min(3, lead.length);
  row[at++] = is(lead.some((h) => !talk.board.byAuthor.has(h)));
  row[at++] = is(q.own !== null);
  row[at++] = is(talk.board.hosts.has(q.who));
  row[at++] = is(talk.board.byAuthor.get(q.who)?.[0] === i);
  row[at++] = is(q.question);
}
