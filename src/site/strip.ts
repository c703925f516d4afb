import { wallClock } from "./time.ts";
import type { Words } from "./words/words.ts";

/** A tweet of the strip. */
export interface Mark {
  readonly time: number;
  readonly host: boolean;
  readonly late: boolean;
}

/** The hour at a glance. Every `x` is in percent of the width. */
export interface Strip {
  readonly questions: readonly { readonly x: number; readonly label: string; readonly anchor: string; readonly named: boolean }[];
  readonly ticks: readonly { readonly x: number; readonly text: string }[];
  /** `level` counts up from the axis. */
  readonly dots: readonly { readonly x: number; readonly level: number; readonly host: boolean; readonly late: boolean }[];
  /** Instead of dots where there are many: tweets, and those of hosts, in equal spans of time. */
  readonly bars: readonly { readonly all: number; readonly hosts: number }[];
}

export interface StripInput {
  readonly words: Words;
  readonly zone: string;
  readonly start: number;
  readonly end: number;
  readonly marks: readonly Mark[];
  readonly questions: readonly { readonly at: number | null; readonly label: string; readonly anchor: string }[];
}

const MINUTE = 60_000;
const HIGHEST = 4;
const BARS = 60;

/** null: no tweet has a time. */
export function stripOf(input: StripInput): Strip | null {
  const { words, zone, marks, questions } = input;
  const times = marks.map(({ time }) => time);
  if (times.length === 0) return null;
  const from = Math.min(input.start, floorMinute(earliest(times)));
  const to = Math.max(input.end, floorMinute(latest(times)) + MINUTE);
  const x = (time: number): number => Math.round((0.6 + (98.8 * (time - from)) / (to - from)) * 10) / 10;
  const dots = stack(marks, x);
  const many = dots.some(({ level }) => level >= HIGHEST) || dots.length > 120;
  return {
    questions: named(
      questions.flatMap(({ at, label, anchor }) => (at === null || at < from || at > to ? [] : [{ x: x(at), label, anchor }])),
    ),
    ticks: ticks(zone, from, to).map((time) => ({
      x: x(time),
      text: to - from > 1440 * MINUTE ? words.dayAndClock(zone, time) : words.clock(zone, time),
    })),
    dots: many ? [] : dots,
    bars: many ? bars(marks, from, to) : [],
  };
}

const floorMinute = (time: number): number => Math.floor(time / MINUTE) * MINUTE;
const earliest = (times: readonly number[]): number => times.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
const latest = (times: readonly number[]): number => times.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);

/** Dots that would hide one another on a phone stand on top of each other. */
function stack(marks: readonly Mark[], x: (time: number) => number): Strip["dots"] {
  const ends: number[] = [];
  return marks
    .toSorted((a, b) => a.time - b.time)
    .map(({ time, host, late }) => {
      const at = x(floorMinute(time));
      const free = ends.findIndex((end) => end <= at);
      const level = free < 0 ? ends.length : free;
      ends[level] = at + 1.5;
      return { x: at, level, host, late };
    });
}

/** Labels of questions asked close together would overlap: side questions give way, then the later. */
function named(questions: readonly Omit<Strip["questions"][number], "named">[]): Strip["questions"] {
  const taken: number[] = [];
  const rank = ({ label }: { readonly label: string }): number => (label === "+" ? 1 : 0);
  const byRank = questions.toSorted((a, b) => rank(a) - rank(b) || a.x - b.x);
  return byRank
    .map((question) => {
      const apart = taken.every((x) => Math.abs(question.x - x) >= 5);
      if (apart) taken.push(question.x);
      return { ...question, named: apart };
    })
    .sort((a, b) => a.x - b.x);
}

function bars(marks: readonly Mark[], from: number, to: number): Strip["bars"] {
  const spans = Array.from({ length: BARS }, () => ({ all: 0, hosts: 0 }));
  for (const { time, host } of marks) {
    const span = spans[Math.min(BARS - 1, Math.floor((BARS * (time - from)) / (to - from)))];
    if (span === undefined) continue;
    span.all++;
    if (host) span.hosts++;
  }
  return spans;
}

const STEPS = [5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10_080, 43_200, 525_600];

/** Round wall-clock times, at most six. */
function ticks(zone: string, from: number, to: number): number[] {
  const step = (STEPS.find((minutes) => (to - from) / MINUTE / minutes <= 6) ?? 525_600) * MINUTE;
  const { hour, minute } = wallClock(zone, from);
  const past = ((hour * 60 + minute) * MINUTE) % step;
  const first = past === 0 ? from : from + step - past;
  return Array.from({ length: Math.floor((to - first) / step) + 1 }, (_, index) => first + index * step);
}
