import { createHash } from "node:crypto";
import type { SiteData } from "./data.ts";
import { rollupOf } from "./rollup.ts";
import { stockOf } from "./stock.ts";

/** A part of a site that is rendered whole or not at all, by its name: `chat/2009-07-21` (a session with all that stands below its page),
 *  `chat/people/amy`, `chat` (what lists its sessions), and what stands above all chats. */
export type UnitName = string;
export const SITE: UnitName = "";
/** `search/chat`: what finds a chat's tweets. No chat is called so. */
export const SEARCH = "search/";

/** What the pages of each unit are made from, as a key: the same key, the same bytes. `digestOf`: of all that a session's own pages are
 *  made from; `program`: of what all pages are made with. */
export type UnitKeys = ReadonlyMap<UnitName, string>;

const keyOf = (...parts: readonly unknown[]): string => createHash("sha256").update(JSON.stringify(parts)).digest("base64url").slice(0, 24);

export interface SiteState {
  readonly site: SiteData;
  readonly program: string;
  digestOf(chat: string, slug: string): string;
}

/** Every unit of a site. A new session changes the keys of its own, of its neighbours, of the people in it, of its chat and of the site. */
export function unitsOf(state: SiteState): UnitKeys {
  const { site, program } = state;
  const units = new Map<UnitName, string>();
  for (const { chat, upcoming } of site.chats) {
    const sessions = sessionUnits(state, chat.slug);
    const people = peopleUnits(state, chat.slug);
    for (const [name, key] of [...sessions, ...people]) units.set(name, key);
    const digests = stockOf(site)
      .sessions(chat.slug)
      .map(({ session: { slug } }) => state.digestOf(chat.slug, slug));
    if (digests.length > 0) units.set(SEARCH + chat.slug, searchKey(state, chat.slug));
    units.set(chat.slug, keyOf(program, chat, upcoming, digests, [...people.values()], rollupOf(site).former(chat.slug)));
  }
  units.set(
    SITE,
    keyOf(
      program,
      site.config,
      site.chats.map(({ chat }) => units.get(chat.slug)),
    ),
  );
  return units;
}

/** A key that tells which years are others: `k3J… 2009:d8… 2010:x1…` */
function searchKey({ site, program, digestOf }: SiteState, chat: string): string {
  const years = Map.groupBy(stockOf(site).sessions(chat), ({ session: { slug } }) => slug.slice(0, 4));
  const digests = [...years].map(([year, own]) => `${year}:${keyOf(own.map(({ session: { slug } }) => digestOf(chat, slug)))}`);
  return [keyOf(program, chat), ...digests].join(" ");
}

/** The years in which two such keys differ; null: nothing they say can be compared. */
export function changedYears(before: string, now: string): number[] | null {
  const [[was, ...old], [is, ...fresh]] = [before.split(" "), now.split(" ")];
  if (was !== is) return null;
  const differing = new Set(old).symmetricDifference(new Set(fresh));
  return [...new Set([...differing].map((one) => Number(one.slice(0, 4))))].sort((a, b) => a - b);
}

/** How many tweets the pages of a session or a person hold. */
export function weightsOf(site: SiteData): (unit: UnitName) => number {
  const weights = new Map<UnitName, number>();
  for (const { chat } of site.chats) {
    for (const { session, tweets } of stockOf(site).sessions(chat.slug)) weights.set(`${chat.slug}/${session.slug}`, tweets);
    for (const { path, tweets } of rollupOf(site).people(chat.slug)) weights.set(`${chat.slug}/people/${path}`, tweets);
  }
  return (unit) => weights.get(unit) ?? 0;
}

/** A session's pages name its neighbours, say who was there for the first time, and lead to the people who missed something. */
function sessionUnits({ site, program, digestOf }: SiteState, chat: string): UnitKeys {
  const stock = stockOf(site);
  const rollup = rollupOf(site);
  const attendances = new Map(stock.people(chat));
  const sessions = stock.sessions(chat);
  const named = (place: number) => {
    const beside = sessions[place];
    return beside === undefined ? null : [beside.session.slug, beside.title];
  };
  const pages = new Map<string, readonly string[] | null>();
  const pageOf = (key: string) => {
    if (!pages.has(key)) {
      const person = rollup.personOf(chat, key);
      pages.set(key, person === null ? null : [person.name, person.handle, person.path]);
    }
    return pages.get(key);
  };
  return new Map(
    sessions.map(({ session: { slug } }, place) => {
      const people = (attendances.get(slug) ?? []).map(({ key }) => pageOf(key));
      const { fresh } = rollup.turnoutOf(chat, slug);
      return [`${chat}/${slug}`, keyOf(program, digestOf(chat, slug), named(place - 1), named(place + 1), fresh, people)];
    }),
  );
}

function peopleUnits({ site, program }: SiteState, chat: string): UnitKeys {
  const rollup = rollupOf(site);
  const earlier = Map.groupBy(rollup.former(chat), ({ to }) => to);
  return new Map(
    rollup.people(chat).map((person) => {
      const { name, handle, path, tweets, sessions } = person;
      const key = keyOf(program, name, handle, tweets, sessions.length, rollup.stampOf(chat, person), earlier.get(path) ?? []);
      return [`${chat}/people/${path}`, key];
    }),
  );
}
