import type { RemovalReason, Tombstone } from "../model.ts";

const SENTENCES: Readonly<Record<RemovalReason, string>> = {
  "author-request": "Removed at the author's request",
  deleted: "Deleted on X",
  protected: "Removed because its author's account is protected",
  legal: "Removed for legal reasons",
  organiser: "Removed by the organiser",
};

const MONTHS = "January February March April May June July August September October November December".split(" ");

/** "Removed at the author's request, 22 November 2026." No name, no word of it. */
export function tombstoneWords({ reason, on }: Pick<Tombstone, "reason" | "on">): string {
  const [year = "", month = "", day = ""] = on.split("-");
  return `${SENTENCES[reason]}, ${Number(day)} ${MONTHS[Number(month) - 1] ?? month} ${year}.`;
}
