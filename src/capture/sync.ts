import type { Archive } from "../archive/archive.ts";
import type { Clock } from "../clock.ts";
import { readRemoved } from "../config/removed.ts";
import type { Chat, Session, Tweet, TweetId } from "../model.ts";
import type { Absent, Looked, Network } from "../source/network.ts";
import { PRESENT } from "../store/absence.ts";
import { compareIds } from "../store/merge.ts";
import { type ForgetReport, forget } from "./forget.ts";
import { NO_CHAT, PageKeeper } from "./page.ts";
import { type Asking, patiently } from "./retry.ts";
import { Stop, type StopReason, type Watcher } from "./run.ts";

export interface SyncOptions {
  readonly network: Network;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly watcher: Pick<Watcher, "notice">;
  /** Tweets read at most; null: as many as there are. */
  readonly maxPosts: number | null;
  /** What is gone is gone, however much it is. */
  readonly yes: boolean;
}

/** What a sync found. asked = present + those that are absent. */
export interface SyncReport {
  readonly asked: number;
  readonly present: number;
  /** Tweets that are on no page from now on; tweets that are again. */
  readonly hidden: number;
  readonly shownAgain: number;
  /** Tweets nothing is left of, with what passed their words on. */
  readonly erased: number;
  readonly requests: number;
  /** US dollars. */
  readonly cost: number;
  /** `vanished`: too many at once to believe it, so none is hidden. */
  readonly stopped: StopReason | "vanished";
  /** How many were gone for the first time. */
  readonly vanished: number;
  /** A sentence where it did not come to its end, and when it makes sense to try again. */
  readonly why: string | null;
  readonly until: number | null;
  readonly forgotten: readonly ForgetReport[];
}

const HOUR = 3_600_000;
/** The second answer counts from then on. */
const SECOND_LOOK = 6 * HOUR;
const MAY_COME_BACK = 7 * 24 * HOUR;
/** Ids of one request. */
const BATCH = 100;
/** So many may vanish at once, or a tenth of those asked for, before nobody believes it. */
const FEW = 20;

/** Which tweets to ask for, those that were asked longest ago first: of the sessions (with what is shown around them), of the chat, or
 *  of the whole archive. */
export function idsToSync(
  archive: Archive,
  sessions: readonly { readonly chat: Chat; readonly session: Session }[],
  { rest, now }: { /** Tweets in no session too: of this chat, of all. */ rest: Chat | "all" | null; now: number },
): TweetId[] {
  const shown = sessions.flatMap(({ chat, session }) => {
    const { tweets, context } = archive.whole(chat, session);
    return [...tweets, ...context].filter(({ local }) => !local).map(({ id }) => id);
  });
  const { absences } = archive.store;
  const held = rest === null ? [] : absences.held(rest === "all" ? null : rest.slug);
  const known = new Map(absences.asked().map((absence) => [absence.tweet, absence]));
  const turn = (id: TweetId): number => {
    const absence = known.get(id);
    if (absence === undefined) return -1;
    return absence.hidden && now - absence.last >= SECOND_LOOK ? Number.NEGATIVE_INFINITY : absence.last;
  };
  return [...new Set([...shown, ...held])].sort((a, b) => Math.sign(turn(a) - turn(b)) || compareIds(a, b));
}

/** Asks for held tweets by id, keeps the answers, and follows deletions (capture.md, `sync`). Call it as the one writer. */
export async function sync(archive: Archive, ids: readonly TweetId[], options: SyncOptions): Promise<SyncReport> {
  readRemoved(archive.dir);
  const now = options.clock.now();
  // an erasure that was cut short
  const before = await eraseDoomed(archive, now);
  const round = new Round(archive, options);
  const stop = await round.ask(ids);
  const believed = options.yes || isBelievable(round.vanished, round.asked);
  const hidden = believed ? hide(archive, round.absent) : doubt(archive, round.absent);
  const forgotten = [...before, ...(await eraseDoomed(archive, now))];
  archive.refresh();
  return {
    asked: round.asked,
    present: round.present,
    hidden,
    shownAgain: round.shownAgain,
    erased: forgotten.reduce((sum, { tweets }) => sum + tweets, 0),
    requests: round.requests,
    cost: Math.round(round.paid * options.network.price.tweet * 1000) / 1000,
    stopped: believed ? (stop?.reason ?? "end") : "vanished",
    vanished: round.vanished,
    why: stop?.message ?? null,
    until: stop?.until ?? null,
    forgotten,
  };
}

const isBelievable = (vanished: number, asked: number): boolean => vanished <= FEW || vanished * 10 <= asked;

interface Gone {
  readonly tweet: TweetId;
  readonly why: Absent;
  readonly at: number;
}

/** One round of questions. */
class Round implements Asking {
  readonly absent: Gone[] = [];
  requests = 0;
  asked = 0;
  present = 0;
  shownAgain = 0;
  paid = 0;
  readonly options: SyncOptions & { readonly patient: false };
  readonly #archive: Archive;
  readonly #keeper: PageKeeper;

