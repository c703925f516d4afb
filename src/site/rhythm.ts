import type { Chat, Rhythm, ScheduleRule } from "../model.ts";
import { hourWords, zoneWords } from "./time.ts";

const DAYS = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split(" ");
const ORDINALS = ["", "first", "second", "third", "fourth", "fifth"];

/** Every Tuesday · Every second Tuesday · The last Friday of the month */
function rhythmWords(rhythm: Rhythm): string {
  switch (rhythm.kind) {
    case "day":
      return "Every day";
    case "weekday":
      return "Every weekday, Monday to Friday,";
    case "weekly":
      if (rhythm.weeks === 1) return `Every ${DAYS[rhythm.day]}`;
      return rhythm.weeks === 2 ? `Every second ${DAYS[rhythm.day]}` : `Every ${rhythm.weeks} weeks on ${DAYS[rhythm.day]}`;
    case "monthly":
      return `The ${rhythm.nth === -1 ? "last" : ORDINALS[rhythm.nth]} ${DAYS[rhythm.day]} of the month`;
  }
}

function ruleWords(rule: ScheduleRule): string | null {
  if (rule.every === null || rule.at.length === 0) return null;
  const times = rule.at.map((at) => hourWords(Number(at.slice(0, 2)), Number(at.slice(3, 5)))).join(" and ");
  return `${rhythmWords(rule.every)} at ${times} ${zoneWords(rule.zone)}, for ${durationWords(rule.minutes)}`;
}

function durationWords(minutes: number): string {
  if (minutes % 60 !== 0) return `${minutes} minutes`;
  return minutes === 60 ? "an hour" : `${minutes / 60} hours`;
}

/** When the chat meets, in words: the rules without an end, else the last one. null: it has no rhythm. */
export function scheduleWords(chat: Chat): string | null {
  const standing = chat.schedule.filter((rule) => rule.until === null);
  const words = (standing.length > 0 ? standing : chat.schedule.slice(-1)).map(ruleWords).filter((rule) => rule !== null);
  return words.length === 0 ? null : words.join("; ");
}
