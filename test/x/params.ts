import { type Answer, invalid } from "./answer.ts";
import { type Names, wordsOf } from "./names.ts";
import { BadQuery, readQuery } from "./query.ts";

/** What is asked of the API; `picture` is not the API's but of the same origin. */
export type Kind = "search" | "counts" | "lookup" | "stream" | "rules" | "picture";

export interface Asked {
  readonly kind: Kind;
  /** Of the full archive, not of the last seven days. */
  readonly all: boolean;
  readonly method: string;
  readonly path: string;
  readonly params: ReadonlyMap<string, string>;
}

const MOST_OF_QUERY = 512;

const OBJECTS = ["expansions", "media.fields", "poll.fields", "user.fields", "place.fields"];
const RANGE = ["query", "start_time", "end_time", "since_id", "until_id", "next_token", "pagination_token"];
const KNOWN: Readonly<Record<Exclude<Kind, "picture">, readonly string[]>> = {
  search: [...RANGE, "max_results", "sort_order", ...OBJECTS],
  counts: [...RANGE, "granularity", "search_count.fields"],
  lookup: ["ids", ...OBJECTS],
  stream: ["backfill_minutes", "start_time", "end_time", "tweet.fields", ...OBJECTS],
  rules: ["ids", "max_results", "pagination_token", "dry_run", "delete_all"],
};

const list = (words: string): readonly string[] => words.split(/\s+/); // `a b`
const COMMON_FIELDS = list(`article attachments card_uri community_id context_annotations conversation_id created_at display_text_range
 edit_controls entities geo id lang matched_media_notes media_metadata non_public_metrics note_request_suggestions organic_metrics
 paid_partnership possibly_sensitive promoted_metrics public_metrics reply_settings scopes source suggested_source_links
 suggested_source_links_with_counts text withheld`);
const COMMON_EXPANSIONS = list(`article.cover_media article.media_entities attachments.media_keys attachments.media_source_tweet
 attachments.poll_ids author_id entities.mentions.username geo.place_id in_reply_to_user_id`);
const COMMON_USER = list(`confirmed_email connection_status created_at description entities id is_identity_verified location name parody
 profile_banner_url profile_image_url protected public_metrics receives_your_dm subscription subscription_type url username verified
 verified_followers_count verified_type withheld`);

/** The values X's description allows, in the words of each time. The stream has kept the old ones. */
const VALUES: Readonly<Record<Names, Readonly<Record<string, readonly string[]>>>> = {
  tweet: {
    "tweet.fields": [...COMMON_FIELDS, ...list("author_id edit_history_tweet_ids in_reply_to_user_id note_tweet referenced_tweets")],
    expansions: [
      ...COMMON_EXPANSIONS,
      ...list("edit_history_tweet_ids entities.note.mentions.username referenced_tweets.id"),
      ...list("referenced_tweets.id.attachments.media_keys referenced_tweets.id.author_id"),
    ],
    "user.fields": [...COMMON_USER, ...list("affiliation most_recent_tweet_id pinned_tweet_id")],
    "search_count.fields": list("end start tweet_count"),
  },
  post: {
    "post.fields": [...COMMON_FIELDS, ...list("article_title note_post")],
    expansions: [...COMMON_EXPANSIONS, ...list("edit_history_post_ids referenced_posts username")],
    "user.fields": [...COMMON_USER, "subscribes_to_you"],
    "search_count.fields": list("end start post_count"),
  },
};
const SAME_VALUES: Readonly<Record<string, readonly string[]>> = {
  "media.fields": list(`alt_text duration_ms height media_key non_public_metrics organic_metrics preview_image_url promoted_metrics
 public_metrics type url variants width`),
  "poll.fields": list("duration_minutes end_datetime id options voting_status"),
  granularity: list("minute hour day"),
  sort_order: list("recency relevancy"),
};

/** What is asked for, by path; null: nothing that exists. */
export function readAsked(method: string, target: string): Asked | null {
  const url = new URL(target, "http://localhost");
  const params = new Map(url.searchParams);
  const asked = (kind: Kind, all = false): Asked => ({ kind, all, method, path: url.pathname, params });
  if (url.pathname.startsWith("/media/")) return asked("picture");
  switch (`${method} ${url.pathname}`) {
    case "GET /2/tweets/search/recent":
      return asked("search");
    case "GET /2/tweets/search/all":
      return asked("search", true);
    case "GET /2/tweets/counts/recent":
      return asked("counts");
    case "GET /2/tweets/counts/all":
      return asked("counts", true);
    case "GET /2/tweets":
      return asked("lookup");
    case "GET /2/tweets/search/stream":
      return asked("stream");
    case "GET /2/tweets/search/stream/rules":
    case "POST /2/tweets/search/stream/rules":
      return asked("rules");
    default:
      return null;
  }
}

