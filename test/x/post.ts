import type { TweetId } from "../../src/model.ts";

/** A time that something holds for; without `until`, for ever. */
export interface Span {
  readonly from: number;
  readonly until?: number;
}

export interface Person {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  /** Since when the account has been closed to others; true: always. */
  readonly protected?: true | Span;
  readonly suspended?: true | Span;
}

export interface Picture {
  /** Its name below /media/: `a1.png`, `b2.jpg`. */
  readonly name: string;
  readonly alt?: string;
}

export interface AskedPoll {
  readonly options: readonly { readonly label: string; readonly votes: number }[];
  readonly minutes: number;
}

export interface Version {
  readonly id: TweetId;
  readonly at: number;
  readonly text: string;
}

/** One post and all that becomes of it. Text is plain, as its author typed it: links of pictures and quotes are added when it is served. */
export interface Post extends Version {
  readonly author: Person;
  readonly lang?: string;
  readonly replyTo?: TweetId;
  readonly quotes?: TweetId;
  readonly repostOf?: TweetId;
  /** Only where what it answers is not in the world and neither began the conversation. */
  readonly conversation?: TweetId;
  readonly media?: readonly Picture[];
  readonly poll?: AskedPoll;
  /** Later versions, oldest first; each has an id of its own. */
  readonly edits?: readonly Version[];
  readonly deletedAt?: number;
  /** When the search index learns of it, if later than it was written. */
  readonly indexedAt?: number;
  /** When nothing is said of it, whatever the reason. */
  readonly lost?: Span;
  readonly likes?: number;
}

/** `unwritten`: not yet, or never. `lost`: left out of answers without a word. */
export type State = "there" | "deleted" | "protected" | "suspended" | "lost" | "unwritten";

const holds = (span: true | Span | undefined, at: number): boolean =>
  span === true || (span !== undefined && span.from <= at && at < (span.until ?? Number.POSITIVE_INFINITY));

export function stateOf(post: Post, at: number): State {
  if (at < post.at) return "unwritten";
  if (at >= (post.deletedAt ?? Number.POSITIVE_INFINITY)) return "deleted";
  if (holds(post.author.suspended, at)) return "suspended";
  if (holds(post.author.protected, at)) return "protected";
  return holds(post.lost, at) ? "lost" : "there";
}

/** The versions there are by then, oldest first; the first is there always. */
export const versionsAt = (post: Post, at: number): readonly [Version, ...Version[]] => [
  post,
  ...(post.edits ?? []).filter((edit) => edit.at <= at),
];

export const newestAt = (post: Post, at: number): Version => {
  const [first, ...edits] = versionsAt(post, at);
  return edits.at(-1) ?? first;
};

const EPOCH = 1_288_834_974_657;

/** The id X would make at that moment; `turn` (to 4 million) tells those of one millisecond apart. */
export const idAt = (ms: number, turn = 0): TweetId => String((BigInt(ms - EPOCH) << 22n) + BigInt(turn));

export const timeOfId = (id: TweetId): number => Number(BigInt(id) >> 22n) + EPOCH;

/** Older ids are smaller. */
export const compareIds = (a: TweetId, b: TweetId): number => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);

// `#TeaChat`, `#q1`
const TAG = /#([\p{L}\p{N}_]*\p{L}[\p{L}\p{N}_]*)/gu;
export const tagsOf = (text: string): string[] => [...text.matchAll(TAG)].map(([, tag = ""]) => tag.toLowerCase());
