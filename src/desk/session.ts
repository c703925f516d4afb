import { existsSync, realpathSync, rmSync, statSync } from "node:fs";
import type { Archive } from "../archive/archive.ts";
import { readText } from "../config/archive.ts";
import { writeDurably } from "../config/durable.ts";
import type { Chat, Notes, SessionSlug, SiteConfig } from "../model.ts";
import { aloneOf } from "../site/card.ts";
import type { SessionData } from "../site/data.ts";
import { asDiskError } from "../store/open.ts";
import { review } from "../thread/review.ts";
import type { NotesFile } from "./desk.ts";
import type { Standing } from "./standing.ts";

/** A standing with all that the session's page is made from. */
export interface Shown extends Standing {
  readonly data: SessionData;
  /** Entries beyond those that are shown. */
  readonly more: number;
}

export interface Where {
  readonly archive: Archive;
  readonly config: SiteConfig;
  readonly chat: Chat;
  readonly slug: SessionSlug;
}

/** Places the session by other notes than those that were read last. Everything else is read from the archive as it is now. */
export function stand({ archive, config, chat, slug }: Where, notes: Notes, exists: boolean): Shown {
  archive.folder.adopt(chat, slug, exists ? notes : null);
  archive.refresh();
  const session = archive.session(chat, slug);
  const { input, transcript } = archive.read(chat, session);
  const { entries, more } = review(input, transcript, { coverage: archive.coverage(chat, session) });
  return { notes, transcript, entries, more, data: aloneOf(archive, config, { chat, session }) };
}

/** The session's file on the disk. A link is followed, and the file keeps its rights. */
export function notesFile(name: string): NotesFile {
  const real = (): string => (existsSync(name) ? realpathSync(name) : name);
  return {
    name,
    read: () => (existsSync(name) ? readText(name) : null),
    write(text) {
      try {
        if (text === null) rmSync(real(), { force: true });
        else writeDurably(real(), text, (statSync(name, { throwIfNoEntry: false })?.mode ?? 0o644) & 0o777);
      } catch (error) {
        throw asDiskError(name, error);
      }
    },
  };
}
