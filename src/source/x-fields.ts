import { type Answer, complaintOf } from "./x-fault.ts";
import type { Request, Requests } from "./x-request.ts";

/** X names its fields in two ways: as before and as after August 2026. */
interface Spelling {
  readonly query: Readonly<Record<string, string>>;
  /** What it complains about where it does not know these names. */
  readonly refused: RegExp;
}

const COMMON = {
  "user.fields": "name,username,protected",
  "media.fields": "type,url,preview_image_url,alt_text",
  "poll.fields": "options,end_datetime",
};

const TWEET: Spelling = {
  query: {
    "tweet.fields":
      "text,note_tweet,created_at,author_id,conversation_id,in_reply_to_user_id,referenced_tweets,entities,attachments,edit_history_tweet_ids,lang,public_metrics",
    expansions:
      "author_id,in_reply_to_user_id,attachments.media_keys,attachments.poll_ids,referenced_tweets.id,referenced_tweets.id.author_id,referenced_tweets.id.attachments.media_keys",
    ...COMMON,
  },
  refused: /tweet\.fields|referenced_tweets|note_tweet|edit_history_tweet_ids/, // `The query parameter [tweet.fields] is`
};

/** Who wrote it, what it answers and its versions are no fields any more: they come with their expansions. */
const POST: Spelling = {
  query: {
    "post.fields": "text,note_post,created_at,conversation_id,entities,attachments,lang,public_metrics",
    expansions: "author_id,in_reply_to_user_id,attachments.media_keys,attachments.poll_ids,referenced_posts,edit_history_post_ids,username",
    ...COMMON,
  },
  refused: /post\.fields|referenced_posts|note_post|edit_history_post_ids/, // `The query parameter [post.fields] is`
};

/** The names each path took last. The stream kept the old ones when the others changed. */
export type Spellings = Map<string, Spelling>;

/** Sends a request with all fields that are read, in the names X takes: where it refuses one way it is asked in the other. */
export async function sendWithFields(spellings: Spellings, request: Request, send: Requests["send"]): Promise<Answer> {
  const first = spellings.get(request.path) ?? TWEET;
  const other = first === TWEET ? POST : TWEET;
  const inNames = (spelling: Spelling): Promise<Answer> => send({ ...request, query: { ...request.query, ...spelling.query } });
  const answer = await inNames(first);
  if (!isRefused(first, answer)) return answer;
  const again = await inNames(other);
  if (isRefused(other, again)) return answer;
  spellings.set(request.path, other);
  return again;
}

const isRefused = (spelling: Spelling, answer: Answer): boolean => answer.status === 400 && spelling.refused.test(complaintOf(answer));
