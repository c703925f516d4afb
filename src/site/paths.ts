import type { ChatSlug, SessionSlug, SiteConfig, TweetId } from "../model.ts";

/** Where pages are, below the site's root and without a leading slash: `chat/2009-07-21/`. They never change. */
export const chatPath = (chat: ChatSlug): string => `${chat}/`;
export const sessionPath = (chat: ChatSlug, slug: SessionSlug): string => `${chat}/${slug}/`;
export const timelinePath = (chat: ChatSlug, slug: SessionSlug): string => `${chat}/${slug}/timeline/`;
export const tweetPath = (chat: ChatSlug, slug: SessionSlug, id: TweetId): string => `${chat}/${slug}/t/${id}/`;
export const howPath = (chat: ChatSlug): string => `${chat}/how/`;

/** The address of a page or an asset for an `href`. */
export const href = (config: SiteConfig, path: string): string => config.pathPrefix + path;

/** The address with host; null where the site's own is not known. */
export const absolute = (config: SiteConfig, path: string): string | null =>
  config.url === null ? null : `${config.url}${href(config, path)}`;

/** The most a page knows of its own address: with the host where there is one. */
export const address = (config: SiteConfig, path: string): string => absolute(config, path) ?? href(config, path);
