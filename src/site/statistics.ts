import type { SessionData } from "./data.ts";
import type { SessionPage } from "./page.ts";
import type { Turnout } from "./rollup.ts";
import { count, list } from "./words.ts";

const MINUTE = 60_000;

/** The session in numbers: who came, how much each question brought, how fast. Sentences. */
export function statistics(page: SessionPage, turnout: Turnout): string[] {
  const first = page.data.previous === null;
  return [people(turnout, first), volume(page)].filter((sentence) => sentence !== "");
}

/** "10 people: 7 here for the first time in this archive, 3 who had been here before." */
function people({ people: all, fresh }: Turnout, first: boolean): string {
  if (all === 0) return "";
  const who = count(all, "person", "people");
  if (first) return `${who}, in the first session of this archive.`;
  const before = all - fresh;
  if (fresh === 0) return `${who}, ${all === 1 ? "who" : "all of whom"} had been here before.`;
  if (before === 0) return `${who}, ${all === 1 ? "" : "all "}for the first time in this archive.`;
  return `${who}: ${fresh} for the first time in this archive, ${before} who had been here before.`;
}

/** "Answers: 12 to Q1, none to Q2 and 3 to side questions; half of them came within 4 minutes of their question." */
function volume({ sections, data }: SessionPage): string {
  const asked = sections.flatMap(({ question, count: number }) => (question === null ? [] : [{ number, label: question.question.label }]));
  if (asked.length === 0) return "";
  const main = asked.filter(({ label }) => label !== "+").map(({ number, label }) => `${number === 0 ? "none" : number} to ${label}`);
  const side = asked.filter(({ label }) => label === "+");
  const aside = side.reduce((sum, { number }) => sum + number, 0);
  const parts = [...main, ...(side.length === 0 ? [] : [`${aside === 0 ? "none" : aside} to ${count(side.length, "side question")}`])];
  const lag = medianLag(data);
  return `Answers: ${list(parts)}${lag === null ? "" : `; half of them came within ${duration(lag)} of their question`}.`;
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
function duration(lag: number): string {
  const minutes = Math.max(1, Math.ceil(lag / MINUTE));
  if (minutes === 1) return "a minute";
  return minutes < 120 ? `${minutes} minutes` : minutes < 2880 ? `${Math.ceil(minutes / 60)} hours` : `${Math.ceil(minutes / 1440)} days`;
}
