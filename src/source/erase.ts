import { isUtf8 } from "node:buffer";
import type { Person, Removal } from "../config/removed.ts";
import type { Observation, RemovalReason, SessionSlug, Tweet, TweetId } from "../model.ts";
import { retells, veilText } from "../text/veil.ts";
import { cutterFor, type Format, recordsOf } from "./detect.ts";
import { eraseJson, type Unwanted } from "./erase-json.ts";
import { type Reading, readParts } from "./part.ts";

export type { Unwanted } from "./erase-json.ts";

/** What is left of a part, and how many records were cut out of it or changed. */
export interface Erased {
  readonly bytes: Buffer;
  readonly records: number;
}

/** A line of an export that stands for a removed tweet. */
export interface ErasedLine {
  /** Line of its part, from 1. */
  readonly line: number;
  readonly tweet: TweetId;
  readonly session: string | null;
  readonly reason: RemovalReason;
  readonly on: string;
  readonly asked: string | null;
}

/** Why a tweet must not be kept: it is removed, or its author is, or it passes on what one of them said. null: it may. */
export function removalOf({ id, aliases, author, repostOf, text }: Tweet, unwanted: Unwanted): Removal | null {
  for (const known of [id, ...aliases, ...(repostOf === null ? [] : [repostOf])]) {
    const removal = unwanted.tweet(known);
    if (removal !== null) return removal;
  }
  return unwanted.author(author) ?? (unwanted.hasAuthors ? retoldAuthor(text, unwanted) : null);
}

function retoldAuthor(text: string, unwanted: Unwanted): Removal | null {
  let found: Removal | null = null;
  const gone = (handle: string): boolean => {
    found ??= unwanted.author({ id: null, handle });
    return found !== null;
  };
  return retells(text, gone) ? found : null;
}

const JSON_FORMATS: ReadonlySet<Format> = new Set(["chatscribe-jsonl", "x-v2-json", "twarc-v1-json", "x-archive", "web-exporter-json"]);

/** Cuts removed tweets and authors out of the parts of one file, given in order from its first, in the file's own form: a JSON object becomes
 *  `{"id":…,"erased":…}`, a row, a line or a block goes. */
export class Eraser {
  readonly #reading: Reading;
  readonly #unwanted: Unwanted;
  #first: Buffer | null = null;
  #told: RecordTeller | null = null;
  #bare: RecordTeller | null = null;
  /** Ids that records cut out of the last part get where nobody knows the tweet they tell any more. */
  #others: readonly TweetId[] = [];

  constructor(reading: Reading, unwanted: Unwanted) {
    this.#reading = reading;
    this.#unwanted = unwanted;
  }

  get others(): readonly TweetId[] {
    return this.#others;
  }

