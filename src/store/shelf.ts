import type { ChatSlug, SessionSlug, SessionWindow } from "../model.ts";
import type { Db } from "./open.ts";

/** What is known of sessions without reading them again: the part of work.db that pages about more than one session are made from.
 *  What the values say is their maker's matter (site/summary.ts): they are kept as JSON. */
export class Shelf {
  readonly #db: Db;
  readonly #sql: ReturnType<typeof prepare>;

  constructor(db: Db) {
    this.#db = db;
    this.#sql = prepare(db);
  }

  fact(name: string): string | null {
    return (this.#sql.fact.get(name) as string | undefined) ?? null;
  }

  putFact(name: string, value: string): void {
    this.#sql.putFact.run(name, value);
  }

  /** Forgets everything. */
  clear(): void {
    this.#db.exec([...OF_SESSIONS, "fact"].map((table) => `DELETE FROM ${table};`).join(""));
  }

  /** A session is to be read, or read again. */
  expect({ chat, session, window, basis }: Expected): void {
    this.#sql.expect.run({ chat, session, window: JSON.stringify(window), basis });
  }

  /** Sessions that depend on one of these places are to be read again. */
  outdate(places: Iterable<string>): void {
    for (const place of places) this.#sql.outdatePlace.run(place);
  }

  /** What sessions were told of whose handles are, each answer once. */
  told(): { readonly handle: string; readonly person: string }[] {
    return this.#sql.told.all() as { handle: string; person: string }[];
  }

  /** Sessions that were told something of a handle are to be read again. */
  outdateTold(handle: string): void {
    this.#sql.outdateTold.run(handle);
  }

  outdateOne({ chat, session }: SessionName): void {
    this.#sql.outdate.run(chat, session);
  }

  /** A file was touched and says what it said. */
  rebase({ chat, session, basis }: Omit<Expected, "window">): void {
    this.#sql.rebase.run({ chat, session, basis });
  }

  drop(chat: ChatSlug, session: SessionSlug): void {
    for (const sql of this.#sql.drop) sql.run(chat, session);
  }

  /** How many sessions there are, and how many tweets the largest has. */
  extent(): { readonly sessions: number; readonly tweets: number } {
    return this.#sql.extent.get() as { sessions: number; tweets: number };
  }

  /** All sessions of a chat, in no order: what they are expected to be read from. */
  expected(chat: ChatSlug): ExpectedRow[] {
    const rows = this.#sql.expected.all(chat) as (Omit<ExpectedRow, "window"> & { readonly window: string })[];
    return rows.map(({ window, ...row }) => ({ ...row, window: JSON.parse(window) as SessionWindow }));
  }

  /** All sessions of a chat, in no order: what is known of them in short. */
  sessions(chat: ChatSlug, sessions: Sessions): SessionRow[] {
    const rows = this.#sql.sessions.all(askedOf(chat, sessions)) as (Omit<SessionRow, "window"> & { readonly window: string })[];
    return rows.map(({ window, ...row }) => ({ ...row, window: JSON.parse(window) as SessionWindow }));
  }

  chats(): ChatSlug[] {
    return this.#sql.chats.all() as ChatSlug[];
  }

  /** Sessions that asked something of the whole archive, with what they were told. */
  *answers<Kind extends keyof Answers>(kind: Kind): Generator<SessionName & { readonly answer: Answers[Kind] }> {
    for (const { answer, ...name } of this.#sql.answers[kind].all() as (SessionName & { readonly answer: string })[])
      yield { ...name, answer: JSON.parse(answer) as Answers[Kind] };
  }

  /** Keeps what was read of a session, in the place of what was known. Call it inside a transaction. */
  put({ chat, session }: SessionName, read: Read): void {
    const { title, tweets, digest } = read;
    for (const sql of this.#sql.dropDetails) sql.run(chat, session);
    this.#sql.put.run({
      chat,
      session,
      title,
      reviewed: Number(read.isReviewed),
      tweets,
      people: read.parts.filter(({ handle }) => handle !== null).length,
      digest,
      pictures: JSON.stringify(read.pictures),
      came: JSON.stringify(read.came),
      card: JSON.stringify(read.card),
      unmatched: JSON.stringify(read.unmatched),
      more: JSON.stringify(read.more),
    });
    for (const place of new Set(read.places)) this.#sql.putPlace.run(place, chat, session);
    for (const [handle, person] of Object.entries(read.told)) this.#sql.putTold.run(handle, person, chat, session);
    const rank = rankOf(read.start, session);
    for (const { said, missed, ...part } of read.parts)
      this.#sql.putPart.run({
        ...part,
        chat,
        session,
        rank,
        replies: missed.length,
        said: JSON.stringify(said),
        missed: JSON.stringify(missed),
      });
    for (const [place, share] of read.shares.entries())
      this.#sql.putShare.run({ ...share, chat, session, rank: `${rank} ${ordinal(place)}` });
  }

