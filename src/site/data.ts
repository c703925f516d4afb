import type { Chat, Coverage, Notes, Session, SiteConfig, Tombstone, Transcript, TweetId } from "../model.ts";
import type { CardMaker } from "./cards/cards.ts";
import type { Users } from "./identity.ts";
import type { Stock } from "./stock.ts";

/** One session as pages list it. */
export interface SessionCard {
  readonly session: Session;
  readonly title: string;
  readonly status: Notes["status"];
  readonly hosts: readonly string[];
  readonly guests: readonly string[];
  /** Tweets shown, reposts not counted; people who wrote them; questions asked. */
  readonly tweets: number;
  readonly people: number;
  readonly questions: readonly {
    readonly label: string;
    readonly anchor: string;
    readonly text: string;
    readonly number: number;
    readonly asks: readonly string[];
    /** What came of it: answers, and replies to them. */
    readonly answers: number;
  }[];
  readonly pins: readonly string[];
  /** The tweets that have a page of their own: those that ask, those that are pinned; all, if the site wants it. */
  readonly pages: readonly TweetId[];
  /** Names in media/ of the images its pages show. */
  readonly files: readonly string[];
  /** When the newest body that names it came, and how; null: not known. */
  readonly captured: { readonly kind: "import" | "capture"; readonly at: number } | null;
  /** When what is stored of it changed last. */
  readonly changed: number;
  /** What is left of removed tweets. */
  readonly tombstones: readonly Tombstone[];
}

/** A session by its name: all that pages about others say of it. */
export type SessionName = Pick<SessionCard, "session" | "title">;

/** Whether a session is in feeds and in the sitemap. */
export const isPublic = ({ status }: Pick<SessionCard, "status">): boolean => status === "reviewed";

/** The tweets of a session that have a page of their own, unless all have one. */
export const ownPages = (card: Pick<SessionCard, "questions" | "pins">): TweetId[] => [
  ...new Set([...card.questions.flatMap(({ asks }) => asks), ...card.pins]),
];

/** One session whole. */
export interface SessionData {
  readonly card: SessionCard;
  readonly chat: Chat;
  readonly notes: Notes;
  readonly transcript: Transcript;
  /** How whole it was captured; null: all of it was imported. */
  readonly coverage: Coverage | null;
  readonly previous: SessionName | null;
  readonly next: SessionName | null;
}

export interface ChatData {
  readonly chat: Chat;
  /** Oldest first. */
  readonly sessions: readonly SessionCard[];
  /** The next sittings, soonest first, at most twelve. */
  readonly upcoming: readonly { readonly slug: string; readonly start: number; readonly minutes: number; readonly zone: string }[];
}

/** All a site is built from. Templates ask this and nothing else. */
export interface SiteData {
  readonly config: SiteConfig;
  readonly chats: readonly ChatData[];
  /** Reads and places one session; cheap to call twice in a row for the same one. */
  session(chat: string, slug: string): SessionData;
  /** The bytes of a kept image, by its name in media/; null: it is not there. */
  picture(file: string): Uint8Array | null;
  readonly users: Users;
  /** Makes the pictures that stand for pages elsewhere; null: what draws them is not installed. */
  readonly cards: CardMaker | null;
  /** What is known of all sessions; absent: it is read when it is asked for. */
  readonly stock?: Stock;
}
