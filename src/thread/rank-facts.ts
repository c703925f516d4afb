import type { Board } from "./board.ts";
import { handlesIn, withoutHandles, withoutLinks } from "./matches.ts";

/** What is asked of one tweet's text. */
interface Facts {
  /** Every handle in it, lower case, in order of first appearance. */
  readonly mentions: readonly string[];
  /** Numbers of its words, each once. */
  readonly words: readonly number[];
  /** Letters without handles and links. */
  readonly length: number;
  readonly link: boolean;
}

/** A session's texts, read once, and how telling each word is in this session. */
export interface Texts {
  readonly facts: readonly Facts[];
  /** A word's number by its stem. */
  readonly numbers: ReadonlyMap<string, number>;
  /** By a word's number: how many tweets have it. */
  readonly counts: readonly number[];
  /** By a word's number: 0 for one that a third of all tweets have, the more the rarer. */
  readonly weight: readonly number[];
}

// words of three letters and more, a tag's among them
const WORD = /[\p{L}\p{N}]{3,}/gu;
/** So many first letters make a word: `archive`, `archives` and `archivist` are one. Best of 4, 5, 6 and 8 on unseen sessions. */
const STEM = 5;

const textsOf = new WeakMap<Board, Texts>();

/** Words get their numbers in order of appearance; `last`: the tweet that had each word last, so that it counts once a tweet. */
interface Words {
  readonly numbers: Map<string, number>;
  readonly counts: number[];
  readonly last: number[];
}

/** Read once for all who ask. */
export function readTexts(board: Board): Texts {
  const known = textsOf.get(board);
  if (known !== undefined) return known;
  const words: Words = { numbers: new Map(), counts: [], last: [] };
  const facts = board.tweets.map(({ tweet }, i) => factsOf(tweet.text, i, words));
  const all = facts.length + 1;
  const texts: Texts = { facts, ...words, weight: words.counts.map((n) => Math.max(0, Math.log(all / n) - 1)) };
  textsOf.set(board, texts);
  return texts;
}

/** The numbers of a text's words, as far as any tweet has them, each once. */
export function wordsIn({ numbers }: Texts, text: string): readonly number[] {
  const stems = withoutHandles(withoutLinks(text.toLowerCase())).match(WORD) ?? [];
  return [...new Set(stems.flatMap((word) => numbers.get(word.slice(0, STEM)) ?? []))];
}

function factsOf(text: string, i: number, words: Words): Facts {
  const told = withoutLinks(text);
  const bare = withoutHandles(told).toLowerCase();
  return { mentions: handlesIn(told), words: numbersOf(bare, i, words), length: bare.trim().length, link: text.includes("://") };
}

function numbersOf(bare: string, i: number, { numbers, counts, last }: Words): number[] {
  const found: number[] = [];
  for (const word of bare.match(WORD) ?? []) {
    const stem = word.slice(0, STEM);
    const number = numbers.get(stem) ?? counts.length;
    if (number === counts.length) {
      numbers.set(stem, number);
      counts.push(0);
      last.push(-1);
    }
    if (last[number] === i) continue;
    last[number] = i;
    counts[number] = (counts[number] ?? 0) + 1;
    found.push(number);
  }
  return found;
}

/** How much other tweets share with one: the weights of the words they both have. */
export interface Likeness {
  /** From now on `with` compares with tweet `i`. */
  readonly to: (i: number) => void;
  readonly with: (j: number) => number;
}

export function startLikeness({ facts, weight }: Texts): Likeness {
  const held = new Int32Array(weight.length).fill(-1);
  let one = -1;
  return {
    to: (i) => {
      one = i;
      for (const word of facts[i]?.words ?? []) held[word] = i;
    },
    with: (j) => {
      const words = facts[j]?.words ?? NO_WORDS;
      let sum = 0;
      for (let k = 0; k < words.length; k++) {
        const word = words[k] ?? 0;
        if (held[word] === one) sum += weight[word] ?? 0;
      }
      return sum;
    },
  };
}
const NO_WORDS: readonly number[] = [];
