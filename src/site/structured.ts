import type { Author, SiteConfig } from "../model.ts";
import type { RawHtml } from "../text/html.ts";
import { type Json, jsonLd } from "../text/json.ts";
import { original } from "./entry.ts";
import type { SessionPage } from "./page.ts";
import { absolute, sessionPath, tweetPath } from "./paths.ts";
import { nameOf } from "./shown.ts";
import { rfc3339 } from "./time.ts";
import type { TweetPage } from "./tweet-page.ts";
import { profile } from "./words.ts";

type Thing = Readonly<Record<string, Json | undefined>>;

/** What a session is, for search engines: a forum posting by its hosts. Its questions and answers are in the page itself, marked up
 *  as h-entry, and not said twice. */
export function sessionLd(page: SessionPage, config: SiteConfig, description: string): RawHtml {
  const { card, chat } = page.data;
  const url = absolute(config, sessionPath(card.session.chat, card.session.slug));
  return posting({
    headline: card.title,
    text: description,
    url: url ?? undefined,
    author: hostsOf(page, config),
    datePublished: rfc3339(Math.min(card.session.window.start, card.changed)),
    dateModified: rfc3339(card.changed),
    inLanguage: config.language,
    isPartOf: { "@type": "CreativeWorkSeries", name: chat.title },
    commentCount: page.tweets.length,
  });
}

/** A host whose name no tweet tells goes by the handle; a chat without hosts speaks for itself. */
function hostsOf({ data }: SessionPage, { name }: SiteConfig): Json {
  const hosts = data.card.hosts.map((handle) => person({ handle, name: nameOf(data, handle) ?? "" }));
  return hosts.length === 0 ? { "@type": "Organization", name } : hosts;
}

/** One tweet on a page of its own. */
export function tweetLd({ data, entry, plain, total }: TweetPage, config: SiteConfig): RawHtml {
  const { chat, slug, window } = data.card.session;
  const { tweet } = entry;
  return posting({
    text: plain,
    url: absolute(config, tweetPath(chat, slug, tweet.id)) ?? undefined,
    author: person(tweet.author),
    datePublished: rfc3339(tweet.time ?? window.start),
    dateModified: tweet.edited === null ? undefined : rfc3339(tweet.edited),
    inLanguage: entry.lang ?? config.language,
    sameAs: original(tweet) ?? undefined,
    isPartOf: { "@type": "DiscussionForumPosting", headline: data.card.title, url: absolute(config, sessionPath(chat, slug)) ?? undefined },
    commentCount: total,
  });
}

const posting = (thing: Thing): RawHtml => jsonLd({ "@context": "https://schema.org", "@type": "DiscussionForumPosting", ...thing });

const person = ({ name, handle }: Pick<Author, "name" | "handle">): Thing => ({
  "@type": "Person",
  name: name || `@${handle}`,
  alternateName: name === "" ? undefined : `@${handle}`,
  url: profile(handle),
});