  constructor(archive: Archive, options: SyncOptions) {
    this.options = { ...options, patient: false };
    this.#archive = archive;
    this.#keeper = new PageKeeper(archive, { chat: NO_CHAT, session: null, from: 0, to: 0, late: 0 });
  }

  /** Those that were not hidden until now. */
  get vanished(): number {
    const { store } = this.#archive;
    return this.absent.filter(({ tweet }) => store.absences.get(store.heldAs(tweet))?.hidden !== true).length;
  }

  /** Asks for all of them, as far as it may; returns why it stopped before the end. */
  async ask(ids: readonly TweetId[]): Promise<Stop | null> {
    const { maxPosts, signal } = this.options;
    let next = 0;
    try {
      while (next < ids.length) {
        const left = maxPosts === null ? BATCH : Math.min(BATCH, maxPosts - this.paid);
        if (left <= 0) return new Stop("max posts", `${maxPosts} tweets read`);
        if (signal.aborted) return new Stop("interrupted", "interrupted");
        const batch = ids.slice(next, next + left);
        next += batch.length;
        await this.#askFor(batch);
      }
      return null;
    } catch (error) {
      if (error instanceof Stop) return error;
      throw error;
    }
  }

  /** Asks for the newest version known; where an answer tells of a newer one, for that too. */
  async #askFor(ids: readonly TweetId[]): Promise<void> {
    const { store } = this.#archive;
    const asked = new Map(store.tweets(ids).map((tweet) => [newest(tweet), tweet.id]));
    for await (const page of patiently(this, () => this.options.network.lookup([...asked.keys()]))) await this.#keep(page, asked);
    const edited = store.tweets(asked.values()).filter((tweet) => !asked.has(newest(tweet)));
    if (edited.length === 0) return;
    const versions = new Map(edited.map((tweet) => [newest(tweet), tweet.id]));
    for await (const page of patiently(this, () => this.options.network.lookup([...versions.keys()]))) {
      await this.#keeper.keep(page, () => this.#pay(page));
    }
  }

  async #keep(page: Looked, asked: ReadonlyMap<TweetId, TweetId>): Promise<void> {
    const { absences } = this.#archive.store;
    const given = page.ids.filter((id) => asked.has(id));
    await this.#keeper.keep(page, () => {
      this.#pay(page);
      for (const id of given) {
        const tweet = this.#archive.store.heldAs(asked.get(id) ?? id);
        if (absences.get(tweet)?.hidden === true) this.shownAgain++;
        absences.put({ tweet, why: PRESENT, first: page.receivedAt, last: page.receivedAt, hidden: false });
      }
    });
    for (const { id, why } of page.absent) {
      const tweet = asked.get(id);
      if (tweet !== undefined) this.absent.push({ tweet, why, at: page.receivedAt });
    }
    this.present += given.length;
    this.asked = this.present + this.absent.length;
  }

  #pay(page: Looked): void {
    this.paid += this.#archive.store.coverage.pay(page.ids, new Date(page.receivedAt).toISOString().slice(0, 10));
  }
}

const newest = ({ id, aliases }: Tweet): TweetId => [id, ...aliases].reduce((a, b) => (compareIds(a, b) >= 0 ? a : b));

/** Hides what is gone; what was gone long enough is to be erased. Returns how many were not hidden before. */
function hide({ store }: Archive, gone: readonly Gone[]): number {
  return store.transaction(() => {
    let hidden = 0;
    for (const { tweet: asked, why, at } of gone) {
      const tweet = store.heldAs(asked);
      const before = store.absences.get(tweet);
      const same = before?.hidden === true && before.why === why;
      store.absences.put({ tweet, why, first: same ? before.first : at, last: at, hidden: true });
      if (same && at - before.first >= patienceWith(why)) store.absences.doom(tweet, reasonFor(why), at);
      if (before?.hidden !== true) hidden++;
    }
    return hidden;
  });
}

/** Writes down what is said to be gone and nobody believes. */
function doubt({ store }: Archive, gone: readonly Gone[]): 0 {
  store.transaction(() => {
    for (const { tweet: asked, why, at } of gone) {
      const tweet = store.heldAs(asked);
      if (store.absences.get(tweet)?.hidden !== true) store.absences.put({ tweet, why, first: at, last: at, hidden: false });
    }
  });
  return 0;
}

const patienceWith = (why: Absent): number => (why === "deleted" || why === "protected" ? SECOND_LOOK : MAY_COME_BACK);
const REASONS = ["deleted", "protected"] as const;
const reasonFor = (why: Absent): (typeof REASONS)[number] => (why === "protected" ? "protected" : "deleted");

/** Erases what is to be erased. Where it is cut short the next sync goes on with it. */
async function eraseDoomed(archive: Archive, now: number): Promise<ForgetReport[]> {
  const { store } = archive;
  const on = new Date(now).toISOString().slice(0, 10);
  const reports: ForgetReport[] = [];
  for (const reason of REASONS) {
    const tweets = store.absences.doomed(reason);
    if (tweets.length === 0) continue;
    reports.push(await forget(archive, { tweets, handles: [] }, { reason, on, anchor: true, dryRun: false, now }));
    store.transaction(() => store.absences.settle(tweets, reason));
  }
  return reports;
}
