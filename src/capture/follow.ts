import { sleep } from "../clock.ts";
import { nextSweep, sweepsOf } from "../config/sweeps.ts";
import type { Session, TweetId } from "../model.ts";
import { Fault } from "../source/network.ts";
import { compareIds } from "../store/merge.ts";
import { type CaptureReport, capture, keeperOf, prepare, type Subject, type Surroundings, stopped } from "./capture.ts";
import type { PageKeeper } from "./page.ts";
import { interrupted, patiently } from "./retry.ts";
import { type Run, Stop } from "./run.ts";
import { rangeNow } from "./sweep.ts";
import { most, pay } from "./walk.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** The stream is connected so long before the window. */
const EARLY = 30 * SECOND;
/** A stream that broke off is connected again after so long, doubled. */
const RECONNECT = [SECOND, MINUTE] as const;

/** Stays with a session from before its window to the sweep 35 minutes after it: the stream as a live view, every minute a look at what
 *  is new, and the sweeps when they are due (capture.md, "Algorithm"). Returns the last report, or the first that tells why it stopped. */
export async function follow(subject: Subject & { readonly session: Session }, around: Surroundings): Promise<CaptureReport> {
  const { session } = subject;
  const begin = (): Run => prepare(subject, { ...around, patient: true });
  const run = begin();
  try {
    await until(run, run.options.gathering.from - EARLY);
    const [first] = sweepsOf(session.window);
    if (first !== undefined && around.clock.now() < first) await watch(run, first);
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    return stopped(run, error);
  }
  return sweepsWhenDue(session, run, begin);
}

async function sweepsWhenDue(session: Session, watched: Run, begin: () => Run): Promise<CaptureReport> {
  const last = sweepsOf(session.window).at(-2) ?? 0;
  for (let before = watched; ; ) {
    const run = begin();
    run.goOnFrom(before);
    before = run;
    const report = await capture(run);
    const next = nextSweep(session.window, run.store.coverage.state(run.key)?.swept ?? null);
    if (report.stopped !== "end" || next === null || next > last) return report;
    try {
      await until(run, next);
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      return { ...report, stopped: error.reason, said: error.message };
    }
  }
}

/** Waits until a moment of the clock. Throws Stop. */
async function until({ options: { clock, signal } }: Run, moment: number): Promise<void> {
  // a timer may end early, and one that was stopped ends at once
  for (let left = moment - clock.now(); left > 0 && !signal.aborted; left = moment - clock.now()) await sleep(clock, left, signal);
  if (signal.aborted) throw interrupted();
}

/** The hour itself: the stream, and every minute what is new. Throws Stop. */
async function watch(run: Run, end: number): Promise<void> {
  const { clock, signal, gathering } = run.options;
  const { coverage } = run.store;
  const { from, to } = gathering;
  // from now on there is a coverage to report: no sweep of it has come to its end
  if (coverage.state(run.key) === null)
    run.store.transaction(() =>
      coverage.putState(run.key, { from, to, swept: null, settled: false, counted: null, stopped: null, waitUntil: null }),
    );
  const keeper = keeperOf(run);
  const looks = new Looks(run, keeper);
  const live = new AbortController();
  const off = (): void => live.abort();
  signal.addEventListener("abort", off, { once: true });
  let broken: unknown = null;
  const stream = stayConnected(run, keeper, { live: live.signal, again: () => looks.look() }).catch((error: unknown) => {
    broken = error;
    off();
  });
  try {
    while (clock.now() < end && broken === null && !signal.aborted) {
      await looks.look();
      await sleep(clock, Math.max(0, Math.min(MINUTE, end - clock.now())), live.signal);
    }
  } finally {
    signal.removeEventListener("abort", off);
    off();
    await stream;
  }
  if (broken !== null) throw broken;
  if (signal.aborted) throw interrupted();
}

/** What is new since the last look. A look that fails is made up for by the next one, and all of them by the sweeps. */
class Looks {
  readonly #run: Run;
  readonly #keeper: PageKeeper;
  #newest: TweetId | null = null;
  #looking: Promise<void> | null = null;

  constructor(run: Run, keeper: PageKeeper) {
    this.#run = run;
    this.#keeper = keeper;
  }

  /** One at a time: who asks meanwhile waits for the one that is on. */
  async look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = null;
    });
    await this.#looking;
  }

  async #look(): Promise<void> {
    const { network, gathering, clock, watcher } = this.#run.options;
    const range = rangeNow(gathering, clock.now());
    if (range.from >= range.to) return;
    const since = this.#newest;
    let newest: TweetId | null = null;
    try {
      const pages = patiently(this.#run, (token) => network.search(this.#run.query, range, { token, since, most: () => most(this.#run) }));
      for await (const page of pages) {
        // newest first: the first page has the newest of all
        newest ??= page.ids.reduce((a: TweetId | null, b) => (a === null || compareIds(a, b) < 0 ? b : a), null);
        this.#run.took(await this.#keeper.keep(page, () => pay(this.#run, page)));
        this.#run.told(page, clock.now());
      }
      this.#newest = newest ?? since;
    } catch (error) {
      if (error instanceof Fault) this.#newest = null;
      else if (!(error instanceof Stop) || !passes(error)) throw error;
      watcher.notice(`this look is made up for by the next: ${error.message}`);
    }
  }
}

const passes = ({ reason }: Stop): boolean => reason === "no answer" || reason === "refused" || reason === "too large";

/** Keeps the stream connected while `live` is not raised. A stream that cannot be had is no harm: it is a live view. */
async function stayConnected(run: Run, keeper: PageKeeper, { live, again }: { live: AbortSignal; again(): Promise<void> }): Promise<void> {
  const { network, clock, watcher } = run.options;
  const [least, longest] = RECONNECT;
  for (let wait: number = least; !live.aborted; wait = Math.min(wait * 2, longest)) {
    try {
      for await (const page of network.follow(run.query, live)) {
        if (page === null) continue;
        wait = least;
        run.took(await keeper.keep(page, () => pay(run, page)));
        run.told(page, clock.now());
      }
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      if (error.kind === "credentials" || error.kind === "forbidden" || error.kind === "credit" || error.kind === "refused")
        return watcher.notice(`no live view: ${network.name} ${error.message}; every minute is read all the same`);
      watcher.notice(`live view: ${network.name} ${error.message}: connecting again in ${wait / SECOND} s`);
    }
    if (live.aborted || !(await sleep(clock, wait, live))) return;
    await again();
  }
}
