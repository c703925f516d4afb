import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { didYouMean, UserError } from "../errors.ts";
import type { Chat, ChatSlug, Notes, SessionSlug, SiteConfig } from "../model.ts";
import { parseChat, slugFault } from "./chat.ts";
import { parseNotes } from "./notes.ts";
import { DEFAULT_SITE, parseSite } from "./site.ts";
import { isSessionSlug } from "./values.ts";

/** All chats of an archive, by slug. Files are named in messages as the user named the archive. */
export function readChats(dir: string): readonly Chat[] {
  const chats = chatSlugs(dir).map((slug) => readChat(dir, slug));
  refuseTakenSlugs(dir, chats);
  return chats;
}

/** One chat. */
export function readChat(dir: string, slug: ChatSlug): Chat {
  const slugs = chatSlugs(dir);
  if (!slugs.includes(slug)) throw new UserError(`chat ${JSON.stringify(slug)} is not in ${join(dir, "chats")}${nextStep(slug, slugs)}`);
  const file = join(dir, "chats", slug, "chat.md");
  const fault = slugFault(slug);
  if (fault !== null) throw new UserError(`${join(dir, "chats", slug)}: the folder ${JSON.stringify(slug)} ${fault}`);
  if (!existsSync(file)) throw new UserError(`${file} is missing; write it, or make it with: npx chatscribe init`);
  return parseChat(readText(file), file, slug);
}

function nextStep(slug: string, slugs: readonly string[]): string {
  const guess = didYouMean(slug, slugs);
  if (guess !== "") return guess;
  return slugs.length === 0 ? "; make one with: npx chatscribe init" : `; it has ${slugs.join(", ")}`;
}

/** An old slug becomes a page that leads on, so it may be nobody's else. */
function refuseTakenSlugs(dir: string, chats: readonly Chat[]): void {
  const owners = new Map(chats.map(({ slug }) => [slug, slug]));
  for (const { slug, was } of chats) {
    for (const old of was) {
      const owner = owners.get(old);
      if (owner !== undefined)
        throw new UserError(
          `${join(dir, "chats", slug, "chat.md")}: was: ${JSON.stringify(old)} belongs to chat ${JSON.stringify(owner)}; remove it here or there`,
        );
      owners.set(old, slug);
    }
  }
}

/** The names of a chat's files. */
export const chatFiles = (dir: string, { slug }: Pick<Chat, "slug">): readonly string[] => visible(join(dir, "chats", slug));

/** The sessions of a chat that have a file. `names`: of its files. */
export function notedSessions(dir: string, chat: Pick<Chat, "slug">, names = chatFiles(dir, chat)): readonly SessionSlug[] {
  const folder = join(dir, "chats", chat.slug);
  return names.filter((name) => name.endsWith(".md") && name !== "chat.md").map((name) => sessionOf(folder, name));
}

/** What a session's file says. */
export const readNotes = (file: string): Notes => parseNotes(readText(file), file);

function sessionOf(folder: string, name: string): SessionSlug {
  const slug = name.slice(0, -".md".length);
  if (!isSessionSlug(slug))
    throw new UserError(`${join(folder, name)}: a session's file is named by its date, as 2009-07-21.md or 2009-07-21-1900.md; rename it`);
  return slug;
}

/** The site's settings; without site.yml the defaults. */
export function readSite(dir: string): SiteConfig {
  chatsFolder(dir);
  const file = join(dir, "site.yml");
  return existsSync(file) ? parseSite(readText(file), file) : DEFAULT_SITE;
}

const chatSlugs = (dir: string): readonly ChatSlug[] => {
  const folder = chatsFolder(dir);
  return visible(folder).filter((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.isDirectory() === true);
};

/** The folder that makes a folder an archive. */
function chatsFolder(dir: string): string {
  const folder = join(dir, "chats");
  if (existsSync(folder) && statSync(folder).isDirectory()) return folder;
  const why = existsSync(dir) ? "is no archive: it has no chats/ folder" : "does not exist";
  throw new UserError(`${dir} ${why}; make a first chat with: npx chatscribe init, or name another folder with --archive`);
}

/** Names in a folder in a fixed order, without hidden files. */
const visible = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => !name.startsWith("."))
    .sort();

/** Refuses what is not UTF-8. */
export function readText(file: string): string {
  const bytes = readFileSync(file);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) throw new UserError(`${file}: this is not UTF-8 text; save it as UTF-8`);
    throw error;
  }
}
