import type { Link, PlacedTweet, SiteConfig, Transcript, Tweet, TweetId } from "../model.ts";
import { csvOf, FORMATS, type Heading, jsonOf } from "./formats.ts";
import { type ErasedRecord, type ExportRecord, erasedOf, recordsOf } from "./record.ts";

/** The formats a site offers beside a session's page. */
export const DOWNLOADS = ["md", "txt", "json", "csv"] as const;
export type Download = (typeof DOWNLOADS)[number];

/** A session as a file for anyone. md and txt are the transcript to read, its text with it, as the page has it. json and csv are for
 *  programs: with `ids` they name tweets and users by their ids and say where each belongs, which is all that X's terms let others
 *  pass on; with `full` they hold what an export holds. Hidden tweets are in none of them, nor anything that leads to one. */
export function download(format: Download, transcript: Transcript, heading: Heading, kind: SiteConfig["downloads"]): string {
  const shown = shownOf(transcript);
  if (format === "md" || format === "txt") return FORMATS[format](shown, heading);
  const records = recordsOf(shown).map((record) => (kind === "full" ? record : idsOf(record)));
  return format === "csv" ? csvOf(records) : jsonOf<Record<string, unknown> | ErasedRecord>([...records, ...erasedOf(shown)]);
}

/** In the order of an export's keys. */
const IDS = [
  "id",
  "session",
  "author_id",
  "reply_to",
  "quotes",
  "repost_of",
  "asks",
  "side",
  "section",
  "question",
  "label",
  "reason",
  "confidence",
  "parent",
  "relation",
  "parent_reason",
  "parent_confidence",
  "late",
  "untagged",
  "aliases",
  "local",
  "context",
] as const;

const idsOf = (record: ExportRecord): Record<string, unknown> => Object.fromEntries(IDS.map((key) => [key, record[key]]));

/** The session without what no page shows: hidden tweets, their reposts, what only they answer or quote, and their ids. */
function shownOf(transcript: Transcript): Transcript {
  const gone = goneFrom(transcript);
  const tweets = transcript.placed.filter(({ tweet, placement }) => !placement.hidden && !gone.has(tweet.repostOf ?? ""));
  const placed = tweets.map(({ tweet, placement }) => ({
    tweet: without(tweet, gone),
    placement: { ...placement, ...unbound(placement, gone) },
  }));
  const named = new Set(placed.flatMap(({ tweet, placement }) => [tweet.replyTo, tweet.quotes, tweet.repostOf, placement.parent]));
  const context = transcript.context.filter(({ id, aliases }) => [id, ...aliases].some((one) => named.has(one)));
  return { ...transcript, placed, context: context.map((tweet) => without(tweet, gone)) };
}

/** Ids no download names: of hidden tweets, and of removed ones whose link leads nowhere. */
function goneFrom({ placed, removed, tombstones }: Transcript): ReadonlySet<TweetId> {
  const hidden = placed.filter(({ placement }) => placement.hidden).flatMap(({ tweet }) => [tweet.id, ...tweet.aliases]);
  return new Set([...hidden, ...removed.difference(new Set(tombstones.map(({ tweet }) => tweet)))]);
}

function without(tweet: Tweet, gone: ReadonlySet<TweetId>): Tweet {
  const kept = (id: TweetId | null): TweetId | null => (id !== null && gone.has(id) ? null : id);
  return {
    ...tweet,
    replyTo: kept(tweet.replyTo),
    quotes: kept(tweet.quotes),
    repostOf: kept(tweet.repostOf),
    links: tweet.links.filter((link) => !leadsTo(link, gone)),
  };
}

const unbound = ({ parent }: PlacedTweet["placement"], gone: ReadonlySet<TweetId>): Partial<PlacedTweet["placement"]> =>
  parent !== null && gone.has(parent) ? { parent: null, relation: null, parentReason: null, parentConfidence: null } : {};

/** `https://x.com/ada/status/12?s=20` names tweet 12. */
const leadsTo = ({ url, to, text }: Link, gone: ReadonlySet<TweetId>): boolean =>
  [url, to, text].some((address) => gone.has(/\/status(?:es)?\/(\d+)/.exec(address)?.[1] ?? ""));