  /** What lists a chat's sessions, by session, one after the other. */
  *cards<T>(chat: ChatSlug): Generator<readonly [SessionSlug, T]> {
    for (const { session, value } of this.#sql.cards.iterate(chat) as Iterable<{ session: string; value: string }>)
      yield [session, JSON.parse(value) as T];
  }

  one<T>(chat: ChatSlug, session: SessionSlug, column: "card" | "more"): T | null {
    const row = this.#sql.one[column].get(chat, session) as string | undefined;
    return row === undefined || row === "" ? null : (JSON.parse(row) as T);
  }

  /** What the notes of a chat name and the archive does not hold. */
  unmatched<T>(chat: ChatSlug): T[] {
    return (this.#sql.unmatched.all(chat) as string[]).flatMap((list) => JSON.parse(list) as T[]);
  }

  /** Everybody who said or missed something in a chat. */
  attended(chat: ChatSlug, sessions: Sessions): AttendedRow[] {
    const asked = askedOf(chat, sessions);
    return (this.#sql.attended.all(asked) as AttendedAs[]).map(({ handle, name, otherHandle, otherName, first, last, ...row }) => {
      const isVaried = handle !== otherHandle || name !== otherName;
      const own = isVaried
        ? (this.#sql.called.get({ ...asked, person: row.person }) as Pick<AttendedRow, "handle" | "name">)
        : { handle, name };
      return { ...row, ...own, isVaried, first: first === null ? null : sessionOf(first), last: last === null ? null : sessionOf(last) };
    });
  }

  /** Who only missed something, in which session; in a fixed order. */
  missers(chat: ChatSlug): { readonly session: SessionSlug; readonly person: string }[] {
    return this.#sql.missers.all(chat) as { session: string; person: string }[];
  }

  /** A person's parts of sessions, in no order, but for what they said and missed. */
  parts(chat: ChatSlug, person: string, sessions: Sessions): PartRow[] {
    return this.#sql.parts.all({ ...askedOf(chat, sessions), person }) as PartRow[];
  }

  said<T>({ chat, session }: SessionName, person: string): readonly T[] {
    return listIn<T>(this.#sql.said.get(chat, person, session));
  }

  missed<T>({ chat, session }: SessionName, person: string): readonly T[] {
    return listIn<T>(this.#sql.missed.get(chat, person, session));
  }

  /** Of how many targets the reviewed sessions of a chat have links, and those that most tweets share, then the newest. */
  targets(chat: ChatSlug, most: number): { readonly total: number; readonly targets: readonly SharedTarget[] } {
    const rows = this.#sql.targets.all({ chat, most }) as (SharedTarget & { readonly total: number })[];
    return { total: rows[0]?.total ?? 0, targets: rows.map(({ target, shares }) => ({ target, shares })) };
  }

  /** The latest that share a target in reviewed sessions, the newest session's first tweet first. */
  shares(chat: ChatSlug, target: string, most: number): ShareRow[] {
    return this.#sql.shares.all({ chat, target, most }) as ShareRow[];
  }
}

const listIn = <T>(value: unknown): readonly T[] => (typeof value === "string" ? (JSON.parse(value) as T[]) : []);

/** Of which sessions something is asked. */
export type Sessions = "all" | "reviewed";
const askedOf = (chat: ChatSlug, sessions: Sessions) => ({ chat, all: Number(sessions === "all") });

/** A text that sorts as a chat's sessions do: by their beginning (ms), then by their names. */
const rankOf = (start: number, session: SessionSlug): string => `${String(start).padStart(DIGITS, "0")} ${session}`;
const DIGITS = 15;
const sessionOf = (rank: string): SessionSlug => rank.slice(DIGITS + 1);
/** The first is the greatest. */
const ordinal = (place: number): string => String(999_999 - place);

interface SessionName {
  readonly chat: ChatSlug;
  readonly session: SessionSlug;
}

interface Expected extends SessionName {
  readonly window: SessionWindow;
  readonly basis: string;
}

interface ExpectedRow extends Omit<Expected, "chat"> {
  readonly stale: number;
}

interface SessionRow {
  readonly session: SessionSlug;
  readonly window: SessionWindow;
  readonly title: string;
  readonly tweets: number;
  /** How many people said something. */
  readonly people: number;
  readonly digest: string;
}

/** Somebody's part of all sessions of a chat together. */
export interface Presence {
  /** Of the sessions they said something in the first and the last, and how many those are. */
  readonly first: SessionSlug | null;
  readonly last: SessionSlug | null;
  readonly sessions: number;
  readonly tweets: number;
  /** All stamps of their parts as one, whatever their order: another number when anything that pages say of these is another. */
  readonly stamp: number;
  /** Another session calls them otherwise. */
  readonly isVaried: boolean;
}

interface AttendedRow extends Presence {
  readonly person: string;
  /** As they were called in the last session they said something in, or by a name in the last that tells one. null: they only missed
   *  something. */
  readonly handle: string | null;
  readonly name: string | null;
}

/** Before somebody has looked how those are called now whom sessions call differently. first, last: ranks. */
interface AttendedAs extends Omit<AttendedRow, "isVaried"> {
  readonly otherHandle: string | null;
  readonly otherName: string | null;
}

interface PartRow {
  readonly session: SessionSlug;
  readonly tweets: number;
  readonly replies: number;
  readonly first: string | null;
}

interface SharedTarget {
  readonly target: string;
  /** By how many tweets. */
  readonly shares: number;
}

interface ShareRow {
  readonly session: SessionSlug;
  readonly target: string;
  readonly to: string;
  readonly id: string;
  readonly handle: string;
  readonly label: string | null;
}

/** What was asked of the archive as a whole, with the answers. */
export interface Answers {
  /** Which addresses of images have no file, and what file there is to each name in media/. */
  readonly pictures: { readonly without: readonly string[]; readonly files: Readonly<Record<string, string>> };
  /** Which body of the whole chat came first after its newest tweet; null: that is not what its date was taken from. */
  readonly came: { readonly since: number; readonly at: number | null } | null;
}

/** What was read of a session. */
export interface Read extends Answers {
  readonly title: string;
  /** Ms since 1970. */
  readonly start: number;
  readonly isReviewed: boolean;
  readonly tweets: number;
  readonly places: Iterable<string>;
  readonly digest: string;
  /** Whose a handle is, by the handle in lower case. */
  readonly told: Readonly<Record<string, string>>;
  readonly card: object;
  readonly unmatched: readonly object[];
  readonly more: object;
  readonly parts: readonly {
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
  }[];
  readonly shares: readonly Omit<ShareRow, "session">[];
}

const OF_SESSIONS = ["place", "told", "part", "share", "summary"];
const ONE = "WHERE chat = ? AND session = ?";
const STALE = "UPDATE summary SET stale = 1 WHERE stale = 0 AND (chat, session)";
const oneOf = (db: Db, column: string) => db.prepare(`SELECT ${column} FROM summary ${ONE}`).pluck();
const answersOf = (db: Db, kind: string) => db.prepare(`SELECT chat, session, ${kind} AS answer FROM summary WHERE stale = 0`);

const REVIEWED = "session NOT IN (SELECT session FROM summary WHERE chat = @chat AND reviewed = 0)";
/** Parts of the sessions that are asked for. */
const PARTS = `FROM part INDEXED BY part_person WHERE chat = @chat AND (@all OR ${REVIEWED})`;
const SPOKE = `${PARTS} AND handle IS NOT NULL`;

const prepare = (db: Db) => ({
  fact: db.prepare("SELECT value FROM fact WHERE name = ?").pluck(),
  putFact: db.prepare("INSERT OR REPLACE INTO fact (name, value) VALUES (?, ?)"),
  expect: db.prepare(`INSERT INTO summary (chat, session, window, basis, stale) VALUES (@chat, @session, @window, @basis, 1)
    ON CONFLICT (chat, session) DO UPDATE SET window = excluded.window, basis = excluded.basis, stale = 1`),
  rebase: db.prepare("UPDATE summary SET basis = @basis WHERE chat = @chat AND session = @session"),
  outdate: db.prepare(`UPDATE summary SET stale = 1 ${ONE}`),
  outdatePlace: db.prepare(`${STALE} IN (SELECT chat, session FROM place WHERE place = ?)`),
  outdateTold: db.prepare(`${STALE} IN (SELECT chat, session FROM told WHERE handle = ?)`),
  told: db.prepare("SELECT DISTINCT handle, person FROM told"),
  drop: OF_SESSIONS.map((table) => db.prepare(`DELETE FROM ${table} ${ONE}`)),
  dropDetails: OF_SESSIONS.filter((table) => table !== "summary").map((table) => db.prepare(`DELETE FROM ${table} ${ONE}`)),
  expected: db.prepare("SELECT session, window, basis, stale FROM summary WHERE chat = ?"),
  sessions: db.prepare("SELECT session, window, title, tweets, people, digest FROM summary WHERE chat = @chat AND (@all OR reviewed)"),
  extent: db.prepare("SELECT count(*) AS sessions, coalesce(max(tweets), 0) AS tweets FROM summary"),
  chats: db.prepare("SELECT DISTINCT chat FROM summary ORDER BY chat").pluck(),
  answers: { pictures: answersOf(db, "pictures"), came: answersOf(db, "came") },
  put: db.prepare(`UPDATE summary SET stale = 0, title = @title, reviewed = @reviewed, tweets = @tweets, people = @people, digest = @digest,
    pictures = @pictures, came = @came, card = @card, unmatched = @unmatched, more = @more WHERE chat = @chat AND session = @session`),
  putPlace: db.prepare("INSERT INTO place (place, chat, session) VALUES (?, ?, ?)"),
  putTold: db.prepare("INSERT INTO told (handle, person, chat, session) VALUES (?, ?, ?, ?)"),
  putPart: db.prepare(`INSERT INTO part (chat, person, session, rank, handle, name, tweets, replies, stamp, first, said, missed)
    VALUES (@chat, @person, @session, @rank, @handle, @name, @tweets, @replies, @stamp, @first, @said, @missed)`),
  putShare: db.prepare(`INSERT INTO share (chat, target, rank, session, link, tweet, handle, label)
    VALUES (@chat, @target, @rank, @session, @to, @id, @handle, @label)`),
  cards: db.prepare("SELECT session, card AS value FROM summary WHERE chat = ?"),
  one: { card: oneOf(db, "card"), more: oneOf(db, "more") },
  unmatched: db.prepare("SELECT unmatched FROM summary WHERE chat = ? AND unmatched <> '[]' ORDER BY session").pluck(),
  attended: db.prepare(`SELECT person, min(handle) AS handle, max(handle) AS otherHandle, min(name) AS name, max(name) AS otherName,
    min(CASE WHEN handle IS NOT NULL THEN rank END) AS first, max(CASE WHEN handle IS NOT NULL THEN rank END) AS last,
    count(handle) AS sessions, sum(tweets) AS tweets, sum(stamp) % ${2 ** 48 - 59} AS stamp ${PARTS} GROUP BY person`),
  called:
    db.prepare(`SELECT handle, coalesce((SELECT name ${SPOKE} AND person = @person AND name <> '' ORDER BY rank DESC LIMIT 1), '') AS name
    ${SPOKE} AND person = @person ORDER BY rank DESC LIMIT 1`),
  missers: db.prepare("SELECT session, person FROM part INDEXED BY part_missed WHERE chat = ? AND handle IS NULL ORDER BY person, session"),
  parts: db.prepare(`SELECT session, tweets, replies, first FROM part WHERE chat = @chat AND person = @person
    AND (@all OR ${REVIEWED})`),
  said: db.prepare("SELECT said FROM part WHERE chat = ? AND person = ? AND session = ?").pluck(),
  missed: db.prepare("SELECT missed FROM part WHERE chat = ? AND person = ? AND session = ?").pluck(),
  targets: db.prepare(`SELECT target, count(*) AS shares, count(*) OVER () AS total FROM share WHERE chat = @chat AND ${REVIEWED}
    GROUP BY target ORDER BY count(*) DESC, max(rank) DESC LIMIT @most`),
  shares: db.prepare(`SELECT session, target, link AS "to", tweet AS id, handle, label FROM share
    WHERE chat = @chat AND target = @target AND ${REVIEWED} ORDER BY rank DESC LIMIT @most`),
});
