import type { Heading } from "../export/formats.ts";
import type { Chat, Notes, Session } from "../model.ts";
import { clock, date, dateWithDay, hours, zoneAt } from "./time.ts";

/** `#tag, 21 July 2009`, unless the organiser gave the session a title. */
export function titleOf(chat: Chat, session: Session, notes: Notes): string {
  const { start } = session.window;
  return notes.title ?? `${chat.tags[0]?.label ?? chat.title}, ${date(zoneAt(chat, start), start)}`;
}

/** What a session is called and when it was, in the chat's zone. */
export function headingOf(chat: Chat, session: Session, notes: Notes): Heading {
  const { start, minutes } = session.window;
  const zone = zoneAt(chat, start);
  return {
    title: titleOf(chat, session, notes),
    when: `${dateWithDay(zone, start)}, ${hours(zone, start, minutes)}`,
    clock: (time) => (time === null ? "" : clock(zone, time)),
  };
}
