import { belongsTo, sittingAt } from "../config/schedule.ts";
import type { Chat, Session, Tweet } from "../model.ts";

/** Whether a tweet concerns a chat: it carries one of its tags, or was written in the window of one of its sessions, held or scheduled. */
export function concerns(chat: Chat, sessions: readonly Session[]): (tweet: Tweet) => boolean {
  const own = new Set(chat.tags.map(({ tag }) => tag));
  return ({ tags, time }) =>
    tags.some((tag) => own.has(tag)) || (time !== null && (belongsTo(sessions, time) !== null || sittingAt(chat, time) !== null));
}
