import { cued, hears } from "./cue.ts";
import { plainOf } from "./glyphs.ts";
import { LETTERS, type Letters } from "./letters.ts";
import { allMatches } from "./matches.ts";
import type { Scan } from "./scan.ts";

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

const COUNTED = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

// `Q1` `A1` `#A1` `a1` `Question 2` `Ans. 2` `Q.3` `Q#4` `Question #4` `Question no. 4` `Question four:` `Q1a` `Q2.5` `A1.4.1` `A 1:` — and T1,
// `Topic 1`, BONUS, Extra Q; never inside a word, a handle or a path.
function numberPattern({ asking, answering }: Letters): RegExp {
  const gap = "\\. ?| ?#|[ \\u00a0-]?| (?:no|nr|number|nº|n°)\\.? ?#?";
  const extra = "(bonus|extra)(?: (?:q(?:uestion)?|a(?:nswer)?)(?![\\p{L}\\p{N}]))?";
  const number = `(?:(${asking})|(${answering}))(${gap})(\\d{1,2}|(?<![\\p{L}\\p{N}])(?:${COUNTED.join("|")})(?![\\p{L}]))([a-e](?![\\p{L}\\p{N}])|(?:\\.\\d){1,3})?`;
  return new RegExp(`(?<![\\p{L}\\p{N}_@./&’'-])(#?)(?:${number}|(t)(?:opic ?#?)?(\\d{1,2})|${extra})(?![\\p{L}\\p{N}_%]|\\.\\d)`, "giu");
}

const ANY_NUMBER = cued(`0 bonus extra ${COUNTED.join(" ")}`, numberPattern(LETTERS));

/** Whether a text can hold a number: it has a digit, or a word that numbers. */
export const mayNumber = ({ cues }: Scan): boolean => hears(cues, ANY_NUMBER);

const patterns = new WeakMap<Letters, RegExp>();

function patternOf(letters: Letters): RegExp {
  const known = patterns.get(letters) ?? numberPattern(letters);
  patterns.set(letters, known);
  return known;
}

