import type { Link, Media, Observation, SessionSlug, Tweet, TweetId } from "../../model.ts";
import { decodeOnce } from "../../text/decode.ts";
import { observe, type Said, saidIn } from "./said.ts";
import { exactTime, v1Time } from "./time.ts";
import {
  BadRecord,
  distinct,
  isHandle,
  isId,
  isWire,
  optionalText,
  type Parser,
  parseWire,
  type Told,
  tells,
  textOf,
  type Wire,
  wiresOf,
} from "./wire.ts";

/** Tweets as X's API v1.1 wrote them, kept by twarc 1: one a line, in a list, or one after the other.
 *  A tweet inside a tweet (the reposted, the quoted one) is told before it, as context. */
export function twarcV1Parser(options: { session: SessionSlug | null }): Parser {
  return {
    read(record) {
      const wire = parseWire(record);
      if (wire.erased !== undefined) return tells([], ["tombstone: kept out"]);
      if (isWire(wire.delete)) return tells([], ["a deletion notice: kept out"]);
      if (isWire(wire.limit)) return tells([], [`a limit notice: the stream left out ${wire.limit.track ?? "some"} tweets`]);
      return tell(lacksIds(wire) ? parseWire(record, keepDigits) : wire, options.session);
    },
    end: () => [],
  };
}

/** A tweet of API v1.1 that is parsed already, and what is in it. */
export const readV1 = (wire: Wire, session: SessionSlug | null): readonly Observation[] => tell(wire, session).observations;

function tell(wire: Wire, session: SessionSlug | null): Told {
  const inner: Observation[] = [];
  const warnings: string[] = [];
  for (const key of ["retweeted_status", "quoted_status"]) {
    if (!isWire(wire[key])) continue;
    try {
      const told = tell(wire[key], session);
      inner.push(...told.observations.map((observation) => ({ ...observation, context: true })));
      warnings.push(...told.warnings);
    } catch (error) {
      if (!(error instanceof BadRecord)) throw error;
      warnings.push(`its ${key} is left out: ${error.message}`);
    }
  }
  const { tweet, rounded } = readTweet(wire);
  return tells([...inner, observe(tweet, { session, rounded: { replyTo: rounded, repostOf: null } })], warnings);
}

function readTweet(wire: Wire): { tweet: Tweet; rounded: string | null } {
  const user = isWire(wire.user) ? wire.user : null;
  if (user === null) throw new BadRecord('"user" is missing: not a tweet of API v1.1');
  if (user.protected === true) throw new BadRecord("protected account: never stored");
  const id = idOf(wire, "id");
  if (id === null) throw new BadRecord('"id_str" is missing');
  const stated = v1Time(textOf(wire, "created_at"));
  if (stated === null) throw new BadRecord(`"created_at" must be as Wed Apr 08 03:29:36 +0000 2015; found "${textOf(wire, "created_at")}"`);
  const repostOf = isWire(wire.retweeted_status) ? idOf(wire.retweeted_status, "id") : null;
  const reply = replyOf(wire, id);
  const said = readText(wire);
  const tweet: Tweet = {
    id,
    author: readAuthor(user),
    time: exactTime(id, stated),
    text: said.text,
    lang: optionalText(wire, "lang"),
    replyTo: reply.exact,
    replyToUser: optionalText(wire, "in_reply_to_screen_name"),
    quotes: repostOf === null ? quoteOf(wire, said) : null,
    repostOf,
    conversation: null,
    tags: said.tags,
    mentions: said.mentions,
    links: said.links,
    media: said.media,
    poll: null,
    edited: null,
    aliases: [],
    local: false,
    heading: null,
  };
  return { tweet, rounded: reply.rounded };
}

function readAuthor(user: Wire): Tweet["author"] {
  const handle = textOf(user, "screen_name");
  if (!isHandle(handle)) throw new BadRecord(`"user.screen_name" must be a handle; found "${handle}"`);
  return { id: idOf(user, "id"), handle, name: optionalText(user, "name") ?? handle };
}

