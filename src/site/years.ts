import type { Chat, Session } from "../model.ts";
import { wallClock, zoneAt } from "./time.ts";

/** A chat's sessions by the year they began in, in the chat's zone: newest year and session first. `sessions`: oldest first. */
export function sessionsByYear<T extends { readonly session: Session }>(
  chat: Chat,
  sessions: readonly T[],
): ReadonlyMap<number, readonly T[]> {
  const yearOf = ({ session: { window } }: T): number => wallClock(zoneAt(chat, window.start), window.start).year;
  return Map.groupBy(sessions.toReversed(), yearOf);
}
