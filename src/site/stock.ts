import type { Session, SessionSlug, TweetId } from "../model.ts";
import { type Edition, rankOf } from "../store/people.ts";
import type { SessionRow, Shelf } from "../store/shelf.ts";
import { isPublic, type SessionCard, type SiteData } from "./data.ts";
import { Identities, type PersonKey } from "./identity.ts";
import { KeptRoster } from "./kept-roster.ts";
import { rollUp, type Shared } from "./links.ts";
import type { Attended } from "./people.ts";
import { ReadRoster } from "./read-roster.ts";
import type { KeyedRoster } from "./roster.ts";
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

/** A session as pages list it: the little that most of them say of it is at hand, all else is read when it is asked for. */
class ShelvedCard implements SessionCard {
  readonly session: Session;
  readonly title: string;
  readonly status: SessionCard["status"];
  readonly tweets: number;
  readonly people: number;
  readonly changed: number;
  readonly pins: SessionCard["pins"];
  readonly pages: SessionCard["pages"];
  /** Of all that its own pages are made from. */
  readonly digest: string;
  readonly #whole: () => SessionCard;

  constructor(session: Session, { title, isReviewed, tweets, people, changed, pins, pages, digest }: SessionRow, whole: () => SessionCard) {
    this.session = session;
    this.title = title;
    this.status = isReviewed ? "reviewed" : "draft";
    this.tweets = tweets;
    this.people = people;
    this.changed = changed;
    this.pins = pins;
    this.pages = pages;
    this.digest = digest;
    this.#whole = whole;
  }

  get hosts(): SessionCard["hosts"] {
    return this.#whole().hosts;
  }

  get guests(): SessionCard["guests"] {
    return this.#whole().guests;
  }

  get questions(): SessionCard["questions"] {
    return this.#whole().questions;
  }

  get files(): SessionCard["files"] {
    return this.#whole().files;
  }

  get captured(): SessionCard["captured"] {
    return this.#whole().captured;
  }

  get tombstones(): SessionCard["tombstones"] {
    return this.#whole().tombstones;
  }
}

/** What work.db knows. */
export class ShelfStock implements Stock {
  readonly #shelf: Shelf;
  readonly #edition: Edition;
  readonly #sessions = new Map<string, readonly ShelvedCard[]>();
  /** The card that was asked for last. */
  #last: { readonly session: Session; readonly card: SessionCard } | null = null;
  readonly #rosters = new Map<string, KeyedRoster>();

  constructor(shelf: Shelf, edition: Edition = "all") {
    this.#shelf = shelf;
    this.#edition = edition;
  }

  sessions(chat: string): readonly ShelvedCard[] {
    const known = this.#sessions.get(chat) ?? this.#read(chat);
    this.#sessions.set(chat, known);
    return known;
  }

  #read(chat: string): ShelvedCard[] {
    const rows = this.#shelf.sessions({ chat, edition: this.#edition }).map((row) => {
      const session = { chat, slug: row.session, window: row.window };
      return new ShelvedCard(session, row, () => this.#whole(session));
    });
    return rows.sort((a, b) => inOrder(a.session, b.session));
  }

  #whole(session: Session): SessionCard {
    if (this.#last?.session !== session) {
      const card = this.card(session.chat, session.slug);
      if (card === null) throw new Error(`nothing is known of ${session.chat}/${session.slug}`);
      this.#last = { session, card };
    }
    return this.#last.card;
  }

  card(chat: string, slug: string): SessionCard | null {
    return this.#shelf.one<SessionCard>(chat, slug, "card");
  }

  roster(chat: string): KeyedRoster {
    const known = this.#rosters.get(chat) ?? new KeptRoster(this.#shelf, { chat, edition: this.#edition });
    this.#rosters.set(chat, known);
    return known;
  }

  more(chat: string, slug: string): More | null {
    return this.#shelf.one<More>(chat, slug, "more");
  }

  parts(chat: string, person: PersonKey): PartRow[] {
    const { people } = this.#shelf;
    return people.parts({ chat, edition: this.#edition }, person).map((row) => ({
      ...row,
      said: () => people.said<Said>({ chat, session: row.session }, person),
      missed: () => people.missed<SaidTo>({ chat, session: row.session }, person),
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
  readonly #users: SiteData["users"];
  readonly #rosters = new Map<string, KeyedRoster>();
  /** By chat and person. */
  readonly #parts = new Map<string, ReadonlyMap<PersonKey, readonly PartRow[]>>();

  constructor(site: SiteData) {
    const who = new Identities(site.users);
    this.#users = site.users;
    this.#cards = new Map(site.chats.map(({ chat, sessions }) => [chat.slug, sessions]));
    for (const { session } of [...this.#cards.values()].flat())
      this.#summaries.set(`${session.chat}/${session.slug}`, summarise(site.session(session.chat, session.slug), who, site.config));
  }

  sessions(chat: string): readonly SessionCard[] {
    return this.#cards.get(chat) ?? [];
  }

  card(chat: string, slug: string): SessionCard | null {
    return this.#of(chat, slug)?.card ?? null;
  }

  roster(chat: string): KeyedRoster {
    const known = this.#rosters.get(chat) ?? this.#rosterOf(chat);
    this.#rosters.set(chat, known);
    return known;
  }

  #rosterOf(chat: string): KeyedRoster {
    const turns = this.sessions(chat).flatMap(({ session }) => this.#peopleIn(session).map((one) => ({ ...one, session })));
    return new ReadRoster({
      attended: [...Map.groupBy(turns, ({ key }) => key)].map(([key, own]) => attendedOf(key, own)),
      present: (session) => (this.#of(chat, session)?.people ?? []).map(({ key, author }) => ({ person: key, author })),
      sessionsOf: (keys) => new Set(keys.flatMap((key) => this.#spokeIn(chat, key))).size,
      users: this.#users,
    });
  }

  #spokeIn(chat: string, person: PersonKey): string[] {
    return this.parts(chat, person).flatMap(({ session, tweets }) => (tweets > 0 ? [session] : []));
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
    const newestFirst = this.sessions(chat).toReversed().filter(isPublic);
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
  readonly session: Session;
}

/** `turns`: of one person, oldest session first. */
function attendedOf(person: PersonKey, turns: readonly Turn[]): Attended {
  const spoke = turns.flatMap(({ author, session }) =>
    author === null ? [] : [{ ...author, at: rankOf(session.window.start, session.slug) }],
  );
  const last = spoke.at(-1);
  return {
    person,
    handle: last?.handle ?? null,
    name: last === undefined ? null : (spoke.findLast(({ name }) => name !== "")?.name ?? ""),
    first: spoke[0]?.at ?? null,
    last: last?.at ?? null,
    sessions: spoke.length,
    tweets: turns.reduce((sum, { tweets }) => sum + tweets, 0),
    stamp: together(...turns.map(({ stamp }) => stamp)),
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
