import type { ChatSlug, SessionSlug, SiteConfig, TweetId } from "../model.ts";

/** Where pages are, below the site's root and without a leading slash: `chat/2009-07-21/`. They never change. */
export const chatPath = (chat: ChatSlug): string => `${chat}/`;
export const sessionPath = (chat: ChatSlug, slug: SessionSlug): string => `${chat}/${slug}/`;
export const timelinePath = (chat: ChatSlug, slug: SessionSlug): string => `${chat}/${slug}/timeline/`;
export const tweetPath = (chat: ChatSlug, slug: SessionSlug, id: TweetId): string => `${chat}/${slug}/t/${id}/`;
export const feedPath = (chat: ChatSlug, type: "xml" | "json"): string => `${chat}/feed.${type}`;
/** How one asks for a tweet to be taken out. */
export const REMOVAL = "removal/";
export const yearPath = (chat: ChatSlug, year: number): string => `${chat}/${year}/`;
export const howPath = (chat: ChatSlug): string => `${chat}/how/`;

export const offlinePath = (chat: ChatSlug, slug: SessionSlug): string => `${sessionPath(chat, slug)}offline.html`;
export const openPath = (chat: ChatSlug, slug: SessionSlug): string => `${chat}/${slug}/open/`;
/** Of one session; without one, of its chat. */
export const linksPath = (chat: ChatSlug, slug: SessionSlug | null): string => `${chat}/${slug === null ? "" : `${slug}/`}links/`;
export const peoplePath = (chat: ChatSlug): string => `${chat}/people/`;
/** `name`: a handle in lower case, or X's id where somebody else has that handle now. */
export const personPath = (chat: ChatSlug, name: string): string => `${chat}/people/${name}/`;

/** The search page; with a chat, the folder of its search files. */
export const searchPath = (chat: ChatSlug | null): string => `search/${chat === null ? "" : chatPath(chat)}`;

/** Of one chat; without one, of all. */
export const calendarPath = (chat: ChatSlug | null): string => `${chat === null ? "" : chatPath(chat)}calendar.ics`;

/** A stylesheet of the owner's theme. */
export const stylePath = (name: string): string => `assets/theme/${name}`;

/** `name`: its hash and its kind. */
export const mediaPath = (name: string): string => `assets/media/${name}`;

/** The picture that stands for a page elsewhere. */
export const cardPath = (page: string): string => `${page}card.png`;

/** The address of a page or an asset for an `href`. */
export const href = (config: SiteConfig, path: string): string => config.pathPrefix + path;

/** The address with host; null where the site's own is not known. */
export const absolute = (config: SiteConfig, path: string): string | null =>
  config.url === null ? null : `${config.url}${href(config, path)}`;

/** The most a page knows of its own address: with the host where there is one. */
export const address = (config: SiteConfig, path: string): string => absolute(config, path) ?? href(config, path);
