import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { didYouMean, UserError } from "../errors.ts";
import type { ChatSlug, SessionSlug } from "../model.ts";
import { cutParts } from "./cut.ts";
import { cutterFor, detectFormat, FORMATS, type Format, misfit, SAMPLE, unreadable } from "./detect.ts";
import { type ImportPart, readParts } from "./part.ts";

export type { Format } from "./detect.ts";
export { type ImportPart, type Reading, readParts } from "./part.ts";

/** A file to import, looked at but not yet read. */
export interface ImportFile {
  /** As named by the user. */
  readonly file: string;
  readonly format: Format;
  /** Bytes; of a gzip file, of what is in it. */
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
}

/** Looks at a file: can it be read, which format is it? Throws UserError (2), in one line, where it cannot be imported. */
export async function openImport(file: string, options: ImportOptions): Promise<ImportFile> {
  const forced = options.as === undefined ? null : knownFormat(options.as);
  const { sample, packed } = await readSample(file);
  const refusal = unreadable(sample);
  if (refusal !== null) throw new UserError(`${file}: ${refusal}`);
  const format = forced ?? detectFormat(sample);
  if (format === null)
    throw new UserError(`${file}: not a format known here (${FORMATS.join(", ")}); if it is one of them, say which: --as ${FORMATS[0]}`);
  const wrong = misfit(format, sample);
  if (wrong !== null) throw new UserError(`${file}: is not ${format}: ${wrong}`);
  if (format === "text" && options.session === null) throw new UserError(`${file}: pasted text has no times: say --session 2009-07-21`);
  const { size, sha256 } = await measure(file, packed);
  const reading = { format, chat: options.chat, session: options.session };
  const parts = () => readParts(reading, cutFile(file, { format, sample, packed, sha256 }));
  return { file, format, size, sha256, parts };
}

function knownFormat(word: string): Format {
  const format = FORMATS.find((known) => known === word);
  if (format === undefined) throw new UserError(`--as ${word}: no such format${didYouMean(word, FORMATS)} (known: ${FORMATS.join(", ")})`);
  return format;
}

/** The beginning of the content; `packed`: it is in a gzip file. */
async function readSample(file: string): Promise<{ sample: Buffer; packed: boolean }> {
  let handle: FileHandle | null = null;
  try {
    handle = await open(file);
    const stat = await handle.stat();
    if (stat.isDirectory()) throw new UserError(`${file}: is a folder: name the files in it`);
    if (!stat.isFile()) throw new UserError(`${file}: is not a plain file: save it as one first`);
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(SAMPLE), position: 0 });
    const packed = buffer[0] === 0x1f && buffer[1] === 0x8b;
    const sample = packed ? await firstBytes(contentOf(file, packed)) : buffer.subarray(0, bytesRead);
    if (sample.toString("utf8").trim() === "") throw new UserError(`${file}: is empty: nothing to import`);
    return { sample, packed };
  } catch (error) {
    throw explain(file, error);
  } finally {
    await handle?.close();
  }
}

/** The system's word for why a file cannot be opened, as one the user understands. */
function explain(file: string, error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? error.code : null;
  if (code === "ENOENT" || code === "ENOTDIR") return new UserError(`${file}: no such file: check the name and the folder`);
  if (code === "EACCES" || code === "EPERM") return new UserError(`${file}: may not be read: check its permissions`);
  if (code === "EISDIR") return new UserError(`${file}: is a folder: name the files in it`);
  if (typeof code === "string" && code.startsWith("Z_")) return new UserError(`${file}: is a damaged gzip file: fetch it again`);
  return error;
}

const CHUNK = 1024 * 1024;

function contentOf(file: string, packed: boolean): AsyncIterable<Buffer> {
  const bytes = createReadStream(file, { highWaterMark: CHUNK });
  if (!packed) return bytes;
  const content = createGunzip({ chunkSize: CHUNK });
  // an error of the file reaches whoever reads the content
  pipeline(bytes, content, () => {});
  return content;
}

async function firstBytes(content: AsyncIterable<Buffer>): Promise<Buffer> {
  let first = Buffer.alloc(0);
  for await (const chunk of content) {
    first = Buffer.concat([first, chunk]);
    if (first.length >= SAMPLE) break;
  }
  return first.subarray(0, SAMPLE);
}

async function measure(file: string, packed: boolean): Promise<{ size: number; sha256: string }> {
  const hash = createHash("sha256");
  let size = 0;
  try {
    for await (const chunk of contentOf(file, packed)) {
      hash.update(chunk);
      size += chunk.length;
    }
  } catch (error) {
    throw explain(file, error);
  }
  return { size, sha256: hash.digest("hex") };
}

async function* cutFile(file: string, known: { format: Format; sample: Buffer; packed: boolean; sha256: string }): AsyncGenerator<Buffer> {
  const hash = createHash("sha256");
  const chunks = async function* () {
    for await (const chunk of contentOf(file, known.packed)) {
      hash.update(chunk);
      yield chunk;
    }
  };
  const tooLong = (byte: number): never => {
    throw new UserError(`${file}: a record of over 64 MB begins at byte ${byte}: is a quote or a brace left open there?`);
  };
  yield* cutParts(chunks(), cutterFor(known.format, known.sample), { tooLong });
  if (hash.digest("hex") !== known.sha256) throw new UserError(`${file}: changed while it was read: import it again`);
}
