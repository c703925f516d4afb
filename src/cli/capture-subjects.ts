import type { Archive } from "../archive/archive.ts";
import { boundsOf } from "../archive/belonging.ts";
import type { Subject } from "../capture/capture.ts";
import { UserError } from "../errors.ts";
import type { Chat, Session } from "../model.ts";
import type { Asked } from "./capture-options.ts";
import { captureLines, zoneOf } from "./capture-words.ts";
import type { Context } from "./command.ts";
import { partsOf } from "./names.ts";
import { archiveFlag } from "./paths.ts";

const MINUTE = 60_000;
const WEEK = 7 * 24 * 60 * MINUTE;
/** `--due --follow` waits for a window that opens so soon: what calls it on time is often late (capture.md, recipes). */
const AHEAD = 90 * MINUTE;

/** A subject, and whether it is followed. */
export type Planned = Subject & { readonly following: boolean };

/** What is to be captured: what was named, or what has fallen due. Throws UserError where there is nothing that can be. */
export async function subjectsOf(context: Context, archive: Archive, asked: Asked): Promise<readonly Planned[]> {
  const { dueSessions, sessionToFollow } = await import("../capture/due.ts");
  const now = context.effects.clock.now();
  const [name] = context.words;
  if (!asked.due) return [await subjectOf(context, archive, asked)];
  const { chats, only } = named(archive, name);
  const planned: Planned[] = [];
  for (const chat of chats) {
    const wanted = (session: Session): boolean => only === null || session.slug === only;
    const following = asked.follow ? sessionToFollow(archive, chat, { now, ahead: AHEAD }) : null;
    for (const session of dueSessions(archive, chat, now).filter(wanted))
      if (session.slug !== following?.slug) planned.push({ chat, session, range: null, following: false });
    if (following !== null && wanted(following)) planned.push({ chat, session: following, range: null, following: true });
  }
  return planned;
}

function named(archive: Archive, name: string | undefined): { chats: readonly Chat[]; only: string | null } {
  if (name === undefined) return { chats: archive.chats, only: null };
  const { chat, session } = partsOf(name);
  return { chats: [archive.chat(chat)], only: session === "" ? null : session };
}

async function subjectOf(context: Context, archive: Archive, { range, follow }: Asked): Promise<Planned> {
  const { currentSession, sessionToFollow, sessionsAround } = await import("../capture/due.ts");
  const now = context.effects.clock.now();
  const { chats, only } = named(archive, context.words[0]);
  const [chat, second] = chats;
  if (chat === undefined) throw new UserError("capture: there is no chat yet: npx chatscribe init");
  if (second !== undefined)
    throw new UserError(
      `capture: say which chat, one of ${chats.map(({ slug }) => slug).join(", ")}, or --due for all that has fallen due`,
    );
  if (range !== null && only === null) return refuseFuture(context, { chat, session: null, range, following: false }, now);
  const next = only === null && follow ? sessionToFollow(archive, chat, { now, ahead: WEEK }) : null;
  const session =
    only === null
      ? (next ?? currentSession(archive, chat, now))
      : (sessionsAround(archive, chat, now).find(({ slug }) => slug === only) ?? archive.folder.session(chat, only, null));
  if (session === null)
    throw new UserError(
      `capture: chat "${chat.slug}" had no session in the last week: name one, as ${chat.slug}/2026-11-17, or write the chat's schedule`,
    );
  return refuseFuture(context, { chat, session, range, following: follow && range === null }, now);
}

function refuseFuture(context: Context, subject: Planned, now: number): Planned {
  const from = subject.range?.from ?? (subject.session === null ? now : boundsOf(subject.session.window).from);
  if (from < now || subject.following) return subject;
  throw new UserError(
    `capture: ${captureLines.subject(subject)} begins ${captureLines.when(from, zoneOf(subject))}: nothing can be captured yet; npx chatscribe capture --due${archiveFlag(context)} takes it when it is over, --follow waits for it`,
  );
}
