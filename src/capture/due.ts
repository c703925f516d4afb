import type { Archive } from "../archive/archive.ts";
import { boundsOf } from "../archive/belonging.ts";
import { sittingsBetween } from "../config/schedule.ts";
import { sweepsOf } from "../config/sweeps.ts";
import { addDays } from "../config/zone.ts";
import type { Chat, Session } from "../model.ts";
import { isDue } from "./capture.ts";

const DAY = 86_400_000;
/** How far back a search reaches without access to the full archive. */
const REACH = 7 * DAY;

/** Sessions of a chat around now, oldest first: those held or with a file, and the sittings of the schedule that are neither yet. */
export function sessionsAround(archive: Archive, chat: Chat, now: number): Session[] {
  const known = archive.sessions(chat);
  const slugs = new Set(known.map(({ slug }) => slug));
  const day = (time: number): string => new Date(time).toISOString().slice(0, 10);
  const sittings = sittingsBetween(chat, addDays(day(now - REACH), -2), addDays(day(now), 2)).map(
    ({ slug, start, minutes }): Session => ({
      chat: chat.slug,
      slug,
      window: { start, minutes, lead: chat.lead, grace: chat.grace },
    }),
  );
  // a sitting whose hour a session held or with a file fills under another name is that session
  const fresh = sittings.filter(({ slug, window }) => !slugs.has(slug) && known.every((one) => one.window.start !== window.start));
  return [...known, ...fresh].sort((a, b) => a.window.start - b.window.start || (a.slug < b.slug ? -1 : 1));
}

/** The sessions with a sweep that has fallen due. */
export const dueSessions = (archive: Archive, chat: Chat, now: number): Session[] =>
  sessionsAround(archive, chat, now).filter((session) => isDue(archive, session, now, REACH));

/** The session to follow: whose window is open or opens within `ahead` milliseconds, the first of them. */
export function sessionToFollow(archive: Archive, chat: Chat, { now, ahead }: { now: number; ahead: number }): Session | null {
  const near = sessionsAround(archive, chat, now).filter(({ window }) => {
    const last = sweepsOf(window).at(-2) ?? 0;
    return boundsOf(window).from <= now + ahead && now < last;
  });
  return near[0] ?? null;
}

/** The session that is meant when only the chat is named: the one that is on, else the last that began; null: none within reach. */
export const currentSession = (archive: Archive, chat: Chat, now: number): Session | null =>
  sessionsAround(archive, chat, now).findLast(({ window }) => boundsOf(window).from <= now) ?? null;
