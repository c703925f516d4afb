import { isUtf8 } from "node:buffer";
import { blockCutter, type Cutter, csvCutter, entryCutter, lineCutter, objectCutter } from "./cut.ts";
import { splitCsv } from "./parse/csv.ts";
import { BLOCK } from "./parse/markdown.ts";
import { findHeader } from "./parse/sheet.ts";
import { isTchat, isTime } from "./parse/tchat.ts";
import { readLine } from "./parse/text.ts";
import { BadRecord, isWire, type Wire } from "./parse/wire.ts";
import { isPage } from "./parse/x-v2.ts";
import { isZip } from "./zip.ts";

/** What can be imported. */
export const FORMATS = [
  "chatscribe-jsonl",
  "x-v2-json",
  "twarc-v1-json",
  "twarc-v1-csv",
  "x-archive",
  "sheet-csv",
  "web-exporter-json",
  "markdown",
  "tchat",
  "text",
] as const;
export type Format = (typeof FORMATS)[number];

/** How much of a file's beginning is looked at. */
export const SAMPLE = 64 * 1024;

/** Length of the byte order mark some programs write first: 3 or 0. */
const markLength = (bytes: Uint8Array): number => (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0);

/** Why a file that begins like this cannot be read as text, and what to do; null: it can. */
export function unreadable(sample: Buffer): string | null {
  const [first, second] = sample;
  if (isZip(sample)) return "is a zip file inside another: unpack it first";
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return "is UTF-16: save it as UTF-8 and import that";
  if (sample.includes(0))
    return zeroes(sample) > 0.2 ? "is UTF-16 or binary: save it as UTF-8 text and import that" : "is a binary file, not text";
  if (!isUtf8(wholeCharacters(sample))) return "is not UTF-8: save it as UTF-8 and import that";
  return null;
}

const zeroes = (bytes: Buffer): number => bytes.reduce((count, byte) => count + (byte === 0 ? 1 : 0), 0) / bytes.length;

/** Without a character the end of the sample cut in two: at most 3 bytes. */
function wholeCharacters(sample: Buffer): Buffer {
  if (sample.length < SAMPLE) return sample;
  for (let back = 1; back <= 4; back++) {
    const byte = sample[sample.length - back] ?? 0;
    if (byte >= 0xc0) return sample.subarray(0, sample.length - back);
    if (byte < 0x80) return sample;
  }
  return sample;
}

/** The format of a file by how it begins; null: none of ours. A name or an ending says nothing. */
export function detectFormat(sample: Buffer): Format | null {
  const text = textOf(sample);
  if (beginsAsArchive(text)) return "x-archive";
  if (beginsAsJson(text)) return jsonFormat(sample);
  if (hasTwarcHeader(text)) return "twarc-v1-csv";
  if (hasSheetHeader(sample)) return "sheet-csv";
  if (text.startsWith(BLOCK) || text.includes(`\n${BLOCK}`)) return "markdown";
  if (isTchat(text)) return "tchat";
  return isTranscript(text, sample.length < SAMPLE) ? "text" : null;
}

/** What is wrong with a file said to be of a format it does not begin like; null: nothing. */
export function misfit(format: Format, sample: Buffer): string | null {
  const text = textOf(sample);
  switch (format) {
    case "text":
      return null;
    case "twarc-v1-csv":
      return hasTwarcHeader(text) ? null : `its first line must name the columns ${TWARC_COLUMNS.join(", ")}, and id or tweet_url`;
    case "sheet-csv":
      return hasSheetHeader(sample) ? null : "one of its first lines must name columns for id, author and text, as id_str, from_user, text";
    case "markdown":
      return text.includes(BLOCK) ? null : `it must have blocks that begin with ${BLOCK}handle](…)`;
    case "tchat":
      return isTchat(text) ? null : "it must have a time (2:27 PM) on one line and Name @handle on the next";
    case "x-archive":
      return beginsAsArchive(text) ? null : "it must be the zip as X sent it, or its tweets.js";
    default:
      return beginsAsJson(text) ? null : "it must begin with { or [";
  }
}

