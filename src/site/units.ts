import { hash } from "node:crypto";
import type { SiteData } from "./data.ts";
import { rollupOf } from "./rollup.ts";
import type { RosteredSite } from "./roster.ts";
import { mixed, stampOf } from "./stamp.ts";
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

const keyOf = (...parts: readonly unknown[]): string => hash("sha256", JSON.stringify(parts), "base64url").slice(0, 24);

export interface SiteState {
  readonly site: RosteredSite;
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

/** How much the pages of a session or a person are, in tweets of a session: its pages show each tweet ten times, those of people once. */
export function weightsOf(site: SiteData): (unit: UnitName) => number {
  const weights = new Map<UnitName, number>();
  for (const { chat } of site.chats) {
    for (const { session, tweets } of stockOf(site).sessions(chat.slug)) weights.set(`${chat.slug}/${session.slug}`, tweets);
    for (const { path, tweets } of rollupOf(site).people(chat.slug)) weights.set(`${chat.slug}/people/${path}`, tweets / 10);
  }
  return (unit) => weights.get(unit) ?? 0;
}

/** A session's pages name its neighbours, say who was there for the first time, and lead to the people who missed something. */
function sessionUnits({ site, program, digestOf }: SiteState, chat: string): UnitKeys {
  const rollup = rollupOf(site);
  const here = site.rosters.get(chat)?.keys;
  const sessions = stockOf(site).sessions(chat);
  const named = (place: number) => {
    const beside = sessions[place];
    return beside === undefined ? null : [beside.session.slug, beside.title];
  };
  const pages = new Map<string, number>();
  const pageOf = (key: string): number => {
    let page = pages.get(key);
    if (page === undefined) {
      const person = rollup.personOf(chat, key);
      page = person === null ? 0 : stampOf([person.name, person.handle, person.path]);
      pages.set(key, page);
    }
    return page;
  };
  return new Map(
    sessions.map(({ session: { slug } }, place) => {
      const people = (here?.get(slug) ?? []).reduce((all, key) => mixed(all, pageOf(key)), 0);
      const { fresh } = rollup.turnoutOf(chat, slug);
      return [`${chat}/${slug}`, keyOf(program, digestOf(chat, slug), named(place - 1), named(place + 1), fresh, people)];
    }),
  );
}

function peopleUnits({ site, program }: SiteState, chat: string): UnitKeys {
  const { people = [], former = [], stamps } = site.rosters.get(chat) ?? {};
  const earlier = Map.groupBy(former, ({ to }) => to);
  return new Map(
    people.map(({ name, handle, path, keys, tweets, sessions }) => {
      const stamp = keys.reduce((all, key) => mixed(all, stamps?.get(key) ?? 0), 0);
      return [`${chat}/people/${path}`, keyOf(program, name, handle, tweets, sessions.length, stamp, earlier.get(path) ?? [])];
    }),
  );
}
