import type { Post } from "./post.ts";

/** A post as a search sees it: the version of that moment, and the conversation it belongs to. */
export interface Seen {
  readonly post: Post;
  /** Lower case, without #. */
  readonly tags: readonly string[];
  readonly conversation: string;
}
export type Matches = (seen: Seen) => boolean;

/** A query that is not understood; the message is for the answer. */
export class BadQuery extends Error {}

// `(`, `)`, `OR`, `-is:retweet`, `#tag`, `from:amy`, `conversation_id:17`
const WORD = /[()]|[^\s()]+/g;

/** What a query asks for: `#tag`, `from:`, `conversation_id:`, `is:retweet`, each with - before it, OR and parentheses. */
export function readQuery(query: string): Matches {
  const words = query.match(WORD) ?? [];
  let next = 0;
  const either = (): Matches => {
    const all = [both()];
    while (words[next] === "OR") {
      next++;
      all.push(both());
    }
    return (seen) => all.some((one) => one(seen));
  };
  const both = (): Matches => {
    const all: Matches[] = [];
    while (next < words.length && words[next] !== ")" && words[next] !== "OR") all.push(single());
    if (all.length === 0) throw new BadQuery("There were errors processing your request: missing term");
    return (seen) => all.every((one) => one(seen));
  };
  const single = (): Matches => {
    const word = words[next++] ?? "";
    if (word !== "(") return term(word);
    const inner = either();
    if (words[next++] !== ")") throw new BadQuery("There were errors processing your request: missing ')'");
    return inner;
  };
  const whole = either();
  if (next < words.length) throw new BadQuery(`There were errors processing your request: unexpected '${words[next]}'`);
  return whole;
}

function term(word: string): Matches {
  if (word.startsWith("-") && word.length > 1) {
    const not = term(word.slice(1));
    return (seen) => !not(seen);
  }
  const [, name = "", value = ""] = /^(#|from:|conversation_id:|is:)(.+)$/.exec(word) ?? [];
  const wanted = value.toLowerCase();
  if (name === "#") return ({ tags }) => tags.includes(wanted);
  if (name === "from:") return ({ post }) => post.author.username.toLowerCase() === wanted;
  if (name === "conversation_id:") return ({ conversation }) => conversation === value;
  if (name === "is:" && value === "retweet") return ({ post }) => post.repostOf !== undefined;
  throw new BadQuery(`There were errors processing your request: reference to invalid operator or keyword '${word}'`);
}
