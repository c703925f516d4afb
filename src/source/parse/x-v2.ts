import type { Author, Link, Media, Metrics, Poll, SessionSlug, Tweet, TweetId } from "../../model.ts";
import { decodeOnce } from "../../text/decode.ts";
import { observe, type Said, saidIn, tweetOf } from "./said.ts";
import { isoTime, snowflakeTime } from "./time.ts";
import { readVersions } from "./versions.ts";
import {
  BadRecord,
  distinct,
  isHandle,
  isId,
  isWire,
  optionalList,
  optionalText,
  type Parser,
  parseWire,
  type Told,
  tells,
  textOf,
  type Wire,
  wiresOf,
} from "./wire.ts";

/** Tweets as X's API v2 writes them, under the names of before and after August 2026: response pages, as they are or as twarc 2
 *  keeps them, and twarc's flattened tweets. Parents, quoted tweets and reposted originals in a page are told before it, as context. */
export function xV2Parser(options: { session: SessionSlug | null }): Parser {
  return {
    read(record) {
      const wire = parseWire(record);
      return isPage(wire) ? readPage(wire, options.session) : readFlat(wire, options.session);
    },
    end: () => [],
  };
}

/** Whether an object is a response, not a tweet. */
export const isPage = (wire: Wire): boolean =>
  "data" in wire || isWire(wire.includes) || isWire(wire.meta) || (Array.isArray(wire.errors) && !("text" in wire));

/** What else a page holds, by id or key. */
interface Includes {
  readonly users: ReadonlyMap<unknown, Wire>;
  readonly media: ReadonlyMap<unknown, Wire>;
  readonly polls: ReadonlyMap<unknown, Wire>;
}
const NOTHING: Includes = { users: new Map(), media: new Map(), polls: new Map() };

/** Everything one response tells. A tweet in it that cannot be taken is refused by its id, the others are taken. */
function readPage(wire: Wire, session: SessionSlug | null): Told {
  const included = isWire(wire.includes) ? wire.includes : {};
  const keyed = (name: string, key: string) => new Map(wiresOf(included, name).map((one) => [one[key], one]));
  const data = isWire(wire.data) ? [wire.data] : wiresOf(wire, "data");
  const posts = wiresOf(included, "posts" in included ? "posts" : "tweets");
  const includes = { users: keyed("users", "id"), media: keyed("media", "media_key"), polls: keyed("polls", "id") };
  const own = readEach(data, includes);
  const around = readEach(posts, includes);
  return {
    observations: [
      ...around.tweets.map(({ tweet, ...rest }) => observe(tweet, { session, context: true, ...rest })),
      ...own.tweets.map(({ tweet, ...rest }) => observe(tweet, { session, ...rest })),
    ],
    warnings: [...around.bad.map((why) => `left out of what is around: ${why}`), ...wiresOf(wire, "errors").map(readProblem)],
    refused: own.bad,
  };
}

type Read = { readonly tweet: Tweet; readonly metrics?: Metrics };

function readEach(wires: readonly Wire[], includes: Includes): { tweets: Read[]; bad: string[] } {
  const tweets: Read[] = [];
  const bad: string[] = [];
  for (const wire of wires) {
    // a removed tweet's place, as forget leaves it
    if (wire.erased !== undefined) continue;
    try {
      tweets.push({ tweet: readTweet(wire, includes), ...readMetrics(wire) });
    } catch (error) {
      if (!(error instanceof BadRecord)) throw error;
      bad.push(`tweet ${typeof wire.id === "string" ? wire.id : "without an id"}: ${error.message}`);
    }
  }
  return { tweets, bad };
}

/** `tweet 1570000000000000001: Not Found Error`: deleted, not authorized, suspended. */
function readProblem(problem: Wire): string {
  const words = ["resource_id", "value", "title", "detail", "message"].map((key) => (typeof problem[key] === "string" ? problem[key] : ""));
  const [id = "", value = "", title = "", detail = "", message = ""] = words;
  const type = problem.resource_type === "post" ? "tweet" : problem.resource_type;
  return `${typeof type === "string" ? type : "something"} ${id || value || "unnamed"} is not in it: ${title || message || detail || "no reason given"}`;
}

/** A line of `twarc2 flatten`: a tweet with what it refers to inside it. */
function readFlat(wire: Wire, session: SessionSlug | null): Told {
  if (wire.erased !== undefined) return tells([], ["tombstone: kept out"]);
  const told = readEach(innerOf(wire), NOTHING);
  const around = told.tweets.map(({ tweet, ...rest }) => observe(tweet, { session, context: true, ...rest }));
  return tells(
    [...around, observe(readTweet(wire, NOTHING), { session, ...readMetrics(wire) })],
    told.bad.map((why) => `left out of what is around: ${why}`),
  );
}

/** The tweets inside a flattened one that are there whole, innermost first. */
function innerOf(wire: Wire): Wire[] {
  const inner = referencesOf(wire).filter((one) => typeof one.text === "string");
  return inner.flatMap((one) => [...innerOf(one), one]);
}

const referencesOf = (wire: Wire): readonly Wire[] =>
  wiresOf(wire, wire.referenced_posts === undefined ? "referenced_tweets" : "referenced_posts");

