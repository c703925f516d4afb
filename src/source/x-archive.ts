import { dirname, join } from "node:path";
import { UserError } from "../errors.ts";
import type { Author, Refusal, Tweet, TweetId } from "../model.ts";
import { type Content, fileContent } from "./content.ts";
import { cutParts, objectCutter } from "./cut.ts";
import { BadRecord, parseWire, type Wire } from "./parse/wire.ts";
import { addNote, type Notes, noteOf, readAccount, readRecord } from "./parse/x-archive.ts";

/** The files of an X archive that are opened. It holds its owner's private messages and much else: nothing else of it is ever read. */
export interface XArchive {
  readonly tweets: readonly Content[];
  readonly notes: readonly Content[];
  readonly account: Content;
}

// `data/tweets.js`, `tweet.js`, `twitter-2023/data/tweets-part1.js`
const TWEETS = /^(?:[^/]+\/){0,2}tweets?(?:-part\d+)?\.js$/;
const NOTES = /^(?:[^/]+\/){0,2}note-tweet(?:-part\d+)?\.js$/;
const ACCOUNT = /^(?:[^/]+\/){0,2}account\.js$/;

/** Whether a file of a zip is one of those that are opened. */
export const isOpened = (path: string): boolean => TWEETS.test(path) || NOTES.test(path) || ACCOUNT.test(path);

/** The X archive in a zip; null: it is none. */
export function archiveIn(file: string, entries: readonly (Content & { readonly path: string })[]): XArchive | null {
  const matching = (pattern: RegExp) => entries.filter(({ path }) => pattern.test(path));
  const tweets = matching(TWEETS);
  const [account] = matching(ACCOUNT);
  if (tweets.length === 0) return null;
  if (account === undefined)
    throw new UserError(`${file}: has tweets.js but no account.js, which says whose tweets they are: fetch it again`);
  return { tweets, notes: matching(NOTES), account };
}

/** An unpacked archive: account.js and note-tweet.js are looked for beside tweets.js. */
export const archiveBeside = (tweets: Content, exists: (file: string) => boolean): XArchive => {
  const beside = (name: string) => join(dirname(tweets.name), name);
  if (!exists(beside("account.js")))
    throw new UserError(`${tweets.name}: needs account.js of the same archive beside it: that says whose tweets they are`);
  const notes = exists(beside("note-tweet.js")) ? [fileContent(beside("note-tweet.js"))] : [];
  return { tweets: [tweets], notes, account: fileContent(beside("account.js")) };
};

/** What of an archive is kept: its tweets that pass `keep`, and those that answer one of them. */
export interface Kept {
  /** A line each, as parse/x-archive.ts reads it. */
  readonly content: Content;
  readonly refused: readonly Refusal[];
  /** How many tweets are left out. */
  readonly others: number;
  readonly tweets: number;
}

/** Decides what is kept. Reads the archive once; `content` reads it again each time. */
export async function chooseKept(name: string, archive: XArchive, keep: (tweet: Tweet) => boolean): Promise<Kept> {
  const author = await readOwner(archive.account);
  const refused: Refusal[] = [];
  const notes = await readNotes(archive.notes, refused);
  const kept = new Map<number, TweetId>();
  const versions = new Set<TweetId>();
  const answers: { place: number; id: TweetId; replyTo: TweetId }[] = [];
  let others = 0;
  for await (const { record, place, line, file } of recordsOf(archive.tweets)) {
    try {
      const { tweet } = readTweet(record, author, notes);
      if (keep(tweet)) {
        kept.set(place, tweet.id);
        for (const version of [tweet.id, ...tweet.aliases]) versions.add(version);
        continue;
      }
      others++;
      if (tweet.replyTo !== null) answers.push({ place, id: tweet.id, replyTo: tweet.replyTo });
    } catch (error) {
      if (!(error instanceof BadRecord)) throw error;
      refused.push({ line, why: `${file}: ${error.message}` });
    }
  }
  for (const { place, id, replyTo } of answers) {
    if (!versions.has(replyTo)) continue;
    kept.set(place, id);
    others--;
  }
  const read = () => keptLines(archive, { author, notes, kept });
  return { content: { name, read }, refused, others, tweets: kept.size };
}

