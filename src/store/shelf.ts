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
    this.#db.exec("DELETE FROM summary; DELETE FROM part; DELETE FROM share; DELETE FROM fact");
  }

  /** A session is to be read, or read again. */
  expect({ chat, session, window, basis }: Expected): void {
    this.#sql.expect.run({ chat, session, window: JSON.stringify(window), basis });
  }

  /** Sessions that depend on one of these places are to be read again. */
  outdate(places: ReadonlySet<string>): void {
    const hits = (text: string): boolean => text.split(" ").some((place) => places.has(place));
    for (const { chat, session, text } of this.#sql.places.all() as { chat: string; session: string; text: string }[])
      if (hits(text)) this.#sql.outdate.run(chat, session);
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

  /** All sessions of a chat, in no order. */
  expected(chat: ChatSlug): Row[] {
    return (this.#sql.expected.all(chat) as (Omit<Row, "window"> & { readonly window: string })[]).map((row) => ({
      ...row,
      window: JSON.parse(row.window) as SessionWindow,
    }));
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
    this.#sql.put.run({
      chat,
      session,
      title: read.title,
      tweets: read.tweets,
      places: [...new Set(read.places)].join(" "),
      digest: read.digest,
      told: JSON.stringify(read.told),
      pictures: JSON.stringify(read.pictures),
      came: JSON.stringify(read.came),
      card: JSON.stringify(read.card),
      people: JSON.stringify(read.people),
      unmatched: JSON.stringify(read.unmatched),
      more: JSON.stringify(read.more),
    });
    this.#sql.dropParts.run(chat, session);
    for (const { person, tweets, first, said, missed } of read.parts)
      this.#sql.putPart.run(chat, person, session, tweets, first, JSON.stringify(said), JSON.stringify(missed));
    this.#sql.putShare.run(chat, session, JSON.stringify(read.shares));
  }

  /** One column of a chat's sessions, by session, one after the other. */
  *column<T>(chat: ChatSlug, column: "card" | "people" | "more"): Generator<readonly [SessionSlug, T]> {
    for (const { session, value } of this.#sql[column].iterate(chat) as Iterable<{ session: string; value: string }>)
      yield [session, JSON.parse(value) as T];
  }

  one<T>(chat: ChatSlug, session: SessionSlug, column: "card" | "people" | "more"): T | null {
    const row = this.#sql.one[column].get(chat, session) as string | undefined;
    return row === undefined || row === "" ? null : (JSON.parse(row) as T);
  }

  /** What the notes of a chat name and the archive does not hold. */
  unmatched<T>(chat: ChatSlug): T[] {
    return (this.#sql.unmatched.all(chat) as string[]).flatMap((list) => JSON.parse(list) as T[]);
  }

  /** A person's parts of sessions, in no order, but for what they said. */
  parts<M>(chat: ChatSlug, person: string): PartRow<M>[] {
    const rows = this.#sql.parts.all(chat, person) as (Omit<PartRow<M>, "missed"> & { readonly missed: string })[];
    return rows.map((row) => ({ ...row, missed: JSON.parse(row.missed) as M[] }));
  }

  said<T>(chat: ChatSlug, person: string, session: SessionSlug): readonly T[] {
    const row = this.#sql.said.get(chat, person, session) as string | undefined;
    return row === undefined ? [] : (JSON.parse(row) as T[]);
  }

  share<T>(chat: ChatSlug, session: SessionSlug): readonly T[] {
    const row = this.#sql.share.get(chat, session) as string | undefined;
    return row === undefined ? [] : (JSON.parse(row) as T[]);
  }
}

interface SessionName {
  readonly chat: ChatSlug;
  readonly session: SessionSlug;
}

interface Expected extends SessionName {
  readonly window: SessionWindow;
  readonly basis: string;
}

interface Row extends Expected {
  readonly stale: number;
  readonly title: string;
  readonly tweets: number;
  readonly digest: string;
}

interface PartRow<M> {
  readonly session: SessionSlug;
  readonly tweets: number;
  readonly first: string | null;
  readonly missed: readonly M[];
}

/** What was asked of the archive as a whole, with the answers. */
export interface Answers {
  /** Whose a handle is, by the handle in lower case. */
  readonly told: Readonly<Record<string, string>>;
  /** Which addresses of images have no file, and what file there is to each name in media/. */
  readonly pictures: { readonly without: readonly string[]; readonly files: Readonly<Record<string, string>> };
  /** Which body of the whole chat came first after its newest tweet; null: that is not what its date was taken from. */
  readonly came: { readonly since: number; readonly at: number | null } | null;
}

/** What was read of a session. */
export interface Read extends Answers {
  readonly title: string;
  readonly tweets: number;
  readonly places: Iterable<string>;
  readonly digest: string;
  readonly card: object;
  readonly people: readonly object[];
  readonly unmatched: readonly object[];
  readonly more: object;
  readonly parts: readonly {
    readonly person: string;
    readonly tweets: number;
    readonly first: string | null;
    readonly said: readonly object[];
    readonly missed: readonly object[];
  }[];
  readonly shares: readonly object[];
}

const ONE = "WHERE chat = ? AND session = ?";
const columnOf = (db: Db, column: string) => db.prepare(`SELECT session, ${column} AS value FROM summary WHERE chat = ?`);
const oneOf = (db: Db, column: string) => db.prepare(`SELECT ${column} FROM summary ${ONE}`).pluck();

const answersOf = (db: Db, kind: string) => db.prepare(`SELECT chat, session, ${kind} AS answer FROM summary WHERE stale = 0`);

const prepare = (db: Db) => ({
  fact: db.prepare("SELECT value FROM fact WHERE name = ?").pluck(),
  putFact: db.prepare("INSERT OR REPLACE INTO fact (name, value) VALUES (?, ?)"),
  expect: db.prepare(`INSERT INTO summary (chat, session, window, basis, stale) VALUES (@chat, @session, @window, @basis, 1)
    ON CONFLICT (chat, session) DO UPDATE SET window = excluded.window, basis = excluded.basis, stale = 1`),
  rebase: db.prepare("UPDATE summary SET basis = @basis WHERE chat = @chat AND session = @session"),
  places: db.prepare("SELECT chat, session, places AS text FROM summary WHERE stale = 0"),
  outdate: db.prepare(`UPDATE summary SET stale = 1 ${ONE}`),
  drop: ["summary", "part", "share"].map((table) => db.prepare(`DELETE FROM ${table} ${ONE}`)),
  expected: db.prepare("SELECT chat, session, window, basis, stale, title, tweets, digest FROM summary WHERE chat = ?"),
  extent: db.prepare("SELECT count(*) AS sessions, coalesce(max(tweets), 0) AS tweets FROM summary"),
  chats: db.prepare("SELECT DISTINCT chat FROM summary ORDER BY chat").pluck(),
  answers: { told: answersOf(db, "told"), pictures: answersOf(db, "pictures"), came: answersOf(db, "came") },
  put: db.prepare(`UPDATE summary SET stale = 0, title = @title, tweets = @tweets, places = @places, digest = @digest, told = @told, pictures = @pictures,
    came = @came, card = @card, people = @people, unmatched = @unmatched, more = @more WHERE chat = @chat AND session = @session`),
  dropParts: db.prepare(`DELETE FROM part ${ONE}`),
  putPart: db.prepare("INSERT INTO part (chat, person, session, tweets, first, said, missed) VALUES (?, ?, ?, ?, ?, ?, ?)"),
  putShare: db.prepare("INSERT OR REPLACE INTO share (chat, session, links) VALUES (?, ?, ?)"),
  card: columnOf(db, "card"),
  people: columnOf(db, "people"),
  more: columnOf(db, "more"),
  one: { card: oneOf(db, "card"), people: oneOf(db, "people"), more: oneOf(db, "more") },
  unmatched: db.prepare("SELECT unmatched FROM summary WHERE chat = ? AND unmatched <> '[]' ORDER BY session").pluck(),
  parts: db.prepare("SELECT session, tweets, first, missed FROM part WHERE chat = ? AND person = ?"),
  said: db.prepare("SELECT said FROM part WHERE chat = ? AND person = ? AND session = ?").pluck(),
  share: db.prepare(`SELECT links FROM share ${ONE}`).pluck(),
});
