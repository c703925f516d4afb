import type { Session, TweetId } from "../model.ts";
import type { Shelf } from "../store/shelf.ts";
import { isPublic, type SessionCard, type SessionName, type SiteData } from "./data.ts";
import { Identities, type PersonKey } from "./identity.ts";
import { type Attendance, type Details, type Said, type SaidTo, type SessionShare, type Summary, summarise } from "./summary.ts";

/** Of a summary what is asked of one session only. */
export type More = Pick<Summary, "unanswered" | "links" | "entry" | "lede" | "search">;

/** A person's part of a session. */
export interface PartRow {
  readonly session: string;
  /** How many tweets of theirs, and the first of them. */
  readonly tweets: number;
  readonly first: TweetId | null;
  said(): readonly Said[];
  readonly missed: readonly SaidTo[];
}

/** What is known of all sessions without reading them. */
export interface Stock {
  /** A chat's sessions, oldest first. */
  sessions(chat: string): readonly (SessionName & Pick<SessionCard, "tweets">)[];
  card(chat: string, slug: string): SessionCard | null;
  cards(chat: string): SessionCard[];
  /** Who was in which session, in no order of the sessions. */
  people(chat: string): Iterable<readonly [slug: string, people: readonly Attendance[]]>;
  more(chat: string, slug: string): More | null;
  /** In no order. */
  parts(chat: string, person: PersonKey): readonly PartRow[];
  shares(chat: string, slug: string): readonly SessionShare[];
}

interface KnownSession extends SessionName, Pick<SessionCard, "tweets"> {
  /** Of all that its own pages are made from. */
  readonly digest: string;
}

/** By chat and session: who was in it. */
export type Attendances = ReadonlyMap<string, ReadonlyMap<string, readonly Attendance[]>>;

export interface StockOptions {
  /** false: of reviewed sessions only. */
  readonly drafts: boolean;
  /** Of some sessions, read before. */
  readonly attendances?: Attendances | undefined;
}

/** What work.db knows. */
export class ShelfStock implements Stock {
  readonly #shelf: Shelf;
  readonly #drafts: boolean;
  readonly #attendances: Attendances;
  readonly #sessions = new Map<string, readonly KnownSession[]>();

  constructor(shelf: Shelf, { drafts, attendances = new Map() }: StockOptions = { drafts: true }) {
    this.#shelf = shelf;
    this.#drafts = drafts;
    this.#attendances = attendances;
  }

  sessions(chat: string): readonly KnownSession[] {
    let sessions = this.#sessions.get(chat);
    if (sessions === undefined) {
      const left = this.#drafts ? null : this.#reviewed(chat);
      sessions = this.#shelf
        .expected(chat)
        .filter(({ session }) => left === null || left.has(session))
        .map(({ session: slug, window, title, tweets, digest }) => ({ session: { chat, slug, window }, title, tweets, digest }))
        .sort((a, b) => inOrder(a.session, b.session));
      this.#sessions.set(chat, sessions);
    }
    return sessions;
  }

  card(chat: string, slug: string): SessionCard | null {
    return this.#shelf.one<SessionCard>(chat, slug, "card");
  }

  cards(chat: string): SessionCard[] {
    const cards = new Map(this.#shelf.column<SessionCard>(chat, "card"));
    return this.sessions(chat).flatMap(({ session }) => cards.get(session.slug) ?? []);
  }

  people(chat: string): Iterable<readonly [string, readonly Attendance[]]> {
    const left = this.#drafts ? null : this.#reviewed(chat);
    const all = this.#peopleOf(chat);
    return left === null ? all : [...all].filter(([slug]) => left.has(slug));
  }

  #peopleOf(chat: string): Iterable<readonly [string, readonly Attendance[]]> {
    const known = this.#attendances.get(chat);
    if (known === undefined) return this.#shelf.column<readonly Attendance[]>(chat, "people");
    const of = (slug: string) => known.get(slug) ?? this.#shelf.one<readonly Attendance[]>(chat, slug, "people") ?? [];
    return this.sessions(chat).map(({ session: { slug } }) => [slug, of(slug)]);
  }

