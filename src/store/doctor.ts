import { existsSync, statSync } from "node:fs";
import Database from "better-sqlite3";
import { faultsIn } from "./backup.ts";
import { ARCHIVE_STEPS } from "./schema.ts";

/** What a database says of itself. */
export interface DatabaseState {
  readonly bytes: number;
  readonly version: number;
  /** What its maker's version would have to be at most. */
  readonly known: number;
  readonly fault: string | null;
  /** When the last file or response came, in milliseconds; null: none did. */
  readonly lastReceived: number | null;
}

export const sqliteVersion = (): string => {
  const db = new Database(":memory:");
  try {
    return db.prepare("SELECT sqlite_version()").pluck().get() as string;
  } finally {
    db.close();
  }
};

/** null: there is no such file. */
export function stateOf(file: string): DatabaseState | null {
  if (!existsSync(file)) return null;
  const state = { bytes: statSync(file).size, version: 0, known: ARCHIVE_STEPS.length, fault: null, lastReceived: null };
  try {
    // not read-only: such a connection leaves a WAL behind
    const db = new Database(file, { fileMustExist: true, timeout: 5000 });
    try {
      const version = Number(db.pragma("user_version", { simple: true }));
      const received =
        db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'raw'").get() === undefined ? null : "SELECT max(received_at) FROM raw";
      const lastReceived = received === null ? null : (db.prepare(received).pluck().get() as number | null);
      return { ...state, version, fault: faultsIn(db, "quick_check")[0] ?? null, lastReceived };
    } finally {
      db.close();
    }
  } catch (error) {
    if (error instanceof Database.SqliteError) return { ...state, fault: error.message };
    throw error;
  }
}
