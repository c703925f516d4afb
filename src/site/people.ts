import type { Author, Handle, SessionSlug } from "../model.ts";
import type { Presence } from "../store/shelf.ts";
import type { PersonKey, UsedHandle } from "./identity.ts";

/** Somebody in all sessions of a chat together, under one key. */
export interface Attended extends Presence {
  readonly key: PersonKey;
  /** As they were called last, by a name if there ever was one. null: they only missed something. */
  readonly author: Pick<Author, "handle" | "name"> | null;
}

/** Somebody who said something in a chat. */
export interface Person {
  readonly name: string;
  readonly handle: Handle;
  /** The last part of the path of their page: their handle in lower case. */
  readonly path: string;
  /** Who they are in the sessions: one, unless a handle is all that tells two apart. */
  readonly keys: readonly PersonKey[];
  /** The last session they said something in, and how many there are. */
  readonly last: SessionSlug;
  readonly sessions: number;
  readonly tweets: number;
}

export interface PagesOptions {
  /** A session's place in its chat. */
  placeOf(session: SessionSlug): number;
  /** The sessions somebody said something in. */
  sessionsOf(key: PersonKey): readonly SessionSlug[];
}

/** Each with a page, by handle. A handle that two accounts had in turn is the page of the one who was here last; the other's has X's
 *  id for a name. */
export function pagesOf(attended: readonly Attended[], options: PagesOptions): Person[] {
  const newestFirst = attended
    .flatMap(({ key, author, last, sessions, tweets }): Person[] =>
      author === null || last === null ? [] : [{ ...author, path: author.handle.toLowerCase(), keys: [key], last, sessions, tweets }],
    )
    .sort((a, b) => options.placeOf(b.last) - options.placeOf(a.last) || compare(a.path, b.path));
  const pages = new Map<string, Person>();
  for (const person of newestFirst) {
    const path = freePath(person, pages);
    if (path === null) continue;
    const same = pages.get(path);
    pages.set(path, same === undefined ? (person.path === path ? person : { ...person, path }) : joined(same, person, options));
  }
  return [...pages.values()].sort((a, b) => compare(a.path, b.path));
}

const ID = /^[0-9]{1,20}$/; // "1803", not "@ada"

/** null: neither handle nor id can be a path. */
function freePath({ path, keys: [key = ""] }: Person, pages: ReadonlyMap<string, Person>): string | null {
  if (/^[a-z0-9_]{1,20}$/.test(path) && !(pages.has(path) && ID.test(key) && ID.test(pages.get(path)?.keys[0] ?? ""))) return path; // "cyn_odell"
  return ID.test(key) && !pages.has(key) ? key : null;
}

/** `a`: who was here last. */
const joined = (a: Person, b: Person, { sessionsOf }: PagesOptions): Person => {
  const keys = [...a.keys, ...b.keys];
  return { ...a, name: a.name || b.name, keys, sessions: new Set(keys.flatMap(sessionsOf)).size, tweets: a.tweets + b.tweets };
};

/** Handles that people of a chat had before, where nobody else has a page there: they lead to the page. `used`: those of accounts that
 *  had more than one; who used a handle last comes first. */
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
