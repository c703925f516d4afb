import type { TweetId } from "../../src/model.ts";
import { compareIds, newestAt, type Person, type Post, stateOf, tagsOf, type Version } from "./post.ts";
import { type Matches, readQuery } from "./query.ts";

export interface WorldOptions {
  /** Milliseconds until the search index knows what was written. */
  readonly lag?: number;
  /** Where an edited post stands in search: `moves` to when it was edited, by its new id, or `stays` where it was. */
  readonly edited?: "moves" | "stays";
}

/** A post as search finds it. `place`: the id it is ordered and selected by. */
export interface Hit {
  readonly post: Post;
  readonly version: Version;
  readonly place: TweetId;
}

/** Half open: ids in (after, before). */
export interface Between {
  readonly after: TweetId;
  readonly before: TweetId;
}

export interface Metrics {
  readonly replies: number;
  readonly reposts: number;
  readonly quotes: number;
  readonly likes: number;
}

/** All posts there are, and what can be seen of them at a moment. */
export class World {
  readonly #posts: Post[] = [];
  readonly #byId = new Map<TweetId, Post>();
  readonly #referring = new Map<TweetId, Post[]>();
  readonly #people = new Map<string, Person>();
  readonly #roots = new Map<TweetId, TweetId>();
  readonly #tags = new WeakMap<Version, readonly string[]>();
  readonly #written = new Map<string, Map<Version, Readonly<Record<string, unknown>>>>();
  readonly #lag: number;
  readonly #moves: boolean;

  constructor(posts: Iterable<Post> = [], { lag = 0, edited = "moves" }: WorldOptions = {}) {
    this.#lag = lag;
    this.#moves = edited === "moves";
    for (const post of posts) this.add(post);
  }

  get posts(): readonly Post[] {
    return this.#posts;
  }

  /** Also takes the place of a post with the same id. */
  add(post: Post): void {
    const had = this.#byId.get(post.id);
    if (had !== undefined) this.#remove(had);
    this.#posts.push(post);
    for (const { id } of [post, ...(post.edits ?? [])]) this.#byId.set(id, post);
    for (const id of referencesOf(post)) this.#referring.set(id, [...(this.#referring.get(id) ?? []), post]);
    this.#people.set(post.author.username.toLowerCase(), post.author);
    this.#roots.clear();
    this.#written.clear();
  }

  #remove(post: Post): void {
    this.#posts.splice(this.#posts.indexOf(post), 1);
    for (const id of referencesOf(post))
      this.#referring.set(
        id,
        (this.#referring.get(id) ?? []).filter((one) => one !== post),
      );
  }

  /** By the id of any of its versions. */
  get(id: TweetId): Post | undefined {
    return this.#byId.get(id);
  }

  /** Who has written anything, by the name. */
  person(username: string): Person | undefined {
    return this.#people.get(username.toLowerCase());
  }

  /** The id of the post that began the conversation; what is not in the world counts as having begun it. */
  conversationOf(post: Post): TweetId {
    const known = this.#roots.get(post.id);
    if (known !== undefined) return known;
    const parent = post.replyTo === undefined ? undefined : this.#byId.get(post.replyTo);
    const root = post.conversation ?? (parent === undefined ? (post.replyTo ?? post.id) : this.conversationOf(parent));
    this.#roots.set(post.id, root);
    return root;
  }

  /** What search finds at that moment, newest first. */
  search(query: string | Matches, range: Between, at: number): Hit[] {
    const matches = typeof query === "string" ? readQuery(query) : query;
    const hits: Hit[] = [];
    for (const post of this.#posts) {
      if (stateOf(post, at) !== "there" || Math.max(post.at, post.indexedAt ?? 0) + this.#lag > at) continue;
      const version = post.edits === undefined ? post : newestAt(post, at - this.#lag);
      const place = this.#moves ? version.id : post.id;
      if (compareIds(place, range.after) <= 0 || compareIds(place, range.before) >= 0) continue;
      if (matches({ post, tags: this.#tagsOf(version), conversation: this.conversationOf(post) })) hits.push({ post, version, place });
    }
    return hits.sort((a, b) => compareIds(b.place, a.place));
  }

  /** What has been written in one style of what time does not change. */
  writtenIn(style: string): Map<Version, Readonly<Record<string, unknown>>> {
    const written = this.#written.get(style) ?? new Map();
    this.#written.set(style, written);
    return written;
  }

  #tagsOf(version: Version): readonly string[] {
    const tags = this.#tags.get(version) ?? tagsOf(version.text);
    this.#tags.set(version, tags);
    return tags;
  }

  metricsOf(post: Post, at: number): Metrics {
    const metrics = { replies: 0, reposts: 0, quotes: 0, likes: post.likes ?? 0 };
    for (const { id } of post.edits === undefined ? [post] : [post, ...post.edits])
      for (const one of this.#referring.get(id) ?? []) {
        if (stateOf(one, at) !== "there") continue;
        if (one.replyTo === id) metrics.replies++;
        if (one.quotes === id) metrics.quotes++;
        if (one.repostOf === id) metrics.reposts++;
      }
    return metrics;
  }
}

const referencesOf = (post: Post): TweetId[] => [
  ...new Set([post.replyTo, post.quotes, post.repostOf].filter((id): id is TweetId => id !== undefined)),
];
