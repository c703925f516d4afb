import type { Media, TweetId } from "../model.ts";
import type { Db } from "./open.ts";

/** What became of an image that was asked for: `file`, its name in media/, or `why` there is none. */
export type Picture = { readonly file: string; readonly why: null } | { readonly file: null; readonly why: string };

/** Images by their address. Every write happens inside `Store.transaction`. */
export class Pictures {
  readonly #sql: ReturnType<typeof prepare>;

  constructor(db: Db) {
    this.#sql = prepare(db);
  }

  /** Whether it was asked for and answered, by an image or by the reason there is none. */
  has(url: string): boolean {
    return this.#sql.get.get(url) !== undefined;
  }

  keep(url: string, { file, why }: Picture, at: number): void {
    this.#sql.keep.run(url, file, why, at);
  }

  /** The media of a tweet with the files that are kept of them. A file that an import named stays. */
  fill(media: readonly Media[]): readonly Media[] {
    return media.map((one) => (one.file === null ? { ...one, file: this.file(one.url) } : one));
  }

  /** Its name in media/; null: none is kept. */
  file(url: string): string | null {
    return (this.#sql.get.get(url) as { file: string | null } | undefined)?.file ?? null;
  }

  /** The files that are kept here, each once. */
  files(): string[] {
    return this.#sql.files.all() as string[];
  }

  /** The files of media/ that held tweets show, those of `except` aside: kept here, or named by an import. */
  shown(except: readonly TweetId[] = []): Set<string> {
    return new Set(this.#sql.shown.all(JSON.stringify(except)) as string[]);
  }

  /** Those whose address no held tweet has any more. */
  unshown(): { readonly url: string; readonly file: string | null }[] {
    return this.#sql.unshown.all() as { url: string; file: string | null }[];
  }

  drop(url: string): void {
    this.#sql.drop.run(url);
  }
}

const prepare = (db: Db) => ({
  get: db.prepare("SELECT file FROM picture WHERE url = ?"),
  keep: db.prepare("INSERT OR REPLACE INTO picture (url, file, why, at) VALUES (?, ?, ?, ?)"),
  files: db.prepare("SELECT DISTINCT file FROM picture WHERE file IS NOT NULL ORDER BY file").pluck(),
  shown: db
    .prepare(
      `SELECT DISTINCT coalesce(json_extract(one.value, '$.file'), picture.file) AS shown
       FROM tweet, json_each(tweet.media) AS one LEFT JOIN picture ON picture.url = json_extract(one.value, '$.url')
       WHERE shown IS NOT NULL AND tweet.id NOT IN (SELECT value FROM json_each(?))`,
    )
    .pluck(),
  unshown: db.prepare(`SELECT url, file FROM picture WHERE url NOT IN
    (SELECT json_extract(one.value, '$.url') FROM tweet, json_each(tweet.media) AS one) ORDER BY url`),
  drop: db.prepare("DELETE FROM picture WHERE url = ?"),
});
