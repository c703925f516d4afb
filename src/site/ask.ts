/** The text of a tweet that asks, cut where its heading is set apart. The four joined are the text. */
export interface Ask {
  /** "Great! This brings us to: " */
  readonly before: string;
  /** "Q2: " */
  readonly token: string;
  /** "What should one focus on?" */
  readonly words: string;
  /** " #chat" */
  readonly after: string;
}

/** Cuts at the question's number, where the text has it, and before hashtags and links at the end.
 *  `splitAsk("Next: Q2 Why? #chat", "Q2")` is `["Next: ", "Q2 ", "Why?", " #chat"]`. */
export function splitAsk(text: string, label: string): Ask {
  const found = tokenOf(label)?.exec(text) ?? null;
  if (found === null) return { before: "", token: "", ...cutTail(text) };
  const before = text.slice(0, found.index);
  const { words, after } = cutTail(text.slice(found.index + found[0].length));
  if (/[\p{L}\p{N}]/u.test(words)) return { before, token: found[0], words, after };
  return { before: "", token: "", words: before, after: found[0] + words + after }; // "Why? #Q2 #chat"
}

/** The label as people write it, with what sets it apart: `Q2:`, `Q 2.`, `Question 2 -`, `#q2`, `[BONUS]`. A `+` is never written. */
function tokenOf(label: string): RegExp | null {
  if (!/[\p{L}\p{N}]/u.test(label)) return null;
  const number = /^Q(\d.*)$/i.exec(label)?.[1]; // "Q2", "Q1a", "Q2.5"
  const name = number === undefined ? escapeRegExp(label) : `Q(?:uestion)?\\s?#?${escapeRegExp(number)}`;
  return new RegExp(String.raw`(?<![\p{L}\p{N}_@/])[#(\[]?${name}(?![\p{L}\p{N}_]|\.\d)[\])]?\s*[:.)\]/|–—-]*\s*`, "iu");
}

/** "Q2.5" -> "Q2\.5" */
const escapeRegExp = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&");

/** "Why? #chat https://t.co/1" -> "Why?" and " #chat https://t.co/1" */
function cutTail(text: string): { words: string; after: string } {
  let end = text.trimEnd().length;
  for (let start = lastWord(text, end); isAside(text.slice(start, end)); start = lastWord(text, end))
    end = text.slice(0, start).trimEnd().length;
  return { words: text.slice(0, end), after: text.slice(end) };
}

/** Where the last word before `end` begins. */
function lastWord(text: string, end: number): number {
  let start = end;
  while (start > 0 && !/\s/.test(text.charAt(start - 1))) start--;
  return start;
}

/** "#chat", "https://t.co/1"; not "#chat?" */
const isAside = (word: string): boolean => /^(?:#[\p{L}\p{N}_]+|https?:\/\/.+)$/u.test(word);
