import { createReadStream } from "node:fs";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { UserError } from "../errors.ts";

/** Bytes that can be read again and again, under the name the user knows them by. Memory does not grow with them. */
export interface Content {
  readonly name: string;
  readonly read: () => AsyncIterable<Buffer>;
}

const CHUNK = 64 * 1024;

/** A file as it stands on the disk. */
export const fileContent = (file: string): Content => ({
  name: file,
  read: () => createReadStream(file, { highWaterMark: CHUNK }),
});

export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** What is in a gzip file, under its name. */
export const unpacked = ({ name, read }: Content): Content => ({
  name,
  read() {
    const content = createGunzip({ chunkSize: CHUNK });
    // an error of the file reaches whoever reads the content
    pipeline(read(), content, () => {});
    return content;
  },
});

/** Refuses to go on where there is more than a limit: a bomb. */
export const atMost = ({ name, read }: Content, limit: number): Content => ({
  name,
  async *read() {
    let size = 0;
    for await (const chunk of read()) {
      size += chunk.length;
      if (size > limit) throw new UserError(`${name}: is over ${limit / 1024 / 1024} MB: unpack it and import the files one by one`);
      yield chunk;
    }
  },
});

/** The first bytes of a content. */
export async function firstBytes({ read }: Content, length: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of read()) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= length) break;
  }
  return Buffer.concat(chunks).subarray(0, length);
}

/** The system's word for why a file cannot be read, as one the user understands. */
export function explain(file: string, error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? error.code : null;
  if (code === "ENOENT" || code === "ENOTDIR") return new UserError(`${file}: no such file: check the name and the folder`);
  if (code === "EACCES" || code === "EPERM") return new UserError(`${file}: may not be read: check its permissions`);
  if (code === "EISDIR") return new UserError(`${file}: is a folder: name the files in it`);
  if (typeof code === "string" && code.startsWith("Z_")) return new UserError(`${file}: is a damaged gzip file: fetch it again`);
  return error;
}
