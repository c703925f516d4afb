import { createHash } from "node:crypto";
import { blocksIn, placesIn, Stale } from "./blocks.js";
import { blocksOf, fileOf, type Terms } from "./pack.ts";
import { CHUNK, chunkPath, chunksOf, entryOf, type SearchYear, termsOf, type YearEntry } from "./years.ts";

/** `search/<chat>/dir.json`: what a page must know before it asks for anything else. */
export interface Dir {
  readonly chunk: number;
  /** The newest first. */
  readonly tiers: readonly Tier[];
}

/** Years whose blocks share files: the newest alone (`now`), closed ones by five (`era2015`). */
interface Tier {
  readonly name: string;
  /** How many files it has. */
  readonly buckets: number;
  /** Says of a file that it belongs to these years as they are told here. */
  readonly generation: number;
  /** The newest first. */
  readonly years: readonly YearEntry[];
}

/** Paths below `search/<chat>/`. null: there is no such file any more. */
export type Changes = ReadonlyMap<string, Uint8Array | null>;

/** A file as it was published; null: there is none. */
export type ReadFile = (path: string) => Uint8Array | null;

/** All search files of a chat, dir.json last. One tier's rows at a time are held: `rowsOf` is asked for each year once.
 *  A chat without a tweet has none. */
export function* publishChat(years: readonly number[], rowsOf: (year: number) => SearchYear): Generator<[path: string, bytes: Uint8Array]> {
  const tiers: Tier[] = [];
  for (const [name, own] of tiersOf(years)) {
    const loaded: Loaded[] = [];
    for (const year of own) {
      const rows = rowsOf(year);
      yield* chunksOf(rows);
      loaded.push({ entry: entryOf(rows), terms: termsOf(rows) });
    }
    const tier = tierOf(name, loaded);
    tiers.push(tier);
    yield* filesOf(tier, loaded);
  }
  if (tiers.length > 0) yield ["dir.json", dirFile(tiers)];
}

/** The files that change when a year does: its texts, the blocks of its tier and of those it moves years into. The other years of a
 *  tier are read back from its published files; throws `Stale` where these are not as they were written: then the chat is published
 *  anew. Nothing where the rows are those that are published. A year without sessions is gone. */
export function publishYear(rows: SearchYear, read: ReadFile): Changes {
  const before = dirOf(read("dir.json"));
  const known = new Map(before.tiers.flatMap((tier) => tier.years.map((entry) => [entry.year, { tier, entry }] as const)));
  const entry = entryOf(rows);
  if (known.get(rows.year)?.entry.inputs === entry.inputs) return new Map();
  const years = new Set(known.keys());
  if (entry.sessions.length === 0) years.delete(rows.year);
  else years.add(rows.year);

  const tiers: Tier[] = [];
  const files = new Map<string, Uint8Array>(chunksOf(rows));
  for (const [name, own] of tiersOf([...years])) {
    const same = before.tiers.find((tier) => tier.name === name && String(tier.years.map(({ year }) => year)) === String(own));
    if (same !== undefined && !own.includes(rows.year)) {
      tiers.push(same);
      continue;
    }
    const loaded = own.map((year): Loaded => (year === rows.year ? { entry, terms: termsOf(rows) } : readBack(year, known, read)));
    const tier = tierOf(name, loaded);
    tiers.push(tier);
    for (const [path, bytes] of filesOf(tier, loaded)) files.set(path, bytes);
  }
  return changed(files, { before, tiers, old: known.get(rows.year)?.entry, read });
}

interface Loaded {
  readonly entry: YearEntry;
  readonly terms: Terms;
}

/** Which years share files, the newest first. */
function tiersOf(years: readonly number[]): Map<string, number[]> {
  const newestFirst = years.toSorted((a, b) => b - a);
  return Map.groupBy(newestFirst, (year) => (year === newestFirst[0] ? "now" : `era${year - (year % 5)}`));
}

