import { createHash } from "node:crypto";
import { lstatSync, readFileSync, type Stats } from "node:fs";
import { join } from "node:path";
import type { Archive } from "../archive/archive.ts";
import { boundsOf, neighbours } from "../archive/belonging.ts";
import type { Chat, Session, SessionSlug, SessionWindow, SiteConfig, TweetId } from "../model.ts";
import {
  authorPlace,
  changedPlaces,
  dayPlace,
  ERASED,
  HANDLES,
  HIDDEN,
  idPlaces,
  PICTURES,
  type Place,
  sessionPlace,
  timePlace,
} from "../store/marks.ts";
import type { Answers, Read, Shelf } from "../store/shelf.ts";
import type { Work } from "../store/work.ts";
import type { SessionInput } from "../thread/board.ts";
import { aloneOf } from "./card.ts";
import { isPublic } from "./data.ts";
import { Identities } from "./identity.ts";
import { inOrder, type More } from "./stock.ts";
import { summarise } from "./summary.ts";

/** An archive, and what is known of it. */
export interface Known {
  readonly archive: Archive;
  readonly work: Work;
}

export interface SessionKey {
  readonly chat: string;
  readonly slug: string;
}

const DAY = 86_400_000;
const sha256 = (content: string | Uint8Array): string => createHash("sha256").update(content).digest("hex").slice(0, 32);

/** The sessions that have to be read: those of which nothing is known, and those whose rows, files or neighbours are not what they were.
 *  What the whole archive was asked for is asked again where it may have changed. `program`: what all summaries are made with. */
export function findStale({ archive, work }: Known, program: string): SessionKey[] {
  const { shelf } = work;
  return work.transaction(() => {
    if (shelf.fact("program") !== program) shelf.clear();
    shelf.putFact("program", program);
    outdateByMarks(archive, shelf);
    outdateByPictures(archive, shelf);
    outdateByArrivals(archive, shelf);
    const gone = shelf.chats().filter((slug) => !archive.chats.some((chat) => chat.slug === slug));
    for (const chat of gone) for (const { session } of shelf.expected(chat)) shelf.drop(chat, session);
    return archive.chats.flatMap((chat) => expectChat(archive, shelf, chat));
  });
}

function outdateByMarks({ store }: Archive, shelf: Shelf): void {
  const before = shelf.fact("marks") ?? "";
  const marks = store.marks.all();
  if (before === marks) return;
  const places = changedPlaces(before, marks);
  shelf.outdate(places);
  if (places.has(HANDLES)) {
    const who = new Identities(store.users);
    for (const { handle, person } of shelf.told()) if (who.named(handle) !== person) shelf.outdateTold(handle);
  }
  if (places.has(PICTURES))
    for (const { answer, ...name } of shelf.answers("pictures"))
      if (answer.without.some((url) => store.pictures.file(url) !== null)) shelf.outdateOne(name);
  shelf.putFact("marks", marks);
}

/** Files that somebody puts into media/, or takes from it. */
function outdateByPictures({ dir }: Archive, shelf: Shelf): void {
  const stamp = stampOf(lstatSync(join(dir, "media"), { throwIfNoEntry: false }));
  if (shelf.fact("media") === stamp) return;
  for (const { answer, ...name } of shelf.answers("pictures"))
    if (Object.entries(answer.files).some(([file, was]) => pictureStamp(dir, file) !== was)) shelf.outdateOne(name);
  shelf.putFact("media", stamp);
}

const pictureStamp = (dir: string, file: string): string => stampOf(lstatSync(join(dir, "media", file), { throwIfNoEntry: false }));

/** Equal, nobody wrote there meanwhile. Hidden files aside, nothing is older than what is written next. */
const stampOf = (stats: Stats | undefined): string => (stats === undefined ? "" : `${stats.size} ${stats.mtimeMs} ${stats.ctimeMs}`);

function outdateByArrivals({ store, chats }: Archive, shelf: Shelf): void {
  const arrivals = new Map(chats.map(({ slug }) => [slug, store.arrivals.wholes(slug)]));
  for (const { answer, ...name } of shelf.answers("came")) {
    if (answer === null) continue;
    const first = arrivals.get(name.chat)?.find((at) => at >= answer.since) ?? null;
    if (first !== answer.at) shelf.outdateOne(name);
  }
}

