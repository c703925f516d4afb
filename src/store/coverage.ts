import type { ChatSlug, Gap, SessionSlug, TweetId } from "../model.ts";
import type { Db } from "./open.ts";

/** Whose coverage. session "": a range of time that no session names. */
export interface CoverageKey {
  readonly chat: ChatSlug;
  readonly session: SessionSlug | "";
}

/** Where the capture of a session stands. */
export interface CoverageState {
  /** [from, to): the tweets asked for. */
  readonly from: number;
  readonly to: number;
  /** When the last sweep that came to its end began. */
  readonly swept: number | null;
  /** Its last walk found nothing new. */
  readonly settled: boolean;
  readonly counted: number | null;
  /** Why the last capture ended; null: it did not end by itself. */
  readonly stopped: string | null;
  /** It makes no sense to ask again before. */
  readonly waitUntil: number | null;
}

/** A walk through the pages of one query, newest tweets first. */
export interface Walk {
  readonly id: number;
  readonly role: string;
  readonly query: string;
  readonly from: number;
  readonly to: number;
  readonly started: number;
  /** Where it goes on; null where it is not done: from the beginning. */
  readonly token: string | null;
  /** Everything of [low, to) has been read. */
  readonly low: number;
  /** How many tweets were new. */
  readonly fresh: number;
  readonly done: boolean;
  /** What stopped it. */
  readonly why: string | null;
}

/** How whole sessions were captured. Every write happens inside `Store.transaction`. */
export class Coverages {
  readonly #sql: ReturnType<typeof prepare>;

  constructor(db: Db) {
    this.#sql = prepare(db);
  }

  state(key: CoverageKey): CoverageState | null {
    const row = this.#sql.state.get(key) as StateRow | undefined;
    return row === undefined ? null : { ...row, settled: row.settled === 1 };
  }

  putState(key: CoverageKey, state: CoverageState): void {
    this.#sql.putState.run({ ...key, ...state, settled: state.settled ? 1 : 0 });
  }

