import type { Tweet } from "../model.ts";
import type { Letters } from "./letters.ts";
import { allMatches, handlesIn, withoutLinks } from "./matches.ts";
import { findNumbers, mayNumber, type NumberToken, ownNumber } from "./numbers.ts";
import { type Scan, scan } from "./scan.ts";

export type { NumberToken } from "./numbers.ts";

/** A tweet read once: everything the rungs ask of its text. */
export interface Parsed {
  readonly tweet: Tweet;
  readonly scan: Scan;
  /** The author's handle in lower case. */
  readonly who: string;
  /** Handles at its start, lower case: whom it answers. */
  readonly lead: readonly string[];
  /** Someone else's words inside: `RT @x: …`, `MT @x …`, `"@x: …"`, `… via @x`. */
  readonly retold: { readonly handle: string; readonly words: string; readonly from: number } | null;
  /** Every number in its own words and in the retold ones. */
  readonly numbers: readonly NumberToken[];
  /** The number that says where it belongs: the first leading one, else one at the end. */
  readonly own: NumberToken | null;
  /** Without a number of its own, the only one it speaks of amid its words: `I have no answer to Q3`. */
  readonly spoken: NumberToken | null;
  /** `2/3`: the second of three tweets. */
  readonly part: { readonly n: number; readonly of: number } | null;
  readonly question: boolean;
}

// `@amy @bob: text`, `.@amy text`, `#chat @bob text`
const LEADING_HANDLES = /^\s*(?:#[\p{L}\p{N}_]+\s+)*((?:[.,"“]?\s*@[A-Za-z0-9_]{1,20}[\s,:;-]*)+)/u;
// `RT @amy: words`, `nice! MT @amy words`
const RETOLD = /(?:^|\s)(?:RT|MT|PRT|HT)\s+@([A-Za-z0-9_]{1,20}):?\s*/u;
// `"@amy: A3 words" nice!`
const QUOTED = /^\s*["“]@([A-Za-z0-9_]{1,20}):?\s+/u;
// `words via @amy`
const VIA = /\bvia\s+@([A-Za-z0-9_]{1,20})\W*$/iu;
// `1/3`, `(2/3)`, `3/3.` at the start or at the end
const PART = /(?:^|[\s([])(\d{1,2})\s?\/\s?(\d{1,2})(?=$|[\s).\]:])/gu;

export function parse(tweet: Tweet, letters?: Letters): Parsed {
  const text = tweet.text;
  const retold = findRetold(text);
  const seen = scan(text);
  const numbers = mayNumber(seen) ? findNumbers(text, letters) : NO_NUMBERS;
  const said = retold === null ? numbers : numbers.filter((n) => !within(n, retold));
  const own = ownNumber(said, text);
  return {
    tweet,
    scan: seen,
    who: tweet.author.handle.toLowerCase(),
    lead: leadingHandles(text),
    retold,
    numbers,
    own,
    spoken: own === null && said.every((n) => n.key === said[0]?.key) ? (said[0] ?? null) : null,
    part: findPart(text),
    question: asks(text),
  };
}

// `https://example.com/?a=1` asks nothing
const NO_NUMBERS: readonly NumberToken[] = [];

const asks = (text: string): boolean => QUESTION_MARK.test(text) && QUESTION_MARK.test(withoutLinks(text));
const QUESTION_MARK = /[?？؟]/;

const within = (token: NumberToken, retold: Parsed["retold"]): boolean => retold !== null && token.start >= retold.from;

/** The number a retold tweet bears: `RT @amy: A2 words` belongs where amy's answer does. */
export const retoldNumber = (p: Parsed): NumberToken | null => p.numbers.find((n) => within(n, p.retold)) ?? null;

const leadingHandles = (text: string): readonly string[] => handlesIn(LEADING_HANDLES.exec(text)?.[1] ?? "");

function findRetold(text: string): Parsed["retold"] {
  if (!text.includes("@")) return null;
  const marked = RETOLD.exec(text) ?? QUOTED.exec(text);
  if (marked?.[1] !== undefined) {
    const from = marked.index + marked[0].length;
    return { handle: marked[1].toLowerCase(), words: text.slice(from), from };
  }
  const via = VIA.exec(text)?.[1];
  return via === undefined ? null : { handle: via.toLowerCase(), words: text, from: 0 };
}

function findPart(text: string): Parsed["part"] {
  if (!text.includes("/")) return null;
  for (const match of allMatches(PART, text)) {
    const n = Number(match[1]);
    const of = Number(match[2]);
    if (n >= 1 && n <= of && of >= 2 && of <= 20) return { n, of };
  }
  return null;
}

/** Lower-case words of three letters and more, links and handles left out: what two tweets may share. */
export function wordsOf(text: string): Set<string> {
  const bare = text.toLowerCase().replace(/https?:\/\/\S+|@\w+/g, " ");
  return new Set(bare.match(/[\p{L}\p{N}]{3,}/gu) ?? []);
}
