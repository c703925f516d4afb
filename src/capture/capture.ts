import type { Archive } from "../archive/archive.ts";
import { boundsOf } from "../archive/belonging.ts";
import { coverageOf, gatheringOf, tagsOn } from "../archive/coverage.ts";
import { nextSweep, sweepsOf } from "../config/sweeps.ts";
import { EXIT, type ExitCode } from "../errors.ts";
import type { Chat, Coverage, Session } from "../model.ts";
import type { Range } from "../source/network.ts";
import type { Gathering } from "../store/gather.ts";
import { countMinutes, total } from "./audit.ts";
import { PageKeeper } from "./page.ts";
import { Run, type RunOptions, Stop, type StopReason } from "./run.ts";
import { declare, rangeNow, sweep } from "./sweep.ts";

/** What is captured: a session, or a range of time of a chat. */
export interface Subject {
  readonly chat: Chat;
  /** null: a range of time. */
  readonly session: Session | null;
  /** The part of it that is asked for; null: all of the session's window. */
  readonly range: Range | null;
}

/** How one capture ended, and what is known of the session since. */
export interface CaptureReport {
  readonly session: string;
  readonly coverage: Coverage | null;
  /** Tweets of the chat that were not held. */
  readonly new: number;
  readonly requests: number;
  readonly costUsd: number;
  readonly stopped: StopReason;
  /** What the network said when it stopped; null: it came to its end. */
  readonly said: string | null;
  /** It makes no sense to ask again before; null: at any time. */
  readonly until: number | null;
}

export type Surroundings = Pick<RunOptions, "archive" | "network" | "clock" | "signal" | "maxPosts" | "patient" | "watcher">;

/** Makes the run of one capture. */
export function prepare({ chat, session, range }: Subject, around: Surroundings): Run {
  const { archive } = around;
  const notes = session === null ? null : archive.notes(chat, session.slug);
  const hosts = notes?.hosts ?? chat.hosts;
  const gathering = session === null ? gatheringOfRange(chat, range) : gatheringOf(session, hosts);
  const date = session?.slug.slice(0, 10) ?? new Date(gathering.from).toISOString().slice(0, 10);
  const asks = (notes?.questions ?? []).flatMap(({ ask }) => ask);
  return new Run({ ...around, chat, session, gathering, part: range, asks, tags: tagsOn(chat, date) });
}

function gatheringOfRange(chat: Chat, range: Range | null): Gathering {
  if (range === null) throw new TypeError("a range of time needs its ends");
  const { from, to } = range;
  return { chat: chat.slug, session: null, from, to, late: to, start: from, end: to, hosts: [] };
}

/** What a capture will cost at most, before it begins: US dollars, by what is held or by the network's own count. Throws Stop. */
export async function estimate(run: Run): Promise<{ readonly tweets: number; readonly costUsd: number }> {
  const { gathering, tags, network, clock } = run.options;
  const { stored } = run.store.gatherer.stock({ ...gathering, ...run.range }, tags);
  const counted = wasSwept(run) ? null : await countMinutes(run, rangeNow(run.range, clock.now()));
  const tweets = counted === null ? stored : total(counted);
  return { tweets, costUsd: Math.round((tweets * network.price.tweet + 2 * network.price.count) * 1000) / 1000 };
}

/** All that is asked for has been read before: what is held tells how much that is. */
function wasSwept({ store, key, range: { from, to } }: Run): boolean {
  const state = store.coverage.state(key);
  return state !== null && state.swept !== null && state.from <= from && to <= state.to;
}

/** One sweep of a run, to its end or to where it has to stop, and what is known then. */
export async function capture(run: Run): Promise<CaptureReport> {
  try {
    const keeper = keeperOf(run);
    await sweep(run, keeper);
    return reportOf(run, null);
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    return stopped(run, error);
  } finally {
    run.options.archive.refresh();
  }
}

/** Remembers why a capture had to stop, and reports it. */
export function stopped(run: Run, stop: Stop): CaptureReport {
  const { coverage } = run.store;
  if (coverage.state(run.key) === null) declare(run);
  const state = coverage.state(run.key);
  if (state !== null) run.store.transaction(() => coverage.putState(run.key, { ...state, stopped: stop.reason, waitUntil: stop.until }));
  return reportOf(run, stop);
}

export function keeperOf({ options: { archive, chat, gathering } }: Run): PageKeeper {
  const { session, from, to, late } = gathering;
  return new PageKeeper(archive, { chat, session, from, to, late });
}

function reportOf(run: Run, stop: Stop | null): CaptureReport {
  const { gathering, tags, chat, session, part } = run.options;
  const window = part === null ? (session?.window ?? null) : null;
  return {
    session: session === null ? chat.slug : `${chat.slug}/${session.slug}`,
    coverage: coverageOf(run.store, { ...gathering, ...run.range }, { key: run.key, window, tags }),
    new: run.fresh,
    requests: run.requests,
    costUsd: run.cost,
    stopped: stop?.reason ?? "end",
    said: stop?.message ?? null,
    until: stop?.until ?? null,
  };
}

/** The exit code of a capture (cli.md). */
export function exitOf({ stopped, coverage }: CaptureReport): ExitCode {
  switch (stopped) {
    case "credentials":
    case "no access":
      return EXIT.credentials;
    case "rate limit":
    case "no credit":
    case "max posts":
      return EXIT.limit;
    case "interrupted":
      return EXIT.interrupted;
    case "end":
      return coverage?.complete === false ? EXIT.incomplete : EXIT.done;
    default:
      return EXIT.incomplete;
  }
}

/** What is known of a session of which nothing is due: its last sweep went well and the next is still to come. null: there is something to do. */
export function upToDate(run: Run): CaptureReport | null {
  const { session, part } = run.options;
  if (session === null || part !== null) return null;
  const report = reportOf(run, null);
  const [first] = sweepsOf(session.window);
  const { coverage } = report;
  if (coverage === null || coverage.at === null || coverage.complete === false || first === undefined || coverage.at < first) return null;
  return coverage.nextSweep !== null && coverage.nextSweep <= run.options.clock.now() ? null : report;
}

/** Whether a sweep of the session has fallen due: it can still be asked for without a full archive, and nobody said to wait. */
export function isDue(archive: Archive, { chat, slug, window }: Session, now: number, reach: number): boolean {
  if (boundsOf(window).from < now - reach) return false;
  const state = archive.store.coverage.state({ chat, session: slug });
  if (now < (state?.waitUntil ?? 0)) return false;
  const next = nextSweep(window, state?.swept ?? null);
  return next !== null && next <= now;
}
