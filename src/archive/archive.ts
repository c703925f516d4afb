import { join } from "node:path";
import { belongsTo, zoneOn } from "../config/schedule.ts";
import { at, didYouMean, UserError } from "../errors.ts";
import type { Chat, ChatSlug, Coverage, Notes, Session, SessionSlug, Transcript, Tweet, TweetId } from "../model.ts";
import { afterDamage, takeLock } from "../store/open.ts";
import { type Member, Store } from "../store/store.ts";
import { type Moves, Work } from "../store/work.ts";
import type { SessionInput } from "../thread/board.ts";
import { transcribe } from "../thread/transcript.ts";
import { belongingOf, boundsOf, neighbours, sessionOf } from "./belonging.ts";
import { coverageOf, gatheringOf, tagsOn } from "./coverage.ts";
import { datesOf, type SessionDates } from "./dates.ts";
import { Folder, listOf } from "./folder.ts";
import { Hidden, notesWithout, placesOf } from "./hidden.ts";

/** A session as it was read last. */
interface ReadSession {
  readonly input: SessionInput;
  readonly transcript: Transcript;
}

/** So many sessions, and sessions of so many tweets, are held as they were read, the latest in any case: a new session and its neighbours
 *  are read to learn what changed, then rendered. */
const KEPT = { sessions: 40, tweets: 2000 };

/** An archive, opened: what its owner wrote (the folder) and what was captured (the store), joined. */
export class Archive {
  readonly folder: Folder;
  readonly store: Store;
  readonly #sessions = new Map<ChatSlug, readonly Session[]>();
  /** What was read last, the oldest first. */
  readonly #read = new Map<string, ReadSession>();
  #whole: { key: string; transcript: Transcript } | null = null;
  #hidden: Hidden | null = null;

  constructor(folder: Folder) {
    this.folder = folder;
    this.store = Store.open(join(folder.dir, "archive.db"));
  }

  /** Reads the folder's files first: a mistake in them is told before a database is made. */
  static open(dir: string): Archive {
    return new Archive(new Folder(dir));
  }

  close(): void {
    this.store.close();
  }

  get dir(): string {
    return this.folder.dir;
  }

  get chats(): readonly Chat[] {
    return this.folder.chats;
  }

  chat(slug: ChatSlug): Chat {
    return this.folder.chat(slug);
  }

  notes(chat: Chat, slug: SessionSlug): Notes {
    return this.folder.notes(chat, slug);
  }

  /** Sessions with a tweet or a file, oldest first, with the windows that hold now: the session's file, else as stored. */
  sessions(chat: Chat): readonly Session[] {
    let sessions = this.#sessions.get(chat.slug);
    if (sessions === undefined) {
      const stored = new Map(this.store.sessions(chat.slug).map((s) => [s.slug, s.window]));
      const slugs = new Set([...stored.keys(), ...this.folder.noted(chat)]);
      sessions = [...slugs]
        .map((slug) => this.folder.session(chat, slug, stored.get(slug) ?? null))
        .sort((a, b) => a.window.start - b.window.start || (a.slug < b.slug ? -1 : 1));
      this.#sessions.set(chat.slug, sessions);
    }
    return sessions;
  }

  /** The sessions of a chat, where somebody knows them without reading their files; in order. */
  adopt(chat: Chat, sessions: readonly Session[]): void {
    this.#sessions.set(chat.slug, sessions);
  }

  /** What was read of sessions is forgotten: after an import, after a sync. */
  refresh(): void {
    this.#sessions.clear();
    this.#read.clear();
    this.#whole = null;
    this.#hidden = null;
  }

  session(chat: Chat, slug: SessionSlug): Session {
    const sessions = this.sessions(chat);
    const session = sessions.find((s) => s.slug === slug);
    if (session !== undefined) return session;
    const known = sessions.map((s) => s.slug);
    throw new UserError(`session "${chat.slug}/${slug}" has no tweet and no file${didYouMean(slug, known) || listOf(known.slice(-5))}`);
  }

  /** What is known of how whole a session was captured; null: it was only imported. */
  coverage(chat: Chat, session: Session): Coverage | null {
    const hosts = this.notes(chat, session.slug).hosts ?? chat.hosts;
    const tags = tagsOn(chat, session.slug.slice(0, 10));
    const key = { chat: chat.slug, session: session.slug };
    return coverageOf(this.store, gatheringOf(session, hosts), { key, window: session.window, tags });
  }

