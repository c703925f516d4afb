import type { Chat } from "../model.ts";
import type { SessionData } from "./data.ts";
import type { SessionPage } from "./page.ts";
import { nameOf } from "./shown.ts";
import { isoDate, zoneAt } from "./time.ts";
import type { Words } from "./words/words.ts";

/** Cut at a word: for descriptions, where 200 characters are read. */
export function excerpt(text: string, length = 200): string {
  const line = text.replaceAll(/\s+/g, " ").trim(); // "a \n b" -> "a b"
  if (line.length <= length) return line;
  const cut = line.slice(0, length);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), length / 2)).toWellFormed()}…`;
}

/** The chat's hashtag on that day, as its owner writes it: #Chat */
export function tagOf(chat: Chat, time: number | null = null): string {
  const day = time === null ? null : isoDate(zoneAt(chat, time), time);
  const used = chat.tags.find(({ until }) => until === null || (day !== null && day <= until));
  return `#${(used ?? chat.tags[0])?.label.replace(/^#/, "") ?? chat.slug}`;
}

/** An account on X; undefined where the handle is none of X's. */
export const profile = (handle: string): string | undefined =>
  /^[A-Za-z0-9_]{1,20}$/.test(handle) ? `https://x.com/${handle}` : undefined; // "Marc_Meyer", not "marc.example.org"

/** The people of a session by name, where a tweet of theirs tells it. */
export const peopleWords = (words: Words, data: SessionData, handles: readonly string[]): string =>
  words.list(handles.map((handle) => nameOf(data, handle) ?? `@${handle}`));

/** One line for a list of references. */
export function citation(page: SessionPage, link: string): string {
  const { data, words, zone } = page;
  const { start } = data.transcript.session.window;
  const said = { title: data.card.title, tag: tagOf(data.chat, start), day: words.date(zone, start), link };
  if (data.card.hosts.length === 0) return words.say("citation", said);
  return words.say("citationHosted", { ...said, hosts: peopleWords(words, data, data.card.hosts) });
}
