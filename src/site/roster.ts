import type { SiteData, UsedHandle } from "./data.ts";
import type { PersonKey } from "./identity.ts";
import { formerHandles, People, type Person } from "./people.ts";
import { mixed } from "./stamp.ts";
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
  /** By session: who said or missed something. */
  readonly keys: ReadonlyMap<string, readonly PersonKey[]>;
}

/** By chat. It takes a look at all sessions: one process of a build does, and tells the others. */
export type Rosters<R extends Roster = Roster> = ReadonlyMap<string, R>;

/** A site whose rosters are known. */
export interface RosteredSite extends SiteData {
  readonly rosters: Rosters<StampedRoster>;
}

export function withRosters(site: SiteData): RosteredSite {
  const stock = stockOf(site);
  const used = site.handles();
  return { ...site, stock, rosters: new Map(site.chats.map(({ chat: { slug } }) => [slug, rosterOf(stock, slug, used)])) };
}

/** `used`: who used which handle last, first. */
export function rosterOf(stock: Stock, chat: string, used: readonly UsedHandle[]): StampedRoster {
  const met = new People();
  const stamps = new Map<PersonKey, number>();
  const turnouts = new Map<string, { people: number; fresh: number }>();
  const keys = new Map<string, readonly PersonKey[]>();
  const attendances = new Map(stock.people(chat));
  for (const [place, { session }] of stock.sessions(chat).entries()) {
    const all = attendances.get(session.slug) ?? [];
    const turnout = { people: 0, fresh: 0 };
    for (const { key, author, tweets, stamp } of all) {
      stamps.set(key, mixed(stamps.get(key) ?? 0, stamp));
      if (author === null) continue;
      turnout.people++;
      if (met.meet({ key, author, session: place, tweets })) turnout.fresh++;
    }
    turnouts.set(session.slug, turnout);
    const own = all.map(({ key }) => key);
    keys.set(session.slug, own);
  }
  const people = met.all();
  return { people, former: formerHandles(people, used), turnouts, stamps, keys };
}
