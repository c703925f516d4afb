import { statSync } from "node:fs";
import { isAbsolute, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { Context, Effects } from "./command.ts";

/** The program's own folder. */
export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** A path as the user typed it, seen from the process's own folder. */
export function inCwd(effects: Effects, path: string): string {
  if (isAbsolute(path)) return path;
  return relative(process.cwd(), join(effects.cwd, path)) || ".";
}

/** A folder of the clone, whichever folder inside it the command is typed in. */
export const besideProgram = (name: string): string => relative(process.cwd(), join(ROOT, name)) || ".";

/** ` --archive DIR` where it is not the default, for the hint of what to type next. */
export const archiveFlag = (context: Context): string => flag("archive", context.options.archive);
export const outFlag = (context: Context): string => flag("out", context.options.out);

const flag = (name: string, value: unknown): string => (typeof value === "string" ? ` --${name} ${shellWord(value)}` : "");

/** A word as a shell takes it: `my chats` -> `'my chats'`. */
export const shellWord = (word: string): string => (/^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

/** What to type to add tweets to a chat. */
export const importHint = (context: Context, chat: string): string => `npx chatscribe import <file> --chat ${chat}${archiveFlag(context)}`;

/** Where the site is: `--out`, else site/ of the clone. */
export const outOf = (context: Context): string =>
  typeof context.options.out === "string" ? inCwd(context.effects, context.options.out) : besideProgram("site");

export const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
