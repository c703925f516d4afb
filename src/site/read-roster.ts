import { type Rank, sessionAt } from "../store/people.ts";
import type { PersonKey, Users } from "./identity.ts";
import {
  type Attended,
  byPage,
  byPath,
  compare,
  type Former,
  formerHandles,
  newestFirst,
  type Person,
  pathsOf,
  personAt,
} from "./people.ts";
import { type KeyedRoster, leadsOf, type Present, pageKeyOf } from "./roster.ts";

/** All that a roster is found out from. */
export interface Attendances {
  readonly attended: readonly Attended[];
  /** Who said or missed something in a session. */
  present(session: string): readonly Omit<Present, "page">[];
  /** How many sessions several people said something in. */
  sessionsOf(keys: readonly PersonKey[]): number;
  readonly users: Pick<Users, "changed">;
}

interface Page {
  readonly person: Person;
  readonly last: Rank;
  readonly all: readonly Attended[];
}

/** A roster of which everything is found out at once: for a site that is small, or is not in an archive. */
export class ReadRoster implements KeyedRoster {
  readonly #from: Attendances;
  readonly #pages = new Map<string, Page>();
  readonly #paths: ReadonlyMap<PersonKey, string | null>;
  readonly #fresh: ReadonlyMap<string, number>;
  readonly former: readonly Former[];

  constructor(from: Attendances) {
    this.#from = from;
    const spoke = newestFirst(from.attended);
    const handles = new Set(spoke.map(({ handle }) => handle.toLowerCase()));
    const paths = pathsOf(spoke, (handle) => handles.has(handle));
    for (const [path, all] of Map.groupBy(spoke, ({ person }) => paths.get(person) ?? null)) {
      const person = path === null ? null : personAt(path, all, from.sessionsOf);
      if (path !== null && person !== null) this.#pages.set(path, { person, last: all[0]?.last ?? "", all });
    }
    this.#paths = paths;
    const firsts = Map.groupBy(spoke, ({ first }) => sessionAt(first ?? ""));
    this.#fresh = new Map([...firsts].map(([session, { length }]) => [session, length]));
    this.former = formerHandles(from.users.changed(), { pathOf: (key) => paths.get(key) ?? null, isPage: (path) => this.#pages.has(path) });
  }

  get size(): number {
    return this.#pages.size;
  }

  latest(most: number): Person[] {
    return this.#most(most, (a, b) => compare(b.last, a.last)).sort(byPath);
  }

  busiest(most: number): Person[] {
    return this.#most(most, (a, b) => b.person.tweets - a.person.tweets);
  }

  #most(most: number, order: (a: Page, b: Page) => number): Person[] {
    const pages = [...this.#pages.values()].sort((a, b) => order(a, b) || compare(b.person.path, a.person.path));
    return pages.slice(0, most).map(({ person }) => person);
  }

  person(path: string): Person | null {
    return this.#pages.get(path)?.person ?? null;
  }

  personOf(key: PersonKey): Person | null {
    return this.person(this.#paths.get(key) ?? "");
  }

  keysOf({ path }: Person): PersonKey[] {
    return (this.#pages.get(path)?.all ?? []).map(({ person }) => person);
  }

  fresh(session: string): number {
    return this.#fresh.get(session) ?? 0;
  }

  *changed(): Generator<{ readonly path: string; readonly key: string }> {
    const earlier = byPage(this.former);
    for (const [path, { person, all }] of this.#pages) {
      const before = (earlier.get(path) ?? []).map(({ from }) => from);
      const stamps = all.map(({ stamp }) => stamp);
      yield { path, key: pageKeyOf(person, stamps, before) };
    }
  }

  key(path: string): string | null {
    for (const page of this.changed()) if (page.path === path) return page.key;
    return null;
  }

  get state(): string {
    return [...this.changed()].map(({ key }) => key).join("\n");
  }

  leads(session: string): number {
    return leadsOf(this.#from.present(session).map((one) => ({ ...one, page: this.personOf(one.person) })));
  }
}
