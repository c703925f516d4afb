const RIGHT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;
/** Whether any of it is written from the right. */
export const holdsRight = (text: string): boolean => RIGHT.test(text);

// `https://example.org/a`, `@ada`, `#chat`
const NAMES = /https?:\/\/\S+|[@#][\p{L}\p{N}_]+/gu;

/** `dir="auto"` goes by the first letter, and a tweet in Arabic begins with "A1" or a handle as often as not. RIGHT-TO-LEFT MARK before
 *  one that is mostly written from the right and begins otherwise; "" before all others. */
export function directionMark(text: string): "" | "\u200F" {
  const first = /\p{L}/u.exec(text)?.[0];
  if (first === undefined || RIGHT.test(first)) return "";
  const letters = text.replaceAll(NAMES, "").match(/\p{L}/gu) ?? [];
  return letters.filter((letter) => RIGHT.test(letter)).length * 2 > letters.length ? "\u200F" : "";
}
