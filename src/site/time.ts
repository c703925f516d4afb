import { shownAsUtc } from "../config/zone.ts";
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

export function wallClock(zone: string, time: number): Wall {
  const shown = new Date(shownAsUtc(time, zone));
  return {
    year: shown.getUTCFullYear(),
    month: shown.getUTCMonth() + 1,
    day: shown.getUTCDate(),
    hour: shown.getUTCHours(),
    minute: shown.getUTCMinutes(),
  };
}

const pad = (value: number, length = 2): string => String(value).padStart(length, "0");

/** 12:04, for what speaks no language. */
export function clock(zone: string, time: number): string {
  const { hour, minute } = wallClock(zone, time);
  return `${pad(hour)}:${pad(minute)}`;
}

/** 2009-07-21 */
export const isoDate = (zone: string, time: number): string => dateOf(wallClock(zone, time));

const dateOf = ({ year, month, day }: Wall): string => `${pad(year, 4)}-${pad(month)}-${pad(day)}`;

/** 2009-07-21T12:04-04:00: what a machine reads, to the minute. */
export function isoMinute(zone: string, time: number): string {
  const wall = wallClock(zone, time);
  const { year, month, day, hour, minute } = wall;
  const offset = Math.round(Date.UTC(year, month - 1, day, hour, minute) / 60_000) - Math.floor(time / 60_000);
  const size = Math.abs(offset);
  return `${dateOf(wall)}T${pad(hour)}:${pad(minute)}${offset < 0 ? "-" : "+"}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
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
