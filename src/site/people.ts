import type { Handle, SessionSlug } from "../model.ts";
import { type Summed, sessionAt } from "../store/people.ts";
import type { PersonKey, UsedHandle } from "./identity.ts";

/** Somebody in all sessions of a chat together, under one key. */
export interface Attended extends Summed {
  readonly person: PersonKey;
}

/** Somebody who said something in a chat. */
export interface Person {
  readonly name: string;
  readonly handle: Handle;
  /** The last part of the path of their page: their handle in lower case. */
  readonly path: string;
  /** The last session they said something in, and how many there are. */
  readonly last: SessionSlug;
  readonly sessions: number;
  readonly tweets: number;
}

/** From the newest session back, so many tweets of theirs and to them stand on a person's page whole. */
export const ON_PAGE = { tweets: 300, replies: 30 };

/** An old handle that leads to a page. */
export interface Former {
  readonly from: string;
  readonly to: string;
}

/** Those who said something: who was here last comes first. */
export function newestFirst<T extends Attended>(attended: readonly T[]): (T & { readonly handle: Handle; readonly last: string })[] {
  const spoke = attended.flatMap((one) =>
    one.handle === null || one.last === null ? [] : [{ ...one, handle: one.handle, last: one.last }],
  );
  return spoke.sort((a, b) => compare(b.last, a.last) || compare(lower(a.handle), lower(b.handle)) || compare(a.person, b.person));
}

/** Where each has their page; null: they have none. A handle that two accounts had in turn is the page of the one who was here last; the
 *  other's has X's id for a name. `attended`: everybody who has one of their handles; `isHandle`: whether anybody at all has that one. */
export function pathsOf(attended: readonly Attended[], isHandle: (handle: string) => boolean): Map<PersonKey, string | null> {
  const first = new Map<string, PersonKey>();
  return new Map(
    newestFirst(attended).map(({ person, handle }) => {
      const path = lower(handle);
      const other = first.get(path);
      const isFree = other === undefined || !ID.test(person) || !ID.test(other);
      if (!PATH.test(path) || !isFree) return [person, ID.test(person) && !isHandle(person) ? person : null];
      if (other === undefined) first.set(path, person);
      return [person, path];
    }),
  );
}

const ID = /^[0-9]{1,20}$/; // "1803", not "@ada"
const PATH = /^[a-z0-9_]{1,20}$/; // "cyn_odell"

/** A handle that is written as an id is. */
export const isId = (handle: string): boolean => ID.test(handle);

/** Whoever has their page there: one, unless a handle is all that tells two apart. `sessionsOf`: how many sessions several people said
 *  something in. */
export function personAt(path: string, attended: readonly Attended[], sessionsOf: (keys: readonly PersonKey[]) => number): Person | null {
  const all = newestFirst(attended);
  const [latest] = all;
  if (latest === undefined) return null;
  return {
    name: all.find(({ name }) => name)?.name ?? "",
    handle: latest.handle,
    path,
    last: sessionAt(latest.last),
    sessions: all.length === 1 ? latest.sessions : sessionsOf(all.map(({ person }) => person)),
    tweets: all.reduce((sum, { tweets }) => sum + tweets, 0),
  };
}

/** Handles that people of a chat had before, where nobody else has a page there: they lead to the page. `used`: those of accounts that
 *  had more than one; who used a handle last comes first. `pathOf`: where somebody's page is; `isPage`: whether one is there. */
export function formerHandles(
  used: readonly UsedHandle[],
  { pathOf, isPage }: { pathOf(key: PersonKey): string | null; isPage(path: string): boolean },
): Former[] {
  const found = new Map<string, string>();
  for (const { handle, author } of used) {
    const from = lower(handle);
    const to = pathOf(author);
    if (to !== null && PATH.test(from) && !found.has(from) && !isPage(from)) found.set(from, to);
  }
  return [...found].map(([from, to]) => ({ from, to })).sort((a, b) => compare(a.from, b.from));
}

/** To look at all of them for every page would take their product. */
export const byPage = (former: readonly Former[]): ReadonlyMap<string, readonly Former[]> => Map.groupBy(former, ({ to }) => to);

const lower = (handle: Handle): string => handle.toLowerCase();
export const byPath = (a: Person, b: Person): number => compare(a.path, b.path);
export const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
