import type { SessionData } from "./data.ts";
import type { SessionPage } from "./page.ts";
import type { Turnout } from "./rollup.ts";
import type { Words } from "./words/words.ts";

const MINUTE = 60_000;

/** The session in numbers: who came, how much each question brought, how fast. Sentences. */
export function statistics(page: SessionPage, turnout: Turnout): string[] {
  const first = page.data.previous === null;
  return [people(page.words, turnout, first), volume(page)].filter((sentence) => sentence !== "");
}

/** "10 people: 7 here for the first time in this archive, 3 who had been here before." */
function people(words: Words, { people: n, fresh }: Turnout, first: boolean): string {
  if (n === 0) return "";
  if (first) return words.say("peopleFirst", { n });
  const before = n - fresh;
  if (fresh === 0) return words.say("peopleReturned", { n });
  return before === 0 ? words.say("peopleNew", { n }) : words.say("peopleMixed", { n, fresh, before });
}

/** "Answers: 12 to Q1, none to Q2 and 3 to side questions; half of them came within 4 minutes of their question." */
function volume({ sections, data, words }: SessionPage): string {
  const asked = sections.flatMap(({ question, count: number }) => (question === null ? [] : [{ number, label: question.question.label }]));
  if (asked.length === 0) return "";
  const counted = (n: number, question: string) => (n === 0 ? words.say("noneTo", { question }) : words.say("answersTo", { n, question }));
  const main = asked.filter(({ label }) => label !== "+").map(({ number, label }) => counted(number, label));
  const side = asked.filter(({ label }) => label === "+");
  const aside = side.reduce((sum, { number }) => sum + number, 0);
  const parts = [...main, ...(side.length === 0 ? [] : [counted(aside, words.say("sideQuestions", { n: side.length }))])];
  const lag = medianLag(data);
  const counts = words.list(parts);
  return lag === null ? words.say("answersCounted", { counts }) : words.say("answersTimed", { counts, time: duration(words, lag) });
}

/** The time in the middle between a question and its answers; replies to answers aside. null: no time is known. */
export function medianLag({ transcript }: SessionData): number | null {
  const lags = transcript.sections
    .flatMap(({ question, threads }) =>
      threads.flatMap(({ tweet }) => (question === null || question.at === null || tweet.time === null ? [] : [tweet.time - question.at])),
    )
    .filter((lag) => lag >= 0)
    .sort((a, b) => a - b);
  return lags[Math.floor((lags.length - 1) / 2)] ?? null;
}

/** Rounded up: what came after 61 seconds came within 2 minutes. */
function duration(words: Words, lag: number): string {
  const minutes = Math.max(1, Math.ceil(lag / MINUTE));
  if (minutes === 1) return words.say("aMinute");
  if (minutes < 120) return words.say("minutes", { n: minutes });
  return minutes < 2880 ? words.say("hours", { n: Math.ceil(minutes / 60) }) : words.say("days", { n: Math.ceil(minutes / 1440) });
}
