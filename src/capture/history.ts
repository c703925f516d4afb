import { spawnSync } from "node:child_process";

/** Looking through a long history for many words takes long; what is found for the first few already says what to do. */
const MOST_WORDS = 20;

/** How many commits of the repository a folder lies in added or removed one of `words` in that folder. 0 where there is no
 *  repository or no git: then no history keeps them. */
export function commitsHolding(folder: string, words: readonly string[]): number {
  const found = new Set<string>();
  for (const word of words.slice(0, MOST_WORDS)) {
    const log = spawnSync("git", ["-C", folder, "log", "--all", "--format=%H", `-S${word}`, "--", "."], { encoding: "utf8" });
    if (log.status !== 0) return 0;
    for (const commit of log.stdout.split("\n")) if (commit !== "") found.add(commit);
  }
  return found.size;
}
