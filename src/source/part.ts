import { isUtf8 } from "node:buffer";
import type { ChatSlug, Observation, Refusal, SessionSlug } from "../model.ts";
import { cutterFor, type Format, recordsOf } from "./detect.ts";
import { chatscribeParser } from "./parse/chatscribe.ts";
import { type FindTweet, markdownParser } from "./parse/markdown.ts";
import { sheetParser, webExporterParser } from "./parse/sheet.ts";
import { tchatParser } from "./parse/tchat.ts";
import { textParser } from "./parse/text.ts";
import { twarcV1Parser } from "./parse/twarc-v1.ts";
import { twarcV1CsvParser } from "./parse/twarc-v1-csv.ts";
import { BadRecord, type Parser } from "./parse/wire.ts";
import { xArchiveParser } from "./parse/x-archive.ts";
import { xV2Parser } from "./parse/x-v2.ts";

/** A stretch of a file, whole records, and what it tells. */
export interface ImportPart {
  /** 0, 1, 2, … */
  readonly seq: number;
  /** The bytes as received, at most 4 MB unless one record is larger, cut at record ends; the parts joined are the file. */
  readonly bytes: Buffer;
  /** Records that are, or should have been, a tweet: those taken and those refused. */
  readonly read: number;
  readonly observations: readonly Observation[];
  readonly refused: readonly Refusal[];
  /** Records kept out as they should be (tombstones, notices), and what is missing inside one that was taken. */
  readonly warnings: readonly Refusal[];
}

/** What is read, and for whom. Text needs a session. */
export interface Reading {
  readonly format: Format;
  readonly chat: ChatSlug;
  readonly session: SessionSlug | null;
  /** The chat's zone: of dates that have none. Without it such dates are not read. */
  readonly zone?: string | null | undefined;
  /** Knows tweets whose ids a spreadsheet destroyed by author and text. */
  readonly find?: FindTweet | null | undefined;
}

/** Reads the parts of one file, in order from its first: those just cut, or those kept by the store. The same bytes tell the same. */
export async function* readParts(reading: Reading, parts: AsyncIterable<Buffer> | Iterable<Buffer>): AsyncGenerator<ImportPart> {
  let parser: Parser | null = null;
  let first: Buffer | null = null;
  let line = 1;
  let held: ImportPart | null = null;
  for await (const bytes of parts) {
    if (held !== null) yield held;
    first ??= bytes;
    const records = recordsIn(reading.format, bytes, { first, line });
    parser ??= parserFor(reading, records);
    held = readPart(parser, records, { seq: held === null ? 0 : held.seq + 1, bytes });
    line = lineCounter(bytes, line)(bytes.length);
  }
  if (held !== null && parser !== null) yield { ...held, warnings: [...held.warnings, ...parser.end()] };
}

interface SourceRecord {
  readonly line: number;
  /** null: not UTF-8, or with NUL bytes. */
  readonly text: string | null;
}

function recordsIn(format: Format, bytes: Buffer, at: { first: Buffer; line: number }): SourceRecord[] {
  const lineOf = lineCounter(bytes, at.line);
  const sound = isUtf8(bytes) && !bytes.includes(0);
  return recordsOf(format, bytes, cutterFor(format, at.first)).map(({ start, end }) => {
    const own = bytes.subarray(start, end);
    const whole = sound || (isUtf8(own) && !own.includes(0));
    // a record, then `\n`, `\r\n`, or the end of the file
    return { line: lineOf(start), text: whole ? own.toString("utf8").replace(/\r?\n$/, "") : null };
  });
}

/** The line a position is on. Ask in ascending order. */
function lineCounter(bytes: Buffer, firstLine: number): (position: number) => number {
  let line = firstLine;
  let end = bytes.indexOf(10);
  return (position) => {
    for (; end !== -1 && end < position; end = bytes.indexOf(10, end + 1)) line++;
    return line;
  };
}

function parserFor(reading: Reading, records: readonly SourceRecord[]): Parser {
  const { chat, session, zone = null, find = null } = reading;
  const first = records.map((record) => record.text ?? "");
  switch (reading.format) {
    case "chatscribe-jsonl":
      return chatscribeParser({ chat, session });
    case "x-v2-json":
      return xV2Parser({ session });
    case "twarc-v1-json":
      return twarcV1Parser({ session });
    case "twarc-v1-csv":
      return twarcV1CsvParser({ session, first });
    case "x-archive":
      return xArchiveParser({ session });
    case "sheet-csv":
      return sheetParser({ session, zone, first });
    case "web-exporter-json":
      return webExporterParser({ session, zone });
    case "markdown":
      return markdownParser({ chat, session, zone, find });
    case "tchat":
      return tchatParser({ chat, session: needed(session), zone, find });
    case "text":
      return textParser({ chat, session: needed(session) });
  }
}

function needed(session: SessionSlug | null): SessionSlug {
  if (session === null) throw new TypeError("text without times needs a session: openImport checks it");
  return session;
}

function readPart(parser: Parser, records: readonly SourceRecord[], part: Pick<ImportPart, "seq" | "bytes">): ImportPart {
  const observations: Observation[] = [];
  const refused: Refusal[] = [];
  const warnings: Refusal[] = [];
  let read = 0;
  for (const { text, line } of records) {
    try {
      if (text === null) throw new BadRecord("is not UTF-8 text: save the file as UTF-8");
      const told = parser.read(text, line);
      if (told === null) continue;
      const own = told.observations.reduce((count, { context }) => count + (context ? 0 : 1), told.refused.length);
      // a record of context only is a record too
      read += own === 0 && told.observations.length > 0 ? 1 : own;
      observations.push(...told.observations);
      for (const why of told.refused) refused.push({ line, why });
      for (const why of told.warnings) warnings.push({ line, why });
    } catch (error) {
      if (!(error instanceof BadRecord)) throw error;
      read++;
      refused.push({ line, why: error.message });
    }
  }
  return { ...part, read, observations, refused, warnings };
}
