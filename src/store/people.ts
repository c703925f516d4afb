import type { ChatSlug, SessionSlug } from "../model.ts";
import type { Db } from "./open.ts";

/** Which sessions a site has: all, or those that somebody has reviewed. */
export type Edition = "all" | "reviewed";

/** A chat in a site. */
export interface ChatEdition {
  readonly chat: ChatSlug;
  readonly edition: Edition;
}

/** A session's place among those of its chat, as a text that sorts as they do: by their beginning (ms), then by their names. */
export type Rank = string;
export const rankOf = (start: number, session: SessionSlug): Rank => `${String(start).padStart(DIGITS, "0")} ${session}`;
const DIGITS = 15;
export const sessionAt = (rank: Rank): SessionSlug => rank.slice(DIGITS + 1);

/** What sums of stamps are taken modulo (also in site/stamp.ts): the greatest prime below 2^48. */
const STAMPS = 2 ** 48 - 59;

/** Who was in a chat's sessions: the part of work.db that pages about people are made from. Sessions tell the parts people had in them; what
 *  those come to for each (`person`) and the pages that makes (`page`) are kept beside them, and only made again of whom a session told
 *  something else. Who makes pages of what, is their maker's matter (site/roster.ts). */
export class People {
  readonly #sql: ReturnType<typeof prepare>;

  constructor(db: Db) {
    this.#sql = prepare(db);
  }

