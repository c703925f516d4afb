import type { Db } from "./open.ts";

/** What stands, or is ready to stand, in a site's folder. */
export interface BuiltUnit {
  /** What its pages were made from: the same key, the same bytes. */
  readonly key: string;
  /** Below the site's root. */
  readonly files: readonly string[];
}

/** Rendered, and not in its place yet. */
export interface RenderedUnit extends BuiltUnit {
  /** The folder that it waits in. */
  readonly shard: string;
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

  /** Of all units. */
  keys(): Map<string, string> {
    return new Map((this.#sql.keys.all(this.#site) as Omit<UnitRow, "files">[]).map(({ unit, key }) => [unit, key]));
  }

  /** The files of all units, a line each; some of them more than once. */
  list(): string {
    return (this.#sql.files.all(this.#site) as string[]).map((files) => `${files}\n`).join("");
  }

  rendered(): Map<string, RenderedUnit> {
    const rows = this.#sql.rendered.all(this.#site) as (UnitRow & { readonly shard: string })[];
    return new Map(rows.map(({ unit, shard, ...row }) => [unit, { ...readUnit(row), shard }]));
  }

  /** A shard is rendered: all of it or nothing. */
  addRendered(units: ReadonlyMap<string, RenderedUnit>): void {
    this.#in(() => {
      for (const [unit, { key, files, shard }] of units) this.#sql.addRendered.run(this.#site, unit, key, files.join("\n"), shard);
    });
  }

  /** What was rendered is in its place, and what is no unit any more is gone. */
  settle(put: ReadonlyMap<string, BuiltUnit>, gone: readonly string[]): void {
    this.#in(() => {
      for (const [unit, { key, files }] of put) this.#sql.put.run(this.#site, unit, key, files.join("\n"));
      for (const unit of gone) this.#sql.drop.run(this.#site, unit);
      this.#sql.dropRendered.run(this.#site);
    });
  }

  #in(work: () => void): void {
    this.#db.transaction(work).immediate();
  }
}

interface UnitRow {
  readonly unit: string;
  readonly key: string;
  readonly files: string;
}

const readUnit = ({ key, files }: Omit<UnitRow, "unit">): BuiltUnit => ({ key, files: linesOf(files) });
const linesOf = (text: string): string[] => (text === "" ? [] : text.split("\n"));

const prepare = (db: Db) => ({
  built: db.prepare("SELECT unit, key, files FROM built WHERE site = ?"),
  unit: db.prepare("SELECT key, files FROM built WHERE site = ? AND unit = ?"),
  keys: db.prepare("SELECT unit, key FROM built WHERE site = ?"),
  files: db.prepare("SELECT files FROM built WHERE site = ? AND files <> '' ORDER BY unit").pluck(),
  rendered: db.prepare("SELECT unit, key, files, shard FROM rendered WHERE site = ?"),
  addRendered: db.prepare("INSERT OR REPLACE INTO rendered (site, unit, key, files, shard) VALUES (?, ?, ?, ?, ?)"),
  put: db.prepare("INSERT OR REPLACE INTO built (site, unit, key, files) VALUES (?, ?, ?, ?)"),
  drop: db.prepare("DELETE FROM built WHERE site = ? AND unit = ?"),
  dropRendered: db.prepare("DELETE FROM rendered WHERE site = ?"),
});
