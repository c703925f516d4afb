import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Archive } from "../archive/archive.ts";
import { finder } from "../archive/find.ts";
import { writeDurably } from "../config/durable.ts";
import { forgetInNotes, type Unsaid } from "../config/notes-forget.ts";
import { addRemoved, hashesOf, keyOf, type Person, type Removal, type RemovedEntry, readRemoved } from "../config/removed.ts";
import { EXIT, UserError } from "../errors.ts";
import type { Handle, TweetId } from "../model.ts";
import { FORMATS, type Format } from "../source/detect.ts";
import { Eraser, type Unwanted } from "../source/erase.ts";
import { backup, sync } from "../store/backup.ts";
import { takeLock } from "../store/open.ts";
import type { Raw } from "../store/raw.ts";
import { veilTweet } from "../text/veil.ts";
import { type Plan, planOf } from "./forget-plan.ts";
import { commitsHolding } from "./history.ts";
import { unwantedIn } from "./keep-out.ts";

/** What is to be forgotten, as the user named it. */
export interface Wanted {
  readonly tweets: readonly TweetId[];
  readonly handles: readonly Handle[];
}

export interface ForgetOptions extends Removal {
  readonly now: number;
  readonly dryRun: boolean;
}

/** What went, or would go. */
export interface ForgetReport {
  /** Held tweets, reposts among them; and those of the words that the archive does not hold. */
  readonly tweets: number;
  readonly reposts: number;
  readonly notHeld: readonly string[];
  /** Authors without a tweet now, and other people's tweets whose text named who is forgotten. */
  readonly authors: number;
  readonly veiled: number;
  readonly rawRecords: number;
  /** Entries removed from notes; and lines that only a person can put right. */
  readonly notes: number;
  readonly lines: readonly { readonly file: string; readonly line: number }[];
  readonly backups: number;
  /** Commits of the archive's own git repository that still hold it. */
  readonly commits: number;
}

/** Removes tweets and authors from everything the archive keeps (archive.md, guarantee 10). Call it as the one writer.
 *  What must stay away is written first: one that was cut short is finished by calling it again. */
export async function forget(archive: Archive, wanted: Wanted, options: ForgetOptions): Promise<ForgetReport> {
  const { dir, store } = archive;
  // it says where the key was lost
  readRemoved(dir);
  const plan = planOf(archive, wanted);
  const counts = {
    tweets: plan.tweets.length,
    reposts: plan.tweets.filter(({ repost }) => repost).length,
    notHeld: plan.notHeld,
    authors: plan.orphans.length,
    veiled: plan.veiled.length,
    commits: commitsHolding(dir, [...plan.ids, ...plan.texts]),
  };
  if (options.dryRun) return { ...counts, rawRecords: 0, backups: backupsIn(dir).length, ...forgetNotes(archive, plan, true) };
  addRemoved(dir, entriesOf(dir, plan, options));
  const said = forgetNotes(archive, plan, false);
  const rawRecords = await cutRaw(archive, plan, options);
  dropMedia(archive, plan);
  store.transaction(() => dropDerived(archive, plan, options));
  dropPictures(archive);
  dropWork(dir);
  dropCards(dir);
  if (!store.removals.compact())
    throw new UserError(
      `${join(dir, "archive.db")}: somebody reads it, so its log still holds what is removed; close it and say this again`,
      EXIT.locked,
    );
  const backups = await renewBackups(dir, options.now);
  archive.refresh();
  return { ...counts, rawRecords, backups, ...said };
}

function entriesOf(dir: string, plan: Plan, { reason, on, anchor }: Removal): RemovedEntry[] {
  const tweets = plan.listed.map((tweet) => ({ tweet, reason, on, anchor }));
  if (plan.people.length === 0) return tweets;
  const key = keyOf(dir);
  const hashes = plan.people.flatMap(({ id, handles }) => hashesOf(key, id, handles));
  return [...tweets, ...[...new Set(hashes)].map((author) => ({ author, reason, on, anchor }))];
}

/** The organiser's files, and which of their lines still say it. */
function forgetNotes(archive: Archive, plan: Plan, dryRun: boolean): Pick<ForgetReport, "notes" | "lines"> {
  const bodyHandles = plan.orphans.map(({ handle }) => handle);
  const unsaid: Unsaid = { ids: new Set(plan.ids), handles: plan.handles, bodyHandles, texts: plan.texts };
  let notes = 0;
  const lines: { file: string; line: number }[] = [];
  for (const chat of archive.chats) {
    const folder = join(archive.dir, "chats", chat.slug);
    for (const name of readdirSync(folder)
      .filter((file) => file.endsWith(".md"))
      .sort()) {
      const file = join(folder, name);
      const before = readFileSync(file, "utf8");
      const after = forgetInNotes(before, name === "chat.md" ? { ...unsaid, bodyHandles: [] } : unsaid);
      if (after.text !== before && !dryRun) writeDurably(file, after.text);
      notes += after.entries;
      lines.push(...after.lines.map((line) => ({ file, line })));
    }
  }
  return { notes, lines };
}

