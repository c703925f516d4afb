import { hash } from "node:crypto";
import { join } from "node:path";
import type { Archive } from "../archive/archive.ts";
import { touchOf } from "../archive/touch.ts";
import type { BuiltSite } from "../store/built.ts";
import type { There } from "./there.ts";
import { startOfWeek } from "./week.ts";

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
  /** What is there in the folder. */
  readonly there: There;
}

/** What the last build into a folder found out, where nothing has changed since, there either; null: build again. */
export function stillStands<T>(known: BuiltSite, { stand, there }: Stand): T | null {
  const told = known.stood()?.told;
  return there.isKnown && there.touched.size === 0 && told?.stand === stand ? (JSON.parse(told.told) as T) : null;
}
