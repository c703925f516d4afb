import type { Person, Removal } from "../config/removed.ts";
import { retells, veilText } from "../text/veil.ts";
import { type JsonObject, type JsonSpan, spansOf } from "./json.ts";

/** Who and what must never appear again. */
export interface Unwanted {
  readonly hasAuthors: boolean;
  tweet(id: string): Removal | null;
  author(person: Person): Removal | null;
  /** Whose entries in lists of users go too, though others may still name them. Without it: those of removed authors. */
  readonly user?: (person: Person) => Removal | null;
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly by: string;
}

/** Cuts removed tweets and authors out of one JSON record, whatever tells them: the tweet itself, a quoted or reposted one inside it, what
 *  a page includes. Every other character stays as it is. `cuts` 0: nothing to cut. null: damaged, and it cannot be told what is in it. */
export function eraseJson(text: string, unwanted: Unwanted): { readonly text: string; readonly cuts: number } | null {
  const root = spansOf(text);
  if (root === null) return null;
  const cutter = new JsonCutter(text, unwanted, handlesIn(root));
  cutter.visit(root, null);
  cutter.dropBesides();
  return cutter.result();
}

/** A number as JSON writes it is an id too: `"id": 123`. */
const said = (value: JsonSpan | undefined): string | null =>
  value === undefined || value.kind === "object" || value.kind === "array" || value.text === "null" ? null : value.text;

const field = (object: JsonObject, ...keys: readonly string[]): string | null => {
  for (const key of keys) {
    const value = said(object.fields.get(key));
    if (value !== null && value !== "") return value;
  }
  return null;
};

const inner = (object: JsonObject, key: string): JsonObject | null => {
  const value = object.fields.get(key);
  return value?.kind === "object" ? value : null;
};

const idIn = (object: JsonObject): string | null => field(object, "id_str", "id", "rest_id");

/** The ids of a tweet and of its other versions. */
function versionsIn(tweet: JsonObject): string[] {
  const lists = ["edit_history_tweet_ids", "edit_history_post_ids", "aliases"].map((key) => tweet.fields.get(key));
  return [idIn(tweet) ?? "", ...lists.flatMap((list) => (list?.kind === "array" ? list.items.flatMap((item) => said(item) ?? []) : []))];
}

/** It tells a tweet, and is not only a reference to one (`{"type":"replied_to","id":…}`). */
const isTweet = (object: JsonObject): boolean =>
  idIn(object) !== null && ["text", "full_text", "author_id", "created_at"].some((key) => object.fields.has(key)) && !isUser(object);
const isUser = (object: JsonObject): boolean =>
  ["screen_name", "username"].some((key) => object.fields.get(key)?.kind === "string") && !object.fields.has("full_text");

function authorOf(tweet: JsonObject): Person {
  const user = inner(tweet, "user") ?? inner(tweet, "author");
  if (user !== null) return { id: field(user, "id_str", "id"), handle: field(user, "screen_name", "username") };
  return { id: field(tweet, "author_id", "user_id"), handle: field(tweet, "author", "screen_name") };
}

/** The handles of the users a page lists, by id: its tweets name their authors by id only. */
function handlesIn(value: JsonSpan, found = new Map<string, string>()): ReadonlyMap<string, string> {
  if (value.kind === "array") for (const item of value.items) handlesIn(item, found);
  if (value.kind !== "object") return found;
  const [id, handle] = [idIn(value), isUser(value) ? field(value, "username", "screen_name") : null];
  if (id !== null && handle !== null) found.set(id, handle);
  for (const inside of value.fields.values()) handlesIn(inside, found);
  return found;
}

/** What a tweet of a page has beside it there: its author, its pictures, its poll. */
function besides(tweet: JsonObject, author: Person): string[] {
  const attached = inner(tweet, "attachments");
  const keys = ["media_keys", "poll_ids"].flatMap((key) => {
    const list = attached?.fields.get(key);
    return list?.kind === "array" ? list.items.flatMap((item) => said(item) ?? []) : [];
  });
  return [...keys, ...(author.id === null ? [] : [author.id])];
}
/** The lists of a page that hold such things. */
const LISTS: ReadonlySet<string> = new Set(["users", "media", "polls"]);

/** What else says who somebody is. */
const USER_ID = /(?:^|_)(?:user|author)_?id(?:_str)?$/; // in_reply_to_user_id_str, author_id

class JsonCutter {
  readonly #text: string;
  readonly #unwanted: Unwanted;
  readonly #edits: Edit[] = [];
  readonly #handles: ReadonlyMap<string, string>;
  /** What is listed beside tweets, and what of it the tweets that go and those that stay have. */
  readonly #besides: { readonly id: string; readonly item: JsonSpan; readonly items: readonly JsonSpan[] }[] = [];
  readonly #cutHad = new Set<string>();
  readonly #keptHave = new Set<string>();

  constructor(text: string, unwanted: Unwanted, handles: ReadonlyMap<string, string>) {
    this.#text = text;
    this.#handles = handles;
    this.#unwanted = unwanted;
  }

  visit(value: JsonSpan, key: string | null): void {
    if (value.kind === "object") this.#visitObject(value, key);
    else if (value.kind === "array") for (const item of value.items) this.#visitItem(item, value.items, key);
    else if (this.#unwanted.hasAuthors && this.#saysWho(value, key)) this.#edits.push({ ...value, by: "null" });
  }

  #visitItem(item: JsonSpan, items: readonly JsonSpan[], key: string | null): void {
    const drop = item.kind === "object" ? isUser(item) && !isTweet(item) && this.#isGone(item) : this.#saysWho(item, key);
    if (drop) {
      this.#edits.push(this.#withComma(item, items));
      return;
    }
    if (item.kind === "object" && key !== null && LISTS.has(key)) {
      const id = field(item, "media_key") ?? idIn(item);
      if (id !== null) this.#besides.push({ id, item, items });
    }
    this.visit(item, key);
  }

