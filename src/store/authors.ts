import type { Tweet } from "../model.ts";
import type { Db } from "./open.ts";

interface AuthorRow {
  readonly key: string;
  readonly x_id: string | null;
  readonly handle: string;
  readonly name: string;
  readonly seen_time: number;
  readonly seen_id: string;
}

/** Who is who: X's id where known, else the handle in lower case. The newest tweet tells handle and name;
 *  older handles lead to the same person. */
export class Authors {
  readonly #sql: ReturnType<typeof prepare>;

  constructor(db: Db) {
    this.#sql = prepare(db);
  }

  /** The key of a tweet's author, told by that tweet. */
  keyFor(tweet: Tweet): string {
    const handle = tweet.author.handle.toLowerCase();
    const known = (this.#sql.byHandle.get(handle) as { author: string } | undefined)?.author;
    const key = tweet.author.id ?? known ?? `h:${handle}`;
    this.#tell(key, tweet);
    if (known === undefined) this.#sql.addHandle.run(handle, key);
    else if (known !== key) this.#reconcile(handle, known, key);
    return key;
  }

  #tell(key: string, tweet: Tweet): void {
    const row = this.#sql.author.get(key) as AuthorRow | undefined;
    const told: AuthorRow = {
      key,
      x_id: tweet.author.id,
      handle: tweet.author.handle,
      name: tweet.author.name,
      seen_time: tweet.time ?? 0,
      seen_id: tweet.id,
    };
    if (row === undefined) this.#sql.add.run(told);
    else if (isNewer(told, row)) this.#sql.update.run({ ...told, x_id: told.x_id ?? row.x_id, name: told.name || row.name });
    else if (row.name === "" && told.name !== "") this.#sql.update.run({ ...row, name: told.name });
  }

  /** A handle known under another key: without an id it was the same person; with one, the handle has changed hands. */
  #reconcile(handle: string, known: string, key: string): void {
    if (!known.startsWith("h:")) {
      const [was, is] = [known, key].map((k) => this.#sql.author.get(k) as AuthorRow);
      if (was !== undefined && is !== undefined && isNewer(is, was)) this.#sql.moveHandle.run(key, handle);
      return;
    }
    const was = this.#sql.author.get(known) as AuthorRow;
    const is = this.#sql.author.get(key) as AuthorRow;
    if (isNewer(was, is)) this.#sql.update.run({ ...was, key, x_id: is.x_id });
    this.#sql.moveHandles.run(key, known);
    this.#sql.moveTweets.run(key, known);
    this.#sql.remove.run(known);
  }
}

/** By the time of the tweet that told, then its id; the handle and name break ties, so that order does not matter. */
function isNewer(a: AuthorRow, b: AuthorRow): boolean {
  const order = a.seen_time - b.seen_time || a.seen_id.length - b.seen_id.length || compare(a.seen_id, b.seen_id);
  return (order || compare(a.name, b.name) || compare(a.handle, b.handle)) > 0;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const prepare = (db: Db) => ({
  byHandle: db.prepare("SELECT author FROM handle WHERE handle = ?"),
  author: db.prepare("SELECT * FROM author WHERE key = ?"),
  add: db.prepare(
    "INSERT INTO author (key, x_id, handle, name, seen_time, seen_id) VALUES (@key, @x_id, @handle, @name, @seen_time, @seen_id)",
  ),
  update: db.prepare(
    "UPDATE author SET x_id = @x_id, handle = @handle, name = @name, seen_time = @seen_time, seen_id = @seen_id WHERE key = @key",
  ),
  remove: db.prepare("DELETE FROM author WHERE key = ?"),
  addHandle: db.prepare("INSERT INTO handle (handle, author) VALUES (?, ?)"),
  moveHandle: db.prepare("UPDATE handle SET author = ? WHERE handle = ?"),
  moveHandles: db.prepare("UPDATE handle SET author = ? WHERE author = ?"),
  moveTweets: db.prepare("UPDATE tweet SET author = ? WHERE author = ?"),
});