/** What a session was read from beside the archive's rows. */
interface Basis {
  /** Of its file: as it was touched last, and what it says; empty: there is none. */
  readonly stamp: string;
  readonly notes: string;
  readonly stored: SessionWindow | null;
  readonly chat: string;
  /** The windows beside its own: they claim tweets too. */
  readonly near: string;
}

function expectChat(archive: Archive, shelf: Shelf, chat: Chat): SessionKey[] {
  const known = new Map(shelf.expected(chat.slug).map((row) => [row.session, { ...row, was: JSON.parse(row.basis) as Basis }]));
  const chatHash = sha256(JSON.stringify(chat));
  const stored = new Map(archive.store.sessions(chat.slug).map(({ slug, window }) => [slug, window]));
  const slugs = new Set([...stored.keys(), ...archive.folder.noted(chat)]);
  const found = [...slugs].map((slug) => {
    const row = known.get(slug);
    const file = fileOf(archive, chat, { slug, was: row?.was });
    const basis = { ...file, stored: stored.get(slug) ?? null, chat: chatHash };
    const same = row !== undefined && isSame(row.was, basis);
    return {
      basis,
      row,
      same,
      session: same ? { chat: chat.slug, slug, window: row.window } : archive.folder.session(chat, slug, basis.stored),
    };
  });
  found.sort((a, b) => inOrder(a.session, b.session));
  const sessions = found.map(({ session }) => session);
  archive.adopt(chat, sessions);
  for (const slug of known.keys()) if (!slugs.has(slug)) shelf.drop(chat.slug, slug);
  return found.flatMap(({ basis, row, same, session }) => {
    const near = sha256(JSON.stringify(neighbours(sessions, session)));
    const name = { chat: chat.slug, session: session.slug, basis: JSON.stringify({ ...basis, near } satisfies Basis) };
    if (!same || row?.was.near !== near) shelf.expect({ ...name, window: session.window });
    else if (row.was.stamp !== basis.stamp) shelf.rebase(name);
    const isFresh = same && row?.was.near === near && row.stale === 0;
    return isFresh ? [] : [{ chat: chat.slug, slug: session.slug }];
  });
}

const isSame = (was: Basis, is: Omit<Basis, "near">): boolean =>
  was.notes === is.notes && was.chat === is.chat && JSON.stringify(was.stored) === JSON.stringify(is.stored);

/** A file that was touched less than this many milliseconds ago may be written again without looking touched. */
const YOUNG = 2000;

function fileOf(
  archive: Archive,
  chat: Chat,
  { slug, was }: { slug: SessionSlug; was: Basis | undefined },
): Pick<Basis, "stamp" | "notes"> {
  if (!archive.folder.noted(chat).has(slug)) return { stamp: "", notes: "" };
  const file = archive.folder.file(chat, slug);
  const stats = lstatSync(file);
  const stamp = Date.now() - Math.max(stats.mtimeMs, stats.ctimeMs) < YOUNG ? "" : stampOf(stats);
  return { stamp, notes: stamp !== "" && stamp === was?.stamp ? was.notes : sha256(readFileSync(file)) };
}

/** Reads sessions and keeps what pages about more than one need to know of them, and their placements. `config`: the site's. */
export function readSessions({ archive, work }: Known, keys: readonly SessionKey[], config: SiteConfig): void {
  if (keys.length === 0) return;
  const who = new Identities(archive.store.users);
  for (const { chat: slug, slug: name } of keys) {
    const chat = archive.chat(slug);
    readSession({ archive, work }, { chat, session: archive.session(chat, name), who, config });
  }
}

interface Reading {
  readonly chat: Chat;
  readonly session: Session;
  readonly who: Identities;
  readonly config: SiteConfig;
}

function readSession({ archive, work }: Known, { chat, session, who, config }: Reading): void {
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
  // short: others wait
  work.transaction(() => {
    work.keep(chat.slug, session.slug, transcript);
    work.shelf.put({ chat: chat.slug, session: session.slug }, read);
  });
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
