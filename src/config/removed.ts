import { createHmac, randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isSeq, parseDocument } from "yaml";
import { UserError } from "../errors.ts";
import type { PlainDate, RemovalReason, TweetId } from "../model.ts";
import { writeDurably } from "./durable.ts";
import { fieldsOf, oneOf, parseYamlList, quote, read, refusal, textOf, trueOrFalse, type Value } from "./fields.ts";
import { plainLines } from "./front-matter.ts";
import { dateOf, idOf } from "./values.ts";

export const REASONS = ["author-request", "deleted", "protected", "legal", "organiser"] as const satisfies readonly RemovalReason[];

/** Why and when something was removed. */
export interface Removal {
  readonly reason: RemovalReason;
  readonly on: PlainDate;
  /** false: no tombstone keeps its link. */
  readonly anchor: boolean;
}

/** One entry of removed.yml: a tweet, or the hash of an author's id or handle. */
export type RemovedEntry = Removal & ({ readonly tweet: TweetId } | { readonly author: string });

/** An author as far as a source tells who it is. */
export interface Person {
  readonly id: string | null;
  readonly handle: string | null;
}

const KEYS = ["tweet", "author", "reason", "on", "anchor"];
const ALLOWED = '- { tweet: "2412345678", reason: author-request, on: 2026-11-22 }';

/** Reads removed.yml. Throws a UserError that names file, line and what is allowed. */
export function parseRemoved(text: string, file: string): readonly RemovedEntry[] {
  return parseYamlList(plainLines(text), { file, line: 1 }, ALLOWED).map(entryOf);
}

function entryOf(value: Value): RemovedEntry {
  const fields = fieldsOf(value, KEYS);
  const tweet = read(fields, "tweet", idOf, null);
  const author = read(fields, "author", hashOf, null);
  const reason = read(fields, "reason", (field) => oneOf(field, REASONS), null);
  const on = read(fields, "on", dateOf, null);
  const anchor = read(fields, "anchor", trueOrFalse, true);
  if (reason === null || on === null) throw refusal(value, `an entry needs reason and on, as ${ALLOWED}`);
  if (tweet !== null && author === null) return { tweet, reason, on, anchor };
  if (tweet === null && author !== null) return { author, reason, on, anchor };
  throw refusal(value, `an entry is of a tweet or of an author, one of the two, as ${ALLOWED}`);
}

// h1: and 64 hexadecimal digits
const HASH = /^h1:[0-9a-f]{64}$/;

function hashOf(value: Value): string {
  const text = textOf(value);
  if (!HASH.test(text)) throw refusal(value, `author must be a hash as forget writes it, "h1:…", not ${quote(text)}`);
  return text;
}

/** Who and what must never appear again. */
export class Removed {
  readonly #tweets = new Map<TweetId, Removal>();
  readonly #authors = new Map<string, Removal>();
  readonly #key: Buffer | null;
  readonly #asked = new Map<string, Removal | null>();

  constructor(entries: readonly RemovedEntry[], key: Buffer | null) {
    this.#key = key;
    for (const entry of entries) {
      if ("tweet" in entry) this.#tweets.set(entry.tweet, entry);
      else this.#authors.set(entry.author, entry);
    }
  }

  get isEmpty(): boolean {
    return this.#tweets.size === 0 && this.#authors.size === 0;
  }

  get tweets(): ReadonlyMap<TweetId, Removal> {
    return this.#tweets;
  }

  get hasAuthors(): boolean {
    return this.#authors.size > 0;
  }

  tweet(id: TweetId): Removal | null {
    return this.#tweets.get(id) ?? null;
  }

