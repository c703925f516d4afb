/** First and last code point of each run the typefaces of pages have: Latin, Latin-1. */
const LATIN = [
  [0x20, 0x7e],
  [0xa0, 0xff],
] as const;
/** The letters that French, Finnish and Czech add, punctuation, signs. */
const MORE = "ŒœŠšŽžŸ‐‑–—‘’‚“”„†•…‹›€™−×";
/** What cards have besides, for they weigh on no page: Latin Extended-A, from Polish to Turkish, and Romanian's letters. */
const EXTENDED = [[0x100, 0x17f]] as const;
const ROMANIAN = "ȘșȚț";

const all = (runs: readonly (readonly [first: number, last: number])[]): string =>
  runs.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index))).join("");

/** Every letter the typefaces of pages are cut down to (`npm run fonts`). */
export const PAGE_LETTERS = all(LATIN) + MORE;
/** Those of cards, as far as their sources have them. */
export const WANTED_LETTERS = PAGE_LETTERS + all(EXTENDED) + ROMANIAN;

/** What the sources of the typefaces have not, though pages would like it. */
const LACKING = new Set("‐‑†ŉ");

/** Every letter a card can show. */
export const CARD_LETTERS: ReadonlySet<string> = new Set(WANTED_LETTERS).difference(LACKING);

/** A text on one line, its letters composed. `"e\u0301\n"` is `"é"`. */
export const composed = (text: string): string => text.normalize("NFC").replaceAll(/\s+/g, " ").trim(); // "a \n b" -> "a b"

/** Whether a card can show a text whole: Arabic, Japanese or an emoji would be a row of boxes. */
export const canDraw = (text: string): boolean => [...composed(text)].every((letter) => CARD_LETTERS.has(letter));
