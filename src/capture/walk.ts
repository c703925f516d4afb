import { nextSweep } from "../config/sweeps.ts";
import { Fault, type Page, type Query, type Range, type SearchOptions } from "../source/network.ts";
import type { Walk } from "../store/coverage.ts";
import type { Kept, PageKeeper } from "./page.ts";
import { interrupted, patiently } from "./retry.ts";
import { type Run, Stop } from "./run.ts";

const DAY = 86_400_000;

/** Walks all pages of a query through a range, and remembers with each page where it stands: one that was broken off goes on from
 *  there. Returns how many tweets were new in it. Throws Stop; the walk then is a gap that says why. */
export async function walkThrough(run: Run, keeper: PageKeeper, query: Query, range: Range): Promise<Walk> {
  let walk = resumable(run, query, range) ?? begin(run, query, range);
  try {
    return await follow(run, keeper, query, walk);
  } catch (error) {
    if (error instanceof Fault && error.kind === "token") {
      walk = begin(run, query, range);
      return await follow(run, keeper, query, walk).catch((again: unknown) => {
        throw again instanceof Fault ? new Stop("refused", `${run.options.network.name} ${again.message}`) : again;
      });
    }
    throw error;
  }
}

/** A walk of the same query and range that was broken off; null: there is none to go on with. */
export function resumable(run: Run, query: Query, { from, to }: Range): Walk | null {
  const words = run.options.network.words(query);
  const open = run.store.coverage.walks(run.key).filter((walk) => !walk.done && walk.role === query.role && walk.query === words);
  return open.find((walk) => walk.from === from && walk.to === to && walk.token !== null) ?? null;
}

/** Walks of the same query and range, oldest first, that came to their end in a sweep that did not: they stand for this one, while no
 *  other sweep has fallen due since and they are younger than a day. */
export function standing(run: Run, query: Query, { from, to }: Range): Walk[] {
  const { session, clock, network } = run.options;
  const now = clock.now();
  const swept = run.store.coverage.state(run.key)?.swept ?? null;
  const words = network.words(query);
  const isFresh = ({ started }: Walk): boolean => {
    const next = session === null ? null : nextSweep(session.window, started);
    return now - started < DAY && (next === null || next > now) && (swept === null || swept < started);
  };
  const walks = run.store.coverage.walks(run.key).filter((walk) => walk.done && walk.role === query.role && walk.query === words);
  return walks.filter((walk) => walk.from === from && walk.to === to && isFresh(walk));
}

function begin(run: Run, query: Query, range: Range): Walk {
  const { network, clock } = run.options;
  const words = network.words(query);
  return run.store.transaction(() =>
    run.store.coverage.beginWalk(run.key, { role: query.role, query: words, ...range, started: clock.now() }),
  );
}

async function follow(run: Run, keeper: PageKeeper, query: Query, from: Walk): Promise<Walk> {
  const { network } = run.options;
  let walk = from;
  const options = (token: string | null): SearchOptions => ({ token, most: () => most(run) });
  try {
    for await (const page of patiently(run, (token) => network.search(query, walk, options(token)), walk.token)) {
      const kept = await keeper.keep(page, (brought) => {
        walk = advanced(walk, page, brought);
        run.store.coverage.saveWalk(walk);
        if (query.role === "tag") sight(run, walk, brought);
        pay(run, page);
      });
      run.took(kept);
      run.told(page, kept.oldest);
    }
    return walk;
  } catch (error) {
    if (error instanceof Stop) run.store.transaction(() => run.store.coverage.saveWalk({ ...walk, why: error.reason }));
    throw error;
  }
}

/** How many tweets the next page may hold. Throws Stop where the limit that was set leaves too few. */
export function most(run: Run): number {
  if (run.options.signal.aborted) throw interrupted();
  if (run.left < run.options.network.page.least)
    throw new Stop("max posts", `--max-posts ${run.options.maxPosts}: ${run.paid} tweets were read`);
  return run.left;
}

/** Pages come newest first: what is older than the oldest tweet so far is still to come, and so may be its neighbours of the same moment. */
function advanced(walk: Walk, page: Page, { oldest, fresh }: Kept): Walk {
  const low = oldest === null ? walk.low : Math.min(walk.low, Math.max(walk.from, oldest + 1));
  const done = page.next === null;
  return { ...walk, token: page.next, low: done ? walk.from : low, fresh: walk.fresh + fresh, done, why: null };
}

function sight(run: Run, walk: Walk, { seen }: Kept): void {
  for (const { name, time } of seen)
    run.store.coverage.sight(run.key, name.startsWith("x:") ? name : run.store.heldAs(name), walk.id, time);
}

/** Tweets read for the first time today cost; call it in the page's transaction. */
export function pay(run: Run, page: Page): void {
  const day = Math.floor(page.receivedAt / DAY) * DAY;
  run.paid += run.store.coverage.pay(page.ids, new Date(day).toISOString().slice(0, 10));
}
