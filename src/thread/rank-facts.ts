import type { Board } from "./board.ts";
import { withoutHandles, withoutLinks } from "./matches.ts";
import { type Stem, scan } from "./scan.ts";

/** The words of a session's texts as numbers, and how telling each is in this session. */
export interface Texts {
  /** By tweet: its words, each once. */
  readonly words: readonly (readonly number[])[];
  /** A word's number by its stem. */
  readonly numbers: ReadonlyMap<Stem, number>;
  /** By a word's number: how many tweets have it. */
  readonly counts: readonly number[];
  /** By a word's number: 0 for one that a third of all tweets have, the more the rarer. */
  readonly weight: readonly number[];
}

const textsOf = new WeakMap<Board, Texts>();

/** Words get their numbers in order of appearance; `last`: the tweet that had each word last, so that it counts once a tweet. */
interface Words {
  readonly numbers: Map<Stem, number>;
  readonly counts: number[];
  readonly last: number[];
}

/** Read once for all who ask. */
export function readTexts(board: Board): Texts {
  const known = textsOf.get(board);
  if (known !== undefined) return known;
  const words: Words = { numbers: new Map(), counts: [], last: [] };
  const said = board.tweets.map((p, i) => numbersOf(p.scan.stems, i, words));
  const all = said.length + 1;
  const { numbers, counts } = words;
  const texts: Texts = { words: said, numbers, counts, weight: counts.map((n) => Math.max(0, Math.log(all / n) - 1)) };
  textsOf.set(board, texts);
  return texts;
}

/** The numbers of a text's words, as far as any tweet has them, each once. */
export const wordsIn = ({ numbers }: Texts, text: string): readonly number[] => [
  ...new Set(scan(text.toLowerCase()).stems.flatMap((stem) => numbers.get(stem) ?? [])),
];

function numbersOf(stems: readonly Stem[], i: number, { numbers, counts, last }: Words): number[] {
  const found: number[] = [];
  for (const stem of stems) {
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

/** Letters of a text without handles and links. */
export const lengthOf = (text: string): number => withoutHandles(withoutLinks(text)).toLowerCase().trim().length;

/** How much other tweets share with one: the weights of the words they both have. */
export interface Likeness {
  /** From now on `with` compares with tweet `i`. */
  readonly to: (i: number) => void;
  readonly with: (j: number) => number;
}

export function startLikeness({ words: said, weight }: Texts): Likeness {
  const held = new Int32Array(weight.length).fill(-1);
  let one = -1;
  return {
    to: (i) => {
      one = i;
      for (const word of said[i] ?? NO_WORDS) held[word] = i;
    },
    with: (j) => {
      const words = said[j] ?? NO_WORDS;
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
