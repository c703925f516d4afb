import type { Session } from "../model.ts";
import { rankOf } from "../store/people.ts";
import { isPublic, type SessionCard, type SiteData } from "./data.ts";
import { Identities, type PersonKey } from "./identity.ts";
import { rollUp } from "./links.ts";
import type { Attended } from "./people.ts";
import { ReadRoster } from "./read-roster.ts";
import type { KeyedRoster } from "./roster.ts";
import { together } from "./stamp.ts";
import type { ChatLinks, More, Most, PartRow, Stock } from "./stock.ts";
import { type Attendance, type Details, type Summary, summarise } from "./summary.ts";

/** Everything read at once: for a site that is small, or is not in an archive. */
export class ReadStock implements Stock {
  readonly #cards: ReadonlyMap<string, readonly SessionCard[]>;
  readonly #summaries = new Map<string, Summary & Details>();
  readonly #users: SiteData["users"];
  readonly #rosters = new Map<string, KeyedRoster>();
  /** By chat and person. */
  readonly #parts = new Map<string, ReadonlyMap<PersonKey, readonly PartRow[]>>();

  constructor(site: SiteData) {
    const who = new Identities(site.users);
    this.#users = site.users;
    this.#cards = new Map(site.chats.map(({ chat, sessions }) => [chat.slug, sessions]));
    for (const { session } of [...this.#cards.values()].flat())
      this.#summaries.set(`${session.chat}/${session.slug}`, summarise(site.session(session.chat, session.slug), who, site.config));
  }

  sessions(chat: string): readonly SessionCard[] {
    return this.#cards.get(chat) ?? [];
  }

  card(chat: string, slug: string): SessionCard | null {
    return this.#of(chat, slug)?.card ?? null;
  }

  roster(chat: string): KeyedRoster {
    const known = this.#rosters.get(chat) ?? this.#rosterOf(chat);
    this.#rosters.set(chat, known);
    return known;
  }

  #rosterOf(chat: string): KeyedRoster {
    const turns = this.sessions(chat).flatMap(({ session }) => this.#peopleIn(session).map((one) => ({ ...one, session })));
    return new ReadRoster({
      attended: [...Map.groupBy(turns, ({ key }) => key)].map(([key, own]) => attendedOf(key, own)),
      present: (session) => (this.#of(chat, session)?.people ?? []).map(({ key, author }) => ({ person: key, author })),
      sessionsOf: (keys) => new Set(keys.flatMap((key) => this.#spokeIn(chat, key))).size,
      users: this.#users,
    });
  }

  #spokeIn(chat: string, person: PersonKey): string[] {
    return this.parts(chat, person).flatMap(({ session, tweets }) => (tweets > 0 ? [session] : []));
  }

  #peopleIn({ chat, slug }: Session): readonly Attendance[] {
    return this.#of(chat, slug)?.people ?? [];
  }

  more(chat: string, slug: string): More | null {
    return this.#of(chat, slug);
  }

  parts(chat: string, person: PersonKey): readonly PartRow[] {
    const parts = this.#parts.get(chat) ?? this.#partsOf(chat);
    this.#parts.set(chat, parts);
    return parts.get(person) ?? [];
  }

  #partsOf(chat: string): Map<PersonKey, (PartRow & { readonly person: PersonKey })[]> {
    const rows = this.sessions(chat).flatMap(({ session: { slug } }) =>
      [...(this.#of(chat, slug)?.parts ?? [])].map(([person, { said, missed }]) => {
        const first = said[0]?.id ?? null;
        return { person, session: slug, tweets: said.length, replies: missed.length, first, said: () => said, missed: () => missed };
      }),
    );
    return Map.groupBy(rows, ({ person }) => person);
  }

  links(chat: string, most: Most): ChatLinks {
    const newestFirst = this.sessions(chat).toReversed().filter(isPublic);
    const shares = newestFirst.flatMap(({ session: { slug } }) =>
      (this.#of(chat, slug)?.shares ?? []).map((share) => ({ ...share, session: slug })),
    );
    const links = rollUp(shares);
    const latest = links.slice(0, most.links).map(({ shares: all, ...link }) => {
      const own = all.slice(0, most.shares);
      return { ...link, shares: own, more: all.length - own.length };
    });
    return { total: links.length, links: latest };
  }

  #of(chat: string, slug: string): (Summary & Details) | null {
    return this.#summaries.get(`${chat}/${slug}`) ?? null;
  }
}

interface Turn extends Attendance {
  readonly session: Session;
}

/** `turns`: of one person, oldest session first. */
function attendedOf(person: PersonKey, turns: readonly Turn[]): Attended {
  const spoke = turns.flatMap(({ author, session }) =>
    author === null ? [] : [{ ...author, at: rankOf(session.window.start, session.slug) }],
  );
  const last = spoke.at(-1);
  return {
    person,
    handle: last?.handle ?? null,
    name: last === undefined ? null : (spoke.findLast(({ name }) => name !== "")?.name ?? ""),
    first: spoke[0]?.at ?? null,
    last: last?.at ?? null,
    sessions: spoke.length,
    tweets: turns.reduce((sum, { tweets }) => sum + tweets, 0),
    stamp: together(...turns.map(({ stamp }) => stamp)),
  };
}
