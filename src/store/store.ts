import type { ChatSlug, Observation, Session, SessionSlug, SessionWindow, Tweet, TweetId } from "../model.ts";
import { Absences } from "./absence.ts";
import { Arrivals } from "./arrivals.ts";
import { Authors, surerKey } from "./authors.ts";
import { Coverages } from "./coverage.ts";
import { Gatherer } from "./gather.ts";
import { Marks } from "./marks.ts";
import { compareIds, greater, mergeTweets } from "./merge.ts";
import { type Db, keepLittle, openArchiveDb } from "./open.ts";
import { Pictures } from "./pictures.ts";
import { RawStore } from "./raw.ts";
import { Removals } from "./removals.ts";
import { repairRounded } from "./rounded.ts";
import { columnsOf, readTweet, TWEET_COLUMNS, type TweetRow } from "./rows.ts";

/** A tweet's belonging to a chat. */
export interface Membership {
  readonly chat: ChatSlug;
  /** As a source named it; null: none did. It counts only where no window can decide. */
  readonly session: SessionSlug | null;
  /** Place in its file, for a tweet without a time. */
  readonly position: number | null;
  /** It came in by its conversation, not by the tag. */
  readonly untagged?: boolean;
}

export interface Member {
  readonly tweet: Tweet;
  readonly session: SessionSlug | null;
  /** It came in by its conversation or because a host wrote it, not by the tag. */
  readonly untagged: boolean;
}

/** The archive's database. Every write happens inside `transaction`. */
export class Store {
  readonly raw: RawStore;
  readonly removals: Removals;
  readonly coverage: Coverages;
  readonly gatherer: Gatherer;
  readonly pictures: Pictures;
  readonly absences: Absences;
  readonly arrivals: Arrivals;
  readonly marks: Marks;
  readonly #db: Db;
  readonly #authors: Authors;
  readonly #sql: ReturnType<typeof prepare>;

  constructor(db: Db) {
    this.#db = db;
    this.#sql = prepare(db);
    this.#authors = new Authors(db);
    this.raw = new RawStore(db);
    this.removals = new Removals(db);
    this.coverage = new Coverages(db);
    this.gatherer = new Gatherer(db);
    this.pictures = new Pictures(db);
    this.absences = new Absences(db);
    this.arrivals = new Arrivals(db);
    this.marks = new Marks(db);
  }

  static open(file: string): Store {
    return new Store(openArchiveDb(file));
  }

