/** Words as they are compared: lower case, letters and digits only. */
export const wordsIn = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** So many words in a row say the same thing; a shorter text says it as a whole. */
const RUN = 6;
/** A text of fewer words says nothing of its own: "thank you". */
const LEAST = 3;

/** Every six words in a row of a text. Links, handles and tags say nothing. */
export function runsOf(text: string): string[] {
  // `https://example.org/a`, `@amy`, `#chat`
  const words = wordsIn(text.replace(/https?:\/\/\S+|[@#][\p{L}\p{N}_]+/gu, " "));
  if (words.length < LEAST) return [];
  const runs = Math.max(1, words.length - RUN + 1);
  return Array.from({ length: runs }, (_, i) => words.slice(i, i + RUN).join(" "));
}

/** Whether six words in a row of a text, or all of a shorter one, stand in another. */
export function sharesRun(text: string, runs: readonly string[]): boolean {
  const said = ` ${wordsIn(text).join(" ")} `;
  return runs.some((run) => said.includes(` ${run} `));
}
