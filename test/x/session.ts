import type { Range } from "../../src/source/network.ts";
import { idAt, type Person, type Post } from "./post.ts";
import { between, randomFrom } from "./random.ts";

export interface SessionOptions {
  /** Posts in the hour and its edges, about; the noise comes on top. */
  readonly tweets?: number;
  readonly tag?: string;
  /** Handles. */
  readonly hosts?: readonly [string, ...string[]];
  /** When the hour begins. */
  readonly start: number;
  readonly minutes?: number;
}

/** A chat hour as it might have been. Tweets of it lie between `lead` minutes before and a day after. */
export interface MadeSession {
  readonly posts: readonly Post[];
  readonly tag: string;
  readonly hosts: readonly string[];
  readonly start: number;
  readonly minutes: number;
  readonly questions: readonly Post[];
  /** The hour itself. */
  readonly hour: Range;
}

const MINUTE = 60_000;
const WORDS = `lantern harbour thimble orchard copper willow gravel saffron meadow kettle ribbon pebble anchor barley cinder dapple ember
 fennel gable hazel inkwell jasper kernel ladder mallow nettle oaken parsley quiver rafter sorrel tansy umber velvet wicker yarrow`.split(
  /\s+/,
); // `a b`
const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const EXTRAS = ["🌱", "👩🏽‍🌾", "ünïcødé", "& more", "a < b > c", "漢字", "e\u0301", "🇳🇿", "&amp; literally"] as const;

/** Makes posts, each a moment after another: no two of them have one id. */
class Author {
  readonly posts: Post[] = [];
  readonly #random: () => number;
  #turn = 0;

  constructor(random: () => number) {
    this.#random = random;
  }

