import { lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Archive } from "../archive/archive.ts";
import { nextSittings } from "../config/schedule.ts";
import type { Chat, SiteConfig } from "../model.ts";
import { Work } from "../store/work.ts";
import { cardOf } from "./card.ts";
import { CardDesk } from "./cards/desk.ts";
import type { ChatData, SiteData } from "./data.ts";
import { readSessions, renewRollups } from "./freshen.ts";
import { KeptStock } from "./kept-stock.ts";
import { programHash } from "./program.ts";
import { findStale } from "./stale.ts";
import type { Stock } from "./stock.ts";
import { siteConfig } from "./theme.ts";
import { startOfWeek } from "./week.ts";

/** Opens the archive in a folder as what a site is built from. `now` (ms) decides which sittings are still to come. */
export async function openSite(dir: string, now: number): Promise<SiteData & { close(): void }> {
  const config = await siteConfig(dir);
  const archive = Archive.open(dir);
  const work = Work.open(join(dir, "work.db"));
  readSessions({ archive, work }, findStale({ archive, work }, programHash(dir)), config);
  renewRollups({ archive, work }, "all");
  const close = (): void => {
    work.close();
    archive.close();
  };
  return { ...siteOf(archive, { config, now, stock: new KeptStock(work.shelf) }), close };
}

export interface SiteOptions {
  readonly config: SiteConfig;
  readonly now: number;
  /** What is known of its sessions: all of them, or those that somebody has reviewed. */
  readonly stock: Stock;
}

/** What is known of an archive as what a site is built from: call it when no session is stale, and the archive knows its sessions. */
export function siteOf(archive: Archive, { config, now, stock }: SiteOptions): SiteData {
  return {
    config,
    stock,
    chats: archive.chats.map((chat) => chatData(chat, stock, now)),
    session(chatSlug, slug) {
      const chat = archive.chat(chatSlug);
      const sessions = stock.sessions(chat.slug);
      const place = sessions.findIndex(({ session }) => session.slug === slug);
      const session = archive.session(chat, slug);
      const card = stock.card(chat.slug, slug) ?? cardOf(archive, config, { chat, session });
      const beside = { previous: sessions[place - 1] ?? null, next: sessions[place + 1] ?? null };
      const transcript = archive.transcript(chat, session);
      return { card, chat, notes: archive.notes(chat, slug), transcript, coverage: archive.coverage(chat, session), ...beside };
    },
    picture: (file) => pictureIn(archive.dir, file),
    users: archive.store.users,
    cards: CardDesk.open(join(archive.dir, "cards")),
  };
}

const chatData = (chat: Chat, stock: Stock, now: number): ChatData => ({
  chat,
  get sessions() {
    return stock.sessions(chat.slug);
  },
  upcoming: nextSittings(chat, startOfWeek(now), 12),
});

/** An import may have named the file: nothing outside media/ is read, whatever it says. */
export function pictureIn(dir: string, file: string): Uint8Array | null {
  if (!/^[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(file)) return null; // "3f9a.jpg", not "../removed.key"
  const path = join(dir, "media", file);
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() === true ? readFileSync(path) : null;
}
