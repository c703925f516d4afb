// @ts-check
// What a text says, as search knows it: the index is made with it, and the page that reads the index asks with it.

/** Written without spaces between words: every two letters in a row stand for a word. With what makes a Japanese vowel long and a
 *  consonant soft, which is of no script alone. */
const UNSPACED = String.raw`(?=[\p{L}\p{N}\p{M}])[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}\u30FC\u3099\u309A\uFF70\uFF9E\uFF9F]`;
const LETTER = String.raw`(?:[\p{L}\p{N}_]\p{M}*)`;

// "#lis_chat", "@Ann"; "黒猫"; "don't", "l’école"; "🇮🇳", "🐈"
const WORD = new RegExp(
  String.raw`[@#＠＃]${LETTER}+|(?:${UNSPACED})+|(?:(?!${UNSPACED})${LETTER})+(?:['’]${LETTER}+)*|\p{RI}\p{RI}|\p{Extended_Pictographic}`,
  "gu",
);
const STARTS_UNSPACED = new RegExp(`^${UNSPACED}`, "u");
// accents, points of Hebrew, vowel signs of Arabic; not the vowels of Devanagari or Thai, without which words fall together
const ACCENTS = /(?=\p{M})[\p{sc=Zinh}\p{sc=Hebr}\p{sc=Arab}\p{sc=Cyrl}]/gu;
/** More letters of a word are not looked at. */
const LONGEST = 64;

/**
 * A word of a text: where it stands, and the terms it is found by, the first as written.
 * @typedef {{ start: number, end: number, terms: string[] }} Word
 */

/**
 * "Ann's #LIS 黒猫" -> ann; #lis, lis; 黒猫; 猫
 * @param {string} text
 * @returns {Word[]}
 */
export const words = (text) => [...text.matchAll(WORD)].flatMap(({ 0: word, index }) => wordsOf(word, index));

/** The terms alone, some of them more than once: an index needs no places. @type {(text: string) => string[]} */
export function terms(text) {
  const found = [];
  for (const word of text.match(WORD) ?? []) found.push(...termsOf(word));
  return found;
}

/** @type {(word: string, start: number) => Word[]} */
const wordsOf = (word, start) => (isUnspaced(word) ? pairs(word, start) : [{ start, end: start + word.length, terms: termsOf(word) }]);

/** Most words were met before. @type {Map<string, string[]>} */
const known = new Map();

/** @type {(word: string) => string[]} */
function termsOf(word) {
  const kept = known.get(word);
  if (kept !== undefined) return kept;
  if (isUnspaced(word)) return pairs(word, 0).flatMap((pair) => pair.terms);
  const whole = fold(word);
  const bare = /^[@#]/.test(whole) ? words(whole.slice(1)).flatMap((part) => part.terms) : [];
  const tail = /'(..+)$/u.exec(whole)?.[1]; // "l'ecole" -> "ecole"
  const found = [whole, ...bare, ...(tail === undefined ? [] : [tail])].filter(Boolean);
  if (known.size > 1e5) known.clear();
  known.set(word, found);
  return found;
}

/**
 * Each letter with the next; the last alone, so that every letter begins a term.
 * @type {(run: string, start: number) => Word[]}
 */
function pairs(run, start) {
  let end = start;
  return [...run.normalize("NFKC")].map((letter, index, letters) => {
    const pair = letter + (letters[index + 1] ?? "");
    end += letter.length;
    return { start: end - letter.length, end: end - letter.length + pair.length, terms: [pair] };
  });
}

/** "École’s" -> "ecole", "Straße" -> "strasse". @type {(word: string) => string} */
const fold = (word) => {
  const plain = word.normalize("NFKD").replace(ACCENTS, "").toUpperCase().toLowerCase().normalize("NFC");
  return [...plain.replaceAll("’", "'").replace(/'s$/, "")].slice(0, LONGEST).join("");
};

/** The term of all that somebody wrote. @type {(handle: string) => string} */
export const fromTerm = (handle) => [...`from:${handle.toLowerCase()}`].slice(0, LONGEST).join("");

/** @type {(term: string) => boolean} */
export const isUnspaced = (term) => STARTS_UNSPACED.test(term);

/**
 * Which of `count` (a power of two) files holds a term: by FNV-1a of its first three characters, what stands before a word not
 * counted, so that a prefix finds its words, `#tag` and `tag` lie together; by the first one where a letter is a word.
 * @param {string} term
 * @param {number} count
 */
export function bucketOf(term, count) {
  const letters = [...term.replace(/^(?:[@#]|from:|is:)/, "")];
  const key = letters.slice(0, isUnspaced(letters[0] ?? "") ? 1 : 3).join("");
  let hash = 2166136261;
  for (const byte of new TextEncoder().encode(key)) hash = Math.imul(hash ^ byte, 16777619);
  return (hash ^ (hash >>> 15)) & (count - 1);
}
