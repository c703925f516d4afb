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
  const found = tokenIn(text, label);
  if (found === null) return { before: "", token: "", ...cutTail(text) };
  const before = text.slice(0, found.start);
  const token = text.slice(found.start, found.end);
  const { words, after } = cutTail(text.slice(found.end));
  if (WORDS.test(words)) return { before, token, words, after };
  return { before: "", token: "", words: before, after: token + words + after }; // "Why? #Q2 #chat"
}

const WORDS = /[\p{L}\p{N}]/u;
// what a label is a part of: `FAQ2`, `@Q2`, `/q2`; `Q22`, `Q2.5`
const GOES_ON_BEFORE = /[\p{L}\p{N}_@/]$/u;
const GOES_ON_AFTER = /^(?:[\p{L}\p{N}_]|\.\d)/u;
/** What sets it apart. */
const MARK = /[\])]?\s*[:.)\]/|–—-]*\s*/y;

/** Where a text has the label as people write it, with what sets it apart: `Q2:`, `Q 2.`, `Question 2 -`, `#q2`, `[BONUS]`. A `+` is never
 *  written. The letters around it are looked at apart: a pattern with all of Unicode for each label takes longer to make than all else. */
function tokenIn(text: string, label: string): { readonly start: number; readonly end: number } | null {
  if (!WORDS.test(label)) return null;
  const number = /^Q(\d.*)$/i.exec(label)?.[1]; // "Q2", "Q1a", "Q2.5"
  const name = number === undefined ? escapeRegExp(label) : `Q(?:uestion)?\\s?#?${escapeRegExp(number)}`;
  const pattern = new RegExp(String.raw`[#(\[]?${name}`, "giu");
  for (let found = pattern.exec(text); found !== null; found = pattern.exec(text)) {
    const [start, end] = [found.index, pattern.lastIndex];
    if (!GOES_ON_BEFORE.test(text.slice(Math.max(0, start - 2), start)) && !GOES_ON_AFTER.test(text.slice(end, end + 2))) {
      MARK.lastIndex = end;
      return { start, end: end + (MARK.exec(text)?.[0].length ?? 0) };
    }
    pattern.lastIndex = start + 1; // "a#Q2": what is before the bracket counts, or the bracket does
  }
  return null;
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