function readTweet(wire: Wire, includes: Includes): Tweet {
  const history = wire.edit_history_post_ids === undefined ? "edit_history_tweet_ids" : "edit_history_post_ids";
  const versions = readVersions(idOf(wire, "id"), optionalList(wire, history) ?? []);
  const refers = (type: string): TweetId | null => {
    const found = referencesOf(wire).find((one) => one.type === type);
    return found === undefined ? null : idOf(found, "id");
  };
  const repostOf = refers("retweeted") ?? refers("reposted");
  return tweetOf({
    ...versions,
    ...readText(wire, includes),
    author: readAuthor(wire, includes),
    time: readTime(wire, versions.id),
    lang: optionalText(wire, "lang"),
    replyTo: refers("replied_to"),
    replyToUser: readReplyToUser(wire, includes),
    quotes: repostOf === null ? refers("quoted") : null,
    repostOf,
    conversation: wire.conversation_id === undefined ? null : idOf(wire, "conversation_id"),
    poll: readPoll(wire, includes),
  });
}

function idOf(wire: Wire, key: string): string {
  const value = wire[key];
  if (typeof value !== "string" || !isId(value)) throw new BadRecord(`"${key}" must be a string of digits`);
  return value;
}

function readTime(wire: Wire, id: TweetId): number {
  const made = snowflakeTime(id);
  if (made !== null) return made;
  const stated = optionalText(wire, "created_at");
  const time = stated === null ? null : isoTime(stated);
  if (time === null) throw new BadRecord(`"created_at" must be as 2023-04-08T15:07:30.000Z; found "${stated ?? ""}"`);
  return time;
}

function readAuthor(wire: Wire, { users }: Includes): Author {
  const user = isWire(wire.author) ? wire.author : users.get(wire.author_id);
  if (user?.protected === true) throw new BadRecord("protected account: never stored");
  const handle = optionalText(user ?? wire, "username");
  const id = wire.author_id === undefined ? null : idOf(wire, "author_id");
  if (handle === null) throw new BadRecord(`who wrote it is not said: author ${id ?? "unnamed"} is not among the users`);
  if (!isHandle(handle)) throw new BadRecord(`"username" must be a handle; found "${handle}"`);
  return { id, handle, name: (user && optionalText(user, "name")) ?? handle };
}

/** Whose tweet it answers, where the page has the account or the text mentions it. */
function readReplyToUser(wire: Wire, { users }: Includes): string | null {
  const id = wire.in_reply_to_user_id;
  if (id === undefined) return null;
  const mentions = isWire(wire.entities) ? wiresOf(wire.entities, "mentions") : [];
  const user = isWire(wire.in_reply_to_user) ? wire.in_reply_to_user : (users.get(id) ?? mentions.find((one) => one.id === id));
  return user === undefined ? null : optionalText(user, "username");
}

/** The long text, where there is one, and its entities. */
function readText(wire: Wire, includes: Includes): Said {
  const long = [wire.note_post, wire.note_tweet].filter(isWire).find((note) => typeof note.text === "string") ?? wire;
  const text = decodeOnce(textOf(long, "text"));
  const entities = isWire(long.entities) ? long.entities : null;
  const media = readMedia(wire, includes);
  if (entities === null) return { ...saidIn(text), media };
  return {
    text,
    tags: distinct(wiresOf(entities, "hashtags").map((tag) => textOf(tag, "tag").toLowerCase())),
    mentions: distinct(wiresOf(entities, "mentions").map((mention) => textOf(mention, "username"))),
    links: wiresOf(entities, "urls").filter(isLink).map(readLink),
    media,
  };
}

// `pic.twitter.com/AbC123`, `pic.x.com/AbC123`: the link that stands for a picture
const PICTURE = /^pic\.(?:twitter|x)\.com\//;
const isLink = (url: Wire): boolean => url.media_key === undefined && !PICTURE.test(optionalText(url, "display_url") ?? "");

function readLink(wire: Wire): Link {
  const url = textOf(wire, "url");
  const to = optionalText(wire, "unwound_url") ?? optionalText(wire, "expanded_url") ?? url;
  return { url, to, text: optionalText(wire, "display_url") ?? to };
}

const attachmentsOf = (wire: Wire): Wire => (isWire(wire.attachments) ? wire.attachments : {});

/** Pictures that the page has an address of. */
function readMedia(wire: Wire, { media }: Includes): Media[] {
  const attached = attachmentsOf(wire);
  const keys = optionalList(attached, "media_keys") ?? [];
  const wires =
    attached.media === undefined ? keys.map((key) => media.get(key)).filter((one) => one !== undefined) : wiresOf(attached, "media");
  return wires.flatMap((one) => {
    const url = optionalText(one, "url") ?? optionalText(one, "preview_image_url");
    return url === null ? [] : [{ type: optionalText(one, "type") ?? "photo", alt: optionalText(one, "alt_text"), url, file: null }];
  });
}

/** How often it was answered and so on, where that is counted. A count that is left out is 0. */
function readMetrics(wire: Wire): { metrics?: Metrics } {
  const counts = wire.public_metrics;
  if (!isWire(counts) || !isCount(counts.reply_count)) return {};
  const count = (value: unknown): number => (isCount(value) ? value : 0);
  const reposts = count(counts.retweet_count ?? counts.repost_count);
  return { metrics: { replies: counts.reply_count, reposts, quotes: count(counts.quote_count), likes: count(counts.like_count) } };
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

function readPoll(wire: Wire, { polls }: Includes): Poll | null {
  const attached = attachmentsOf(wire);
  const [id] = optionalList(attached, "poll_ids") ?? [];
  const poll = isWire(attached.poll) ? attached.poll : polls.get(id);
  if (poll === undefined) return null;
  const options = [...wiresOf(poll, "options")].sort((a, b) => Number(a.position) - Number(b.position));
  const votes = (option: Wire): number => (Number.isSafeInteger(option.votes) ? Number(option.votes) : 0);
  return {
    options: options.map((option) => ({ label: textOf(option, "label"), votes: votes(option) })),
    ends: optionalText(poll, "end_datetime"),
  };
}
