import type { SessionWindow } from "../model.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;

/** When the whole window of a session is read again (capture.md, "Algorithm"), in order: once the hour has ended, and four times after
 *  the grace: at once, when late ones are in the index, when nobody can edit any more (30 minutes), and a day later. */
export function sweepsOf({ start, minutes, grace }: SessionWindow): readonly number[] {
  const end = start + minutes * MINUTE;
  const closed = end + grace * MINUTE;
  return [end + MINUTE, closed + MINUTE, closed + 15 * MINUTE, closed + 35 * MINUTE, closed + DAY];
}

/** The first sweep that the one begun at `swept` does not stand for; null: that was the last. */
export const nextSweep = (window: SessionWindow, swept: number | null): number | null =>
  sweepsOf(window).find((moment) => swept === null || swept < moment) ?? null;
