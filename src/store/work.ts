import type { ChatSlug, SessionSlug, Transcript } from "../model.ts";
import { type Db, openWorkDb } from "./open.ts";

/** What changed in a session since it was threaded last. */
export interface Moves {
  /** Tweets placed elsewhere than last time. Those placed for the first time have not moved. */
  readonly moved: number;
  readonly movedIds: readonly string[];
}

/** work.db: what is derived. It may be deleted at any time. */
export class Work {
  readonly #db: Db;
  constructor(db: Db) {
    this.#db = db;
  }

  static open(file: string): Work {
    return new Work(openWorkDb(file));
  }

  close(): void {
    this.#db.close();
  }

  /** All of `work` or nothing of it. */
  transaction<T>(work: () => T): T {
    return this.#db.transaction(work).immediate();
  }

  /** Keeps a session's placements and tells which tweets stood elsewhere the last time. Call it inside `transaction`. */
  keep(chat: ChatSlug, session: SessionSlug, transcript: Transcript): Moves {
    const rows = this.#db.prepare("SELECT tweet, spot FROM placement WHERE chat = ? AND session = ?").all(chat, session);
    const before = new Map((rows as { tweet: string; spot: string }[]).map((row) => [row.tweet, row.spot]));
    const now = new Map(transcript.placed.map(({ tweet, placement }) => [tweet.id, spotOf(placement)]));
    const movedIds = [...now].filter(([id, spot]) => before.has(id) && before.get(id) !== spot).map(([id]) => id);
    this.#write(chat, session, before, now);
    return { moved: movedIds.length, movedIds };
  }

  #write(chat: string, session: string, before: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): void {
    const put = this.#db.prepare("INSERT OR REPLACE INTO placement (chat, session, tweet, spot) VALUES (?, ?, ?, ?)");
    const drop = this.#db.prepare("DELETE FROM placement WHERE chat = ? AND session = ? AND tweet = ?");
    for (const [id, spot] of now) if (before.get(id) !== spot) put.run(chat, session, id, spot);
    for (const id of before.keys()) if (!now.has(id)) drop.run(chat, session, id);
  }
}

/** Where a tweet stands, as far as a reader would notice a change. */
const spotOf = (p: Transcript["placed"][number]["placement"]): string => JSON.stringify([p.section, p.label, p.parent, p.hidden]);
