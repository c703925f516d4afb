import type { Session, TweetId } from "../model.ts";
import type { Edition } from "../store/people.ts";
import { type SessionRow, type Shelf, windowOf } from "../store/shelf.ts";
import type { SessionCard } from "./data.ts";
import type { PersonKey } from "./identity.ts";
import { KeptRoster } from "./kept-roster.ts";
import { rollUp } from "./links.ts";
import type { KeyedRoster } from "./roster.ts";
import { type ChatLinks, inOrder, type More, type Most, type PartRow, type Stock } from "./stock.ts";
import type { Said, SaidTo } from "./summary.ts";

/** A session as pages list it: the little that most of them say of it is at hand, all else is read when it is asked for. */
class KeptCard implements SessionCard {
  readonly session: Session;
  readonly title: string;
  readonly status: SessionCard["status"];
  readonly tweets: number;
  readonly people: number;
  readonly changed: number;
  /** Of all that its own pages are made from. */
  readonly digest: string;
  readonly #pins: string;
  readonly #pages: string;
  readonly #stock: KeptStock;

  constructor(chat: string, row: SessionRow, stock: KeptStock) {
    this.session = { chat, slug: row.session, window: windowOf(row) };
    this.title = row.title;
    this.status = row.reviewed === 1 ? "reviewed" : "draft";
    this.tweets = row.tweets;
    this.people = row.people;
    this.changed = row.changed;
    this.digest = row.digest;
    this.#pins = row.pins;
    this.#pages = row.pages;
    this.#stock = stock;
  }

  get pins(): SessionCard["pins"] {
    return idsIn(this.#pins);
  }

  get pages(): SessionCard["pages"] {
    return idsIn(this.#pages);
  }

  get hosts(): SessionCard["hosts"] {
    return this.#whole.hosts;
  }

  get guests(): SessionCard["guests"] {
    return this.#whole.guests;
  }

  get questions(): SessionCard["questions"] {
    return this.#whole.questions;
  }

  get files(): SessionCard["files"] {
    return this.#whole.files;
  }

  get captured(): SessionCard["captured"] {
    return this.#whole.captured;
  }

  get tombstones(): SessionCard["tombstones"] {
    return this.#whole.tombstones;
  }

  get #whole(): SessionCard {
    return this.#stock.whole(this.session);
  }
}

const idsIn = (text: string): TweetId[] => (text === "" ? [] : text.split(" "));

/** What work.db knows. */
export class KeptStock implements Stock {
  readonly #shelf: Shelf;
  readonly #edition: Edition;
  readonly #sessions = new Map<string, readonly KeptCard[]>();
  /** The card that was asked for last. */
  #last: { readonly session: Session; readonly card: SessionCard } | null = null;
  readonly #rosters = new Map<string, KeyedRoster>();

  constructor(shelf: Shelf, edition: Edition = "all") {
    this.#shelf = shelf;
    this.#edition = edition;
  }

  sessions(chat: string): readonly KeptCard[] {
    const known = this.#sessions.get(chat) ?? this.#read(chat);
    this.#sessions.set(chat, known);
    return known;
  }

  #read(chat: string): KeptCard[] {
    const rows = this.#shelf.sessions({ chat, edition: this.#edition });
    return rows.map((row) => new KeptCard(chat, row, this)).sort((a, b) => inOrder(a.session, b.session));
  }

  /** All that is known of a session: asked for several times in a row it is read once. */
  whole(session: Session): SessionCard {
    if (this.#last?.session !== session) {
      const card = this.card(session.chat, session.slug);
      if (card === null) throw new Error(`nothing is known of ${session.chat}/${session.slug}`);
      this.#last = { session, card };
    }
    return this.#last.card;
  }

  card(chat: string, slug: string): SessionCard | null {
    return this.#shelf.one<SessionCard>(chat, slug, "card");
  }

  roster(chat: string): KeyedRoster {
    const known = this.#rosters.get(chat) ?? new KeptRoster(this.#shelf, { chat, edition: this.#edition });
    this.#rosters.set(chat, known);
    return known;
  }

  more(chat: string, slug: string): More | null {
    return this.#shelf.one<More>(chat, slug, "more");
  }

  parts(chat: string, person: PersonKey): PartRow[] {
    const { people } = this.#shelf;
    return people.parts({ chat, edition: this.#edition }, person).map((row) => ({
      ...row,
      said: () => people.said<Said>({ chat, session: row.session }, person),
      missed: () => people.missed<SaidTo>({ chat, session: row.session }, person),
    }));
  }

  links(chat: string, most: Most): ChatLinks {
    const { total, rows } = this.#shelf.mostShared(chat, most);
    const links = [...Map.groupBy(rows, ({ target }) => target).values()].flatMap((latest) => {
      const all = latest[0]?.shares ?? 0;
      return rollUp(latest.map(({ shares: _, ...share }) => share)).map((link) => ({ ...link, more: all - link.shares.length }));
    });
    return { total, links };
  }
}
