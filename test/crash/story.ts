import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { Archive } from "../../src/archive/archive.ts";
import { importFile, writing } from "../../src/capture/import.ts";
import { type ImportFile, openImport, readParts } from "../../src/source/file.ts";
import { line, SESSION, START, TEACHAT, write } from "../helpers.ts";
import { watchCommits } from "./commits.ts";

const CHAT = "teachat";
const sha256 = (bytes: string | Buffer): string => createHash("sha256").update(bytes).digest("hex");

/** Imports files into an archive, as one command each does. */
export type Story = (archive: string) => Promise<void>;

/** What an archive may hold while the story is told, oldest first: before its first commit, after that, … after its last. */
export type Moments = readonly string[];

/** A file whose parts are these few lines each. */
function inParts(file: string, parts: readonly string[]): ImportFile {
  const bytes = Buffer.from(parts.join(""));
  const reading = { format: "chatscribe-jsonl", chat: CHAT, session: null } as const;
  const parts_ = parts.map((part) => Buffer.from(part));
  return { file, format: reading.format, size: bytes.length, sha256: sha256(bytes), parts: () => readParts(reading, parts_) };
}

const idOf = (n: number): string => String(1_800_000_000_000_000_000n + BigInt(n) * 4_194_304n);
const WORDS = ["green", "black", "white", "with milk", "in a bowl", "cold", "from the garden"];

/** Tweets of every kind that the store keeps in a way of its own: replies, versions, context, without a time, of authors with ids. */
function lineOf(n: number): string {
  const text = `A${(n % 4) + 1} ${WORDS[n % WORDS.length]}${", and again".repeat(n % 23)} #teachat`;
  const author = n % 3 === 0 ? { id: String(7000 + (n % 11)), handle: `leaf${n % 11}`, name: `Leaf ${n}` } : `cup${n % 17}`;
  const said = { id: idOf(n), author, text, time: n % 70, replyTo: n % 4 === 1 ? idOf(n - 1) : null };
  if (n % 19 === 7) return line({ ...said, time: null, local: true }, { session: SESSION });
  if (n % 13 === 5) return line({ ...said, aliases: [idOf(n - 3)], edited: START + n * 1000 });
  return line(said, n % 11 === 3 ? { context: true } : {});
}

const partsOf = (from: number, count: number, tweets: number): string[] =>
  Array.from({ length: count }, (_, part) =>
    Array.from({ length: tweets }, (_, i) => lineOf(from + part * tweets + ((i * 5) % tweets))).join(""),
  );

const MONDAY = inParts("monday.jsonl", partsOf(0, 6, 7));
const TUESDAY = inParts("tuesday.jsonl", partsOf(30, 4, 9));

/** Two files, the second of which repeats and corrects some of the first, by two runs of the program one after the other. */
export const smallStory: Story = async (archive) => {
  await take(archive, () => Promise.resolve(MONDAY));
  await take(archive, () => Promise.resolve(TUESDAY));
};

const PADDED_PARTS = 4;
/** A file of several parts as the program itself cuts them: a key it does not know makes the records long. The first is short: it tells the format. */
export function writePadded(file: string): void {
  const pad = "leaf".repeat(90_000);
  const lines = Array.from({ length: PADDED_PARTS * 11 }, (_, n) =>
    n === 0 ? lineOf(n) : lineOf(n).replace(/}\n$/, `,"pad":"${pad}"}\n`),
  );
  writeFileSync(file, lines.join(""));
}

export const paddedStory =
  (file: string): Story =>
  (archive) =>
    take(archive, () => openImport(file, { chat: CHAT, session: null }));

async function take(dir: string, opened: () => Promise<ImportFile>): Promise<void> {
  const file = await opened();
  await writing(dir, async () => {
    const archive = Archive.open(dir);
    try {
      await importFile(archive, file, archive.chat(CHAT), { session: null, now: START });
    } finally {
      archive.close();
    }
  });
}

/** A folder with the files of an archive's owner. */
export function makeFolder(dir: string): string {
  mkdirSync(dir, { recursive: true });
  write(dir, `chats/${CHAT}/chat.md`, TEACHAT);
  return dir;
}

/** Tells the story once, undisturbed, and looks after every commit. */
export async function momentsOf(story: Story, room: string): Promise<Moments> {
  const dir = makeFolder(mkdtempSync(join(room, "moments-")));
  Archive.open(dir).close();
  const moments = [contentOf(dir)];
  const undo = watchCommits(() => moments.push(contentOf(dir)));
  try {
    await story(dir);
  } finally {
    undo();
    rmSync(dir, { recursive: true });
  }
  return moments;
}

/** The hash of all rows of an archive that SQLite finds sound. When a file was received says nothing of what is held, nor do its marks. */
export function contentOf(dir: string): string {
  const db = new Database(join(dir, "archive.db"));
  try {
    const said = [...(db.pragma("integrity_check") as object[]), ...(db.pragma("foreign_key_check") as object[])];
    if (JSON.stringify(said) !== '[{"integrity_check":"ok"}]') throw new Error(`not sound: ${JSON.stringify(said)}`);
    return sha256(JSON.stringify(tablesOf(db).map((name) => [name, rowsOf(db, name)])));
  } finally {
    db.close();
  }
}

const tablesOf = (db: Database.Database): string[] =>
  db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'mark' ORDER BY name").pluck().all() as string[];

function rowsOf(db: Database.Database, table: string): string[] {
  const rows = db.prepare(`SELECT * FROM "${table}"`).all() as Record<string, unknown>[];
  return rows.map(({ received_at: _, ...row }) => JSON.stringify(row)).sort();
}
