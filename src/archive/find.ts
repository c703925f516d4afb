import type { Chat, ChatSlug, Handle, TweetId } from "../model.ts";
import type { Store } from "../store/store.ts";

interface Holder {
  readonly store: Store;
}

/** Looks for the one tweet of a chat that an author wrote with this text, where all that is left of a tweet is who and what.
 *  null: there is none, or more than one. What is held is read at the first question. */
export function finder(archive: () => Holder, { slug }: Pick<Chat, "slug">): (handle: Handle, text: string) => TweetId | null {
  let held: ReadonlyMap<string, TweetId | null> | null = null;
  return (handle, text) => {
    held ??= readHeld(archive(), slug);
    return held.get(keyOf(handle, text)) ?? null;
  };
}

function readHeld({ store }: Holder, slug: ChatSlug): ReadonlyMap<string, TweetId | null> {
  const held = new Map<string, TweetId | null>();
  for (const { tweet } of store.members(slug, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, "")) {
    if (tweet.local) continue;
    const key = keyOf(tweet.author.handle, tweet.text);
    held.set(key, held.has(key) ? null : tweet.id);
  }
  return held;
}

/** Line breaks and double spaces get lost on the way through a spreadsheet. */
const keyOf = (handle: Handle, text: string): string => `${handle.toLowerCase()} ${text.trim().replace(/\s+/g, " ")}`;
