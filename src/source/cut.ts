/** Finds where records end: given the bytes of a file chunk by chunk, the positions in this chunk just behind a record. */
export type Cutter = (chunk: Uint8Array) => number[];

const [LF, QUOTE, COMMA, BACKSLASH, OPEN, CLOSE] = [10, 34, 44, 92, 123, 125];

/** A record a line (LF or CRLF). */
export function lineCutter(): Cutter {
  return (chunk) => {
    const ends: number[] = [];
    for (let end = chunk.indexOf(LF); end !== -1; end = chunk.indexOf(LF, end + 1)) ends.push(end + 1);
    return ends;
  };
}

/** CSV: a line break inside quotes ends nothing. A quote opens only at the start of a field. */
export function csvCutter(): Cutter {
  let state: "start" | "bare" | "quoted" | "quote in quoted" = "start";
  return (chunk) => {
    const ends: number[] = [];
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at];
      if (state === "quoted") {
        if (byte === QUOTE) state = "quote in quoted";
      } else if (byte === LF) {
        state = "start";
        ends.push(at + 1);
      } else if (byte === COMMA) state = "start";
      else if (byte === QUOTE && state !== "bare") state = "quoted";
      else state = "bare";
    }
    return ends;
  };
}

/** JSON objects: in a list, one after the other, over several lines. What stands between two belongs to the later one.
 *  A line break inside a string is never JSON: there a damaged record ends, so that it does not swallow the rest. */
export function objectCutter(): Cutter {
  let depth = 0;
  let inString = false;
  let escaped = false;
  return (chunk) => {
    const ends: number[] = [];
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at];
      if (escaped) escaped = false;
      else if (inString) {
        if (byte === QUOTE) inString = false;
        else if (byte === BACKSLASH) escaped = true;
        else if (byte === LF) {
          inString = false;
          depth = 0;
          ends.push(at + 1);
        }
      } else if (byte === OPEN) depth++;
      else if (depth === 0) continue;
      else if (byte === QUOTE) inString = true;
      else if (byte === CLOSE && --depth === 0) ends.push(at + 1);
    }
    return ends;
  };
}

/** Blocks of text: each begins with the line that begins with `mark` (ASCII). What stands above the first is a record too. */
export function blockCutter(mark: string): Cutter {
  const bytes = Buffer.from(mark);
  /** How much of the mark this line has matched; -1: it is another line. */
  let matched = 0;
  let read = 0;
  return (chunk) => {
    const ends: number[] = [];
    for (let at = 0; at < chunk.length; at++) {
      if (chunk[at] === LF) matched = 0;
      else if (matched === -1) continue;
      else if (chunk[at] !== bytes[matched]) matched = -1;
      else if (++matched === bytes.length) {
        const end = at + 1 - bytes.length;
        if (read + end > 0) ends.push(end);
        matched = -1;
      }
    }
    read += chunk.length;
    return ends;
  };
}

/** Entries of text: each begins with a line that passes `begins`. A line that ends with the file begins none. */
export function entryCutter(begins: (line: string) => boolean): Cutter {
  let line = "";
  let read = 0;
  return (chunk) => {
    const ends: number[] = [];
    for (let from = 0, end = chunk.indexOf(LF); from < chunk.length; end = chunk.indexOf(LF, from)) {
      const until = end === -1 ? chunk.length : end;
      // a line that begins an entry is short
      if (line.length < 200) line += Buffer.from(chunk.subarray(from, until)).toString("latin1", 0, 200);
      from = until + 1;
      if (end === -1) break;
      const start = read + end - line.length;
      if (line.length < 200 && begins(line.trimEnd()) && start > 0) ends.push(start - read);
      line = "";
    }
    read += chunk.length;
    return ends;
  };
}

/** A part is one transaction: four times as much takes 30 MB more memory and saves no time that could be measured. */
const PART_LIMIT = 256 * 1024;
const RECORD_LIMIT = 64 * 1024 * 1024;

/** Cuts a file into parts of at most `limit` bytes that end where a record ends; a longer record is a part of its own.
 *  The parts joined are the file, and they are the same however the chunks fall. A record over 64 MB (an unclosed quote)
 *  ends in `tooLong`, with the byte it begins at. */
export async function* cutParts(
  chunks: AsyncIterable<Buffer>,
  cutter: Cutter,
  options: { limit?: number; tooLong: (byte: number) => never },
): AsyncGenerator<Buffer> {
  const limit = options.limit ?? PART_LIMIT;
  let held: Buffer[] = [];
  let partStart = 0;
  let recordStart = 0;
  let read = 0;
  for await (const chunk of chunks) {
    held.push(chunk);
    const heldStart = partStart;
    const cuts: number[] = [];
    for (const end of cutter(chunk)) {
      if (read + end - partStart > limit && recordStart > partStart) {
        cuts.push(recordStart);
        partStart = recordStart;
      }
      recordStart = read + end;
    }
    read += chunk.length;
    if (read - recordStart > RECORD_LIMIT) options.tooLong(recordStart);
    if (cuts.length === 0) continue;
    const all = Buffer.concat(held);
    let from = 0;
    for (const cut of cuts) {
      yield all.subarray(from, cut - heldStart);
      from = cut - heldStart;
    }
    held = [all.subarray(from)];
  }
  const rest = Buffer.concat(held);
  // the last record may have no end of its own: then it counts as one
  const fits = rest.length <= limit || recordStart === partStart;
  if (!fits) yield rest.subarray(0, recordStart - partStart);
  const last = fits ? rest : rest.subarray(recordStart - partStart);
  if (last.length > 0) yield last;
}
