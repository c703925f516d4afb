import type { Author, Handle, PlacedTweet, Placement, SiteConfig, Transcript, TweetId } from "../model.ts";
import { rowsStampOf, type SearchSession } from "../search/years.ts";
import { tweetPlain } from "../text/html.ts";
import { isPublic, type SessionCard, type SessionData } from "./data.ts";
import { langOf } from "./entry.ts";
import { entryOf, type FeedEntry } from "./feed.ts";
import type { Identities, PersonKey } from "./identity.ts";
import { sharesOf } from "./links.ts";
import { sessionPage, TITLES } from "./page.ts";
import { searchRows } from "./search-rows.ts";
import { shownTweets } from "./shown.ts";
import { stampOf } from "./stamp.ts";
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

/** What somebody said in a session, and what they missed. */
interface SessionPart {
  readonly said: readonly Said[];
  readonly missed: readonly SaidTo[];
}

/** A link that a tweet shares, in short. */
export interface SessionShare {
  readonly target: string;
  readonly to: string;
  readonly id: TweetId;
  readonly handle: Handle;
  readonly label: string | null;
}

/** Somebody's part of a session in a word. */
export interface Attendance {
  readonly key: PersonKey;
  /** As they were called when they said something last; null: they said nothing and only missed something. */
  readonly author: Author | null;
  readonly tweets: number;
  /** Another one when what a page says of it is another. */
  readonly stamp: number;
}

/** What pages about more than one session need to know of it: all of them are made without reading it again. */
export interface Summary {
  readonly card: SessionCard;
  readonly people: readonly Attendance[];
  /** Mentions nobody answered, those aside that most talk ends with. */
  readonly unanswered: number;
  /** Different links shared. */
  readonly links: number;
  /** Of a reviewed session. */
  readonly entry: FeedEntry | null;
  readonly lede: Lede | null;
  /** How many tweets of it can be found, and a word for all they say. */
  readonly search: Pick<SearchSession, "count" | "hash">;
  /** What the notes name and the archive does not hold. */
  readonly unmatched: Transcript["unmatched"];
  /** The handles of which it was asked whose they are, and the answers. */
  readonly told: Readonly<Record<Handle, PersonKey>>;
}

/** The words a session is quoted with. */
export interface Lede {
  readonly text: string;
  readonly lang: string | null;
  readonly id: TweetId;
  readonly author: Pick<Author, "handle" | "name">;
}

/** What of it is only needed for the people in it, and for its links. */
export interface Details {
  readonly parts: ReadonlyMap<PersonKey, SessionPart>;
  readonly shares: readonly SessionShare[];
}

export function summarise(data: SessionData, who: Identities, config: SiteConfig): Summary & Details {
  const told: Record<Handle, PersonKey> = {};
  const asking: Pick<Identities, "of" | "named"> = {
    of: (author) => who.of(author),
    named(handle) {
      const key = who.named(handle);
      told[handle.toLowerCase()] = key;
      return key;
    },
  };
  const missed = unanswered(data, asking);
  const parts = partsOf(data, { who: asking, missed, config });
  const shares = sharesOf(data).map(({ target, to, placed: { tweet, placement } }) => ({
    target,
    to,
    id: tweet.id,
    handle: tweet.author.handle,
    label: placement.label,
  }));
  const last = new Map(shownTweets(data).map(({ tweet: { author } }) => [who.of(author), author]));
  return {
    card: data.card,
    people: [...parts].map(([key, part]) => attendanceOf(key, { part, author: last.get(key) ?? null, card: data.card })),
    unanswered: missed.filter(({ closing }) => !closing).length,
    links: new Set(shares.map(({ target }) => target)).size,
    entry: isPublic(data.card) ? entryOf(data, config) : null,
    lede: data.card.pins.length === 0 ? null : ledeOf(data, config),
    search: rowsStampOf(searchRows(data)),
    unmatched: data.transcript.unmatched,
    told,
    parts,
    shares,
  };
}

interface Making {
  readonly who: Pick<Identities, "of">;
  readonly missed: ReturnType<typeof unanswered>;
  readonly config: SiteConfig;
}

/** By person, in the order in which they first say something; those who only missed something last. */
function partsOf(data: SessionData, { who, missed, config }: Making): ReadonlyMap<PersonKey, SessionPart> {
  const words = wordsOf(config);
  const parts = new Map<PersonKey, { said: Said[]; missed: SaidTo[] }>();
  const of = (key: PersonKey) => {
    const known = parts.get(key) ?? { said: [], missed: [] };
    parts.set(key, known);
    return known;
  };
  for (const placed of shownTweets(data)) of(who.of(placed.tweet.author)).said.push(saidOf(words, placed));
  for (const { placed, person, closing } of missed) {
    const { handle, name } = placed.tweet.author;
    of(person).missed.push({ ...saidOf(words, placed), closing, by: { handle, name } });
  }
  return parts;
}

function attendanceOf(
  key: PersonKey,
  { part, author, card }: { readonly part: SessionPart; readonly author: Author | null; readonly card: SessionCard },
): Attendance {
  const shown = [part.said, part.missed, card.session, card.title];
  return { key, author, tweets: part.said.length, stamp: stampOf(shown) };
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

function ledeOf(data: SessionData, config: SiteConfig): Lede | null {
  const { lede } = sessionPage(data, config);
  if (lede === null) return null;
  const { handle, name } = lede.tweet.author;
  return { text: lede.text, lang: lede.lang, id: lede.tweet.id, author: { handle, name } };
}