// What may stand before a leading number: `.@host ` `#tag ` `"` `@x @y ` `2/3 `
const LEAD =
  /^(?:[\s.,:;!"“”‘’'([{>*_~|•→–—-]|\p{Extended_Pictographic}|\p{Regional_Indicator}|\uFE0F|\u200B|\u200D|[@#][\p{L}\p{N}_]+|\d{1,2}\s?\/\s?\d{1,2}(?=\s))*$/u;
// One or two words before it: `oh. A4`, `Other A4:`, `And A2`
const ALMOST_LEAD = /^\W*(?:oh|ok|okay|so|and|also|other|another|late|for|re|my|more|still|on|back to|returning to)\b[\s.,:!-]*$/iu;
// `RT @amy: ` or `nice! MT @amy ` right before the number
const RETOLD_LEAD = /(?:^|\s)(?:RT|MT|PRT|HT)\s+@[A-Za-z0-9_]{1,20}:?\s*$/u;
// What may stand after a number at the end: ` #tag`, ` @x`, a link, a closing bracket, ` 2/2`
const TAIL = /^(?:[\s.,:;!"”’'\])}]|[@#][\p{L}\p{N}_]+|https?:\/\/\S+|\d{1,2}\/\d{1,2}|\p{Extended_Pictographic}|\uFE0F)*$/u;
// `A4 paper`, `Q4 results`, `Q4 2019`, `A1 sauce`: words that make a number something else
const FALSE_FRIEND =
  /^[\s-]?(?:paper|sheets?|landscape|portrait|sized?|format|printers?|results?|earnings|sales|revenue|report|numbers|profits?|forecasts?|guidance|quarter|fiscal|FY\d*|(?:19|20)\d\d|['’]\d\d|motorway|road|visas?|(?:steak )?sauce|grade)\b/iu;
// `vitamin A1`, `an Audi A4`, `Project Q4`, `got an A1`
const FALSE_BEFORE = /\b(?:vitamin|audi|project|size|motorway|highway|an)\s$/iu;
// `Q1/5: What`, `Question 1 of 5 What`: the first of five
const OF_ALL = /^\s?(?:\/|of)\s?(\d{1,2})(?=\s?[:：.)\]–—-]|\s\p{Lu})/u;
// `A 4 hour drive`, `A 2 person tent`: a capital A that is an article
const MEASURE =
  /^\s(?:[a-z]+[- ](?:long|old|wide|high)|seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|yrs?|persons?|people|parts?|pages?|steps?|stars?|miles?|km|dollars?|points?|percent|pounds?|inch|foot|feet|man|woman|way|week)\b/iu;
// `A1: `, `A1) `, `A1/ `, `A1 - `: what sets a number off from the words
const MARK = /^(?:\s?[:：.)\]/]|\s?[–—-]\s)/u;

/** Every number of a text, in order; `A4 paper`, `hi 5` and `3/4 time` have none. `letters`: those of its session. */
export function findNumbers(text: string, letters: Letters = LETTERS): NumberToken[] {
  const plain = plainOf(text);
  const said = plain?.text ?? text;
  const found: NumberToken[] = [];
  for (const match of allMatches(patternOf(letters), said)) {
    const token = readNumber(said, match);
    if (token !== null) found.push(token);
  }
  const all = found.length === 0 && said.includes("\u20E3") ? keycaps(said) : found;
  return plain === null ? all : all.map((token) => ({ ...token, start: plain.at[token.start] ?? 0, end: plain.at[token.end] ?? 0 }));
}

// `1️⃣`
const KEYCAP = /\d\uFE0F?\u20E3/gu;

/** `1️⃣ What bread?`: a keycap that heads a tweet and is its only one; `1️⃣ bread 2️⃣ soup` is a list. */
function keycaps(text: string): NumberToken[] {
  const [match, ...more] = text.matchAll(KEYCAP);
  const start = match?.index ?? 0;
  if (match === undefined || more.length > 0 || !LEAD.test(text.slice(0, start))) return [];
  const key = match[0].slice(0, 1);
  const asking = /[?？؟]/u.test(text);
  return [{ label: `${asking ? "Q" : "A"}${key}`, key, asking, start, end: start + match[0].length, where: "lead" }];
}

function readNumber(text: string, match: RegExpMatchArray): NumberToken | null {
  const [all, hash, asker, answerer, gap = "", digits, suffix, topic, topicDigits, extra] = match;
  const start = match.index ?? 0;
  const end = start + all.length;
  const after = text.slice(end);
  const where = position(text.slice(0, start), after, hash === "#");
  const kept = { start, end, where } as const;
  if (extra !== undefined) return outsideSeries(extra, all, after, kept);
  if (FALSE_FRIEND.test(after)) return null;
  if (topic !== undefined) return topicNumber(topicDigits ?? "", after, kept);
  const letter = asker ?? answerer;
  if (letter === undefined || digits === undefined) return null;
  if (where === "middle" && FALSE_BEFORE.test(text.slice(0, start))) return null;
  const counted = COUNTED.indexOf(digits.toLowerCase()) + 1;
  if (letter.length === 1 ? counted > 0 || /n/i.test(gap) || !isSetOff(letter, gap, after, where) : counted > 0 && !MARK.test(after))
    return null;
  // `A1c levels` is medicine; so is every letter behind an answer's number amid the words
  if (
    suffix !== undefined &&
    answerer !== undefined &&
    /^[a-e]$/i.test(suffix) &&
    (where === "middle" || (/^c$/i.test(suffix) && !MARK.test(after)))
  )
    return null;
  const key = `${counted || Number(digits)}${(suffix ?? "").toLowerCase().slice(0, 2)}`;
  const total = where === "lead" && asker !== undefined ? OF_ALL.exec(after) : null;
  const whole = total !== null && Number(total[1]) > Number(digits) ? end + total[0].length : end;
  return { label: `${asker === undefined ? "A" : "Q"}${key}`, key, asking: asker !== undefined, start, end: whole, where };
}

type Kept = Pick<NumberToken, "start" | "end" | "where">;

/** `BONUS: one more`, `Bonus Q`, `EXTRA A:`: as a heading or in capitals; `an extra question` is none. */
function outsideSeries(word: string, all: string, after: string, kept: Kept): NumberToken | null {
  const headed = kept.where === "lead" && (MARK.test(after) || (all.length > word.length && /^[\s!]/.test(after)));
  if (!headed && (all.slice(0, word.length) !== word.toUpperCase() || (word.toUpperCase() === "EXTRA" && all.length === word.length)))
    return null;
  const answers = / a(?:nswer)?$/i.test(all);
  return { label: word.toUpperCase(), key: word.toLowerCase(), asking: !answers, ...kept };
}

/** `T1: topic`, `T1 What next?`; `T1 diabetes` is no topic. */
function topicNumber(digits: string, after: string, kept: Kept): NumberToken | null {
  const label = `T${Number(digits)}`;
  const headed = kept.where === "lead" && (MARK.test(after) || /^[\s-]*[^\p{Ll}\s]/u.test(after) || after.trim() === "");
  return headed ? { label, key: label.toLowerCase(), asking: true, ...kept } : null;
}

/** Whether letter and digits are one number in spite of what stands between: `A 1: x`, `A.1 x`, `A-1: x`; not `a 4 hour drive`, `a-1 condition`. */
function isSetOff(letter: string, gap: string, after: string, where: NumberToken["where"]): boolean {
  if (gap === "" || gap.endsWith("#") || MARK.test(after)) return true;
  if (gap === "." || gap === "-") return letter.toLowerCase() === "q" || (gap === "." && where === "lead");
  return where === "lead" && letter === letter.toUpperCase() && after.trim() !== "" && !MEASURE.test(after);
}

function position(before: string, after: string, hashed: boolean): NumberToken["where"] {
  if (LEAD.test(before) || ALMOST_LEAD.test(before) || RETOLD_LEAD.test(before)) return "lead";
  const bracketed = /[([]$/.test(before);
  return (hashed || bracketed || /[#@][\p{L}\p{N}_]+\s+$/u.test(before)) && TAIL.test(after) ? "end" : "middle";
}

/** The number that says where a tweet belongs: the first leading one; else one at the end; else one that words introduce:
 *  `Late, but: Q1. To me …`, `goes back to A2: …`, `catching up, A3 for me`. Others are references. */
export function ownNumber(numbers: readonly NumberToken[], text: string): NumberToken | null {
  const introduced = (n: NumberToken): boolean =>
    /^[A-Z]/.test(text.slice(n.start)) && (/^[:)]/.test(text.slice(n.end)) || /^[^.!?]{0,30}[,.:;!…—-]\s$/u.test(text.slice(0, n.start)));
  return numbers.find((n) => n.where === "lead") ?? numbers.find((n) => n.where === "end") ?? numbers.find(introduced) ?? null;
}
