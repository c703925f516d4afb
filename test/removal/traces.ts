import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { zstdDecompressSync } from "node:zlib";
import Database from "better-sqlite3";

/** Everywhere below a folder where a word still stands, whatever its case: every file's bytes, the parts of raw unpacked.
 *  Databases are searched as bytes too, so that freed pages and logs count. */
export function traces(dir: string, word: string): string[] {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files
    .map((entry) => join(entry.parentPath, entry.name))
    .flatMap((file) => [
      ...(says(readFileSync(file), word) ? [relative(dir, file)] : []),
      ...(file.endsWith(".db") ? rawTraces(file, word).map((part) => `${relative(dir, file)} ${part}`) : []),
    ])
    .sort();
}

const says = (bytes: Buffer, word: string): boolean =>
  bytes.toString("latin1").toLowerCase().includes(Buffer.from(word).toString("latin1").toLowerCase());

function rawTraces(file: string, word: string): string[] {
  const db = new Database(file, { readonly: true });
  try {
    if (db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'raw_part'").get() === undefined) return [];
    const parts = db.prepare("SELECT raw, seq, body FROM raw_part").all() as { raw: number; seq: number; body: Buffer }[];
    return parts.filter(({ body }) => says(zstdDecompressSync(body), word)).map(({ raw, seq }) => `raw ${raw} part ${seq}`);
  } finally {
    db.close();
  }
}