  /** By X's id or by handle, whichever is listed. */
  author({ id, handle }: Person): Removal | null {
    if (this.#authors.size === 0) return null;
    return (id === null ? null : this.#ask(`id:${id}`)) ?? (handle === null ? null : this.#ask(`handle:${handle.toLowerCase()}`));
  }

  #ask(said: string): Removal | null {
    let known = this.#asked.get(said);
    if (known === undefined) {
      known = this.#key === null ? null : (this.#authors.get(hash(this.#key, said)) ?? null);
      this.#asked.set(said, known);
    }
    return known;
  }
}

const hash = (key: Buffer, said: string): string => `h1:${createHmac("sha256", key).update(said).digest("hex")}`;

/** The hashes under which an author is listed: of the id, where it is known, and of each handle in lower case. */
export const hashesOf = (key: Buffer, id: string | null, handles: readonly string[]): string[] => [
  ...(id === null ? [] : [hash(key, `id:${id}`)]),
  ...handles.map((handle) => hash(key, `handle:${handle.toLowerCase()}`)),
];

const listFile = (dir: string): string => join(dir, "removed.yml");
const keyFile = (dir: string): string => join(dir, "removed.key");

/** removed.yml of an archive. Throws UserError (2) where it names authors and nobody can tell who they are. */
export function readRemoved(dir: string): Removed {
  const file = listFile(dir);
  const entries = existsSync(file) ? parseRemoved(readFileSync(file, "utf8"), file) : [];
  const key = readKey(dir);
  if (key === null && entries.some((entry) => "author" in entry))
    throw new UserError(`${file}: it names authors, but ${keyFile(dir)} is missing: put it back from a backup, or they would come back`);
  return new Removed(entries, key);
}

function readKey(dir: string): Buffer | null {
  const file = keyFile(dir);
  if (!existsSync(file)) return null;
  const text = readFileSync(file, "utf8").trim();
  // 32 bytes in hexadecimal digits
  if (!/^[0-9a-f]{64}$/.test(text)) throw new UserError(`${file}: this is no key (64 hexadecimal digits): put it back from a backup`);
  return Buffer.from(text, "hex");
}

/** The key of removed authors; made where there is none yet. Call readRemoved first: it says where one is lost. */
export function keyOf(dir: string): Buffer {
  const known = readKey(dir);
  if (known !== null) return known;
  const made = randomBytes(32);
  writeDurably(keyFile(dir), `${made.toString("hex")}\n`, 0o600);
  return made;
}

/** Adds entries to removed.yml that it does not have. The owner's lines, comments and order stay. */
export function addRemoved(dir: string, entries: readonly RemovedEntry[]): number {
  const file = listFile(dir);
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  const known = new Set(parseRemoved(text, file).map(nameOf));
  const fresh = entries.filter((entry) => !known.has(nameOf(entry)));
  if (fresh.length > 0) writeDurably(file, withEntries(text, fresh, file));
  return fresh.length;
}

const nameOf = (entry: RemovedEntry): string => ("tweet" in entry ? entry.tweet : entry.author);

/** Lines at the end where the file is a plain list; else the list is written by the YAML library, which keeps comments too. */
function withEntries(text: string, entries: readonly RemovedEntry[], file: string): string {
  const before = parseRemoved(text, file).length;
  const appended = `${text === "" || text.endsWith("\n") ? text : `${text}\n`}${entries.map(lineOf).join("")}`;
  if (lengthOf(appended, file) === before + entries.length) return appended;
  const document = parseDocument(text, { schema: "failsafe" });
  const lines = parseDocument(entries.map(lineOf).join(""), { schema: "failsafe" });
  if (isSeq(document.contents) && isSeq(lines.contents)) document.contents.items.push(...lines.contents.items);
  return document.toString({ lineWidth: 0 });
}

function lengthOf(text: string, file: string): number | null {
  try {
    return parseRemoved(text, file).length;
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

const lineOf = (entry: RemovedEntry): string => {
  const what = "tweet" in entry ? `tweet: "${entry.tweet}"` : `author: "${entry.author}"`;
  return `- { ${what}, reason: ${entry.reason}, on: ${entry.on}${entry.anchor ? "" : ", anchor: false"} }\n`;
};
