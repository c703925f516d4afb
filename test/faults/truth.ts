import type { TweetId } from "../../src/model.ts";
import { idAt, type Post, stateOf } from "../x/post.ts";
import type { World } from "../x/world.ts";
import { HOST, TAG, WINDOW } from "./hour.ts";

const MINUTE = 60_000;

/** What a client that nothing goes wrong with can know of the session at a moment. */
export interface Truth {
  /** With the tag, inside the window. Where search has them: the id it orders by. */
  readonly tagged: ReadonlyMap<Post, TweetId>;
  /** By the host, inside the window. */
  readonly hosts: ReadonlyMap<Post, TweetId>;
  /** What answers the session's tweets, answers those and so on, until a day after the window. */
  readonly replies: ReadonlyMap<Post, TweetId>;
  /** Of the window: what the session's tweets answer, tag or no tag. */
  readonly answered: ReadonlySet<Post>;
}

export interface Bounds {
  readonly from: number;
  readonly to: number;
  /** Replies count until here. */
  readonly late: number;
}

export function truthAt(world: World, { from, to, late }: Bounds, at: number): Truth {
  const between = (end: number) => ({ after: String(BigInt(idAt(from)) - 1n), before: idAt(end) });
  const found = (query: string, end: number): Map<Post, TweetId> =>
    new Map(world.search(query, between(end), at).map(({ post, place }) => [post, place]));
  const tagged = found(`#${TAG} -is:retweet`, to);
  const hosts = found(`from:${HOST} -is:retweet`, to);
  const hour = { from: WINDOW.start, to: WINDOW.start + WINDOW.minutes * MINUTE };
  const asked = [...hosts.keys()].filter((post) => post.replyTo === undefined && post.at >= hour.from && post.at < hour.to);
  const session = new Set([...tagged.keys(), ...asked]);
  const replies = new Map<Post, TweetId>();
  const answered = new Set<Post>();
  const hits = world.search(({ post }) => post.repostOf === undefined && post.replyTo !== undefined, between(late), at);
  for (let before = -1; before !== session.size; ) {
    before = session.size;
    for (const { post, place } of hits) {
      const parent = world.get(post.replyTo ?? "");
      if (parent === undefined || !session.has(parent)) continue;
      session.add(post);
      replies.set(post, place);
    }
    for (const post of [...session]) {
      const parent = world.get(post.replyTo ?? "");
      if (parent === undefined || parent.at < from || parent.at >= to || stateOf(parent, at) !== "there") continue;
      session.add(parent);
      answered.add(parent);
    }
  }
  return { tagged, hosts, replies, answered };
}

/** What is true at both moments. */
export function trueAtBoth(a: Truth, b: Truth): Truth {
  const both = <V>(one: ReadonlyMap<Post, V>, other: ReadonlyMap<Post, V>): Map<Post, V> =>
    new Map([...one].flatMap(([post]) => (other.has(post) ? [[post, other.get(post) as V]] : [])));
  return {
    tagged: both(a.tagged, b.tagged),
    hosts: both(a.hosts, b.hosts),
    replies: both(a.replies, b.replies),
    answered: new Set([...a.answered].filter((post) => b.answered.has(post))),
  };
}