const textOf = (sample: Buffer): string => wholeCharacters(sample).subarray(markLength(sample)).toString("utf8");
const beginsAsJson = (text: string): boolean => /^\s*[{[]/.test(text); // ` [{"id":`
const beginsAsArchive = (text: string): boolean => /^\s*window\.YTD\.tweets?\.part\d+\s*=\s*\[/.test(text); // `window.YTD.tweets.part0 = [`

/** Whether a file is a part of an X archive that is never opened, such as its owner's private messages. */
export const isPrivate = (sample: Buffer): boolean => /^\s*window\.YTD\./.test(textOf(sample)) && !beginsAsArchive(textOf(sample)); // `window.YTD.like.part0 = [`

function jsonFormat(sample: Buffer): Format | null {
  for (const record of recordsOf("twarc-v1-json", sample, cutterFor("twarc-v1-json", sample)).slice(0, 50)) {
    const wire = beginningOf(sample.toString("utf8", record.start, record.end));
    const format = wire === null ? null : objectFormat(wire);
    if (format !== null) return format;
  }
  return null;
}

function objectFormat(wire: Wire): Format | null {
  if (isWire(wire.user) && ("text" in wire || "full_text" in wire)) return "twarc-v1-json";
  if (isWire(wire.delete) || isWire(wire.limit)) return "twarc-v1-json";
  if ("id" in wire && ("erased" in wire || (typeof wire.author === "string" && "created_at" in wire && "text" in wire)))
    return "chatscribe-jsonl";
  if ("full_text" in wire && "screen_name" in wire && "id" in wire) return "web-exporter-json";
  const flat = "id" in wire && "text" in wire && "author_id" in wire;
  return flat || (isPage(wire) && looksLikePage(wire)) ? "x-v2-json" : null;
}

/** Not any object with a key "data": its tweets have an id and a text. */
function looksLikePage(wire: Wire): boolean {
  const tweets = Array.isArray(wire.data) ? wire.data : [wire.data];
  if (tweets.some((tweet) => isWire(tweet) && "id" in tweet && "text" in tweet)) return true;
  return isWire(wire.includes) || (isWire(wire.meta) && "result_count" in wire.meta) || isWire(wire.__twarc);
}

/** The object a text begins with, as far as it goes: a page of a hundred tweets is longer than the sample. */
function beginningOf(text: string): Wire | null {
  const whole = parsed(text);
  if (whole !== null) return whole;
  const open: string[] = [];
  let inString = false;
  let sound = "";
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (inString) {
      if (character === "\\") at++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === "{" || character === "[") open.push(character === "{" ? "}" : "]");
    else if (character === "}" || character === "]") open.pop();
    // in front of a comma a value is whole
    else if (character === "," && open.length <= DEEP) sound = text.slice(0, at) + open.toReversed().join("");
  }
  return sound === "" ? null : parsed(sound);
}
/** `{"data":[{` */
const DEEP = 3;

function parsed(text: string): Wire | null {
  try {
    const value: unknown = JSON.parse(text);
    return isWire(value) ? value : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

const TWARC_COLUMNS = ["text", "created_at", "user_screen_name"];

function hasTwarcHeader(text: string): boolean {
  const [line = ""] = /^[^\r\n]*/.exec(text) ?? []; // `id,text,…`
  const names = new Set(splitCsv(line));
  return TWARC_COLUMNS.every((column) => names.has(column)) && (names.has("id") || names.has("tweet_url"));
}

function hasSheetHeader(sample: Buffer): boolean {
  const ends = csvCutter()(sample).slice(0, 10);
  const starts = [markLength(sample), ...ends];
  return (
    findHeader(starts.map((start, index) => sample.toString("utf8", start, ends[index] ?? sample.length).replace(/\r?\n$/, ""))) !== null
  );
}

/** At least as many answers (`@handle text`) as other lines. */
function isTranscript(text: string, whole: boolean): boolean {
  const lines = text
    .split("\n")
    .slice(0, whole ? undefined : -1)
    .filter((line) => line.trim() !== "");
  let answers = 0;
  for (const line of lines) if (isAnswer(line)) answers++;
  return answers > 0 && answers * 2 >= lines.length;
}

function isAnswer(line: string): boolean {
  try {
    return "handle" in readLine(line);
  } catch (error) {
    if (error instanceof BadRecord) return false;
    throw error;
  }
}

/** A fresh cutter for a file of this format. JSON may be a tweet a line, which survives damage best, or objects in any
 *  other arrangement: the file's first record decides. */
export function cutterFor(format: Format, sample: Buffer): Cutter {
  if (format === "text" || format === "x-archive") return lineCutter();
  if (format === "twarc-v1-csv" || format === "sheet-csv") return csvCutter();
  if (format === "markdown") return blockCutter(BLOCK);
  if (format === "tchat") return entryCutter(isTime);
  return isJsonLines(sample.subarray(markLength(sample), SAMPLE)) ? lineCutter() : objectCutter();
}

function isJsonLines(sample: Buffer): boolean {
  const first = sample.toString("utf8").trimStart()[0];
  if (first !== "{") return first !== "[";
  const [end] = objectCutter()(sample);
  if (end === undefined) return !sample.toString("utf8").trim().includes("\n");
  const object = sample.toString("utf8", 0, end).trim();
  // `{…}` and then the end of the line, or of the file
  return !object.includes("\n") && /^[ \t\r]*(?:\n|$)/.test(sample.toString("utf8", end));
}

/** Where the records of a part stand, in bytes. Blank lines, and the commas and brackets between JSON objects, are none. */
export function recordsOf(format: Format, bytes: Buffer, cutter: Cutter): { readonly start: number; readonly end: number }[] {
  const json = JSON_FORMATS.has(format);
  const between = json ? BETWEEN_OBJECTS : BLANK;
  const records: { start: number; end: number }[] = [];
  let from = markLength(bytes);
  for (const end of [...cutter(bytes.subarray(from)).map((end) => end + markLength(bytes)), bytes.length]) {
    let start = from;
    while (start < end && between.has(bytes[start] ?? 0)) start++;
    // the first field of a CSV row may begin with a space
    if (start < end) records.push({ start: json ? start : from, end });
    from = end;
  }
  return records;
}

const BLANK = new Set(Buffer.from("\t\n\r "));
const BETWEEN_OBJECTS = new Set(Buffer.from("\t\n\r ,[]"));
const JSON_FORMATS: ReadonlySet<Format> = new Set<Format>([
  "chatscribe-jsonl",
  "x-v2-json",
  "twarc-v1-json",
  "x-archive",
  "web-exporter-json",
]);
