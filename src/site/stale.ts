import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Archive } from "../archive/archive.ts";
import { besideAny, neighbours } from "../archive/belonging.ts";
import { stampOf, type Touch } from "../archive/touch.ts";
import type { Chat, Session, SessionSlug, SessionWindow } from "../model.ts";
import { changedPlaces, HANDLES, PICTURES } from "../store/marks.ts";
import { type Basis, type ExpectedRow, type Shelf, windowOf } from "../store/shelf.ts";
import type { Work } from "../store/work.ts";
import { Identities } from "./identity.ts";
import type { SessionKey } from "./site.ts";
import { inOrder } from "./stock.ts";

/** An archive, and what is known of it. */
export interface Known {
  readonly archive: Archive;
  readonly work: Work;
}

/** A short word for what is long: the same word, the same content. */
export const sha256 = (content: string | Uint8Array): string => createHash("sha256").update(content).digest("hex").slice(0, 32);

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
  const stamp = stampOf(join(dir, "media"));
  if (shelf.fact("media") === stamp) return;
  for (const { answer, ...name } of shelf.answers("pictures"))
    if (Object.entries(answer.files).some(([file, was]) => pictureStamp(dir, file) !== was)) shelf.outdateOne(name);
  shelf.putFact("media", stamp);
}

export const pictureStamp = (dir: string, file: string): string => stampOf(join(dir, "media", file));

function outdateByArrivals({ store, chats }: Archive, shelf: Shelf): void {
  const arrivals = new Map(chats.map(({ slug }) => [slug, store.arrivals.wholes(slug)]));
  for (const { answer, ...name } of shelf.answers("came")) {
    if (answer === null) continue;
    const first = arrivals.get(name.chat)?.find((at) => at >= answer.since) ?? null;
    if (first !== answer.at) shelf.outdateOne(name);
  }
}

/** A session as it is, and as it was when it was read last. */
interface Found {
  readonly session: Session;
  readonly row: ExpectedRow | undefined;
  readonly basis: Omit<Basis, "near">;
  /** But for the windows beside its own, it is what it was. */
  readonly same: boolean;
}

function expectChat(archive: Archive, shelf: Shelf, chat: Chat): SessionKey[] {
  const known = new Map(shelf.expected(chat.slug).map((row) => [row.session, row]));
  const found = foundIn(archive, chat, known);
  const sessions = found.map(({ session }) => session);
  archive.adopt(chat, sessions);
  const there = new Set(sessions.map(({ slug }) => slug));
  const gone = [...known.values()].filter(({ session }) => !there.has(session));
  for (const { session } of gone) shelf.drop(chat.slug, session);
  const isBeside = besideAny([...found.filter(({ same }) => !same).flatMap(windowsOf), ...gone.map(windowOf)]);
  return found.flatMap(({ basis, row, same, session }) => {
    const near = row === undefined || isBeside(session) ? nearOf(sessions, session) : row.near;
    const isSame = same && row?.near === near;
    if (isSame && row === basis && row.stale === 0) return []; // nearly all
    const name = { chat: chat.slug, session: session.slug };
    const { stamp, notes, made } = basis;
    if (!isSame) shelf.expect({ ...name, stamp, notes, made, near, window: session.window });
    else if (row.stamp !== stamp) shelf.touched({ ...name, stamp });
    return isSame && row.stale === 0 ? [] : [{ chat: chat.slug, slug: session.slug }];
  });
}

/** All sessions of a chat, in order. Of ten thousand nearly all are as they were: each step here is one that a build takes ten thousand
 *  times. */
function foundIn(archive: Archive, chat: Chat, known: ReadonlyMap<SessionSlug, ExpectedRow>): Found[] {
  const chatHash = sha256(JSON.stringify(chat));
  const stored = archive.store.windows(chat.slug);
  const touched = archive.folder.touched(chat);
  const slugs = new Set([...stored.keys(), ...archive.folder.noted(chat)]);
  const found = Array.from(slugs, (slug): Found => {
    const row = known.get(slug);
    const made = `${chatHash} ${stored.get(slug) ?? ""}`;
    const touch = touched.get(`${slug}.md`);
    const isTouched = touch === undefined ? row?.notes !== "" : touch.stamp !== row?.stamp;
    const basis = row?.made === made && !isTouched ? row : { ...fileOf(archive, chat, { slug, touch }), made };
    if (row?.made === made && row.notes === basis.notes)
      return { session: { chat: chat.slug, slug, window: windowOf(row) }, row, basis, same: true };
    return { session: archive.folder.session(chat, slug, archive.store.window(chat.slug, slug)), row, basis, same: false };
  });
  return found.sort((a, b) => inOrder(a.session, b.session));
}

const windowsOf = ({ session, row }: Found): SessionWindow[] => [session.window, ...(row === undefined ? [] : [windowOf(row)])];
const nearOf = (sessions: readonly Session[], session: Session): string => sha256(JSON.stringify(neighbours(sessions, session)));

function fileOf(
  archive: Archive,
  chat: Chat,
  { slug, touch }: { readonly slug: SessionSlug; readonly touch: Touch | undefined },
): Pick<Basis, "stamp" | "notes"> {
  if (touch === undefined) return { stamp: "", notes: "" };
  return { stamp: touch.isYoung ? "" : touch.stamp, notes: sha256(readFileSync(archive.folder.file(chat, slug))) };
}
