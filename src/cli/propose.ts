import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DAYS } from "../config/rhythm.ts";
import { UserError } from "../errors.ts";
import type { Tweet } from "../model.ts";
import { FORMATS } from "../source/detect.ts";
import { openImport } from "../source/file.ts";

/** What a folder of old files says of its chat. `words`: what to type after `init`. */
export interface Proposal {
  readonly words: readonly string[];
  readonly evidence: readonly string[];
}

/** Reads every file of a folder that can be imported and guesses the chat: its commonest tag, who asks, the day and hour most tweets fall in. */
export async function propose(dir: string): Promise<Proposal> {
  const tweets: Tweet[] = [];
  const files: string[] = [];
  const skipped: string[] = [];
  for (const name of filesOf(dir)) {
    const read = await readFile(join(dir, name));
    if (read === null) skipped.push(name);
    else {
      files.push(name);
      tweets.push(...read);
    }
  }
  if (tweets.length === 0) throw new UserError(`${dir}: no file in it is of a format that can be imported (${FORMATS.join(", ")})`);
  return proposal(tweets, { files, skipped });
}

function filesOf(dir: string): string[] {
  try {
    return readdirSync(dir, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => entry.name)
      .sort();
  } catch (error) {
    throw new UserError(
      `${dir}: cannot be read as a folder (${error instanceof Error && "code" in error ? String(error.code) : String(error)})`,
    );
  }
}

/** null: not a format that is known. */
async function readFile(file: string): Promise<Tweet[] | null> {
  try {
    const open = await openImport(file, { chat: "chat", session: null });
    const tweets: Tweet[] = [];
    for await (const part of open.parts()) tweets.push(...part.observations.filter((o) => !o.context).map((o) => o.tweet));
    return tweets;
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

function proposal(tweets: readonly Tweet[], { files, skipped }: { files: readonly string[]; skipped: readonly string[] }): Proposal {
  const tag = commonest(tweets.flatMap((t) => t.tags));
  const hosts = askers(tweets);
  const hour = commonest(tweets.flatMap((t) => (t.time === null ? [] : [hourOf(t.time)])));
  const [day = "Tuesday", time = "12:00"] = hour?.word.split(" ") ?? [];
  const words = [`#${tag?.word ?? "tag"}`, ...hosts.flatMap((h) => ["--host", h]), "--every", day, "--at", time, "--zone", "UTC"];
  return {
    words,
    evidence: [
      `${tweets.length} tweets in ${files.length} files; #${tag?.word ?? "?"} in ${tag?.n ?? 0} of them, ${hour?.n ?? 0} on a ${day} from ${time} UTC.`,
      ...(hosts.length === 0 ? ["Nobody asks Q1, Q2 … in them: say who hosts it, with --host."] : []),
      "The hour is UTC: write the chat's own zone, so that summer time is followed.",
      ...(skipped.length === 0 ? [] : [`Not read: ${skipped.join(", ")}.`]),
    ],
  };
}

/** `Tuesday 18:00` in UTC */
const hourOf = (time: number): string => `${DAYS[new Date(time).getUTCDay()]} ${String(new Date(time).getUTCHours()).padStart(2, "0")}:00`;

/** Up to three people who wrote `Q<n>` with a question mark most often. */
function askers(tweets: readonly Tweet[]): string[] {
  const counts = count(tweets.filter((t) => /^\W*Q\d.*\?/is.test(t.text)).map((t) => t.author.handle));
  const [first] = counts;
  return counts
    .filter(([, n]) => first !== undefined && n >= Math.max(2, first[1] / 3))
    .map(([handle]) => handle)
    .slice(0, 3);
}

function count(words: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

function commonest(words: readonly string[]): { word: string; n: number } | null {
  const [best] = count(words);
  return best === undefined ? null : { word: best[0], n: best[1] };
}
