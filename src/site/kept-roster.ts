import { Lately } from "../archive/lately.ts";
import type { ChatEdition, PageRow, People } from "../store/people.ts";
import { sessionAt } from "../store/people.ts";
import type { Shelf } from "../store/shelf.ts";
import type { PersonKey, Users } from "./identity.ts";
import { type Attended, byPage, byPath, type Former, formerHandles, isId, type Person, pathsOf, personAt } from "./people.ts";
import { type KeyedRoster, leadsOf, pageKeyOf } from "./roster.ts";

/** So many people are remembered at once: more than the sessions have that are rendered in one go. */
const MOST = 2000;

/** A roster that work.db keeps: each question is asked there, so that an archive of ten thousand sessions needs no more room than one of
 *  ten. Call `renewRoster` before. */
export class KeptRoster implements KeyedRoster {
  readonly #people: People;
  readonly #of: ChatEdition;
  readonly former: readonly Former[];
  #size: number | null = null;
  #fresh: ReadonlyMap<string, number> | null = null;
  #leads: ReadonlyMap<string, number> | null = null;
  /** Whom pages named lately: several pages of a session name the same people. */
  readonly #named = new Lately<Person | null>(MOST);

  constructor(shelf: Shelf, of: ChatEdition) {
    this.#people = shelf.people;
    this.#of = of;
    this.former = formerIn(shelf, of);
  }

  get size(): number {
    this.#size ??= this.#people.pages(this.#of);
    return this.#size;
  }

  latest(most: number): Person[] {
    return this.#people.latest(this.#of, most).map(personIn).sort(byPath);
  }

  busiest(most: number): Person[] {
    return this.#people.busiest(this.#of, most).map(personIn);
  }

  person(path: string): Person | null {
    const page = this.#people.page(this.#of, path);
    return page === null ? null : personIn(page);
  }

  personOf(key: PersonKey): Person | null {
    return this.#named.get(key, () => {
      const path = this.#people.person(this.#of, key)?.path ?? null;
      return path === null ? null : this.person(path);
    });
  }

  keysOf({ path }: Person): PersonKey[] {
    return this.#people.at(this.#of, path).map(({ person }) => person);
  }

  fresh(session: string): number {
    this.#fresh ??= this.#people.fresh(this.#of);
    return this.#fresh.get(session) ?? 0;
  }

  changed(turn: number): Iterable<{ readonly path: string; readonly key: string | null }> {
    return this.#people.changed(this.#of, turn);
  }

  key(path: string): string | null {
    return this.#people.page(this.#of, path)?.key ?? null;
  }

  get state(): string {
    return String(this.#people.turn(this.#of));
  }

  leads(session: string): number {
    this.#leads ??= this.#people.leads(this.#of);
    return this.#leads.get(session) ?? 0;
  }
}

const personIn = ({ path, handle, name, last, sessions, tweets }: PageRow): Person => ({
  name,
  handle,
  path,
  last: sessionAt(last),
  sessions,
  tweets,
});

const factOf = ({ chat, edition }: ChatEdition): string => `former ${edition} ${chat}`;
const formerIn = (shelf: Shelf, of: ChatEdition): Former[] => JSON.parse(shelf.fact(factOf(of)) ?? "[]") as Former[];

/** So many people are summed up at a time: all of them would fill the memory. */
const BATCH = 1000;

/** Brings a chat's roster up to date, once all its sessions have been read: only of whom a session told something else. Call it inside a
 *  transaction. */
