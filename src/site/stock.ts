import type { Session, SessionSlug, TweetId } from "../model.ts";
import type { SessionCard, SiteData } from "./data.ts";
import type { PersonKey } from "./identity.ts";
import type { Shared } from "./links.ts";
import { ReadStock } from "./read-stock.ts";
import type { KeyedRoster } from "./roster.ts";
import type { Said, SaidTo, SessionShare, Summary } from "./summary.ts";

/** Of a summary what is asked of one session only. */
export type More = Pick<Summary, "unanswered" | "links" | "entry" | "lede" | "search">;

/** A person's part of a session. */
export interface PartRow {
  readonly session: string;
  /** How many tweets of theirs, and the first of them. */
  readonly tweets: number;
  readonly first: TweetId | null;
  /** How many tweets to them they did not answer. */
  readonly replies: number;
  said(): readonly Said[];
  missed(): readonly SaidTo[];
}

/** The links of a chat's reviewed sessions: what most tweets share first, then the newest. */
export interface ChatLinks<Share = SessionShare & { readonly session: SessionSlug }> {
  /** How many there are. */
  readonly total: number;
  readonly links: readonly (Shared<Share> & {
    /** How many more tweets share it. */
    readonly more: number;
  })[];
}

/** So many links, and so many of those who shared each, the latest. */
export interface Most {
  readonly links: number;
  readonly shares: number;
}

/** What is known of all sessions without reading them. */
export interface Stock {
  /** A chat's sessions, oldest first. */
  sessions(chat: string): readonly SessionCard[];
  card(chat: string, slug: string): SessionCard | null;
  /** Who was in them. */
  roster(chat: string): KeyedRoster;
  more(chat: string, slug: string): More | null;
  /** In no order. */
  parts(chat: string, person: PersonKey): readonly PartRow[];
  links(chat: string, most: Most): ChatLinks;
}

/** Oldest first. */
export const inOrder = (a: Session, b: Session): number => a.window.start - b.window.start || (a.slug < b.slug ? -1 : 1);

const read = new WeakMap<SiteData, Stock>();

/** What a site knows of all its sessions; where nobody kept it, it is read, once. */
export function stockOf(site: SiteData): Stock {
  if (site.stock !== undefined) return site.stock;
  const known = read.get(site) ?? new ReadStock(site);
  read.set(site, known);
  return known;
}
