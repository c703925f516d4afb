import { createHash } from "node:crypto";
import { blocksIn, placesIn, Stale } from "./blocks.js";
import { placesMoved, type Stamps } from "./moved.ts";
import { blocksOf, fileOf, type Terms } from "./pack.ts";
import { addTerms, CHUNK, chunkPathsOf, chunksOf, entryOf, inputsOf, type SearchYear, type YearEntry } from "./years.ts";

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

/** All search files of a chat, dir.json last. One session's tweets and the blocks of one tier's years at a time are held. A chat without
 *  a tweet has none. */
export function* publishChat(years: readonly number[], rowsOf: (year: number) => SearchYear): Generator<File> {
  const tiers: Tier[] = [];
  const hashes = new Map<number, readonly string[]>();
  for (const [name, own] of tiersOf(years)) {
    const all = own.map(rowsOf);
    const tier = tierOf(name, all.map(entryOf));
    const blocks: YearBlocks[] = [];
    for (const rows of all) {
      hashes.set(rows.year, hashesOf(rows.sessions));
      blocks.push({ year: rows.year, blocks: blocksOf(yield* freshTerms(rows), tier.buckets) });
    }
    tiers.push(tier);
    yield* filesOf(tier, blocks);
  }
  if (tiers.length > 0) yield* tables(tiers, hashes);
}

/** The files that change when a year does: the texts of the sessions that changed, the blocks of its tier and of those it moves years
 *  into. All else is read back from the published files; throws `Stale` where these are not as they were written: then the chat is
 *  published anew. Nothing where the rows are those that are published. A year without sessions is gone. */
export function publishYear(rows: SearchYear, read: ReadFile): Changes {
  const before = dirOf(read("dir.json"));
  const known = publishedIn(before, read);
  const entry = entryOf(rows);
  const old = known.get(rows.year);
  if (old?.entry.inputs === entry.inputs) return new Map();
  const years = new Set(known.keys());
  if (entry.sessions.length === 0) years.delete(rows.year);
  else years.add(rows.year);

  const tiers: Tier[] = [];
  const files = new Map<string, Uint8Array>();
  for (const [name, own] of tiersOf([...years])) {
    const same = before.tiers.find((tier) => tier.name === name && String(tier.years.map(({ year }) => year)) === String(own));
    if (same !== undefined && !own.includes(rows.year)) {
      tiers.push(same);
      continue;
    }
    const tier = tierOf(
      name,
      own.map((year) => (year === rows.year ? entry : publishedYear(known, year).entry)),
    );
    const blocks = own.map((year): YearBlocks => {
      const terms = year === rows.year ? changedTerms(rows, { old, read, files }) : readBack(publishedYear(known, year), read);
      return { year, blocks: blocksOf(terms, tier.buckets) };
    });
    tiers.push(tier);
    for (const [path, bytes] of filesOf(tier, blocks)) files.set(path, bytes);
  }
  const hashes = new Map([...known].map(([year, { sessions }]) => [year, hashesOf(sessions)] as const));
  hashes.set(rows.year, hashesOf(rows.sessions));
  for (const [path, bytes] of tables(tiers, hashes)) files.set(path, bytes);
  const stand = [...files.keys(), ...tiers.flatMap(pathsOf), ...chunkPathsOf(entry)];
  const was = [...before.tiers.flatMap(pathsOf), ...(old === undefined ? [] : chunkPathsOf(old.entry)), ...TABLES];
  return changed(files, { gone: [...new Set(was).difference(new Set(stand))], read });
}

type File = [path: string, bytes: Uint8Array];

/** A year as it stands, of whose sessions it is known what they said. */
interface Published {
  readonly tier: Tier;
  readonly entry: YearEntry;
  readonly sessions: Stamps;
}

const hashesOf = (sessions: Stamps): readonly string[] => sessions.map(({ hash }) => hash);

interface YearBlocks {
  readonly year: number;
  readonly blocks: readonly Uint8Array[];
}

/** Reads all of a year's tweets: yields the files of their texts, returns where their terms stand. */
function* freshTerms({ year, sessions }: SearchYear): Generator<File, Terms> {
  const terms = new Map<string, number[]>();
  let place = 0;
  for (const session of sessions) {
    const { slug, count, tweets } = session;
    yield* chunksOf(year, slug, tweets);
    addTerms(terms, tweets, place);
    place += count;
  }
  return terms;
}

interface Changing {
  readonly old: Published | undefined;
  readonly read: ReadFile;
  /** Where the texts of what changed are put. */
  readonly files: Map<string, Uint8Array>;
}

/** Where a year's terms stand, of which only the sessions are read that are others than those that stand. */
function changedTerms(rows: SearchYear, { old, read, files }: Changing): Terms {
  const { moved, fresh } = placesMoved(old?.sessions ?? [], rows.sessions);
  const terms = new Map<string, number[]>();
  if (old !== undefined)
    for (const [term, places] of readBack(old, read)) {
      const kept = places.flatMap((place) => moved[place] ?? []);
      if (kept.length > 0) terms.set(term, kept);
    }
  for (const { session, from } of fresh) {
    const { slug, tweets } = session;
    for (const [path, bytes] of chunksOf(rows.year, slug, tweets)) files.set(path, bytes);
    addTerms(terms, tweets, from);
  }
  for (const places of terms.values()) places.sort((a, b) => a - b);
  return terms;
}

