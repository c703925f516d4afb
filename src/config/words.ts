import type { Chat, Rhythm, ScheduleRule } from "../model.ts";
import { NTH } from "./rhythm.ts";

/** The rule as a reader says it: `Every Tuesday, 12:00 to 13:00 in New York`; of several rules today's, the last. null: no rhythm.
 *  The words are English, as on all pages; the day's name is the site's language's. */
export function scheduleInWords(chat: Chat, language: string): string | null {
  const rule = chat.schedule.at(-1);
  if (rule === undefined || rule.every === null) return null;
  return `${rhythmInWords(rule.every, language)}, ${rule.at.map((time) => hours(time, rule)).join(" and ")} ${placeInWords(rule.zone)}`;
}

function rhythmInWords(rhythm: Rhythm, language: string): string {
  if (rhythm.kind === "day" || rhythm.kind === "weekday") return `Every ${rhythm.kind}`;
  const day = dayInWords(rhythm.day, language);
  if (rhythm.kind === "weekly") return rhythm.weeks === 1 ? `Every ${day}` : `Every ${rhythm.weeks} weeks on ${day}`;
  const nth = Object.entries(NTH).find(([, number]) => number === rhythm.nth)?.[0] ?? "";
  return `Every ${nth} ${day} of the month`;
}

/** 4 January 1970 was a Sunday. */
const dayInWords = (day: number, language: string): string =>
  new Intl.DateTimeFormat(language, { weekday: "long", timeZone: "UTC" }).format(Date.UTC(1970, 0, 4 + day));

/** `12:00 to 13:00`; a chat of several days only begins. */
function hours(time: string, { minutes }: ScheduleRule): string {
  if (minutes >= 1440) return `from ${time}`;
  const end = (Number(time.slice(0, 2)) * 60 + Number(time.slice(3)) + minutes) % 1440;
  return `${time} to ${String(Math.floor(end / 60)).padStart(2, "0")}:${String(end % 60).padStart(2, "0")}`;
}

/** `America/New_York` is "in New York". */
const placeInWords = (zone: string): string =>
  zone === "UTC" || zone === "Etc/UTC" ? "UTC" : `in ${zone.slice(zone.lastIndexOf("/") + 1).replaceAll("_", " ")}`;