  /** Forgets everything but how often something changed. Call it inside a transaction. */
  clear(): void {
    for (const sql of this.#sql.clear) sql.run();
  }

  /** Keeps who was in a session, in the place of what was known. Call it inside a transaction. */
  put({ chat, session }: SessionName, { rank, parts }: { readonly rank: Rank; readonly parts: readonly Part[] }): void {
    this.drop({ chat, session });
    for (const { said, missed, ...part } of parts)
      this.#sql.putPart.run({
        ...part,
        chat,
        session,
        rank,
        replies: missed.length,
        said: JSON.stringify(said),
        missed: JSON.stringify(missed),
      });
    this.#sql.outdate.run({ chat, session });
  }

  drop(name: SessionName): void {
    this.#sql.outdate.run(name);
    this.#sql.dropParts.run(name);
    this.#sql.dropLeads.run(name);
  }

  /** So many of those whose parts changed since they were summed up: as they were then. */
  outdated(of: ChatEdition, most: number): PersonRow[] {
    return this.#sql.outdated.all({ ...of, most }) as PersonRow[];
  }

  /** Sums up somebody's parts. null: there is none. */
  sum(of: ChatEdition, person: string): Summed | null {
    const asked = askedOf(of, { person });
    const { parts, otherHandle, otherName, ...sum } = this.#sql.sum.get(asked) as SumRow;
    if (parts === 0) return null;
    const isVaried = sum.handle !== otherHandle || sum.name !== otherName;
    return isVaried ? { ...sum, ...(this.#sql.called.get(asked) as Pick<Summed, "handle" | "name">) } : sum;
  }

  keep(of: ChatEdition, person: string, sum: Summed): void {
    this.#sql.keep.run({ ...of, ...sum, person, folded: sum.handle?.toLowerCase() ?? null });
  }

  forget(of: ChatEdition, person: string): void {
    this.#sql.forget.run({ ...of, person });
  }

  person(of: ChatEdition, person: string): PersonRow | null {
    return (this.#sql.person.get({ ...of, person }) as PersonRow | undefined) ?? null;
  }

  /** Whoever has a handle (in lower case). */
  called(of: ChatEdition, handle: string): PersonRow[] {
    return this.#sql.byHandle.all({ ...of, handle }) as PersonRow[];
  }

  /** Whoever shares a page. */
  at(of: ChatEdition, path: string): PersonRow[] {
    return this.#sql.byPath.all({ ...of, path }) as PersonRow[];
  }

  setPath(of: ChatEdition, person: string, path: string | null): void {
    this.#sql.setPath.run({ ...of, person, path });
  }

  /** How many sessions have something that one of these said. */
  sessionsOf(of: ChatEdition, persons: readonly string[]): number {
    return this.#sql.sessionsOf.get(askedOf(of, { persons: JSON.stringify(persons) })) as number;
  }

  page(of: ChatEdition, path: string): PageRow | null {
    return (this.#sql.page.get({ ...of, path }) as PageRow | undefined) ?? null;
  }

  /** `turn`: of this change. */
  putPage(of: ChatEdition, page: PageRow, turn: number): void {
    this.#sql.putPage.run({ ...of, ...page, turn });
  }

  /** That there is none any more is a change too; whose it was is told no more. */
  dropPage(of: ChatEdition, path: string, turn: number): void {
    this.#sql.dropPage.run({ ...of, path, turn });
  }

  /** How many there are. */
  pages(of: ChatEdition): number {
    return this.#sql.pages.get(of) as number;
  }

  /** So many of them, whose people were here last; or who said most. */
  latest(of: ChatEdition, most: number): PageRow[] {
    return this.#sql.latest.all({ ...of, most }) as PageRow[];
  }

  busiest(of: ChatEdition, most: number): PageRow[] {
    return this.#sql.busiest.all({ ...of, most }) as PageRow[];
  }

  /** Those that changed after a turn. key: what the page is made from; null: there is none any more. */
  *changed(of: ChatEdition, turn: number): Generator<{ readonly path: string; readonly key: string | null }> {
    yield* this.#sql.changed.iterate({ ...of, turn }) as Iterable<{ path: string; key: string | null }>;
  }

  /** The turn of the last change. */
  turn(of: ChatEdition): number {
    return this.#sql.turn.get(of) as number;
  }

  /** The turn of the last change of all. */
  lastTurn(): number {
    return this.#sql.lastTurn.get() as number;
  }

  /** A number that no change of pages has had. */
  nextTurn(): number {
    return this.#sql.nextTurn.get() as number;
  }

  /** By session: how many said something there for the first time. */
  fresh(of: ChatEdition): Map<SessionSlug, number> {
    const rows = this.#sql.fresh.all(of) as { first: Rank; people: number }[];
    return new Map(rows.map(({ first, people }) => [sessionAt(first), people]));
  }

  /** Sessions whose people have other pages are to be looked at again. */
  outdateLeads(of: ChatEdition, person: string): void {
    this.#sql.outdateLeads.run({ ...of, person });
  }

  /** Sessions of which it is not known where they lead. */
  withoutLeads(of: ChatEdition): SessionSlug[] {
    return this.#sql.withoutLeads.all(askedOf(of, {})) as SessionSlug[];
  }

  /** Who said or missed something in a session, as it tells itself, and the page they have. */
  who(of: ChatEdition, session: SessionSlug): PresentRow[] {
    return this.#sql.who.all({ ...of, session }) as PresentRow[];
  }

  putLeads(of: ChatEdition, session: SessionSlug, stamp: number): void {
    this.#sql.putLeads.run({ ...of, session, stamp });
  }

  leads(of: ChatEdition): Map<SessionSlug, number> {
    return new Map(this.#sql.leads.raw().all(of) as [SessionSlug, number][]);
  }

  /** A person's parts of sessions, in no order, but for what they said and missed. */
  parts(of: ChatEdition, person: string): PartRow[] {
    return this.#sql.parts.all(askedOf(of, { person })) as PartRow[];
  }

  said<T>({ chat, session }: SessionName, person: string): readonly T[] {
    return listIn<T>(this.#sql.said.get(chat, person, session));
  }

  missed<T>({ chat, session }: SessionName, person: string): readonly T[] {
    return listIn<T>(this.#sql.missed.get(chat, person, session));
  }
}

const listIn = <T>(value: unknown): readonly T[] => (typeof value === "string" ? (JSON.parse(value) as T[]) : []);

export const askedOf = <More>({ chat, edition }: ChatEdition, more: More) => ({ chat, edition, all: Number(edition === "all"), ...more });

interface SessionName {
  readonly chat: ChatSlug;
  readonly session: SessionSlug;
}

/** Somebody's part of a session. */
export interface Part {
  readonly person: string;
  /** null: they only missed something. */
  readonly handle: string | null;
  readonly name: string | null;
  readonly tweets: number;
  /** At most 48 bits. */
  readonly stamp: number;
  readonly first: string | null;
  readonly said: readonly object[];
  readonly missed: readonly object[];
}

interface PartRow {
  readonly session: SessionSlug;
  readonly tweets: number;
  readonly replies: number;
  readonly first: string | null;
}

/** Somebody's part of all sessions of a chat together. */
export interface Summed {
  /** As they were called in the last session they said something in, or by a name in the last that tells one. null: they only missed
   *  something. */
  readonly handle: string | null;
  readonly name: string | null;
  /** Of the sessions they said something in the first and the last, and how many those are. */
  readonly first: Rank | null;
  readonly last: Rank | null;
  readonly sessions: number;
  readonly tweets: number;
  /** All stamps of their parts as one, whatever their order: another number when anything that pages say of these is another. */
  readonly stamp: number;
}

interface PersonRow extends Summed {
  readonly person: string;
  /** Of their page. null: they have none, or nobody has looked yet. */
  readonly path: string | null;
}

interface SumRow extends Summed {
  readonly parts: number;
  readonly otherHandle: string | null;
  readonly otherName: string | null;
}

/** A person's page. */
export interface PageRow {
  readonly path: string;
  readonly key: string;
  readonly handle: string;
  readonly name: string;
  readonly last: Rank;
  readonly sessions: number;
  readonly tweets: number;
}

interface PresentRow {
  readonly person: string;
  /** As the session tells. null: they only missed something. */
  readonly told: string | null;
  readonly toldName: string | null;
  /** Of their page; null: they have none. */
  readonly path: string | null;
  readonly handle: string | null;
  readonly name: string | null;
}

/** Rows of reviewed sessions. Asked row by row: while an archive is read, nearly all of its sessions are none yet. */
export const reviewedIn = (table: string): string =>
  `EXISTS (SELECT 1 FROM summary WHERE summary.chat = @chat AND summary.session = ${table}.session AND reviewed = 1)`;
const OF = "edition = @edition AND chat = @chat";
/** Parts of the sessions that are asked for. */
const PARTS = `FROM part INDEXED BY part_person WHERE chat = @chat AND (@all OR ${reviewedIn("part")})`;
const SPOKE = `${PARTS} AND handle IS NOT NULL AND person = @person`;
const PERSON = "SELECT person, handle, name, first, last, sessions, tweets, stamp, path FROM person";
const PAGE = `SELECT path, key, handle, name, last, sessions, tweets FROM page WHERE ${OF} AND key IS NOT NULL`;
const IN_SESSION = "WHERE chat = @chat AND session = @session";

const prepare = (db: Db) => ({
  clear: ["part", "person", "page", "lead"].map((table) => db.prepare(`DELETE FROM ${table}`)),
  putPart: db.prepare(`INSERT INTO part (chat, person, session, rank, handle, name, tweets, replies, stamp, first, said, missed)
    VALUES (@chat, @person, @session, @rank, @handle, @name, @tweets, @replies, @stamp, @first, @said, @missed)`),
  outdate: db.prepare(`INSERT INTO person (edition, chat, person)
    SELECT edition, chat, person FROM part INDEXED BY part_session, (SELECT 'all' AS edition UNION ALL SELECT 'reviewed')
    ${IN_SESSION}
    ON CONFLICT (edition, chat, person) DO UPDATE SET stale = 1`),
  dropParts: db.prepare(`DELETE FROM part ${IN_SESSION}`),
  dropLeads: db.prepare(`DELETE FROM lead ${IN_SESSION}`),
  outdated: db.prepare(`${PERSON} INDEXED BY person_stale WHERE ${OF} AND stale = 1 LIMIT @most`),
  sum: db.prepare(`SELECT count(*) AS parts, min(handle) AS handle, max(handle) AS otherHandle, min(name) AS name, max(name) AS otherName,
    min(CASE WHEN handle IS NOT NULL THEN rank END) AS first, max(CASE WHEN handle IS NOT NULL THEN rank END) AS last,
    count(handle) AS sessions, coalesce(sum(tweets), 0) AS tweets, coalesce(sum(stamp), 0) % ${STAMPS} AS stamp
    ${PARTS} AND person = @person`),
  called: db.prepare(`SELECT handle, coalesce((SELECT name ${SPOKE} AND name <> '' ORDER BY rank DESC LIMIT 1), '') AS name
    ${SPOKE} ORDER BY rank DESC LIMIT 1`),
  keep: db.prepare(`UPDATE person SET stale = 0, handle = @handle, folded = @folded, name = @name, first = @first, last = @last,
    sessions = @sessions, tweets = @tweets, stamp = @stamp WHERE ${OF} AND person = @person`),
  forget: db.prepare(`DELETE FROM person WHERE ${OF} AND person = @person`),
  person: db.prepare(`${PERSON} WHERE ${OF} AND person = @person`),
  byHandle: db.prepare(`${PERSON} WHERE ${OF} AND folded = @handle`),
  byPath: db.prepare(`${PERSON} WHERE ${OF} AND path = @path`),
  setPath: db.prepare(`UPDATE person SET path = @path WHERE ${OF} AND person = @person`),
  sessionsOf: db
    .prepare(`SELECT count(DISTINCT session) ${PARTS} AND handle IS NOT NULL AND person IN (SELECT value FROM json_each(@persons))`)
    .pluck(),
  page: db.prepare(`${PAGE} AND path = @path`),
  putPage: db.prepare(`INSERT OR REPLACE INTO page (edition, chat, path, key, handle, name, last, sessions, tweets, turn)
    VALUES (@edition, @chat, @path, @key, @handle, @name, @last, @sessions, @tweets, @turn)`),
  dropPage: db.prepare(`UPDATE page SET key = NULL, handle = '', name = '', turn = @turn WHERE ${OF} AND path = @path AND key IS NOT NULL`),
  pages: db.prepare(`SELECT count(*) FROM page INDEXED BY page_last WHERE ${OF} AND key IS NOT NULL`).pluck(),
  latest: db.prepare(`${PAGE} ORDER BY last DESC, path DESC LIMIT @most`),
  busiest: db.prepare(`${PAGE} ORDER BY tweets DESC, path DESC LIMIT @most`),
  changed: db.prepare(`SELECT path, key FROM page WHERE ${OF} AND turn > @turn`),
  turn: db.prepare(`SELECT coalesce(max(turn), 0) FROM page WHERE ${OF}`).pluck(),
  lastTurn: db.prepare("SELECT last FROM turn").pluck(),
  nextTurn: db.prepare("UPDATE turn SET last = last + 1 RETURNING last").pluck(),
  fresh: db.prepare(`SELECT first, count(*) AS people FROM person WHERE ${OF} AND first IS NOT NULL GROUP BY first`),
  outdateLeads: db.prepare(
    `DELETE FROM lead WHERE ${OF} AND session IN (SELECT session FROM part WHERE chat = @chat AND person = @person)`,
  ),
  withoutLeads: db
    .prepare(`SELECT session FROM summary WHERE chat = @chat AND (@all OR reviewed)
    AND session NOT IN (SELECT session FROM lead WHERE ${OF})`)
    .pluck(),
  who: db.prepare(`SELECT part.person, part.handle AS told, part.name AS toldName, page.path, page.handle, page.name
    FROM part INDEXED BY part_session
    LEFT JOIN person ON person.edition = @edition AND person.chat = part.chat AND person.person = part.person
    LEFT JOIN page ON page.edition = @edition AND page.chat = part.chat AND page.path = person.path
    WHERE part.chat = @chat AND part.session = @session`),
  putLeads: db.prepare("INSERT INTO lead (edition, chat, session, stamp) VALUES (@edition, @chat, @session, @stamp)"),
  leads: db.prepare(`SELECT session, stamp FROM lead WHERE ${OF}`),
  parts: db.prepare(`SELECT session, tweets, replies, first ${PARTS} AND person = @person`),
  said: db.prepare("SELECT said FROM part WHERE chat = ? AND person = ? AND session = ?").pluck(),
  missed: db.prepare("SELECT missed FROM part WHERE chat = ? AND person = ? AND session = ?").pluck(),
});