export function renewRoster(shelf: Shelf, of: ChatEdition, users: Pick<Users, "changed">): void {
  const { people } = shelf;
  const paths = new Set<string>();
  for (let some = people.outdated(of, BATCH); some.length > 0; some = people.outdated(of, BATCH)) {
    const handles = sumUp(people, of, some);
    for (const { path } of some) if (path !== null) paths.add(path);
    for (const handle of handles) for (const path of assignPaths(people, of, handle)) paths.add(path);
  }
  const pages = new Pages(people, of);
  const formerBefore = formerIn(shelf, of);
  const earlierBefore = byPage(formerBefore);
  for (const path of paths) pages.renew(path, earlierBefore);
  const former = formerHandles(users.changed(), {
    pathOf: (key) => people.person(of, key)?.path ?? null,
    isPage: (path) => people.page(of, path) !== null,
  });
  const earlier = byPage(former);
  for (const path of changedBetween(formerBefore, former)) pages.renew(path, earlier);
  shelf.putFact(factOf(of), JSON.stringify(former));
  for (const session of people.withoutLeads(of)) {
    const present = people.who(of, session).map(({ person, told, toldName, path, handle, name }) => ({
      person,
      author: told === null ? null : { handle: told, name: toldName ?? "" },
      page: path === null ? null : { path, handle: handle ?? "", name: name ?? "" },
    }));
    people.putLeads(of, session, leadsOf(present));
  }
}

/** Returns the handles (in lower case) whose pages it may change. */
function sumUp(people: People, of: ChatEdition, some: readonly Attended[]): Set<string> {
  const handles = new Set<string>();
  for (const was of some) {
    const is = people.sum(of, was.person);
    if (is === null) people.forget(of, was.person);
    else people.keep(of, was.person, is);
    for (const handle of [was.handle, is?.handle ?? null]) if (handle !== null) handles.add(handle.toLowerCase());
  }
  // a handle may be another's id, and take its page
  for (const handle of handles) {
    const other = isId(handle) ? (people.person(of, handle)?.handle ?? null) : null;
    if (other !== null) handles.add(other.toLowerCase());
  }
  return handles;
}

/** Says where those who have a handle have their pages. Returns where they had and have them. */
function assignPaths(people: People, of: ChatEdition, handle: string): Set<string> {
  const all = people.called(of, handle);
  const touched = new Set<string>();
  const paths = pathsOf(all, (other) => people.called(of, other).length > 0);
  for (const { person, path: was } of all) {
    const is = paths.get(person) ?? null;
    if (is !== was) {
      people.setPath(of, person, is);
      people.outdateLeads(of, person);
    }
    for (const path of [was, is]) if (path !== null) touched.add(path);
  }
  return touched;
}

/** The pages of a chat's people, as they change. */
class Pages {
  readonly #people: People;
  readonly #of: ChatEdition;
  #turn: number | null = null;

  constructor(people: People, of: ChatEdition) {
    this.#people = people;
    this.#of = of;
  }

  /** Makes a page of whoever shares it. `former`: by the page they lead to. */
  renew(path: string, former: ReadonlyMap<string, readonly Former[]>): void {
    const [people, of] = [this.#people, this.#of];
    const all = people.at(of, path);
    const person = personAt(path, all, (keys) => people.sessionsOf(of, keys));
    const was = people.page(of, path);
    const last = all.reduce((latest, one) => (one.last !== null && one.last > latest ? one.last : latest), "");
    if (person === null) {
      if (was !== null) people.dropPage(of, path, this.#now());
    } else {
      const before = (former.get(path) ?? []).map(({ from }) => from);
      const stamps = all.map(({ stamp }) => stamp);
      const key = pageKeyOf(person, stamps, before);
      if (was?.key !== key || was.last !== last) people.putPage(of, { ...person, key, last }, this.#now());
    }
    if (was?.handle !== person?.handle || was?.name !== person?.name) for (const one of all) people.outdateLeads(of, one.person);
  }

  #now(): number {
    this.#turn ??= this.#people.nextTurn();
    return this.#turn;
  }
}

/** To which pages other old handles lead. */
function changedBetween(before: readonly Former[], now: readonly Former[]): Set<string> {
  const lineOf = ({ from, to }: Former): string => `${from} ${to}`;
  const differing = new Set(before.map(lineOf)).symmetricDifference(new Set(now.map(lineOf)));
  return new Set([...before, ...now].filter((one) => differing.has(lineOf(one))).map(({ to }) => to));
}
