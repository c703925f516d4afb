import Database from "better-sqlite3";
import { RawStore } from "../../src/store/raw.ts";
import { Store } from "../../src/store/store.ts";

/** Calls `told` whenever a transaction has been committed that kept a part or ended a body: from there on a part is acknowledged.
 *  `early` is a planted bug: it tells before the commit. Returns what undoes it. */
export function watchCommits(told: () => void, { early = false } = {}): () => void {
  const { transaction } = Store.prototype;
  const { keepPart, end } = RawStore.prototype;
  let kept = false;
  RawStore.prototype.keepPart = function (this: RawStore, ...args) {
    kept = true;
    keepPart.apply(this, args);
  };
  RawStore.prototype.end = function (this: RawStore, ...args) {
    kept = true;
    end.apply(this, args);
  };
  const tell = () => {
    if (kept) told();
    kept = false;
  };
  Store.prototype.transaction = function <T>(this: Store, work: () => T): T {
    const both = () => {
      const done = work();
      tell();
      return done;
    };
    const done = transaction.call(this, early ? both : work) as T;
    tell();
    return done;
  };
  return () => {
    Object.assign(Store.prototype, { transaction });
    Object.assign(RawStore.prototype, { keepPart, end });
  };
}

/** Bugs that the harness must find. */
export type Plant = "early" | "apart" | "normal";

/** The raw part in a transaction of its own. */
export function plantApart(): void {
  let archive: Database.Database | null = null;
  onPragma((db, pragma) => {
    archive = db;
    return pragma;
  });
  const { keepPart } = RawStore.prototype;
  RawStore.prototype.keepPart = function (this: RawStore, ...args) {
    keepPart.apply(this, args);
    archive?.exec("COMMIT; BEGIN IMMEDIATE");
  };
}

/** SQLite's default for WAL. */
export const plantNormal = (): void => onPragma((_, pragma) => pragma.replace("synchronous = FULL", "synchronous = NORMAL"));

/** The log flows back into the database after so few pages, not after 1,000. */
export const checkpointEvery = (pages: number): void =>
  onPragma((db, pragma) => {
    db.exec(`PRAGMA wal_autocheckpoint = ${pages}`);
    return pragma;
  });

function onPragma(change: (db: Database.Database, pragma: string) => string): void {
  const { pragma } = Database.prototype;
  Database.prototype.pragma = function (this: Database.Database, source, options) {
    return pragma.call(this, change(this, source), options);
  };
}

export const PLANTS: Readonly<Record<string, () => void>> = {
  apart: plantApart,
  normal: plantNormal,
  checkpoints: () => checkpointEvery(8),
};
