import { createHash } from "node:crypto";
import { zstdCompressSync, zstdDecompressSync } from "node:zlib";
import type { ChatSlug, Observation, Session, SessionSlug, SessionWindow, Tweet, TweetId } from "../model.ts";
import { Authors } from "./authors.ts";
import { mergeTweets } from "./merge.ts";
import { type Db, openArchiveDb, openDb } from "./open.ts";
import { type BoundTweet, columnsOf, readTweet, TWEET_COLUMNS, type TweetRow } from "./rows.ts";

/** What a body is kept under. */
export interface RawHead {
  readonly kind: "import" | "capture";
  readonly name: string;
  readonly format: string;
  readonly chat: ChatSlug;
  /** The session named by the user; empty: none. */
  readonly session: SessionSlug | "";
  readonly receivedAt: number;
  readonly size: number;
  readonly sha256: string;
}

/** A tweet's belonging to a chat. */
export interface Membership {
  readonly chat: ChatSlug;
  /** null: the windows decide. */
  readonly session: SessionSlug | null;
  /** Place in its file, for a tweet without a time. */
  readonly position: number | null;
}

export interface Member {
  readonly tweet: Tweet;
  readonly session: SessionSlug | null;
}

/** The archive's database. Every write happens inside `transaction`. */
export class Store {
  readonly #db: Db;
  readonly #authors: Authors;
  readonly #sql: ReturnType<typeof prepare>;

  constructor(db: Db) {
    this.#db = db;
    this.#sql = prepare(db);
    this.#authors = new Authors(db);
  }

  static open(file: string): Store {
    return new Store(openArchiveDb(file));
  }

  /** For tests: what a fresh connection finds in the file. */
  static pragma(file: string, name: string): unknown {
    const db = openDb(file);
    const value: unknown = db.pragma(name, { simple: true });
    db.close();
    return value;
  }

  close(): void {
    this.#db.close();
  }

  /** All of `work` or nothing of it, durable once this returns. */
  transaction<T>(work: () => T): T {
    return this.#db.transaction(work).immediate();
  }

  /** All that `work` reads is of one moment, whatever a writer does meanwhile. */
  snapshot<T>(work: () => T): T {
    return this.#db.transaction(work).deferred();
  }

