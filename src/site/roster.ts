import type { SiteData } from "./data.ts";
import type { PersonKey, Users } from "./identity.ts";
import { type Attended, formerHandles, type Person, pagesOf } from "./people.ts";
import { stampOf, together } from "./stamp.ts";
import { type Stock, stockOf } from "./stock.ts";

/** Who was in a chat's sessions, as pages tell it. */
export interface Roster {
  readonly people: readonly Person[];
  /** Old handles that lead to a page. */
  readonly former: readonly { readonly from: string; readonly to: string }[];
  /** By session: how many people it had, and how many of them were in none of this chat's before it. */
  readonly turnouts: ReadonlyMap<string, { readonly people: number; readonly fresh: number }>;
}

/** The same with what tells when pages about people are other ones. */
export interface StampedRoster extends Roster {
  /** By person: another number when anything that their page says of a session is another. */
  readonly stamps: ReadonlyMap<PersonKey, number>;
  /** By session: another number when it leads to other people's pages, as far as the session itself does not tell. */
  readonly leads: ReadonlyMap<string, number>;
}

/** By chat. It takes a look at all sessions: one process of a build does, and tells the others. */
export type Rosters<R extends Roster = Roster> = ReadonlyMap<string, R>;

/** A site whose rosters are known. */
export interface RosteredSite extends SiteData {
  readonly rosters: Rosters<StampedRoster>;
}

export function withRosters(site: SiteData): RosteredSite {
  const stock = stockOf(site);
  return { ...site, stock, rosters: new Map(site.chats.map(({ chat: { slug } }) => [slug, rosterOf(stock, slug, site.users)])) };
}

export function rosterOf(stock: Stock, chat: string, users: Pick<Users, "changed">): StampedRoster {
  const sessions = stock.sessions(chat);
  const places = new Map(sessions.map(({ session: { slug } }, place) => [slug, place]));
  const attended = stock.attended(chat);
  const people = pagesOf(attended, {
    placeOf: (slug) => places.get(slug) ?? -1,
    sessionsOf: (key) => stock.parts(chat, key).flatMap(({ session, tweets }) => (tweets > 0 ? [session] : [])),
  });
  const firsts = new Map<string, number>();
  for (const { first } of attended) if (first !== null) firsts.set(first, (firsts.get(first) ?? 0) + 1);
  const turnouts = sessions.map(({ session: { slug }, people: n }) => [slug, { people: n, fresh: firsts.get(slug) ?? 0 }] as const);
  return {
    people,
    former: formerHandles(people, users.changed()),
    turnouts: new Map(turnouts),
    stamps: new Map(attended.map(({ key, stamp }) => [key, stamp])),
    leads: leadsOf(stock, chat, { attended, people }),
  };
}

/** A session itself tells how those who said something in it are called, which is where most of them have their pages. It does not tell
 *  of those who only missed something, nor of pages that are elsewhere. */
function leadsOf(stock: Stock, chat: string, { attended, people }: { attended: readonly Attended[]; people: readonly Person[] }) {
  const pages = new Map(people.flatMap((person) => person.keys.map((key) => [key, person] as const)));
  const elsewhere = attended.filter(({ key, author, isVaried }) => {
    const person = pages.get(key);
    if (author === null) return false;
    const { handle, name } = author;
    return isVaried || person?.handle !== handle || person.name !== name || person.path !== handle.toLowerCase();
  });
  const named = new Map<PersonKey, number>();
  const stampFor = (key: PersonKey): number => {
    const person = pages.get(key);
    const known = named.get(key) ?? stampOf(person === undefined ? key : [key, person.name, person.handle, person.path]);
    named.set(key, known);
    return known;
  };
  const leads = new Map<string, number>();
  const add = (session: string, key: PersonKey): void => void leads.set(session, together(leads.get(session) ?? 0, stampFor(key)));
  for (const { session, key } of stock.missers(chat)) add(session, key);
  for (const { key } of elsewhere) for (const { session } of stock.parts(chat, key)) add(session, key);
  return leads;
}
