import type { ChatSlug, RemovalReason, SessionSlug, Tombstone, TweetId } from "../model.ts";
import type { Db } from "./open.ts";

/** A tombstone and where it stands. chat "": it was known as context only. */
export interface Grave extends Tombstone {
  readonly chat: ChatSlug | "";
  readonly session: SessionSlug | null;
  readonly position: number | null;
}

interface GraveRow {
  readonly chat: string;
  readonly tweet: TweetId;
  readonly time: number | null;
  readonly session: SessionSlug | null;
  readonly position: number | null;
  readonly reason: RemovalReason;
  readonly removed: string;
  readonly asked: string | null;
  readonly page: number;
  readonly anchor: number;
}

/** An account or a bare handle, as authors are kept. */
export interface AuthorKey {
  readonly key: string;
  readonly handle: string;
}

/** What is removed and what is left of it. Every write happens inside `Store.transaction`. */
export class Removals {
  readonly #db: Db;
  readonly #sql: ReturnType<typeof prepare>;

  constructor(db: Db) {
    this.#db = db;
    this.#sql = prepare(db);
  }

  /** Sets a tombstone; what one that stands already says is kept, but for what it did not know. */
  entomb({ chat, tweet, time, session, position, reason, on, asked, page, anchor }: Grave): void {
    const row = { chat, tweet, time, session, position, reason, removed: on, asked, page: page ? 1 : 0, anchor: anchor ? 1 : 0 };
    this.#sql.entomb.run(row);
  }

