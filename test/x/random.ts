import { pick, randomFrom } from "../crash/disk.ts";

export { pick, randomFrom };

/** A whole number in [from, to). */
export const between = (random: () => number, from: number, to: number): number => from + Math.floor(random() * (to - from));

/** The same things in another order. */
export function shuffled<T>(random: () => number, all: readonly T[]): T[] {
  return all
    .map((one) => ({ one, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ one }) => one);
}
