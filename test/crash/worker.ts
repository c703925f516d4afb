// A process of `npm run crash`: does every n-th trial of those it is sent, and tells how each ended.
import type { Capturing } from "./capture.ts";
import type { Undisturbed } from "./real.ts";
import { capturesOf, type Recorded, runsOf, statesOf, type Trial } from "./trials.ts";

export interface Work {
  /** null: only captures are tried. */
  readonly imported: { readonly recorded: Recorded; readonly undisturbed: Undisturbed } | null;
  readonly capturing: Capturing;
  readonly sizes: { readonly cuts: number; readonly kills: number; readonly refusals: number };
  /** Does trials `first`, `first + step`, … */
  readonly first: number;
  readonly step: number;
}

export interface Told {
  readonly index: number;
  readonly kind: Trial["kind"];
  readonly what: string;
  readonly how: string;
  readonly fault: string | null;
}

/** All trials; a number means the same one every time. */
export const trialsOf = ({ imported, capturing, sizes }: Work): Trial[] => [
  ...capturesOf(capturing, sizes),
  ...(imported === null ? [] : [...runsOf(imported.undisturbed, sizes), ...statesOf(imported.recorded, sizes.cuts)]),
];

async function work(sent: Work): Promise<void> {
  const { first, step } = sent;
  const trials = trialsOf(sent);
  for (let index = first; index < trials.length; index += step) {
    const { kind, what, run } = trials[index] as Trial;
    const told: Told = { index, kind, what, ...(await run()) };
    process.send?.(told);
  }
  process.disconnect();
}

process.once("disconnect", () => process.exit());
process.once("message", (sent) => void work(sent as Work));
