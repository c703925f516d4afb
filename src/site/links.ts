import type { Link, PlacedTweet, Tweet } from "../model.ts";
import { cleanText } from "../text/clean.ts";
import { urlsIn } from "../text/decode.ts";
import { isOwnMedia, leadsTo } from "../text/html.ts";
import { linkText, safeUrl } from "../text/link.ts";
import type { SessionData } from "./data.ts";
import { shownTweets } from "./shown.ts";

/** One tweet that shares a link. */
export interface Share {
  /** What all links to one target have in common. */
  readonly target: string;
  readonly to: string;
  readonly placed: PlacedTweet;
}

/** A link and who shared it. */
export interface Shared<T> {
  readonly to: string;
  /** How it reads: host and path of where it leads. null: what X shortened says nothing, and its address is never shown. */
  readonly text: string | null;
  readonly shares: readonly T[];
}

/** Links that the tweets of a session share, in their order: http and https only. Not own pictures, not the tweet that is quoted,
 *  not what looks like spam. */
export const sharesOf = (data: SessionData): Share[] =>
  shownTweets(data)
    .filter(({ placement }) => placement.reason !== "spam?")
    .flatMap((placed) => {
      const targets = addressesIn(placed.tweet).flatMap((address) => safeUrl(address) ?? []);
      return [...new Map(targets.map((to) => [targetOf(to), to]))].map(([target, to]) => ({ target, to, placed }));
    });

/** Rolled up by target: what most tweets share first, then in the order given. */
export function rollUp<T extends Pick<Share, "target" | "to">>(shares: readonly T[]): Shared<T>[] {
  const groups = [...Map.groupBy(shares, ({ target }) => target).values()];
  return groups
    .flatMap(([first, ...more]) => (first === undefined ? [] : [sharedBy(first, more)]))
    .sort((a, b) => b.shares.length - a.shares.length);
}

function addressesIn(tweet: Tweet): string[] {
  const quoted = new Set(tweet.quotes === null ? [] : [tweet.quotes]);
  const told = tweet.links.filter((link) => !isOwnMedia(link, tweet.media) && !leadsTo(link, quoted)).map(({ to }) => to);
  return [...told, ...typed(tweet)];
}

/** Addresses of the text that its source lists as no link. */
function typed({ text, links }: Tweet): string[] {
  const known = (url: string): boolean =>
    links.some((link: Link) => link.url !== "" && (link.url.startsWith(url) || url.startsWith(link.url)));
  return urlsIn(cleanText(text)).flatMap((found) => (known(found.text) ? [] : [found.text]));
}

/** `https://www.example.org/a/?utm_source=x#top` and `http://example.org/a` lead to one target. */
function targetOf(to: string): string {
  const { hostname, port, pathname, searchParams, hash } = new URL(to);
  const query = [...searchParams].filter(([name]) => !/^(?:utm_\w+|fbclid|gclid)$/i.test(name)); // "utm_source", not "q"
  const fragment = /^#[!/]/.test(hash) ? hash : ""; // "#!/page" names a page, "#top" a place in one
  return [hostname.replace(/^www\./, ""), port, pathname.replace(/\/$/, ""), String(new URLSearchParams(query)), fragment].join("\n"); // "www.a.org", "/a/"
}

/** Most links of a chat are shown nowhere: how one reads is asked when it is. */
const sharedBy = <T extends Pick<Share, "to">>(first: T, more: readonly T[]): Shared<T> => ({
  to: first.to,
  get text() {
    return textOf(first.to);
  },
  shares: [first, ...more],
});

const textOf = (to: string): string | null => (new URL(to).hostname === "t.co" ? null : linkText(to, ""));
