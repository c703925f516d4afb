import type { TweetId } from "../../src/model.ts";
import { problem, type Wire } from "./answer.ts";
import { type Names, wordsOf } from "./names.ts";
import { newestAt, type Person, type Post, stateOf, type Version, versionsAt } from "./post.ts";
import type { World } from "./world.ts";

/** How an answer is written: in which words, with which fields and expansions, as of when. */
export interface Style {
  readonly names: Names;
  readonly at: number;
  readonly fields: ReadonlySet<string>;
  readonly expansions: ReadonlySet<string>;
  readonly userFields: ReadonlySet<string>;
  readonly mediaFields: ReadonlySet<string>;
  readonly pollFields: ReadonlySet<string>;
  /** Where pictures are. */
  readonly origin: string;
}

const SHORT = 280;
// what stands in a text that X writes an entity for: `https://t.co/AbC1`, `@amy`, `#teachat`
const ENTITY = /(https:\/\/t\.co\/\w+)|@(\w{1,20})|#([\p{L}\p{N}_]*\p{L}[\p{L}\p{N}_]*)/gu;

/** A link as X writes it into a text, and where it leads. */
interface ShortLink {
  readonly url: string;
  readonly expanded_url: string;
  readonly display_url: string;
  readonly media_key?: string;
}

// `https://example.org/tea?a=b`
const TYPED = /https?:\/\/[^\s]*[^\s.,!?)]/g;