  /** What is left of the next part; null: all of it. */
  async next(bytes: Buffer): Promise<Erased | null> {
    this.#first ??= bytes;
    const records = recordsOf(this.#reading.format, bytes, cutterFor(this.#reading.format, this.#first));
    const left = JSON_FORMATS.has(this.#reading.format) ? this.#cutJson(bytes, records) : await this.#cutRecords(bytes, records);
    const pieces: Buffer[] = [];
    let at = 0;
    let count = 0;
    for (const [i, { start, end }] of records.entries()) {
      const own = left[i];
      if (own === null || own === undefined) continue;
      pieces.push(bytes.subarray(at, start), own);
      at = end;
      count++;
    }
    return count === 0 ? null : { bytes: Buffer.concat([...pieces, bytes.subarray(at)]), records: count };
  }

  /** Of each record what is left of it; null: all. */
  #cutJson(bytes: Buffer, records: readonly Span[]): (Buffer | null)[] {
    const every = this.#unwanted.hasAuthors || this.#unwanted.user !== undefined;
    if (!every && !namesRemoved(bytes, this.#unwanted)) return [];
    return records.map(({ start, end }) => {
      const own = bytes.subarray(start, end);
      if (!every && !namesRemoved(own, this.#unwanted)) return null;
      const erased = isUtf8(own) ? eraseJson(own.toString("utf8"), this.#unwanted) : null;
      // nobody can tell what a damaged record says: it goes as a whole where it may say too much
      if (erased === null) return namesRemoved(own, this.#unwanted) || namesGone(own, this.#unwanted) ? NOTHING : null;
      return erased.cuts === 0 ? null : Buffer.from(erased.text);
    });
  }

  async #cutRecords(bytes: Buffer, records: readonly Span[]): Promise<(Buffer | null)[]> {
    this.#told ??= new RecordTeller(this.#reading, bytes);
    const told = await this.#told.next(bytes, records);
    const goes = told.map((one) => one.some(({ tweet }) => removalOf(tweet, this.#unwanted) !== null));
    await this.#tellOthers(bytes, records, goes);
    return records.map(({ start, end }, i) => {
      if (goes[i] === true) return NOTHING;
      return this.#unwanted.hasAuthors ? this.#veil(bytes.subarray(start, end)) : null;
    });
  }

  async #tellOthers(bytes: Buffer, records: readonly Span[], goes: readonly boolean[]): Promise<void> {
    if (this.#reading.find === null || this.#reading.find === undefined) return;
    this.#bare ??= new RecordTeller({ ...this.#reading, find: null }, bytes);
    const told = await this.#bare.next(bytes, records);
    this.#others = told.flatMap((one, i) => (goes[i] === true ? one.flatMap(({ tweet }) => (tweet.local ? [tweet.id] : [])) : []));
  }

  /** A record of somebody else, without the names of who is forgotten. */
  #veil(record: Buffer): Buffer | null {
    const encoding = isUtf8(record) ? "utf8" : "latin1";
    const text = record.toString(encoding);
    const gone = (handle: string): boolean => isGone(this.#unwanted, handle);
    const bare = this.#reading.format.endsWith("csv")
      ? text.replace(CELL, (all, before: string, cell: string) => (gone(cell) || isGoneId(this.#unwanted, cell) ? before : all))
      : text;
    const veiled = veilText(bare, gone);
    return veiled === text ? null : Buffer.from(veiled, encoding === "latin1" && !veiled.includes("…") ? "latin1" : "utf8");
  }
}

const NOTHING = Buffer.alloc(0);
// a cell that is nothing but a handle or an id: `,amy,` `,"amy"`
const CELL = /(^|[,"\t;])([A-Za-z0-9_]{1,20})(?=[,"\t;\r\n]|$)/g;

const isGone = (unwanted: Unwanted, handle: string): boolean => unwanted.author({ id: null, handle }) !== null;
const isGoneId = (unwanted: Unwanted, id: string): boolean =>
  /^[0-9]+$/.test(id) && unwanted.author({ id, handle: null } satisfies Person) !== null;

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Whether the digits of a removed tweet's id stand somewhere in it. */
function namesRemoved(bytes: Buffer, unwanted: Unwanted): boolean {
  for (const [digits] of bytes.toString("latin1").matchAll(/\d{1,20}/g)) if (unwanted.tweet(digits) !== null) return true;
  return false;
}

function namesGone(bytes: Buffer, unwanted: Unwanted): boolean {
  if (!unwanted.hasAuthors) return false;
  for (const [word] of bytes.toString("latin1").matchAll(/[A-Za-z0-9_]{1,20}/g))
    if (isGone(unwanted, word) || isGoneId(unwanted, word)) return true;
  return false;
}

/** What each record of a file tells, one by one: the readers of parts tell it of all together. */
class RecordTeller {
  readonly #waiting: Buffer[] = [];
  readonly #parts: ReturnType<typeof readParts>;
  /** Tables are judged by all rows of their first part: it is read once before its rows. */
  #primed: boolean;

  constructor(reading: Reading, first: Buffer) {
    this.#primed = !reading.format.endsWith("csv");
    if (!this.#primed) this.#waiting.push(first);
    this.#parts = readParts(reading, this.#feed());
  }

  async *#feed(): AsyncGenerator<Buffer> {
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) yield next;
  }

  async next(bytes: Buffer, records: readonly Span[]): Promise<(readonly Observation[])[]> {
    let at = 0;
    for (const { end } of records) {
      this.#waiting.push(bytes.subarray(at, end));
      at = end;
    }
    // a part comes out once the next one is read: this one holds nothing
    this.#waiting.push(NOTHING);
    const told: (readonly Observation[])[] = [];
    while (told.length < records.length) {
      const { value, done } = await this.#parts.next();
      if (done === true) throw new Error("a part was not told");
      if (!this.#primed) this.#primed = true;
      else if (value.bytes.length > 0) told.push(value.observations);
    }
    return told;
  }
}

/** The lines of a Chatscribe export that stand for removed tweets. */
export function erasedLines(bytes: Buffer, first: Buffer): ErasedLine[] {
  if (!bytes.includes('"erased"')) return [];
  return recordsOf("chatscribe-jsonl", bytes, cutterFor("chatscribe-jsonl", first)).flatMap(({ start, end }) => {
    const text = bytes.toString("utf8", start, end);
    if (!text.includes('"erased"')) return [];
    const line = bytes.toString("latin1", 0, start).split("\n").length;
    return readErased(text).map((erased) => ({ ...erased, line }));
  });
}

const WORDS: ReadonlySet<string> = new Set(["author-request", "deleted", "protected", "legal", "organiser"]);

function readErased(text: string): Omit<ErasedLine, "line">[] {
  let wire: Record<string, unknown>;
  try {
    wire = JSON.parse(text) as Record<string, unknown>;
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
  const { id, session, erased, on, label } = wire;
  if (typeof id !== "string" || !/^\d{1,20}$/.test(id) || typeof erased !== "string" || !WORDS.has(erased)) return [];
  if (typeof on !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(on)) return [];
  return [
    {
      tweet: id,
      session: typeof session === "string" ? session : null,
      reason: erased as RemovalReason,
      on,
      asked: typeof label === "string" ? label : null,
    },
  ];
}

/** The session of this chat that an erased line names: `critlib/2015-03-10`, or the slug alone. */
export function sessionIn(line: Pick<ErasedLine, "session">, chat: string): SessionSlug | null {
  const parts = line.session?.split("/") ?? [];
  return parts.length > 1 && parts[0] !== chat ? null : (parts.at(-1) ?? null);
}
