import type { Chat, ScheduleRule } from "../model.ts";

/** A moment on the wall clock of a zone. */
export interface Wall {
  readonly weekday: string;
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

const MONTHS = "January February March April May June July August September October November December".split(" ");

/** Making a formatter costs more than using it a hundred times. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat("en-GB-u-ca-gregory-nu-latn", {
    timeZone: zone,
    weekday: "long",
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
    weekday: parts.get("weekday") ?? "",
    year: number("year"),
    month: number("month"),
    day: number("day"),
    hour: number("hour"),
    minute: number("minute"),
  };
}

const pad = (value: number, length = 2): string => String(value).padStart(length, "0");

/** 12:04 */
export function clock(zone: string, time: number): string {
  const { hour, minute } = wallClock(zone, time);
  return `${pad(hour)}:${pad(minute)}`;
}

/** 21 July 2009 */
export function date(zone: string, time: number): string {
  const { day, month, year } = wallClock(zone, time);
  return `${day} ${MONTHS[month - 1]} ${year}`;
}

/** Tuesday 21 July 2009 */
export const dateWithDay = (zone: string, time: number): string => `${wallClock(zone, time).weekday} ${date(zone, time)}`;

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

/** noon, midnight, 1 pm, 7:30 am */
export function hourWords(hour: number, minute: number): string {
  if (minute === 0 && hour === 12) return "noon";
  if (minute === 0 && hour === 0) return "midnight";
  return `${hour % 12 || 12}${minute === 0 ? "" : `:${pad(minute)}`} ${hour < 12 ? "am" : "pm"}`;
}

const hourAt = (zone: string, time: number): string => hourWords(wallClock(zone, time).hour, wallClock(zone, time).minute);

/** "in New York" for America/New_York; "UTC" for UTC. */
export const zoneWords = (zone: string): string =>
  /^(?:Etc\/)?(?:UTC|GMT|Zulu|Universal)$/.test(zone) ? "UTC" : `in ${zone.slice(zone.lastIndexOf("/") + 1).replaceAll("_", " ")}`;

/** noon to 1 pm in New York (16:00 to 17:00 UTC). Where the date in UTC is another, its day is named too. */
export function hours(zone: string, start: number, minutes: number): string {
  const end = start + minutes * 60_000;
  const local = `${hourAt(zone, start)} to ${hourAt(zone, end)} ${zoneWords(zone)}`;
  if (zoneWords(zone) === "UTC") return local;
  const day = isoDate(zone, start) === isoDate("UTC", start) ? "" : `${wallClock("UTC", start).weekday} `;
  return `${local} (${day}${clock("UTC", start)} to ${clock("UTC", end)} UTC)`;
}

/** The rule that held at a moment; the chat's zone of then is its zone. The last rule where none did. */
export function zoneAt(chat: Chat, time: number): string {
  const held = chat.schedule.findLast((rule) => holds(rule, isoDate(rule.zone, time)));
  return (held ?? chat.schedule.at(-1))?.zone ?? "UTC";
}

const holds = (rule: ScheduleRule, day: string): boolean => (rule.from ?? "") <= day && (rule.until === null || day <= rule.until);
