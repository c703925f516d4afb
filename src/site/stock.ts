import type { Session, SessionSlug, TweetId } from "../model.ts";
import type { Sessions, Shelf } from "../store/shelf.ts";
import { isPublic, type SessionCard, type SessionName, type SiteData } from "./data.ts";
import { Identities, type PersonKey } from "./identity.ts";
import { rollUp, type Shared } from "./links.ts";
import type { Attended } from "./people.ts";
import { together } from "./stamp.ts";
import { type Attendance, type Details, type Said, type SaidTo, type SessionShare, type Summary, summarise } from "./summary.ts";

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

/** A session as it is known without reading it. */
interface KnownSession extends SessionName, Pick<SessionCard, "tweets"> {
  /** How many people said something. */
  readonly people: number;
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
  sessions(chat: string): readonly KnownSession[];
  card(chat: string, slug: string): SessionCard | null;
  cards(chat: string): SessionCard[];
  /** Everybody who said or missed something. */
  attended(chat: string): readonly Attended[];
  /** Who only missed something, in which session. */
  missers(chat: string): Iterable<{ readonly session: SessionSlug; readonly key: PersonKey }>;
  more(chat: string, slug: string): More | null;
  /** In no order. */
  parts(chat: string, person: PersonKey): readonly PartRow[];
  links(chat: string, most: Most): ChatLinks;
}

interface ShelvedSession extends KnownSession {
  /** Of all that its own pages are made from. */
  readonly digest: string;
}

/** What work.db knows. */
export class ShelfStock implements Stock {
  readonly #shelf: Shelf;
  readonly #which: Sessions;
  readonly #sessions = new Map<string, readonly ShelvedSession[]>();

  /** `drafts`: false: of reviewed sessions only. */
  constructor(shelf: Shelf, { drafts }: { readonly drafts: boolean } = { drafts: true }) {
    this.#shelf = shelf;
    this.#which = drafts ? "all" : "reviewed";
  }

  sessions(chat: string): readonly ShelvedSession[] {
    let sessions = this.#sessions.get(chat);
    if (sessions === undefined) {
      sessions = this.#shelf
        .sessions(chat, this.#which)
        .map(({ session: slug, window, title, tweets, people, digest }) => ({
          session: { chat, slug, window },
          title,
          tweets,
          people,
          digest,
        }))
        .sort((a, b) => inOrder(a.session, b.session));
      this.#sessions.set(chat, sessions);
    }
    return sessions;
  }

  card(chat: string, slug: string): SessionCard | null {
    return this.#shelf.one<SessionCard>(chat, slug, "card");
  }

  cards(chat: string): SessionCard[] {
    const cards = new Map(this.#shelf.cards<SessionCard>(chat));
    return this.sessions(chat).flatMap(({ session }) => cards.get(session.slug) ?? []);
  }

  attended(chat: string): Attended[] {
    return this.#shelf.attended(chat, this.#which).map(({ person: key, handle, name, ...row }) => {
      const author = handle === null ? null : { handle, name: name ?? "" };
      return { key, author, ...row };
    });
  }

  missers(chat: string): { readonly session: SessionSlug; readonly key: PersonKey }[] {
    return this.#shelf.missers(chat).map(({ session, person: key }) => ({ session, key }));
  }

  more(chat: string, slug: string): More | null {
    return this.#shelf.one<More>(chat, slug, "more");
  }

  parts(chat: string, person: PersonKey): PartRow[] {
    return this.#shelf.parts(chat, person, this.#which).map((row) => ({
      ...row,
      said: () => this.#shelf.said<Said>({ chat, session: row.session }, person),
      missed: () => this.#shelf.missed<SaidTo>({ chat, session: row.session }, person),
    }));
  }

  links(chat: string, most: Most): ChatLinks {
    const { total, targets } = this.#shelf.targets(chat, most.links);
    const links = targets.flatMap(({ target, shares }) => {
      const latest = rollUp(this.#shelf.shares(chat, target, most.shares));
      return latest.map((link) => ({ ...link, more: shares - link.shares.length }));
    });
    return { total, links };
  }
}

/** Oldest first. */
export const inOrder = (a: Session, b: Session): number => a.window.start - b.window.start || (a.slug < b.slug ? -1 : 1);

