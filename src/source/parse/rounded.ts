import type { TweetId } from "../../model.ts";
import { BadRecord, isId } from "./wire.ts";

// `https://twitter.com/amy/status/591403817444446209`, `http://x.com/amy/statuses/1`
const TWEET_URL = /^https?:\/\/(?:www\.|mobile\.)?(?:twitter|x)\.com\/([A-Za-z0-9_]{1,20})\/status(?:es)?\/([0-9]{1,20})/i;

/** Whose tweet an address leads to, and which; null: it leads to none. */
export function tweetAt(url: string): { readonly handle: string; readonly id: TweetId } | null {
  const [, handle, id] = TWEET_URL.exec(url.trim()) ?? [];
  return handle === undefined || id === undefined ? null : { handle, id };
}

// `5.91404E+17`, `5,91404E+17`, `1e18`
const SCIENTIFIC = /^([0-9])(?:[.,]([0-9]+))?E\+?([0-9]{1,2})$/i;
// `591403817444446000`: more digits than a spreadsheet keeps (15), and the last ones gone
const FIFTEEN_DIGITS = /^[0-9]{13,17}000$/;

/** Whether nothing but the first digits of an id is left: `1.22585E+18`. */
export const isScientific = (id: string): boolean => SCIENTIFIC.test(id);
const looksRounded = (id: string): boolean => isScientific(id) || FIFTEEN_DIGITS.test(id);

/** Whether an id was rounded. In a file that no spreadsheet has been at, an id may truly end in 000. */
export const isRounded = (id: string, fileRounded: boolean): boolean => isScientific(id) || (fileRounded && FIFTEEN_DIGITS.test(id));

/** `5.91404E+17` -> `591404000000000000` */
function writtenOut(id: string): string {
  const [, whole, fraction = "", exponent] = SCIENTIFIC.exec(id) ?? [];
  return whole === undefined ? id : (whole + fraction).padEnd(Number(exponent) + 1, "0");
}

/** Whether a spreadsheet has been at a file: most ids end in 000, and not because they truly do (their URLs tell). */
export function idsAreRounded(rows: Iterable<{ readonly id: string; readonly url: string }>): boolean {
  let ids = 0;
  let looks = 0;
  let confirmed = 0;
  for (const { id, url } of rows) {
    if (id === "") continue;
    ids++;
    if (!looksRounded(id)) continue;
    looks++;
    if (tweetAt(url)?.id === id) confirmed++;
  }
  return looks > ids / 2 && confirmed < looks;
}

/** The id of a row: the one in its URL wins, no spreadsheet takes that for a number. */
export function ownId(row: { readonly id: string; readonly url: string }, fileRounded: boolean): { id: TweetId; repaired: boolean } {
  const written = row.id.trim();
  const fromUrl = tweetAt(row.url)?.id;
  if (fromUrl !== undefined) return { id: fromUrl, repaired: written !== "" && written !== fromUrl };
  if (isRounded(written, fileRounded)) throw new BadRecord(`id rounded by a spreadsheet and no URL column: ${written}`);
  if (!isId(written)) throw new BadRecord(`"id" must be digits; found "${written}"`);
  return { id: written, repaired: false };
}

/** The id of another tweet, as a column has it; a rounded one is given by its digits. "" is none. */
export function otherId(column: string, value: string, fileRounded: boolean): { exact: TweetId | null; rounded: string | null } {
  const written = value.trim();
  if (written === "") return { exact: null, rounded: null };
  if (isRounded(written, fileRounded)) return { exact: null, rounded: writtenOut(written) };
  if (!isId(written)) throw new BadRecord(`"${column}" must be digits; found "${written}"`);
  return { exact: written, rounded: null };
}
