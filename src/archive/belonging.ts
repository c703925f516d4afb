import { belongsTo } from "../config/schedule.ts";
import type { Session, SessionSlug, SessionWindow, Tweet } from "../model.ts";
import type { Member } from "../store/store.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;

/** [start - lead, end + grace) of a session. */
export const boundsOf = ({ start, minutes, lead, grace }: SessionWindow): { readonly from: number; readonly to: number } => ({
  from: start - lead * MINUTE,
  to: start + (minutes + grace) * MINUTE,
});

/** The one of a chat's sessions that a tweet belongs to; null: it lies outside. The windows decide; where they cannot (no time,
 *  or a reply within a day after the window) the session that its source named. */
export function sessionOf(sessions: readonly Session[], { tweet, session: named }: Pick<Member, "tweet" | "session">): Session | null {
  const inWindow = tweet.time === null ? null : belongsTo(sessions, tweet.time);
  if (inWindow !== null || named === null) return inWindow;
  const session = sessions.find((one) => one.slug === named) ?? null;
  return session !== null && (tweet.time === null || isLateReply(tweet, session.window)) ? session : null;
}

/** Like sessionOf, for what is left of a removed tweet: whether it was a reply is not known any more. */
export function belongingOf(
  sessions: readonly Session[],
  { time, session: named }: { readonly time: number | null; readonly session: SessionSlug | null },
): Session | null {
  const inWindow = time === null ? null : belongsTo(sessions, time);
  return inWindow ?? (named === null ? null : (sessions.find((one) => one.slug === named) ?? null));
}

function isLateReply({ replyTo, time }: Tweet, window: SessionWindow): boolean {
  const { to } = boundsOf(window);
  return replyTo !== null && time !== null && to <= time && time < to + DAY;
}

/** The sessions that can claim a tweet of this one's window or of the day after it. */
export function neighbours(sessions: readonly Session[], { window }: Session): readonly Session[] {
  const { from, to } = boundsOf(window);
  return sessions.filter((other) => {
    const bounds = boundsOf(other.window);
    return bounds.from < to + DAY && bounds.to > from;
  });
}
