import type { Archive } from "../archive/archive.ts";
import type { Clock } from "../clock.ts";
import type { Chat, Session, TweetId } from "../model.ts";
import type { Network, Page, Query, Range } from "../source/network.ts";
import type { CoverageKey } from "../store/coverage.ts";
import type { Gathering } from "../store/gather.ts";
import type { Store } from "../store/store.ts";
import type { Kept } from "./page.ts";

/** Why a capture ended. `end`: there was no more. The others are told apart by the exit code and by what to do. */
export type StopReason =
  | "end"
  | "rate limit"
  | "no credit"
  | "max posts"
  | "credentials"
  | "no access"
  | "interrupted"
  | "no answer"
  | "refused"
  | "too large";

/** It cannot go on now. What was captured is kept, and the same command goes on from there. */
export class Stop extends Error {
  readonly reason: Exclude<StopReason, "end">;
  /** Milliseconds since 1970: it makes no sense to try before. */
  readonly until: number | null;
  constructor(reason: Exclude<StopReason, "end">, message: string, until: number | null = null) {
    super(message);
    this.name = "Stop";
    this.reason = reason;
    this.until = until;
  }
}

/** What a capture tells while it runs. */
export interface Progress {
  /** When the tweet was written that came last; null: none yet. */
  readonly time: number | null;
  readonly requests: number;
  readonly limit: Page["limit"];
}

export interface Watcher {
  progress(gathering: Gathering, progress: Progress): void;
  /** Something a person should know: that it waits, and for what. */
  notice(line: string): void;
}

export interface RunOptions {
  readonly archive: Archive;
  readonly network: Network;
  readonly chat: Chat;
  /** null: a range of time that no session names. */
  readonly session: Session | null;
  readonly gathering: Gathering;
  /** What is asked for, where that is not the whole window: it stands for no sweep of the session. */
  readonly part: Range | null;
  /** The tags to ask for, lower case. */
  readonly tags: readonly string[];
  /** Tweets that ask questions, as the session's file says. */
  readonly asks: readonly TweetId[];
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly maxPosts: number | null;
  /** It may wait longer than a minute: --follow, --due. */
  readonly patient: boolean;
  readonly watcher: Watcher;
}

/** One capture of one session, from its first request to its report. */
export class Run {
  readonly options: RunOptions;
  readonly key: CoverageKey;
  /** Requests sent, those that ask for counts, tweets read that had not been read today, tweets that are new. */
  requests = 0;
  counts = 0;
  paid = 0;
  fresh = 0;
  /** Tweets that were given and cannot be kept, and why. */
  readonly refused = new Map<TweetId, string>();
  #limit: Page["limit"] = null;
  #last: number | null = null;

  constructor(options: RunOptions) {
    this.options = options;
    const { gathering, part } = options;
    this.key = { chat: gathering.chat, session: part === null ? (gathering.session ?? "") : "" };
  }

  /** What another run of the same command has counted counts here too: it reads no more than the command may. */
  goOnFrom({ requests, counts, paid, fresh }: Run): void {
    Object.assign(this, { requests, counts, paid, fresh });
  }

  /** [from, to) that is asked for. */
  get range(): Range {
    return this.options.part ?? this.options.gathering;
  }

  get store(): Store {
    return this.options.archive.store;
  }

  get query(): Query & { readonly role: "tag" } {
    return { role: "tag", tags: this.options.tags };
  }

  /** How many more tweets may be read. */
  get left(): number {
    return this.options.maxPosts === null ? Number.POSITIVE_INFINITY : this.options.maxPosts - this.paid;
  }

  /** US dollars until now. */
  get cost(): number {
    const { price } = this.options.network;
    return Math.round((this.paid * price.tweet + this.counts * price.count) * 1000) / 1000;
  }

  /** What a page brought counts. */
  took({ fresh, refused }: Pick<Kept, "fresh" | "refused">): void {
    this.fresh += fresh;
    for (const { id, why } of refused) this.refused.set(id, why);
  }

  /** A page has arrived and is kept. `time`: when the oldest tweet of it was written. */
  told(page: Page, time: number | null): void {
    this.#limit = page.limit ?? this.#limit;
    this.#last = time ?? this.#last;
    this.options.watcher.progress(this.options.gathering, { time: this.#last, requests: this.requests, limit: this.#limit });
  }
}
