/** Text that any HTML or XML document may hold: line ends are `\n`; control characters and noncharacters are dropped;
 *  half a surrogate pair shows as U+FFFD, so that one sees something is wrong there. */
export function cleanText(text: string): string {
  // nearly all are clean, and a page is long: to look costs a tenth of replacing nothing
  if (text.isWellFormed() && !SUSPECT.test(text)) return text;
  return text
    .replaceAll(/\r\n?/g, "\n") // "a\r\nb" -> "a\nb"
    .toWellFormed()
    .replaceAll(FORBIDDEN, "");
}

/** "a\u0000b", "\u0085", "\uFFFE", the last two code points of every plane. Kept: tab, line feed. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it finds
const FORBIDDEN = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\uFDD0-\uFDEF\p{Noncharacter_Code_Point}]/gu;

/** What any of these is made of, and line ends: a first look by code units, at what no chat holds but a rare ideograph. Each range costs time
 *  at every character: the sixteen surrogates that begin noncharacters, taken alone, made it six times slower. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it finds
const SUSPECT = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\uD83F-\uDBFF\uFDD0-\uFDEF\uFFFE\uFFFF]/;

/** Characters that turn the direction of what follows: "\u202E" shows `gnp.exe` as `exe.png`. */
export const hasBidiControl = (text: string): boolean => /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/.test(text);

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** For element content alone: quotes are letters there, and stay. */
export const escapeText = (text: string): string => text.replaceAll(/[&<>]/g, (character) => ESCAPES[character] ?? "");

/** For element content and quoted attributes. With `escapeText` the only escaper of tweet text. */
export const escapeHtml = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? "");
