import type { TweetId } from "../model.ts";
import type { SessionCard, SessionName, SiteData } from "./data.ts";
import type { FeedEntry } from "./feed.ts";
import { Identities, type PersonKey } from "./identity.ts";
import { byPage, type Former, type Person } from "./people.ts";
import type { Roster } from "./roster.ts";
import { type ChatLinks, type More, type Most, type PartRow, type Stock, stockOf } from "./stock.ts";
import type { Lede, Said, SaidTo, SessionShare } from "./summary.ts";

export type { Said, SaidTo } from "./summary.ts";

/** A link of a session, in short. */
export interface SharedIn extends SessionShare {
  readonly card: SessionName;
}

/** How many people a session had, and how many of them were in none of this chat's before it. */
export interface Turnout {
  readonly people: number;
  readonly fresh: number;
  readonly unanswered: number;
  readonly links: number;
}

/** One person's part of one session. */
export interface Part {
  readonly card: SessionName;
  /** How many tweets of theirs it has, and the first of them. */
  readonly tweets: number;
  readonly first: TweetId | null;
  /** How many tweets to them they did not answer. */
  readonly replies: number;
  /** Read whenever they are asked for. */
  readonly said: readonly Said[];
  readonly missed: readonly SaidTo[];
}

/** What needs a look at all sessions: who was in which, what they said and missed, what links were shared. */
export class Rollup {
  readonly #site: SiteData;
  readonly #stock: Stock;
  /** By chat: of its sessions, the oldest first. To look at all of them for every person would take their product. */
  readonly #places = new Map<string, ReadonlyMap<string, number>>();
  /** By chat, and by the page it leads to. */
  readonly #earlier = new Map<string, ReadonlyMap<string, readonly Former[]>>();
  #who: Identities | null = null;

  constructor(site: SiteData) {
    this.#site = site;
    this.#stock = stockOf(site);
  }

  get who(): Identities {
    this.#who ??= new Identities(this.#site.users);
    return this.#who;
  }

  /** Who was in a chat's sessions. */
  roster(chat: string): Roster {
    return this.#stock.roster(chat);
  }

  /** The handles that a person had before. */
  earlier(chat: string, { path }: Person): string[] {
    const earlier = this.#earlier.get(chat) ?? byPage(this.roster(chat).former);
    this.#earlier.set(chat, earlier);
    return (earlier.get(path) ?? []).map(({ from }) => from);
  }

  /** Throws where nobody has that path: nothing may list it then. */
  person(chat: string, path: string): Person {
    const found = this.roster(chat).person(path);
    if (found === null) throw new Error(`${chat}: no page of a person ${path}`);
    return found;
  }

  /** The person who is known under a key, as far as they have a page. */
  personOf(chat: string, key: PersonKey): Person | null {
    return this.roster(chat).personOf(key);
  }

  turnout({ session: { chat, slug } }: Pick<SessionCard, "session">): Turnout {
    const { unanswered, links } = this.#stock.more(chat, slug) ?? { unanswered: 0, links: 0 };
    const { people = 0 } = this.#stock.sessions(chat)[this.#placesIn(chat).get(slug) ?? -1] ?? {};
    return { people, fresh: this.roster(chat).fresh(slug), unanswered, links };
  }

  /** A person's sessions, newest first, those too in which they only missed something. */
  *parts(chat: string, person: Person): Generator<Part> {
    const rows = Map.groupBy(
      this.roster(chat)
        .keysOf(person)
        .flatMap((key) => this.#stock.parts(chat, key)),
      ({ session }) => session,
    );
    const sessions = this.#stock.sessions(chat);
    const places = this.#placesIn(chat);
    const own = [...rows].map(([slug, parts]) => ({ place: places.get(slug) ?? -1, parts })).sort((a, b) => b.place - a.place);
    for (const { place, parts } of own) {
      const card = sessions[place];
      if (card !== undefined) yield new WholePart(card, parts);
    }
  }

  /** The links of a chat's reviewed sessions: what most tweets share first, then the newest. */
  links(chat: string, most: Most): ChatLinks<SharedIn> {
    const sessions = this.#stock.sessions(chat);
    const places = this.#placesIn(chat);
    const { total, links } = this.#stock.links(chat, most);
    const shared = links.map(({ shares, ...link }) => ({
      ...link,
      shares: shares.flatMap((share) => {
        const card = sessions[places.get(share.session) ?? -1];
        return card === undefined ? [] : [{ ...share, card }];
      }),
    }));
    return { total, links: shared };
  }

  /** What feeds say of a reviewed session. */
  entry({ session: { chat, slug } }: Pick<SessionCard, "session">): FeedEntry | null {
    return this.#more(chat, slug).entry;
  }

  /** The words that a session is quoted with; null: nothing of it is pinned. */
  lede({ session: { chat, slug } }: Pick<SessionCard, "session">): Lede | null {
    return this.#more(chat, slug).lede;
  }

  #more(chat: string, slug: string): More {
    const more = this.#stock.more(chat, slug);
    if (more === null) throw new Error(`nothing is known of ${chat}/${slug}`);
    return more;
  }

  #placesIn(chat: string): ReadonlyMap<string, number> {
    const known = this.#places.get(chat) ?? new Map(this.#stock.sessions(chat).map(({ session: { slug } }, place) => [slug, place]));
    this.#places.set(chat, known);
    return known;
  }
}

/** An account's part, or those of all accounts that share a page. A class: a host has ten thousand of them, and most are only counted. */
class WholePart implements Part {
  readonly card: SessionName;
  readonly tweets: number;
  readonly replies: number;
  readonly #rows: readonly PartRow[];

  constructor(card: SessionName, rows: readonly PartRow[]) {
    this.card = card;
    this.#rows = rows;
    this.tweets = rows.reduce((sum, { tweets }) => sum + tweets, 0);
    this.replies = rows.reduce((sum, { replies }) => sum + replies, 0);
  }

  get first(): TweetId | null {
    return this.#rows.find(({ first }) => first !== null)?.first ?? null;
  }

  get said(): readonly Said[] {
    return this.#rows.flatMap((row) => row.said());
  }

  get missed(): readonly SaidTo[] {
    return this.#rows.flatMap((row) => row.missed());
  }
}

const made = new WeakMap<SiteData, Rollup>();

/** Made once for a site, when a page asks for it first. */
export function rollupOf(site: SiteData): Rollup {
  const known = made.get(site) ?? new Rollup(site);
  made.set(site, known);
  return known;
}
