import { hash } from "node:crypto";

/** A number of 48 bits for what something says: another one when it says another thing. */
export const stampOf = (said: unknown): number => Number.parseInt(hash("sha256", JSON.stringify(said)).slice(0, 12), 16);

/** Two such numbers as one: in another order another one. */
export const mixed = (all: number, stamp: number): number => ((all % 2 ** 43) * 31 + stamp) % (2 ** 48 - 59);
