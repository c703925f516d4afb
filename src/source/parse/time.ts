import { instantOf } from "../../config/zone.ts";
import { isId } from "./wire.ts";

// `2015-03-11T01:10:43.953Z`, `2015-03-11 01:10+01:00`
const ISO = /^(\d{4})-(\d{2})-(\d{2})[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})$/;

/** ISO 8601 with a zone (Z or an offset), as milliseconds; null: it is not. Milliseconds are kept, finer digits cut. */
export function isoTime(text: string): number | null {
  const match = ISO.exec(text);
  if (match === null) return null;
  const [, year, month, day] = match;
  // Date.parse takes 30 February for 2 March
  const last = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  const time = Number(day) > last ? Number.NaN : Date.parse(text.replace(" ", "T"));
  return Number.isNaN(time) ? null : time;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
// `Wed Apr 08 03:29:36 +0000 2015`
const V1 = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{2}) (\d{2}):(\d{2}):(\d{2}) ([+-])(\d{2})(\d{2}) (\d{4})$/;

/** The time of X's API v1.1, or ISO 8601, as milliseconds; null: neither. */
export function v1Time(text: string): number | null {
  const match = V1.exec(text);
  if (match === null) return isoTime(text);
  const [, month = "", day, hour, minute, second, sign, zoneHour, zoneMinute, year] = match;
  const offset = (Number(zoneHour) * 60 + Number(zoneMinute)) * (sign === "-" ? -60_000 : 60_000);
  const index = MONTHS.indexOf(month);
  return index === -1 ? null : Date.UTC(Number(year), index, Number(day), Number(hour), Number(minute), Number(second)) - offset;
}

const FIRST_SNOWFLAKE = 29_700_859_247n;
const SNOWFLAKE_EPOCH = 1_288_834_974_657n;

/** When X made this id, as milliseconds; null: older ids say nothing of time. */
export function snowflakeTime(id: string): number | null {
  if (!isId(id)) return null;
  const value = BigInt(id);
  return value > FIRST_SNOWFLAKE ? Number((value >> 22n) + SNOWFLAKE_EPOCH) : null;
}

/** The snowflake's time, which has milliseconds, where it agrees with the stated one within two seconds; else the stated one. */
export function exactTime(id: string, stated: number): number {
  const made = snowflakeTime(id);
  return made !== null && Math.abs(made - stated) <= 2_000 ? made : stated;
}

// `2010-03-04 13:48`, `2010-03-04T13:48:03`
const WALL_ISO = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2}))?$/;
// `3/4/2010 13:48:03`, `03/04/2010, 1:48 PM`
const WALL_SLASHES = /^(\d{1,2})\/(\d{1,2})\/(\d{4}),? (\d{1,2}):(\d{2})(?::(\d{2}))?(?: ?([AP])M)?$/i;

/** Whether a file writes the day before the month (`23/12/2010`), as its dates show; null: none of them does. */
export function dayComesFirst(dates: Iterable<string>): boolean | null {
  for (const date of dates) {
    const [, first = "", second = ""] = WALL_SLASHES.exec(date.trim()) ?? [];
    if (Number(first) > 12) return true;
    if (Number(second) > 12) return false;
  }
  return null;
}

/** The time a clock on the wall of `zone` showed, as milliseconds; null: no such time, or day and month cannot be told apart. */
export function wallTime(text: string, options: { zone: string; dayFirst: boolean | null }): number | null {
  const iso = WALL_ISO.exec(text);
  if (iso !== null) return instant(iso.slice(1), options.zone);
  const [, first = "", second = "", year = "", hour = "", minute = "", seconds = "00", half = ""] = WALL_SLASHES.exec(text) ?? [];
  if (year === "" || (options.dayFirst === null && first !== second)) return null;
  const [day, month] = options.dayFirst === true ? [first, second] : [second, first];
  return instant([year, month, day, hourOfDay(hour, half), minute, seconds], options.zone);
}

/** `1` and `PM` -> `13`; `12` and `AM` -> `0` */
export const hourOfDay = (hour: string, half: string): string =>
  half === "" ? hour : String((Number(hour) % 12) + (half.toUpperCase() === "P" ? 12 : 0));

function instant(parts: readonly (string | undefined)[], zone: string): number | null {
  const [year, month, day, hour, minute, second] = parts.map((part) => (part ?? "00").padStart(2, "0"));
  const wall = `${year}-${month}-${day} ${hour}:${minute}:${second}`;
  return isoTime(`${wall}Z`) === null ? null : instantOf(wall, zone);
}