/** 1,024 where a year is that of a big weekly chat; fewer for a small one, which would else be a thousand files of nothing. */
const bucketsFor = (tweets: number): number => Math.min(1024, 2 ** Math.ceil(Math.log2(Math.max(1, tweets / 25))));

function tierOf(name: string, loaded: readonly Loaded[]): Tier {
  const years = loaded.map(({ entry }) => entry);
  const sizes = years.map(({ sessions }) => sessions.reduce((sum, [, tweets]) => sum + tweets, 0));
  const hash = createHash("sha256").update(JSON.stringify([name, years.map(({ year, inputs }) => [year, inputs])]));
  return { name, buckets: bucketsFor(Math.max(...sizes)), generation: hash.digest().readUInt32BE(), years };
}

const bucketPath = ({ name }: Pick<Tier, "name">, bucket: number): string => `${name}/${bucket}.bin`;

function filesOf(tier: Tier, loaded: readonly Loaded[]): [path: string, bytes: Uint8Array][] {
  const blocks = loaded.map(({ entry, terms }) => ({ year: entry.year, blocks: blocksOf(terms, tier.buckets) }));
  return Array.from({ length: tier.buckets }, (_, bucket) => [
    bucketPath(tier, bucket),
    fileOf(
      tier.generation,
      blocks.map(({ year, blocks: own }) => [year, own[bucket] ?? new Uint8Array([0])]),
    ),
  ]);
}

const dirFile = (tiers: readonly Tier[]): Uint8Array => Buffer.from(JSON.stringify({ chunk: CHUNK, tiers } satisfies Dir));

const dirOf = (bytes: Uint8Array | null): Dir =>
  bytes === null ? { chunk: CHUNK, tiers: [] } : (JSON.parse(Buffer.from(bytes).toString()) as Dir);

function readBack(year: number, known: ReadonlyMap<number, { readonly tier: Tier; readonly entry: YearEntry }>, read: ReadFile): Loaded {
  const found = known.get(year);
  if (found === undefined) throw new Error(`${year} is no published year`);
  const terms = new Map<string, readonly number[]>();
  for (let bucket = 0; bucket < found.tier.buckets; bucket++) {
    const bytes = read(bucketPath(found.tier, bucket));
    const block = bytes === null ? undefined : blocksIn(bytes, found.tier.generation).get(year);
    if (block === undefined) throw new Stale(`${bucketPath(found.tier, bucket)} does not hold ${year}`);
    for (const [term, places] of placesIn(block, () => true)) terms.set(term, places);
  }
  return { entry: found.entry, terms };
}

interface Published {
  readonly before: Dir;
  readonly tiers: readonly Tier[];
  /** The year as it was. */
  readonly old: YearEntry | undefined;
  readonly read: ReadFile;
}

/** Files whose bytes differ, then those that are gone, with dir.json between them: a reader in the meantime finds all it speaks of. */
function changed(files: ReadonlyMap<string, Uint8Array>, { before, tiers, old, read }: Published): Changes {
  const changes = new Map<string, Uint8Array | null>();
  for (const [path, bytes] of files) if (!sameBytes(bytes, read(path))) changes.set(path, bytes);
  changes.set("dir.json", tiers.length === 0 ? null : dirFile(tiers));
  const kept = new Set([...files.keys(), ...tiers.flatMap(pathsOf)]);
  const was = [...before.tiers.flatMap(pathsOf), ...(old === undefined ? [] : chunkPathsOf(old))];
  for (const path of was) if (!kept.has(path)) changes.set(path, null);
  return changes;
}

const sameBytes = (a: Uint8Array, b: Uint8Array | null): boolean => b !== null && Buffer.compare(a, b) === 0;
const pathsOf = (tier: Tier): string[] => Array.from({ length: tier.buckets }, (_, bucket) => bucketPath(tier, bucket));
const chunkPathsOf = ({ year, sessions }: YearEntry): string[] =>
  sessions.flatMap(([slug, tweets]) => Array.from({ length: Math.ceil(tweets / CHUNK) }, (_, index) => chunkPath(year, slug, index)));
