import type { PlacedTweet, Question, Section, Transcript } from "../../src/model.ts";
import type { SessionCard, SessionData, SiteData } from "../../src/site/data.ts";
import type { UsedHandle } from "../../src/site/identity.ts";
import { cardOf, chat, config, usersOf } from "./fixture.ts";

/** A session of the fixture's chat on a Tuesday, `week` weeks after the first. */
export interface Sitting {
  readonly week: number;
  readonly placed: readonly PlacedTweet[];
  readonly questions?: readonly Question[];
  readonly status?: "draft" | "reviewed";
}

const FIRST = Date.UTC(2009, 5, 2, 16);
export const startOf = (week: number): number => FIRST + week * 7 * 24 * 3_600_000;
export const slugOf = (week: number): string => new Date(startOf(week)).toISOString().slice(0, 10);

/** A site of one chat with these sessions, oldest first. `used`: handles that accounts had; who used one last comes first. */
export function siteOf(sittings: readonly Sitting[], used: readonly UsedHandle[] = []): SiteData {
  const bare = sittings.map(bareOf);
  const cards = bare.map((data, index) => cardOf(data, `Session ${index + 1}`));
  return {
    config,
    chats: [{ chat, sessions: cards, upcoming: [] }],
    session: (_, slug) => whole(bare, cards, slug),
    picture: () => null,
    users: usersOf(used),
    cards: null,
  };
}

/** One session. */
export const sessionOf = (placed: readonly PlacedTweet[], questions: readonly Question[] = []): SessionData =>
  siteOf([{ week: 0, placed, questions }]).session(chat.slug, slugOf(0));

type Bare = Omit<SessionData, "card" | "previous" | "next">;

function whole(bare: readonly Bare[], cards: readonly SessionCard[], slug: string): SessionData {
  const index = cards.findIndex(({ session }) => session.slug === slug);
  const [data, card] = [bare[index], cards[index]];
  if (data === undefined || card === undefined) throw new Error(`no session ${slug}`);
  return { ...data, card, previous: cards[index - 1] ?? null, next: cards[index + 1] ?? null };
}

function bareOf({ week, placed, questions = [], status = "reviewed" }: Sitting): Bare {
  const notes = {
    title: null,
    hosts: null,
    guests: [],
    status,
    questions: [],
    edits: [],
    pins: [],
    remarks: [],
    start: null,
    minutes: null,
  };
  return { chat, notes: { ...notes, body: "" }, transcript: transcriptOf(week, placed, questions), coverage: null };
}

function transcriptOf(week: number, placed: readonly PlacedTweet[], questions: readonly Question[]): Transcript {
  const session = { chat: chat.slug, slug: slugOf(week), window: { start: startOf(week), minutes: 60, lead: 15, grace: 30 } };
  const shown = placed.filter(({ tweet, placement }) => !placement.hidden && placement.asks === null && tweet.repostOf === null);
  const under = (number: number | null) =>
    shown.filter(({ placement }) => placement.question === number).map((one) => ({ ...one, replies: [] }));
  const sections: Section[] = [
    ...questions.map((question) => ({ kind: "question" as const, question, threads: under(question.number) })),
    { kind: "aside", question: null, threads: under(null) },
  ];
  return {
    session,
    questions,
    placed,
    context: [],
    sections,
    reposts: new Map(),
    tombstones: [],
    removed: new Set<string>(),
    unmatched: [],
  };
}
