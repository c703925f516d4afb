/** What X lets a post weigh: a letter of most alphabets 1, a CJK character or an emoji 2, a link 23 whatever its length
 *  (docs.x.com, "Counting characters"). */
export const MOST_WEIGHT = 280;

const LINK = /https?:\/\/\S+/g; // `see https://x.org/a` has one
const LINK_WEIGHT = 23;
const EMOJI = /^\p{Extended_Pictographic}|^[\u{1F1E6}-\u{1F1FF}]/u; // 🧵, 🇬🇧
const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** How much a text weighs as a post on X. */
export function weightOf(text: string): number {
  const links = text.match(LINK)?.length ?? 0;
  const rest = [...graphemes.segment(text.replaceAll(LINK, ""))];
  return rest.reduce((sum, { segment }) => sum + (EMOJI.test(segment) ? 2 : weightOfLetters(segment)), links * LINK_WEIGHT);
}

const weightOfLetters = (letters: string): number =>
  [...letters].reduce((sum, letter) => sum + (isLight(letter.codePointAt(0) ?? 0) ? 1 : 2), 0);

const isLight = (point: number): boolean =>
  point <= 0x10ff || (point >= 0x2000 && point <= 0x200d) || (point >= 0x2010 && point <= 0x201f) || (point >= 0x2032 && point <= 0x2037);
