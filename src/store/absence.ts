import type { ChatSlug, TweetId } from "../model.ts";
import type { Db } from "./open.ts";

/** What the network said of a held tweet when it was asked for it last. */
export interface Absence {
  readonly tweet: TweetId;
  /** Why it does not show it; PRESENT: it does. */
  readonly why: string;
  /** Since when it has said so, and when it said so last. */
  readonly first: number;
  readonly last: number;
  /** On no page and in no export. */
  readonly hidden: boolean;
}

export const PRESENT = "present";

/** Which held tweets the network does not show any more. Every write happens inside `Store.transaction`. */
export class Absences {
  readonly #sql: ReturnType<typeof prepare>;

  constructor(db: Db) {
    this.#sql = prepare(db);
  }

  get(tweet: TweetId): Absence | null {
    const row = this.#sql.get.get(tweet) as Row | undefined;
    return row === undefined ? null : read(row);
  }

  put({ hidden, ...absence }: Absence): void {
    this.#sql.put.run({ ...absence, hidden: hidden ? 1 : 0 });
  }

  /** All that are on no page for now. */
  hidden(): Absence[] {
    return (this.#sql.hidden.all() as Row[]).map(read);
  }

  /** Held tweets that were once asked for. */
  asked(): Absence[] {
    return (this.#sql.all.all() as Row[]).map(read);
  }

  /** Held tweets, those of one chat or all: context and ids of our own are none of them. */
  held(chat: ChatSlug | null): TweetId[] {
    return (chat === null ? this.#sql.held.all() : this.#sql.heldOf.all(chat)) as TweetId[];
  }

  /** A tweet is to be erased from now on: the wish outlives the tweet, until `settle`. */
  doom(tweet: TweetId, reason: string, at: number): void {
    this.#sql.doom.run(tweet, `${reason}${DOOMED}`, at);
  }

  /** Tweets that are to be erased for this reason, held or not any more. */
  doomed(reason: string): TweetId[] {
    return this.#sql.doomed.all(`${reason}${DOOMED}`) as TweetId[];
  }

  /** Nothing is left of them. */
  settle(tweets: readonly TweetId[], reason: string): void {
    for (const tweet of tweets) this.#sql.settle.run(reason, tweet);
  }
}

/** Behind the reason: it could not be had, and what is left of it is being erased. */
const DOOMED = ", being erased";

type Row = Omit<Absence, "hidden"> & { readonly hidden: number };
const read = (row: Row): Absence => ({ ...row, hidden: row.hidden === 1 });

const prepare = (db: Db) => ({
  get: db.prepare("SELECT * FROM absence WHERE tweet = ?"),
  put: db.prepare("INSERT OR REPLACE INTO absence (tweet, why, first, last, hidden) VALUES (@tweet, @why, @first, @last, @hidden)"),
  hidden: db.prepare("SELECT * FROM absence WHERE hidden = 1 ORDER BY tweet"),
  all: db.prepare("SELECT * FROM absence ORDER BY tweet"),
  held: db.prepare("SELECT id FROM tweet WHERE context = 0 AND local = 0 ORDER BY length(id), id").pluck(),
  heldOf: db
    .prepare("SELECT id FROM member JOIN tweet ON tweet.id = member.tweet WHERE chat = ? AND local = 0 ORDER BY length(id), id")
    .pluck(),
  doom: db.prepare("INSERT OR REPLACE INTO missing (tweet, why, at) VALUES (?, ?, ?)"),
  doomed: db.prepare("SELECT tweet FROM missing WHERE why = ? ORDER BY length(tweet), tweet").pluck(),
  settle: db.prepare("UPDATE missing SET why = ? WHERE tweet = ?"),
});
