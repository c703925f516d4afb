import type { Author, Link, SessionSlug, Tweet } from "../../model.ts";
import { decodeOnce } from "../../text/decode.ts";
import { saidIn } from "./said.ts";
import { isoTime, snowflakeTime } from "./time.ts";
import { readV1 } from "./twarc-v1.ts";
import { readVersions } from "./versions.ts";
import { BadRecord, isHandle, isId, isWire, optionalText, type Parser, parseWire, tells, textOf, type Wire, wiresOf } from "./wire.ts";

/** What is kept of an X archive, a tweet a line: `{"account":{…},"note":{…},"record":{"tweet":{…}}}`. `account` has the owner's id, handle
 *  and name and nothing else of account.js; `note` is there where the tweet is a long one; `record` is as the archive has it. */
export function xArchiveParser(options: { session: SessionSlug | null }): Parser {
  return {
    read(record) {
      const wire = parseWire(record);
      const inner = isWire(wire.record) ? wire.record : wire;
      const erased = [wire, inner, inner.tweet].some((one) => isWire(one) && one.erased !== undefined);
      return erased ? tells([], ["tombstone: kept out"]) : tells(readKept(wire, options.session));
    },
    end: () => [],
  };
}

function readKept(wire: Wire, session: SessionSlug | null) {
  if (!isWire(wire.account) || !isWire(wire.record)) throw new BadRecord('"account" and "record" are missing: not kept of an X archive');
  const author = { id: textOf(wire.account, "id"), handle: textOf(wire.account, "handle"), name: textOf(wire.account, "name") };
  return readRecord(wire.record, { author, note: isWire(wire.note) ? wire.note : null, session });
}

/** One object of tweets.js: API v1.1 without a user, whose owner account.js names. */
export function readRecord(record: Wire, known: { author: Author; note: Wire | null; session: SessionSlug | null }) {
  const wire = isWire(record.tweet) ? record.tweet : record;
  const { id, handle, name } = known.author;
  return readV1({ ...wire, user: { id_str: id, screen_name: handle, name } }, known.session).map((observation) =>
    observation.context ? observation : { ...observation, tweet: finished(observation.tweet, wire, known.note) },
  );
}

function finished(tweet: Tweet, wire: Wire, note: Wire | null): Tweet {
  const versions = readVersions(tweet.id, editsOf(wire));
  const time = snowflakeTime(versions.id) ?? tweet.time;
  return { ...tweet, ...versions, time, ...(note === null ? {} : readNote(note)) };
}

/** `edit_info: { initial: { editTweetIds } }`, or of a later version `{ edit: { editControlInitial: { editTweetIds } } }` */
function editsOf(wire: Wire): readonly unknown[] {
  const info = isWire(wire.edit_info) ? wire.edit_info : {};
  const edit = isWire(info.edit) ? info.edit : {};
  const control = [info.initial, edit.editControlInitial].find(isWire);
  const ids = control?.editTweetIds ?? [];
  const first = edit.initialTweetId === undefined ? [] : [edit.initialTweetId];
  return [...first, ...(Array.isArray(ids) ? ids : [])];
}

/** The whole text of a long tweet. */
function readNote(note: Wire): Pick<Tweet, "text" | "tags" | "mentions" | "links"> {
  const core = coreOf(note);
  const said = saidIn(decodeOnce(textOf(core, "text")));
  const told = new Map(wiresOf(core, "urls").map((url) => [url.shortUrl, url]));
  const links = said.links.map((link): Link => {
    const url = told.get(link.url);
    const to = (url && optionalText(url, "expandedUrl")) ?? link.to;
    return { url: link.url, to, text: (url && optionalText(url, "displayUrl")) ?? to };
  });
  return { ...said, links };
}

const coreOf = (note: Wire): Wire => [note.core, note.noteTweetResults].find(isWire) ?? note;

/** The owner, out of account.js. The rest of it (mail address, phone) is not looked at. */
export function readAccount(wire: Wire): Author {
  const account = isWire(wire.account) ? wire.account : wire;
  const handle = textOf(account, "username");
  const id = textOf(account, "accountId");
  if (!isHandle(handle) || !isId(id)) throw new BadRecord('"username" must be a handle and "accountId" digits');
  return { id, handle, name: optionalText(account, "accountDisplayName") ?? handle };
}

/** Long texts by the second they were written in. */
export type Notes = ReadonlyMap<number, readonly Wire[]>;

export function addNote(notes: Map<number, Wire[]>, record: Wire): void {
  const note = isWire(record.noteTweet) ? record.noteTweet : record;
  textOf(coreOf(note), "text");
  const time = isoTime(textOf(note, "createdAt"));
  if (time === null) throw new BadRecord('"createdAt" must be as 2025-06-04T10:00:00.000Z');
  const second = Math.floor(time / 1000);
  notes.set(second, [...(notes.get(second) ?? []), note]);
}

// ` https://t.co/abc` at the end of a text that was cut
const LAST_LINK = /\s*https:\/\/t\.co\/\w+\s*$/;
// `@amy @bob `
const FIRST_MENTIONS = /^(?:@\w{1,20}\s+)+/;

/** The long text of a tweet: a note has no id of its tweet, but its second, and it begins with what of it the tweet shows. */
export function noteOf(tweet: Tweet, notes: Notes): Wire | null {
  const shown = bare(tweet.text.replace(LAST_LINK, "")).replace(/…$/, "");
  const second = Math.floor((tweet.time ?? 0) / 1000);
  for (const near of [second, second - 1, second + 1, second - 2, second + 2]) {
    const found = notes.get(near)?.find((note) => bare(decodeOnce(textOf(coreOf(note), "text"))).startsWith(shown));
    if (found !== undefined) return found;
  }
  return null;
}

const bare = (text: string): string => text.replace(FIRST_MENTIONS, "").trim();
