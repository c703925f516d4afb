// @ts-check
// How the command uses memory. Plain JavaScript, as scripts/chatscribe.js.
import v8 from "node:v8";

/** A small young generation and early collection keep an import of any size below 150 MB, not 270, for a third more processor time
 *  (npm run bench -- --million). */
const SMALL = ["--max-semi-space-size=4", "--optimize-for-size"];

/** Commands that make pages: with the above they take a quarter longer, and need no less. */
const MAKE_PAGES = new Set(["build", "publish", "serve", "review"]);

/** Sets how memory is used in this process, by the command's name.
 *  @param {string | undefined} command */
export function useMemoryFor(command) {
  if (!MAKE_PAGES.has(command ?? "")) for (const flag of SMALL) v8.setFlagsFromString(flag);
}
