import type { Archive } from "../archive/archive.ts";
import { boundsOf } from "../archive/belonging.ts";
import type { Chat, Session, SiteConfig, Transcript, TweetId } from "../model.ts";
import { authorPlace, dayPlace, ERASED, HIDDEN, idPlaces, type Place, sessionPlace, timePlace } from "../store/marks.ts";
import type { Edition } from "../store/people.ts";
import type { Answers, Read } from "../store/shelf.ts";
import type { SessionInput } from "../thread/board.ts";
import { aloneOf } from "./card.ts";
import { isPublic } from "./data.ts";
import { Identities } from "./identity.ts";
import { renewRoster } from "./kept-roster.ts";
import type { SessionKey } from "./site.ts";
import { type Known, pictureStamp, sha256 } from "./stale.ts";
import type { More } from "./stock.ts";
import { summarise } from "./summary.ts";

const DAY = 86_400_000;

/** So many tweets are kept at a time: sessions of fifty, one by one, would have the same pages of the file written again and again. */
const AT_ONCE = 500;

/** Reads sessions and keeps what pages about more than one need to know of them, and their placements. `config`: the site's. */
export function readSessions({ archive, work }: Known, keys: readonly SessionKey[], config: SiteConfig): void {
  if (keys.length === 0) return;
  const who = new Identities(archive.store.users);
  const waiting: (SessionKey & Kept)[] = [];
  // short: others wait
  const keep = (): void =>
    work.transaction(() => {
      for (const { chat, slug, transcript, read } of waiting.splice(0)) {
        work.keep(chat, slug, transcript);
        work.shelf.put({ chat, session: slug }, read);
      }
    });
  for (const key of keys) {
    const chat = archive.chat(key.chat);
    waiting.push({ ...key, ...readSession(archive, { chat, session: archive.session(chat, key.slug), who, config }) });
    if (waiting.reduce((sum, { read }) => sum + read.tweets, 0) >= AT_ONCE) keep();
  }
  keep();
}

/** Brings what sessions come to together up to date, when none of them is stale: who was in them, which links they share. */
export function renewRollups({ archive, work }: Known, edition: Edition): void {
  work.transaction(() => {
    for (const { slug: chat } of archive.chats) {
      renewRoster(work.shelf, { chat, edition }, archive.store.users);
      work.shelf.countShares(chat);
    }
  });
}

interface Reading {
  readonly chat: Chat;
  readonly session: Session;
  readonly who: Identities;
  readonly config: SiteConfig;
}

/** What is kept of a session. */
interface Kept {
  readonly transcript: Transcript;
  readonly read: Read;
}

function readSession(archive: Archive, { chat, session, who, config }: Reading): Kept {
  const data = aloneOf(archive, config, { chat, session });
  const { card, notes, coverage, transcript } = data;
  const { input } = archive.read(chat, session);
  const dates = archive.dates(chat, session);
  const { parts, shares, people, told, unmatched, unanswered, links, entry, lede, search } = summarise(data, who, config);
  const pictures = picturesOf(archive, input, card.files);
  const read: Read = {
    title: card.title,
    start: session.window.start,
    isReviewed: isPublic(card),
    tweets: card.tweets,
    people: card.people,
    changed: card.changed,
    pins: card.pins,
    pages: card.pages,
    places: placesOf(input, unmatched),
    digest: digestOf([chat, notes, input, coverage, dates, told, pictures]),
    told,
    pictures,
    came: dates.came,
    card,
    unmatched,
    more: { unanswered, links, entry, lede, search } satisfies More,
    parts: people.map(({ key: person, author, tweets, stamp }) => {
      const { said, missed } = parts.get(person) ?? { said: [], missed: [] };
      const { handle, name } = author ?? { handle: null, name: null };
      return { person, handle, name, tweets, stamp, first: said[0]?.id ?? null, said, missed };
    }),
    shares,
  };
  return { transcript, read };
}

const digestOf = (made: readonly unknown[]): string =>
  sha256(JSON.stringify(made, (_, value: unknown) => (value instanceof Set ? [...value] : value)));

function picturesOf({ dir }: Archive, { tweets, context }: SessionInput, files: readonly string[]): Answers["pictures"] {
  const media = [...tweets, ...context].flatMap((tweet) => tweet.media);
  return {
    without: [...new Set(media.filter(({ file }) => file === null).map(({ url }) => url))],
    files: Object.fromEntries(files.map((file) => [file, pictureStamp(dir, file)])),
  };
}

/** Where something has to change for the session to change. */
function placesOf({ session, tweets, context, tombstones = [] }: SessionInput, unmatched: readonly { readonly tweet: TweetId }[]): Place[] {
  const { from, to } = boundsOf(session.window);
  const days = Array.from({ length: Math.floor((to + DAY) / DAY) - Math.floor(from / DAY) + 1 }, (_, i) => dayPlace(from + i * DAY));
  const all = [...tweets, ...context];
  const held = new Set(all.flatMap(({ id, aliases }) => [id, ...aliases]));
  const named = tweets.flatMap(({ replyTo, quotes, repostOf }) => [replyTo, quotes, repostOf]).filter((id) => id !== null);
  const wanted = [...named, ...unmatched.map(({ tweet }) => tweet)].filter((id) => !held.has(id));
  return [
    HIDDEN,
    sessionPlace(session.chat, session.slug),
    ...(tombstones.length > 0 ? [ERASED] : []),
    ...days,
    ...all.flatMap(({ time, author: { id, handle } }) => [timePlace(time), authorPlace(id, handle)]),
    ...wanted.flatMap(idPlaces),
  ];
}
