import { basename, join } from "node:path";
import type { Archive } from "../archive/archive.ts";
import { boundsOf } from "../archive/belonging.ts";
import { belongsTo, sittingsBetween } from "../config/schedule.ts";
import { addDays } from "../config/zone.ts";
import type { Chat, ChatSlug, Observation, Refusal, Session, SessionSlug } from "../model.ts";
import type { ImportFile } from "../source/file.ts";
import { takeLock } from "../store/open.ts";
import type { RawHead } from "../store/raw.ts";
import type { Store } from "../store/store.ts";
import { KeepOut } from "./keep-out.ts";

/** What became of one file. new + held + context + removed + refused = read. */
export interface ImportReport {
  readonly file: string;
  readonly format: string;
  readonly read: number;
  readonly new: number;
  readonly held: number;
  /** Records that are context and nothing else. */
  readonly context: number;
  /** Records whose own id had been rounded and was put right. */
  readonly repaired: number;
  /** Records of removed tweets and authors: kept out. */
  readonly removed: number;
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

/** Adds a file to a chat. Each part is one transaction: its raw bytes and its tweets are kept together or not at all.
 *  One that was cut short is gone on with by importing the file again: nothing is kept twice. */
export async function importFile(
  archive: Archive,
  file: ImportFile,
  chat: Chat,
  options: { session: SessionSlug | null; now: number },
): Promise<ImportReport> {
  const { format, size, sha256 } = file;
  const named = { chat: chat.slug, session: options.session ?? "" } as const;
  const head = { kind: "import", name: basename(file.file), format, ...named, receivedAt: options.now, size, sha256 } as const;
  try {
    const { refusals, ...tally } = await addParts(archive, file, chat, head);
    const refused = refusals.length;
    const context = tally.read - tally.new - tally.held - tally.removed - refused;
    return { file: file.file, format, ...tally, context, refused, refusals };
  } finally {
    archive.refresh();
  }
}

const FORGET = "remove it here too with npx chatscribe forget";

async function addParts(archive: Archive, file: ImportFile, chat: Chat, head: RawHead) {
  const { store } = archive;
  const sessions = new Sessions(archive, chat);
  const keepOut = new KeepOut(archive, chat, {
    format: file.format,
    session: head.session === "" ? null : head.session,
    now: head.receivedAt,
  });
  const tally = { read: 0, new: 0, held: 0, repaired: 0, removed: 0, refusals: [] as Refusal[], warnings: [] as Refusal[] };
  let raw: number | null = null;
  let position = 0;
  for await (const part of file.parts()) {
    const cut = await keepOut.cut(part.bytes);
    store.transaction(() => {
      raw ??= store.raw.begin(head);
      store.raw.keepPart(raw, part.seq, part.bytes, cut);
      for (const line of keepOut.erasedIn(part.bytes)) {
        const left = keepOut.entombLine(line);
        if (left === null) tally.warnings.push({ line: line.line, why: `tweet ${line.tweet} is removed there and held here: ${FORGET}` });
        else sessions.settle(left);
      }
      const { kept, out } = keepOut.sort(part.observations);
      for (const one of out) {
        if (keepOut.entomb(one)) sessions.settle({ time: one.tweet.time, session: one.session });
        if (!one.context) tally.removed++;
      }
      const told = addTold(store, kept, {
        chat: chat.slug,
        position,
        settle: ({ tweet: { time }, session }) => sessions.settle({ time, session }),
      });
      position += told.new + told.held;
      tally.new += told.new;
      tally.held += told.held;
      tally.repaired += told.repaired;
    });
    tally.read += part.read;
    // one by one: a part may hold more than a call takes arguments
    for (const refusal of part.refused) tally.refusals.push(refusal);
    for (const warning of part.warnings) tally.warnings.push(warning);
  }
  store.transaction(() => {
    if (raw !== null) store.raw.end(raw);
    store.repairRounded();
  });
  return tally;
}

/** Adds what a part tells to a chat. `position`: how many of its file's tweets came before it. Call it inside a transaction. */
export function addTold(
  store: Store,
  observations: readonly Observation[],
  { chat, position, settle }: { chat: ChatSlug; position: number; settle(observation: Observation): void },
): { readonly new: number; readonly held: number; readonly repaired: number } {
  const tally = { new: 0, held: 0, repaired: 0 };
  for (const observation of observations) {
    const isNew = store.add(observation);
    if (observation.context) continue;
    settle(observation);
    const place = placeOf(observation, position + tally.new + tally.held);
    const { session, untagged = false } = observation;
    store.join(observation.tweet, { chat, session, position: place, untagged });
    tally[isNew ? "new" : "held"]++;
    if (observation.repaired) tally.repaired++;
  }
  return tally;
}

/** A tweet without a time keeps its place in the file. */
const placeOf = ({ tweet }: Observation, position: number): number | null => (tweet.time === null ? position : null);

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A chat's sessions while tweets arrive: a sitting of the schedule becomes a session with its first tweet. */
export class Sessions {
  readonly #archive: Archive;
  readonly #chat: Chat;
  /** Held or with a file when the import began. */
  readonly #known: ReadonlyMap<SessionSlug, Session>;
  readonly #kept: Set<SessionSlug>;
  /** Sessions whose window may hold a moment of that hour. Being kept changes no window. */
  readonly #byHour = new Map<number, readonly Session[]>();

  constructor(archive: Archive, chat: Chat) {
    this.#archive = archive;
    this.#chat = chat;
    this.#known = new Map(archive.sessions(chat).map((s) => [s.slug, s]));
    this.#kept = new Set(archive.store.sessions(chat.slug).map((s) => s.slug));
  }

  /** Sees to it that the session is held that the tweet's time, or without a time its record, names. */
  settle({ time, session: named }: { readonly time: number | null; readonly session: SessionSlug | null }): void {
    if (time === null) {
      if (named !== null) this.#keep(this.#named(named));
      return;
    }
    const session = belongsTo(this.#around(time), time);
    if (session !== null) this.#keep(session);
  }

  #keep(session: Session): void {
    if (this.#kept.has(session.slug)) return;
    this.#archive.store.keepSession(session);
    this.#kept.add(session.slug);
  }

  #named(slug: SessionSlug): Session {
    return this.#known.get(slug) ?? this.#archive.folder.session(this.#chat, slug, null);
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
    const known = [...this.#known.values()].filter(({ window }) => boundsOf(window).from < from + HOUR && boundsOf(window).to > from);
    return [...known, ...sittingsNear(this.#chat, from).filter((s) => !this.#known.has(s.slug))];
  }
}

/** The sittings of the schedule whose windows can hold a moment of the hour that begins at `from`; a date is a day off at most in any zone. */
function sittingsNear(chat: Chat, from: number): Session[] {
  const { lead, grace } = chat;
  const longest = Math.max(...chat.schedule.map((rule) => rule.minutes));
  const day = (time: number): string => new Date(time).toISOString().slice(0, 10);
  const first = addDays(day(from - (longest + grace) * MINUTE), -1);
  const last = addDays(day(from + HOUR + lead * MINUTE), 1);
  return sittingsBetween(chat, first, last).map(({ slug, start, minutes }) => ({
    chat: chat.slug,
    slug,
    window: { start, minutes, lead, grace },
  }));
}
