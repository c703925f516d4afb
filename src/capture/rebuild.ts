import { rmSync } from "node:fs";
import { join } from "node:path";
import { gatheringOf } from "../archive/coverage.ts";
import { finder } from "../archive/find.ts";
import type { Folder } from "../archive/folder.ts";
import { readRemoved } from "../config/removed.ts";
import { EXIT, UserError } from "../errors.ts";
import type { Chat, Observation, SessionSlug } from "../model.ts";
import { FORMATS, type Format } from "../source/detect.ts";
import { readParts } from "../source/part.ts";
import { backup } from "../store/backup.ts";
import type { Gathering } from "../store/gather.ts";
import { type Db, openArchiveDb } from "../store/open.ts";
import type { Raw } from "../store/raw.ts";
import { copyAbout, copyKept, cutBodies, type Differences, differencesOf, finish, replaceDb } from "../store/rebuild.ts";
import { Store } from "../store/store.ts";
import { addTold } from "./import.ts";
import { sortOut, unwantedIn } from "./keep-out.ts";
import { addCaptured, NO_CHAT } from "./page.ts";

export interface RebuildReport {
  /** Files and responses that were read again. */
  readonly bodies: number;
  readonly tweets: number;
  readonly context: number;
  readonly changes: Differences;
  /** The copy of the database as it was. */
  readonly backup: string;
}

/** Derives archive.db again from the raw bodies it keeps, and puts it in its place once it is whole. Sessions, tombstones and the log
 *  of erasures are kept as they are. Call it as the one writer. Throws UserError (7) where raw is damaged; then nothing is changed. */
export async function rebuild(folder: Folder, now: number): Promise<RebuildReport> {
  const file = join(folder.dir, "archive.db");
  const { file: kept } = await backup(folder.dir, now);
  const held = openArchiveDb(file);
  return beside(`${file}.rebuild`, async (fresh) => {
    const store = await derive(folder, held, fresh, { raw: true });
    const changes = differencesOf(held, fresh);
    refuseLoss(file, held, changes);
    const report = { bodies: store.raw.all().length, ...store.counts(), changes, backup: kept };
    finish(fresh);
    held.close();
    replaceDb(file, fresh.name);
    return report;
  }).finally(() => held.close());
}

/** What deriving again would change; nothing is changed. It reads one moment of `held`, and needs about as much disk. */
export const compareWithRaw = (folder: Folder, held: Db): Promise<Differences> =>
  beside(`${held.name}.check`, async (fresh) => {
    await derive(folder, held, fresh, { raw: false });
    return differencesOf(held, fresh);
  });

/** A new database that goes away afterwards, unless it has been put elsewhere. */
async function beside<T>(file: string, use: (fresh: Db) => Promise<T>): Promise<T> {
  const remove = (): void => {
    for (const tail of ["", "-wal", "-shm", "-journal"]) rmSync(file + tail, { force: true });
  };
  remove();
  const fresh = openArchiveDb(file);
  try {
    return await use(fresh);
  } finally {
    fresh.close();
    remove();
  }
}

async function derive(folder: Folder, held: Db, fresh: Db, what: { readonly raw: boolean }): Promise<Store> {
  copyKept(held, fresh, what);
  const { raw } = new Store(held);
  const store = new Store(fresh);
  const unwanted = unwantedIn(readRemoved(folder.dir), store);
  const captured = new Captured(folder, store);
  for (const body of raw.all()) {
    let position = 0;
    for await (const part of readParts(readingOf(folder, body, store), raw.parts(body)))
      store.transaction(() => {
        // sessions are facts: one that a tweet would found today is not founded again
        const { kept } = sortOut(part.observations, unwanted);
        if (body.kind === "capture") return captured.add(body, kept);
        const told = addTold(store, kept, { chat: body.chat, position, settle: () => undefined });
        position += told.new + told.held;
      });
  }
  store.transaction(() => captured.adopt());
  store.transaction(() => store.repairRounded());
  copyAbout(held, fresh);
  return store;
}

/** Captured pages, told again as they were when they came. */
class Captured {
  readonly #folder: Folder;
  readonly #store: Store;
  readonly #gatherings = new Map<string, { readonly chat: Chat; readonly gathering: Gathering } | null>();

  constructor(folder: Folder, store: Store) {
    this.#folder = folder;
    this.#store = store;
  }

  add(body: Raw, observations: readonly Observation[]): void {
    const known = this.#of(body);
    if (known === null) return void addTold(this.#store, observations, { chat: body.chat, position: 0, settle: () => undefined });
    const { chat, gathering } = known;
    addCaptured(this.#store, observations, { place: { ...gathering, chat }, metricsAt: body.receivedAt, settle: () => undefined });
  }

  /** What came in without the tag belongs to sessions again. */
  adopt(): void {
    for (const known of this.#gatherings.values()) if (known !== null) this.#store.gatherer.adopt(known.gathering);
  }

  /** null: the chat has no file any more. */
  #of({ chat: slug, session }: Raw): { readonly chat: Chat; readonly gathering: Gathering } | null {
    const name = `${slug}/${session}`;
    const known = this.#gatherings.get(name);
    if (known !== undefined) return known;
    const chat = [NO_CHAT, ...this.#folder.chats].find((one) => one.slug === slug);
    const made = chat === undefined ? null : { chat, gathering: this.#gather(chat, session) };
    this.#gatherings.set(name, made);
    return made;
  }

  #gather(chat: Chat, session: SessionSlug | ""): Gathering {
    if (session === "") return { chat: chat.slug, session: null, from: 0, to: 0, late: 0, start: 0, end: 0, hosts: [] };
    const stored = this.#store.sessions(chat.slug).find(({ slug }) => slug === session)?.window ?? null;
    return gatheringOf(this.#folder.session(chat, session, stored), this.#folder.notes(chat, session).hosts ?? chat.hosts);
  }
}

function readingOf(folder: Folder, { name, format, chat, session }: Raw, store: Store) {
  if (!isFormat(format))
    throw new UserError(`${name} was kept as ${format}, which this Chatscribe cannot read: update Chatscribe; nothing is changed`);
  const known: Chat | undefined = folder.chats.find(({ slug }) => slug === chat);
  const find = finder(() => ({ store }), { slug: chat });
  return { format, chat, session: session === "" ? null : session, zone: known?.schedule.at(-1)?.zone, find };
}

const isFormat = (word: string): word is Format => FORMATS.some((format) => format === word);

/** A part that a removed record could not be cut out of is gone, and others' tweets with it: they are held, but raw tells them no more. */
function refuseLoss(file: string, held: Db, { gone }: Differences): void {
  const cut = cutBodies(held);
  if (gone > 0 && cut > 0)
    throw new UserError(
      `${file}: ${gone} of its tweets stand in no raw file any more (removals cut into ${cut} of them): rebuild would lose them; nothing is changed`,
      EXIT.incomplete,
    );
}
