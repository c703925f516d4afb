// @ts-check
// Asks the index: which files, which tweets. It runs in the page; what it needs of the world is passed in.
import { blocksIn, placesIn, Stale } from "./blocks.js";
import { bucketOf, fromTerm, isUnspaced, words } from "./terms.js";

/**
 * @typedef {import("./terms.js").Word} Word
 * @typedef {import("./publish.ts").Dir} Dir
 * @typedef {import("./years.ts").YearEntry} YearEntry
 *
 * What is wanted: a term, in whose file are all that are meant. `idle`: it says nothing where another does.
 * @typedef {{ term: string, meant: (term: string) => boolean, idle?: boolean }} Want
 *
 * `rows`: what must stand in a row in the text.
 * @typedef {{ wants: readonly Want[], rows: readonly ((text: readonly Word[]) => boolean)[] }} Query
 *
 * @typedef {{ chat: string, slug: string, id: string, author: string, time: string | null, text: string }} Hit
 *
 * `get` fetches a file below search/ and throws Stale where there is none; after `renew` it does so past every cache.
 * @typedef {{ get: (path: string) => Promise<ArrayBuffer>, renew: () => void }} World
 */

const IDLE = "a an and are as at be but by for from have i in is it my not of on or so that the this to was we with you".split(" ");

/** Texts are fetched for so many tweets at a time. */
const BATCH = 10;

/**
 * Words, all of them; `"words in a row"`; `#tag`, `@handle`, `from:handle`, `is:question`, `is:answer`. The last word may be a beginning.
 * @param {string} typed
 * @param {(word: string) => string} stem
 * @returns {Query}
 */
export function queryOf(typed, stem) {
  const parts = typed.match(/"[^"]+"|[^\s"]+/g) ?? []; // `"well being"`, `tea`, `from:ada`
  const found = parts.map((part, index) => wantsOf(part, index === parts.length - 1, stem));
  const wants = found.flatMap((one) => one.wants);
  const telling = wants.filter(({ idle }) => !idle);
  return { wants: telling.length > 0 ? telling : wants, rows: found.flatMap((one) => one.rows) };
}

/** @type {(part: string, last: boolean, stem: (word: string) => string) => Query} */
function wantsOf(part, last, stem) {
  const [, key, value = ""] = /^(from|is):@?(.+)/i.exec(part) ?? []; // "from:@ada", "is:question"
  if (key !== undefined) {
    const term = key.toLowerCase() === "is" ? part.toLowerCase() : fromTerm(value);
    return { wants: [{ term, meant: same(term) }], rows: [] };
  }
  const typed = words(part).map(({ terms: [term = ""] }) => term);
  const quoted = part.startsWith('"');
  const wants = typed.map((term, index) => {
    const begun = last && index === typed.length - 1;
    return { term, meant: quoted ? same(term) : alike(term, begun, stem), idle: !quoted && IDLE.includes(term) };
  });
  // what ends a run without spaces is in the pair before
  const asked = wants.filter(({ term }, index) => index === 0 || !isLetter(term));
  return { wants: asked, rows: quoted || typed.some(isUnspaced) ? [inARow(typed.map(same))] : [] };
}

/** @type {(term: string) => boolean} */
const isLetter = (term) => isUnspaced(term) && [...term].length === 1;

/** A letter that is a word begins a pair. @type {(term: string) => (other: string) => boolean} */
const same = (term) => (isLetter(term) ? (other) => other.startsWith(term) : (other) => other === term);

const PLAIN = /^\p{L}[^:]+$/u; // "tea", not "#tea", not "from:tea"

/** @type {(term: string, begun: boolean, stem: (word: string) => string) => (other: string) => boolean} */
function alike(term, begun, stem) {
  if (!PLAIN.test(term) || isUnspaced(term)) return same(term);
  const root = stem(term);
  const prefix = begun && [...term].length > 2;
  return (other) => other === term || (PLAIN.test(other) && ((prefix && other.startsWith(term)) || stem(other) === root));
}

/** One after the other, or all in one tag. @type {(tests: readonly ((term: string) => boolean)[]) => (text: readonly Word[]) => boolean} */
const inARow = (tests) => (text) =>
  text.some((word, at) => tests.every((test, i) => text[at + i]?.terms.some(test)) || tests.every((test) => word.terms.some(test)));

