import { CODES, CUE_LETTERS, cueOf, EVERY_CUE, keyOfWord, withLetter, ZERO } from "./cue.ts";
import { handlesIn, withoutHandles, withoutLinks } from "./matches.ts";

/** What is noticed while a text is read once, from its first unit to its last. */
export interface Scan {
  /** The bits of every cue in it (cue.ts). */
  readonly cues: number;
  /** The first letters of its words of three letters and more, handles and links left out, in order. */
  readonly stems: readonly Stem[];
  /** Its first fifty handles, those in links left out, lower case, each once, in order of first appearance. */
  readonly mentions: readonly string[];
}

/** A number where its letters are a-z and 0-9. */
export type Stem = number | string;

/** So many first letters make a word: `archive`, `archives` and `archivist` are one. Best of 4, 5, 6 and 8 on unseen sessions. */
const STEM = 5;
/** Shorter words are no stems. */
const LEAST = 3;
/** As many as X lets a reply name. */
const MENTIONS = 50;
const HANDLE = 20;

/** Texts of a-z, signs and pictures are read unit by unit; all others by patterns, which takes ten times as long. */
export const scan = (text: string): Scan => scanPlain(text) ?? scanAny(text);

// a word of any script: `pão`
const WORD = /[\p{L}\p{N}]{3,}/gu;

function scanAny(text: string): Scan {
  const told = withoutLinks(text);
  const bare = withoutHandles(told).toLowerCase();
  return {
    cues: EVERY_CUE,
    stems: (bare.match(WORD) ?? []).map((word) => keyOfWord(word, STEM) ?? word.slice(0, STEM)),
    mentions: handlesIn(told),
  };
}

/** Like `scanAny`, in one loop; null: the text has other letters than a-z. */
function scanPlain(text: string): Scan | null {
  const stems: number[] = [];
  const mentions: string[] = [];
  let cues = 0;
  const digitCue = cueOf(ZERO);
  // the word that is being read: its letters, and the keys of its beginning
  let letters = 0;
  let key = 0;
  let cue = 0;
  // the next link; whether a link or a handle is being passed over, whose words are cues only; where that changes
  let link = nextLink(text, 0);
  let passing = false;
  let edge = link.start;
  for (let i = 0; i <= text.length; i++) {
    const unit = text.charCodeAt(i);
    const code = (unit < 128 ? CODES[unit] : 0) ?? 0;
    if (code !== 0 && i !== edge) {
      letters++;
      if (letters <= STEM) key = withLetter(key, code);
      if (letters <= CUE_LETTERS) cue = key;
      if (code >= ZERO) cues |= digitCue;
      continue;
    }
    if (letters > 0) {
      cues |= cueOf(cue);
      if (letters >= LEAST && !passing) stems.push(key);
      letters = 0;
      key = 0;
    }
    if (i === edge) {
      if (i === link.end) link = nextLink(text, i);
      passing = i === link.start;
      edge = passing ? link.end : link.start;
      i--; // the same unit again, beyond the edge
    } else if (unit === AT && !passing) {
      const end = handleEnd(text, i + 1, link.start);
      if (end === i + 1) continue;
      keep(mentions, text.slice(i + 1, end).toLowerCase());
      passing = true;
      edge = end;
    } else if (unit > 127 && !isSign(unit, text.charCodeAt(i + 1))) return null;
  }
  return { cues, stems, mentions };
}

interface Link {
  readonly start: number;
  readonly end: number;
}
const NO_LINK: Link = { start: -1, end: -1 };

/** The first `https?://\S+` at `from` or later. */
function nextLink(text: string, from: number): Link {
  for (let at = text.indexOf("://", from); at >= 0; at = text.indexOf("://", at + 3)) {
    const start = text.startsWith("http", at - 4) ? at - 4 : text.startsWith("https", at - 5) ? at - 5 : -1;
    let end = at + 3;
    while (end < text.length && !isSpace(text.charCodeAt(end))) end++;
    if (start >= from && end > at + 3) return { start, end };
  }
  return NO_LINK;
}

/** Where a handle that begins at `from` ends: behind its twentieth unit, or where a link begins. */
function handleEnd(text: string, from: number, link: number): number {
  const most = Math.min(text.length, from + HANDLE, link < 0 ? text.length : link);
  let end = from;
  while (end < most && isHandle(text.charCodeAt(end))) end++;
  return end;
}

function keep(mentions: string[], handle: string): void {
  if (mentions.length < MENTIONS && !mentions.includes(handle)) mentions.push(handle);
}

const AT = 0x40;
const isHandle = (unit: number): boolean => unit === 0x5f || (unit < 128 && CODES[unit] !== 0);
const isSpace = (unit: number): boolean => unit === 0x20 || (unit >= 9 && unit <= 13) || unit === 0xa0;

/** Neither letter, digit nor space, and nothing that stands for one: quotes, dashes, arrows, pictures and what joins them. */
const isSign = (unit: number, next: number): boolean =>
  (unit >= 0x2010 && unit <= 0x2027) ||
  (unit >= 0x200b && unit <= 0x200d) ||
  unit === 0xa0 ||
  unit === 0xfe0f ||
  (unit >= 0xdc00 && unit <= 0xdfff) || // the second half of a pair
  unit === 0xd83d ||
  (unit === 0xd83c && next >= 0xdde6) || // flags and pictures; letters and digits in boxes come before
  (unit === 0xd83e && next >= 0xdd00 && next <= 0xddff) ||
  (unit >= 0x2190 && unit <= 0x21ff) ||
  (unit >= 0x2600 && unit <= 0x2767);
