import type { Tweet } from "../model.ts";

/** A number in a tweet: `Q2`, `A2`, `#a4`, `Q1a`, `T1`, `BONUS`. */
export interface NumberToken {
  /** As people write it, tidied: Q2, A2, Q1a, T1, BONUS. */
  readonly label: string;
  /** What it numbers, without its letter: 2, 1a, 2.5, t1, bonus. Lower case. */
  readonly key: string;
  /** Written with the letter of a question (Q, T, BONUS), not of an answer. */
  readonly asking: boolean;
  /** UTF-16 offsets in the text. */
  readonly start: number;
  readonly end: number;
  /** Before any other word, after the last one, or among them. */
  readonly where: "lead" | "middle" | "end";
}

/** A tweet read once: everything the rungs ask of its text. */
export interface Parsed {
  readonly tweet: Tweet;
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
  /** `2/3`: the second of three tweets. */
  readonly part: { readonly n: number; readonly of: number } | null;
  readonly question: boolean;
}

// `Q1` `A1` `#A1` `a1` `Question 2` `Q.3` `Q1a` `Q2.5` `A 1:` — and T1, BONUS; never inside a word, a handle or a path.
const NUMBER =
  /(?<![\p{L}\p{N}_@./&-])(#?)(?:(q|a)(?:uestion|nswer|ns)?([ .#-]?)(\d{1,2})([a-e]|\.\d)?|(t)(\d{1,2})|(bonus))(?![\p{L}\p{N}_%]|\.\d)/giu;
// What may stand before a leading number: `.@host ` `#tag ` `"` `@x @y `
const LEAD = /^(?:[\s.,:;"“”‘’'([>*_–—-]|\p{Extended_Pictographic}|\uFE0F|\u200D|[@#][\p{L}\p{N}_]+)*$/u;
// One or two words before it: `oh. A4`, `Other A4:`, `And A2`
const ALMOST_LEAD = /^\W*(?:oh|ok|okay|so|and|also|other|another|late|for|re|my|more|still|on|back to|returning to)\b[\s.,:!-]*$/iu;
// What may stand after a number at the end: ` #tag`, a link, a closing bracket
const TAIL = /^(?:[\s.,:;!"”’'\])]|[@#][\p{L}\p{N}_]+|https?:\/\/\S+)*$/u;
// `A4 paper`, `Q4 results`, `3/4 time`: words that make a number something else
const FALSE_FRIEND = /^\s?(?:paper|sheets?|size|format|printers?|results?|earnings|sales|revenue|report)\b/iu;
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

export function parse(tweet: Tweet): Parsed {
  const text = tweet.text;
  const retold = findRetold(text);
  const numbers = findNumbers(text);
  return {
    tweet,
    who: tweet.author.handle.toLowerCase(),
    lead: leadingHandles(text),
    retold,
    numbers,
    own: ownNumber(
      numbers.filter((n) => !within(n, retold)),
      text,
    ),
    part: findPart(text),
    question: text.includes("?") || text.includes("？") || text.includes("؟"),
  };
}

/** The first leading number; else one at the end; else one that words introduce: `Late, but: Q1. To me …`, `goes back to A2: …`, `catching up, A3 for me`. */
function ownNumber(numbers: readonly NumberToken[], text: string): NumberToken | null {
  const introduced = (n: NumberToken): boolean =>
    /^[A-Z]/.test(text.slice(n.start)) && (/^[:)]/.test(text.slice(n.end)) || /^[^.!?]{0,30}[,.:;!…—-]\s$/u.test(text.slice(0, n.start)));
  return numbers.find((n) => n.where === "lead") ?? numbers.find((n) => n.where === "end") ?? numbers.find(introduced) ?? null;
}

const within = (token: NumberToken, retold: Parsed["retold"]): boolean => retold !== null && token.start >= retold.from;

/** The number a retold tweet bears: `RT @amy: A2 words` belongs where amy's answer does. */
export const retoldNumber = (p: Parsed): NumberToken | null => p.numbers.find((n) => within(n, p.retold)) ?? null;

function leadingHandles(text: string): string[] {
  const lead = LEADING_HANDLES.exec(text)?.[1];
  if (lead === undefined) return [];
  return [...new Set([...lead.matchAll(/@([A-Za-z0-9_]+)/g)].map((m) => (m[1] ?? "").toLowerCase()))];
}

function findRetold(text: string): Parsed["retold"] {
  const marked = RETOLD.exec(text) ?? QUOTED.exec(text);
  if (marked?.[1] !== undefined) {
    const from = marked.index + marked[0].length;
    return { handle: marked[1].toLowerCase(), words: text.slice(from), from };
  }
  const via = VIA.exec(text)?.[1];
  return via === undefined ? null : { handle: via.toLowerCase(), words: text, from: 0 };
}

function findNumbers(text: string): NumberToken[] {
  const found: NumberToken[] = [];
  for (const match of text.matchAll(NUMBER)) {
    const token = readNumber(text, match);
    if (token !== null) found.push(token);
  }
  return found;
}

function readNumber(text: string, match: RegExpMatchArray): NumberToken | null {
  const [all, hash, letter, gap, digits, suffix, topic, topicDigits, bonus] = match;
  const start = match.index ?? 0;
  const end = start + all.length;
  const after = text.slice(end);
  if (FALSE_FRIEND.test(after)) return null;
  const where = position(text.slice(0, start), after, hash === "#");
  const kept = { start, end, where } as const;
  if (bonus !== undefined) {
    const headed = where === "lead" && /^\s*(?:question|q)?\s*[:.–-]/iu.test(after);
    return headed || all === "BONUS" ? { label: "BONUS", key: "bonus", asking: true, ...kept } : null;
  }
  if (topic !== undefined)
    return where === "lead" ? { label: `T${Number(topicDigits)}`, key: `t${Number(topicDigits)}`, asking: true, ...kept } : null;
  if (letter === undefined || digits === undefined) return null;
  if (gap !== "" && gap !== " " && letter.toLowerCase() === "a") return null; // a-1 condition
  // `A 1:` is a number, `a 4 hour drive` is none
  const plain = all.length - (hash?.length ?? 0) - digits.length - (suffix?.length ?? 0) <= 1 + (gap?.length ?? 0);
  if (plain && gap === " " && !/^(?:\s?[:.)\]/]|\s?[–—-]\s)/u.test(after)) return null;
  if (suffix !== undefined && /^[a-e]$/i.test(suffix) && letter === "a" && where === "middle") return null;
  const key = `${Number(digits)}${(suffix ?? "").toLowerCase()}`;
  return { label: `${letter.toUpperCase()}${key}`, key, asking: letter.toLowerCase() === "q", ...kept };
}

function position(before: string, after: string, hashed: boolean): NumberToken["where"] {
  if (LEAD.test(before) || ALMOST_LEAD.test(before) || RETOLD_LEAD.test(before)) return "lead";
  const bracketed = /[([]$/.test(before);
  return (hashed || bracketed || /[#@][\p{L}\p{N}_]+\s+$/u.test(before)) && TAIL.test(after) ? "end" : "middle";
}
// `RT @amy: ` or `nice! MT @amy ` right before the number
const RETOLD_LEAD = /(?:^|\s)(?:RT|MT|PRT|HT)\s+@[A-Za-z0-9_]{1,20}:?\s*$/u;

function findPart(text: string): Parsed["part"] {
  for (const match of text.matchAll(PART)) {
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
