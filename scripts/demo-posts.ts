import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../src/cli/paths.ts";
import type { Person, Post } from "../test/x/post.ts";

/** A line of data/demo/tweets.jsonl, as far as a stand-in for X needs it. */
interface DemoTweet {
  readonly id: string;
  readonly author: string;
  readonly author_id: string;
  readonly name: string;
  readonly created_at: string;
  readonly text: string;
  readonly lang: string | null;
  readonly reply_to: string | null;
  readonly quotes: string | null;
  readonly repost_of: string | null;
  readonly links: readonly { readonly url: string; readonly to: string }[];
  readonly media: readonly { readonly alt: string | null; readonly url: string }[];
  readonly erased?: string;
}

/** The bundled chat as posts of a stand-in for X, oldest first. What was removed there was deleted here. */
export function demoPosts(): Post[] {
  const records = readFileSync(join(ROOT, "data/demo/tweets.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as DemoTweet)
    .filter(({ erased }) => erased === undefined);
  const people = new Map<string, Person>();
  for (const { author_id: id, author: username, name } of records) people.set(id, { id, username, name });
  return records.map((record) => postOf(record, people));
}

function postOf(record: DemoTweet, people: ReadonlyMap<string, Person>): Post {
  const author = people.get(record.author_id);
  if (author === undefined) throw new Error(`${record.id}: nobody wrote it`);
  return {
    id: record.id,
    at: Date.parse(record.created_at),
    author,
    text: textOf(record),
    ...(record.lang !== null && { lang: record.lang }),
    ...(record.reply_to !== null && { replyTo: record.reply_to }),
    ...(record.quotes !== null && { quotes: record.quotes }),
    ...(record.repost_of !== null && { repostOf: record.repost_of }),
    ...(record.media.length > 0 && { media: record.media.map(pictureOf) }),
  };
}

const pictureOf = ({ url, alt }: DemoTweet["media"][number]): NonNullable<Post["media"]>[number] => ({
  name: new URL(url).pathname.slice(1),
  ...(alt !== null && { alt }),
});

/** As it was typed: the stand-in adds the links to what is quoted and to pictures by itself. */
function textOf({ id, text, quotes, links }: DemoTweet): string {
  const added = links.filter(({ to }) => to.includes(`/status/${id}/`) || (quotes !== null && to.endsWith(`/status/${quotes}`)));
  return added.reduce((left, { url }) => left.replace(` ${url}`, ""), text);
}
