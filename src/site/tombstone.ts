import type { RemovalReason, Tombstone } from "../model.ts";
import type { Words } from "./words/words.ts";

const SENTENCES = {
  "author-request": "removedByAuthor",
  deleted: "removedDeleted",
  protected: "removedProtected",
  legal: "removedLegal",
  organiser: "removedByOrganiser",
} as const satisfies Readonly<Record<RemovalReason, string>>;

/** "Removed at the author's request, 22 November 2026." No name, no word of it. */
export const tombstoneWords = (words: Words, { reason, on }: Pick<Tombstone, "reason" | "on">): string =>
  words.say(SENTENCES[reason], { day: words.plainDate(on) });
