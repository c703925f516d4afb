import { readdirSync } from "node:fs";
import { join } from "node:path";
import { type Burst, burstsOf } from "../archive/bursts.ts";
import { UserError } from "../errors.ts";
import type { Tweet } from "../model.ts";
import { FORMATS } from "../source/detect.ts";
import { openImports } from "../source/file.ts";
import { guessHosts } from "../thread/hosts.ts";
import { parse } from "../thread/parse.ts";
import { many } from "./names.ts";
import { isFolder } from "./paths.ts";

/** What old files say of their chat: its commonest tag (null: none has one), who asks, when most was said. `evidence`: a line each. */
export interface Proposal {
  readonly tag: string | null;
  readonly hosts: readonly string[];
  readonly bursts: readonly Burst[];
  readonly evidence: readonly string[];
}

/** Reads a file, or every file of a folder that can be imported. Throws UserError where nothing can. */
export async function propose(path: string): Promise<Proposal> {
  const folder = isFolder(path);
  const tweets = new Map<string, Tweet>();
  const skipped: string[] = [];
  for (const name of folder ? filesOf(path) : [path]) {
    const read = folder ? await readable(join(path, name)) : await readFile(path);
    if (read === null) skipped.push(name);
    for (const tweet of read ?? []) tweets.set(tweet.id, tweet);
  }
  if (tweets.size === 0)
    throw new UserError(
      `${path}: ${folder ? `no file in it is of a format that can be imported (${FORMATS.join(", ")})` : "no tweet in it can be read: see what npx chatscribe import says of its lines"}`,
    );
  return proposal([...tweets.values()], skipped);
}

function filesOf(dir: string): string[] {
  const entries = readdirSync(dir, { withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map((entry) => entry.name).sort();
}

/** null: not a format that is known. */
async function readable(file: string): Promise<Tweet[] | null> {
  try {
    return await readFile(file);
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

/** Stands in for the session of pasted text, which tells no time: its tag and its hosts are told all the same. */
const ANY_SESSION = "2009-07-21";

/** Of an X archive only tweets with a tag: no other can be a chat's, and none is kept here. */
async function readFile(file: string): Promise<Tweet[]> {
  const tweets: Tweet[] = [];
  for (const open of await openImports(file, { chat: "chat", session: ANY_SESSION, keep: (tweet) => tweet.tags.length > 0 }))
    for await (const part of open.parts()) tweets.push(...part.observations.filter((o) => !o.context).map((o) => o.tweet));
  return tweets;
}

function proposal(tweets: readonly Tweet[], skipped: readonly string[]): Proposal {
  const [tag] = count(tweets.flatMap((t) => t.tags));
  const posts = tweets.flatMap(({ time, author }) => (time === null ? [] : [{ time, who: author.handle.toLowerCase() }]));
  const bursts = burstsOf(posts);
  const { hosts, change } = hostsOf(tweets, bursts);
  return {
    tag: tag === undefined ? null : `#${tag[0]}`,
    hosts,
    bursts,
    evidence: [
      `${many(tweets.length, "tweet")}; ${tag === undefined ? "none has a hashtag" : `#${tag[0]} in ${tag[1].toLocaleString("en")} of them`}; ${many(bursts.length, "hour")} in which a chat seems to have met.`,
      ...(change ? ["Somebody else asks from time to time: hosts: stays empty, and each session's are found in its tweets."] : []),
      ...(hosts.length === 0 && !change ? ["Nobody asks Q1, Q2 … in them: write under hosts: who does."] : []),
      ...(skipped.length === 0 ? [] : [`Not read: ${skipped.join(", ")}.`]),
    ],
  };
}

const HOUR = 3_600_000;

/** Who asked a series of numbers in more than half of the hours (without hours, in all tweets together). Where hosts change from week to
 *  week nobody is named: a name in chat.md keeps the others from being found, evening by evening. */
function hostsOf(tweets: readonly Tweet[], bursts: readonly Burst[]): { hosts: string[]; change: boolean } {
  const inOrder = tweets.filter(({ time }) => time !== null).sort((a, b) => (a.time ?? 0) - (b.time ?? 0));
  const hours = bursts.map(({ start }) => inOrder.filter(({ time }) => time !== null && start <= time && time < start + HOUR));
  const sittings = hours.length === 0 ? [inOrder] : hours;
  const spelled = new Map(tweets.map(({ author }) => [author.handle.toLowerCase(), author.handle]));
  const asked = count(sittings.flatMap((sitting) => [...guessHosts(sitting.map((tweet) => parse(tweet)))]));
  const most = asked.filter(([, n]) => n > sittings.length / 2);
  return { hosts: most.map(([who]) => spelled.get(who) ?? who), change: most.length === 0 && asked.length > 0 };
}

/** Words with how often they come up, the commonest first. */
function count(words: readonly string[]): [string, number][] {
  const counts = [...Map.groupBy(words, (word) => word)].map(([word, all]): [string, number] => [word, all.length]);
  return counts.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}
