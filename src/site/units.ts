import { hash } from "node:crypto";
import type { ChatData, SiteData } from "./data.ts";
import { rollupOf } from "./rollup.ts";
import type { RosteredSite } from "./roster.ts";
import { together } from "./stamp.ts";
import { stockOf } from "./stock.ts";
import { sessionsByYear } from "./years.ts";

/** A part of a site that is rendered whole or not at all, by its name: `chat/2009-07-21` (a session with all that stands below its page),
 *  `chat/people/amy`, `chat/2009` (a year's page), `chat` (what else lists its sessions), and what stands above all chats. */
export type UnitName = string;
export const SITE: UnitName = "";
/** `search/chat`: what finds a chat's tweets. No chat is called so. */
export const SEARCH = "search/";

/** "tea/2009": no session is called so. */
export const isYear = (unit: UnitName): boolean => /^[^/]+\/[0-9]+$/.test(unit) && !unit.startsWith(SEARCH);

/** What the pages of each unit are made from, as a key: the same key, the same bytes. `digestOf`: of all that a session's own pages are
 *  made from; `program`: of what all pages are made with. */
export type UnitKeys = ReadonlyMap<UnitName, string>;

const keyOf = (...parts: readonly unknown[]): string => hash("sha256", JSON.stringify(parts), "base64url").slice(0, 24);

export interface SiteState {
  readonly site: RosteredSite;
  readonly program: string;
  digestOf(chat: string, slug: string): string;
}

/** Every unit of a site. A new session changes the keys of its own, of its neighbours, of the people in it, of its year, of its chat and
 *  of the site. */
export function unitsOf(state: SiteState): UnitKeys {
  const { site, program } = state;
  const units = new Map<UnitName, string>();
  for (const of of site.chats) {
    const { chat, upcoming } = of;
    const people = peopleUnits(state, chat.slug);
    for (const [name, key] of [...sessionUnits(state, chat.slug), ...people, ...yearUnits(state, of)]) units.set(name, key);
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
  const stock = stockOf(site);
  const sessions = new Map(
    site.chats.flatMap(({ chat: { slug: chat } }) =>
      stock.sessions(chat).map(({ session: { slug }, tweets }) => [`${chat}/${slug}`, tweets]),
    ),
  );
  return (unit) => {
    const [chat = "", , path] = unit.split("/");
    return path === undefined ? (sessions.get(unit) ?? 0) : rollupOf(site).person(chat, path).tweets / 10;
  };
}

/** A session's pages name its neighbours, say who was there for the first time, and lead to the pages of people. */
function sessionUnits({ site, program, digestOf }: SiteState, chat: string): UnitKeys {
  const roster = site.rosters.get(chat);
  const sessions = stockOf(site).sessions(chat);
  const named = (place: number) => {
    const beside = sessions[place];
    return beside === undefined ? null : [beside.session.slug, beside.title];
  };
  return new Map(
    sessions.map(({ session: { slug } }, place) => {
      const [fresh, leads] = [roster?.turnouts.get(slug)?.fresh, roster?.leads.get(slug)];
      return [`${chat}/${slug}`, keyOf(program, digestOf(chat, slug), named(place - 1), named(place + 1), fresh, leads)];
    }),
  );
}

/** Not made shorter: of twelve thousand that would take longer than to compare them. */
function peopleUnits({ site, program }: SiteState, chat: string): UnitKeys {
  const { people = [], former = [], stamps } = site.rosters.get(chat) ?? {};
  const earlier = Map.groupBy(former, ({ to }) => to);
  const made = keyOf(program, chat);
  return new Map(
    people.map(({ name, handle, path, keys, tweets, sessions }) => {
      const stamp = together(...keys.map((key) => stamps?.get(key) ?? 0));
      const before = earlier.get(path)?.map(({ from }) => from) ?? [];
      return [`${chat}/people/${path}`, `${made} ${stamp} ${tweets} ${sessions} ${[handle, ...before].join(" ")} ${name}`];
    }),
  );
}

/** A year's page lists its sessions, and names the other years. */
function yearUnits({ site, program, digestOf }: SiteState, { chat }: ChatData): UnitKeys {
  const years = sessionsByYear(chat, stockOf(site).sessions(chat.slug));
  const made = keyOf(program, chat, [...years.keys()]);
  return new Map(
    [...years].map(([year, sessions]) => [
      `${chat.slug}/${year}`,
      keyOf(
        made,
        sessions.map(({ session: { slug } }) => digestOf(chat.slug, slug)),
      ),
    ]),
  );
}
