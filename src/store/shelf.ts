import type { ChatSlug, SessionSlug, SessionWindow, TweetId } from "../model.ts";
import type { Db } from "./open.ts";
import { askedOf, type ChatEdition, type Part, People, rankOf, reviewedIn } from "./people.ts";

/** What is known of sessions without reading them again: the part of work.db that pages about more than one session are made from.
 *  What the values say is their maker's matter (site/summary.ts): they are kept as JSON. */
export class Shelf {
  /** Who was in them. */
  readonly people: People;
  readonly #db: Db;
  readonly #sql: ReturnType<typeof prepare>;

  constructor(db: Db) {
    this.#db = db;
    this.people = new People(db);
    this.#sql = prepare(db);
  }

  fact(name: string): string | null {
    return (this.#sql.fact.get(name) as string | undefined) ?? null;
  }

  putFact(name: string, value: string): void {
    this.#sql.putFact.run(name, value);
  }

  /** Forgets everything. Call it inside a transaction. */
  clear(): void {
    this.people.clear();
    this.#db.exec([...OF_SESSIONS, "target", "fact"].map((table) => `DELETE FROM ${table};`).join(""));
    // what pages are none any more is forgotten too: each folder is looked at whole
    this.#db.exec("UPDATE stood SET making = ''");
  }

  /** A session is to be read, or read again. */
  expect({ window, ...expected }: Expected): void {
    this.#sql.expect.run({ ...expected, ...window });
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
  touched({ chat, session, stamp }: Pick<Expected, "chat" | "session" | "stamp">): void {
    this.#sql.touched.run({ chat, session, stamp });
  }

  drop(chat: ChatSlug, session: SessionSlug): void {
    this.people.drop({ chat, session });
    this.#sql.outdateTargets.run({ chat, session });
    for (const sql of this.#sql.drop) sql.run(chat, session);
  }

  /** How many sessions there are, and how many tweets the largest has. */
  extent(): { readonly sessions: number; readonly tweets: number } {
    return this.#sql.extent.get() as { sessions: number; tweets: number };
  }

  /** All sessions of a chat, in no order: what they are expected to be read from. */
  expected(chat: ChatSlug): ExpectedRow[] {
    return this.#sql.expected.all(chat) as ExpectedRow[];
  }

  /** All sessions of a chat, in no order: what is known of them in short. */
  sessions(of: ChatEdition): SessionRow[] {
    return this.#sql.sessions.all(askedOf(of, {})) as SessionRow[];
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
    this.#sql.outdateTargets.run({ chat, session });
    for (const sql of this.#sql.dropDetails) sql.run(chat, session);
    this.#sql.put.run({
      chat,
      session,
      title,
      reviewed: Number(read.isReviewed),
      tweets,
      people: read.people,
      changed: read.changed,
      pins: read.pins.join(" "),
      pages: read.pages.join(" "),
      digest,
      pictures: JSON.stringify(read.pictures),
      came: JSON.stringify(read.came),
      unmatched: JSON.stringify(read.unmatched),
    });
    this.#sql.putDetail.run(chat, session, JSON.stringify(read.card), JSON.stringify(read.more));
    for (const place of new Set(read.places)) this.#sql.putPlace.run(place, chat, session);
    for (const [handle, person] of Object.entries(read.told)) this.#sql.putTold.run(handle, person, chat, session);
    const rank = rankOf(read.start, session);
    this.people.put({ chat, session }, { rank, parts: read.parts });
    for (const [place, share] of read.shares.entries())
      this.#sql.putShare.run({ ...share, chat, session, rank: `${rank} ${ordinal(place)}` });
    this.#sql.outdateTargets.run({ chat, session });
  }

  /** Counts again by how many tweets links are shared, where a session changed. Call it inside a transaction. */
  countShares(chat: ChatSlug): void {
    this.#sql.countShares.run({ chat });
  }

  one<T>(chat: ChatSlug, session: SessionSlug, column: "card" | "more"): T | null {
    const row = this.#sql.one[column].get(chat, session) as string | undefined;
    return row === undefined ? null : (JSON.parse(row) as T);
  }

  /** What the notes of a chat name and the archive does not hold. */
  unmatched<T>(chat: ChatSlug): T[] {
    return (this.#sql.unmatched.all(chat) as string[]).flatMap((list) => JSON.parse(list) as T[]);
  }

  /** Of how many targets the reviewed sessions of a chat have links; and who shares those that most tweets share, then the newest: of each
   *  the latest, the newest session's first tweet first. */
  mostShared(chat: ChatSlug, most: { readonly links: number; readonly shares: number }): MostShared {
    return { total: this.#sql.allTargets.get(chat) as number, rows: this.#sql.mostShared.all({ chat, ...most }) as MostShared["rows"] };
  }
}

/** The first is the greatest. */
const ordinal = (place: number): string => String(999_999 - place);

interface SessionName {
  readonly chat: ChatSlug;
  readonly session: SessionSlug;
}

/** What a session is read from beside the archive's rows. */
export interface Basis {
  /** Of its file: as it was touched last, and what it says; empty: there is none. */
  readonly stamp: string;
  readonly notes: string;
  /** Its chat, and its window as it is stored. */
  readonly made: string;
  /** The windows beside its own: they claim tweets too. */
  readonly near: string;
}

interface Expected extends SessionName, Basis {
  readonly window: SessionWindow;
}

export interface ExpectedRow extends Basis, SessionWindow {
  readonly session: SessionSlug;
  readonly stale: number;
}

/** The window of a session, of its row. */
export const windowOf = ({ start, minutes, lead, grace }: SessionWindow): SessionWindow => ({ start, minutes, lead, grace });

/** What is known of a session in short. */
interface InShort {
  readonly title: string;
  readonly tweets: number;
  /** How many people said something. */
  readonly people: number;
  /** When what is stored of it changed last (ms). */
  readonly changed: number;
  readonly digest: string;
}

export interface SessionRow extends InShort, SessionWindow {
  readonly session: SessionSlug;
  /** 1: somebody has. */
  readonly reviewed: number;
  /** The ids of pinned tweets, and of those that have a page of their own, a space between them. */
  readonly pins: string;
  readonly pages: string;
}

interface MostShared {
  readonly total: number;
  /** `shares`: by how many tweets its target is shared. */
  readonly rows: readonly (ShareRow & { readonly shares: number })[];
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
export interface Read extends Answers, InShort {
  /** Ms since 1970. */
  readonly start: number;
  readonly isReviewed: boolean;
  readonly pins: readonly TweetId[];
  readonly pages: readonly TweetId[];
  readonly places: Iterable<string>;
  /** Whose a handle is, by the handle in lower case. */
  readonly told: Readonly<Record<string, string>>;
  readonly card: object;
  readonly unmatched: readonly object[];
  readonly more: object;
  readonly parts: readonly Part[];
  readonly shares: readonly Omit<ShareRow, "session">[];
}

const OF_SESSIONS = ["place", "told", "share", "detail", "summary"];
const ONE = "WHERE chat = ? AND session = ?";
const STALE = "UPDATE summary SET stale = 1 WHERE stale = 0 AND (chat, session)";
const oneOf = (db: Db, column: string) => db.prepare(`SELECT ${column} FROM detail ${ONE}`).pluck();
const answersOf = (db: Db, kind: string) => db.prepare(`SELECT chat, session, ${kind} AS answer FROM summary WHERE stale = 0`);

const prepare = (db: Db) => ({
  fact: db.prepare("SELECT value FROM fact WHERE name = ?").pluck(),
  putFact: db.prepare("INSERT OR REPLACE INTO fact (name, value) VALUES (?, ?)"),
  expect: db.prepare(`INSERT INTO summary (chat, session, start, minutes, lead, grace, stamp, notes, made, near, stale)
    VALUES (@chat, @session, @start, @minutes, @lead, @grace, @stamp, @notes, @made, @near, 1) ON CONFLICT (chat, session) DO UPDATE
    SET start = excluded.start, minutes = excluded.minutes, lead = excluded.lead, grace = excluded.grace,
    stamp = excluded.stamp, notes = excluded.notes, made = excluded.made, near = excluded.near, stale = 1`),
  touched: db.prepare("UPDATE summary SET stamp = @stamp WHERE chat = @chat AND session = @session"),
  outdate: db.prepare(`UPDATE summary SET stale = 1 ${ONE}`),
  outdatePlace: db.prepare(`${STALE} IN (SELECT chat, session FROM place WHERE place = ?)`),
  outdateTold: db.prepare(`${STALE} IN (SELECT chat, session FROM told WHERE handle = ?)`),
  told: db.prepare("SELECT DISTINCT handle, person FROM told"),
  drop: OF_SESSIONS.map((table) => db.prepare(`DELETE FROM ${table} ${ONE}`)),
  dropDetails: OF_SESSIONS.filter((table) => table !== "summary").map((table) => db.prepare(`DELETE FROM ${table} ${ONE}`)),
  expected: db.prepare("SELECT session, start, minutes, lead, grace, stamp, notes, made, near, stale FROM summary WHERE chat = ?"),
  sessions: db.prepare(
    `SELECT session, start, minutes, lead, grace, title, reviewed, tweets, people, changed, pins, pages, digest
    FROM summary WHERE chat = @chat AND (@all OR reviewed)`,
  ),
  extent: db.prepare("SELECT count(*) AS sessions, coalesce(max(tweets), 0) AS tweets FROM summary"),
  chats: db.prepare("SELECT DISTINCT chat FROM summary ORDER BY chat").pluck(),
  answers: { pictures: answersOf(db, "pictures"), came: answersOf(db, "came") },
  put: db.prepare(`UPDATE summary SET stale = 0, title = @title, reviewed = @reviewed, tweets = @tweets, people = @people,
    changed = @changed, pins = @pins, pages = @pages, digest = @digest, pictures = @pictures, came = @came, unmatched = @unmatched
    WHERE chat = @chat AND session = @session`),
  putDetail: db.prepare("INSERT INTO detail (chat, session, card, more) VALUES (?, ?, ?, ?)"),
  putPlace: db.prepare("INSERT INTO place (place, chat, session) VALUES (?, ?, ?)"),
  putTold: db.prepare("INSERT INTO told (handle, person, chat, session) VALUES (?, ?, ?, ?)"),
  putShare: db.prepare(`INSERT INTO share (chat, target, rank, session, link, tweet, handle, label)
    VALUES (@chat, @target, @rank, @session, @to, @id, @handle, @label)`),
  one: { card: oneOf(db, "card"), more: oneOf(db, "more") },
  unmatched: db.prepare("SELECT unmatched FROM summary WHERE chat = ? AND unmatched <> '[]' ORDER BY session").pluck(),
  outdateTargets: db.prepare(`INSERT INTO target (chat, target) SELECT chat, target FROM share INDEXED BY share_session
    WHERE chat = @chat AND session = @session ON CONFLICT (chat, target) DO UPDATE SET stale = 1`),
  countShares: db.prepare(`UPDATE target INDEXED BY target_stale SET stale = 0, (shares, last) = (SELECT count(*), coalesce(max(rank), '')
    FROM share WHERE chat = target.chat AND share.target = target.target AND ${reviewedIn("share")}) WHERE chat = @chat AND stale = 1`),
  allTargets: db.prepare("SELECT count(*) FROM target WHERE chat = ? AND shares > 0").pluck(),
  // the last of each that is asked for is found first: a target may be shared ten thousand times
  mostShared: db.prepare(`WITH most AS MATERIALIZED
    (SELECT target, shares, last FROM target WHERE chat = @chat AND shares > 0 ORDER BY shares DESC, last DESC LIMIT @links)
    SELECT session, share.target, link AS "to", tweet AS id, handle, label, shares FROM most CROSS JOIN share
    WHERE share.chat = @chat AND share.target = most.target AND ${reviewedIn("share")} AND rank >= coalesce(
      (SELECT rank FROM share AS latest WHERE latest.chat = @chat AND latest.target = most.target AND ${reviewedIn("latest")}
      ORDER BY rank DESC LIMIT 1 OFFSET @shares - 1), '')
    ORDER BY shares DESC, last DESC, most.target, rank DESC`),
});