  /** When it came, and when what is stored of it changed last. */
  dates(chat: Chat, session: Session): SessionDates {
    return datesOf(this.store, this.transcript(chat, session));
  }

  /** The session in reading order. Names of the notes that this archive holds elsewhere are refused. */
  transcript(chat: Chat, session: Session): Transcript {
    return this.read(chat, session).transcript;
  }

  /** Like `transcript`, with what it is made from. */
  read(chat: Chat, session: Session): ReadSession {
    const key = `${chat.slug}/${session.slug}`;
    const known = this.#read.get(key);
    if (known !== undefined) return known;
    const input = this.input(chat, session);
    const read = { input, transcript: transcribe(input) };
    this.#refuseForeign(chat, session, read.transcript);
    this.#read.set(key, read);
    let tweets = 0;
    for (const [place, [older, { transcript }]] of [...this.#read].toReversed().entries()) {
      tweets += transcript.placed.length;
      if ((place >= KEPT.sessions || tweets > KEPT.tweets) && older !== key) this.#read.delete(older);
    }
    return read;
  }

  /** All that the session's transcript is made from, as it is at one moment; what is hidden for now is none of it. */
  input(chat: Chat, session: Session): SessionInput {
    return this.store.snapshot(() => {
      const whole = this.#gather(chat, session, () => true);
      this.#hidden ??= new Hidden(this.store);
      if (this.#hidden.isEmpty) return whole;
      const tweets = [...whole.tweets, ...whole.context];
      const gone = this.#hidden.among(tweets);
      if (!tweets.some(({ id }) => gone.has(id))) return whole;
      const rest = this.#gather(chat, session, ({ id }) => !gone.has(id));
      const places = placesOf(transcribe(whole), gone, whole.notes);
      return {
        ...rest,
        notes: notesWithout(whole.notes, gone, tweets),
        tombstones: [...(rest.tombstones ?? []), ...places],
        removed: new Set([...(rest.removed ?? []), ...gone.keys()]),
      };
    });
  }

  /** The session with what is hidden for now. No page shows it. */
  wholeTranscript(chat: Chat, session: Session): Transcript {
    const key = `${chat.slug}/${session.slug}`;
    if (this.#whole?.key !== key) this.#whole = { key, transcript: transcribe(this.whole(chat, session)) };
    return this.#whole.transcript;
  }

  /** Like `input`, with what is hidden for now. */
  whole(chat: Chat, session: Session): SessionInput {
    return this.store.snapshot(() => this.#gather(chat, session, () => true));
  }

  #gather(chat: Chat, session: Session, shows: Shows): SessionInput {
    const notes = this.notes(chat, session.slug);
    const near = neighbours(this.sessions(chat), session);
    const members = this.#membersOf(session, near).filter(({ tweet }) => shows(tweet));
    const joined = this.#joining(session, near, { members: members.map(({ tweet }) => tweet), shows });
    const tweets = [...members.map(({ tweet }) => tweet), ...joined];
    return {
      session,
      zone: zoneOn(chat, session.slug.slice(0, 10)),
      hosts: notes.hosts ?? chat.hosts,
      notes,
      tweets,
      untagged: new Set([...members.filter(({ untagged }) => untagged).map(({ tweet }) => tweet.id), ...joined.map((t) => t.id)]),
      context: this.#around(tweets).filter(shows),
      ...this.#removed(session, near, tweets),
    };
  }

  /** What is left of removed tweets of a session, and which of those that its tweets speak of are removed. */
  #removed(
    { chat, slug, window }: Session,
    near: readonly Session[],
    tweets: readonly Tweet[],
  ): Pick<SessionInput, "tombstones" | "removed"> {
    const { removals } = this.store;
    if (removals.isEmpty) return {};
    const { from, to } = boundsOf(window);
    const tombstones = removals.graves(chat, from, to, slug).filter((grave) => belongingOf(near, grave)?.slug === slug);
    const named = tweets.flatMap((t) => [t.replyTo, t.quotes, t.repostOf]).filter((id): id is TweetId => id !== null);
    return { tombstones, removed: new Set(named.filter((id) => removals.grave(id) !== null)) };
  }

  #membersOf({ chat, slug, window }: Session, near: readonly Session[]): Member[] {
    const { from, to } = boundsOf(window);
    return this.store.members(chat, from, to, slug).filter((member) => sessionOf(near, member)?.slug === slug);
  }

  /** Tweets of the session's time that are none of the chat's, but that a session tweet answers: they belong to the conversation. */
  #joining(
    { chat, slug }: Session,
    near: readonly Session[],
    { members, shows }: { readonly members: readonly Tweet[]; readonly shows: Shows },
  ): Tweet[] {
    const held = new Set(members.flatMap((t) => [t.id, ...t.aliases]));
    const joined: Tweet[] = [];
    for (let wanted = answered(members, held); wanted.length > 0; ) {
      const fresh = this.store
        .tweets(wanted)
        .filter(shows)
        .filter(({ id, time }) => time !== null && belongsTo(near, time)?.slug === slug && this.store.member(chat, id) === null);
      for (const tweet of fresh) for (const id of [tweet.id, ...tweet.aliases]) held.add(id);
      joined.push(...fresh);
      wanted = answered(fresh, held);
    }
    return joined;
  }