  /** The body's number; the same body under the same head has one number, however often it comes. */
  beginRaw(head: RawHead): number {
    const known = this.#sql.findRaw.get(head.sha256, head.chat, head.session, head.format) as { id: number } | undefined;
    if (known !== undefined) return known.id;
    const { kind, name, format, chat, session, receivedAt, size, sha256 } = head;
    return Number(this.#sql.addRaw.run(kind, name, format, chat, session, receivedAt, size, sha256).lastInsertRowid);
  }

  /** Keeps one part as received; a part kept already is left as it is. */
  keepPart(raw: number, seq: number, bytes: Uint8Array): void {
    if (this.#sql.hasPart.get(raw, seq) !== undefined) return;
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    this.#sql.addPart.run(raw, seq, bytes.length, sha256, sha256, zstdCompressSync(bytes));
  }

  endRaw(raw: number): void {
    this.#sql.endRaw.run(raw);
  }

  /** The bytes of a body as kept, its parts joined. */
  rawBytes(raw: number): Buffer {
    const parts = this.#sql.parts.all(raw) as { body: Buffer }[];
    return Buffer.concat(parts.map((part) => zstdDecompressSync(part.body)));
  }

  raws(): readonly { readonly id: number; readonly name: string; readonly sha256: string; readonly complete: number }[] {
    return this.#sql.raws.all() as { id: number; name: string; sha256: string; complete: number }[];
  }

  /** Adds what one source told of one tweet. True: it is new as a tweet (not only as context). */
  add(observation: Observation): boolean {
    const { tweet, context, rounded } = observation;
    const author = this.#authors.keyFor(tweet);
    const id = this.heldId(tweet);
    const row = this.#sql.tweet.get(id) as TweetRow | undefined;
    if (row === undefined) {
      this.#sql.addTweet.run(columnsOf(tweet, author, context, rounded));
      for (const alias of tweet.aliases) this.#addAlias(alias, tweet.id);
      return !context;
    }
    this.#merge(row, observation, author);
    return row.context === 1 && !context;
  }

  /** The id a tweet is held under: its own, or that of the version that came first. */
  heldId(tweet: Pick<Tweet, "id" | "aliases">): TweetId {
    const [known] = [tweet.id, ...tweet.aliases].flatMap((id) => (this.#sql.alias.get(id) as { tweet: string } | undefined)?.tweet ?? []);
    return known ?? tweet.id;
  }

  #addAlias(alias: TweetId, tweet: TweetId): void {
    if (alias !== tweet) this.#sql.addAlias.run(alias, tweet);
  }

  #merge(row: TweetRow, observation: Observation, author: string): void {
    const held = readTweet(row, observation.tweet.author);
    const told = { ...observation.tweet, id: held.id };
    const merged = mergeTweets(held, told);
    for (const other of [held, told]) if (other.text !== merged.text) this.#sql.addVersion.run(held.id, other.text, other.edited);
    for (const alias of [observation.tweet.id, ...observation.tweet.aliases]) this.#addAlias(alias, held.id);
    const rounded = {
      replyTo: later(row.reply_to_rounded, observation.rounded.replyTo),
      repostOf: later(row.repost_of_rounded, observation.rounded.repostOf),
    };
    const known = row.author.startsWith("h:") ? author : row.author;
    const columns = columnsOf(merged, known, row.context === 1 && observation.context, rounded);
    if (differs(row, columns)) this.#sql.updateTweet.run(columns);
  }

  /** Makes a tweet one of a chat's. */
  join(tweet: Tweet, { chat, session, position }: Membership): void {
    this.#sql.join.run(chat, this.heldId(tweet), tweet.time, session, position);
  }

  /** Finds the ids that a spreadsheet rounded: a held tweet within the rounding error, where there is just one.
   *  Recomputed over all of them, so that the order of imports does not matter. Returns how many are found. */
  repairRounded(): number {
    const rows = this.#sql.rounded.all() as { id: string; reply_to_rounded: string | null; repost_of_rounded: string | null }[];
    let found = 0;
    for (const row of rows) {
      const replyTo = this.#unrounded(row.reply_to_rounded, row.id);
      const repostOf = this.#unrounded(row.repost_of_rounded, row.id);
      this.#sql.repair.run({ replyTo, repostOf, id: row.id });
      found += (replyTo === null ? 0 : 1) + (repostOf === null ? 0 : 1);
    }
    return found;
  }

  /** Fifteen digits are kept and the rest is rounded, not cut: the id lies up to half a unit of the fifteenth digit away on either side. */
  #unrounded(rounded: string | null, self: TweetId): TweetId | null {
    if (rounded === null || rounded.length < 16) return rounded;
    const half = 10n ** BigInt(rounded.length - 15) / 2n + 64n;
    const middle = BigInt(rounded);
    const near = this.#sql.near.all(String(middle - half), String(middle + half), rounded.length) as { id: string }[];
    const others = near.filter((row) => row.id !== self);
    return others.length === 1 ? (others[0]?.id ?? null) : null;
  }

  /** Keeps a session's window as it is now; a session already held does not change. */
  keepSession({ chat, slug, window }: Session): void {
    this.#sql.keepSession.run(chat, slug, window.start, window.minutes, window.lead, window.grace);
  }

  sessions(chat: ChatSlug): Session[] {
    const rows = this.#sql.sessions.all(chat) as ({ slug: string } & SessionWindow)[];
    return rows.map(({ slug, start, minutes, lead, grace }) => ({ chat, slug, window: { start, minutes, lead, grace } }));
  }

  /** A chat's tweets of [from, to), oldest first, and after them those that name `session`, without a time in the order of their file. */
  members(chat: ChatSlug, from: number, to: number, session: SessionSlug): Member[] {
    const inWindow = this.#sql.members.all(chat, from, to) as MemberRow[];
    const named = this.#sql.named.all(chat, session) as MemberRow[];
    const seen = new Set(inWindow.map((row) => row.id));
    return this.#readMembers([...inWindow, ...named.filter((row) => !seen.has(row.id))]);
  }

  /** How many tweets a chat has in [from, to), and how many name `session`. */
  countNamed(chat: ChatSlug, session: SessionSlug): number {
    return (this.#sql.countNamed.get(chat, session) as { n: number }).n;
  }

  /** The times of a chat's tweets without a session of their own, ascending; reposts too. */
  *times(chat: ChatSlug): Generator<number> {
    for (const row of this.#sql.times.iterate(chat) as IterableIterator<{ time: number }>) yield row.time;
  }

  /** Held tweets by id or alias, in no order. */
  tweets(ids: Iterable<TweetId>): Tweet[] {
    const wanted = [...new Set(ids)];
    const rows = wanted.flatMap((id) => {
      const held = (this.#sql.alias.get(id) as { tweet: string } | undefined)?.tweet ?? id;
      return (this.#sql.full.get(held) as FullRow | undefined) ?? [];
    });
    return rows.map((row) => this.#readFull(row));
  }

  /** A tweet's belonging to a chat, by its id or an alias; null: it is not one of the chat's. */
  member(chat: ChatSlug, id: TweetId): { readonly time: number | null; readonly session: SessionSlug | null } | null {
    const row = this.#sql.member.get(chat, this.heldId({ id, aliases: [] })) as { time: number | null; session: string | null } | undefined;
    return row ?? null;
  }

  counts(): { readonly tweets: number; readonly context: number } {
    return this.#sql.counts.get() as { tweets: number; context: number };
  }

  countMembers(chat: ChatSlug): number {
    return (this.#sql.countMembers.get(chat) as { n: number }).n;
  }

  /** Chats that have tweets. */
  chats(): ChatSlug[] {
    return (this.#sql.chats.all() as { chat: string }[]).map((row) => row.chat);
  }

  #readMembers(rows: readonly MemberRow[]): Member[] {
    return rows.map((row) => ({ tweet: this.#readFull(row), session: row.member_session }));
  }

  #readFull(row: FullRow): Tweet {
    const tweet = readTweet(row, { id: row.x_id, handle: row.handle, name: row.name });
    const aliases = row.aliases === 0 ? [] : (this.#sql.aliases.all(row.id) as { id: string }[]).map((a) => a.id);
    return {
      ...tweet,
      aliases,
      replyTo: tweet.replyTo ?? row.reply_to_repaired,
      repostOf: tweet.repostOf ?? row.repost_of_repaired,
    };
  }
}

interface FullRow extends TweetRow {
  readonly x_id: string | null;
  readonly handle: string;
  readonly name: string;
  readonly aliases: number;
}
interface MemberRow extends FullRow {
  readonly member_session: SessionSlug | null;
}

const later = (a: string | null, b: string | null): string | null => (a === null || b === null ? (a ?? b) : a >= b ? a : b);

const differs = (row: TweetRow, columns: BoundTweet): boolean => TWEET_COLUMNS.some((name) => row[name] !== columns[name]);

const FULL = `tweet.*, author.x_id, author.handle, author.name, EXISTS (SELECT 1 FROM alias WHERE alias.tweet = tweet.id) AS aliases`;

const prepare = (db: Db) => ({
  findRaw: db.prepare("SELECT id FROM raw WHERE sha256 = ? AND chat = ? AND session = ? AND format = ?"),
  addRaw: db.prepare("INSERT INTO raw (kind, name, format, chat, session, received_at, size, sha256) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"),
  endRaw: db.prepare("UPDATE raw SET complete = 1 WHERE id = ?"),
  hasPart: db.prepare("SELECT 1 FROM raw_part WHERE raw = ? AND seq = ?"),
  addPart: db.prepare("INSERT INTO raw_part (raw, seq, size, sha256, sha256_kept, body) VALUES (?, ?, ?, ?, ?, ?)"),
  parts: db.prepare("SELECT body FROM raw_part WHERE raw = ? ORDER BY seq"),
  raws: db.prepare("SELECT id, name, sha256, complete FROM raw ORDER BY id"),
  tweet: db.prepare("SELECT * FROM tweet WHERE id = ?"),
  addTweet: db.prepare(`INSERT INTO tweet (${TWEET_COLUMNS.join(", ")}) VALUES (${TWEET_COLUMNS.map((c) => `@${c}`).join(", ")})`),
  updateTweet: db.prepare(`UPDATE tweet SET ${TWEET_COLUMNS.map((c) => `${c} = @${c}`).join(", ")} WHERE id = @id`),
  alias: db.prepare("SELECT tweet FROM alias WHERE id = ?"),
  addAlias: db.prepare("INSERT OR IGNORE INTO alias (id, tweet) VALUES (?, ?)"),
  aliases: db.prepare("SELECT id FROM alias WHERE tweet = ? ORDER BY length(id), id"),
  addVersion: db.prepare("INSERT OR IGNORE INTO version (tweet, text, edited) VALUES (?, ?, ?)"),
  join: db.prepare(`INSERT INTO member (chat, tweet, time, session, position) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (chat, tweet) DO UPDATE SET session = max(coalesce(session, excluded.session), coalesce(excluded.session, session)),
      position = min(coalesce(position, excluded.position), coalesce(excluded.position, position)), time = coalesce(time, excluded.time)
    WHERE session IS NOT excluded.session OR position IS NOT excluded.position OR time IS NOT excluded.time`),
  rounded: db.prepare(
    "SELECT id, reply_to_rounded, repost_of_rounded FROM tweet WHERE reply_to_rounded IS NOT NULL OR repost_of_rounded IS NOT NULL",
  ),
  repair: db.prepare(
    "UPDATE tweet SET reply_to_repaired = @replyTo, repost_of_repaired = @repostOf WHERE id = @id AND (reply_to_repaired IS NOT @replyTo OR repost_of_repaired IS NOT @repostOf)",
  ),
  near: db.prepare("SELECT id FROM tweet WHERE id BETWEEN ? AND ? AND length(id) = ? LIMIT 3"),
  keepSession: db.prepare("INSERT OR IGNORE INTO session (chat, slug, start, minutes, lead, grace) VALUES (?, ?, ?, ?, ?, ?)"),
  sessions: db.prepare("SELECT slug, start, minutes, lead, grace FROM session WHERE chat = ? ORDER BY start, slug"),
  members:
    db.prepare(`SELECT ${FULL}, member.session AS member_session FROM member JOIN tweet ON tweet.id = member.tweet JOIN author ON author.key = tweet.author
    WHERE member.chat = ? AND member.time >= ? AND member.time < ? ORDER BY member.time, length(tweet.id), tweet.id`),
  named:
    db.prepare(`SELECT ${FULL}, member.session AS member_session FROM member JOIN tweet ON tweet.id = member.tweet JOIN author ON author.key = tweet.author
    WHERE member.chat = ? AND member.session = ? ORDER BY member.time IS NULL, member.time, member.position, tweet.id`),
  member: db.prepare("SELECT time, session FROM member WHERE chat = ? AND tweet = ?"),
  countNamed: db.prepare("SELECT count(*) AS n FROM member WHERE chat = ? AND session = ?"),
  times: db.prepare("SELECT time FROM member WHERE chat = ? AND session IS NULL AND time IS NOT NULL ORDER BY time"),
  full: db.prepare(`SELECT ${FULL} FROM tweet JOIN author ON author.key = tweet.author WHERE tweet.id = ?`),
  counts: db.prepare("SELECT count(*) FILTER (WHERE context = 0) AS tweets, count(*) FILTER (WHERE context = 1) AS context FROM tweet"),
  countMembers: db.prepare("SELECT count(*) AS n FROM member WHERE chat = ?"),
  chats: db.prepare("SELECT DISTINCT chat FROM member ORDER BY chat"),
});