  #reviewed(chat: string): ReadonlySet<string> {
    return new Set([...this.#shelf.column<SessionCard>(chat, "card")].flatMap(([slug, card]) => (isPublic(card) ? [slug] : [])));
  }

  more(chat: string, slug: string): More | null {
    return this.#shelf.one<More>(chat, slug, "more");
  }

  parts(chat: string, person: PersonKey): PartRow[] {
    const left = this.#drafts ? null : this.#reviewed(chat);
    const rows = this.#shelf.parts<SaidTo>(chat, person).filter(({ session }) => left === null || left.has(session));
    return rows.map((row) => ({
      ...row,
      said: () => this.#shelf.said<Said>(chat, person, row.session),
    }));
  }

  shares(chat: string, slug: string): readonly SessionShare[] {
    return this.#shelf.share<SessionShare>(chat, slug);
  }
}

/** Oldest first. */
export const inOrder = (a: Session, b: Session): number => a.window.start - b.window.start || (a.slug < b.slug ? -1 : 1);

/** Everything read at once: for a site that is small, or is not in an archive. */
class ReadStock implements Stock {
  readonly #cards: ReadonlyMap<string, readonly SessionCard[]>;
  readonly #summaries = new Map<string, Summary & Details>();
  /** By chat and person. */
  readonly #parts = new Map<string, ReadonlyMap<PersonKey, readonly PartRow[]>>();

  constructor(site: SiteData) {
    const who = new Identities(site.handles());
    this.#cards = new Map(site.chats.map(({ chat, sessions }) => [chat.slug, sessions]));
    for (const { session } of [...this.#cards.values()].flat())
      this.#summaries.set(`${session.chat}/${session.slug}`, summarise(site.session(session.chat, session.slug), who, site.config));
  }

  sessions(chat: string): readonly SessionCard[] {
    return this.#cards.get(chat) ?? [];
  }

  card(chat: string, slug: string): SessionCard | null {
    return this.sessions(chat).find(({ session }) => session.slug === slug) ?? null;
  }

  cards(chat: string): SessionCard[] {
    return [...this.sessions(chat)];
  }

  people(chat: string): (readonly [string, readonly Attendance[]])[] {
    return this.sessions(chat).map(({ session: { slug } }) => [slug, this.#of(chat, slug)?.people ?? []]);
  }

  more(chat: string, slug: string): More | null {
    return this.#of(chat, slug);
  }

  parts(chat: string, person: PersonKey): readonly PartRow[] {
    const parts = this.#parts.get(chat) ?? this.#partsOf(chat);
    this.#parts.set(chat, parts);
    return parts.get(person) ?? [];
  }

  #partsOf(chat: string): Map<PersonKey, (PartRow & { readonly person: PersonKey })[]> {
    const rows = this.sessions(chat).flatMap(({ session: { slug } }) =>
      [...(this.#of(chat, slug)?.parts ?? [])].map(([person, { said, missed }]) => {
        const first = said[0]?.id ?? null;
        return { person, session: slug, tweets: said.length, first, said: () => said, missed };
      }),
    );
    return Map.groupBy(rows, ({ person }) => person);
  }

  shares(chat: string, slug: string): readonly SessionShare[] {
    return this.#of(chat, slug)?.shares ?? [];
  }

  #of(chat: string, slug: string): (Summary & Details) | null {
    return this.#summaries.get(`${chat}/${slug}`) ?? null;
  }
}

const read = new WeakMap<SiteData, Stock>();

/** What a site knows of all its sessions; where nobody kept it, it is read, once. */
export function stockOf(site: SiteData): Stock {
  if (site.stock !== undefined) return site.stock;
  const known = read.get(site) ?? new ReadStock(site);
  read.set(site, known);
  return known;
}
