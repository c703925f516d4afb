import { NOT_ASKED } from "../archive/coverage.ts";
import type { Coverage, Gap } from "../model.ts";
import type { SessionPage } from "./page.ts";
import type { Words } from "./words/words.ts";

const MINUTE = 60_000;

/** What is known of what was captured, for the foot of the page. Claims no more than is proven. */
export const completeness = (page: SessionPage): string =>
  page.data.coverage === null ? imported(page) : captured(page, page.data.coverage).join(" ");

/** For the top of the page: that it is incomplete, and when; null: nothing is known to be missing. */
export function incompleteness({ data, words, zone }: SessionPage): string | null {
  const { coverage, transcript } = data;
  if (coverage === null || coverage.complete !== false) return null;
  const told = spansOf(coverage.gaps).map((span) =>
    words.say("span", spanOf(words, span, { zone, start: transcript.session.window.start })),
  );
  const spans = words.list(told);
  const what = told.length === 0 ? words.say("unsure") : words.say("mayBeMissingIn", { spans, zone: words.zone(zone) });
  return words.say("endSaysMore", { what: open(words, coverage, what) });
}

function imported({ tweets, voices, words, zone }: SessionPage): string {
  const times = tweets.flatMap(({ time }) => (time === null ? [] : [time]));
  const held = words.say("tweetsFromPeople", heldBy(words, { tweets, voices }));
  const [first, last] = [times[0], times.at(-1)];
  if (tweets.length === 0) return words.say("imported", { held });
  if (first === undefined || last === undefined) return words.say("importedUntimed", { held });
  const sameDay = words.date(zone, first) === words.date(zone, last);
  return words.say("importedTimed", {
    held,
    first: sameDay ? words.clock(zone, first) : timeOnDay(words, zone, first),
    last: timeOnDay(words, zone, last),
    zone: words.zone(zone),
  });
}

const heldBy = (words: Words, { tweets, voices }: Pick<SessionPage, "tweets" | "voices">): { tweets: string; people: string } => ({
  tweets: words.say("tweets", { n: tweets.length }),
  people: words.say("people", { n: voices.length }),
});

function captured(page: SessionPage, coverage: Coverage): string[] {
  const { words } = page;
  return [
    range(page, coverage),
    words.say("hereAre", heldBy(words, page)),
    ...standing(page, coverage),
    ...counts(words, coverage),
    ...(coverage.complete === true ? [words.say("settled")] : []),
    ...missingTweets(words, coverage),
  ];
}

function standing(page: SessionPage, coverage: Coverage): string[] {
  const asked = coverage.nextSweep === null ? [] : pending(page, coverage, coverage.nextSweep);
  return coverage.complete === false ? [...asked, open(page.words, coverage, missingTimes(page, coverage))] : asked;
}

/** What one calls it that something may be missing. */
const open = (words: Words, { nextSweep }: Coverage, what: string): string =>
  words.say(nextSweep === null ? "incomplete" : "notCompleteYet", { what });

/** "Captured from X, from 11:45 to 13:30 on 3 March 2026 in New York, as of 13:31." */
function range({ data, words, zone }: SessionPage, { from, to, at, complete }: Coverage): string {
  const sameDay = words.date(zone, from) === words.date(zone, to);
  const span = {
    from: sameDay ? words.clock(zone, from) : timeOnDay(words, zone, from),
    to: timeOnDay(words, zone, to),
    zone: words.zone(zone),
  };
  if (at === null) return words.say(complete === true ? "complete" : "captured", span);
  const asOf = moment(words, at, { zone, start: data.transcript.session.window.start });
  return words.say(complete === true ? "completeAsOf" : "capturedAsOf", { ...span, at: asOf });
}

/** Late answers are collected until 13:30. X is asked again at 13:01. */
function pending({ data, words, zone }: SessionPage, { at }: Coverage, next: number): string[] {
  const { start, minutes, grace } = data.transcript.session.window;
  const end = start + (minutes + grace) * MINUTE;
  const day = { zone, start };
  return [
    words.say(at !== null && at >= end ? "lateWereCollected" : "lateCollected", { time: moment(words, end, day) }),
    words.say("askedAgain", { time: moment(words, next, day) }),
  ];
}

function missingTimes({ data, words, zone }: SessionPage, { gaps }: Coverage): string {
  const { start } = data.transcript.session.window;
  const spans = spansOf(gaps).map((span) => {
    const why = words.row([...span.why].map((reason) => gapWords(words, reason)));
    return words.say("spanBecause", { ...spanOf(words, span, { zone, start }), why });
  });
  return spans.length === 0 ? words.say("unsure") : words.say("mayBeMissing", { spans: words.list(spans) });
}

/** Reasons of our own in the site's words; what the network said, as it said it. */
function gapWords(words: Words, why: string): string {
  if (why === NOT_ASKED) return words.say("notAsked");
  return why === "interrupted" ? words.say("interrupted") : why;
}

function counts(words: Words, { stored, counted, untagged }: Coverage): string[] {
  const tagged =
    counted === null
      ? words.say("tagHeld", { n: stored })
      : words.say("tagCounted", { n: stored, tweets: words.say("tweets", { n: counted }) });
  return [tagged, ...(untagged === 0 ? [] : [words.say("untagged", { n: untagged })])];
}

function missingTweets(words: Words, { complete, missing }: Coverage): string[] {
  const lost = missing.filter(({ why }) => why !== NOT_ASKED);
  const later = missing.length - lost.length;
  const reasons = [...Map.groupBy(lost, ({ why }) => why)]
    .sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1))
    .map(([why, { length }]) => lostWords(words, why, length));
  return [
    ...(later === 0 ? [] : [words.say("partsNotAsked", { n: later })]),
    ...(lost.length === 0 ? [] : [words.say("partsNotGiven", { n: lost.length, why: words.list(reasons) })]),
    ...(missing.length === 0 && complete === true ? [words.say("partsAllHeld")] : []),
  ];
}

const WHY: ReadonlyMap<string, "whyProtected" | "whySuspended" | "whyDeleted" | "whyUnknown"> = new Map([
  ["protected", "whyProtected"],
  ["suspended", "whySuspended"],
  ["deleted", "whyDeleted"],
  ["unknown", "whyUnknown"],
]);

function lostWords(words: Words, why: string, n: number): string {
  const key = WHY.get(why);
  return key === undefined ? words.say("whyOther", { n, why }) : words.say(key, { n });
}

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

/** The chat's zone, and when the session began: on its own day a time goes without the date. */
interface Day {
  readonly zone: string;
  readonly start: number;
}

const spanOf = (words: Words, { from, to }: Pick<Span, "from" | "to">, day: Day): { from: string; to: string } => ({
  from: moment(words, from, day),
  to: moment(words, to, day),
});

/** 12:31 on the day of the session, 12:31 on 4 March 2026 on any other. */
const moment = (words: Words, time: number, { zone, start }: Day): string =>
  words.date(zone, time) === words.date(zone, start) ? words.clock(zone, time) : timeOnDay(words, zone, time);

const timeOnDay = (words: Words, zone: string, time: number): string =>
  words.say("timeOnDay", { time: words.clock(zone, time), day: words.date(zone, time) });
