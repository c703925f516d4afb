import { basename, join } from "node:path";
import type { Archive } from "../archive/archive.ts";
import { belongsTo, sittingsBetween } from "../config/schedule.ts";
import { addDays } from "../config/zone.ts";
import type { Chat, Observation, Refusal, Session, SessionSlug, Tweet } from "../model.ts";
import type { ImportFile, ImportPart } from "../source/file.ts";
import { takeLock } from "../store/open.ts";

/** What became of one file. new + held + refused = read. */
export interface ImportReport {
  readonly file: string;
  readonly format: string;
  readonly read: number;
  readonly new: number;
  readonly held: number;
  /** Records whose own id had been rounded and was put right. */
  readonly repaired: number;
  readonly refused: number;
  readonly refusals: readonly Refusal[];
  readonly warnings: readonly Refusal[];
}

/** Holds archive.db's one right to write while `use` runs. */
export async function writing<T>(dir: string, use: () => Promise<T>): Promise<T> {
  const lock = takeLock(join(dir, "archive-lock.db"), join(dir, "archive.db"));
  try {
    return await use();
  } finally {
    lock.release();
  }
}

/** Adds a file to a chat. Each part is one transaction: its raw bytes and its tweets are kept together or not at all. */
export async function importFile(
  archive: Archive,
  file: ImportFile,
  chat: Chat,
  options: { session: SessionSlug | null; now: number },
): Promise<ImportReport> {
  const { store } = archive;
  const sessions = new Sessions(archive, chat);
  const head = {
    kind: "import",
    name: basename(file.file),
    format: file.format,
    chat: chat.slug,
    session: options.session ?? "",
    receivedAt: options.now,
    size: file.size,
    sha256: file.sha256,
  } as const;
  const tally = { read: 0, new: 0, held: 0, repaired: 0, refusals: [] as Refusal[], warnings: [] as Refusal[] };
  let raw: number | null = null;
  let position = 0;
  for await (const part of file.parts()) {
    store.transaction(() => {
      raw ??= store.beginRaw(head);
      store.keepPart(raw, part.seq, part.bytes);
      for (const observation of part.observations)
        position += addObservation(archive, sessions, observation, { chat: chat.slug, position, tally });
    });
    count(tally, part);
  }
  store.transaction(() => {
    if (raw !== null) store.endRaw(raw);
    store.repairRounded();
  });
  archive.refresh();
  const { refusals, ...counts } = tally;
  return { file: file.file, format: file.format, ...counts, refused: refusals.length, refusals };
}

interface Tally {
  read: number;
  new: number;
  held: number;
  repaired: number;
  refusals: Refusal[];
  warnings: Refusal[];
}

function count(tally: Tally, part: ImportPart): void {
  tally.read += part.read;
  tally.refusals.push(...part.refused);
  tally.warnings.push(...part.warnings);
}

/** Stores one observation; returns 1 where it took a place in its file (a tweet), 0 for context. */
function addObservation(
  archive: Archive,
  sessions: Sessions,
  observation: Observation,
  { chat, position, tally }: { chat: string; position: number; tally: Tally },
): number {
  const isNew = archive.store.add(observation);
  if (observation.context) return 0;
  const { tweet } = observation;
  archive.store.join(tweet, {
    chat,
    session: sessions.settle(tweet, observation.session),
    position: tweet.time === null ? position : null,
  });
  if (isNew) tally.new++;
  else tally.held++;
  if (observation.repaired) tally.repaired++;
  return 1;
}

const HOUR = 3_600_000;

/** A chat's sessions while tweets arrive: a sitting of the schedule becomes a session with its first tweet. */
class Sessions {
  readonly #archive: Archive;
  readonly #chat: Chat;
  readonly #kept: Set<SessionSlug>;
  /** Sessions whose window may hold a moment of that hour. */
  readonly #byHour = new Map<number, readonly Session[]>();

  constructor(archive: Archive, chat: Chat) {
    this.#archive = archive;
    this.#chat = chat;
    this.#kept = new Set(archive.store.sessions(chat.slug).map((s) => s.slug));
  }

  /** Sees to the tweet's session; returns its slug only where no window can decide: no time, or a reply after it. */
  settle(tweet: Tweet, named: SessionSlug | null): SessionSlug | null {
    if (tweet.time === null) return named === null ? null : this.#keep(this.#named(named));
    const session = belongsTo(this.#around(tweet.time), tweet.time);
    if (session !== null) {
      this.#keep(session);
      return null;
    }
    return named !== null && tweet.replyTo !== null && this.#isShortlyAfter(named, tweet.time) ? named : null;
  }

  #keep(session: Session): SessionSlug {
    if (!this.#kept.has(session.slug)) {
      this.#archive.store.keepSession(session);
      this.#kept.add(session.slug);
      this.#archive.refresh();
      this.#byHour.clear();
    }
    return session.slug;
  }

  #named(slug: SessionSlug): Session {
    const held = this.#archive.sessions(this.#chat).find((s) => s.slug === slug);
    return held ?? this.#archive.folder.session(this.#chat, slug, null);
  }

  /** "After the hour": replies found within a day of the window's end. */
  #isShortlyAfter(named: SessionSlug, time: number): boolean {
    const session = this.#archive.sessions(this.#chat).find((s) => s.slug === named);
    if (session === undefined) return false;
    const end = session.window.start + (session.window.minutes + session.window.grace) * 60_000;
    return time >= end && time < end + 24 * HOUR;
  }

  #around(time: number): readonly Session[] {
    const hour = Math.floor(time / HOUR);
    let near = this.#byHour.get(hour);
    if (near === undefined) {
      near = this.#read(hour * HOUR);
      this.#byHour.set(hour, near);
    }
    return near;
  }

  /** Sessions held or with a file, and sittings of the schedule that are neither, near one hour. */
  #read(from: number): Session[] {
    const known = this.#archive.sessions(this.#chat);
    const slugs = new Set(known.map((s) => s.slug));
    const scheduled = sittingsNear(this.#chat, from).filter((s) => !slugs.has(s.slug));
    return [
      ...known.filter((s) => Math.abs(s.window.start - from) < (s.window.minutes + s.window.lead + s.window.grace) * 60_000 + HOUR),
      ...scheduled,
    ];
  }
}

/** The sittings of the schedule within two days of `from`: any whose window could hold a moment of that hour. */
function sittingsNear(chat: Chat, from: number): Session[] {
  const day = new Date(from).toISOString().slice(0, 10);
  return sittingsBetween(chat, addDays(day, -2), addDays(day, 2)).map(({ slug, start, minutes }) => ({
    chat: chat.slug,
    slug,
    window: { start, minutes, lead: chat.lead, grace: chat.grace },
  }));
}
