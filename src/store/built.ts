import type { Db } from "./open.ts";

/** What stands, or is ready to stand, in a site's folder. */
export interface BuiltUnit {
  /** What its pages were made from: the same key, the same bytes. */
  readonly key: string;
  /** Below the site's root. */
  readonly files: readonly string[];
}

/** Whether a unit is the page of a person, the pages of a session, or lists others. */
export type Role = "person" | "session" | "list";

/** Rendered, and not in its place yet. */
export interface RenderedUnit extends BuiltUnit {
  /** The folder that it waits in. */
  readonly shard: string;
}

/** What the last build that came to its end left in a folder. */
export interface Stood {
  /** What pages of people were made with, and up to which of their turns they are as they should be. */
  readonly making: string;
  readonly turn: number;
  /** A word for the list of all files: another one when somebody has written it since. */
  readonly list: string;
  /** How many these are. */
  readonly files: number;
  /** What it was made from, and what the build found out; null: that cannot be said. */
  readonly told: Told | null;
}

export interface Told {
  /** A word for everything a site is made from. */
  readonly stand: string;
  /** As JSON. */
  readonly told: string;
}

/** What is known of one folder that a site is built into: the part of work.db that tells what need not be rendered again. */
export class BuiltSite {
  readonly #db: Db;
  readonly #site: string;
  readonly #sql: ReturnType<typeof prepare>;

  /** `site`: the folder, absolute. */
  constructor(db: Db, site: string) {
    this.#db = db;
    this.#site = site;
    this.#sql = prepare(db);
  }

  units(): Map<string, BuiltUnit> {
    return new Map((this.#sql.built.all(this.#site) as UnitRow[]).map(({ unit, ...row }) => [unit, readUnit(row)]));
  }

  unit(name: string): BuiltUnit | null {
    const row = this.#sql.unit.get(this.#site, name) as Omit<UnitRow, "unit"> | undefined;
    return row === undefined ? null : readUnit(row);
  }

  /** Of all units; or of all but the pages of people. */
  keys(which: "all" | "others"): Map<string, string> {
    return new Map(this.#sql.keys[which].raw().all(this.#site) as [string, string][]);
  }

  key(unit: string): string | null {
    return (this.#sql.key.get(this.#site, unit) as string | undefined) ?? null;
  }

  /** The files of all units, unit by unit, a line each; some of them more than once. Nothing may be changed meanwhile. */
  lists(): Iterable<string> {
    return this.#sql.lists.iterate(this.#site) as Iterable<string>;
  }

  stood(): Stood | null {
    const row = this.#sql.stood.get(this.#site) as StoodRow | undefined;
    if (row === undefined) return null;
    const { stand, told, ...stood } = row;
    return { ...stood, told: stand === null || told === null ? null : { stand, told } };
  }

  /** What it found out is not told yet. `folders`: by which its files are watched, all of them, or where `isAll` is false
   *  those that may be others; with an empty stamp where there is no such folder any more. */
  putStood(
    stood: Omit<Stood, "told">,
    { folders, isAll }: { readonly folders: ReadonlyMap<string, string>; readonly isAll: boolean },
  ): void {
    this.#in(() => {
      this.#sql.putStood.run({ ...stood, site: this.#site });
      if (isAll) this.#sql.dropFolders.run(this.#site);
      for (const [folder, stamp] of folders)
        if (stamp === "") this.#sql.dropFolder.run(this.#site, folder);
        else this.#sql.putFolder.run(this.#site, folder, stamp);
    });
  }

  /** The folders by which its files are watched, each with a word that is another one when somebody has put a file there since, or taken
   *  one. */
  folders(): Iterable<readonly [folder: string, stamp: string]> {
    return this.#sql.folders.raw().iterate(this.#site) as Iterable<[string, string]>;
  }

  /** Of what stands there (`putStood`). */
  tell({ stand, told }: Told): void {
    this.#sql.tell.run(stand, told, this.#site);
  }

  rendered(): Map<string, RenderedUnit> {
    const rows = this.#sql.rendered.all(this.#site) as (UnitRow & { readonly shard: string })[];
    return new Map(rows.map(({ unit, shard, ...row }) => [unit, { ...readUnit(row), shard }]));
  }

  /** A shard is rendered: all of it or nothing. */
  addRendered(units: ReadonlyMap<string, RenderedUnit & { readonly role: Role }>): void {
    this.#in(() => {
      for (const [unit, { role, key, files, shard }] of units)
        this.#sql.addRendered.run(this.#site, unit, role, key, files.join("\n"), shard);
    });
  }

