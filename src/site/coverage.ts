import { NOT_ASKED } from "../archive/coverage.ts";
import type { Coverage, Gap } from "../model.ts";
import type { SessionPage } from "./page.ts";
import { clock, date, zoneWords } from "./time.ts";
import { count, list } from "./words.ts";

const MINUTE = 60_000;

/** What is known of what was captured, for the foot of the page. Claims no more than is proven. */
export const completeness = (page: SessionPage): string =>
  page.data.coverage === null ? imported(page) : captured(page, page.data.coverage).join(" ");

/** For the top of the page: that it is incomplete, and when; null: nothing is known to be missing. */
export function incompleteness({ data, zone }: SessionPage): string | null {
  const { coverage, transcript } = data;
  if (coverage === null || coverage.complete !== false) return null;
  const spans = spansOf(coverage.gaps).map((span) => spanWords(span, zone, transcript.session.window.start));
  const what = spans.length === 0 ? UNSURE : `tweets ${list(spans)} ${zoneWords(zone)} may be missing`;
  return `${open(coverage)}: ${what}. The end of the page says more.`;
}

function imported({ tweets, voices, zone }: SessionPage): string {
  const times = tweets.flatMap(({ time }) => (time === null ? [] : [time]));
  const [first, last] = [times[0], times.at(-1)];
  const moment = (time: number): string => `${clock(zone, time)} on ${date(zone, time)}`;
  const span =
    first === undefined || last === undefined
      ? "their times are not known"
      : `first at ${date(zone, first) === date(zone, last) ? clock(zone, first) : moment(first)}, last at ${moment(last)} ${zoneWords(zone)}`;
  const held = `${count(tweets.length, "tweet")} from ${count(voices.length, "person", "people")}`;
  return `Imported from files: ${held}${tweets.length === 0 ? "" : `, ${span}`}; whether anything is missing is not known.`;
}

function captured(page: SessionPage, coverage: Coverage): string[] {
  const { tweets, voices } = page;
  return [
    range(page, coverage),
    `Here are ${count(tweets.length, "tweet")} from ${count(voices.length, "person", "people")}.`,
    ...standing(page, coverage),
    ...counts(coverage),
    ...(coverage.complete === true ? ["Going through all of it again brought nothing new."] : []),
    ...missingTweets(coverage),
  ];
}

function standing(page: SessionPage, coverage: Coverage): string[] {
  const asked = coverage.nextSweep === null ? [] : [pending(page, coverage, coverage.nextSweep)];
  return coverage.complete === false ? [...asked, `${open(coverage)}: ${missingTimes(page, coverage)}.`] : asked;
}

/** What one calls it that something may be missing. */
const open = ({ nextSweep }: Coverage): string => (nextSweep === null ? "Incomplete" : "Not complete yet");

/** "Captured from X, from 11:45 to 13:30 on 3 March 2026 in New York, as of 13:31." */
function range({ data, zone }: SessionPage, { from, to, at, complete }: Coverage): string {
  const begins = date(zone, from) === date(zone, to) ? clock(zone, from) : `${clock(zone, from)} on ${date(zone, from)}`;
  const asOf = at === null ? "" : `, as of ${moment(zone, at, data.transcript.session.window.start)}`;
  const words = `from X, from ${begins} to ${clock(zone, to)} on ${date(zone, to)} ${zoneWords(zone)}${asOf}`;
  return complete === true ? `Complete: captured ${words}.` : `Captured ${words}.`;
}

/** Late answers are collected until 13:30. X is asked again at 13:01. */
function pending({ data, zone }: SessionPage, { at }: Coverage, next: number): string {
  const { start, minutes, grace } = data.transcript.session.window;
  const end = start + (minutes + grace) * MINUTE;
  const verb = at !== null && at >= end ? "were" : "are";
  return `Late answers ${verb} collected until ${moment(zone, end, start)}. X is asked again at ${moment(zone, next, start)}.`;
}

function missingTimes({ data, zone }: SessionPage, { gaps }: Coverage): string {
  const { start } = data.transcript.session.window;
  const spans = spansOf(gaps).map((span) => `${spanWords(span, zone, start)} (${[...span.why].join(", ")})`);
  return spans.length === 0 ? UNSURE : `tweets ${list(spans)} may be missing`;
}

const UNSURE = "it is not sure that every tweet is here";

function counts({ stored, counted, untagged }: Coverage): string[] {
  const held = `${number(stored)} ${stored === 1 ? "was" : "were"} captured`;
  const tagged = counted === null ? `With the tag ${held}.` : `X counts ${count(counted, "tweet")} with the tag; ${held}.`;
  return [tagged, ...(untagged === 0 ? [] : [`${number(untagged)} more came in without the tag.`])];
}

const number = (value: number): string => value.toLocaleString("en-GB");

function missingTweets({ complete, missing }: Coverage): string[] {
  const lost = missing.filter(({ why }) => why !== NOT_ASKED);
  const later = missing.length - lost.length;
  const words = [...Map.groupBy(lost, ({ why }) => why)]
    .sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1))
    .map(([why, { length }]) => `${number(length)} ${WHY[why] ?? why}`);
  return [
    ...(later === 0 ? [] : [`${count(later, "tweet")} that these answer or quote ${later === 1 ? "was" : "were"} not asked for yet.`]),
    ...(lost.length === 0 ? [] : [`X does not give ${count(lost.length, "tweet")} that these answer or quote: ${list(words)}.`]),
    ...(missing.length === 0 && complete === true ? ["Every tweet that these answer or quote was captured too."] : []),
  ];
}

const WHY: Readonly<Record<string, string>> = {
  protected: "of a protected account",
  suspended: "of a suspended account",
  unknown: "for no reason that it tells",
};

interface Span {
  readonly from: number;
  readonly to: number;
  readonly why: ReadonlySet<string>;
}

/** Gaps as readers see them: in whole minutes, those that touch made one, oldest first. */
function spansOf(gaps: readonly Gap[]): Span[] {
  const spans: Span[] = [];
  for (const gap of gaps.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
    const from = Math.floor(gap.from / MINUTE) * MINUTE;
    const to = Math.max(Math.ceil(gap.to / MINUTE) * MINUTE, from + MINUTE);
    const last = spans.at(-1);
    if (last === undefined || from > last.to) spans.push({ from, to, why: new Set([gap.why]) });
    else spans.splice(-1, 1, { from: last.from, to: Math.max(last.to, to), why: new Set([...last.why, gap.why]) });
  }
  return spans;
}

const spanWords = ({ from, to }: Pick<Span, "from" | "to">, zone: string, start: number): string =>
  `from ${moment(zone, from, start)} to ${moment(zone, to, start)}`;

/** 12:31 on the day of the session, 12:31 on 4 March 2026 on any other. */
const moment = (zone: string, time: number, start: number): string =>
  date(zone, time) === date(zone, start) ? clock(zone, time) : `${clock(zone, time)} on ${date(zone, time)}`;
