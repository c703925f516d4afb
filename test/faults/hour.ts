import { sweepsOf } from "../../src/config/sweeps.ts";
import { START } from "../helpers.ts";
import type { FaultName, FaultPlan, Odds } from "../x/faults.ts";
import { FAULTS, randomFaults } from "../x/faults.ts";
import type { Person, Post } from "../x/post.ts";
import { between, pick, randomFrom } from "../x/random.ts";
import { makeSession } from "../x/session.ts";
import type { StandInOptions } from "../x/standin.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The session of helpers.ts's tea chat that all trials capture. */
export const WINDOW = { start: START, minutes: 60, lead: 15, grace: 30 } as const;
export const HOST = "ceylon_sam";
export const TAG = "teachat";
const SWEEPS = sweepsOf(WINDOW);
export const LAST_SWEEP = SWEEPS.at(-1) ?? START;

/** How a session is captured: by the driver itself, or by the command line in one of its ways. */
export type Way = "driver" | "plain" | "--due" | "--follow";

/** A chat hour, what goes wrong while it is captured, and when it is captured. The same seed, the same plan. */
export interface Plan {
  readonly seed: number;
  readonly way: Way;
  readonly posts: readonly Post[];
  /** When somebody asks for it, in milliseconds since 1970, in order; the last is after the last sweep. */
  readonly moments: readonly number[];
  readonly faults: FaultPlan;
  /** So many requests go wrong at most; after them X answers as it should. */
  readonly most: number;
  readonly maxPosts: number | null;
  /** The process dies at that commit of each command (from 1), before or after it; null: it does not. */
  readonly crash: { readonly at: number; readonly committed: boolean } | null;
  /** How far the machine's clock is off. */
  readonly skew: number;
  readonly standIn: Omit<StandInOptions, "clock" | "posts" | "faults">;
  /** Whether it is derived again from what was received, in the end. */
  readonly rebuilt: boolean;
}

/** What a plan may be held to, where only some of them are wanted. */
export interface Wish {
  readonly ways?: readonly Way[];
  readonly names?: readonly FaultName[];
  readonly odds?: number;
  /** true: the process dies in each. */
  readonly dies?: boolean;
}

export function planOf(seed: number, wish: Wish = {}): Plan {
  const random = randomFrom(seed * 7919 + 1);
  const chance = (odds: number): boolean => random() < odds;
  const way = wish.ways === undefined ? wayOf(random()) : (wish.ways[seed % wish.ways.length] ?? "driver");
  const made = makeSession(seed, { tweets: 14 + Math.floor(66 * random() ** 6), tag: TAG, hosts: [HOST], start: START });
  const posts = chance(0.5) ? made.posts : befallen(made.posts, random);
  const names = wish.names ?? (chance(0.04) ? FAULTS : FAULTS.filter((name) => name !== "100 MB"));
  const odds: Odds = { odds: wish.odds ?? pick(random, [0, 0.05, 0.1, 0.2, 0.5]), stopping: 0.12, repeated: 0.05, names };
  return {
    seed,
    way,
    posts,
    moments: momentsOf(way, random),
    faults: randomFaults(seed, odds),
    most: between(random, 1, 9),
    maxPosts: chance(0.08) ? between(random, 10, 40) : null,
    crash: way === "driver" && chance(wish.dies === true ? 1 : 0.12) ? { at: between(random, 2, 14), committed: chance(0.5) } : null,
    skew: chance(0.05) ? pick(random, [-HOUR, HOUR]) : 0,
    standIn: {
      token: "secret-token",
      pageCap: 10,
      seed,
      names: chance(0.1) ? "post" : "tweet",
      strict: chance(0.8),
      lag: chance(0.3) ? 30_000 : 0,
      edited: chance(0.3) ? "stays" : "moves",
      ...(chance(0.15) && { tokenLife: 10 * MINUTE }),
      ...(chance(0.04) && { limits: { search: 20 + Math.floor(posts.length / 2) } }),
    },
    rebuilt: chance(0.03),
  };
}

function wayOf(share: number): Way {
  if (share < 0.005) return "--follow";
  if (share < 0.035) return "--due";
  return share < 0.1 ? "plain" : "driver";
}

/** More that becomes of posts: an account is closed to others, search learns of some a day late. */
function befallen(posts: readonly Post[], random: () => number): Post[] {
  const authors = [...new Set(posts.map(({ author }) => author))].filter(({ username }) => username !== HOST);
  const closing = authors[between(random, 0, authors.length)];
  const closed: Person | undefined = closing && { ...closing, protected: { from: START + between(random, 0, 30 * 60) * MINUTE } };
  return posts.map((post) => {
    const author = post.author === closing && closed !== undefined ? closed : post.author;
    const late = random() < 0.03 && post.deletedAt === undefined ? { indexedAt: post.at + between(random, 1, 40 * 60) * MINUTE } : {};
    return { ...post, ...late, author };
  });
}

function momentsOf(way: Way, random: () => number): number[] {
  const last = LAST_SWEEP + between(random, 1, 20 * 60) * MINUTE;
  if (way === "--follow") return [START - between(random, 16, 60) * MINUTE, last];
  if (random() < 0.84) return [last];
  const during = START + between(random, 0, 60) * MINUTE;
  const earlier = [during, ...SWEEPS.slice(0, -1).map((due) => due + between(random, 0, 5) * 10_000)];
  return [...earlier.filter(() => random() < 0.3), last];
}