  /** Forgets what is rendered, but for these. */
  keepRendered(units: ReadonlySet<string>): void {
    this.#in(() => {
      for (const unit of this.#sql.renderedUnits.all(this.#site) as string[]) if (!units.has(unit)) this.#sql.dropOne.run(this.#site, unit);
    });
  }

  /** What is rendered, one after the other: what lists others comes last, a year before its chat, a chat before the site. Nothing may be changed meanwhile. */
  *waiting(): Generator<Omit<RenderedUnit, "key"> & { readonly unit: string }> {
    for (const { unit, files, shard } of this.#sql.waiting.iterate(this.#site) as Iterable<Omit<UnitRow, "key"> & { shard: string }>)
      yield { unit, shard, files: linesOf(files) };
  }

  /** The files of what is rendered, as `lists`. */
  waitingLists(): Iterable<string> {
    return this.#sql.waitingLists.iterate(this.#site) as Iterable<string>;
  }

  /** From here on, until it is settled and `putStood` says so, nobody knows which bytes stand where something is rendered, which people's
   *  pages are as they should be, nor which files the folder has: a build that is cut short meanwhile has put some, and a change may be
   *  taken back before the next. */
  unsettle(): void {
    this.#in(() => {
      this.#sql.forgetKeys.run(this.#site, this.#site);
      this.#sql.forgetStood.run(this.#site);
    });
  }

  /** What is rendered is in its place, and what is no unit any more is gone. */
  settle(gone: readonly string[]): void {
    this.#in(() => {
      this.#sql.put.run(this.#site);
      for (const unit of gone) this.#sql.drop.run(this.#site, unit);
      this.#sql.dropRendered.run(this.#site);
    });
  }

  #in(work: () => void): void {
    this.#db.transaction(work).immediate();
  }
}

interface StoodRow extends Omit<Stood, "told"> {
  readonly stand: string | null;
  readonly told: string | null;
}

interface UnitRow {
  readonly unit: string;
  readonly key: string;
  readonly files: string;
}

const readUnit = ({ key, files }: Omit<UnitRow, "unit">): BuiltUnit => ({ key, files: linesOf(files) });
const linesOf = (text: string): string[] => (text === "" ? [] : text.split("\n"));
const listsOf = (db: Db, table: string) =>
  db.prepare(`SELECT files || char(10) FROM ${table} WHERE site = ? AND files <> '' ORDER BY unit`).pluck();

const prepare = (db: Db) => ({
  built: db.prepare("SELECT unit, key, files FROM built WHERE site = ?"),
  unit: db.prepare("SELECT key, files FROM built WHERE site = ? AND unit = ?"),
  keys: {
    all: db.prepare("SELECT unit, key FROM built WHERE site = ?"),
    others: db.prepare("SELECT unit, key FROM built WHERE site = ? AND role <> 'person'"),
  },
  key: db.prepare("SELECT key FROM built WHERE site = ? AND unit = ?").pluck(),
  lists: listsOf(db, "built"),
  stood: db.prepare("SELECT making, turn, list, files, stand, told FROM stood WHERE site = ?"),
  putStood: db.prepare("INSERT OR REPLACE INTO stood (site, making, turn, list, files) VALUES (@site, @making, @turn, @list, @files)"),
  folders: db.prepare("SELECT folder, stamp FROM folder WHERE site = ?"),
  putFolder: db.prepare("INSERT OR REPLACE INTO folder (site, folder, stamp) VALUES (?, ?, ?)"),
  dropFolder: db.prepare("DELETE FROM folder WHERE site = ? AND folder = ?"),
  dropFolders: db.prepare("DELETE FROM folder WHERE site = ?"),
  tell: db.prepare("UPDATE stood SET stand = ?, told = ? WHERE site = ?"),
  rendered: db.prepare("SELECT unit, key, files, shard FROM rendered WHERE site = ?"),
  renderedUnits: db.prepare("SELECT unit FROM rendered WHERE site = ?").pluck(),
  addRendered: db.prepare("INSERT OR REPLACE INTO rendered (site, unit, role, key, files, shard) VALUES (?, ?, ?, ?, ?, ?)"),
  waiting: db.prepare("SELECT unit, files, shard FROM rendered WHERE site = ? ORDER BY role = 'list', unit DESC"),
  waitingLists: listsOf(db, "rendered"),
  forgetKeys: db.prepare("UPDATE built SET key = '' WHERE site = ? AND unit IN (SELECT unit FROM rendered WHERE site = ?)"),
  forgetStood: db.prepare("DELETE FROM stood WHERE site = ?"),
  put: db.prepare(`INSERT OR REPLACE INTO built (site, unit, role, key, files)
    SELECT site, unit, role, key, files FROM rendered WHERE site = ?`),
  drop: db.prepare("DELETE FROM built WHERE site = ? AND unit = ?"),
  dropOne: db.prepare("DELETE FROM rendered WHERE site = ? AND unit = ?"),
  dropRendered: db.prepare("DELETE FROM rendered WHERE site = ?"),
});