  /** Begins a walk; what is open of the same query is forgotten. */
  beginWalk(key: CoverageKey, walk: Pick<Walk, "role" | "query" | "from" | "to" | "started">): Walk {
    this.#sql.dropOpen.run({ ...key, role: walk.role, query: walk.query });
    const id = Number(this.#sql.addWalk.run({ ...key, ...walk }).lastInsertRowid);
    return { ...walk, id, token: null, low: walk.to, fresh: 0, done: false, why: null };
  }

  /** The walks that are remembered, oldest first: those of the last sweep and those that did not come to their end. */
  walks(key: CoverageKey): Walk[] {
    return (this.#sql.walks.all(key) as WalkRow[]).map((row) => ({ ...row, done: row.done === 1 }));
  }

  /** Writes down where a walk stands. */
  saveWalk({ id, token, low, fresh, done, why }: Walk): void {
    this.#sql.saveWalk.run({ id, token, low, fresh, done: done ? 1 : 0, why });
  }

  /** A sweep has come to its end: its walks are those from `first` on that came to theirs. What is still open is an announcement that
   *  nothing came of, or was asked for by a sweep that was cut short and is asked for otherwise now. */
  keepWalks(key: CoverageKey, first: number): void {
    this.#sql.dropOthers.run({ ...key, first });
  }

  /** A walk was given a tweet. `time`: of the version it was given. */
  sight(key: CoverageKey, tweet: TweetId, walk: number, time: number): void {
    this.#sql.sight.run({ ...key, tweet, walk, time });
  }

  /** How many tweets the walks from `first` on were given, by the minute they were written in. */
  seen(key: CoverageKey, first: number): Map<number, number> {
    const rows = this.#sql.seen.all({ ...key, first }) as { minute: number; n: number }[];
    return new Map(rows.map(({ minute, n }) => [minute * MINUTE, n]));
  }

  /** Of those tweets the edited ones whose version was written in another minute than the tweet itself, latest first. */
  moved(key: CoverageKey, first: number): { readonly seen: number; readonly written: number }[] {
    const rows = this.#sql.moved.all({ ...key, first }) as { seen: number; written: number }[];
    return rows.map(({ seen, written }) => ({ seen: seen * MINUTE, written: written * MINUTE }));
  }

  gaps(key: CoverageKey): Gap[] {
    return this.#sql.gaps.all(key) as Gap[];
  }

  /** In the place of those that were known. Two that begin at the same moment become one. */
  putGaps(key: CoverageKey, gaps: readonly Gap[]): void {
    this.#sql.dropGaps.run(key);
    for (const gap of gaps) this.#sql.addGap.run({ ...key, ...gap });
  }

  /** Why a tweet could not be had; null: it was not asked for. */
  missing(tweet: TweetId): string | null {
    return (this.#sql.missing.get(tweet) as string | undefined) ?? null;
  }

  putMissing(tweet: TweetId, why: string, at: number): void {
    this.#sql.putMissing.run(tweet, why, at);
  }

  /** It could be had after all. */
  dropMissing(tweet: TweetId): void {
    this.#sql.dropMissing.run(tweet);
  }

  /** How many of the tweets were not read yet on this day of UTC; now all of them are. */
  pay(tweets: readonly TweetId[], day: string): number {
    return tweets.reduce((paid, tweet) => paid + this.#sql.pay.run({ tweet, day }).changes, 0);
  }

  /** The days before `day` are over. */
  dropPaidBefore(day: string): void {
    this.#sql.dropPaid.run(day);
  }
}

const MINUTE = 60_000;

type StateRow = Omit<CoverageState, "settled"> & { readonly settled: number };
type WalkRow = Omit<Walk, "done"> & { readonly done: number };

const OF = "chat = @chat AND session = @session";

const prepare = (db: Db) => ({
  state: db.prepare(
    `SELECT from_time AS "from", to_time AS "to", swept, settled, counted, stopped, wait_until AS waitUntil FROM coverage WHERE ${OF}`,
  ),
  putState: db.prepare(`INSERT OR REPLACE INTO coverage (chat, session, from_time, to_time, swept, settled, counted, stopped, wait_until)
    VALUES (@chat, @session, @from, @to, @swept, @settled, @counted, @stopped, @waitUntil)`),
  dropOpen: db.prepare(`DELETE FROM walk WHERE ${OF} AND role = @role AND query = @query AND done = 0`),
  addWalk: db.prepare(`INSERT INTO walk (chat, session, role, query, from_time, to_time, started, low)
    VALUES (@chat, @session, @role, @query, @from, @to, @started, @to)`),
  walks: db.prepare(
    `SELECT id, role, query, from_time AS "from", to_time AS "to", started, token, low, fresh, done, why FROM walk WHERE ${OF} ORDER BY id`,
  ),
  saveWalk: db.prepare("UPDATE walk SET token = @token, low = @low, fresh = @fresh, done = @done, why = @why WHERE id = @id"),
  dropOthers: db.prepare(`DELETE FROM walk WHERE ${OF} AND (id < @first OR done = 0)`),
  sight: db.prepare(`INSERT INTO sighting (chat, session, tweet, walk, time) VALUES (@chat, @session, @tweet, @walk, @time)
    ON CONFLICT (chat, session, tweet) DO UPDATE SET walk = max(walk, excluded.walk), time = max(time, excluded.time)`),
  seen: db.prepare(`SELECT time / ${MINUTE} AS minute, count(*) AS n FROM sighting WHERE ${OF} AND walk >= @first GROUP BY minute`),
  moved: db.prepare(`SELECT sighting.time / ${MINUTE} AS seen, tweet.time / ${MINUTE} AS written
    FROM sighting JOIN tweet ON tweet.id = sighting.tweet WHERE ${OF} AND walk >= @first AND seen <> written ORDER BY seen DESC, written DESC`),
  gaps: db.prepare(`SELECT from_time AS "from", to_time AS "to", query, why FROM gap WHERE ${OF} ORDER BY from_time, to_time, query`),
  addGap: db.prepare(`INSERT INTO gap (chat, session, query, from_time, to_time, why) VALUES (@chat, @session, @query, @from, @to, @why)
    ON CONFLICT (chat, session, query, from_time) DO UPDATE SET to_time = max(to_time, excluded.to_time), why = why || '; ' || excluded.why`),
  dropGaps: db.prepare(`DELETE FROM gap WHERE ${OF}`),
  missing: db.prepare("SELECT why FROM missing WHERE tweet = ?").pluck(),
  putMissing: db.prepare("INSERT OR REPLACE INTO missing (tweet, why, at) VALUES (?, ?, ?)"),
  dropMissing: db.prepare("DELETE FROM missing WHERE tweet = ?"),
  pay: db.prepare(`INSERT INTO paid (tweet, day) VALUES (@tweet, @day)
    ON CONFLICT (tweet) DO UPDATE SET day = excluded.day WHERE day <> excluded.day`),
  dropPaid: db.prepare("DELETE FROM paid WHERE day < ?"),
});
