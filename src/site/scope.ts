import type { SearchScope } from "./search.ts";
import { yearOfSitemap } from "./sitemap.ts";
import { isYear, SEARCH, SITE, type UnitName } from "./units.ts";

/** Which pages of a site are rendered together: of these sessions, of these people, of these years, what else lists them, of these chats
 *  and of the whole site, and what finds them. */
export interface Scope {
  readonly sessions: readonly { readonly chat: string; readonly slug: string }[];
  readonly people: readonly { readonly chat: string; readonly path: string }[];
  readonly years: readonly { readonly chat: string; readonly year: number }[];
  /** null: no lists of a whole chat. */
  readonly chats: readonly string[] | null;
  readonly search: readonly SearchScope[];
}

/** Whether a scope has pages that are listed under this name: `site.sessions`; null: a page that is in no list. */
export function makes({ sessions, people, years, chats }: Scope, listed: string | null): boolean {
  if (listed === "site.sessions" || listed === "site.tweets" || listed === "site.graves") return sessions.length > 0;
  if (listed === "site.people") return people.length > 0;
  if (listed === "site.years") return years.length > 0;
  return chats !== null || (listed === "site.sitemaps" && years.length > 0);
}

export const hasPages = ({ sessions, people, years, chats }: Scope): boolean =>
  sessions.length + people.length + years.length > 0 || chats !== null;

const hasAny = (scope: Scope): boolean => hasPages(scope) || scope.search.length > 0;

/** At most so many units are rendered in one go, and units of so many tweets: Eleventy keeps every page until its end. */
export const MOST = { sessions: 20, people: 200, years: 20, tweets: 1500 };

export interface ShardOptions {
  /** What is known of a chat's search. */
  changed(search: UnitName): SearchScope["changed"];
  /** How much the pages of a session or a person are, in tweets of a session. */
  weigh(unit: UnitName): number;
}

/** The units to render, cut into shards. What takes longest comes first. */
export function shardsOf(units: readonly UnitName[], { changed, weigh }: ShardOptions): Scope[] {
  if (units.length === 0) return [];
  const whole = scopeOf(units, changed);
  const sessions = cut(whole.sessions, MOST.sessions, ({ chat, slug }) => weigh(`${chat}/${slug}`));
  const people = cut(whole.people, MOST.people, ({ chat, path }) => weigh(`${chat}/people/${path}`));
  const years = cut(whole.years, MOST.years, () => 0);
  const lists = [years[0] ?? [], ...years.slice(1)].map(
    (some, place): Scope => ({ ...NONE, years: some, chats: place === 0 ? whole.chats : null }),
  );
  const search = whole.search.map((one): Scope => ({ ...NONE, search: [one] }));
  if (Math.max(sessions.length, people.length, years.length) <= 1)
    return [...search, { ...whole, search: [] }].filter((scope) => hasAny(scope));
  return [
    ...search,
    ...lists.filter(hasPages),
    ...people.map((some): Scope => ({ ...NONE, people: some })),
    ...sessions.map((some): Scope => ({ ...NONE, sessions: some })),
  ];
}

const NONE: Scope = { sessions: [], people: [], years: [], chats: null, search: [] };

function scopeOf(units: readonly UnitName[], changed: ShardOptions["changed"]): Scope {
  const sessions: { chat: string; slug: string }[] = [];
  const people: { chat: string; path: string }[] = [];
  const years: { chat: string; year: number }[] = [];
  const lists: UnitName[] = [];
  const search: SearchScope[] = [];
  for (const unit of units) {
    const [chat = "", name, path] = unit.split("/");
    if (unit.startsWith(SEARCH)) search.push({ chat: unit.slice(SEARCH.length), changed: changed(unit) });
    else if (path !== undefined) people.push({ chat, path });
    else if (isYear(unit)) years.push({ chat, year: Number(name) });
    else if (name !== undefined) sessions.push({ chat, slug: name });
    else lists.push(unit);
  }
  return { sessions, people, years, chats: lists.length === 0 ? null : lists.filter((unit) => unit !== SITE), search };
}

function cut<T>(all: readonly T[], most: number, weigh: (one: T) => number): T[][] {
  const parts: T[][] = [];
  let weight = 0;
  for (const one of all) {
    const last = parts.at(-1);
    weight += weigh(one);
    if (last !== undefined && last.length < most && weight <= MOST.tweets) last.push(one);
    else {
      parts.push([one]);
      weight = weigh(one);
    }
  }
  return parts;
}

/** The units that a scope renders. */
export const unitsIn = ({ sessions, people, years, chats, search }: Scope): UnitName[] => [
  ...sessions.map(({ chat, slug }) => `${chat}/${slug}`),
  ...people.map(({ chat, path }) => `${chat}/people/${path}`),
  ...years.map(({ chat, year }) => `${chat}/${year}`),
  ...(chats === null ? [] : [...chats, SITE]),
  ...search.map(({ chat }) => SEARCH + chat),
];

/** The one of these units that a file belongs to, by its path: the one that it stands below, or whose sitemap it is. */
export function unitOf(file: string, units: ReadonlySet<UnitName>): UnitName | null {
  const year = yearOfSitemap(file);
  const listed = year === null ? null : `${year.chat}/${year.year}`;
  if (listed !== null) return units.has(listed) ? listed : null;
  const parts = file.split("/");
  for (const length of [3, 2, 1]) {
    const name = parts.slice(0, length).join("/");
    if (parts.length > length && units.has(name)) return name;
  }
  return units.has(SITE) ? SITE : null;
}