  /** Spares memory, where sessions are read one after the other. */
  keepLittle(): void {
    keepLittle(this.#db);
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

  /** Adds what one source told of one tweet. True: it is new as a tweet (not only as context). */
  add({ tweet, context, rounded }: Observation): boolean {
    const author = this.#authors.tell(tweet);
    const id = this.#gather(tweet);
    const row = this.#sql.tweet.get(id) as TweetRow | undefined;
    this.#put({ tweet: { ...tweet, id }, author, context, rounded });
    for (const version of versionsOf(tweet)) if (version !== id) this.#sql.addAlias.run(version, id);
    return !context && row?.context !== 0;
  }

  /** The id a tweet is held under: that of its oldest version known. */
  heldAs(id: TweetId): TweetId {
    return this.#heldId(id);
  }

  /** The id a tweet is held under from now on: the oldest of its versions known. Versions held apart until now become one tweet. */
  #gather(tweet: Tweet): TweetId {
    if (tweet.aliases.length === 0) return this.#heldId(tweet.id);
    const held = new Set(versionsOf(tweet).map((id) => this.#heldId(id)));
    const oldest = [...held, ...versionsOf(tweet)].reduce((a, b) => (compareIds(a, b) <= 0 ? a : b));
    for (const id of held) if (id !== oldest) this.#move(id, oldest);
    return oldest;
  }

  #heldId(id: TweetId): TweetId {
    return (this.#sql.alias.get(id) as string | undefined) ?? id;
  }

  /** One tweet becomes a version of another, which may not be held yet. */
  #move(from: TweetId, to: TweetId): void {
    const row = this.#sql.tweet.get(from) as TweetRow | undefined;
    if (row === undefined) return;
    const rounded = { replyTo: row.reply_to_rounded, repostOf: row.repost_of_rounded };
    this.#put({ tweet: { ...readTweet(row, NOBODY), id: to }, author: row.author, context: row.context === 1, rounded });
    const { text } = this.#sql.tweet.get(to) as TweetRow;
    for (const move of this.#sql.move) move.run({ from, to, text });
    this.#sql.addAlias.run(from, to);
  }

  /** Writes a tweet, or merges it into the one held under its id. */
  #put({ tweet, author, context, rounded }: Pick<Observation, "tweet" | "context" | "rounded"> & { author: string }): void {
    const row = this.#sql.tweet.get(tweet.id) as TweetRow | undefined;
    if (row === undefined) return void this.#sql.addTweet.run(columnsOf(tweet, author, context, rounded));
    const held = readTweet(row, tweet.author);
    const merged = mergeTweets(held, tweet);
    const columns = columnsOf(merged, surerKey(row.author, author), row.context === 1 && context, {
      replyTo: greater(row.reply_to_rounded, rounded.replyTo),
      repostOf: greater(row.repost_of_rounded, rounded.repostOf),
    });
    if (TWEET_COLUMNS.some((name) => row[name] !== columns[name])) this.#sql.updateTweet.run(columns);
    if (merged.time !== held.time) this.#sql.moveMember.run(merged.time, tweet.id);
    for (const { text, edited } of [held, tweet]) if (text !== merged.text) this.#sql.addVersion.run(tweet.id, text, edited);
    if (merged.text !== held.text) this.#sql.dropVersion.run(tweet.id, merged.text);
  }

  /** Puts other words in the place of a held tweet's, as long as it is the same tweet. Nothing of the old ones is kept. */
  rewrite(id: TweetId, rewrite: (tweet: Tweet) => Tweet): void {
    const row = this.#sql.tweet.get(id) as TweetRow | undefined;
    if (row === undefined) return;
    const rounded = { replyTo: row.reply_to_rounded, repostOf: row.repost_of_rounded };
    const columns = columnsOf(rewrite(readTweet(row, NOBODY)), row.author, row.context === 1, rounded);
    if (TWEET_COLUMNS.some((name) => row[name] !== columns[name])) this.#sql.updateTweet.run(columns);
    this.removals.rewriteVersions(id, (text) => rewrite({ ...readTweet(row, NOBODY), text }).text);
  }

  /** Makes a held tweet one of a chat's. */
  join({ id }: Pick<Tweet, "id">, { chat, session, position, untagged = false }: Membership): void {
    this.#sql.join.run({ chat, id: this.#heldId(id), session, position, untagged: untagged ? 1 : 0 });
  }

  /** Looks for the ids that spreadsheets rounded. Call it when tweets have been added. */
  repairRounded(): void {
    repairRounded(this.#db);
  }

  /** Keeps a session's window as it is now; a session already held does not change. */
  keepSession({ chat, slug, window }: Session): void {
    this.#sql.keepSession.run(chat, slug, window.start, window.minutes, window.lead, window.grace);
  }

  /** The sessions held of a chat, as they were when their first tweet arrived. */
  sessions(chat: ChatSlug): Session[] {
    const rows = this.#sql.sessions.all(chat) as ({ slug: string } & SessionWindow)[];
    return rows.map(({ slug, start, minutes, lead, grace }) => ({ chat, slug, window: { start, minutes, lead, grace } }));
  }

  /** The windows of the sessions held of a chat, each as a word: another window, another word. */
  windows(chat: ChatSlug): Map<SessionSlug, string> {
    return new Map(this.#sql.windows.raw().all(chat) as [SessionSlug, string][]);
  }

  /** The window of a session that is held. */
  window(chat: ChatSlug, session: SessionSlug): SessionWindow | null {
    return (this.#sql.window.get(chat, session) as SessionWindow | undefined) ?? null;
  }

  /** A chat's tweets of [from, to), oldest first, and after them those that name `session`, without a time in the order of their file. */
  members(chat: ChatSlug, from: number, to: number, session: SessionSlug): Member[] {
    const inWindow = this.#sql.members.all(chat, from, to) as MemberRow[];
    const named = this.#sql.named.all(chat, session) as MemberRow[];
    const seen = new Set(inWindow.map((row) => row.id));
    return [...inWindow, ...named.filter((row) => !seen.has(row.id))].map((row) => this.#readMember(row));
  }

  /** A tweet of a chat, by its id or an alias; null: it is not one of the chat's. */
  member(chat: ChatSlug, id: TweetId): Member | null {
    const row = this.#sql.member.get(chat, this.#heldId(id)) as MemberRow | undefined;
    return row === undefined ? null : this.#readMember(row);
  }

  /** Held tweets by id or alias, each once, in no order. */
  tweets(ids: Iterable<TweetId>): Tweet[] {
    const wanted = new Set([...ids].map((id) => this.#heldId(id)));
    return [...wanted].flatMap((id) => {
      const row = this.#sql.full.get(id) as FullRow | undefined;
      return row === undefined ? [] : [this.#read(row)];
    });
  }

  counts(): { readonly tweets: number; readonly context: number } {
    return this.#sql.counts.get() as { tweets: number; context: number };
  }

  /** Who used which handle. */
  get users(): Pick<Authors, "last" | "changed"> {
    return this.#authors;
  }

  countMembers(chat: ChatSlug): number {
    return (this.#sql.countMembers.get(chat) as { n: number }).n;
  }

  /** How many tweets of a chat `members` would return, at most. */
  countOf(chat: ChatSlug, from: number, to: number, session: SessionSlug): number {
    return (this.#sql.countOf.get({ chat, from, to, session }) as { n: number }).n;
  }

  /** When each tweet of a chat was written and by whom, in order of time; those without a time are left out. */
  posts(chat: ChatSlug): Iterable<{ readonly time: number; readonly who: string }> {
    return this.#sql.posts.iterate(chat) as Iterable<{ time: number; who: string }>;
  }

  #readMember(row: MemberRow): Member {
    return { tweet: this.#read(row), session: row.member_session, untagged: row.member_untagged === 1 };
  }

  #read(row: FullRow): Tweet {
    const tweet = readTweet(row, this.#authors.who(row.author, row.time));
    return {
      ...tweet,
      media: this.pictures.fill(tweet.media),
      aliases: row.aliases === 0 ? [] : (this.#sql.aliases.all(row.id) as TweetId[]),
      replyTo: tweet.replyTo ?? row.reply_to_repaired,
      repostOf: tweet.repostOf ?? row.repost_of_repaired,
    };
  }
}

interface FullRow extends TweetRow {
  readonly aliases: number;
}
interface MemberRow extends FullRow {
  readonly member_session: SessionSlug | null;
  readonly member_untagged: number;
}

const versionsOf = (tweet: Tweet): readonly TweetId[] => [tweet.id, ...tweet.aliases];

/** For a row whose author stays a key. */
const NOBODY = { id: null, handle: "", name: "" };

const FULL = "tweet.*, EXISTS (SELECT 1 FROM alias WHERE alias.tweet = tweet.id) AS aliases";
const MEMBERS = `SELECT ${FULL}, member.session AS member_session, member.untagged AS member_untagged FROM member JOIN tweet ON tweet.id = member.tweet WHERE member.chat = ?`;
/** Two memberships of one tweet in one chat become one. */
const JOINED = `ON CONFLICT (chat, tweet) DO UPDATE SET
  session = max(coalesce(session, excluded.session), coalesce(excluded.session, session)),
  position = min(coalesce(position, excluded.position), coalesce(excluded.position, position)),
  untagged = min(untagged, excluded.untagged)`;
const ADD_VERSION = `ON CONFLICT (tweet, text) DO UPDATE SET
  edited = max(coalesce(edited, excluded.edited), coalesce(excluded.edited, edited))`;

const prepare = (db: Db) => ({
  tweet: db.prepare("SELECT * FROM tweet WHERE id = ?"),
  addTweet: db.prepare(`INSERT INTO tweet (${TWEET_COLUMNS.join(", ")}) VALUES (${TWEET_COLUMNS.map((c) => `@${c}`).join(", ")})`),
  updateTweet: db.prepare(`UPDATE tweet SET ${TWEET_COLUMNS.map((c) => `${c} = @${c}`).join(", ")} WHERE id = @id`),
  alias: db.prepare("SELECT tweet FROM alias WHERE id = ?").pluck(),
  addAlias: db.prepare("INSERT OR IGNORE INTO alias (id, tweet) VALUES (?, ?)"),
  aliases: db.prepare("SELECT id FROM alias WHERE tweet = ? ORDER BY length(id), id").pluck(),
  addVersion: db.prepare(`INSERT INTO version (tweet, text, edited) VALUES (?, ?, ?) ${ADD_VERSION}`),
  dropVersion: db.prepare("DELETE FROM version WHERE tweet = ? AND text = ?"),
  move: [
    "UPDATE alias SET tweet = @to WHERE tweet = @from",
    `INSERT INTO version (tweet, text, edited) SELECT @to, text, edited FROM version WHERE tweet = @from AND text <> @text ${ADD_VERSION}`,
    "DELETE FROM version WHERE tweet = @from",
    `INSERT INTO member (chat, tweet, time, session, position, untagged)
     SELECT chat, @to, (SELECT time FROM tweet WHERE id = @to), session, position, untagged FROM member WHERE tweet = @from ${JOINED}`,
    "DELETE FROM member WHERE tweet = @from",
    `INSERT OR IGNORE INTO metrics (tweet, at, replies, reposts, quotes, likes)
     SELECT @to, at, replies, reposts, quotes, likes FROM metrics WHERE tweet = @from`,
    "DELETE FROM metrics WHERE tweet = @from",
    `INSERT INTO absence (tweet, why, first, last, hidden) SELECT @to, why, first, last, hidden FROM absence WHERE tweet = @from
     ON CONFLICT (tweet) DO UPDATE SET why = excluded.why, first = excluded.first, last = excluded.last, hidden = excluded.hidden
     WHERE excluded.hidden > hidden`,
    "DELETE FROM absence WHERE tweet = @from",
    "DELETE FROM tweet WHERE id = @from",
  ].map((sql) => db.prepare(sql)),
  join: db.prepare(`INSERT INTO member (chat, tweet, time, session, position, untagged)
    SELECT @chat, id, time, @session, @position, @untagged FROM tweet WHERE id = @id
    ${JOINED} WHERE session IS NOT excluded.session OR position IS NOT excluded.position OR untagged <> excluded.untagged`),
  moveMember: db.prepare("UPDATE member SET time = ? WHERE tweet = ?"),
  keepSession: db.prepare("INSERT OR IGNORE INTO session (chat, slug, start, minutes, lead, grace) VALUES (?, ?, ?, ?, ?, ?)"),
  sessions: db.prepare("SELECT slug, start, minutes, lead, grace FROM session WHERE chat = ? ORDER BY start, slug"),
  windows: db.prepare("SELECT slug, start || ' ' || minutes || ' ' || lead || ' ' || grace FROM session WHERE chat = ?"),
  window: db.prepare("SELECT start, minutes, lead, grace FROM session WHERE chat = ? AND slug = ?"),
  members: db.prepare(`${MEMBERS} AND member.time >= ? AND member.time < ? ORDER BY member.time, length(tweet.id), tweet.id`),
  // left to itself SQLite looks through all of the chat: a quarter of the time of a build of a thousand sessions
  named: db.prepare(
    `${MEMBERS.replace("FROM member", "FROM member INDEXED BY member_session")} AND member.session = ? ORDER BY member.time IS NULL, member.time, member.position, length(tweet.id), tweet.id`,
  ),
  member: db.prepare(`${MEMBERS} AND member.tweet = ?`),
  full: db.prepare(`SELECT ${FULL} FROM tweet WHERE id = ?`),
  counts: db.prepare("SELECT count(*) FILTER (WHERE context = 0) AS tweets, count(*) FILTER (WHERE context = 1) AS context FROM tweet"),
  countOf: db.prepare(`SELECT (SELECT count(*) FROM member WHERE chat = @chat AND time >= @from AND time < @to)
    + (SELECT count(*) FROM member INDEXED BY member_session WHERE chat = @chat AND session = @session) AS n`),
  countMembers: db.prepare("SELECT count(*) AS n FROM member WHERE chat = ?"),
  posts: db.prepare(`
    SELECT member.time, tweet.author AS who FROM member JOIN tweet ON tweet.id = member.tweet
    WHERE member.chat = ? AND member.time IS NOT NULL ORDER BY member.time`),
});
