import { createHash } from "node:crypto";
import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Archive } from "../archive/archive.ts";
import type { Shelf } from "../store/shelf.ts";
import type { SiteFolder } from "./folder.ts";
import { startOfWeek } from "./week.ts";

/** What a build found out that came to its end: said again while nothing changes. */
interface Told<T> {
  readonly stamp: string;
  readonly told: T;
}

/** A file that was touched less than this many milliseconds ago may be written again without looking touched. */
const YOUNG = 2000;

/** Everything a site is made from, as one word; null: something was touched just now, so that nothing can be said. Reads no session and
 *  no notes. `program`: what all pages are made with. */
export function standOf(archive: Archive, { program, now }: { readonly program: string; readonly now: number }): string | null {
  const hash = createHash("sha256").update(`${program} ${startOfWeek(now)}\n${archive.store.marks.all()}\n`);
  let youngest = 0;
  const look = (name: string): void => {
    const stats = lstatSync(join(archive.dir, name), { throwIfNoEntry: false });
    if (stats === undefined) return;
    hash.update(`${name} ${stats.size} ${stats.mtimeMs} ${stats.ctimeMs}\n`);
    youngest = Math.max(youngest, stats.mtimeMs, stats.ctimeMs);
  };
  look("media");
  for (const { slug } of archive.chats)
    for (const name of readdirSync(join(archive.dir, "chats", slug)).sort()) look(join("chats", slug, name));
  return Date.now() - youngest < YOUNG ? null : hash.digest("hex");
}

interface Stand {
  /** Everything the site is made from. */
  readonly stand: string | null;
  /** The files of the folder's list that are not there. */
  readonly missing: Promise<readonly string[]>;
}

/** What the last build into a folder found out, where nothing has changed since and all its files are there; null: build again. */
export async function stillStands<T>(shelf: Shelf, folder: SiteFolder, { stand, missing }: Stand): Promise<T | null> {
  const fact = shelf.fact(factOf(folder));
  if (fact === null || stand === null) return null;
  const { stamp, told } = JSON.parse(fact) as Told<T>;
  const list = folder.list();
  if (list === null || stamp !== `${stand} ${hashOf(list)}`) return null;
  return (await missing).length === 0 ? told : null;
}

/** Keeps what a build found out. `stand`: as it was before it began. */
export function keepStanding<T>(shelf: Shelf, folder: SiteFolder, { stand, told }: { readonly stand: string; readonly told: T }): void {
  const fact: Told<T> = { stamp: `${stand} ${hashOf(folder.list() ?? "")}`, told };
  shelf.putFact(factOf(folder), JSON.stringify(fact));
}

const factOf = ({ path }: SiteFolder): string => `stands ${path}`;
const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");
