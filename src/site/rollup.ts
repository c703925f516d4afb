import type { Author, Handle, PlacedTweet, Placement, TweetId } from "../model.ts";
import { Shelf } from "../store/shelf.ts";
import { tweetPlain } from "../text/html.ts";
import { type ChatData, isPublic, type SessionCard, type SessionData, type SiteData } from "./data.ts";
import { langOf } from "./entry.ts";
import { Identities, type PersonKey } from "./identity.ts";
import { rollUp, type Shared, sharesOf } from "./links.ts";
import { TITLES } from "./page.ts";
import { formerHandles, People, type Person, type Turn } from "./people.ts";
import { shownTweets } from "./shown.ts";
import { unanswered } from "./unanswered.ts";
import { type Words, wordsOf } from "./words/words.ts";
import { excerpt } from "./words.ts";

/** A tweet in short, for pages about people. */
export interface Said {
  readonly id: TweetId;
  readonly time: number | null;
  /** The question it belongs to as people see it, else its section. */
  readonly where: string;
  readonly text: string;
  readonly lang: string | null;
}

/** What somebody did not answer. */
export interface SaidTo extends Said {
  readonly closing: boolean;
  readonly by: Pick<Author, "handle" | "name">;
}

/** A link of a session, in short. */
export interface SharedIn {
  readonly target: string;
  readonly to: string;
  readonly id: TweetId;
  readonly handle: Handle;
  readonly card: SessionCard;
  readonly label: string | null;
}

/** How many people a session had, and how many of them were in none of this chat's before it. */
export interface Turnout {
  readonly people: number;
  readonly fresh: number;
  readonly unanswered: number;
  readonly links: number;
}

/** One person's part of one session. */
export interface Part {
  readonly card: SessionCard;
  readonly said: readonly Said[];
  readonly missed: readonly SaidTo[];
}

interface Rows {
  readonly said: Said;
  readonly missed: SaidTo;
  readonly share: Omit<SharedIn, "card">;
}

interface ChatRollup {
  readonly people: readonly Person[];
  readonly byPath: ReadonlyMap<string, Person>;
  readonly byKey: ReadonlyMap<PersonKey, Person>;
  readonly former: readonly { readonly from: string; readonly to: string }[];
  readonly turnouts: ReadonlyMap<string, Turnout>;
}

/** What needs a look at all sessions: who was in which, what they said and missed, what links were shared. */
export class Rollup {
  readonly who: Identities;
  readonly #site: SiteData;
  readonly #shelf = new Shelf<Rows>();
  readonly #chats = new Map<string, ChatRollup>();

