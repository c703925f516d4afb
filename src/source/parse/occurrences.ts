import { createHash } from "node:crypto";
import type { ChatSlug, SessionSlug, TweetId } from "../../model.ts";

/** The id of a line that has none: `9`, then the first 8 bytes of the sha256 of the JSON of its name
 *  (`["smchat","2009-07-21","amy","hello",0]`, UTF-8), big-endian, modulo 10^17, as 17 digits. */
export function localId(name: readonly [chat: string, session: string, handle: string, text: string, occurrence: number]): string {
  const hash = createHash("sha256").update(JSON.stringify(name)).digest();
  return `9${String(hash.readBigUInt64BE(0) % 10n ** 17n).padStart(17, "0")}`;
}

/** Makes the ids of tweets that have none: the same line of a file gets the same id, its repetition another. */
export class Occurrences {
  readonly #chat: ChatSlug;
  readonly #session: SessionSlug;
  readonly #seen = new Map<string, number>();

  constructor({ chat, session }: { chat: ChatSlug; session: SessionSlug }) {
    this.#chat = chat;
    this.#session = session;
  }

  idOf(handle: string, text: string): TweetId {
    const key = JSON.stringify([handle.toLowerCase(), text]);
    const occurrence = this.#seen.get(key) ?? 0;
    this.#seen.set(key, occurrence + 1);
    return this.#id(handle, text, occurrence);
  }

  /** The id of what was said once, however often it is shown: reposts. */
  firstIdOf(handle: string, text: string): TweetId {
    return this.#id(handle, text, 0);
  }

  #id(handle: string, text: string, occurrence: number): TweetId {
    return localId([this.#chat, this.#session, handle.toLowerCase(), text, occurrence]);
  }
}
