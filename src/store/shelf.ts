import Database from "better-sqlite3";

/** Rows laid aside for the length of a build, by chat and owner, in a temporary database of SQLite's own: what a thousand sessions
 *  say does not fit into memory. Nobody else can read it, and it is gone with the process. */
export class Shelf<Row extends object> {
  readonly #db = new Database("");
  readonly #put: Database.Statement;
  readonly #of: Database.Statement;

  constructor() {
    for (const pragma of ["journal_mode = OFF", "synchronous = OFF", "cache_size = -16000"]) this.#db.pragma(pragma);
    this.#db.exec(`CREATE TABLE item (kind TEXT, chat TEXT, owner TEXT, session INTEGER, value TEXT)`);
    this.#put = this.#db.prepare("INSERT INTO item VALUES (?, ?, ?, ?, ?)");
    this.#of = this.#db.prepare("SELECT session, value FROM item WHERE kind = ? AND chat = ? AND owner = ? ORDER BY session, rowid");
  }

  /** All that `use` puts, in one go and once. Sorted afterwards: to keep rows in order while they come takes ten times as long. */
  fill(use: () => void): void {
    this.#db.transaction(use)();
    this.#db.exec("CREATE INDEX item_owner ON item (kind, chat, owner, session)");
  }

  put<Kind extends keyof Row & string>(kind: Kind, { chat, owner, session }: Place, value: Row[Kind]): void {
    this.#put.run(kind, chat, owner, session, JSON.stringify(value));
  }

  /** By the place of their session; within it in the order they were put. */
  of<Kind extends keyof Row & string>(kind: Kind, { chat, owner }: Owner): Map<number, Row[Kind][]> {
    const found = new Map<number, Row[Kind][]>();
    for (const row of this.#of.iterate(kind, chat, owner)) {
      const { session, value } = row as { session: number; value: string };
      const rows = found.get(session) ?? [];
      rows.push(JSON.parse(value) as Row[Kind]);
      found.set(session, rows);
    }
    return found;
  }
}

export interface Owner {
  readonly chat: string;
  readonly owner: string;
}

export interface Place extends Owner {
  /** The session's place in its chat. */
  readonly session: number;
}