/** 400 for a parameter or value that is not known in these words (strict) or in either (lenient); null: all are. */
export function refuseParams({ kind, params }: Asked, names: Names, strict: boolean): Answer | null {
  if (kind === "picture") return null;
  const own: Names = kind === "stream" ? "tweet" : names;
  const spellings: readonly Names[] = strict ? [own] : ["tweet", "post"];
  const hasFields = kind === "search" || kind === "lookup" || kind === "stream";
  const known = [...KNOWN[kind], ...(hasFields ? spellings.map((one) => wordsOf(one).fields) : [])];
  for (const [name, value] of params) {
    if (!known.includes(name)) return invalid(names, name, `The query parameter [${name}] is not one of [${known.join(",")}]`);
    const allowed =
      SAME_VALUES[name] ?? (spellings.some((one) => VALUES[one][name]) ? spellings.flatMap((one) => VALUES[one][name] ?? []) : null);
    const wrong = allowed === null ? undefined : value.split(",").find((one) => !allowed.includes(one));
    if (wrong !== undefined)
      return invalid(names, name, `The \`${name}\` query parameter value [${wrong}] is not one of [${allowed?.join(",")}]`);
  }
  return refuseQuery(params, names, kind) ?? refuseIds(params, names, kind);
}

function refuseQuery(params: ReadonlyMap<string, string>, names: Names, kind: Kind): Answer | null {
  if (kind !== "search" && kind !== "counts") return null;
  const query = params.get("query") ?? "";
  if (query === "") return invalid(names, "query", "The `query` query parameter can not be empty");
  if ([...query].length > MOST_OF_QUERY)
    return invalid(names, "query", `Query length must be at most ${MOST_OF_QUERY} characters; found ${[...query].length}`);
  try {
    readQuery(query);
    return null;
  } catch (error) {
    if (error instanceof BadQuery) return invalid(names, "query", error.message);
    throw error;
  }
}

const ID = /^[0-9]{1,19}$/; // `1346889436626259968`

function refuseIds(params: ReadonlyMap<string, string>, names: Names, kind: Kind): Answer | null {
  for (const name of ["since_id", "until_id"]) {
    const value = params.get(name);
    if (value !== undefined && !ID.test(value))
      return invalid(names, name, `The \`${name}\` query parameter value [${value}] is not valid`);
  }
  if (kind !== "lookup") return null;
  const ids = (params.get("ids") ?? "").split(",");
  if (ids.length > 100)
    return invalid(names, "ids", `The number of values in the \`ids\` query parameter list [${ids.length}] is not between 1 and 100`);
  const wrong = ids.find((id) => !ID.test(id));
  return wrong === undefined ? null : invalid(names, "ids", `The \`ids\` query parameter value [${wrong}] is not valid`);
}

/** What was chosen of fields and expansions. An expansion brings the field it follows; `post.fields` has no name for some of them. */
export function chosenFields(
  params: ReadonlyMap<string, string>,
): Record<"fields" | "expansions" | "userFields" | "mediaFields" | "pollFields", ReadonlySet<string>> {
  const set = (...names: readonly string[]): ReadonlySet<string> => new Set(names.flatMap((name) => params.get(name)?.split(",") ?? []));
  const expansions = set("expansions");
  // `referenced_tweets.id.author_id` -> `referenced_tweets`
  const brought = [...expansions].map((one) => one.split(".")[0] ?? "");
  return {
    fields: both(new Set([...set("tweet.fields", "post.fields"), ...brought])),
    expansions,
    userFields: set("user.fields"),
    mediaFields: set("media.fields"),
    pollFields: set("poll.fields"),
  };
}

const TWINS = [
  ["referenced_tweets", "referenced_posts"],
  ["note_tweet", "note_post"],
] as const;

/** A field asked for in one spelling is given in the other where an answer is written in that. */
const both = (fields: ReadonlySet<string>): ReadonlySet<string> =>
  new Set([...fields, ...TWINS.filter((twin) => twin.some((name) => fields.has(name))).flat()]);
