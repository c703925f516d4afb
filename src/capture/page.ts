import type { Archive } from "../archive/archive.ts";
import { readRemoved } from "../config/removed.ts";
import type { Chat, Observation, SessionSlug, TweetId } from "../model.ts";
import { Eraser, type Unwanted } from "../source/erase.ts";
import type { Page } from "../source/network.ts";
import { snowflakeTime } from "../source/parse/time.ts";
import { readParts } from "../source/part.ts";
import { PRESENT } from "../store/absence.ts";
import { type Cut, sha256Of } from "../store/raw.ts";
import type { Store } from "../store/store.ts";
import { Sessions } from "./import.ts";
import { sortOut, unwantedIn } from "./keep-out.ts";

/** What one page brought. */
export interface Kept {
  /** Tweets of the chat that were not held. */
  readonly fresh: number;
  /** Each tweet that answers what was asked and was kept or is kept out, under what name it is remembered, and when it was written. */
  readonly seen: readonly { readonly name: string; readonly time: number }[];
  /** Tweets that cannot be kept, and why. */
  readonly refused: readonly { readonly id: TweetId; readonly why: string }[];
  /** When the oldest of them was written; null: an empty page. */
  readonly oldest: number | null;
}

/** Where captured tweets go: to the chat where they bear its tag. Of a session only those of [from, late). */
export interface Place {
  readonly chat: Chat;
  readonly session: SessionSlug | null;
  readonly from: number;
  readonly to: number;
  readonly late: number;
}

/** Of pages that tell of held tweets of any chat: what is in them joins none. */
export const NO_CHAT: Chat = { slug: "", title: "", tags: [], hosts: [], schedule: [], lead: 0, grace: 0, was: [], about: "" };

/** Keeps pages of a network: each is one transaction with what `also` writes, or nothing of it is. */
export class PageKeeper {
  readonly #archive: Archive;
  readonly #place: Place;
  readonly #unwanted: Unwanted;
  readonly #nothingRemoved: boolean;
  /** Bodies that were kept whole: one that comes again, as in a settle walk, tells nothing new. */
  readonly #whole = new Set<string>();
  #sessions: Sessions | null = null;

  /** Throws UserError (2) where removed.key is missing. */
  constructor(archive: Archive, place: Place) {
    const removed = readRemoved(archive.dir);
    this.#archive = archive;
    this.#place = place;
    this.#unwanted = unwantedIn(removed, archive.store);
    this.#nothingRemoved = removed.isEmpty && archive.store.removals.isEmpty;
  }

  async keep(page: Page, also: (kept: Kept) => void): Promise<Kept> {
    const { store } = this.#archive;
    const sha256 = sha256Of(page.bytes);
    if (this.#whole.has(sha256)) return this.#keepAgain(page, also);
    const reading = { format: page.format, chat: this.#place.chat.slug, session: null };
    const cut = await this.#cut(page, reading);
    const observations: Observation[] = [];
    const said: string[] = [];
    for await (const part of readParts(reading, [page.bytes])) {
      observations.push(...part.observations);
      said.push(...part.refused.map(({ why }) => why));
    }
    const { kept, out } = this.#nothingRemoved ? { kept: observations, out: [] } : sortOut(observations, this.#unwanted);
    const result = { fresh: 0, ...this.#readPage(page, { kept, out, said }) };
    store.transaction(() => {
      const isNew = this.#keepRaw(page, sha256, cut);
      result.fresh = addCaptured(store, kept, {
        place: this.#place,
        metricsAt: isNew ? page.receivedAt : null,
        settle: (time) => this.#settle(time),
      });
      also(result);
    });
    if (out.length === 0 && result.refused.length === 0 && page.ids.every((id) => snowflakeTime(id) !== null)) this.#whole.add(sha256);
    return result;
  }

  #keepAgain({ ids }: Page, also: (kept: Kept) => void): Kept {
    const seen = [...new Set(ids)].map((name) => ({ name, time: snowflakeTime(name) ?? 0 }));
    const oldest = seen.length === 0 ? null : seen.reduce((least, { time }) => Math.min(least, time), Number.POSITIVE_INFINITY);
    const again = { fresh: 0, seen, refused: [], oldest };
    this.#archive.store.transaction(() => also(again));
    return again;
  }

  #settle(time: number): void {
    this.#sessions ??= new Sessions(this.#archive, this.#place.chat);
    this.#sessions.settle({ time, session: null });
  }

  #readPage(page: Page, told: { kept: readonly Observation[]; out: readonly Observation[]; said: readonly string[] }): Omit<Kept, "fresh"> {
    const kept = ownIds(told.kept);
    const out = ownIds(told.out);
    const seen: { name: string; time: number }[] = [];
    const refused: { id: TweetId; why: string }[] = [];
    let oldest: number | null = null;
    for (const id of new Set(page.ids)) {
      const time = snowflakeTime(id) ?? kept.get(id) ?? out.get(id) ?? null;
      if (time !== null && (oldest === null || time < oldest)) oldest = time;
      if (kept.has(id)) seen.push({ name: id, time: time ?? 0 });
      else if (out.has(id)) seen.push({ name: `x:${sha256Of(Buffer.from(id))}`, time: time ?? 0 });
      else refused.push({ id, why: told.said.find((why) => why.startsWith(`tweet ${id}: `)) ?? `tweet ${id}: cannot be read` });
    }
    return { seen, refused, oldest };
  }

