import assert from "node:assert/strict";
import { NO_NOTES } from "../../src/config/notes.ts";
import type { Edit, NotedQuestion, Notes, Thread, Transcript, Tweet } from "../../src/model.ts";
import type { SessionInput } from "../../src/thread/board.ts";
import { transcribe } from "../../src/thread/transcript.ts";

/** Noon UTC, the start of every chat here. */
export const NOON = Date.UTC(2020, 0, 7, 12);
const PLACE = { file: "2020-01-07.md", line: 1 };

// `4 bob >2 ^1 =3 @12:05: agreed`: id, author, answers 2, quotes 1, reposts 3, at 12:05
const LINE = /^\s*(\d+) (\w+)(?: >(\d+))?(?: \^(\d+))?(?: =(\d+))?(?: @(\d\d):(\d\d))?: (.*)$/s;

/** A chat as one reads it: one tweet a line, a minute apart from 12:00 unless a time stands there. `\n` is a line break. */
export function chat(text: string): Tweet[] {
  let minute = -1;
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => {
      const match = LINE.exec(line);
      assert.ok(match, `no tweet: ${line}`);
      const [, id = "", author = "", replyTo = null, quotes = null, repostOf = null, hour, min, said = ""] = match;
      minute = hour === undefined ? minute + 1 : (Number(hour) - 12) * 60 + Number(min);
      return tweet({ id, time: NOON + minute * 60_000, text: said.replaceAll("\\n", "\n"), replyTo, quotes, repostOf }, author);
    });
}

export function tweet(known: Partial<Tweet> & Pick<Tweet, "id" | "text">, author: string): Tweet {
  return {
    author: { id: null, handle: author, name: author },
    time: null,
    lang: null,
    replyTo: null,
    replyToUser: null,
    quotes: null,
    repostOf: null,
    conversation: null,
    tags: [],
    mentions: [],
    links: [],
    media: [],
    poll: null,
    edited: null,
    aliases: [],
    local: false,
    heading: null,
    ...known,
  };
}

export const edit = (id: string, said: Omit<Edit, "tweet" | "place">): Edit => ({ tweet: id, place: PLACE, ...said });

export const question = (known: Partial<NotedQuestion>): NotedQuestion => ({
  number: null,
  side: false,
  name: null,
  ask: [],
  text: null,
  at: null,
  by: null,
  place: PLACE,
  ...known,
});

export interface Setting {
  readonly hosts?: readonly string[];
  readonly notes?: Partial<Notes>;
  readonly context?: readonly Tweet[];
  readonly minutes?: number;
}

/** The input of a chat hosted by `host` and `cohost` from 12:00 to 13:00, with fifteen minutes before and thirty after. */
export function input(
  tweets: readonly Tweet[],
  { hosts = ["host", "cohost"], notes = {}, context = [], minutes = 60 }: Setting = {},
): SessionInput {
  const session = { chat: "test", slug: "2020-01-07", window: { start: NOON, minutes, lead: 15, grace: 30 } };
  return { session, zone: "UTC", hosts, notes: { ...NO_NOTES, ...notes }, tweets, untagged: new Set(), context };
}

export const transcript = (text: string, setting?: Setting): Transcript => transcribe(input(chat(text), setting));

/** A transcript as an outline: sections at the margin (a question with the tweets that ask it), threads below. */
export function outline({ sections }: Transcript): string {
  const rows = (threads: readonly Thread[], depth: number): string[] =>
    threads.flatMap(({ tweet: { id }, replies }) => ["  ".repeat(depth) + id, ...rows(replies, depth + 1)]);
  return sections
    .flatMap(({ kind, question: asked, threads }) => [[asked?.label ?? kind, ...(asked?.asks ?? [])].join(" "), ...rows(threads, 1)])
    .join("\n");
}

/** A chat in, an outline out. */
export const check = (text: string, expected: string, setting?: Setting): void =>
  assert.equal(outline(transcript(text, setting)), strip(expected));

/** The placement of one tweet. */
export function placed(text: string, id: string, setting?: Setting) {
  const found = transcript(text, setting).placed.find((p) => p.tweet.id === id);
  assert.ok(found, `tweet ${id} is lost`);
  return found.placement;
}

/** Takes the indent of the first line off every line. */
function strip(text: string): string {
  const lines = text.replace(/^\n/, "").trimEnd().split("\n");
  const indent = /^ */.exec(lines[0] ?? "")?.[0].length ?? 0;
  return lines.map((line) => line.slice(Math.min(indent, line.length - line.trimStart().length))).join("\n");
}
