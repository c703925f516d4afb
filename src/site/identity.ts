import type { Author, Handle } from "../model.ts";

/** What is known of who used which handle. */
export interface Users {
  /** X's id of whoever used a handle last; null: nobody whose id is known. `handle`: in lower case. */
  last(handle: string): string | null;
  /** The handles of accounts that had more than one, in lower case; who used a handle last comes first. */
  changed(): readonly UsedHandle[];
}

/** A handle that an account had. */
export interface UsedHandle {
  readonly handle: Handle;
  /** X's id. */
  readonly author: string;
}

/** Who somebody is across tweets and sessions: X's id where it is known, else `@` and the handle in lower case. */
export type PersonKey = string;

/** Tells who is meant by a handle, and under which key an author is known. */
export class Identities {
  readonly #users: Pick<Users, "last">;
  /** By handle, as far as it was asked for. */
  readonly #last = new Map<string, PersonKey>();

  constructor(users: Pick<Users, "last">) {
    this.#users = users;
  }

  /** An author without an id is nobody whose id is known: whoever read the tweet has looked. */
  of({ id, handle }: Pick<Author, "id" | "handle">): PersonKey {
    return id ?? `@${lower(handle)}`;
  }

  /** Whoever used that handle last, as far as that is known. */
  named(handle: Handle): PersonKey {
    const name = lower(handle);
    const known = this.#last.get(name) ?? this.#users.last(name) ?? `@${name}`;
    this.#last.set(name, known);
    return known;
  }
}

const lower = (handle: Handle): string => handle.toLowerCase();