async function cutRaw(archive: Archive, plan: Plan, { reason, on, anchor, now }: ForgetOptions): Promise<number> {
  const { store } = archive;
  const removal = { reason, on, anchor };
  const going = new Set(plan.ids);
  const unwanted = unwantedIn(readRemoved(archive.dir), store);
  const nobody = new Set(plan.orphans.flatMap(({ key, handle }) => [key, `h:${handle.toLowerCase()}`]));
  const user = ({ id, handle }: Person): Removal | null =>
    nobody.has(id ?? "") || (id === null && handle !== null && nobody.has(`h:${handle.toLowerCase()}`)) ? removal : null;
  const all: Unwanted = {
    hasAuthors: unwanted.hasAuthors,
    tweet: (id) => (going.has(id) ? removal : unwanted.tweet(id)),
    author: unwanted.author,
    ...(nobody.size === 0 ? {} : { user }),
  };
  let records = 0;
  for (const raw of store.raw.all()) records += await cutBody(archive, raw, all, { ...removal, at: now });
  return records;
}

async function cutBody(archive: Archive, raw: Raw, unwanted: Unwanted, { at, ...removal }: Removal & { at: number }): Promise<number> {
  const format = FORMATS.find((known) => known === raw.format);
  if (format === undefined)
    throw new UserError(`${raw.name} was kept as ${raw.format}, which this Chatscribe cannot read: update Chatscribe, then say this again`);
  const eraser = new Eraser(readingOf(archive, raw, format), unwanted);
  let records = 0;
  let seq = 0;
  for (const bytes of archive.store.raw.parts(raw)) {
    const cut = await eraser.next(bytes);
    // the same lines, read again, would get an id of their own
    addRemoved(
      archive.dir,
      eraser.others.map((tweet) => ({ tweet, ...removal, anchor: false })),
    );
    if (cut !== null) archive.store.transaction(() => archive.store.raw.cutPart(raw.id, seq, { ...cut, at }));
    records += cut?.records ?? 0;
    seq++;
  }
  return records;
}

function readingOf(archive: Archive, { chat, session }: Raw, format: Format) {
  const known = archive.chats.find(({ slug }) => slug === chat);
  const find = finder(() => archive, { slug: chat });
  return { format, chat, session: session === "" ? null : session, zone: known?.schedule.at(-1)?.zone ?? null, find };
}

function dropDerived({ store }: Archive, plan: Plan, { reason, on, anchor }: Removal): void {
  for (const { id, graves } of plan.tweets) {
    for (const grave of graves) store.removals.entomb({ ...grave, tweet: id, reason, on, anchor: anchor && grave.anchor });
    store.removals.drop(id);
  }
  const gone = new Set(plan.people.flatMap(({ handles }) => handles.map((handle) => handle.toLowerCase())));
  for (const id of plan.veiled) store.rewrite(id, (tweet) => veilTweet(tweet, (handle) => gone.has(handle.toLowerCase())));
  for (const { key } of store.removals.orphans()) store.removals.dropAuthor(key);
  store.repairRounded();
}

/** Pictures of removed tweets that no other tweet has. They go while the tweets are held: saying it again finds the rest. */
function dropMedia({ dir, store }: Archive, plan: Plan): void {
  if (plan.media.length === 0) return;
  const others = store.pictures.shown(plan.tweets.map(({ id }) => id));
  removeMedia(
    dir,
    plan.media.filter((file) => !others.has(file)),
  );
}

/** What is left of pictures no tweet has any more, those of its older versions and of veiled addresses too. */
function dropPictures({ dir, store }: Archive): void {
  const unshown = store.pictures.unshown();
  if (unshown.length === 0) return;
  const shown = store.pictures.shown();
  removeMedia(
    dir,
    unshown.flatMap(({ file }) => (file === null || shown.has(file) ? [] : [file])),
  );
  store.transaction(() => {
    for (const { url } of unshown) store.pictures.drop(url);
  });
}

function removeMedia(dir: string, files: readonly string[]): void {
  const folder = join(dir, "media");
  if (files.length === 0 || !existsSync(folder)) return;
  for (const file of files) rmSync(join(folder, file), { force: true });
  sync(folder);
}

/** work.db is derived and made again when it is needed. */
function dropWork(dir: string): void {
  const file = join(dir, "work.db");
  if (!existsSync(file)) return;
  const lock = takeLock(join(dir, "work-lock.db"), file);
  try {
    for (const tail of ["", "-wal", "-shm"]) rmSync(file + tail, { force: true });
  } finally {
    lock.release();
  }
}

/** Pictures of quotes, kept from build to build: whose words are in which is not written down, so all of them go, and are drawn again. */
const dropCards = (dir: string): void => rmSync(join(dir, "cards"), { recursive: true, force: true });

const backupsIn = (dir: string): string[] => {
  const folder = join(dir, "backups");
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true ? readdirSync(folder).sort() : [];
};

/** One fresh backup in the place of all there were. It is made first, so that there is always one. Returns how many files went. */
async function renewBackups(dir: string, now: number): Promise<number> {
  const old = backupsIn(dir);
  if (old.length === 0) return 0;
  await backup(dir, now);
  for (const name of old) rmSync(join(dir, "backups", name), { recursive: true, force: true });
  return old.length;
}
