import type { ChatSlug, PlacedTweet, SessionSlug, Transcript, TweetId } from "../model.ts";
import { BuiltSite } from "./built.ts";
import { type Db, joinWorkDb, openWorkDb } from "./open.ts";
import { Shelf } from "./shelf.ts";

/** Where a tweet stands, as far as a reader would notice a change. */
export interface Spot {
  readonly section: string;
  /** Q2, +, or an unmatched number as written; null: none. */
  readonly label: string | null;
  /** The element id of its question: two side questions have one label. */
  readonly anchor: string | null;
  readonly parent: TweetId | null;
  readonly hidden: boolean;
}

/** A tweet that stands elsewhere than `thread` last said. One placed for the first time since has not moved. */
export interface Move {
  readonly tweet: TweetId;
  readonly from: Spot;
  readonly to: Spot;
}

/** In order of the session. */
export type Moves = readonly Move[];

/** work.db: what is derived. It may be deleted at any time. */
export class Work {
  readonly shelf: Shelf;
  readonly #db: Db;
  readonly #sql: ReturnType<typeof prepare>;

  constructor(db: Db) {
    this.#db = db;
    this.#sql = prepare(db);
    this.shelf = new Shelf(db);
  }

  static open(file: string): Work {
    return new Work(openWorkDb(file));
  }

  /** Opens what another process of the same command has open. */
  static join(file: string): Work {
    return new Work(joinWorkDb(file));
  }

  close(): void {
    this.#db.close();
  }

  /** All of `work` or nothing of it. */
  transaction<T>(work: () => T): T {
    return this.#db.transaction(work).immediate();
  }

  /** What is known of a folder that a site is built into: its path, absolute. */
  site(folder: string): BuiltSite {
    return new BuiltSite(this.#db, folder);
  }

  /** Notes tweets placed for the first time and forgets those that are gone; what moved is told and not noted, until somebody has
   *  been told (`told`). Call it inside `transaction`. */
  keep(chat: ChatSlug, session: SessionSlug, transcript: Transcript): Moves {
    const before = this.#spots(chat, session);
    const now = spotsOf(transcript);
    for (const [id, spot] of now) if (!before.has(id)) this.#sql.put.run(chat, session, id, spot);
    for (const id of before.keys()) if (!now.has(id)) this.#sql.drop.run(chat, session, id);
    return [...now].flatMap(([tweet, to]): Move[] => {
      const from = before.get(tweet);
      return from === undefined || from === to ? [] : [{ tweet, from: read(from), to: read(to) }];
    });
  }

  /** What moved has been said: `keep` starts anew from here. Call it inside `transaction`. */
  told(chat: ChatSlug, session: SessionSlug, moves: Moves): void {
    for (const { tweet, to } of moves) this.#sql.move.run(written(to), chat, session, tweet);
  }

  #spots(chat: ChatSlug, session: SessionSlug): ReadonlyMap<TweetId, string> {
    return new Map(this.#sql.spots.raw().all(chat, session) as [TweetId, string][]);
  }
}

function spotsOf({ placed, questions }: Transcript): ReadonlyMap<TweetId, string> {
  const anchors = new Map(questions.map(({ number, anchor }) => [number, anchor]));
  const spotOf = ({ placement: { section, label, question, parent, hidden } }: PlacedTweet): Spot => ({
    section,
    label,
    anchor: question === null ? null : (anchors.get(question) ?? null),
    parent,
    hidden,
  });
  return new Map(placed.map((one) => [one.tweet.id, written(spotOf(one))]));
}

const written = ({ section, label, anchor, parent, hidden }: Spot): string => JSON.stringify([section, label, anchor, parent, hidden]);

function read(spot: string): Spot {
  const [section, label, anchor, parent, hidden] = JSON.parse(spot) as [string, string | null, string | null, TweetId | null, boolean];
  return { section, label, anchor, parent, hidden };
}

const prepare = (db: Db) => ({
  spots: db.prepare("SELECT tweet, spot FROM placement WHERE chat = ? AND session = ?"),
  put: db.prepare("INSERT INTO placement (chat, session, tweet, spot) VALUES (?, ?, ?, ?)"),
  drop: db.prepare("DELETE FROM placement WHERE chat = ? AND session = ? AND tweet = ?"),
  move: db.prepare("UPDATE placement SET spot = ? WHERE chat = ? AND session = ? AND tweet = ?"),
});
