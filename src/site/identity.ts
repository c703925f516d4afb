import type { Author, Handle } from "../model.ts";
import type { UsedHandle } from "./data.ts";

/** Who somebody is across tweets and sessions: X's id where it is known, else `@` and the handle in lower case. */
export type PersonKey = string;

/** Tells who is meant by a handle, and under which key an author is known. */
export class Identities {
  readonly #last = new Map<string, string>();

  /** `used`: who used a handle last, first. */
  constructor(used: readonly UsedHandle[]) {
    for (const { handle, author } of used) if (!this.#last.has(lower(handle))) this.#last.set(lower(handle), author);
  }

  /** An author without an id is nobody whose id is known: whoever read the tweet has looked. */
  of({ id, handle }: Pick<Author, "id" | "handle">): PersonKey {
    return id ?? `@${lower(handle)}`;
  }

  /** Whoever used that handle last, as far as that is known. */
  named(handle: Handle): PersonKey {
    return this.#last.get(lower(handle)) ?? `@${lower(handle)}`;
  }
}

const lower = (handle: Handle): string => handle.toLowerCase();
