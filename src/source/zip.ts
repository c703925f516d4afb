import { type Entry, openPromise, type ZipFile } from "yauzl";
import { UserError } from "../errors.ts";
import type { Content } from "./content.ts";

/** A file inside a zip. Its name is only ever shown and compared, never a path to write or read. */
export interface ZipEntry extends Content {
  /** Inside the zip: `data/tweets.js`. `name` is `a.zip/data/tweets.js`. */
  readonly path: string;
  /** Bytes when unpacked; never more come. */
  readonly size: number;
}

export const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] ?? 0) < 9;

// What programs leave in a zip: `.DS_Store`, `a/.git/x`, `__MACOSX/._a.csv`
const LITTER = /(?:^|\/)(?:\.|__MACOSX\/)/;

/** The files in a zip, without folders and the litter of programs, from its directory: nothing is unpacked. At most `limit` of those that
 *  are `wanted`. Throws UserError where it cannot be read. */
export async function listZip(file: string, options: { limit: number; wanted: (path: string) => boolean }): Promise<ZipEntry[]> {
  const entries: ZipEntry[] = [];
  await using(file, async (zip) => {
    for await (const entry of zip.eachEntry()) {
      const path = entry.fileName;
      if (path.endsWith("/") || LITTER.test(path) || !options.wanted(path)) continue;
      if (entries.length >= options.limit)
        throw new UserError(`${file}: holds more than ${options.limit} files: unpack it and import them`);
      entries.push({ path, name: `${file}/${path}`, size: entry.uncompressedSize, read: () => readEntry(file, entry) });
    }
  });
  return entries;
}

async function* readEntry(file: string, entry: Entry): AsyncGenerator<Buffer> {
  if (entry.isEncrypted()) throw new UserError(`${file}/${entry.fileName}: is encrypted: unpack it and import the file`);
  const zip = await open(file);
  try {
    // more bytes than the directory says, or fewer, are an error
    for await (const chunk of await zip.openReadStreamPromise(entry)) yield chunk;
  } catch (error) {
    throw damaged(`${file}/${entry.fileName}`, error);
  } finally {
    zip.close();
  }
}

async function using(file: string, use: (zip: ZipFile) => Promise<void>): Promise<void> {
  const zip = await open(file);
  try {
    await use(zip);
  } catch (error) {
    throw damaged(file, error);
  } finally {
    zip.close();
  }
}

async function open(file: string): Promise<ZipFile> {
  try {
    return await openPromise(file, { lazyEntries: true, autoClose: false });
  } catch (error) {
    throw damaged(file, error);
  }
}

const damaged = (name: string, error: unknown): unknown =>
  error instanceof UserError || !(error instanceof Error) ? error : new UserError(`${name}: is a damaged zip file: fetch it again`);
