import type { Archive } from "../archive/archive.ts";
import { finder } from "../archive/find.ts";
import { type Removal, type Removed, readRemoved } from "../config/removed.ts";
import type { Chat, Observation, SessionSlug, Tombstone, TweetId } from "../model.ts";
import { type Erased, type ErasedLine, Eraser, erasedLines, removalOf, sessionIn, type Unwanted } from "../source/erase.ts";
import type { Format } from "../source/file.ts";
import { snowflakeTime } from "../source/parse/time.ts";
import type { Cut } from "../store/raw.ts";
import type { Store } from "../store/store.ts";
import { veilTweet } from "../text/veil.ts";

/** Who and what must never appear again: by removed.yml, and what a tombstone stands for. */
export function unwantedIn(removed: Removed, store: Store): Unwanted {
  const fromGrave = (id: TweetId): Removal | null => {
    const grave = store.removals.grave(id);
    return grave === null ? null : { reason: grave.reason, on: grave.on, anchor: grave.anchor };
  };
  return {
    hasAuthors: removed.hasAuthors,
    tweet: (id) => removed.tweet(id) ?? fromGrave(id),
    author: (person) => removed.author(person),
  };
}

interface Sorted {
  readonly kept: readonly Observation[];
  readonly out: readonly Observation[];
}

/** The observations that may be kept, without the names of who is forgotten, and those that may not. */
export function sortOut(observations: readonly Observation[], unwanted: Unwanted): Sorted {
  const kept: Observation[] = [];
  const out: Observation[] = [];
  for (const observation of observations) {
    if (removalOf(observation.tweet, unwanted) !== null) out.push(observation);
    else kept.push(veiled(observation, unwanted));
  }
  return { kept, out };
}

function veiled(observation: Observation, unwanted: Unwanted): Observation {
  if (!unwanted.hasAuthors) return observation;
  const tweet = veilTweet(observation.tweet, (handle) => unwanted.author({ id: null, handle }) !== null);
  return tweet === observation.tweet ? observation : { ...observation, tweet };
}

/** What one file brings, as far as it may be kept. Throws UserError (2) where removed.key is missing: a forgotten author must not come back. */
export class KeepOut {
  readonly #archive: Archive;
  readonly #chat: Chat;
  readonly #format: Format;
  readonly #unwanted: Unwanted;
  readonly #eraser: Eraser | null;
  readonly #now: number;
  #first: Buffer | null = null;

  constructor(archive: Archive, chat: Chat, options: { format: Format; session: SessionSlug | null; now: number }) {
    const removed = readRemoved(archive.dir);
    const { format, session, now } = options;
    this.#archive = archive;
    this.#chat = chat;
    this.#format = format;
    this.#now = now;
    this.#unwanted = unwantedIn(removed, archive.store);
    const reading = { format, chat: chat.slug, session, zone: chat.schedule.at(-1)?.zone ?? null, find: finder(() => archive, chat) };
    this.#eraser = removed.isEmpty && archive.store.removals.isEmpty ? null : new Eraser(reading, this.#unwanted);
  }

  /** What may be kept of the next part, where that is not all of it. Parts come in order. */
  async cut(bytes: Buffer): Promise<Cut | null> {
    this.#first ??= bytes;
    const erased: Erased | null = this.#eraser === null ? null : await this.#eraser.next(bytes);
    return erased === null ? null : { ...erased, at: this.#now };
  }

  /** The observations that may be kept, without the names of who is forgotten, and those that may not. */
  sort(observations: readonly Observation[]): Sorted {
    return this.#eraser === null ? { kept: observations, out: [] } : sortOut(observations, this.#unwanted);
  }

  /** Sets the tombstone of a removed tweet that was kept out; authors who are forgotten leave none. true: there is one now. */
  entomb({ tweet, context, session }: Observation): boolean {
    const removal = this.#unwanted.tweet(tweet.id);
    if (removal === null || tweet.repostOf !== null) return false;
    const place = { chat: context ? ("" as const) : this.#chat.slug, session, position: null };
    this.#put({ tweet: tweet.id, time: tweet.time, asked: null, page: false, ...removal }, place);
    return !context;
  }

  /** The lines of an export that stand for removed tweets. */
  erasedIn(bytes: Buffer): readonly ErasedLine[] {
    return this.#format === "chatscribe-jsonl" ? erasedLines(bytes, this.#first ?? bytes) : [];
  }

  /** Sets the tombstone that such a line tells of. null: the tweet is held here, so there is none. */
  entombLine(line: ErasedLine): { readonly time: number | null; readonly session: SessionSlug | null } | null {
    const [held] = this.#archive.store.tweets([line.tweet]);
    if (held !== undefined) return null;
    const { tweet, asked, reason, on } = line;
    const place = { chat: this.#chat.slug, session: sessionIn(line, this.#chat.slug), position: null };
    const time = snowflakeTime(tweet);
    this.#put({ tweet, time, asked, page: asked !== null, reason, on, anchor: true, ...this.#unwanted.tweet(tweet) }, place);
    return { time, session: place.session };
  }

  #put(tombstone: Tombstone, place: { chat: string; session: SessionSlug | null; position: number | null }): void {
    this.#archive.store.removals.entomb({ ...tombstone, ...place });
  }
}