async function* keptLines(
  archive: XArchive,
  known: { author: Author; notes: Notes; kept: ReadonlyMap<number, TweetId> },
): AsyncGenerator<Buffer> {
  for await (const { record, place, file } of recordsOf(archive.tweets)) {
    const chosen = known.kept.get(place);
    if (chosen === undefined) continue;
    const { tweet, note } = readAgain(record, known);
    if (tweet?.id !== chosen) throw new UserError(`${file}: changed while it was read: import it again`);
    const long = note === null ? "" : `"note":${JSON.stringify(note)},`;
    yield Buffer.from(`{"account":${JSON.stringify(known.author)},${long}"record":${oneLine(record)}}\n`);
  }
}

function readAgain(record: string | null, known: { author: Author; notes: Notes }): { tweet: Tweet | null; note: Wire | null } {
  try {
    return readTweet(record, known.author, known.notes);
  } catch (error) {
    if (error instanceof BadRecord) return { tweet: null, note: null };
    throw error;
  }
}

// a line break in valid JSON stands between its words only
const oneLine = (json: string | null): string =>
  (json ?? "")
    .split("\n")
    .map((line) => line.trim())
    .join(" ");

function readTweet(record: string | null, author: Author, notes: Notes): { tweet: Tweet; note: Wire | null } {
  if (record === null) throw new BadRecord("is not UTF-8 text");
  const wire = parseWire(record);
  const tell = (note: Wire | null) => {
    const own = readRecord(wire, { author, note, session: null }).find(({ context }) => !context);
    if (own === undefined) throw new BadRecord("holds no tweet");
    return own.tweet;
  };
  const tweet = tell(null);
  const note = noteOf(tweet, notes);
  return { tweet: note === null ? tweet : tell(note), note };
}

async function readOwner(account: Content): Promise<Author> {
  for await (const { record } of recordsOf([account])) {
    try {
      return readAccount(parseWire(record ?? ""));
    } catch (error) {
      if (!(error instanceof BadRecord)) throw error;
      throw new UserError(`${account.name}: does not say whose archive this is: ${error.message}`);
    }
  }
  throw new UserError(`${account.name}: does not say whose archive this is: it holds no account`);
}

async function readNotes(contents: readonly Content[], refused: Refusal[]): Promise<Notes> {
  const notes = new Map<number, Wire[]>();
  for await (const { record, line, file } of recordsOf(contents)) {
    try {
      addNote(notes, parseWire(record ?? ""));
    } catch (error) {
      if (!(error instanceof BadRecord)) throw error;
      refused.push({ line, why: `${file}: ${error.message}` });
    }
  }
  return notes;
}

/** The objects of `window.YTD.tweets.part0 = [ … ]`, one at a time. null: not UTF-8. */
async function* recordsOf(
  contents: readonly Content[],
): AsyncGenerator<{ record: string | null; place: number; line: number; file: string }> {
  let place = 0;
  for (const { name, read } of contents) {
    const tooLong = (byte: number): never => {
      throw new UserError(`${name}: a record of over 64 MB begins at byte ${byte}: is a quote or a brace left open there?`);
    };
    let line = 1;
    for await (const part of cutParts(read(), objectCutter(), { tooLong })) {
      let from = 0;
      for (const end of [...objectCutter()(part), part.length]) {
        const start = part.indexOf("{", from);
        if (start !== -1 && start < end) {
          line += newlines(part, from, start);
          const text = part.toString("utf8", start, end);
          yield { record: Buffer.from(text).equals(part.subarray(start, end)) ? text.trimEnd() : null, place: place++, line, file: name };
          line += newlines(part, start, end);
        } else line += newlines(part, from, end);
        from = end;
      }
    }
  }
}

function newlines(bytes: Buffer, from: number, to: number): number {
  let count = 0;
  for (let at = bytes.indexOf(10, from); at !== -1 && at < to; at = bytes.indexOf(10, at + 1)) count++;
  return count;
}
