// @ts-check
// Reads the files that pack.ts writes. A file: its generation, how many years, year and length of each, their blocks. A block: how many
// terms; of each how many bytes it shares with the one before, how many follow, these, then twice the length of its places, plus one
// where they are a bitmap. Places: how far on from the one before. All numbers are varints.

/** The bytes are not those that dir.json speaks of: damaged, cut short, or of another time. */
export class Stale extends Error {}

class Reader {
  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  get done() {
    return this.at === this.bytes.length;
  }

  number() {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.take(1)[0] ?? 0;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  }

  /** @param {number} length */
  take(length) {
    const from = this.at;
    this.at += length;
    if (this.at > this.bytes.length) throw new Stale("too short");
    return this.bytes.subarray(from, this.at);
  }
}

/**
 * The blocks of a file, by year.
 * @param {Uint8Array} bytes
 * @param {number} generation
 * @returns {Map<number, Uint8Array>}
 */
export function blocksIn(bytes, generation) {
  const reader = new Reader(bytes);
  if (reader.number() !== generation) throw new Stale("another generation");
  const years = Array.from({ length: Math.min(reader.number(), bytes.length) }, () => [reader.number(), reader.number()]);
  const blocks = new Map(years.map(([year = 0, length = 0]) => [year, reader.take(length)]));
  if (!reader.done) throw new Stale("too long");
  return blocks;
}

/**
 * The places of a block's terms that `wanted` takes, by term.
 * @param {Uint8Array} block
 * @param {(term: string) => boolean} wanted
 * @returns {Map<string, number[]>}
 */
export function placesIn(block, wanted) {
  const reader = new Reader(block);
  const found = new Map();
  const decoder = new TextDecoder();
  const term = new Uint8Array(256); // terms have at most 64 letters
  for (let left = reader.number(); left > 0; left--) {
    const shared = reader.number();
    const rest = reader.take(reader.number());
    if (shared + rest.length > term.length) throw new Stale("no term");
    term.set(rest, shared);
    const text = decoder.decode(term.subarray(0, shared + rest.length));
    const size = reader.number();
    const places = reader.take(size >> 1);
    if (wanted(text)) found.set(text, size & 1 ? fromBitmap(places) : fromSteps(places));
  }
  if (!reader.done) throw new Stale("too long");
  return found;
}

/** @type {(bytes: Uint8Array) => number[]} */
function fromBitmap(bytes) {
  const places = [];
  for (let at = 0; at < bytes.length * 8; at++) if ((bytes[at >> 3] ?? 0) & (1 << (at & 7))) places.push(at);
  return places;
}

/** @type {(bytes: Uint8Array) => number[]} */
function fromSteps(bytes) {
  const reader = new Reader(bytes);
  const places = [];
  for (let at = 0; !reader.done; at++) {
    at += reader.number();
    places.push(at);
  }
  return places;
}
