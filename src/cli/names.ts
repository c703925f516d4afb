import type { Archive } from "../archive/archive.ts";
import { UserError } from "../errors.ts";
import type { Chat, Session } from "../model.ts";

/** `<chat>`, `<chat>/<session>` or nothing -> the sessions meant, oldest first, chat by chat. */
export function sessionsNamed(archive: Archive, name: string | undefined): { readonly chat: Chat; readonly session: Session }[] {
  if (name === undefined) return archive.chats.flatMap((chat) => archive.sessions(chat).map((session) => ({ chat, session })));
  const [chatName = "", slug, ...more] = name.split("/");
  if (more.length > 0) throw new UserError(`"${name}" is no session: write <chat>/<session>, as socialmedia/2009-07-21`);
  const chat = archive.chat(chatName);
  return (slug === undefined || slug === "" ? archive.sessions(chat) : [archive.session(chat, slug)]).map((session) => ({ chat, session }));
}

/** `<chat>/<session>` -> that session. */
export function sessionNamed(archive: Archive, name: string): { readonly chat: Chat; readonly session: Session } {
  if (!name.includes("/")) {
    const chat = archive.chat(name);
    const last = archive.sessions(chat).at(-1)?.slug ?? "2009-07-21";
    throw new UserError(`"${name}" is a chat: name one session of it, as ${name}/${last}`);
  }
  const [found] = sessionsNamed(archive, name);
  if (found === undefined) throw new UserError(`"${name}" is no session`);
  return found;
}

/** `1 tweet`, `2 tweets` */
export const many = (n: number, one: string, more = `${one}s`): string => `${n.toLocaleString("en")} ${n === 1 ? one : more}`;
