import { isSessionSlug } from "../../config/values.ts";
import type { ChatSlug, Link, Media, Observation, Poll, SessionSlug, Tweet } from "../../model.ts";
import { mentionsIn, tagsIn } from "../../text/decode.ts";
import { isoTime } from "./time.ts";
import {
  BadRecord,
  distinct,
  flagOf,
  isHandle,
  isId,
  isWire,
  optionalList,
  optionalText,
  type Parser,
  parseWire,
  tells,
  textOf,
  type Wire,
  wiresOf,
} from "./wire.ts";

/** Chatscribe's own export, a line or an object a tweet. Its text is plain and is never decoded again. */
export function chatscribeParser(options: { chat: ChatSlug; session: SessionSlug | null }): Parser {
  return {
    read(record) {
      const wire = parseWire(record);
      if (wire.erased !== undefined) return tells([], ["tombstone: kept out"]);
      return tells([readObservation(wire, options)]);
    },
    end: () => [],
  };
}

function readObservation(wire: Wire, options: { chat: ChatSlug; session: SessionSlug | null }): Observation {
  const tweet = readTweet(wire);
  const session = readSession(wire, options.chat) ?? options.session;
  if (tweet.time === null && session === null) throw new BadRecord('no time and no session: say --session, or give it a "session"');
  const [context, untagged] = [flagOf(wire, "context"), flagOf(wire, "untagged")];
  return { tweet, context, untagged, session, rounded: { replyTo: null, repostOf: null }, repaired: false };
}

function readTweet(wire: Wire): Tweet {
  const id = requiredId(wire, "id");
  const text = textOf(wire, "text");
  const local = flagOf(wire, "local");
  const handle = readHandle(wire);
  return {
    id,
    author: { id: optionalText(wire, "author_id"), handle, name: optionalText(wire, "name") ?? handle },
    time: readTime(wire, local),
    text,
    lang: optionalText(wire, "lang"),
    replyTo: optionalId(wire, "reply_to"),
    replyToUser: optionalText(wire, "reply_to_user"),
    quotes: optionalId(wire, "quotes"),
    repostOf: optionalId(wire, "repost_of"),
    conversation: optionalId(wire, "conversation"),
    tags: distinct(texts(wire, "tags") ?? tagsIn(text).map((tag) => tag.text)).map((tag) => tag.toLowerCase()),
    mentions: distinct(texts(wire, "mentions") ?? mentionsIn(text).map((mention) => mention.text)),
    links: wiresOf(wire, "links").map(readLink),
    media: wiresOf(wire, "media").map(readMedia),
    poll: readPoll(wire),
    edited: optionalTime(wire, "edited"),
    aliases: ids(wire, "aliases"),
    local,
    heading: optionalText(wire, "heading"),
  };
}

function readTime(wire: Wire, local: boolean): number | null {
  if (wire.created_at === null && local) return null;
  const time = optionalTime(wire, "created_at");
  if (time === null) throw new BadRecord('"created_at" must be ISO 8601 with a zone, as 2015-03-11T01:10:43.953Z');
  return time;
}

function optionalTime(wire: Wire, key: string): number | null {
  const text = optionalText(wire, key);
  if (text === null) return null;
  const time = isoTime(text);
  if (time === null) throw new BadRecord(`"${key}" must be ISO 8601 with a zone, as 2015-03-11T01:10:43.953Z; found "${text}"`);
  return time;
}

function readHandle(wire: Wire): string {
  const handle = textOf(wire, "author");
  if (!isHandle(handle)) throw new BadRecord(`"author" must be a handle: up to 20 of a-z, 0-9 and _, without @; found "${handle}"`);
  return handle;
}

/** `critlib/2015-03-10`, or the slug alone. Another chat's session says nothing about this one's. */
function readSession(wire: Wire, chat: ChatSlug): SessionSlug | null {
  const parts = optionalText(wire, "session")?.split("/") ?? [];
  const slug = parts.at(-1);
  if (slug === undefined || (parts.length > 1 && parts[0] !== chat)) return null;
  if (!isSessionSlug(slug)) throw new BadRecord(`"session" must be a chat and a date, as "${chat}/2009-07-21"`);
  return slug;
}

function requiredId(wire: Wire, key: string): string {
  const value = wire[key];
  if (typeof value === "number") throw new BadRecord(`"${key}" must be a string: as a JSON number an id is rounded`);
  if (typeof value !== "string" || !isId(value)) throw new BadRecord(`"${key}" must be a string of 1 to 20 digits`);
  return value;
}

const optionalId = (wire: Wire, key: string): string | null =>
  wire[key] === null || wire[key] === undefined ? null : requiredId(wire, key);

function ids(wire: Wire, key: string): string[] {
  return (optionalList(wire, key) ?? []).map((id) => requiredId({ [key]: id }, key));
}

function texts(wire: Wire, key: string): string[] | null {
  return optionalList(wire, key)?.map((text) => textOf({ [key]: text }, key)) ?? null;
}

function readLink(wire: Wire): Link {
  const url = textOf(wire, "url");
  const to = optionalText(wire, "to") ?? url;
  return { url, to, text: optionalText(wire, "text") ?? to };
}

// `9f3a.jpg`; never `../x.jpg`, never `.x`
const FILE_NAME = /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/;

function readMedia(wire: Wire): Media {
  const file = optionalText(wire, "file");
  if (file !== null && !FILE_NAME.test(file)) throw new BadRecord(`"file" of media must be the name of a file in media/; found "${file}"`);
  return { type: textOf(wire, "type"), alt: optionalText(wire, "alt"), url: textOf(wire, "url"), file };
}

function readPoll(wire: Wire): Poll | null {
  const poll = wire.poll;
  if (poll === null || poll === undefined) return null;
  if (!isWire(poll)) throw new BadRecord('"poll" must be an object');
  const options = wiresOf(poll, "options").map((option) => {
    if (!Number.isSafeInteger(option.votes)) throw new BadRecord('"votes" of a poll must be whole numbers');
    return { label: textOf(option, "label"), votes: Number(option.votes) };
  });
  return { options, ends: optionalText(poll, "ends") };
}
