import { hash } from "node:crypto";

/** A number of 48 bits for what something says: another one when it says another thing. */
export const stampOf = (said: unknown): number => Number.parseInt(hash("sha256", JSON.stringify(said)).slice(0, 12), 16);

/** What sums of stamps are taken modulo (also in store/shelf.ts): the greatest prime below 2^48. */
const STAMPS = 2 ** 48 - 59;

/** Such numbers as one, whatever their order. */
export const together = (...stamps: readonly number[]): number => stamps.reduce((all, stamp) => (all + stamp) % STAMPS, 0);
