import { nextSweep } from "../config/sweeps.ts";
import type { Chat, Coverage, Gap, Handle, Session, SessionWindow } from "../model.ts";
import type { CoverageKey, Walk } from "../store/coverage.ts";
import type { Gathering } from "../store/gather.ts";
import type { Store } from "../store/store.ts";
import { boundsOf } from "./belonging.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;

/** What a capture of a session gathers. */
export function gatheringOf({ chat, slug, window }: Session, hosts: readonly Handle[]): Gathering {
  const { from, to } = boundsOf(window);
  const { start, minutes } = window;
  const end = start + minutes * MINUTE;
  return { chat, session: slug, from, to, late: to + DAY, start, end, hosts: hosts.map((host) => host.toLowerCase()) };
}

/** The tags that hold on a date, lower case: of a past tag until its last day. */
export const tagsOn = (chat: Chat, date: string): string[] =>
  chat.tags.filter(({ until }) => until === null || date <= until).map(({ tag }) => tag);

/** What is known of how whole a session was captured, as the archive stands (archive.md, guarantee 4); null: it was only imported.
 *  A walk that did not come to its end is a gap, whoever broke it off and however. `tags`: lower case. `window` null: a range of time. */
export function coverageOf(
  store: Store,
  gathering: Gathering,
  { key, window, tags }: { readonly key: CoverageKey; readonly window: SessionWindow | null; readonly tags: readonly string[] },
): Coverage | null {
  const state = store.coverage.state(key);
  if (state === null) return null;
  const walks = store.coverage.walks(key);
  const gaps = [...walks.filter(({ done }) => !done).map(gapOf), ...store.coverage.gaps(key)];
  const missing = missingOf(store, gathering);
  const next = window === null ? null : nextSweep(window, state.swept);
  const { from, to, swept, settled, counted } = state;
  const whole = gaps.length === 0 && settled && swept !== null && missing.every(({ why }) => why !== NOT_ASKED);
  const complete = gaps.length > 0 ? false : next === null ? whole : null;
  return { from, to, at: swept, complete, gaps, missing, nextSweep: next, counted, ...store.gatherer.stock(gathering, tags) };
}

export const NOT_ASKED = "not asked for yet";

const gapOf = ({ from, low, query, why }: Walk): Gap => ({ from, to: low, query, why: why ?? "interrupted" });

/** What the session's tweets answer and quote, and is not held: removed tweets are where they should be. */
function missingOf(store: Store, gathering: Gathering): Coverage["missing"] {
  const wanted = store.gatherer.wanted(gathering).filter((id) => store.removals.grave(id) === null);
  return wanted.map((id) => ({ id, why: store.coverage.missing(id) ?? NOT_ASKED }));
}
