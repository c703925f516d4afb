import type { Archive } from "../archive/archive.ts";
import type { Chat, Session, SiteConfig, Transcript } from "../model.ts";
import { ownPages, type SessionCard, type SessionData } from "./data.ts";
import { titleOf } from "./heading.ts";
import { filesOf } from "./media.ts";
import { flat } from "./page.ts";
import { spoken } from "./question.ts";
import { wordsOf } from "./words/words.ts";

/** One session by itself: without the sessions beside it. */
export function aloneOf(archive: Archive, config: SiteConfig, { chat, session }: Named): SessionData {
  const { transcript } = archive.read(chat, session);
  const card = cardOf(archive, config, { chat, session });
  const notes = archive.notes(chat, session.slug);
  return { card, chat, notes, transcript, coverage: archive.coverage(chat, session), previous: null, next: null };
}

interface Named {
  readonly chat: Chat;
  readonly session: Session;
}

/** A session as pages list it. */
export function cardOf(archive: Archive, config: SiteConfig, { chat, session }: Named): SessionCard {
  const words = wordsOf(config);
  const notes = archive.notes(chat, session.slug);
  const transcript = archive.transcript(chat, session);
  const { captured, changed } = archive.dates(chat, session);
  const shown = transcript.placed.filter((p) => !p.placement.hidden && p.tweet.repostOf === null);
  const questions = transcript.questions.map((question) => {
    const { label, anchor, text, number, asks } = spoken(words, transcript, question);
    return { label, anchor, text, number, asks, answers: answersTo(transcript, number) };
  });
  const pins = shownPins(
    transcript,
    notes.pins.map((pin) => pin.tweet),
  );
  return {
    session,
    title: titleOf(words, chat, { session, notes }),
    status: notes.status,
    hosts: notes.hosts ?? chat.hosts,
    guests: notes.guests,
    tweets: shown.length,
    people: new Set(shown.map((p) => p.tweet.author.id ?? p.tweet.author.handle.toLowerCase())).size,
    questions,
    captured,
    changed,
    tombstones: transcript.tombstones,
    files: filesOf(transcript),
    pins,
    pages: config.tweetPages === "all" ? shown.map(({ tweet }) => tweet.id) : ownPages({ questions, pins }),
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
