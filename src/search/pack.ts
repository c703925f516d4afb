import { bucketOf } from "./terms.js";

/** Where each term of a year stands: the places of tweets, ascending. */
export type Terms = ReadonlyMap<string, readonly number[]>;

/** The blocks of a year, one for each of `count` files (blocks.js says how they are read). */
export function blocksOf(terms: Terms, count: number): Uint8Array[] {
  const buckets = Array.from({ length: count }, (): string[] => []);
  for (const term of terms.keys()) buckets[bucketOf(term, count)]?.push(term);
  return buckets.map((own) => blockOf(own.sort(), terms));
}

/** A file of blocks, the newest year first. */
export function fileOf(generation: number, blocks: readonly (readonly [year: number, block: Uint8Array])[]): Uint8Array {
  const bytes: number[] = [];
  putNumber(bytes, generation);
  putNumber(bytes, blocks.length);
  for (const [year, block] of blocks) {
    putNumber(bytes, year);
    putNumber(bytes, block.length);
  }
  return Buffer.concat([Uint8Array.from(bytes), ...blocks.map(([, block]) => block)]);
}

function blockOf(sorted: readonly string[], terms: Terms): Uint8Array {
  const bytes: number[] = [];
  putNumber(bytes, sorted.length);
  let before: Uint8Array = new Uint8Array();
  for (const term of sorted) {
    const text = Buffer.from(term);
    const shared = sharedStart(before, text);
    putNumber(bytes, shared);
    putNumber(bytes, text.length - shared);
    for (const byte of text.subarray(shared)) bytes.push(byte);
    putPlaces(bytes, terms.get(term) ?? []);
    before = text;
  }
  return Uint8Array.from(bytes);
}

function sharedStart(a: Uint8Array, b: Uint8Array): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}

/** Steps from one to the next, or a bitmap where that is shorter. */
function putPlaces(bytes: number[], places: readonly number[]): void {
  const steps: number[] = [];
  let before = -1;
  for (const place of places) {
    putNumber(steps, place - before - 1);
    before = place;
  }
  const bitmap = before >> 3 < steps.length - 1;
  const put = bitmap ? bitmapOf(places, (before >> 3) + 1) : steps;
  putNumber(bytes, put.length * 2 + Number(bitmap));
  for (const byte of put) bytes.push(byte);
}

function bitmapOf(places: readonly number[], length: number): Uint8Array {
  const bits = new Uint8Array(length);
  for (const place of places) bits[place >> 3] = (bits[place >> 3] ?? 0) | (1 << (place & 7));
  return bits;
}

function putNumber(bytes: number[], value: number): void {
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  bytes.push(rest);
}
