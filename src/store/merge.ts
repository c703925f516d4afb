import type { Tweet } from "../model.ts";

/** One tweet from two tellings of it. Associative, commutative and idempotent, so that imports in any order, repeated or not,
 *  give the same tweet (archive.md, guarantee 3): in every field the later edit wins, then the value that says more,
 *  then the greater one in code units, which says nothing but is always the same. The author is merged apart. */
export function mergeTweets(a: Tweet, b: Tweet): Tweet {
  const [newer, older] = compareText(a, b) >= 0 ? [a, b] : [b, a];
  return {
    id: a.id,
    author: a.author,
    time: pick(a.time, b.time),
    text: newer.text,
    lang: newer.lang ?? older.lang,
    replyTo: pick(a.replyTo, b.replyTo),
    replyToUser: pick(a.replyToUser, b.replyToUser),
    quotes: pick(a.quotes, b.quotes),
    repostOf: pick(a.repostOf, b.repostOf),
    conversation: pick(a.conversation, b.conversation),
    tags: fuller(a.tags, b.tags),
    mentions: fuller(a.mentions, b.mentions),
    links: fuller(a.links, b.links),
    media: fuller(a.media, b.media),
    poll: pickJson(a.poll, b.poll),
    edited: pick(a.edited, b.edited),
    aliases: [...new Set([...a.aliases, ...b.aliases])].sort(),
    local: a.local && b.local,
    heading: pick(a.heading, b.heading),
  };
}

/** Later edit, longer text, greater text, then a language over none. */
function compareText(a: Tweet, b: Tweet): number {
  return (
    (a.edited ?? -1) - (b.edited ?? -1) || a.text.length - b.text.length || compare(a.text, b.text) || compare(a.lang ?? "", b.lang ?? "")
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function pick<T extends string | number>(a: T | null, b: T | null): T | null {
  if (a === null || b === null) return a ?? b;
  return a >= b ? a : b;
}

/** The one that says more: as JSON the longer, then the greater. */
function fuller<T extends object | readonly unknown[]>(a: T, b: T): T {
  const [x, y] = [JSON.stringify(a), JSON.stringify(b)];
  return (x.length - y.length || compare(x, y)) >= 0 ? a : b;
}

function pickJson<T extends object>(a: T | null, b: T | null): T | null {
  return a === null || b === null ? (a ?? b) : fuller(a, b);
}