  /** Tombstones of a chat: of the window [from, to), and those without a time or after it that name the session. In order. */
  graves(chat: ChatSlug, from: number, to: number, session: SessionSlug): Grave[] {
    return (this.#sql.graves.all({ chat, from, to, session }) as GraveRow[]).map(readGrave);
  }

  /** Whether and why a tweet is removed; null: it is not. */
  grave(tweet: TweetId): Grave | null {
    const row = this.#sql.grave.get(tweet) as GraveRow | undefined;
    return row === undefined ? null : readGrave(row);
  }

  get isEmpty(): boolean {
    return this.#sql.any.get() === undefined;
  }

  /** The chats a held tweet is one of, with what its sources said. */
  memberships(tweet: TweetId): { chat: ChatSlug; session: SessionSlug | null; position: number | null }[] {
    return this.#sql.memberships.all(tweet) as { chat: ChatSlug; session: SessionSlug | null; position: number | null }[];
  }

  /** Held tweets that repost one. */
  reposts(tweet: TweetId): TweetId[] {
    return this.#sql.reposts.all({ tweet }) as TweetId[];
  }

  /** Held tweets that speak of a handle, with their texts. */
  mentioning(handle: string): { readonly id: TweetId; readonly text: string }[] {
    return this.#sql.mentioning.all({ handle: handle.toLowerCase() }) as { id: TweetId; text: string }[];
  }

  /** Every key and handle somebody who used this handle is known by. */
  keysOf(handle: string): AuthorKey[] {
    return this.#sql.keys.all({ handle: handle.toLowerCase() }) as AuthorKey[];
  }

  /** The handles that an account used. */
  handlesOf(key: string): string[] {
    return this.#sql.handles.all({ key }) as string[];
  }

  tweetsOf(key: string): TweetId[] {
    return this.#sql.tweetsOf.all(key) as TweetId[];
  }

  /** All that is held of a tweet. */
  drop(tweet: TweetId): void {
    for (const sql of this.#sql.drop) sql.run({ tweet });
  }

  /** Authors no held tweet leads to any more. */
  orphans(): AuthorKey[] {
    return this.#sql.orphans.all() as AuthorKey[];
  }

  dropAuthor(key: string): void {
    for (const sql of this.#sql.dropAuthor) sql.run({ key });
  }

  /** Puts other words in the place of those of a tweet's older versions. */
  rewriteVersions(tweet: TweetId, rewrite: (text: string) => string): void {
    for (const text of this.#sql.versions.all(tweet) as string[]) {
      const now = rewrite(text);
      if (now !== text) this.#sql.rewriteVersion.run({ tweet, text, now });
    }
  }

  /** How many records were cut out of raw parts until now. */
  get erased(): number {
    return this.#sql.erased.get() as number;
  }

  /** Gives the file back what was freed, and empties the log beside it. false: somebody reads, so the log could not be emptied. */
  compact(): boolean {
    this.#db.exec("VACUUM");
    const [done] = this.#db.pragma("wal_checkpoint(TRUNCATE)") as { busy: number }[];
    return done?.busy === 0;
  }
}

const readGrave = ({ removed, page, anchor, ...row }: GraveRow): Grave => ({ ...row, on: removed, page: page === 1, anchor: anchor === 1 });

const prepare = (db: Db) => ({
  entomb: db.prepare(`INSERT INTO tombstone (chat, tweet, time, session, position, reason, removed, asked, page, anchor)
    VALUES (@chat, @tweet, @time, @session, @position, @reason, @removed, @asked, @page, @anchor)
    ON CONFLICT (chat, tweet) DO UPDATE SET time = coalesce(time, excluded.time), session = coalesce(session, excluded.session),
      position = coalesce(position, excluded.position), asked = coalesce(asked, excluded.asked), page = max(page, excluded.page)`),
  graves: db.prepare(`SELECT * FROM tombstone WHERE chat = @chat AND (time >= @from AND time < @to OR session = @session)
    ORDER BY time IS NULL, time, position, length(tweet), tweet`),
  grave: db.prepare("SELECT * FROM tombstone WHERE tweet = ? ORDER BY chat DESC LIMIT 1"),
  any: db.prepare("SELECT 1 FROM tombstone LIMIT 1"),
  memberships: db.prepare("SELECT chat, session, position FROM member WHERE tweet = ? ORDER BY chat"),
  reposts: db.prepare("SELECT id FROM tweet WHERE repost_of = @tweet OR repost_of_repaired = @tweet ORDER BY length(id), id").pluck(),
  mentioning: db.prepare(
    `SELECT id, text FROM tweet WHERE instr(lower(text || ' ' || links || mentions || media || coalesce(heading, '') || coalesce(reply_to_user, '')), @handle) > 0
       OR id IN (SELECT tweet FROM version WHERE instr(lower(text), @handle) > 0) ORDER BY length(id), id`,
  ),
  keys: db.prepare(`SELECT key, handle FROM author WHERE key = 'h:' || @handle OR key IN (SELECT author FROM handle WHERE handle = @handle)
    ORDER BY key`),
  handles: db.prepare("SELECT handle FROM handle WHERE author = @key UNION SELECT lower(handle) FROM author WHERE key = @key").pluck(),
  tweetsOf: db.prepare("SELECT id FROM tweet WHERE author = ? ORDER BY length(id), id").pluck(),
  drop: [
    "DELETE FROM version WHERE tweet = @tweet",
    "DELETE FROM alias WHERE tweet = @tweet",
    "DELETE FROM member WHERE tweet = @tweet",
    "DELETE FROM metrics WHERE tweet = @tweet",
    "DELETE FROM absence WHERE tweet = @tweet",
    "DELETE FROM tweet WHERE id = @tweet",
  ].map((sql) => db.prepare(sql)),
  orphans: db.prepare(`SELECT key, handle FROM author WHERE NOT EXISTS (SELECT 1 FROM tweet WHERE tweet.author = author.key)
    AND NOT EXISTS (SELECT 1 FROM handle JOIN tweet ON tweet.author = 'h:' || handle.handle WHERE handle.author = author.key)`),
  dropAuthor: ["DELETE FROM handle WHERE author = @key", "DELETE FROM author WHERE key = @key"].map((sql) => db.prepare(sql)),
  versions: db.prepare("SELECT text FROM version WHERE tweet = ?").pluck(),
  rewriteVersion: db.prepare("UPDATE OR REPLACE version SET text = @now WHERE tweet = @tweet AND text = @text"),
  erased: db.prepare("SELECT coalesce(sum(records), 0) FROM erasure").pluck(),
});
