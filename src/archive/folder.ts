import { join } from "node:path";
import { chatFiles, notedSessions, readChats, readNotes } from "../config/archive.ts";
import { NO_NOTES } from "../config/notes.ts";
import { sessionWindow } from "../config/schedule.ts";
import { isSessionSlug } from "../config/values.ts";
import { didYouMean, UserError } from "../errors.ts";
import type { Chat, ChatSlug, Notes, Session, SessionSlug, SessionWindow } from "../model.ts";
import { Lately } from "./lately.ts";
import { type Touch, touchOf } from "./touch.ts";

/** The notes of so many sessions are remembered where few are to be: more than are rendered in one go. */
const LITTLE = 40;

/** What an archive's owner wrote: its chats and their sessions' notes. Reads files and makes none. */
export class Folder {
  readonly dir: string;
  readonly chats: readonly Chat[];
  readonly #names = new Map<ChatSlug, readonly string[]>();
  readonly #touched = new Map<ChatSlug, ReadonlyMap<string, Touch>>();
  readonly #noted = new Map<ChatSlug, ReadonlySet<SessionSlug>>();
  #read = new Lately<Notes>(Number.POSITIVE_INFINITY);
  /** These stand, whatever the files say. */
  readonly #adopted = new Map<string, Notes>();

  constructor(dir: string) {
    this.dir = dir;
    this.chats = readChats(dir);
  }

  chat(slug: ChatSlug): Chat {
    const chat = this.chats.find((c) => c.slug === slug || c.was.includes(slug));
    if (chat !== undefined) return chat;
    const known = this.chats.map((c) => c.slug);
    throw new UserError(`chat "${slug}" is not in ${join(this.dir, "chats")}${didYouMean(slug, known) || listOf(known)}`);
  }

  /** The sessions of a chat that have a file. What is in the files is not read yet. */
  noted(chat: Chat): ReadonlySet<SessionSlug> {
    let noted = this.#noted.get(chat.slug);
    if (noted === undefined) {
      noted = new Set(notedSessions(this.dir, chat, this.#namesOf(chat)));
      this.#noted.set(chat.slug, noted);
    }
    return noted;
  }

  #namesOf(chat: Chat): readonly string[] {
    const names = this.#names.get(chat.slug) ?? chatFiles(this.dir, chat);
    this.#names.set(chat.slug, names);
    return names;
  }

  /** When each of a chat's files was touched last, by its name (`2009-07-21.md`): looked at once, before what is in them. */
  touched(chat: Chat): ReadonlyMap<string, Touch> {
    const known = this.#touched.get(chat.slug);
    if (known !== undefined) return known;
    const folder = join(this.dir, "chats", chat.slug);
    const touched = new Map<string, Touch>();
    for (const name of this.#namesOf(chat)) {
      const touch = touchOf(`${folder}/${name}`);
      if (touch !== null) touched.set(name, touch);
    }
    this.#touched.set(chat.slug, touched);
    return touched;
  }

  /** What a session's file says, read when it is asked for first; without a file, nothing. */
  notes(chat: Chat, slug: SessionSlug): Notes {
    if (!this.noted(chat).has(slug)) return NO_NOTES;
    const file = this.file(chat, slug);
    return this.#adopted.get(file) ?? this.#read.get(file, () => readNotes(file));
  }

  /** From here on the notes of few sessions are remembered: whoever goes through all sessions would come to hold all. */
  keepLittle(): void {
    this.#read = new Lately(LITTLE);
  }

  /** What a session's file says, where somebody has read it; null: there is none. */
  adopt(chat: Chat, slug: SessionSlug, notes: Notes | null): void {
    const noted = new Set(this.noted(chat));
    if (notes === null) noted.delete(slug);
    else {
      noted.add(slug);
      this.#adopted.set(this.file(chat, slug), notes);
    }
    this.#noted.set(chat.slug, noted);
  }

  /** Where a session's notes are, whether the file exists or not. */
  file(chat: Chat, slug: SessionSlug): string {
    return join(this.dir, "chats", chat.slug, `${slug}.md`);
  }

  /** A session by its slug, held or still to come: its window from its file, else as stored, else by the schedule. */
  session(chat: Chat, slug: SessionSlug, stored: SessionWindow | null): Session {
    if (!isSessionSlug(slug))
      throw new UserError(`"${slug}" is no session: write its date, as 2009-07-21, or 2009-07-21-1900 for one of several on a day`);
    return {
      chat: chat.slug,
      slug,
      window: sessionWindow(chat, slug, this.noted(chat).has(slug) ? this.notes(chat, slug) : null, stored, this.file(chat, slug)),
    };
  }
}

/** `; there are: a, b` */
export const listOf = (known: readonly string[]): string => (known.length === 0 ? "" : `; there are: ${known.join(", ")}`);
