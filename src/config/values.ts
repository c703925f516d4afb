import type { Handle, PlainDate, SessionSlug, TweetId } from "../model.ts";
import { needsQuotes, quote, refusal, type Scalar, scalarOf, type Value } from "./fields.ts";
import { isDate } from "./zone.ts";

const ID = "the id of a tweet in quotes";

/** A tweet's id. A number is refused: every reader of YAML but this one would round it. */
export function idOf(value: Value): TweetId {
  const scalar = scalarOf(value, ID);
  if (!scalar.quoted && /^\d+$/.test(scalar.text))
    throw refusal(value, `${value.name}: an id is a text; write it in quotes: ${quote(scalar.text)}`);
  if (!isId(scalar)) throw refusal(value, `${value.name} must be ${ID}, as "2412345678", not ${quote(scalar.text)}`);
  return scalar.text;
}

const isId = (scalar: Scalar): boolean => scalar.quoted && /^[1-9]\d{0,19}$/.test(scalar.text);

/** A handle, with or without its @. */
export function handleOf(value: Value): Handle {
  const scalar = scalarOf(value, "a handle");
  if (needsQuotes(scalar)) throw refusal(value, `${value.name}: a handle is a text; write it in quotes: ${quote(scalar.text)}`);
  const handle = scalar.text.replace(/^@/, "");
  if (!/^[A-Za-z0-9_]{1,20}$/.test(handle))
    throw refusal(value, `${value.name}: ${quote(scalar.text)} is no handle; it has letters a to z, digits and _, at most 20`);
  return handle;
}

export function dateOf(value: Value): PlainDate {
  const { text } = scalarOf(value, "a date, as 2009-07-21");
  if (!isDate(text)) throw refusal(value, `${value.name} must be a date, as 2009-07-21, not ${quote(text)}`);
  return text;
}

/** A wall clock `HH:MM`; `9:30` is taken as `09:30`. */
export function timeOf(value: Value): string {
  const { text } = scalarOf(value, 'a time, as "12:00"');
  const time = clock(text);
  if (time === null) throw refusal(value, `${value.name} must be a time from 00:00 to 23:59, as "12:00", not ${quote(text)}`);
  return time;
}

/** A date and a wall clock: `2009-07-21 12:00`. */
export function wallClockOf(value: Value): string {
  const { text } = scalarOf(value, "a date and a time, as 2009-07-21 12:00");
  // 2009-07-21 12:00, 2009-07-21T9:30
  const [, date = "", time = ""] = /^(\S{10})(?:T|\s+)(\S+)$/.exec(text) ?? [];
  const shown = clock(time);
  if (!isDate(date) || shown === null) {
    throw refusal(value, `${value.name} must be a date and a wall clock in the chat's zone, as 2009-07-21 12:00, not ${quote(text)}`);
  }
  return `${date} ${shown}`;
}

// 9:30, 12:00, 23:59
const CLOCK = /^(?:[01]?\d|2[0-3]):[0-5]\d$/;
const clock = (text: string): string | null => (CLOCK.test(text) ? text.padStart(5, "0") : null);

/** `2009-07-21`, or `2009-07-21-1900` for one of several sittings on a day. */
export function isSessionSlug(text: string): text is SessionSlug {
  const [, date = "", time] = /^(\d{4}-\d{2}-\d{2})(?:-(\d{4}))?$/.exec(text) ?? [];
  return isDate(date) && (time === undefined || clock(`${time.slice(0, 2)}:${time.slice(2)}`) !== null);
}

/** A question's label as people see it (`Q2`, `Q1a`, `Q2.5`, `T1`, `BONUS`), or null where the text is none. Case is put right. */
export function labelOf(text: string): string | null {
  if (text.toUpperCase() === "BONUS") return "BONUS";
  // Q2, Q2.5, Q1a, T1
  const [, letter, number, part = ""] = /^([QT])(\d{1,3}(?:\.\d{1,2})?)([a-z]?)$/i.exec(text) ?? [];
  return letter === undefined ? null : `${letter.toUpperCase()}${number}${part.toLowerCase()}`;
}