  constructor(site: SiteData) {
    const used = site.handles();
    this.#site = site;
    this.who = new Identities(used);
    this.#shelf.fill(() => {
      for (const of of site.chats) {
        const { people, turnouts } = this.#read(of);
        const byPath = new Map(people.map((person) => [person.path, person]));
        const byKey = new Map(people.flatMap((person) => person.keys.map((key) => [key, person])));
        this.#chats.set(of.chat.slug, { people, byPath, byKey, former: formerHandles(people, used), turnouts });
      }
    });
  }

  people(chat: string): readonly Person[] {
    return this.#of(chat).people;
  }

  /** Old handles that lead to a page. */
  former(chat: string): ChatRollup["former"] {
    return this.#of(chat).former;
  }

  /** Throws where nobody has that path: nothing may list it then. */
  person(chat: string, path: string): Person {
    const found = this.#of(chat).byPath.get(path);
    if (found === undefined) throw new Error(`${chat}: no page of a person ${path}`);
    return found;
  }

  /** The person who is known under a key, as far as they have a page. */
  personOf(chat: string, key: PersonKey): Person | null {
    return this.#of(chat).byKey.get(key) ?? null;
  }

  turnout({ session }: SessionCard): Turnout {
    return this.#of(session.chat).turnouts.get(session.slug) ?? { people: 0, fresh: 0, unanswered: 0, links: 0 };
  }

  /** A person's sessions, newest first, those too in which they only missed something. */
  *parts(chat: string, { keys }: Person): Generator<Part> {
    const read = <Kind extends "said" | "missed">(kind: Kind) => keys.map((owner) => this.#shelf.of(kind, { chat, owner }));
    const [all, open] = [read("said"), read("missed")];
    for (const [index, card] of [...this.#cards(chat).entries()].reverse()) {
      const said = all.flatMap((rows) => rows.get(index) ?? []);
      const missed = open.flatMap((rows) => rows.get(index) ?? []);
      if (said.length + missed.length > 0) yield { card, said, missed };
    }
  }

  /** The links of a chat's reviewed sessions: what most tweets share first, then the newest. */
  links(chat: string): Shared<SharedIn>[] {
    const shares = this.#shelf.of("share", { chat, owner: "" });
    const newestFirst = [...this.#cards(chat).entries()].reverse().filter(([, card]) => isPublic(card));
    return rollUp(newestFirst.flatMap(([index, card]) => (shares.get(index) ?? []).map((share) => ({ ...share, card }))));
  }

  #of(chat: string): ChatRollup {
    const found = this.#chats.get(chat);
    if (found === undefined) throw new Error(`no chat ${chat}`);
    return found;
  }

  #cards(chat: string): readonly SessionCard[] {
    return this.#site.chats.find((of) => of.chat.slug === chat)?.sessions ?? [];
  }

  #read({ chat, sessions }: ChatData): Pick<ChatRollup, "people" | "turnouts"> {
    const met = new People();
    const turnouts = new Map<string, Turnout>();
    for (const [index, card] of sessions.entries()) {
      const data = this.#site.session(chat.slug, card.session.slug);
      const own = this.#turns(data, index);
      const fresh = own.filter((turn) => met.meet(turn)).length;
      turnouts.set(card.session.slug, { people: own.length, fresh, ...this.#shelve(data, index) });
    }
    return { people: met.all(), turnouts };
  }

  #turns(data: SessionData, session: number): Turn[] {
    const groups = Map.groupBy(shownTweets(data), ({ tweet }) => this.who.of(tweet.author));
    return [...groups].flatMap(([key, own]) => {
      const author = own.at(-1)?.tweet.author;
      return author === undefined ? [] : [{ key, author, session, tweets: own.length }];
    });
  }

  #shelve(data: SessionData, session: number): Pick<Turnout, "unanswered" | "links"> {
    const chat = data.chat.slug;
    const words = wordsOf(this.#site.config);
    const short = (placed: PlacedTweet) => saidOf(words, placed);
    for (const placed of shownTweets(data))
      this.#shelf.put("said", { chat, owner: this.who.of(placed.tweet.author), session }, short(placed));
    const missed = unanswered(data, this.who);
    for (const { placed, person, closing } of missed) {
      const { handle, name } = placed.tweet.author;
      this.#shelf.put("missed", { chat, owner: person, session }, { ...short(placed), closing, by: { handle, name } });
    }
    const shares = sharesOf(data);
    for (const { target, to, placed } of shares) {
      const { id, author } = placed.tweet;
      this.#shelf.put("share", { chat, owner: "", session }, { target, to, id, handle: author.handle, label: placed.placement.label });
    }
    return { unanswered: missed.filter(({ closing }) => !closing).length, links: new Set(shares.map(({ target }) => target)).size };
  }
}

/** Enough for a tweet of the usual length, whole. */
const LONG = 300;

const saidOf = (words: Words, { tweet, placement }: PlacedTweet): Said => ({
  id: tweet.id,
  time: tweet.time,
  where: whereOf(words, placement),
  text: excerpt(tweetPlain(tweet, { shown: new Set([tweet.quotes ?? ""]) }), LONG),
  lang: langOf(tweet, words.language),
});

function whereOf(words: Words, { label, section }: Placement): string {
  if (label === "+") return words.say("sideQuestion");
  return label ?? (section === "question" ? "" : words.say(TITLES[section]));
}

const made = new WeakMap<SiteData, Rollup>();

/** Made once for a site, when a page asks for it first: it reads every session. */
export function rollupOf(site: SiteData): Rollup {
  const known = made.get(site) ?? new Rollup(site);
  made.set(site, known);
  return known;
}