const typedLinks = ({ id, text }: Version): ShortLink[] =>
  [...text.matchAll(TYPED)].map(([url], i) => ({
    url: shortLink(id, LETTERS[i] ?? "x"),
    expanded_url: url,
    display_url: url.replace(/^https?:\/\//, ""), // `https://`
  }));

const LETTERS = "abcdefghij";
const SIGN = /[@#]|https:/; // `@amy`, `#tea`, `https://t.co/a`
const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const iso = (ms: number): string => new Date(ms).toISOString();
const shortLink = (id: TweetId, letter: string): string => `https://t.co/${letter}${BigInt(id).toString(36)}`;
const codePoints = (text: string): number => {
  let count = 0;
  for (const _ of text) count++;
  return count;
};

/** Keeps what was asked for. */
const chosen = (wire: Wire, fields: ReadonlySet<string>, always: readonly string[]): Wire =>
  Object.fromEntries(Object.entries(wire).filter(([key, value]) => value !== undefined && (always.includes(key) || fields.has(key))));

/** A list, or nothing where it is empty: X leaves out what is empty. */
const some = <T>(list: readonly T[]): readonly T[] | undefined => (list.length === 0 ? undefined : list);

/** Writes posts as X's API v2 does. */
export class Writer {
  readonly #world: World;
  readonly #style: Style;
  readonly #written: Map<Version, Wire>;

  constructor(world: World, style: Style) {
    this.#world = world;
    this.#style = style;
    this.#written = world.writtenIn(`${style.names} ${[...style.fields].join(",")}`);
  }

  post(post: Post, version: Version): Wire {
    const fixed = this.#written.get(version) ?? this.#fixed(post, version);
    if (post.edits === undefined) this.#written.set(version, fixed);
    return this.#style.fields.has("public_metrics") ? { ...fixed, public_metrics: this.#metricsOf(post) } : fixed;
  }

  /** What time does not change. */
  #fixed(post: Post, version: Version): Wire {
    const history = versionsAt(post, this.#style.at).map(({ id }) => id);
    const words = wordsOf(this.#style.names);
    const wire: Record<string, unknown> = { id: version.id, [words.history]: history };
    const put = (field: string, make: () => unknown): void => {
      const value = this.#style.fields.has(field) ? make() : undefined;
      if (value !== undefined) wire[field] = value;
    };
    put("author_id", () => post.author.id);
    put("created_at", () => iso(version.at));
    put("conversation_id", () => this.#world.conversationOf(post));
    put("in_reply_to_user_id", () => this.#world.get(post.replyTo ?? "")?.author.id);
    put("lang", () => post.lang ?? "en");
    put("possibly_sensitive", () => false);
    put(words.references, () => some(referencesOf(post)));
    put("attachments", () => attachmentsOf(post));
    put("edit_controls", () => editControlsOf(post));
    const { text, entities, note } = this.#textsOf(post, version);
    wire.text = text;
    put("entities", () => entities);
    put(words.note, () => note);
    return wire;
  }

  #metricsOf(post: Post): Wire {
    const { replies, reposts, quotes, likes } = this.#world.metricsOf(post, this.#style.at);
    const { reposts: name } = wordsOf(this.#style.names);
    return {
      [name]: reposts,
      reply_count: replies,
      like_count: likes,
      quote_count: quotes,
      bookmark_count: 0,
      impression_count: likes * 40,
    };
  }

  #textsOf(post: Post, version: Version): { text: string; entities: Wire | undefined; note?: Wire } {
    const typed = typedLinks(version);
    const added = this.#addedLinks(post);
    const links = [...typed, ...added];
    const text = typed.reduce((so, link) => so.replace(link.expanded_url, link.url), version.text);
    const full = escaped([text, ...added.map(({ url }) => url)].join(" "));
    if (text.length <= SHORT || codePoints(text) <= SHORT) return { text: full, entities: this.#entitiesOf(full, links) };
    const cut = `${escaped([...text].slice(0, SHORT - 4).join(""))}…`;
    const note = { text: full, entities: this.#entitiesOf(full, links) };
    return { text: cut, entities: this.#entitiesOf(cut, links), note };
  }

  /** The links X adds to a text: to its pictures and to what it quotes. */
  #addedLinks(post: Post): ShortLink[] {
    const own = `https://x.com/${post.author.username}/status/${post.id}/photo/1`;
    const pictures = (post.media ?? []).slice(0, 1).map(({ name }) => {
      const url = shortLink(post.id, "p");
      return { url, expanded_url: own, display_url: url.replace("https://t.co", "pic.x.com"), media_key: mediaKey(post.id, name) };
    });
    const quoted = this.#world.get(post.quotes ?? "");
    if (quoted === undefined) return pictures;
    const there = `x.com/${quoted.author.username}/status/${quoted.id}`;
    return [...pictures, { url: shortLink(post.id, "q"), expanded_url: `https://${there}`, display_url: `${there.slice(0, 20)}…` }];
  }

  #entitiesOf(text: string, links: readonly ShortLink[]): Wire | undefined {
    if (!this.#style.fields.has("entities")) return undefined;
    if (!SIGN.test(text)) return undefined;
    const urls: Wire[] = [];
    const mentions: Wire[] = [];
    const hashtags: Wire[] = [];
    for (const match of text.matchAll(ENTITY)) {
      const [all, url, username, tag] = match;
      const start = codePoints(text.slice(0, match.index));
      const span = { start, end: start + codePoints(all) };
      if (url !== undefined)
        urls.push({ ...span, ...(links.find((link) => link.url === url) ?? { url, expanded_url: url, display_url: url }) });
      if (username !== undefined) mentions.push({ ...span, username, ...idOf(this.#world.person(username)) });
      if (tag !== undefined) hashtags.push({ ...span, tag });
    }
    const found = Object.entries({ urls, mentions, hashtags }).filter(([, list]) => list.length > 0);
    return found.length === 0 ? undefined : Object.fromEntries(found);
  }

  user(person: Person): Wire {
    return chosen(
      {
        id: person.id,
        name: person.name,
        username: person.username,
        protected: person.protected === true,
        verified: false,
        created_at: iso(Date.UTC(2012, 2, 4)),
      },
      this.#style.userFields,
      ["id", "name", "username"],
    );
  }

  /** What comes along with `hits`, one level deep, and why some of it does not. */
  around(hits: readonly Post[]): { includes: Wire; errors: Wire[] } {
    const { expansions, at } = this.#style;
    const refer = expansions.has("referenced_tweets.id") || expansions.has("referenced_posts");
    const ids = new Set(refer ? hits.flatMap((post) => referencesOf(post).map(({ id }) => id)) : []);
    const posts: Post[] = [];
    const errors: Wire[] = [];
    for (const id of ids) {
      const post = this.#world.get(id);
      if (post !== undefined && stateOf(post, at) === "there") posts.push(post);
      else errors.push(...this.absence(id, `${wordsOf(this.#style.names).references}.id`));
    }
    const unique = [...new Set(posts)];
    const media = [...hits, ...(expansions.has("referenced_tweets.id.attachments.media_keys") ? unique : [])];
    const includes = {
      users: some(this.#people(hits, unique).map((person) => this.user(person))),
      [wordsOf(this.#style.names).included]: some(unique.map((post) => this.post(post, newestAt(post, at)))),
      media: expansions.has("attachments.media_keys") ? some(media.flatMap((post) => this.#mediaOf(post))) : undefined,
      polls: expansions.has("attachments.poll_ids") ? some(hits.flatMap((post) => this.#pollOf(post))) : undefined,
    };
    return { includes: Object.fromEntries(Object.entries(includes).filter(([, value]) => value !== undefined)), errors };
  }

  #people(hits: readonly Post[], around: readonly Post[]): Person[] {
    const { expansions, names } = this.#style;
    const people = new Set<Person>();
    const add = (person: Person | undefined): void => {
      if (person !== undefined) people.add(person);
    };
    const ofAround = names === "post" || expansions.has("referenced_tweets.id.author_id");
    if (expansions.has("author_id")) for (const post of [...hits, ...(ofAround ? around : [])]) add(post.author);
    if (expansions.has("in_reply_to_user_id")) for (const post of hits) add(this.#world.get(post.replyTo ?? "")?.author);
    if (expansions.has("entities.mentions.username"))
      for (const post of hits) for (const [, , username] of post.text.matchAll(ENTITY)) add(this.#world.person(username ?? ""));
    return [...people];
  }

  #mediaOf(post: Post): Wire[] {
    return (post.media ?? []).map(({ name, alt }) =>
      chosen(
        {
          media_key: mediaKey(post.id, name),
          type: "photo",
          url: `${this.#style.origin}/media/${name}`,
          alt_text: alt,
          width: 1,
          height: 1,
        },
        this.#style.mediaFields,
        ["media_key", "type"],
      ),
    );
  }

  #pollOf(post: Post): Wire[] {
    if (post.poll === undefined) return [];
    const end = post.at + post.poll.minutes * 60_000;
    const options = post.poll.options.map((option, i) => ({ position: i + 1, ...option }));
    const voting_status = end <= this.#style.at ? "closed" : "open";
    const wire = { id: pollId(post), options, duration_minutes: post.poll.minutes, end_datetime: iso(end), voting_status };
    return [chosen(wire, this.#style.pollFields, ["id", "options"])];
  }

  /** The element of `errors` for a post that is not given; none for one that is lost. */
  absence(id: TweetId, parameter: string): Wire[] {
    const { names, at } = this.#style;
    const post = this.#world.get(id);
    const state = post === undefined ? "unwritten" : stateOf(post, at);
    const { resource } = wordsOf(names);
    const about = { value: id, resource_id: id, resource_type: resource, parameter };
    if (state === "lost") return [];
    if (state === "protected") {
      const detail = `Sorry, you are not authorized to see the ${resource} with ${parameter}: [${id}].`;
      const section = parameter === "ids" || parameter === "id" ? "data" : "includes";
      return [problem(names, "not-authorized-for-resource", { ...about, title: "Authorization Error", detail, section })];
    }
    if (state === "suspended") {
      const detail = `User has been suspended: [${post?.author.id}].`;
      return [problem(names, "resource-not-found", { ...about, title: "Forbidden", detail })];
    }
    const detail = `Could not find ${resource} with ${parameter}: [${id}].`;
    return [problem(names, "resource-not-found", { ...about, title: "Not Found Error", detail })];
  }
}

const idOf = (person: Person | undefined): Wire => (person === undefined ? {} : { id: person.id });

// the last digits tell a post's pictures apart: `3_1846…`
const mediaKey = (id: TweetId, name: string): string =>
  `3_${BigInt(id) + BigInt([...name].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 100_003, 7))}`;
const pollId = (post: Post): string => String(BigInt(post.id) + 1n);

function referencesOf(post: Post): { type: string; id: TweetId }[] {
  const all = { replied_to: post.replyTo, quoted: post.quotes, retweeted: post.repostOf };
  return Object.entries(all).flatMap(([type, id]) => (id === undefined ? [] : [{ type, id }]));
}

const editControlsOf = (post: Post): Wire => ({
  edits_remaining: 5 - (post.edits ?? []).length,
  is_edit_eligible: post.replyTo === undefined && post.poll === undefined,
  editable_until: iso(post.at + 30 * 60_000),
});

function attachmentsOf(post: Post): Wire | undefined {
  if (post.media === undefined && post.poll === undefined) return undefined;
  return {
    ...(post.media !== undefined && { media_keys: post.media.map(({ name }) => mediaKey(post.id, name)) }),
    ...(post.poll !== undefined && { poll_ids: [pollId(post)] }),
  };
}