/**
 * The tweets of a chat that are meant, newest first. Where a file is not what dir.json says, all is asked for again, past the caches,
 * and tweets may come twice; throws Stale where that is no better.
 * @param {string} chat
 * @param {{ query: Query, year: number | null }} asked
 * @param {World} world
 * @returns {AsyncGenerator<Hit>}
 */
export async function* find(chat, asked, world) {
  try {
    yield* findOnce(chat, asked, world.get);
  } catch (error) {
    if (!(error instanceof Stale)) throw error;
    world.renew();
    yield* findOnce(chat, asked, world.get);
  }
}

/** @type {(chat: string, asked: { query: Query, year: number | null }, get: World["get"]) => AsyncGenerator<Hit>} */
async function* findOnce(chat, { query, year }, get) {
  /** @type {Dir} */
  const { chunk, tiers } = jsonOf(await get(`${chat}/dir.json`));
  for (const { name, buckets, generation, years } of tiers) {
    const wanted = years.filter((entry) => year === null || entry.year === year);
    if (wanted.length === 0) continue;
    const files = await Promise.all(query.wants.map(({ term }) => get(`${chat}/${name}/${bucketOf(term, buckets)}.bin`)));
    const blocks = files.map((file) => blocksIn(new Uint8Array(file), generation));
    for (const entry of wanted) {
      const places = placesOf(query, (want) => blocks[want]?.get(entry.year));
      for (let from = 0; from < places.length; from += BATCH) {
        const spots = places.slice(from, from + BATCH).map((place) => spotOf(entry, place));
        const hits = await Promise.all(
          spots.map(async ([slug, at]) => {
            const rows = jsonOf(await get(`${chat}/d/${entry.year}/${slug}-${Math.floor(at / chunk)}.json`));
            const [id = "", author = "", time = null, text = ""] = rows[at % chunk] ?? [];
            return { chat, slug, id, author, time, text };
          }),
        );
        yield* hits.filter((hit) => says(hit, query));
      }
    }
  }
}

/** Where all that is wanted meets, the newest first. @type {(query: Query, blockOf: (want: number) => Uint8Array | undefined) => number[]} */
function placesOf({ wants }, blockOf) {
  const places = wants.map(({ meant }, want) => {
    const block = blockOf(want);
    if (block === undefined) throw new Stale("no such year");
    return new Set([...placesIn(block, meant).values()].flat());
  });
  const [first = new Set(), ...rest] = places;
  return [...rest.reduce((met, more) => met.intersection(more), first)].sort((a, b) => b - a);
}

/** The session of a place of a year, and the place within it. @type {(entry: YearEntry, place: number) => [slug: string, at: number]} */
function spotOf({ sessions }, place) {
  let at = place;
  for (const [slug, tweets] of sessions) {
    if (at < tweets) return [slug, at];
    at -= tweets;
  }
  throw new Stale("no such tweet");
}

/** Whether a text does say it: files of another time may be meant for other tweets. @type {(hit: Hit, query: Query) => boolean} */
function says({ author, text }, { wants, rows }) {
  const said = words(text);
  const terms = [fromTerm(author), ...said.flatMap((word) => word.terms)];
  return rows.every((row) => row(said)) && wants.every(({ term, meant }) => term.startsWith("is:") || terms.some(meant));
}

/** @type {(bytes: ArrayBuffer) => any} */
function jsonOf(bytes) {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new Stale("no JSON");
  }
}

/**
 * Of several chats, each newest first.
 * @param {readonly AsyncGenerator<Hit>[]} sources
 * @returns {AsyncGenerator<Hit>}
 */
export async function* newestFirst(sources) {
  const heads = await Promise.all(sources.map((source) => source.next()));
  for (;;) {
    const times = heads.map(({ done, value }) => (done ? 0 : Date.parse(value.time ?? value.slug.slice(0, 10))));
    const next = times.indexOf(Math.max(...times));
    const [head, source] = [heads[next], sources[next]];
    if (source === undefined || head === undefined || head.done) return;
    yield head.value;
    heads[next] = await source.next();
  }
}
