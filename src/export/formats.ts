import type { Question, Section, SectionKind, Thread, Transcript } from "../model.ts";
import { csvRow } from "../text/csv.ts";
import { markdownText, oneLine } from "../text/plain.ts";
import { type ErasedRecord, type ExportRecord, erasedOf, recordsOf } from "./record.ts";

/** What a person needs to name a session. Times are of the chat's zone. */
export interface Heading {
  readonly title: string;
  /** `Tuesday 21 July 2009, noon to 1 pm in New York (…)` */
  readonly when: string;
  /** `12:04`; empty where the time is unknown. */
  clock(time: number | null): string;
  /** What sections outside the questions are called. */
  readonly sections: Readonly<Record<Exclude<SectionKind, "question">, string>>;
  /** Where a question has none. */
  readonly noAnswers: string;
}

/** One format of `export`: a session whole, as text. */
export type Formatter = (transcript: Transcript, heading: Heading) => string;

export const FORMATS: Readonly<Record<"jsonl" | "json" | "csv" | "md" | "txt", Formatter>> = {
  jsonl: (transcript) => [...recordsOf(transcript), ...erasedOf(transcript)].map((record) => `${JSON.stringify(record)}\n`).join(""),
  json: (transcript) => jsonOf<ExportRecord | ErasedRecord>([...recordsOf(transcript), ...erasedOf(transcript)]),
  csv: (transcript) => csvOf(recordsOf(transcript)),
  md: markdown,
  txt: plain,
};

export const jsonOf = <T>(records: readonly T[]): string => `${JSON.stringify(records, null, 1)}\n`;

/** One row for each record, the keys of the first above them; `heading` is no column. */
export function csvOf(records: readonly Readonly<Record<string, unknown>>[]): string {
  const [first] = records;
  if (first === undefined) return "";
  const keys = Object.keys(first).filter((key) => key !== "heading");
  return [csvRow(keys), ...records.map((record) => csvRow(keys.map((key) => flat(record[key]))))].join("");
}

/** Lists of words are joined by spaces; what is deeper stays JSON. */
function flat(value: unknown): string | number | boolean | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value.join(" ");
  return Array.isArray(value) && value.length === 0 ? null : JSON.stringify(value);
}

const titleOf = ({ sections }: Heading, { kind, question }: Section): string =>
  question === null ? (kind === "question" ? "" : sections[kind]) : headed(question);

/** `Q1 Who?`, once: notes may give a text that begins with its number. */
const headed = ({ label, text }: Question): string => (text.startsWith(label) ? text : `${label} ${text}`.trim());

/** The tweets that ask a section's question, as far as they are shown. */
const asksOf = ({ placed }: Transcript, { question }: Section): Thread[] =>
  question === null
    ? []
    : placed
        .filter(({ tweet, placement }) => question.asks.includes(tweet.id) && !placement.hidden)
        .map(({ tweet, placement }) => ({ tweet, placement, replies: [] }));

function markdown(transcript: Transcript, heading: Heading): string {
  const lines = (threads: readonly Thread[], depth: number): string[] =>
    threads.flatMap(({ tweet, replies }) => [
      `${"  ".repeat(depth)}- **@${markdownText(tweet.author.handle)}** ${[heading.clock(tweet.time), markdownText(tweet.text)].filter(Boolean).join(" ")}`,
      ...lines(replies, depth + 1),
    ]);
  const sections = transcript.sections.map((s) => {
    const asked = lines(asksOf(transcript, s), 0);
    const answers = s.threads.length === 0 ? [heading.noAnswers] : lines(s.threads, 0);
    return [`## ${markdownText(titleOf(heading, s))}`, "", ...asked, ...(asked.length === 0 ? [] : [""]), ...answers, ""].join("\n");
  });
  return [`# ${markdownText(heading.title)}`, "", markdownText(heading.when), "", ...sections].join("\n");
}

/** Every line: handle, time, text. Replies are indented. */
function plain(transcript: Transcript, heading: Heading): string {
  const lines = (threads: readonly Thread[], depth: number): string[] =>
    threads.flatMap(({ tweet, replies }) => [
      `${"  ".repeat(depth)}${[`@${tweet.author.handle}`, heading.clock(tweet.time), oneLine(tweet.text)].filter(Boolean).join(" ")}`,
      ...lines(replies, depth + 1),
    ]);
  const sections = transcript.sections.map((s) =>
    [oneLine(titleOf(heading, s)), "", ...lines([...asksOf(transcript, s), ...s.threads], 0), ""].join("\n"),
  );
  return [oneLine(heading.title), heading.when, "", ...sections].join("\n");
}
