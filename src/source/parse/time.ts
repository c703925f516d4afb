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