  write(at: number, post: Omit<Post, "id" | "at">): Post {
    const moment = Math.floor(at);
    const made = { ...post, id: idAt(moment, this.#turn++ % 4_000_000), at: moment };
    this.posts.push(made);
    return made;
  }

  /** Puts the post in another state: edited, deleted, known to search later. */
  change(post: Post, change: Partial<Post>): void {
    this.posts[this.posts.indexOf(post)] = { ...post, ...change };
  }

  edition(at: number, text: string): { id: string; at: number; text: string } {
    const moment = Math.floor(at);
    return { id: idAt(moment, this.#turn++ % 4_000_000), at: moment, text };
  }

  words(least: number, most: number): string {
    const count = between(this.#random, least, most + 1);
    return Array.from({ length: count }, () => this.oneOf(WORDS)).join(" ");
  }

  oneOf<T>(all: readonly T[]): T {
    const one = all[between(this.#random, 0, all.length)];
    if (one === undefined) throw new Error("nothing to choose from");
    return one;
  }

  chance(odds: number): boolean {
    return this.#random() < odds;
  }

  at(from: number, to: number): number {
    return from + this.#random() * (to - from);
  }
}

function makePeople(random: () => number, count: number, hosts: readonly string[]): Person[] {
  const names = new Set(hosts);
  const letter = (): string => LETTERS[between(random, 0, LETTERS.length)] ?? "a";
  while (names.size < count + hosts.length) names.add(`${WORDS[between(random, 0, WORDS.length)]}_${letter()}${letter()}`);
  return [...names].map((username, i) => ({ id: String(50_000 + i), username, name: username.replace("_", " ") }));
}

/** An hour of a chat, invented: questions (one without the tag), answers, untagged replies, quotes, long texts, pictures, a poll, edits,
 *  deletions, what search learns late, what is said after the hour, reposts, and what has nothing to do with it. Same seed, same hour. */
export function makeSession(seed: number, options: SessionOptions): MadeSession {
  const { tweets = 80, tag = "lanternchat", hosts = ["lantern_host"], start, minutes = 60 } = options;
  const random = randomFrom(seed);
  const author = new Author(random);
  const people = makePeople(random, Math.max(6, tweets >> 2), hosts);
  const [host, ...guests] = [people.slice(0, hosts.length), people.slice(hosts.length)].flat() as [Person, ...Person[]];
  const hour = { from: start, to: start + minutes * MINUTE };
  const hidden = makeOutside(author, guests, hour);
  const questions = makeQuestions(author, { host, tag, hour, count: Math.min(6, 1 + Math.floor(tweets / 12)) });
  const said: Post[] = [...questions];
  for (let i = questions.length; i < tweets; i++) said.push(makeAnswer(author, { said, questions, hidden, guests, tag, hour }));
  makeNoise(author, { said, guests, hour, count: Math.ceil(tweets / 8) });
  trouble(author, new Set(questions.map(({ id }) => id)), hour);
  const posts = author.posts.toSorted((a, b) => a.at - b.at);
  const ids = new Set(questions.map(({ id }) => id));
  return { posts, tag, hosts, start, minutes, hour, questions: posts.filter(({ id }) => ids.has(id)) };
}

/** What the session answers but may not be seen: of a protected account, of a suspended one, deleted long since. */
function makeOutside(author: Author, guests: readonly Person[], { from }: Range): Post[] {
  const someone = author.oneOf(guests);
  const closed: Person = { id: "40001", username: "shut_shutter", name: "Shutter", protected: true };
  const gone: Person = { id: "40002", username: "lost_latch", name: "Latch", suspended: true };
  const before = (): number => author.at(from - 600 * MINUTE, from - 60 * MINUTE);
  const seen = author.write(before(), { author: someone, text: author.words(4, 12) });
  const removed = author.write(before(), { author: someone, text: author.words(4, 12), deletedAt: from - 30 * MINUTE });
  const hidden = [closed, gone].map((person) => author.write(before(), { author: person, text: author.words(4, 12) }));
  return [seen, removed, ...hidden];
}

interface Asking {
  readonly host: Person;
  readonly tag: string;
  readonly hour: Range;
  readonly count: number;
}

/** Evenly over the hour; of several, the second forgets the tag. */
function makeQuestions(author: Author, { host, tag, hour, count }: Asking): Post[] {
  const step = (hour.to - hour.from) / (count + 1);
  return Array.from({ length: count }, (_, i) => {
    const text = `Q${i + 1} ${author.words(5, 14)}?`;
    const poll =
      i === 2
        ? {
            poll: {
              minutes: 60,
              options: [
                { label: "yes", votes: 12 },
                { label: "no & never", votes: 3 },
              ],
            },
          }
        : {};
    return author.write(hour.from + step * (i + 0.5) + author.at(0, MINUTE), {
      author: host,
      text: i === 1 ? text : `${text} #${tag}`,
      likes: 3,
      ...poll,
    });
  });
}

interface Talk {
  readonly said: readonly Post[];
  readonly questions: readonly Post[];
  readonly hidden: readonly Post[];
  readonly guests: readonly Person[];
  readonly tag: string;
  readonly hour: Range;
}

function makeAnswer(author: Author, { said, questions, hidden, guests, tag, hour }: Talk): Post {
  const question = author.oneOf(questions);
  const parent = author.chance(0.05)
    ? author.oneOf(hidden)
    : author.chance(0.4)
      ? question
      : author.chance(0.5)
        ? author.oneOf(said)
        : null;
  const late = author.chance(0.06);
  const from = Math.max(hour.from - 5 * MINUTE, (parent ?? question).at + 2000);
  const at = late
    ? author.at(hour.to + 20 * MINUTE, hour.to + 22 * 60 * MINUTE)
    : author.at(from, Math.max(from + MINUTE, hour.to + 10 * MINUTE));
  const tagged = parent === null || author.chance(0.6);
  const long = author.chance(0.06) ? ` ${author.words(50, 70)}` : "";
  const extra = author.chance(0.25) ? ` ${author.oneOf(EXTRAS)}` : "";
  const quotes = parent === null && author.chance(0.15) ? author.oneOf([...said, ...hidden]) : null;
  return author.write(at, {
    author: author.oneOf(guests),
    text: `${parent === null ? "" : `@${parent.author.username} `}A${1 + questions.indexOf(question)} ${author.words(2, 18)}${extra}${long}${tagged ? ` #${author.chance(0.3) ? tag.toUpperCase() : tag}` : ""}`,
    ...(parent !== null && { replyTo: parent.id }),
    ...(quotes !== null && quotes.at < at && { quotes: quotes.id }),
    ...(author.chance(0.06) && {
      media: [
        {
          name: `p${Math.floor(at) % 100_000}.${author.chance(0.5) ? "png" : "jpg"}`,
          ...(author.chance(0.5) && { alt: author.words(2, 6) }),
        },
      ],
    }),
    likes: author.chance(0.3) ? 2 : 0,
  });
}

interface Noise {
  readonly said: readonly Post[];
  readonly guests: readonly Person[];
  readonly hour: Range;
  readonly count: number;
}

/** Reposts, and posts that no query of the session finds. */
function makeNoise(author: Author, { said, guests, hour, count }: Noise): void {
  for (let i = 0; i < count; i++) {
    const original = author.oneOf(said);
    const at = author.at(original.at + 1000, Math.max(original.at + 2000, hour.to));
    author.write(at, { author: author.oneOf(guests), text: `RT @${original.author.username}: ${original.text}`, repostOf: original.id });
    author.write(author.at(hour.from, hour.to), { author: author.oneOf(guests), text: `${author.words(3, 9)} #otherchat` });
  }
}

/** What befalls some posts afterwards: edited within half an hour, deleted, known to search late. Questions are only edited. */
function trouble(author: Author, questions: ReadonlySet<string>, hour: Range): void {
  for (const post of [...author.posts]) {
    if (post.repostOf !== undefined || post.at < hour.from - 30 * MINUTE) continue;
    if (post.replyTo === undefined && post.poll === undefined && author.chance(0.06)) {
      const edits = [author.edition(post.at + author.at(10_000, 29 * MINUTE), `${post.text} (mended)`)];
      author.change(post, { edits });
    } else if (questions.has(post.id)) continue;
    else if (author.chance(0.04)) author.change(post, { deletedAt: post.at + author.at(MINUTE, 30 * 60 * MINUTE) });
    else if (author.chance(0.06)) author.change(post, { indexedAt: post.at + author.at(MINUTE, 90 * MINUTE) });
  }
}
