// A process of `npm run crash`: does every n-th trial of those it is sent, and tells how each ended.
import type { Undisturbed } from "./real.ts";
import { type Recorded, runsOf, statesOf, type Trial } from "./trials.ts";

export interface Work {
  readonly recorded: Recorded;
  readonly undisturbed: Undisturbed;
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
export const trialsOf = ({ recorded, undisturbed, sizes }: Work): Trial[] => [
  ...runsOf(undisturbed, sizes),
  ...statesOf(recorded, sizes.cuts),
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

process.once("message", (sent) => void work(sent as Work));
