import type { Author, Handle } from "../model.ts";
import type { UsedHandle } from "./data.ts";
import type { PersonKey } from "./identity.ts";

/** Somebody who said something in a chat. */
export interface Person {
  readonly name: string;
  readonly handle: Handle;
  /** The last part of the path of their page: their handle in lower case. */
  readonly path: string;
  /** Who they are in the sessions: one, unless a handle is all that tells two apart. */
  readonly keys: readonly PersonKey[];
  /** Places of the sessions they said something in, oldest first. */
  readonly sessions: readonly number[];
  readonly tweets: number;
}

/** What one session tells of somebody. */
export interface Turn {
  readonly key: PersonKey;
  readonly author: Author;
  readonly session: number;
  readonly tweets: number;
}

/** Everybody who is met in a chat's sessions, oldest session first. */
export class People {
  readonly #known = new Map<PersonKey, { name: string; handle: Handle; readonly sessions: number[]; tweets: number }>();

  /** Whether they were never met before. */
  meet({ key, author, session, tweets }: Turn): boolean {
    const known = this.#known.get(key);
    const { handle, name } = author;
    if (known === undefined) this.#known.set(key, { name, handle, sessions: [session], tweets });
    else {
      known.name = name || known.name;
      known.handle = handle;
      known.sessions.push(session);
      known.tweets += tweets;
    }
    return known === undefined;
  }

  all(): Person[] {
    return pagesOf([...this.#known].map(([key, known]) => ({ ...known, path: known.handle.toLowerCase(), keys: [key] })));
  }
}

/** Each with a page, by handle. A handle that two accounts had in turn is the page of the one who was here last; the other's has X's
 *  id for a name. */
function pagesOf(known: readonly Person[]): Person[] {
  const newestFirst = known.toSorted((a, b) => Number(b.sessions.at(-1)) - Number(a.sessions.at(-1)) || compare(a.path, b.path));
  const pages = new Map<string, Person>();
  for (const person of newestFirst) {
    const path = freePath(person, pages);
    if (path === null) continue;
    const same = pages.get(path);
    pages.set(path, same === undefined ? { ...person, path } : joined(same, person));
  }
  return [...pages.values()].sort((a, b) => compare(a.path, b.path));
}

const ID = /^[0-9]{1,20}$/; // "1803", not "@ada"

/** null: neither handle nor id can be a path. */
function freePath({ path, keys: [key = ""] }: Person, pages: ReadonlyMap<string, Person>): string | null {
  if (/^[a-z0-9_]{1,20}$/.test(path) && !(pages.has(path) && ID.test(key) && ID.test(pages.get(path)?.keys[0] ?? ""))) return path; // "cyn_odell"
  return ID.test(key) && !pages.has(key) ? key : null;
}

const joined = (a: Person, b: Person): Person => ({
  ...a,
  name: a.name || b.name,
  keys: [...a.keys, ...b.keys],
  sessions: [...new Set([...a.sessions, ...b.sessions])].sort((x, y) => x - y),
  tweets: a.tweets + b.tweets,
});

/** Handles that people of a chat had before, where nobody else has a page there: they lead to the page. */
export function formerHandles(people: readonly Person[], used: readonly UsedHandle[]): { readonly from: string; readonly to: string }[] {
  const paths = new Map(people.flatMap(({ keys, path }) => keys.map((key) => [key, path] as const)));
  const taken = new Set(people.map(({ path }) => path));
  const found = new Map<string, string>();
  for (const { handle, author } of used) {
    const from = handle.toLowerCase();
    const to = paths.get(author);
    if (to !== undefined && !taken.has(from) && !found.has(from) && /^[a-z0-9_]{1,20}$/.test(from)) found.set(from, to); // "cyn_odell"
  }
  return [...found].map(([from, to]) => ({ from, to })).sort((a, b) => compare(a.from, b.from));
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
