import type { Chat, Rhythm, ScheduleRule } from "../model.ts";
import type { Words } from "./words/words.ts";

const NTH = ["lastOfMonth", "firstOfMonth", "secondOfMonth", "thirdOfMonth", "fourthOfMonth", "fifthOfMonth"] as const;

/** Every Tuesday · Every second Tuesday · The last Friday of the month */
function rhythmWords(words: Words, rhythm: Rhythm): string {
  if (rhythm.kind === "day") return words.say("everyDay");
  if (rhythm.kind === "weekday") return words.say("everyWeekday");
  const weekday = words.weekdayName(rhythm.day);
  if (rhythm.kind === "monthly") return words.say(NTH[Math.max(0, rhythm.nth)] ?? "lastOfMonth", { weekday });
  if (rhythm.weeks > 2) return words.say("everyFewWeeks", { n: rhythm.weeks, weekday });
  return words.say(rhythm.weeks === 1 ? "everyWeek" : "everySecondWeek", { weekday });
}

function ruleWords(words: Words, rule: ScheduleRule): string | null {
  if (rule.every === null || rule.at.length === 0) return null;
  const times = words.list(rule.at.map((at) => words.hour("UTC", Date.parse(`1970-01-01T${at}Z`))));
  const rhythm = rhythmWords(words, rule.every);
  return words.say("meets", { rhythm, times, zone: words.zone(rule.zone), duration: durationWords(words, rule.minutes) });
}

function durationWords(words: Words, minutes: number): string {
  if (minutes % 60 !== 0) return words.say("minutes", { n: minutes });
  return minutes === 60 ? words.say("anHour") : words.say("hours", { n: minutes / 60 });
}

/** When the chat meets, in words: the rules without an end, else the last one. null: it has no rhythm. */
export function scheduleWords(words: Words, chat: Chat): string | null {
  const standing = chat.schedule.filter((rule) => rule.until === null);
  const rules = standing.length > 0 ? standing : chat.schedule.slice(-1);
  const said = rules.map((rule) => ruleWords(words, rule)).filter((rule) => rule !== null);
  return said.length === 0 ? null : said.join("; ");
}
