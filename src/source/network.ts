import type { Handle, TweetId } from "../model.ts";
import type { Format } from "./detect.ts";

/** What a network is asked for, in no network's own words. Reposts are never asked for. */
export type Query =
  /** Any of these tags: lower case, without #. */
  | { readonly role: "tag"; readonly tags: readonly string[] }
  /** Written by one of them. */
  | { readonly role: "hosts"; readonly handles: readonly Handle[] }
  /** Part of one of these conversations, by the tweet that began each. */
  | { readonly role: "conversations"; readonly ids: readonly TweetId[] };

/** [from, to) in milliseconds. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** One response as received. Bodies that cannot be read are no pages: they are faults. */
export interface Page {
  /** Where it came from, without secrets: path and query. */
  readonly url: string;
  readonly status: number;
  readonly format: Format;
  readonly bytes: Buffer;
  /** Milliseconds, by the clock that was passed in. */
  readonly receivedAt: number;
  /** The tweets that answer what was asked, in the order given. Those that came along to explain them are not among them. */
  readonly ids: readonly TweetId[];
  /** Where the walk goes on; null: it has reached the end of its range. An empty page may have one. */
  readonly next: string | null;
  /** What is left of the rate limit, as the network says; null: it does not say. */
  readonly limit: { readonly remaining: number; readonly of: number } | null;
}

/** Why a tweet asked for by its id was not given. `unknown`: no reason we know. */
export type Absent = "deleted" | "protected" | "suspended" | "unknown";

export interface Looked extends Page {
  /** The ids asked for that were not given. */
  readonly absent: readonly { readonly id: TweetId; readonly why: Absent }[];
}

export interface Counted extends Page {
  /** Tweets a minute, by when that minute begins (milliseconds). Minutes without any may be absent. */
  readonly minutes: ReadonlyMap<number, number>;
}

/** Where a search begins. */
export interface SearchOptions {
  /** The `next` of a page of the same search, as a walk that was broken off has kept it. */
  readonly token?: string | null;
  /** Only tweets after this one (its id greater). The range's end holds, its beginning does not. */
  readonly since?: TweetId | null;
  /** At most so many tweets a page; the network's own limits hold too. Asked anew before each page. */
  readonly most?: () => number;
}

/** A place tweets are captured from. It knows no store. Every method throws Fault; what it has yielded before stands, and the
 *  caller calls again with the last `next`. */
export interface Network {
  readonly name: string;
  /** US dollars: of a tweet read (once in a UTC day), of a request for counts. */
  readonly price: { readonly tweet: number; readonly count: number };
  /** How many tweets of `query` one page holds at least, at most. */
  readonly page: { readonly least: number; readonly most: number };
  /** A query as it is sent: what coverage is declared by. */
  words(query: Query): string;
  /** The same as queries that are not too long for the network. */
  split(query: Query): readonly Query[];
  /** Pages of a search, newest tweets first, to its end. */
  search(query: Query, range: Range, options?: SearchOptions): AsyncIterable<Page>;
  count(query: Query, range: Range): AsyncIterable<Counted>;
  /** Any number of ids; each page answers for those it names. */
  lookup(ids: readonly TweetId[]): AsyncIterable<Looked>;
  /** What is written while it is written: a live view that may miss anything. `null`: a sign of life. Ends when `signal` is raised. */
  follow(query: Query, signal: AbortSignal): AsyncIterable<Page | null>;
  /** An image; null: none, or not one of the network's own. Throws Fault for what may pass. */
  picture(url: string): Promise<Buffer | null>;
  /** The machine's clock less the network's, in milliseconds, as of the last answer; null: it has not said. */
  skew(): number | null;
}

/** transient: may pass (reset, cut or unreadable body, 5xx, no answer).  busy: too many at once (the limit of a second).
 *  limit: the limit of a longer time, `wait` says when it ends.  credit: used up.  credentials: the token is not taken.
 *  forbidden: taken, but not for this.  token: the walk's stored token is not taken any more.  refused: the request is not understood.
 *  too large: a body over 20 MB. */
export type FaultKind = "transient" | "busy" | "limit" | "credit" | "credentials" | "forbidden" | "token" | "refused" | "too large";

/** What a network did not do. `message` is a short clause without secrets: `answered 503`, `closed the connection`. */
export class Fault extends Error {
  readonly kind: FaultKind;
  /** Milliseconds until it can be tried again, where the network says so. */
  readonly wait: number | null;
  constructor(kind: FaultKind, message: string, wait: number | null = null) {
    super(message);
    this.name = "Fault";
    this.kind = kind;
    this.wait = wait;
  }
}