  /** What the session's tweets answer, quote and repost, where it is held and not one of them. */
  #around(tweets: readonly Tweet[]): Tweet[] {
    const held = new Set(tweets.flatMap((t) => [t.id, ...t.aliases]));
    const wanted = tweets.flatMap((t) => [t.replyTo, t.quotes, t.repostOf]).filter((id): id is TweetId => id !== null && !held.has(id));
    return this.store.tweets(wanted).sort((a, b) => (a.time ?? 0) - (b.time ?? 0) || a.id.length - b.id.length || (a.id < b.id ? -1 : 1));
  }

  /** An id the archive does not hold may come yet; one that only another session holds is a mistake. */
  #refuseForeign(chat: Chat, session: Session, transcript: Transcript): void {
    const context = new Set(transcript.context.map((t) => t.id));
    for (const entry of transcript.unmatched) {
      const [tweet] = this.store.tweets([entry.tweet]);
      if (tweet === undefined || context.has(tweet.id)) continue;
      const slug = this.sessionOf(chat, tweet.id);
      if (slug !== null && slug !== session.slug)
        throw new UserError(
          at(
            entry.place,
            `${entry.what} of tweet ${entry.tweet}: it belongs to session ${chat.slug}/${slug}; move the line to ${this.folder.file(chat, slug)}`,
          ),
        );
    }
  }

  /** The session of a chat that holds a tweet; null: none. */
  sessionOf(chat: Chat, id: TweetId): SessionSlug | null {
    const member = this.store.member(chat.slug, id);
    return member === null ? null : (sessionOf(this.sessions(chat), member)?.slug ?? null);
  }

  /** Places a session, keeps the placements in work.db, and says what moved. */
  thread(chat: Chat, session: Session, work: Work): { readonly transcript: Transcript; readonly moves: Moves } {
    const transcript = this.transcript(chat, session);
    return { transcript, moves: work.keep(chat.slug, session.slug, transcript) };
  }

  /** Runs `use` while nobody else changes work.db. */
  async lockWork<T>(use: () => Promise<T>): Promise<T> {
    const lock = takeLock(join(this.dir, "work-lock.db"), join(this.dir, "work.db"));
    try {
      return await use();
    } finally {
      lock.release();
    }
  }

  /** Runs `use` with work.db in one transaction, under its own lock, apart from whoever writes the archive. */
  withWork<T>(use: (work: Work) => T): T {
    const file = join(this.dir, "work.db");
    const lock = takeLock(join(this.dir, "work-lock.db"), file);
    try {
      const work = Work.open(file);
      try {
        return work.transaction(() => use(work));
      } finally {
        work.close();
      }
    } catch (error) {
      throw afterDamage(file, error);
    } finally {
      lock.release();
    }
  }
}

type Shows = (tweet: Tweet) => boolean;

const answered = (tweets: readonly Tweet[], held: ReadonlySet<TweetId>): TweetId[] =>
  tweets.map((t) => t.replyTo).filter((id): id is TweetId => id !== null && !held.has(id));
