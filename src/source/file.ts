import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { didYouMean, UserError } from "../errors.ts";
import type { ChatSlug, Refusal, SessionSlug, Tweet } from "../model.ts";
import { atMost, type Content, explain, fileContent, firstBytes, isGzip, unpacked } from "./content.ts";
import { cutParts } from "./cut.ts";
import { cutterFor, detectFormat, FORMATS, type Format, isPrivate, misfit, SAMPLE, unreadable } from "./detect.ts";
import type { FindTweet } from "./parse/markdown.ts";
import { type ImportPart, type Reading, readParts } from "./part.ts";
import { archiveBeside, archiveIn, chooseKept, isOpened, type Kept, type XArchive } from "./x-archive.ts";
import { isZip, listZip } from "./zip.ts";

export type { Format } from "./detect.ts";
export { readParts } from "./part.ts";

/** A file to import, looked at but not yet read. */
export interface ImportFile {
  /** As named by the user; of a zip, `a.zip/name in it`. */
  readonly file: string;
  readonly format: Format;
  /** Bytes; of a gzip file, of what is in it; of an X archive, of what of it is kept. */
  readonly size: number;
  /** Hex, of the same bytes. */
  readonly sha256: string;
  /** Reads the file part by part; memory does not grow with it. Throws UserError when the file changes meanwhile. */
  parts(): AsyncIterable<ImportPart>;
}

export interface ImportOptions {
  /** The user's word for the format; without it the content decides. */
  readonly as?: string | undefined;
  readonly chat: ChatSlug;
  readonly session: SessionSlug | null;
  /** The chat's zone: of dates that have none. */
  readonly zone?: string | null | undefined;
  /** Whether a tweet of an X archive concerns the chat: it carries a tag of it, or falls into a session's window. Needed for those only. */
  readonly keep?: ((tweet: Tweet) => boolean) | undefined;
  /** Knows tweets whose ids a spreadsheet destroyed by author and text. */
  readonly find?: FindTweet | null | undefined;
}

/** How many files of a zip are imported at most, and how large each may be. */
const FILES = 1000;
const ENTRY_LIMIT = 512 * 1024 * 1024;

/** Looks at a file: can it be read, which format is it? Throws UserError (2), in one line, where it cannot be imported, or is a zip of several. */
export async function openImport(file: string, options: ImportOptions): Promise<ImportFile> {
  const [only, ...more] = await openImports(file, options);
  if (only === undefined || more.length > 0)
    throw new UserError(`${file}: holds ${more.length + 1} files: unpack it and name the one you mean`);
  return only;
}

/** Like openImport, but a zip gives each of the files in it. An X archive is one file, of which only what concerns the chat is ever read. */
export async function openImports(file: string, options: ImportOptions): Promise<ImportFile[]> {
  const content = fileContent(file);
  if (!isZip(await readBeginning(file))) return [await look(content, options)];
  const archive = archiveIn(file, await listZip(file, { limit: FILES, wanted: isOpened }));
  if (archive !== null) return [await lookAtArchive(file, archive, options)];
  const entries = await listZip(file, { limit: FILES, wanted: () => true });
  if (entries.length === 0) throw new UserError(`${file}: is an empty zip file: nothing to import`);
  const large = entries.find(({ size }) => size > ENTRY_LIMIT);
  if (large !== undefined) throw new UserError(`${large.name}: is over ${ENTRY_LIMIT / 1024 / 1024} MB: unpack it and import the file`);
  const files: ImportFile[] = [];
  for (const entry of entries) files.push(await look(atMost(entry, ENTRY_LIMIT), { ...options, limit: ENTRY_LIMIT }));
  return files;
}

/** One content that is no zip. `limit`: of what may be in it where it is gzip. */
async function look(given: Content, options: ImportOptions & { limit?: number }): Promise<ImportFile> {
  const { content, sample } = await readSample(given, options.limit);
  const { name } = content;
  const forced = options.as === undefined ? null : knownFormat(options.as);
  const refusal = unreadable(sample);
  if (refusal !== null) throw new UserError(`${name}: ${refusal}`);
  if (isPrivate(sample)) throw new UserError(`${name}: is a part of an X archive that is never opened: import the zip, or its tweets.js`);
  const format = forced ?? detectFormat(sample);
  if (format === null)
    throw new UserError(`${name}: not a format known here (${FORMATS.join(", ")}); if it is one of them, say which: --as ${FORMATS[0]}`);
  const wrong = misfit(format, sample);
  if (wrong !== null) throw new UserError(`${name}: is not ${format}: ${wrong}`);
  if (format === "x-archive") return lookAtArchive(name, archiveBeside(content, existsSync), options);
  if ((format === "text" || format === "tchat") && options.session === null)
    throw new UserError(`${name}: pasted text has no ${format === "text" ? "times" : "dates"}: say --session 2009-07-21`);
  return measured(content, { ...options, format }, sample);
}

