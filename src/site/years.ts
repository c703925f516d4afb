import type { ChatData, SessionCard } from "./data.ts";
import { wallClock, zoneAt } from "./time.ts";

/** A chat's sessions by the year they began in, in the chat's zone: newest year and session first. */
export function sessionsByYear({ chat, sessions }: ChatData): ReadonlyMap<number, readonly SessionCard[]> {
  const yearOf = ({ session }: SessionCard) => wallClock(zoneAt(chat, session.window.start), session.window.start).year;
  return Map.groupBy(sessions.toReversed(), yearOf);
}
