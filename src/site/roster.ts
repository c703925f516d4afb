import type { SessionSlug } from "../model.ts";
import type { PersonKey } from "./identity.ts";
import type { Former, Person } from "./people.ts";
import { stampOf, together } from "./stamp.ts";

/** Who was in a chat's sessions, as pages ask for them. */
export interface Roster {
  /** How many people have a page. */
  readonly size: number;
  /** So many of them who were here last, by handle; or who said most, these first. */
  latest(most: number): readonly Person[];
  busiest(most: number): readonly Person[];
  /** Whose page has that path. */
  person(path: string): Person | null;
  /** Who is known under a key, as far as they have a page. */
  personOf(key: PersonKey): Person | null;
  /** Who they are in the sessions: one, unless a handle is all that tells two apart. */
  keysOf(person: Person): readonly PersonKey[];
  /** Old handles that lead to a page. */
  readonly former: readonly Former[];
  /** How many people were in a session who had been in none of this chat's before. */
  fresh(session: SessionSlug): number;
}

/** The same with what tells when pages are other ones. */
export interface KeyedRoster extends Roster {
  /** The pages of people that changed after a turn: the same key, the same bytes; null: there is none any more. */
  changed(turn: number): Iterable<{ readonly path: string; readonly key: string | null }>;
  /** What a person's page is made from; null: there is none. */
  key(path: string): string | null;
  /** Another word when any of these pages is another. */
  readonly state: string;
  /** Another number when a session leads to other people's pages, as far as the session itself does not tell. */
  leads(session: SessionSlug): number;
}

/** What of somebody's page others show. */
type Shown = Pick<Person, "path" | "handle" | "name">;

/** Somebody who said or missed something in a session. */
export interface Present {
  readonly person: PersonKey;
  /** As the session tells; null: they only missed something. */
  readonly author: Pick<Person, "handle" | "name"> | null;
  readonly page: Shown | null;
}

/** A session itself tells how those who said something in it are called, which is where most of them have their pages. It does not tell
 *  of those who only missed something, nor of pages that are elsewhere: these as a number. */
export function leadsOf(present: readonly Present[]): number {
  const elsewhere = present.filter(({ author, page }) => author === null || page === null || !isTold(author, page));
  return together(...elsewhere.map(({ person, page }) => stampOf(page === null ? person : [person, page.name, page.handle, page.path])));
}

const isTold = ({ handle, name }: Pick<Person, "handle" | "name">, page: Shown): boolean =>
  page.handle === handle && page.name === name && page.path === handle.toLowerCase();

/** Not made shorter: of twelve thousand that would take longer than to compare them. `before`: the handles they had. */
export const pageKeyOf = ({ handle, name, sessions, tweets }: Person, stamps: readonly number[], before: readonly string[]): string =>
  `${together(...stamps)} ${tweets} ${sessions} ${[handle, ...before].join(" ")} ${name}`;
