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

/** The sessions that can claim a tweet of this one's window or of the day after it, in their order. */
export function neighbours(sessions: readonly Session[], { window }: Session): readonly Session[] {
  const { from, to } = boundsOf(window);
  const days = daysOf(sessions);
  const near = new Set(daysFrom(from, to + DAY).flatMap((day) => days.get(day) ?? []));
  return [...near]
    .sort((a, b) => a - b)
    .flatMap((place) => sessions[place] ?? [])
    .filter((other) => {
      const bounds = boundsOf(other.window);
      return bounds.from < to + DAY && bounds.to > from;
    });
}

/** Whether one of these windows may be that of a neighbour. */
export function besideAny(windows: readonly SessionWindow[]): (session: Session) => boolean {
  const days = new Set(windows.map(boundsOf).flatMap(({ from, to }) => daysFrom(from, to)));
  return ({ window }) => {
    const { from, to } = boundsOf(window);
    for (let day = Math.floor(from / DAY); day <= Math.floor((to + DAY) / DAY); day++) if (days.has(day)) return true;
    return false;
  };
}

/** The places of the sessions whose windows touch a day of UTC: to look at all sessions for each of them would take their square. */
const daysOf = kept((sessions) => {
  const days = new Map<number, number[]>();
  for (const [place, { window }] of sessions.entries()) {
    const { from, to } = boundsOf(window);
    for (const day of daysFrom(from, to)) {
      const places = days.get(day);
      if (places === undefined) days.set(day, [place]);
      else places.push(place);
    }
  }
  return days;
});

function daysFrom(from: number, to: number): number[] {
  const first = Math.floor(from / DAY);
  return Array.from({ length: Math.floor(to / DAY) - first + 1 }, (_, index) => first + index);
}

function kept<T>(make: (sessions: readonly Session[]) => T): (sessions: readonly Session[]) => T {
  const known = new WeakMap<readonly Session[], T>();
  return (sessions) => {
    const made = known.get(sessions) ?? make(sessions);
    known.set(sessions, made);
    return made;
  };
}
