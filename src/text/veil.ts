import type { Handle, Link, Tweet } from "../model.ts";

/** Whether a handle is one that must not be said. */
export type IsGone = (handle: Handle) => boolean;

// `@amy`, `＠amy`; never a part of a longer word
const MENTION = /([@＠])([A-Za-z0-9_]{1,20})(?![A-Za-z0-9_])/g;
// `https://twitter.com/amy/status/1`, `https:\/\/x.com\/amy`
const PROFILE = /((?:twitter|x)\.com\\?\/(?:#!\\?\/)?@?)([A-Za-z0-9_]{1,20})(?![A-Za-z0-9_])/gi;
// `RT @amy: words`, `MT @amy words`
const RETOLD = /(?:^|\s)(?:RT|MT|PRT|HT)\s+[@＠]([A-Za-z0-9_]{1,20})/giu;

/** What others say of somebody who is forgotten: `@amy` becomes `@…`, the address of amy's page leads nowhere. */
export const veilText = (text: string, gone: IsGone): string =>
  text
    .replace(PROFILE, (all, before: string, handle: string) => (gone(handle) ? `${before}i` : all))
    .replace(MENTION, (all, sign: string, handle: string) => (gone(handle) ? `${sign}…` : all));

/** Whether a text passes on the words of somebody who is forgotten. */
export const retells = (text: string, gone: IsGone): boolean => [...text.matchAll(RETOLD)].some((match) => gone(match[1] ?? ""));

/** A tweet of somebody else, without the name of who is forgotten. The same tweet where there is none. */
export function veilTweet(tweet: Tweet, gone: IsGone): Tweet {
  const veil = (text: string): string => veilText(text, gone);
  const link = ({ url, to, text }: Link): Link => ({ url: veil(url), to: veil(to), text: veil(text) });
  const veiled: Tweet = {
    ...tweet,
    text: veil(tweet.text),
    replyToUser: tweet.replyToUser !== null && gone(tweet.replyToUser) ? null : tweet.replyToUser,
    mentions: tweet.mentions.filter((handle) => !gone(handle)),
    links: tweet.links.map(link),
    media: tweet.media.map((media) => ({ ...media, url: veil(media.url), alt: media.alt === null ? null : veil(media.alt) })),
    heading: tweet.heading === null ? null : veil(tweet.heading),
  };
  return JSON.stringify(veiled) === JSON.stringify(tweet) ? tweet : veiled;
}
