import { lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Archive } from "../archive/archive.ts";
import { nextSittings } from "../config/schedule.ts";
import type { Chat, Session, SiteConfig, Transcript } from "../model.ts";
import { CardDesk } from "./cards/desk.ts";
import type { ChatData, SessionCard, SiteData } from "./data.ts";
import { titleOf } from "./heading.ts";
import { filesOf } from "./media.ts";
import { flat } from "./page.ts";
import { spoken } from "./question.ts";
import { siteConfig } from "./theme.ts";
import { type Words, wordsOf } from "./words/words.ts";

/** Opens the archive in a folder as what a site is built from. `now` (ms) decides which sittings are still to come. */
export async function openSite(dir: string, now: number): Promise<SiteData & { close(): void }> {
  const config = await siteConfig(dir);
  const archive = Archive.open(dir);
  return { ...siteOf(archive, config, now), close: () => archive.close() };
}

export function siteOf(archive: Archive, config: SiteConfig, now: number): SiteData {
  const words = wordsOf(config);
  const chats = archive.chats.map(
    (chat): ChatData => ({
      chat,
      sessions: archive.sessions(chat).map((session) => cardOf(archive, words, { chat, session })),
      upcoming: nextSittings(chat, now, 12),
    }),
  );
  return {
    config,
    chats,
    session(chatSlug, slug) {
      const chat = archive.chat(chatSlug);
      const cards = chats.find((c) => c.chat === chat)?.sessions ?? [];
      const i = cards.findIndex((card) => card.session.slug === slug);
      const card = cards[i] ?? cardOf(archive, words, { chat, session: archive.session(chat, slug) });
      const transcript = archive.transcript(chat, card.session);
      const beside = { previous: cards[i - 1] ?? null, next: cards[i + 1] ?? null };
      return { card, chat, notes: archive.notes(chat, slug), transcript, coverage: archive.coverage(chat, card.session), ...beside };
    },
    picture: (file) => pictureIn(archive.dir, file),
    handles: () => archive.store.handles(),
    cards: CardDesk.open(join(archive.dir, "cards")),
  };
}

/** An import may have named the file: nothing outside media/ is read, whatever it says. */
function pictureIn(dir: string, file: string): Uint8Array | null {
  if (!/^[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(file)) return null; // "3f9a.jpg", not "../removed.key"
  const path = join(dir, "media", file);
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() === true ? readFileSync(path) : null;
}

function cardOf(archive: Archive, words: Words, { chat, session }: { readonly chat: Chat; readonly session: Session }): SessionCard {
  const notes = archive.notes(chat, session.slug);
  const transcript = archive.transcript(chat, session);
  const shown = transcript.placed.filter((p) => !p.placement.hidden && p.tweet.repostOf === null);
  return {
    session,
    title: titleOf(words, chat, { session, notes }),
    status: notes.status,
    hosts: notes.hosts ?? chat.hosts,
    guests: notes.guests,
    tweets: shown.length,
    people: new Set(shown.map((p) => p.tweet.author.id ?? p.tweet.author.handle.toLowerCase())).size,
    questions: transcript.questions.map((question) => {
      const { label, anchor, text, number, asks } = spoken(words, transcript, question);
      return { label, anchor, text, number, asks, answers: answersTo(transcript, number) };
    }),
    ...archive.dates(chat, session),
    tombstones: transcript.tombstones,
    files: filesOf(transcript),
    pins: shownPins(
      transcript,
      notes.pins.map((pin) => pin.tweet),
    ),
  };
}

/** Answers to a question and replies to them, as its section counts them. */
const answersTo = ({ sections }: Transcript, number: number): number =>
  flat(sections.find(({ question }) => question?.number === number)?.threads ?? []).length;

/** Pins of tweets that are held and shown, in the organiser's order, by the id they are held under. */
function shownPins(transcript: Transcript, pins: readonly string[]): string[] {
  const held = new Map(
    transcript.placed
      .filter((p) => !p.placement.hidden)
      .flatMap(({ tweet }) => [tweet.id, ...tweet.aliases].map((id) => [id, tweet.id] as const)),
  );
  return [...new Set(pins.flatMap((id) => held.get(id) ?? []))];
}
