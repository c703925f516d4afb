import type { TweetId } from "../../src/model.ts";
import type { Asked } from "./params.ts";

const WINDOW = 15 * 60_000;
const DAY = 24 * 60 * 60_000;

/** Requests in 15 minutes. */
const LIMITS: Readonly<Record<string, number>> = {
  "search recent": 450,
  "search all": 300,
  "counts recent": 300,
  "counts all": 300,
  "lookup recent": 3500,
  "stream recent": 50,
  "rules recent": 450,
};

/** What is left of a rate limit, and when (milliseconds) it begins anew. */
export interface Left {
  readonly limit: number;
  readonly remaining: number;
  readonly reset: number;
  /** Too many in this window, or too many in this second. */
  readonly refused: boolean;
}

/** Counts requests, by kind: so many in 15 minutes from the first, and one in a second to the full archive. */
export class Limits {
  readonly #windows = new Map<string, { readonly began: number; used: number }>();
  readonly #own: Readonly<Record<string, number>>;
  readonly #perSecond: boolean;
  #lastOfAll = Number.NEGATIVE_INFINITY;

  constructor(own: Readonly<Record<string, number>>, perSecond: boolean) {
    this.#own = own;
    this.#perSecond = perSecond;
  }

  take({ kind, all }: Asked, now: number): Left {
    const key = `${kind} ${all ? "all" : "recent"}`;
    const limit = this.#own[key] ?? this.#own[kind] ?? LIMITS[key] ?? 300;
    const had = this.#windows.get(key);
    const window = had === undefined || now >= had.began + WINDOW ? { began: now, used: 0 } : had;
    this.#windows.set(key, window);
    const tooSoon = this.#perSecond && kind === "search" && all && now - this.#lastOfAll < 1000;
    const refused = tooSoon || window.used >= limit;
    if (!refused) window.used++;
    if (!refused && kind === "search" && all) this.#lastOfAll = now;
    return { limit, remaining: limit - window.used, reset: window.began + WINDOW, refused };
  }
}

/** Posts paid for: each once in a UTC day. */
export class Credit {
  #left: number;
  #day = -1;
  readonly #paid = new Set<TweetId>();

  constructor(posts: number) {
    this.#left = posts;
  }

  get usedUp(): boolean {
    return this.#left <= 0;
  }

  add(posts: number): void {
    this.#left += posts;
  }

  pay(ids: readonly TweetId[], now: number): void {
    const day = Math.floor(now / DAY);
    if (day !== this.#day) this.#paid.clear();
    this.#day = day;
    for (const id of ids) {
      if (this.#paid.has(id)) continue;
      this.#paid.add(id);
      this.#left--;
    }
  }
}
