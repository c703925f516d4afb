import type { Chat, ScheduleRule } from "../model.ts";

/** A moment on the wall clock of a zone. */
export interface Wall {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

/** Making a formatter costs more than using it a hundred times. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat("en-GB-u-ca-gregory-nu-latn", {
    timeZone: zone,
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    hourCycle: "h23",
  });
  formatters.set(zone, made);
  return made;
}

export function wallClock(zone: string, time: number): Wall {
  const parts = new Map<string, string>(
    formatter(zone)
      .formatToParts(time)
      .map(({ type, value }) => [type, value]),
  );
  const number = (type: string): number => Number(parts.get(type));
  return {
    year: number("year"),
    month: number("month"),
    day: number("day"),
    hour: number("hour"),
    minute: number("minute"),
  };
}

const pad = (value: number, length = 2): string => String(value).padStart(length, "0");

/** 12:04, for what speaks no language. */
export function clock(zone: string, time: number): string {
  const { hour, minute } = wallClock(zone, time);
  return `${pad(hour)}:${pad(minute)}`;
}

/** 2009-07-21 */
export function isoDate(zone: string, time: number): string {
  const { year, month, day } = wallClock(zone, time);
  return `${pad(year, 4)}-${pad(month)}-${pad(day)}`;
}

/** 2009-07-21T12:04-04:00: what a machine reads, to the minute. */
export function isoMinute(zone: string, time: number): string {
  const { year, month, day, hour, minute } = wallClock(zone, time);
  const offset = Math.round(Date.UTC(year, month - 1, day, hour, minute) / 60_000) - Math.floor(time / 60_000);
  const size = Math.abs(offset);
  return `${isoDate(zone, time)}T${pad(hour)}:${pad(minute)}${offset < 0 ? "-" : "+"}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
}

/** 2009-07-21T16:04:00Z: a moment as RFC 3339 writes it. */
export const rfc3339 = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`;

/** "New York" of America/New_York; null: UTC, which is no place. */
export const placeOf = (zone: string): string | null =>
  /^(?:Etc\/)?(?:UTC|GMT|Zulu|Universal)$/.test(zone) ? null : zone.slice(zone.lastIndexOf("/") + 1).replaceAll("_", " ");

/** The rule that held at a moment; the chat's zone of then is its zone. The last rule where none did. */
export function zoneAt(chat: Chat, time: number): string {
  const held = chat.schedule.findLast((rule) => holds(rule, isoDate(rule.zone, time)));
  return (held ?? chat.schedule.at(-1))?.zone ?? "UTC";
}

const holds = (rule: ScheduleRule, day: string): boolean => (rule.from ?? "") <= day && (rule.until === null || day <= rule.until);
