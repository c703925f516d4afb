import { hash } from "node:crypto";
import { join } from "node:path";
import type { Archive } from "../archive/archive.ts";
import { touchOf } from "../archive/touch.ts";
import type { Shelf } from "../store/shelf.ts";
import type { Lookout, SiteFolder } from "./folder.ts";
import { startOfWeek } from "./week.ts";

/** What a build found out that came to its end: said again while nothing changes. */
interface Told<T> {
  readonly stamp: string;
  readonly told: T;
}

/** Everything a site is made from, as one word; null: something was touched just now, so that nothing can be said. Reads no session and
 *  no notes. `program`: what all pages are made with. */
export function standOf(archive: Archive, { program, now }: { readonly program: string; readonly now: number }): string | null {
  const made = [`${program} ${startOfWeek(now)}`, archive.store.marks.all()];
  const media = touchOf(join(archive.dir, "media"));
  const chats = archive.chats.map((chat) => [chat.slug, archive.folder.touched(chat)] as const);
  let isYoung = media?.isYoung ?? false;
  made.push(media?.stamp ?? "");
  for (const [slug, files] of chats)
    for (const [name, touch] of files) {
      made.push(`${slug}/${name} ${touch.stamp}`);
      isYoung ||= touch.isYoung;
    }
  return isYoung ? null : hash("sha256", made.join("\n"));
}

interface Stand {
  /** Everything the site is made from. */
  readonly stand: string | null;
  /** Looks which files of the folder's list are there. */
  readonly lookout: Lookout;
}

/** What the last build into a folder found out, where nothing has changed since and all its files are there; null: build again. */
export async function stillStands<T>(shelf: Shelf, folder: SiteFolder, { stand, lookout }: Stand): Promise<T | null> {
  const fact = shelf.fact(factOf(folder));
  if (fact === null || stand === null) return null;
  const { stamp, told } = JSON.parse(fact) as Told<T>;
  if (lookout.list === null || stamp !== `${stand} ${lookout.stamp}`) return null;
  return (await lookout.missing()).length === 0 ? told : null;
}

interface Found<T> {
  /** As it was before the build began. */
  readonly stand: string;
  readonly told: T;
}

/** Keeps what a build found out. */
export function keepStanding<T>(shelf: Shelf, folder: SiteFolder, { stand, told }: Found<T>): void {
  const fact: Told<T> = { stamp: `${stand} ${folder.listStamp()}`, told };
  shelf.putFact(factOf(folder), JSON.stringify(fact));
}

/** Forgets it: before anything of the folder is touched. */
export const forgetStanding = (shelf: Shelf, folder: SiteFolder): void => shelf.dropFact(factOf(folder));

const factOf = ({ path }: SiteFolder): string => `stands ${path}`;
