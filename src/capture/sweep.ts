import { NOT_ASKED } from "../archive/coverage.ts";
import type { Gap } from "../model.ts";
import type { Query, Range } from "../source/network.ts";
import { snowflakeTime } from "../source/parse/time.ts";
import type { Walk } from "../store/coverage.ts";
import { audit } from "./audit.ts";
import { gatherRest } from "./conversations.ts";
import type { PageKeeper } from "./page.ts";
import { keepPictures } from "./pictures.ts";
import { interrupted } from "./retry.ts";
import type { Run } from "./run.ts";
import { resumable, standing, walkThrough } from "./walk.ts";

const SECOND = 1000;
/** Younger tweets cannot be asked for (capture.md, "The wire"). */
const TOO_YOUNG = 10 * SECOND;
/** Settle walks until one finds nothing new. */
const SETTLES = 3;

/** What can be asked for now of a range: its end is a whole second at least ten in the past. */
export function rangeNow({ from, to }: Range, now: number): Range {
  const youngest = Math.floor((now - TOO_YOUNG) / SECOND) * SECOND;
  return { from, to: Math.max(from, Math.min(to, youngest)) };
}

/** What a sweep that begins now asks for: its tag, and its conversations; null: none of that yet. */
function rangesNow({ range: all, options: { gathering, clock } }: Run): { readonly range: Range; readonly late: Range } | null {
  const range = rangeNow(all, clock.now());
  return range.from >= range.to ? null : { range, late: rangeNow({ from: range.from, to: gathering.late }, clock.now()) };
}

/** A sweep that could not even begin: all of it is a gap. */
export function declare(run: Run): void {
  const now = rangesNow(run);
  if (now !== null) announce(run, now.range, now.late);
}

/** Reads the whole window once: all pages of the tag, again until a walk finds nothing new, what the tag misses, and what the network
 *  counts (capture.md, "Algorithm"). Their images too. What it could not have is in the coverage. Throws Stop where it cannot go on. */
export async function sweep(run: Run, keeper: PageKeeper): Promise<void> {
  const { network } = run.options;
  const now = rangesNow(run);
  if (now === null) return;
  const { range, late } = now;
  announce(run, range, late);
  const [first, settle] = await readTag(run, keeper, range);
  await gatherRest(run, keeper, { range, late });
  const { counted, gaps } = await audit(run, keeper, { range, since: first.id });
  await pictures(run);
  run.store.transaction(() => {
    const { coverage } = run.store;
    coverage.keepWalks(run.key, first.id);
    coverage.putGaps(run.key, [...gaps, ...refusedGaps(run, network.words(run.query))]);
    coverage.putState(run.key, {
      ...range,
      swept: settle.started,
      settled: settle.fresh === 0,
      counted,
      stopped: null,
      waitUntil: null,
    });
  });
}

/** Writes down what is going to be asked: whatever ends the sweep, what was not asked is a gap. */
function announce(run: Run, range: Range, late: Range): void {
  const { network, clock, gathering } = run.options;
  const { coverage } = run.store;
  const open = (query: Query, words: string, over: Range): void => {
    const walk = coverage.beginWalk(run.key, { role: query.role, query: words, ...over, started: clock.now() });
    coverage.saveWalk({ ...walk, why: NOT_ASKED });
  };
  run.store.transaction(() => {
    const state = coverage.state(run.key);
    coverage.putState(run.key, {
      swept: null,
      settled: false,
      counted: null,
      stopped: null,
      ...state,
      ...range,
      waitUntil: null,
    });
    // the walk that comes next has its own announcement: dropped when it begins. What stands was read to its end: no gap
    if (resumable(run, run.query, range) === null && standing(run, run.query, range).length === 0)
      open(run.query, network.words(run.query), range);
    if (gathering.session === null) return;
    open({ role: "conversations", ids: [] }, "conversations of the session", late);
    if (gathering.hosts.length === 0) return;
    for (const query of network.split({ role: "hosts", handles: gathering.hosts })) open(query, network.words(query), range);
  });
}

/** Before the sweep has come to its end: what comes after it is not asked for again. */
async function pictures({ options: { archive, network, gathering, clock, signal }, store }: Run): Promise<void> {
  await keepPictures(store, archive.dir, network, store.gatherer.pictures(gathering), { now: () => clock.now(), signal });
  if (signal.aborted) throw interrupted();
}

/** The whole of the tag, then again until a walk finds nothing new: the first walk and the last. Walks that a sweep before this one came
 *  to the end of, and was then broken off, are not walked again: a limit of requests must not keep a long session at its beginning. */
async function readTag(run: Run, keeper: PageKeeper, range: Range): Promise<readonly [first: Walk, settle: Walk]> {
  const done = standing(run, run.query, range);
  const next = async (): Promise<Walk> => done.shift() ?? (await walkThrough(run, keeper, run.query, range));
  const first = await next();
  let settle = await next();
  for (let n = 1; n < SETTLES && settle.fresh > 0; n++) settle = await next();
  return [first, settle];
}

/** Tweets that were given and cannot be kept are missing at their own moment. */
function refusedGaps(run: Run, query: string): Gap[] {
  return [...run.refused].map(([id, why]) => {
    const time = snowflakeTime(id) ?? run.range.from;
    return { from: time, to: time + 1, query, why };
  });
}
