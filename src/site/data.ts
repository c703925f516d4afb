import type { Chat, Coverage, Notes, Session, SiteConfig, Tombstone, Transcript } from "../model.ts";

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
  }[];
  readonly pins: readonly string[];
  /** What is left of removed tweets. */
  readonly tombstones: readonly Tombstone[];
}

/** One session whole. */
export interface SessionData {
  readonly card: SessionCard;
  readonly chat: Chat;
  readonly notes: Notes;
  readonly transcript: Transcript;
  /** How whole it was captured; null: all of it was imported. */
  readonly coverage: Coverage | null;
  readonly previous: SessionCard | null;
  readonly next: SessionCard | null;
}

export interface ChatData {
  readonly chat: Chat;
  /** Oldest first. */
  readonly sessions: readonly SessionCard[];
  /** The next sittings, soonest first, at most twelve. */
  readonly upcoming: readonly { readonly start: number; readonly minutes: number; readonly zone: string }[];
}

/** All a site is built from. Templates ask this and nothing else. */
export interface SiteData {
  readonly config: SiteConfig;
  readonly chats: readonly ChatData[];
  /** Reads and places one session; cheap to call twice in a row for the same one. */
  session(chat: string, slug: string): SessionData;
}
