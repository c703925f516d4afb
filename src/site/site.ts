import type { SiteConfig, Tombstone } from "../model.ts";
import { Cards } from "./cards/cards.ts";
import { type ChatData, ownPages, type SessionCard, type SessionData, type SiteData } from "./data.ts";
import { type ImageFinder, imagesOf } from "./media.ts";
import { type Rollup, rollupOf } from "./rollup.ts";
import { type SitemapFile, sitemapsOf } from "./sitemap.ts";
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

/** What templates know as `site`. A class, because Eleventy copies plain objects for every page. */
export class Site {
  readonly data: SiteData;
  readonly cards: Cards;
  constructor(data: SiteData) {
    this.data = data;
    this.cards = new Cards(data.cards);
  }

  get config(): SiteConfig {
    return this.data.config;
  }

  get chats(): readonly ChatData[] {
    return this.data.chats;
  }

  get slugs(): string[] {
    return this.data.chats.map(({ chat }) => chat.slug);
  }

  /** Of all chats, newest first. */
  get latest(): SessionCard[] {
    const all = this.data.chats.flatMap(({ sessions }) => sessions);
    return all.toSorted((a, b) => b.session.window.start - a.session.window.start);
  }

  get sessions(): SessionKey[] {
    return this.data.chats.flatMap(({ sessions }) => sessions.map(({ session: { chat, slug } }) => ({ chat, slug })));
  }

  /** Those that had a session. */
  get years(): YearKey[] {
    return this.data.chats.flatMap((of) => [...sessionsByYear(of).keys()].map((year) => ({ chat: of.chat.slug, year })));
  }

  /** The tweets that have a page of their own: those that ask, those that are pinned; all, if the site wants it. */
  get tweets(): TweetKey[] {
    const pick = this.config.tweetPages === "all" ? (card: SessionCard) => this.everyTweet(card) : ownPages;
    return this.data.chats.flatMap(({ sessions }) =>
      sessions.flatMap((card) => pick(card).map((id) => ({ chat: card.session.chat, slug: card.session.slug, id }))),
    );
  }

  /** Pages of tweets that are removed: their links still lead somewhere. */
  get graves(): (TweetKey & { readonly tombstone: Tombstone })[] {
    const every = this.config.tweetPages === "all";
    return this.data.chats.flatMap(({ sessions }) =>
      sessions.flatMap(({ session: { chat, slug }, tombstones }) =>
        tombstones.filter(({ page }) => page || every).map((tombstone) => ({ chat, slug, id: tombstone.tweet, tombstone })),
      ),
    );
  }

  /** What takes a look at all sessions. */
  get rollup(): Rollup {
    return rollupOf(this.data);
  }

  get people(): PersonAt[] {
    return this.slugs.flatMap((chat) => this.rollup.people(chat).map(({ path }) => ({ chat, path })));
  }

  /** Old handles of people, which lead to their pages. */
  get former(): { readonly chat: string; readonly from: string; readonly to: string }[] {
    return this.slugs.flatMap((chat) => this.rollup.former(chat).map((one) => ({ chat, ...one })));
  }

  get sitemaps(): SitemapFile[] {
    return sitemapsOf(this);
  }

  /** Chats that know when they meet next: a calendar cannot be empty. */
  get calendars(): string[] {
    return this.data.chats.filter(({ upcoming }) => upcoming.length > 0).map(({ chat }) => chat.slug);
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
    return this.data.session(chat, slug);
  }

  /** A kept image as pages show it. */
  readonly image: ImageFinder = imagesOf(this);

  /** The bytes of a kept image. */
  readonly picture = (file: string): Uint8Array | null => this.data.picture(file);

  private everyTweet({ session }: SessionCard): readonly string[] {
    const { placed } = this.data.session(session.chat, session.slug).transcript;
    return placed.filter(({ tweet, placement }) => !placement.hidden && tweet.repostOf === null).map(({ tweet }) => tweet.id);
  }
}