/** Text and entities of the longest version the record has. */
function readText(wire: Wire): Said {
  const long = isWire(wire.extended_tweet) ? wire.extended_tweet : wire;
  const escaped = optionalText(long, "full_text") ?? optionalText(wire, "full_text") ?? textOf(wire, "text");
  const text = decodeOnce(escaped);
  const entities = isWire(long.entities) ? long.entities : isWire(wire.entities) ? wire.entities : null;
  if (entities === null) return { ...saidIn(text), media: [] };
  return saidWith(text, entities, isWire(long.extended_entities) ? long.extended_entities : entities);
}

/** What a text says with the entities of API v1.1; `extended` has all of its media. */
export const saidWith = (text: string, entities: Wire, extended = entities): Said => ({
  text,
  tags: distinct(wiresOf(entities, "hashtags").map((tag) => textOf(tag, "text").toLowerCase())),
  mentions: distinct(wiresOf(entities, "user_mentions").map((mention) => textOf(mention, "screen_name"))),
  links: wiresOf(entities, "urls").map(readLink),
  media: wiresOf(extended, "media").map(readMedia),
});

function readLink(wire: Wire): Link {
  const url = textOf(wire, "url");
  const to = optionalText(wire, "expanded_url") ?? url;
  return { url, to, text: optionalText(wire, "display_url") ?? to };
}

function readMedia(wire: Wire): Media {
  const url = optionalText(wire, "media_url_https") ?? optionalText(wire, "media_url") ?? textOf(wire, "url");
  return { type: optionalText(wire, "type") ?? "photo", alt: optionalText(wire, "ext_alt_text"), url, file: null };
}

/** Records older than `is_quote_status` show a quote only as the link their text ends with. */
function quoteOf(wire: Wire, said: Said): TweetId | null {
  const stated = idOf(wire, "quoted_status_id") ?? (isWire(wire.quoted_status) ? idOf(wire.quoted_status, "id") : null);
  return stated !== null || wire.is_quote_status !== undefined ? stated : quotedAtEnd(said);
}

// `https://twitter.com/amy/status/585645642548121601`, `https://x.com/amy/status/1?s=20`; not `…/status/1/photo/1`
const STATUS = /^https?:\/\/(?:www\.|mobile\.)?(?:twitter|x)\.com\/[A-Za-z0-9_]{1,20}\/status(?:es)?\/([0-9]{1,20})(?:[?#]|$)/i;

/** The tweet whose address a text ends with: X shows it as a quote. */
export function quotedAtEnd(said: Pick<Tweet, "text" | "links">): TweetId | null {
  const last = said.links.at(-1);
  return last !== undefined && said.text.trimEnd().endsWith(last.url) ? (STATUS.exec(last.to)?.[1] ?? null) : null;
}

/** The reply's id. Where only a number is left and the record's own number is rounded, so is this one. */
function replyOf(wire: Wire, id: TweetId): { exact: TweetId | null; rounded: string | null } {
  const reply = idOf(wire, "in_reply_to_status_id");
  const stated = typeof wire.in_reply_to_status_id_str === "string";
  const rounds = !stated && wire.id !== undefined && wire.id !== null && String(wire.id) !== id && reply !== null && reply.length > 15;
  return rounds ? { exact: null, rounded: reply } : { exact: reply, rounded: null };
}

/** `<key>_str`, else the number by its digits (see keepDigits); null: neither. */
function idOf(wire: Wire, key: string): string | null {
  const value = optionalText(wire, `${key}_str`) ?? wire[key] ?? null;
  if (value === null || value === "") return null;
  if (!isId(String(value))) throw new BadRecord(`"${key}_str" must be a string of digits`);
  return String(value);
}

const ID_KEYS = ["id", "in_reply_to_status_id", "quoted_status_id"];

/** Whether an id is there as a number only: JSON.parse rounds 1800000000000000001 to …000 without a word. */
function lacksIds(wire: Wire): boolean {
  const here = ID_KEYS.some((key) => typeof wire[key] === "number" && typeof wire[`${key}_str`] !== "string");
  return here || ["retweeted_status", "quoted_status", "user"].some((key) => isWire(wire[key]) && lacksIds(wire[key]));
}

/** A JSON.parse reviver that keeps the digits of a number too large to be exact. Slower: only for records that need it. */
function keepDigits(_key: string, value: unknown, context: { source?: string }): unknown {
  return typeof value === "number" && !Number.isSafeInteger(value) && isId(context.source ?? "") ? context.source : value;
}
