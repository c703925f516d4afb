import type { Observation, Tweet } from "../../model.ts";
import { mentionsIn, tagsIn, urlsIn } from "../../text/decode.ts";
import { distinct } from "./wire.ts";

/** What a text says, and what it shows. */
export type Said = Pick<Tweet, "text" | "tags" | "mentions" | "links" | "media">;

/** What a text shows by itself, where a source gives no entities. */
export function saidIn(text: string): Omit<Said, "media"> {
  return {
    text,
    tags: distinct(tagsIn(text).map((tag) => tag.text.toLowerCase())),
    mentions: distinct(mentionsIn(text).map((mention) => mention.text)),
    links: urlsIn(text).map((url) => ({ url: url.text, to: url.text, text: url.text })),
  };
}

/** A tweet of which no more is known than is given here and shown by its text. */
export const tweetOf = (known: Pick<Tweet, "id" | "author" | "time" | "text"> & Partial<Tweet>): Tweet => ({
  ...saidIn(known.text),
  lang: null,
  replyTo: null,
  replyToUser: null,
  quotes: null,
  repostOf: null,
  conversation: null,
  media: [],
  poll: null,
  edited: null,
  aliases: [],
  local: false,
  heading: null,
  ...known,
});

/** A tweet on its way into the store, as a source without damage tells it. */
export const observe = (tweet: Tweet, rest: Partial<Omit<Observation, "tweet">> = {}): Observation => ({
  tweet,
  context: false,
  session: null,
  rounded: { replyTo: null, repostOf: null },
  repaired: false,
  ...rest,
});
