import type { Observation } from "../../model.ts";

/** A record that cannot be taken. The message says which key is wrong and what it must be; the caller adds the line. */
export class BadRecord extends Error {}

/** What one record told. */
export interface Told {
  readonly observations: readonly Observation[];
  /** That it holds no tweet, or what is missing in it. */
  readonly warnings: readonly string[];
  /** Of a record of many tweets (a page): those that cannot be taken, and why. */
  readonly refused: readonly string[];
}

export const tells = (observations: readonly Observation[], warnings: readonly string[] = []): Told => ({
  observations,
  warnings,
  refused: [],
});

/** Turns the records of one file, in order, into observations. */
export interface Parser {
  /** Throws BadRecord. null: no record at all (a header, a heading). */
  read(record: string, line: number): Told | null;
  /** What is only known once the file has ended. */
  end(): readonly { readonly line: number; readonly why: string }[];
}

/** An object of a JSON file, not yet checked. */
export type Wire = { readonly [key: string]: unknown };

export const isWire = (value: unknown): value is Wire => typeof value === "object" && value !== null && !Array.isArray(value);

/** One JSON object out of its text. */
export function parseWire(text: string, reviver?: (key: string, value: unknown, context: { source?: string }) => unknown): Wire {
  let value: unknown;
  try {
    value = JSON.parse(text, reviver as (key: string, value: unknown) => unknown);
  } catch {
    throw new BadRecord("is not valid JSON: cut short or damaged");
  }
  if (!isWire(value)) throw new BadRecord("must be a JSON object");
  return value;
}

const absent = (value: unknown): value is null | undefined => value === null || value === undefined;

/** Text of a key that must be there. A lone surrogate becomes U+FFFD, as it would in the database. */
export function textOf(wire: Wire, key: string): string {
  const value = wire[key];
  if (typeof value !== "string") throw new BadRecord(`"${key}" must be text`);
  return value.toWellFormed();
}

export const optionalText = (wire: Wire, key: string): string | null => (absent(wire[key]) ? null : textOf(wire, key));

export function flagOf(wire: Wire, key: string): boolean {
  const value = wire[key];
  if (absent(value)) return false;
  if (typeof value !== "boolean") throw new BadRecord(`"${key}" must be true or false`);
  return value;
}

export function optionalList(wire: Wire, key: string): readonly unknown[] | null {
  const value = wire[key];
  if (absent(value)) return null;
  if (!Array.isArray(value)) throw new BadRecord(`"${key}" must be a list`);
  return value;
}

/** A list of objects; absent: none. */
export function wiresOf(wire: Wire, key: string): readonly Wire[] {
  const list = optionalList(wire, key) ?? [];
  if (!list.every(isWire)) throw new BadRecord(`"${key}" must be a list of objects`);
  return list;
}

// `1`, `585645642548121601`
const ID = /^[0-9]{1,20}$/;
export const isId = (value: string): boolean => ID.test(value);

// `amy`, `_x_1`
const HANDLE = /^[A-Za-z0-9_]{1,20}$/;
export const isHandle = (value: string): boolean => HANDLE.test(value);

/** Each word once, in order of first appearance; case makes no difference. */
export function distinct(words: readonly string[]): string[] {
  if (words.length < 2) return [...words];
  const seen = new Map<string, string>();
  for (const word of words) if (!seen.has(word.toLowerCase())) seen.set(word.toLowerCase(), word);
  return [...seen.values()];
}