async function lookAtArchive(name: string, archive: XArchive, options: ImportOptions): Promise<ImportFile> {
  const { as, keep } = options;
  if (as !== undefined && knownFormat(as) !== "x-archive") throw new UserError(`${name}: is an X archive, not ${as}`);
  if (keep === undefined) throw new UserError(`${name}: of an X archive only what concerns a chat is read: say which with --chat`);
  const kept = await readable(name, () => chooseKept(name, archive, keep));
  if (kept.tweets === 0)
    throw new UserError(
      `${name}: no tweet in it (${kept.others}) has a tag of the chat or falls into one of its sessions: nothing to import`,
    );
  const file = await measured(kept.content, { ...options, format: "x-archive" }, await firstBytes(kept.content, SAMPLE));
  return { ...file, parts: () => withChoice(file.parts(), kept) };
}

/** What could not be read in the archive, and what was left there, is told with the first part. */
async function* withChoice(parts: AsyncIterable<ImportPart>, { refused, others }: Kept): AsyncGenerator<ImportPart> {
  const left = others === 0 ? [] : [{ line: 1, why: `tweets that do not concern the chat, left where they are: ${others}` }];
  let told: { refused: readonly Refusal[]; warnings: readonly Refusal[] } = { refused, warnings: left };
  for await (const part of parts) {
    yield {
      ...part,
      read: part.read + told.refused.length,
      refused: [...told.refused, ...part.refused],
      warnings: [...told.warnings, ...part.warnings],
    };
    told = { refused: [], warnings: [] };
  }
}

function knownFormat(word: string): Format {
  const format = FORMATS.find((known) => known === word);
  if (format === undefined) throw new UserError(`--as ${word}: no such format${didYouMean(word, FORMATS)} (known: ${FORMATS.join(", ")})`);
  return format;
}

/** The first bytes of a file as it stands on the disk. */
async function readBeginning(file: string): Promise<Buffer> {
  let handle: FileHandle | null = null;
  try {
    handle = await open(file);
    const stat = await handle.stat();
    if (stat.isDirectory()) throw new UserError(`${file}: is a folder: name the files in it`);
    if (!stat.isFile()) throw new UserError(`${file}: is not a plain file: save it as one first`);
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(4), position: 0 });
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    throw explain(file, error);
  } finally {
    await handle?.close();
  }
}

/** The content as it is to be read, and its beginning. */
async function readSample(given: Content, limit = Number.POSITIVE_INFINITY): Promise<{ content: Content; sample: Buffer }> {
  return readable(given.name, async () => {
    const beginning = await firstBytes(given, SAMPLE);
    const packed = isGzip(beginning);
    const content = packed ? atMost(unpacked(given), limit) : given;
    const sample = packed ? await firstBytes(content, SAMPLE) : beginning;
    if (sample.toString("utf8").trim() === "") throw new UserError(`${given.name}: is empty: nothing to import`);
    return { content, sample };
  });
}

async function readable<T>(name: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw explain(name, error);
  }
}

async function measured(content: Content, options: ImportOptions & { format: Format }, sample: Buffer): Promise<ImportFile> {
  const { format, chat, session, zone, find } = options;
  const { size, sha256 } = await readable(content.name, () => measure(content));
  const reading: Reading = { format, chat, session, zone, find };
  return { file: content.name, format, size, sha256, parts: () => readParts(reading, cutContent(content, { format, sample, sha256 })) };
}

async function measure({ read }: Content): Promise<{ size: number; sha256: string }> {
  const hash = createHash("sha256");
  let size = 0;
  for await (const chunk of read()) {
    hash.update(chunk);
    size += chunk.length;
  }
  return { size, sha256: hash.digest("hex") };
}

async function* cutContent({ name, read }: Content, known: { format: Format; sample: Buffer; sha256: string }): AsyncGenerator<Buffer> {
  const hash = createHash("sha256");
  const chunks = async function* () {
    for await (const chunk of read()) {
      hash.update(chunk);
      yield chunk;
    }
  };
  const tooLong = (byte: number): never => {
    throw new UserError(`${name}: a record of over 64 MB begins at byte ${byte}: is a quote or a brace left open there?`);
  };
  yield* cutParts(chunks(), cutterFor(known.format, known.sample), { tooLong });
  if (hash.digest("hex") !== known.sha256) throw new UserError(`${name}: changed while it was read: import it again`);
}
