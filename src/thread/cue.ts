// Most tweets hold none of the words a rule listens for. Those are noticed while its words are read (scan.ts); only where one of them is
// there the rule's pattern is tried.

/** A pattern, and the bit that says that a text holds a word it can begin to match with. */
export interface Cued {
  readonly pattern: RegExp;
  readonly bit: number;
}

/** What a text with letters that are not read one by one has: every pattern is tried on it. */
export const EVERY_CUE = -1;

/** The code of the digit 0. */
export const ZERO = 27;
const BASE = 37;
/** So many first letters of a word are compared: `thanks` and `thanked` are one cue. */
export const CUE_LETTERS = 4;

/** 1 to 26 for a letter, 27 to 36 for a digit, 0 for every other unit below U+0080. */
export const CODES: Uint8Array = Uint8Array.from({ length: 128 }, (_, unit) => {
  const sign = String.fromCharCode(unit).toLowerCase();
  if (sign >= "a" && sign <= "z") return 1 + sign.charCodeAt(0) - 97;
  return sign >= "0" && sign <= "9" ? ZERO + Number(sign) : 0;
});

/** The number of a beginning of a word and of one letter more; that of none is 0. Up to five letters make a small integer. */
export const withLetter = (key: number, code: number): number => key * BASE + code;

/** The number of the first `letters` units of a word of a-z and 0-9; null: it has others. */
export function keyOfWord(word: string, letters: number): number | null {
  let key = 0;
  for (let i = 0; i < word.length && i < letters; i++) {
    const code = CODES[word.charCodeAt(i)] ?? 0;
    if (code === 0) return null;
    key = withLetter(key, code);
  }
  return key;
}

const bits = new Map<number, number>();
/** Every pattern that waits for a cue. */
export const CUED: Cued[] = [];

/** The bits of the patterns that listen for a word, by the key of its first letters. */
export const cueOf = (key: number): number => bits.get(key) ?? 0;

/** A pattern that matches nowhere but where one of `words` is: of four letters and more what a word begins with, else all of it; 0 is
 *  any digit, wherever it stands.
 *  test/thread/cue.test.ts holds the two together. */
export function cued(words: string, pattern: RegExp): Cued {
  const bit = 1 << CUED.length;
  for (const word of words.split(" ")) {
    const key = keyOfWord(word, CUE_LETTERS);
    if (key === null) throw new Error(`no cue: ${word}`);
    bits.set(key, cueOf(key) | bit);
  }
  const rule = { pattern, bit };
  CUED.push(rule);
  return rule;
}

/** Whether the pattern is worth trying on a text with these cues. */
export const hears = (cues: number, { bit }: Cued): boolean => (cues & bit) !== 0;

/** A text with its cues: what is said. */
interface Said {
  readonly tweet: { readonly text: string };
  readonly scan: { readonly cues: number };
}

/** Whether the pattern, which must not be a global one, matches what is said. */
export const says = ({ tweet, scan }: Said, rule: Cued): boolean => hears(scan.cues, rule) && rule.pattern.test(tweet.text);
