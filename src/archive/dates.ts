import type { Transcript } from "../model.ts";
import type { Arrival } from "../store/arrivals.ts";
import type { Store } from "../store/store.ts";

/** When a session came into the archive, and when what is stored of it changed last. */
export interface SessionDates {
  /** Of the newest body that names the session. null: it came in files of the whole chat, and which of them is not known. */
  readonly captured: Arrival | null;
  readonly changed: number;
  /** Where no body names it: when the first body of the whole chat came `since` its newest tweet was written. */
  readonly came: { readonly since: number; readonly at: number | null } | null;
}

const DAY = 86_400_000;

/** All of it from what is stored: the same archive gives the same dates. Where the session came in files of the whole chat,
 *  the first that can have brought its newest tweet counts, so that a file of another session changes nothing here. */
export function datesOf(store: Store, { session, placed, tombstones }: Transcript): SessionDates {
  const { chat, slug, window } = session;
  const tweets = placed.filter(({ placement }) => !placement.hidden).map(({ tweet }) => tweet);
  const newest = latest(tweets.map(({ time }) => time));
  const captured = store.arrivals.newest(chat, slug);
  const came = captured !== null || newest === null ? null : { since: newest, at: store.arrivals.firstSince(chat, newest) };
  const losses = [...new Set(tombstones.map(({ on }) => on))].map((on) => lossOn(store, on));
  const moments = [newest, captured?.at ?? came?.at ?? null, ...tweets.map(({ edited }) => edited), ...losses];
  return { captured, changed: latest(moments) ?? window.start, came };
}

/** A tombstone knows its day; the moment is told by what was cut out then. */
function lossOn(store: Store, on: string): number {
  const day = Date.parse(on);
  return store.arrivals.lastLoss(day, day + DAY) ?? day;
}

const latest = (times: readonly (number | null)[]): number | null =>
  times.reduce((a, b) => (a === null || (b !== null && b > a) ? b : a), null);
