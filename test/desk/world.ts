import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Archive } from "../../src/archive/archive.ts";
import { Desk, type NotesFile } from "../../src/desk/desk.ts";
import { type Shown, stand, type Where } from "../../src/desk/session.ts";
import { siteConfig } from "../../src/site/theme.ts";
import { copyOf, emptyWorld, NIGHT, type } from "../cli/world.ts";
import { line, write } from "../helpers.ts";

/** A night with something of everything: two questions, a doubtful number, a side question, spam, a welcome. */
const DOUBTFUL_NIGHT = [
  ...NIGHT,
  line({ id: "107", author: "cyn", time: 23, text: "A2 tea, and then <b>milk</b> #teachat" }),
  line({ id: "110", author: "bob", time: 25, text: "A1 mine is black #teachat", replyTo: "106" }),
  line({ id: "111", author: "dot", time: 26, text: "does anybody warm the pot? #teachat" }),
].join("");

const made = (async () => {
  const cwd = emptyWorld();
  write(cwd, "tweets.jsonl", DOUBTFUL_NIGHT);
  const { code, err } = await type(["import", "tweets.jsonl", "--chat", "teachat", "--archive", "data"], cwd);
  if (code !== 0) throw new Error(err);
  return cwd;
})();

/** A copy of the night's archive; its folder. */
export const nightArchive = async (): Promise<string> => join(copyOf(await made), "data");

export const FILE = "chats/teachat/2026-03-03.md";

/** The night, opened. Close its archive. */
export async function openNight(): Promise<Where> {
  const dir = await nightArchive();
  const archive = Archive.open(dir);
  return { archive, chat: archive.chat("teachat"), slug: "2026-03-03", config: await siteConfig(dir) };
}

/** A desk over a file that is only a text. */
export function deskOf(where: Where, text: string | null): { readonly desk: Desk<Shown>; readonly file: NotesFile } {
  let now = text;
  const file: NotesFile = {
    name: "f.md",
    read: () => now,
    write: (next) => {
      now = next;
    },
  };
  return { file, desk: new Desk({ file, stand: (notes, exists) => stand(where, notes, exists) }) };
}

/** A hand edit of a file on the disk. */
export const edit = (file: string, change: (text: string) => string): void => writeFileSync(file, change(readFileSync(file, "utf8")));
