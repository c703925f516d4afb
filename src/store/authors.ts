import type { Author, Tweet } from "../model.ts";
import type { Db } from "./open.ts";

interface AuthorRow {
  readonly key: string;
  readonly handle: string;
  readonly name: string;
  readonly seen_time: number;
  readonly seen_id: string;
}

/** Who is who: X's id where a source told it, else the handle in lower case. The newest tweet that has a name tells handle and name.
 *  Nothing is decided while tweets arrive: a tweet keeps the key it was told under, and who that is, is asked when it is read.
 *  So the order of imports does not matter. */
export class Authors {
  readonly #sql: ReturnType<typeof prepare>;

  constructor(db: Db) {
    this.#sql = prepare(db);
  }

  /** Takes in what a tweet tells of its author. Returns the key it is told under. */
  tell({ author: { id, handle, name }, time, id: tweet }: Tweet): string {
    const key = id ?? keyOfHandle(handle);
    const told = { key, handle, name, seen_time: time ?? 0, seen_id: tweet };
    const row = this.#sql.author.get(key) as AuthorRow | undefined;
    if (row === undefined || isNewer(told, row)) this.#sql.put.run(told);
    if (id !== null) this.#sql.use.run({ handle: handle.toLowerCase(), author: id, time });
    return key;
  }

  /** Who wrote a tweet that was told under `key`. A handle alone leads to whoever used it nearest to that time, as far as that is known. */
  who(key: string, time: number | null): Author {
    const holder = key.startsWith(HANDLE) ? (this.#sql.holder.get({ handle: key.slice(HANDLE.length), time }) as string | undefined) : key;
    const row = this.#sql.author.get(holder ?? key) as AuthorRow;
    return { id: holder ?? null, handle: row.handle, name: row.name };
  }

  /** Whoever used a handle last; null: no id is known. `handle`: in lower case. */
  last(handle: string): string | null {
    return (this.#sql.last.get(handle) as string | undefined) ?? null;
  }

  /** The handles of accounts that had more than one; of each handle whoever used it last comes first. */
  changed(): { readonly handle: string; readonly author: string }[] {
    return this.#sql.changed.all() as { handle: string; author: string }[];
  }
}

const HANDLE = "h:";
const keyOfHandle = (handle: string): string => HANDLE + handle.toLowerCase();

/** Of two keys that one tweet was told under, the surer: X's id, then the greater. */
export const surerKey = (a: string, b: string): string => (compareSure(a, b) >= 0 ? a : b);
const compareSure = (a: string, b: string): number => Number(b.startsWith(HANDLE)) - Number(a.startsWith(HANDLE)) || compare(a, b);

/** By the time of the tweet that told, then its id; name and handle break ties, so that order does not matter. No name is the oldest. */
function isNewer(a: AuthorRow, b: AuthorRow): boolean {
  const named = Number(a.name !== "") - Number(b.name !== "");
  const order = named || a.seen_time - b.seen_time || a.seen_id.length - b.seen_id.length || compare(a.seen_id, b.seen_id);
  return (order || compare(a.name, b.name) || compare(a.handle, b.handle)) > 0;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const prepare = (db: Db) => ({
  author: db.prepare("SELECT * FROM author WHERE key = ?"),
  put: db.prepare(`INSERT INTO author (key, handle, name, seen_time, seen_id) VALUES (@key, @handle, @name, @seen_time, @seen_id)
    ON CONFLICT (key) DO UPDATE SET handle = @handle, name = @name, seen_time = @seen_time, seen_id = @seen_id`),
  use: db.prepare(`INSERT INTO handle (handle, author, first, last) VALUES (@handle, @author, @time, @time)
    ON CONFLICT (handle, author) DO UPDATE SET first = min(coalesce(first, excluded.first), coalesce(excluded.first, first)),
      last = max(coalesce(last, excluded.last), coalesce(excluded.last, last))
    WHERE first IS NULL OR excluded.first < first OR excluded.last > last`),
  last: db.prepare("SELECT author FROM handle WHERE handle = ? ORDER BY last DESC, author DESC LIMIT 1").pluck(),
  changed: db.prepare(`SELECT handle, author FROM handle WHERE author IN (SELECT author FROM handle GROUP BY author HAVING count(*) > 1)
    ORDER BY handle, last DESC, author DESC`),
  holder: db
    .prepare(
      `SELECT author FROM handle WHERE handle = @handle
       ORDER BY coalesce(max(first - @time, @time - last, 0), 9e15), last DESC, author DESC LIMIT 1`,
    )
    .pluck(),
});