/** Everything read at once: for a site that is small, or is not in an archive. */
class ReadStock implements Stock {
  readonly #cards: ReadonlyMap<string, readonly SessionCard[]>;
  readonly #summaries = new Map<string, Summary & Details>();
  /** By chat: asked for with every person. */
  readonly #sessions: ReadonlyMap<string, readonly KnownSession[]>;
  /** By chat and person. */
  readonly #parts = new Map<string, ReadonlyMap<PersonKey, readonly PartRow[]>>();

  constructor(site: SiteData) {
    const who = new Identities(site.users);
    this.#cards = new Map(site.chats.map(({ chat, sessions }) => [chat.slug, sessions]));
    for (const { session } of [...this.#cards.values()].flat())
      this.#summaries.set(`${session.chat}/${session.slug}`, summarise(site.session(session.chat, session.slug), who, site.config));
    this.#sessions = new Map([...this.#cards].map(([chat, cards]) => [chat, cards.map((card) => this.#knownOf(card))]));
  }

  #knownOf({ session, title, tweets }: SessionCard): KnownSession {
    return { session, title, tweets, people: this.#peopleIn(session).filter(({ author }) => author !== null).length };
  }

  sessions(chat: string): readonly KnownSession[] {
    return this.#sessions.get(chat) ?? [];
  }

  card(chat: string, slug: string): SessionCard | null {
    return this.#of(chat, slug)?.card ?? null;
  }

  cards(chat: string): SessionCard[] {
    return [...(this.#cards.get(chat) ?? [])];
  }

  attended(chat: string): Attended[] {
    return [...this.#turns(chat)].map(([key, turns]) => attendedOf(key, turns));
  }

  missers(chat: string): { readonly session: SessionSlug; readonly key: PersonKey }[] {
    return [...this.#turns(chat).values()].flat().filter(({ author }) => author === null);
  }

  /** By person, oldest session first. */
  #turns(chat: string): ReadonlyMap<PersonKey, readonly Turn[]> {
    const turns = this.cards(chat).flatMap(({ session }) => this.#peopleIn(session).map((one) => ({ ...one, session: session.slug })));
    return Map.groupBy(turns, ({ key }) => key);
  }

  #peopleIn({ chat, slug }: Session): readonly Attendance[] {
    return this.#of(chat, slug)?.people ?? [];
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
        return { person, session: slug, tweets: said.length, replies: missed.length, first, said: () => said, missed: () => missed };
      }),
    );
    return Map.groupBy(rows, ({ person }) => person);
  }

  links(chat: string, most: Most): ChatLinks {
    const newestFirst = this.cards(chat).toReversed().filter(isPublic);
    const shares = newestFirst.flatMap(({ session: { slug } }) =>
      (this.#of(chat, slug)?.shares ?? []).map((share) => ({ ...share, session: slug })),
    );
    const links = rollUp(shares);
    const latest = links.slice(0, most.links).map(({ shares: all, ...link }) => {
      const own = all.slice(0, most.shares);
      return { ...link, shares: own, more: all.length - own.length };
    });
    return { total: links.length, links: latest };
  }

  #of(chat: string, slug: string): (Summary & Details) | null {
    return this.#summaries.get(`${chat}/${slug}`) ?? null;
  }
}

interface Turn extends Attendance {
  readonly session: SessionSlug;
}

/** `turns`: of one person, oldest session first. */
function attendedOf(key: PersonKey, turns: readonly Turn[]): Attended {
  const spoke = turns.flatMap(({ author, session }) => (author === null ? [] : [{ ...author, session }]));
  const last = spoke.at(-1);
  return {
    key,
    author: last === undefined ? null : { handle: last.handle, name: spoke.findLast(({ name }) => name !== "")?.name ?? "" },
    first: spoke[0]?.session ?? null,
    last: last?.session ?? null,
    sessions: spoke.length,
    tweets: turns.reduce((sum, { tweets }) => sum + tweets, 0),
    stamp: together(...turns.map(({ stamp }) => stamp)),
    isVaried: spoke.some(({ handle, name }) => handle !== last?.handle || name !== last.name),
  };
}

const read = new WeakMap<SiteData, Stock>();

/** What a site knows of all its sessions; where nobody kept it, it is read, once. */
export function stockOf(site: SiteData): Stock {
  if (site.stock !== undefined) return site.stock;
  const known = read.get(site) ?? new ReadStock(site);
  read.set(site, known);
  return known;
}
