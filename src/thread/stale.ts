import type { Edit, Place, Placement, Transcript, TweetId } from "../model.ts";

/** An entry under `edits` that changes nothing any more, and why. */
export interface StaleEdit {
  readonly tweet: TweetId;
  readonly place: Place;
  readonly why: string;
}

/** Edits that have no effect though their tweet is held: what they name is not there. Those of tweets that are not held are `unmatched`. */
export function staleEdits(edits: readonly Edit[], { placed, questions }: Transcript): StaleEdit[] {
  if (edits.length === 0) return [];
  const placements = new Map(placed.flatMap(({ tweet, placement }) => [tweet.id, ...tweet.aliases].map((id) => [id, placement] as const)));
  const labels = questions.filter((q) => !q.side).map((q) => q.label);
  return edits.flatMap((edit) => {
    const placement = placements.get(edit.tweet);
    const why = placement === undefined ? null : whatFails(edit, placement, labels);
    return why === null ? [] : [{ tweet: edit.tweet, place: edit.place, why }];
  });
}

function whatFails({ label, question, reply, ask }: Edit, p: Placement, labels: readonly string[]): string | null {
  if (typeof ask === "string" && p.asks === null) return `${ask} is asked by another tweet`;
  if (label !== undefined && p.reason !== "edit")
    return `nobody asks ${label} here${labels.length === 0 ? "" : `; there are ${labels.join(", ")}`}`;
  if (question !== undefined && p.reason !== "edit") return `tweet ${question} asks no question`;
  if (typeof reply === "string" && p.parentReason !== "edit") return `tweet ${reply} is not held, or is no earlier one`;
  return null;
}
