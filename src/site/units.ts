import { hash } from "node:crypto";
import type { Chat } from "../model.ts";
import type { Edition } from "../store/people.ts";
import type { ChatData, SiteData } from "./data.ts";
import { ON_PAGE } from "./people.ts";
import type { SessionKey } from "./site.ts";
import { stockOf } from "./stock.ts";
import { sessionsByYear, yearOf } from "./years.ts";

/** A part of a site that is rendered whole or not at all, by its name: `chat/2009-07-21` (a session with all that stands below its page),
 *  `chat/people/amy`, `chat/2009` (a year's page), `chat` (what else lists its sessions), and what stands above all chats. */
export type UnitName = string;
export const SITE: UnitName = "";
/** `search/chat`: what finds a chat's tweets. No chat is called so. */
export const SEARCH = "search/";

/** "tea/people/amy": no session has a third part. */
export const isPerson = (unit: UnitName): boolean => unit.split("/").length === 3;

/** "tea/2009": no session is called so. */
export const isYear = (unit: UnitName): boolean => /^[^/]+\/[0-9]+$/.test(unit) && !unit.startsWith(SEARCH);

/** Which session `chat/2009-07-21` is. */
export function sessionOf(unit: UnitName): SessionKey {
  const [chat = "", slug = ""] = unit.split("/");
  return { chat, slug };
}

/** What the pages of each unit are made from, as a key: the same key, the same bytes. `digestOf`: of all that a session's own pages are
 *  made from; `program`: of what all pages are made with. */
export type UnitKeys = ReadonlyMap<UnitName, string>;

const keyOf = (...parts: readonly unknown[]): string => hash("sha256", JSON.stringify(parts), "base64url").slice(0, 24);

export interface SiteState {
  readonly site: SiteData;
  readonly edition: Edition;
  readonly program: string;
  digestOf(chat: string, slug: string): string;
}

/** Every unit of a site but the pages of people. A new session changes the keys of its own, of its neighbours, of its year, of its chat and
 *  of the site. */
export function unitsOf(state: SiteState): UnitKeys {
  const { site, program } = state;
  const stock = stockOf(site);
  const units = new Map<UnitName, string>();
  for (const of of site.chats) {
    const { chat, upcoming } = of;
    for (const [name, key] of [...sessionUnits(state, chat.slug), ...yearUnits(state, of)]) units.set(name, key);
    const digests = stock.sessions(chat.slug).map(({ session: { slug } }) => state.digestOf(chat.slug, slug));
    if (digests.length > 0) units.set(SEARCH + chat.slug, searchKey(state, chat.slug));
    const { state: people, former } = stock.roster(chat.slug);
    units.set(chat.slug, keyOf(program, chat, upcoming, digests, people, former));
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

/** The pages of people that changed after a turn of the site's rosters. null: there is none any more. */
export function* peopleUnits({ site, program }: SiteState, turn: number): Generator<readonly [UnitName, string | null]> {
  for (const { chat } of site.chats) {
    const made = madeOf(program, chat);
    for (const { path, key } of stockOf(site).roster(chat.slug).changed(turn))
      yield [personUnit(chat.slug, path), key === null ? null : `${made} ${key}`];
  }
}

/** The key of a person's page; null: there is none. */
export function personKey({ site, program }: SiteState, unit: UnitName): string | null {
  const { chat: slug, path } = personOf(unit);
  const chat = site.chats.find((of) => of.chat.slug === slug)?.chat;
  const key = chat === undefined ? null : stockOf(site).roster(slug).key(path);
  return chat === undefined || key === null ? null : `${madeOf(program, chat)} ${key}`;
}

const personUnit = (chat: string, path: string): UnitName => `${chat}/people/${path}`;
/** Whose page a unit is. */
const personOf = (unit: UnitName): { readonly chat: string; readonly path: string } => {
  const [chat = "", , path = ""] = unit.split("/");
  return { chat, path };
};
const madeOf = (program: string, chat: Chat): string => keyOf(program, chat);

/** What pages of people are made with: while it is the same, those that did not change stand as they should. */
export const makingOf = ({ site, edition, program }: SiteState): string =>
  keyOf(
    edition,
    site.chats.map(({ chat }) => madeOf(program, chat)),
  );

/** A key that tells which years are others: `k3J… 2009:d8… 2010:x1…` */
function searchKey({ site, program, digestOf }: SiteState, chat: string): string {
  const years = Map.groupBy(stockOf(site).sessions(chat), ({ session: { slug } }) => yearOf(slug));
  const digests = [...years].map(([year, own]) => `${year}:${keyOf(own.map(({ session: { slug } }) => digestOf(chat, slug)))}`);
  return [keyOf(program, chat), ...digests].join(" ");
}

/** The years in which two such keys differ; null: nothing they say can be compared. */
export function changedYears(before: string, now: string): number[] | null {
  const [[was, ...old], [is, ...fresh]] = [before.split(" "), now.split(" ")];
  if (was !== is) return null;
  const differing = new Set(old).symmetricDifference(new Set(fresh));
  return [...new Set([...differing].map((one) => Number(one.split(":")[0])))].sort((a, b) => a - b);
}

/** How much the pages of a session or a person are, in tweets of a session: its pages show each tweet ten times, those of people once, and of
 *  those who said much only the newest. */
export function weightsOf(site: SiteData): (unit: UnitName) => number {
  const stock = stockOf(site);
  const sessions = new Map(
    site.chats.flatMap(({ chat: { slug: chat } }) =>
      stock.sessions(chat).map(({ session: { slug }, tweets }) => [`${chat}/${slug}`, tweets]),
    ),
  );
  return (unit) => {
    const { chat, path } = personOf(unit);
    return path === "" ? (sessions.get(unit) ?? 0) : Math.min(ON_PAGE.tweets, stock.roster(chat).person(path)?.tweets ?? 0) / 10;
  };
}

/** A session's pages say who was there for the first time, lead to the pages of people, and name its neighbours: in one place, and where
 *  the owner has parts of their own, anywhere. */
function sessionUnits({ site, program, digestOf }: SiteState, chat: string): UnitKeys {
  const stock = stockOf(site);
  const [roster, sessions] = [stock.roster(chat), stock.sessions(chat)];
  const hasParts = Object.keys(site.config.theme.parts).length > 0;
  // to make it shorter takes longer than to compare it
  const named = (place: number): string => {
    const beside = sessions[place];
    return beside === undefined ? "" : `${beside.session.slug} ${beside.title.length} ${beside.title}`;
  };
  return new Map(
    sessions.map(({ session: { slug } }, place) => {
      const standing = `${place === 0 ? "first" : ""} ${sessions.length === 1 ? "only" : ""}`;
      const own = `${program} ${digestOf(chat, slug)} ${roster.fresh(slug)} ${roster.leads(slug)} ${standing}`;
      return [`${chat}/${slug}`, `${own}${hasParts ? " " : NEIGHBOURS}${named(place - 1)} ${named(place + 1)}`];
    }),
  );
}

/** In the key of a session: what follows is said in that one place alone. */
const NEIGHBOURS = "\n";

/** Whether two keys of a session are the same but for its neighbours. */
export const differInNeighbours = (a: string, b: string): boolean =>
  a !== b && a.includes(NEIGHBOURS) && a.slice(0, a.indexOf(NEIGHBOURS)) === b.slice(0, b.indexOf(NEIGHBOURS));

/** A year's page lists its sessions, and names the other years. */
function yearUnits({ site, program, digestOf }: SiteState, { chat }: ChatData): UnitKeys {
  const years = sessionsByYear(stockOf(site).sessions(chat.slug));
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
