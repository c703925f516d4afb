import { Lately } from "../archive/lately.ts";
import type { SiteConfig, Tombstone } from "../model.ts";
import { Cards } from "./cards/cards.ts";
import type { ChatData, SessionCard, SessionData, SiteData } from "./data.ts";
import { type ImageFinder, imagesOf } from "./media.ts";
import { type SessionPage, sessionPage } from "./page.ts";
import { type Rollup, rollupOf } from "./rollup.ts";
import { MOST, type Scope } from "./scope.ts";
import { type SitemapFile, sitemapsOf, sitemapsOfYear } from "./sitemap.ts";
import { stockOf } from "./stock.ts";
import { sessionsByYear } from "./years.ts";

/** One page of many: what its template needs to ask for its rows. */
export interface SessionKey {
  readonly chat: string;
  readonly slug: string;
}

export interface YearKey {
  readonly chat: string;
  readonly year: number;
}

export interface TweetKey extends SessionKey {
  readonly id: string;
}

export interface PersonAt {
  readonly chat: string;
  readonly path: string;
}

/** What templates know as `site`. A class, because Eleventy copies plain objects for every page. What pages are made from lists
 *  (`sessions` to `moved`) is of the scope that is rendered; all else is of the whole site. */
export class Site {
  readonly data: SiteData;
  readonly #scope: Scope | null;
  /** The same with all its pages. */
  readonly all: Site;
  readonly cards: Cards;
  /** A dozen pages are made from one session, and Eleventy makes them template by template. */
  readonly #read = new Lately<SessionData>(MOST.sessions);
  readonly #pages = new Lately<SessionPage>(MOST.sessions);

  /** `scope`: what is rendered; null: all. */
  constructor(data: SiteData, scope: Scope | null = null) {
    this.data = data;
    this.#scope = scope;
    this.all = scope === null ? this : new Site(data);
    this.cards = new Cards(data.cards);
  }

  get config(): SiteConfig {
    return this.data.config;
  }

  get chats(): readonly ChatData[] {
    return this.data.chats;
  }

  /** Of all chats, newest first. */
  get latest(): SessionCard[] {
    const all = this.data.chats.flatMap(({ sessions }) => sessions);
    return all.toSorted((a, b) => b.session.window.start - a.session.window.start);
  }

  get slugs(): readonly string[] {
    return this.#scope !== null ? (this.#scope.chats ?? []) : this.data.chats.map(({ chat }) => chat.slug);
  }

  get sessions(): readonly SessionKey[] {
    if (this.#scope !== null) return this.#scope.sessions;
    const stock = stockOf(this.data);
    return this.data.chats.flatMap(({ chat }) => stock.sessions(chat.slug).map(({ session: { slug } }) => ({ chat: chat.slug, slug })));
  }

  /** Those that had a session. */
  get years(): readonly YearKey[] {
    if (this.#scope !== null) return this.#scope.years;
    return this.chats.flatMap(({ chat, sessions }) => [...sessionsByYear(sessions).keys()].map((year) => ({ chat: chat.slug, year })));
  }

  /** The tweets that have a page of their own. */
  get tweets(): TweetKey[] {
    return this.#cards.flatMap(({ session: { chat, slug }, pages }) => pages.map((id) => ({ chat, slug, id })));
  }

  /** Pages of tweets that are removed: their links still lead somewhere. */
  get graves(): (TweetKey & { readonly tombstone: Tombstone })[] {
    const every = this.config.tweetPages === "all";
    return this.#cards.flatMap(({ session: { chat, slug }, tombstones }) =>
      tombstones.filter(({ page }) => page || every).map((tombstone) => ({ chat, slug, id: tombstone.tweet, tombstone })),
    );
  }

  get #cards(): SessionCard[] {
    if (this.#scope === null) return this.data.chats.flatMap(({ sessions }) => sessions);
    const stock = stockOf(this.data);
    return this.#scope.sessions.flatMap(({ chat, slug }) => stock.card(chat, slug) ?? []);
  }

  /** What takes a look at all sessions. */
  get rollup(): Rollup {
    return rollupOf(this.data);
  }

  get people(): readonly PersonAt[] {
    if (this.#scope !== null) return this.#scope.people;
    return this.slugs.flatMap((chat) =>
      this.rollup
        .roster(chat)
        .latest(Number.MAX_SAFE_INTEGER)
        .map(({ path }) => ({ chat, path })),
    );
  }

  /** Old handles of people, which lead to their pages. */
  get former(): { readonly chat: string; readonly from: string; readonly to: string }[] {
    return this.slugs.flatMap((chat) => this.rollup.roster(chat).former.map((one) => ({ chat, ...one })));
  }

  /** Those of years, and what is above them. */
  get sitemaps(): SitemapFile[] {
    const above = this.#scope === null || this.#scope.chats !== null ? sitemapsOf(this.all) : [];
    return [...above, ...this.years.flatMap((year) => sitemapsOfYear(this.all, year))];
  }

  /** Chats that know when they meet next: a calendar cannot be empty. */
  get calendars(): string[] {
    return this.slugs.filter((slug) => this.chat(slug).upcoming.length > 0);
  }

  /** Old names of chats, which lead to the new ones. */
  get moved(): { readonly from: string; readonly to: string }[] {
    return this.data.chats.flatMap(({ chat }) => chat.was.map((from) => ({ from, to: chat.slug })));
  }

  chat(slug: string): ChatData {
    const found = this.data.chats.find(({ chat }) => chat.slug === slug);
    if (found === undefined) throw new Error(`no chat ${slug}`);
    return found;
  }

  session({ chat, slug }: SessionKey): SessionData {
    return this.#read.get(`${chat}/${slug}`, () => this.data.session(chat, slug));
  }

  /** The session as its pages show it. */
  page({ chat, slug }: SessionKey): SessionPage {
    return this.#pages.get(`${chat}/${slug}`, () => sessionPage(this.session({ chat, slug }), this.config));
  }

  /** A kept image as pages show it. */
  readonly image: ImageFinder = imagesOf(this);

  /** The bytes of a kept image. */
  readonly picture = (file: string): Uint8Array | null => this.data.picture(file);
}
