import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Archive } from "../archive/archive.ts";
import type { Folder } from "../archive/folder.ts";
import { readRemoved } from "../config/removed.ts";
import { sessionWindow } from "../config/schedule.ts";
import { EXIT, UserError } from "../errors.ts";
import type { Chat, Session, SessionWindow } from "../model.ts";
import { damageIn, findingsIn, reading } from "../store/check.ts";
import { asDiskError, type Db, openArchiveDb } from "../store/open.ts";
import { Pictures } from "../store/pictures.ts";
import { nameOf } from "./pictures.ts";
import { compareWithRaw } from "./rebuild.ts";

/** What a check found. `damage`: something that was kept is not as it was kept. `advice`: worth a look. */
export interface Problem {
  readonly kind: "damage" | "advice";
  /** What, where, and what to do. */
  readonly what: string;
}

/** Looks for what is damaged, and for what is worth a look. `data`: every byte kept is read, and raw is read again and compared
 *  with what is held. Others may go on writing meanwhile. */
export async function checkArchive(folder: Folder, { data }: { readonly data: boolean }): Promise<readonly Problem[]> {
  const file = join(folder.dir, "archive.db");
  const found = [...removalProblems(folder.dir), ...leftovers(folder.dir)];
  if (!existsSync(file)) return found;
  let db: Db | null = null;
  try {
    db = openArchiveDb(file);
    return [...(await databaseProblems(folder, db, data)), ...found];
  } catch (error) {
    const known = asDiskError(file, error);
    if (known instanceof UserError && known.code === EXIT.damaged) return [{ kind: "damage", what: known.message }, ...found];
    throw known;
  } finally {
    db?.close();
  }
}

const advice = (what: string): Problem => ({ kind: "advice", what });

const databaseProblems = (folder: Folder, db: Db, data: boolean): Promise<Problem[]> =>
  reading(db, async () => {
    const damage = damageIn(db, { data }).map(
      (what): Problem => ({ kind: "damage", what: `${db.name}: ${what}: put a backup in its place` }),
    );
    // what is damaged is not read any further
    if (damage.length > 0) return damage;
    const differs = data ? await rawProblems(folder, db) : [];
    return [...differs, ...mediaProblems(folder.dir, db, data), ...findings(folder, db), ...ownersProblems(folder)];
  });

async function rawProblems(folder: Folder, db: Db): Promise<Problem[]> {
  const { gone, fresh, changed, other } = await compareWithRaw(folder, db);
  if (other === null) return [];
  const counts = [`${gone} tweets that no raw file tells`, `${fresh} that are missing`, `${changed} that say otherwise`];
  const what = gone + fresh + changed === 0 ? other : counts.join(", ");
  return [{ kind: "damage", what: `${db.name}: holds something else than its raw files tell (${what}): npx chatscribe rebuild` }];
}

/** Files of media/ that are not as they were kept, and those that nobody has. */
function mediaProblems(dir: string, db: Db, data: boolean): Problem[] {
  const folder = join(dir, "media");
  const pictures = new Pictures(db);
  const kept = pictures.files();
  const known = new Set([...kept, ...pictures.shown()]);
  const there = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile()) : [];
  const found = new Set(there.map(({ name }) => name));
  const isWrong = (file: string): boolean => data && found.has(file) && nameOf(readFileSync(join(folder, file))) !== file;
  const fault = (file: string, what: string): Problem => ({
    kind: "damage",
    what: `${join(folder, file)}: ${what}: put the one of a backup in its place`,
  });
  return [
    ...kept.filter((file) => !found.has(file)).map((file) => fault(file, "is missing")),
    ...kept.filter(isWrong).map((file) => fault(file, "is not the image that was kept")),
    ...[...found.difference(known)].sort().map((file) => advice(`${join(folder, file)}: no tweet has it: delete it if you do not need it`)),
  ];
}

function findings(folder: Folder, db: Db): Problem[] {
  const { cutShort, rounded, chats } = findingsIn(db);
  const known = new Set(folder.chats.map(({ slug }) => slug));
  return [
    ...cutShort.map((name) => advice(`${name}: its import was cut short: import it again, nothing is kept twice`)),
    ...(rounded === 0
      ? []
      : [advice(`${rounded} tweets answer or repost an id that a spreadsheet rounded: import a file that holds the tweet it was`)]),
    ...chats
      .filter((chat) => !known.has(chat))
      .map((chat) => advice(`chat "${chat}" has tweets, but ${join(folder.dir, "chats", chat, "chat.md")} is missing: it is on no page`)),
  ];
}

/** What the owner's files say that does not fit what is held. */
function ownersProblems(folder: Folder): Problem[] {
  const archive = new Archive(folder);
  try {
    return archive.chats.flatMap((chat) => [
      ...archive.store.sessions(chat.slug).flatMap((session) => movedProblem(folder, chat, session)),
      ...archive.sessions(chat).flatMap((session) => notesProblems(archive, chat, session)),
    ]);
  } finally {
    archive.close();
  }
}

/** A session keeps its window; that today's schedule says another is told, unless the session's file says when it was. */
function movedProblem(folder: Folder, chat: Chat, { slug, window }: Session): Problem[] {
  if (folder.notes(chat, slug).start !== null) return [];
  const today = scheduled(folder, chat, slug);
  if (today !== null && KEYS.every((key) => today[key] === window[key])) return [];
  const said = today === null ? "has no such sitting" : `says ${shown(today)}`;
  const held = `${chat.slug}/${slug} is kept as ${shown(window)}; the schedule of today ${said}`;
  return [advice(`${held}: it stays as it is; write start: in ${folder.file(chat, slug)} to move it`)];
}

const KEYS = ["start", "minutes", "lead", "grace"] as const;

/** `2026-03-03T17:00Z, 60 minutes (15 before, 30 after)` */
const shown = ({ start, minutes, lead, grace }: SessionWindow): string =>
  `${new Date(start).toISOString().slice(0, 16)}Z, ${minutes} minutes (${lead} before, ${grace} after)`;

function scheduled(folder: Folder, chat: Chat, slug: string): SessionWindow | null {
  try {
    return sessionWindow(chat, slug, null, null, folder.file(chat, slug));
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

/** Ids of the session's file that match nothing, or a tweet of another session. A session without a file has none. */
function notesProblems(archive: Archive, chat: Chat, session: Session): Problem[] {
  if (!archive.folder.noted(chat).has(session.slug)) return [];
  try {
    return archive
      .transcript(chat, session)
      .unmatched.map(({ place, what, tweet }) =>
        advice(`${place.file}:${place.line}: ${what} of tweet ${tweet}: not held here (yet); it has no effect`),
      );
  } catch (error) {
    if (error instanceof UserError && error.code === EXIT.usage) return [advice(error.message)];
    throw error;
  }
}

function removalProblems(dir: string): Problem[] {
  try {
    readRemoved(dir);
    return [];
  } catch (error) {
    if (error instanceof UserError) return [advice(error.message)];
    throw error;
  }
}

/** What a killed backup left. */
function leftovers(dir: string): Problem[] {
  const folder = join(dir, "backups");
  const parts = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".part")) : [];
  return parts.map((name) =>
    advice(`${join(folder, name)}: a backup that was cut short: delete it, and its folder, unless a backup is running`),
  );
}