/** Which years share files, the newest first. */
function tiersOf(years: readonly number[]): Map<string, number[]> {
  const newestFirst = years.toSorted((a, b) => b - a);
  return Map.groupBy(newestFirst, (year) => (year === newestFirst[0] ? "now" : `era${year - (year % 5)}`));
}

/** 1,024 where a year is that of a big weekly chat; fewer for a small one, which would else be a thousand files of nothing. */
const bucketsFor = (tweets: number): number => Math.min(1024, 2 ** Math.ceil(Math.log2(Math.max(1, tweets / 25))));

function tierOf(name: string, years: readonly YearEntry[]): Tier {
  const sizes = years.map(({ sessions }) => sessions.reduce((sum, [, tweets]) => sum + tweets, 0));
  const hash = createHash("sha256").update(JSON.stringify([name, years.map(({ year, inputs }) => [year, inputs])]));
  return { name, buckets: bucketsFor(Math.max(...sizes)), generation: hash.digest().readUInt32BE(), years };
}

const bucketPath = ({ name }: Pick<Tier, "name">, bucket: number): string => `${name}/${bucket}.bin`;

const filesOf = (tier: Tier, years: readonly YearBlocks[]): File[] =>
  Array.from({ length: tier.buckets }, (_, bucket) => [
    bucketPath(tier, bucket),
    fileOf(
      tier.generation,
      years.map(({ year, blocks }) => [year, blocks[bucket] ?? new Uint8Array([0])]),
    ),
  ]);

/** What a page must know first, last; before it what only the next publication asks: what each session said, a word each. */
const TABLES = ["rows.json", "dir.json"] as const;

function* tables(tiers: readonly Tier[], hashes: ReadonlyMap<number, readonly string[]>): Generator<File> {
  if (tiers.length === 0) return;
  const byYear = tiers.flatMap(({ years }) => years.map(({ year }) => [year, hashes.get(year) ?? []] as const));
  yield [TABLES[0], Buffer.from(JSON.stringify(Object.fromEntries(byYear)))];
  yield [TABLES[1], Buffer.from(JSON.stringify({ chunk: CHUNK, tiers } satisfies Dir))];
}

const dirOf = (bytes: Uint8Array | null): Dir =>
  bytes === null ? { chunk: CHUNK, tiers: [] } : (JSON.parse(Buffer.from(bytes).toString()) as Dir);

/** The years that stand. Throws where what is told of their sessions is of another time. */
function publishedIn({ tiers }: Dir, read: ReadFile): ReadonlyMap<number, Published> {
  const bytes = read(TABLES[0]);
  const hashes = (bytes === null ? {} : JSON.parse(Buffer.from(bytes).toString())) as Readonly<Record<number, readonly string[]>>;
  return new Map(
    tiers.flatMap((tier) =>
      tier.years.map((entry) => {
        const sessions = entry.sessions.map(([slug, count], index) => ({ slug, count, hash: hashes[entry.year]?.[index] ?? "" }));
        if (inputsOf(sessions) !== entry.inputs) throw new Stale(`${TABLES[0]} is not that of ${TABLES[1]}`);
        return [entry.year, { tier, entry, sessions }] as const;
      }),
    ),
  );
}

function publishedYear(known: ReadonlyMap<number, Published>, year: number): Published {
  const found = known.get(year);
  if (found === undefined) throw new Error(`${year} is no published year`);
  return found;
}

function readBack({ tier, entry: { year } }: Published, read: ReadFile): Terms {
  const terms = new Map<string, readonly number[]>();
  for (let bucket = 0; bucket < tier.buckets; bucket++) {
    const bytes = read(bucketPath(tier, bucket));
    const block = bytes === null ? undefined : blocksIn(bytes, tier.generation).get(year);
    if (block === undefined) throw new Stale(`${bucketPath(tier, bucket)} does not hold ${year}`);
    for (const [term, places] of placesIn(block, () => true)) terms.set(term, places);
  }
  return terms;
}

/** Files whose bytes differ, then those that are gone, with dir.json between them: a reader in the meantime finds all it speaks of. */
function changed(files: ReadonlyMap<string, Uint8Array>, { gone, read }: { gone: readonly string[]; read: ReadFile }): Changes {
  const changes = new Map<string, Uint8Array | null>();
  for (const [path, bytes] of files) if (!sameBytes(bytes, read(path))) changes.set(path, bytes);
  for (const path of gone) changes.set(path, null);
  return changes;
}

const sameBytes = (a: Uint8Array, b: Uint8Array | null): boolean => b !== null && Buffer.compare(a, b) === 0;
const pathsOf = (tier: Tier): string[] => Array.from({ length: tier.buckets }, (_, bucket) => bucketPath(tier, bucket));