  #visitObject(object: JsonObject, key: string | null): void {
    const removal = this.#removalOf(object);
    if (removal !== null) {
      this.#cut(object, removal);
      return;
    }
    if (isTweet(object)) for (const one of besides(object, this.#authorOf(object))) this.#keptHave.add(one);
    else if (key !== null && isUser(object) && this.#isGone(object)) {
      this.#edits.push({ ...object, by: `{"erased":"${this.#goneReason(object)}"}` });
      return;
    }
    for (const [name, value] of object.fields) this.visit(value, name);
  }

  /** Why a tweet goes: it is removed, its author is, or it is nothing but a repost of such a tweet. */
  #removalOf(object: JsonObject): Removal | null {
    const wrapped = inner(object, "tweet"); // an X archive: {"tweet":{…}}
    if (wrapped !== null && isTweet(wrapped)) return this.#removalOf(wrapped);
    if (!isTweet(object)) return null;
    const own = versionsIn(object)
      .map((id) => this.#unwanted.tweet(id))
      .find((removal) => removal !== null);
    return own ?? this.#unwanted.author(this.#authorOf(object)) ?? this.#repostedRemoval(object) ?? this.#retold(object);
  }

  #authorOf(tweet: JsonObject): Person {
    const { id, handle } = authorOf(tweet);
    return { id, handle: handle ?? this.#handles.get(id ?? "") ?? null };
  }

  #repostedRemoval(object: JsonObject): Removal | null {
    const original = inner(object, "retweeted_status");
    if (original !== null) return this.#removalOf(original);
    const named = this.#unwanted.tweet(field(object, "repost_of", "retweeted_status") ?? "");
    if (named !== null) return named;
    const references = object.fields.get("referenced_tweets") ?? object.fields.get("referenced_posts");
    if (references?.kind !== "array") return null;
    for (const reference of references.items)
      if (reference.kind === "object" && /^(?:retweeted|reposted)$/.test(field(reference, "type") ?? ""))
        return this.#removalOf(reference) ?? this.#unwanted.tweet(field(reference, "id") ?? "");
    return null;
  }

  #retold(object: JsonObject): Removal | null {
    if (!this.#unwanted.hasAuthors) return null;
    const text = field(object, "full_text", "text") ?? "";
    let found: Removal | null = null;
    retells(text, (handle) => {
      found ??= this.#unwanted.author({ id: null, handle });
      return found !== null;
    });
    return found;
  }

  /** A record over several lines stays one: how a file is laid out tells how it is read. */
  #cut(object: JsonObject, { reason }: Removal): void {
    const tweet = inner(object, "tweet") ?? object;
    for (const one of besides(tweet, this.#authorOf(tweet))) this.#cutHad.add(one);
    const line = this.#text.slice(object.start, object.end).includes("\n") ? "\n" : "";
    this.#edits.push({ start: object.start, end: object.end, by: `{"id":"${idIn(tweet) ?? ""}",${line}"erased":"${reason}"}` });
  }

  #isGone(user: JsonObject): boolean {
    return this.#goneReason(user) !== null;
  }

  #goneReason(user: JsonObject): string | null {
    const person = { id: field(user, "id_str", "id"), handle: field(user, "screen_name", "username") };
    return (this.#unwanted.author(person) ?? this.#unwanted.user?.(person) ?? null)?.reason ?? null;
  }

  /** A value that is nothing but a handle, or the id of an account. */
  #saysWho(value: JsonSpan, key: string | null): boolean {
    const text = said(value);
    if (!this.#unwanted.hasAuthors || text === null) return false;
    if (key !== null && USER_ID.test(key)) return this.#unwanted.author({ id: text, handle: null }) !== null;
    return value.kind === "string" && /^[A-Za-z0-9_]{1,20}$/.test(text) && this.#unwanted.author({ id: null, handle: text }) !== null;
  }

  /** An item of a list goes with a comma of its own. */
  #withComma(item: JsonSpan, items: readonly JsonSpan[]): Edit {
    const i = items.indexOf(item);
    const next = items[i + 1];
    if (next !== undefined) return { start: item.start, end: next.start, by: "" };
    // the commas before it went with those that went
    const kept = items.slice(0, i).findLast(({ start }) => !this.#edits.some((edit) => edit.start === start && edit.by === ""));
    return { start: kept?.end ?? item.start, end: item.end, by: "" };
  }

  /** What is listed beside tweets only because of one that was cut. */
  dropBesides(): void {
    for (const { id, item, items } of this.#besides)
      if (this.#cutHad.has(id) && !this.#keptHave.has(id)) this.#edits.push(this.#withComma(item, items));
  }

  result(): { text: string; cuts: number } {
    let out = "";
    let at = 0;
    for (const { start, end, by } of this.#edits.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
      // inside of what went already
      if (end <= at) continue;
      out += this.#text.slice(at, Math.max(at, start)) + by;
      at = end;
    }
    const rest = out + this.#text.slice(at);
    const veiled = this.#unwanted.hasAuthors ? veilText(rest, (handle) => this.#unwanted.author({ id: null, handle }) !== null) : rest;
    return { text: veiled, cuts: this.#edits.length + (veiled === rest ? 0 : 1) };
  }
}
