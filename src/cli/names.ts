import type { Archive } from "../archive/archive.ts";
import { UserError } from "../errors.ts";
import type { Chat, Session, Transcript } from "../model.ts";

export interface NamedSession {
  readonly chat: Chat;
  readonly session: Session;
}

/** `<chat>/<session>` -> its parts; the session is empty where only a chat is named (`tea`, `tea/`). */
export function partsOf(name: string): { readonly chat: string; readonly session: string } {
  const [chat = "", session = "", ...more] = name.replace(/\/$/, "").split("/");
  if (more.length > 0) throw new UserError(`"${name}" is no session: write <chat>/<session>, as ${chat}/${session}`);
  return { chat, session };
}

/** The chat that `<chat>` or `<chat>/<session>` names. */
export const chatNamed = (from: { chat(slug: string): Chat }, name: string): Chat => from.chat(partsOf(name).chat);

/** `<chat>`, `<chat>/<session>` or nothing -> the sessions meant, oldest first, chat by chat. */
export function sessionsNamed(archive: Archive, name: string | undefined): NamedSession[] {
  if (name === undefined) return archive.chats.flatMap((chat) => allOf(archive, chat));
  const chat = chatNamed(archive, name);
  const { session } = partsOf(name);
  return session === "" ? allOf(archive, chat) : [{ chat, session: archive.session(chat, session) }];
}

const allOf = (archive: Archive, chat: Chat): NamedSession[] => archive.sessions(chat).map((session) => ({ chat, session }));

/** `<chat>/<session>` -> that session. `orElse` says what to type where the chat has none. */
export function sessionNamed(archive: Archive, name: string, orElse: (chat: Chat) => string): NamedSession {
  const chat = chatNamed(archive, name);
  const { session } = partsOf(name);
  if (session !== "") return { chat, session: archive.session(chat, session) };
  const last = archive.sessions(chat).at(-1);
  if (last === undefined) throw new UserError(`chat "${chat.slug}" has no session yet; add tweets: ${orElse(chat)}`);
  throw new UserError(`"${name}" is a chat: name one session of it, as ${chat.slug}/${last.slug}`);
}

/** An entry of the notes that matches no tweet: it may come yet. */
export const notHeld = ({ place, what, tweet }: Transcript["unmatched"][number]): string =>
  `${place.file}:${place.line}: ${what} of tweet ${tweet}: not held here (yet); it has no effect`;

/** `1 tweet`, `2 tweets` */
export const many = (n: number, one: string, more = `${one}s`): string => `${grouped(n)} ${n === 1 ? one : more}`;

/** 12,345. Intl would take longer to start than a build with nothing to do. */
export const grouped = (n: number): string => String(n).replaceAll(/\B(?=(?:\d{3})+$)/g, ",");

/** The number that `--port` of a command says. */
export function portOf(command: string, word: unknown): number {
  const port = Number(word);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535 && /^\d+$/.test(String(word))) return port;
  throw new UserError(`${command}: --port must be a number from 0 to 65535, not "${String(word)}"`);
}
