import type { ChatSlug, SessionSlug } from "../model.ts";
import type { Db } from "./open.ts";

/** When a body came. */
export interface Arrival {
  readonly kind: "import" | "capture";
  readonly at: number;
}

/** When what is kept came, and when something was taken out of it. */
export class Arrivals {
  readonly #sql: ReturnType<typeof prepare>;

  constructor(db: Db) {
    this.#sql = prepare(db);
  }

  /** The newest body that names the session; null: none does. */
  newest(chat: ChatSlug, session: SessionSlug): Arrival | null {
    return (this.#sql.newest.get(chat, session) as Arrival | undefined) ?? null;
  }

  /** The first body of the whole chat that came at `from` or later: a tweet of that time came with it or after it. null: none did. */
  firstSince(chat: ChatSlug, from: number): number | null {
    return this.#sql.firstSince.get(chat, from) as number | null;
  }

  /** When the bodies of the whole chat came, first to last. */
  wholes(chat: ChatSlug): number[] {
    return this.#sql.wholes.all(chat) as number[];
  }

  /** When something was erased or hidden last in [from, to); null: nothing was. */
  lastLoss(from: number, to: number): number | null {
    return this.#sql.lastLoss.get({ from, to }) as number | null;
  }
}

const prepare = (db: Db) => ({
  newest: db.prepare("SELECT kind, received_at AS at FROM raw WHERE chat = ? AND session = ? ORDER BY received_at DESC, kind LIMIT 1"),
  firstSince: db.prepare("SELECT min(received_at) FROM raw WHERE chat = ? AND session = '' AND received_at >= ?").pluck(),
  wholes: db.prepare("SELECT received_at FROM raw WHERE chat = ? AND session = '' ORDER BY received_at").pluck(),
  lastLoss: db
    .prepare(
      `SELECT max(at) FROM (SELECT at FROM erasure UNION ALL SELECT first FROM absence WHERE hidden = 1)
       WHERE at >= @from AND at < @to`,
    )
    .pluck(),
});
