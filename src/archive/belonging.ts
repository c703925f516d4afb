import { belongsTo } from "../config/schedule.ts";
import type { Session, SessionWindow, Tweet } from "../model.ts";
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
export function sessionOf(sessions: readonly Session[], { tweet, session: named }: Member): Session | null {
  const inWindow = tweet.time === null ? null : belongsTo(sessions, tweet.time);
  if (inWindow !== null || named === null) return inWindow;
  const session = sessions.find((one) => one.slug === named) ?? null;
  return session !== null && (tweet.time === null || isLateReply(tweet, session.window)) ? session : null;
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
