import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Archive } from "../archive/archive.ts";
import type { Folder } from "../archive/folder.ts";
import { chatNamed } from "./names.ts";

/** What the owner wrote, read and checked: of the chat that `name` (`<chat>` or `<chat>/<session>`) names, else of all.
 *  Mistakes are told here, before anything is made. */
export async function openFolder(dir: string, name?: string): Promise<Folder> {
  const { Folder } = await import("../archive/folder.ts");
  const folder = new Folder(dir);
  const isNew = !existsSync(join(dir, "archive.db"));
  for (const chat of name === undefined ? folder.chats : [chatNamed(folder, name)]) {
    for (const slug of folder.noted(chat)) {
      folder.notes(chat, slug);
      // Where something is held the store may know a start that neither the file nor the schedule says.
      if (isNew) folder.session(chat, slug, null);
    }
  }
  return folder;
}

/** The archive, opened once its folder is known to be sound. */
export async function openArchive(dir: string, name?: string): Promise<Archive> {
  const folder = await openFolder(dir, name);
  const { Archive } = await import("../archive/archive.ts");
  return new Archive(folder);
}
