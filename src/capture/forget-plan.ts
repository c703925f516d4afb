import type { Archive } from "../archive/archive.ts";
import { isTwin, spotIn } from "../archive/hidden.ts";
import { belongsTo } from "../config/schedule.ts";
import { UserError } from "../errors.ts";
import type { Chat, Handle, Session, SessionSlug, Tweet, TweetId } from "../model.ts";
import type { AuthorKey, Grave } from "../store/removals.ts";
import { runsOf, sharesRun } from "../text/runs.ts";
import { retells } from "../text/veil.ts";

/** A tombstone before it is known why and when. */
type Place = Pick<Grave, "chat" | "time" | "session" | "position" | "asked" | "page" | "anchor">;

/** Everything that goes, found out before anything is touched. */
export interface Plan {
  readonly tweets: readonly { readonly id: TweetId; readonly repost: boolean; readonly graves: readonly Place[] }[];
  /** Every id of them, and those asked for that are not held. */
  readonly ids: readonly TweetId[];
  /** Those for removed.yml: what its authors and originals do not keep out anyway. */
  readonly listed: readonly TweetId[];
  readonly people: readonly { readonly id: string | null; readonly handles: readonly Handle[] }[];
  /** Authors without a tweet afterwards. */
  readonly orphans: readonly AuthorKey[];
  /** Tweets of others that name who is forgotten. */
  readonly veiled: readonly TweetId[];
  readonly texts: readonly string[];
  /** Of the people. */
  readonly handles: readonly Handle[];
  readonly media: readonly string[];
  readonly notHeld: readonly string[];
}

export function planOf(archive: Archive, wanted: { readonly tweets: readonly TweetId[]; readonly handles: readonly Handle[] }): Plan {
  const { store } = archive;
  const people = wanted.handles.map((handle) => personOf(archive, handle));
  const byAuthor = new Set(people.flatMap(({ keys }) => keys.flatMap((key) => store.removals.tweetsOf(key))));
  const asked = wanted.tweets.flatMap((id) => store.tweets([id]));
  const notHeld = wanted.tweets.filter((id) => store.tweets([id]).length === 0);
  const going = withRetellings(archive, [...asked, ...store.tweets(byAuthor)]);
  const tweets = [...going.values()];
  const handles = people.flatMap((person) => person.handles);
  const orphans = orphansAfter(archive, tweets);
  return {
    tweets: tweets.map((tweet) => ({ id: tweet.id, repost: tweet.repostOf !== null, graves: gravesOf(archive, tweet) })),
    ids: [...notHeld, ...tweets.flatMap(({ id, aliases }) => [id, ...aliases])],
    listed: [...notHeld, ...tweets.filter(({ id }) => !byAuthor.has(id)).flatMap(({ id, aliases }) => [id, ...aliases])],
    people,
    orphans,
    veiled: [...new Set(handles.flatMap((handle) => store.removals.mentioning(handle).map(({ id }) => id)))].filter((id) => !going.has(id)),
    texts: tweets.flatMap(({ text, media }) => [text, ...media.flatMap(({ alt }) => alt ?? [])]),
    handles,
    media: tweets.flatMap(({ media }) => media.flatMap(({ file }) => file ?? [])),
    notHeld: [...notHeld, ...people.filter(({ keys }) => keys.length === 0).map(({ handles: [handle] }) => `@${handle}`)],
  };
}

/** Who has a handle, or had it: every key their tweets are held under, and every handle they used. */
function personOf({ store }: Archive, handle: Handle): { id: string | null; handles: Handle[]; keys: string[] } {
  const found = store.removals.keysOf(handle);
  const [id, ...more] = found.map(({ key }) => key).filter((key) => !key.startsWith("h:"));
  if (more.length > 0)
    throw new UserError(`@${handle} was used by ${more.length + 1} accounts, one after the other: name the tweets instead, by id or URL`);
  if (id === undefined) return { id: null, handles: [handle], keys: found.map(({ key }) => key) };
  const handles = [...new Set([handle.toLowerCase(), ...store.removals.handlesOf(id)])];
  return { id, handles, keys: [id, ...handles.map((one) => `h:${one}`)] };
}

/** With those that pass them on: reposts, and `RT @x: text` that says six words in a row of one. */
function withRetellings({ store }: Archive, first: readonly Tweet[]): Map<TweetId, Tweet> {
  const going = new Map(first.map((tweet) => [tweet.id, tweet]));
  for (const tweet of going.values()) {
    const runs = runsOf(tweet.text);
    const { handle } = tweet.author;
    const telling = store.removals
      .mentioning(handle)
      .filter(({ text }) => retells(text, (one) => one.toLowerCase() === handle.toLowerCase()) && sharesRun(text, runs))
      .map(({ id }) => id);
    const twins = store
      .tweets(store.removals.keysOf(handle).flatMap(({ key }) => store.removals.tweetsOf(key)))
      .filter((other) => isTwin(tweet, other));
    const reposts = [tweet.id, ...tweet.aliases].flatMap((id) => store.removals.reposts(id));
    // a Map is walked with what is added meanwhile
    for (const other of [...twins, ...store.tweets([...telling, ...reposts])]) if (!going.has(other.id)) going.set(other.id, other);
  }
  return going;
}

function orphansAfter({ store }: Archive, tweets: readonly Tweet[]): AuthorKey[] {
  const going = new Set(tweets.map(({ id }) => id));
  const keys = new Map(tweets.flatMap(({ author }) => store.removals.keysOf(author.handle)).map((one) => [one.key, one]));
  const held = (key: string): boolean => store.removals.tweetsOf(key).some((id) => !going.has(id));
  return [...keys.values()].filter(
    ({ key }) => !held(key) && (key.startsWith("h:") || !store.removals.handlesOf(key).some((handle) => held(`h:${handle}`))),
  );
}

/** Where the links to a tweet led: a tombstone in each of its sessions. */
function gravesOf(archive: Archive, tweet: Tweet): Place[] {
  const memberships = archive.store.removals.memberships(tweet.id);
  const graves = archive.chats.flatMap((chat): Place[] => {
    const session = sessionOf(archive, chat, tweet);
    const member = memberships.find((one) => one.chat === chat.slug);
    if (session === null) return member === undefined ? [] : [{ ...OUTSIDE, ...member, time: tweet.time }];
    const shown = spotIn(
      archive.wholeTranscript(chat, session),
      tweet,
      archive.notes(chat, session.slug).pins.map((pin) => pin.tweet),
    );
    if (shown === null) return member === undefined ? [] : [{ ...OUTSIDE, ...member, time: tweet.time }];
    return [{ chat: chat.slug, time: tweet.time, session: session.slug, position: member?.position ?? null, ...shown }];
  });
  return graves.length > 0 ? graves : [{ ...OUTSIDE, chat: "", session: null, position: null, time: tweet.time }];
}

/** On no page. */
const OUTSIDE = { asked: null, page: false, anchor: false } as const;

function sessionOf(archive: Archive, chat: Chat, { id, time }: Tweet): Session | null {
  const slug: SessionSlug | null = archive.sessionOf(chat, id);
  if (slug !== null) return archive.session(chat, slug);
  return time === null ? null : belongsTo(archive.sessions(chat), time);
}