  async #cut(page: Page, reading: ConstructorParameters<typeof Eraser>[0]): Promise<Cut | null> {
    if (this.#nothingRemoved) return null;
    const erased = await new Eraser(reading, this.#unwanted).next(page.bytes);
    return erased === null ? null : { ...erased, at: page.receivedAt };
  }

  /** true: this body was not kept yet. */
  #keepRaw({ bytes, url, status, format, receivedAt }: Page, sha256: string, cut: Cut | null): boolean {
    const { raw } = this.#archive.store;
    const { chat, session } = this.#place;
    const named = { chat: chat.slug, session: session ?? "", format, sha256 } as const;
    if (raw.find(named) !== null) return false;
    const id = raw.begin({ ...named, kind: "capture", name: url, status, receivedAt, size: bytes.length });
    raw.keepPart(id, 0, bytes, cut);
    raw.end(id);
    return true;
  }
}

/** When each tweet that answers what was asked was written, by its id and by those of its other versions. */
function ownIds(observations: readonly Observation[]): ReadonlyMap<TweetId, number> {
  const own = new Map<TweetId, number>();
  for (const { tweet, context } of observations) if (!context) for (const id of [tweet.id, ...tweet.aliases]) own.set(id, tweet.time ?? 0);
  return own;
}

/** A tweet that the network gives is there, whatever it said before. */
function showAgain(store: Store, tweet: TweetId, at: number | null): void {
  const absence = at === null ? null : store.absences.get(tweet);
  if (at !== null && absence?.hidden === true) store.absences.put({ tweet, why: PRESENT, first: at, last: at, hidden: false });
}

/** Adds what a captured page tells: tweets with a tag of the chat to the chat, all others as context. Returns how many tweets of the
 *  chat are new. `metricsAt`: when they were counted; null: that is known already. Call it inside a transaction. */
export function addCaptured(
  store: Store,
  observations: readonly Observation[],
  { place, metricsAt, settle }: { place: Place; metricsAt: number | null; settle(time: number): void },
): number {
  const { chat, session, from, to, late } = place;
  const tags = new Set(chat.tags.map(({ tag }) => tag));
  let fresh = 0;
  for (const observation of observations) {
    const { tweet, context, metrics } = observation;
    const time = tweet.time ?? 0;
    const own = !context && tweet.tags.some((tag) => tags.has(tag)) && (session === null || (from <= time && time < late));
    const isNew = store.add({ ...observation, context: !own });
    if (metricsAt !== null && metrics !== undefined) store.gatherer.count(store.heldAs(tweet.id), metricsAt, metrics);
    if (!context && chat !== NO_CHAT) showAgain(store, store.heldAs(tweet.id), metricsAt);
    if (!own) continue;
    settle(time);
    store.join(tweet, { chat: chat.slug, session: session !== null && time >= to ? session : null, position: null });
    if (isNew) fresh++;
  }
  return fresh;
}
