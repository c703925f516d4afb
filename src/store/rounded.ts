import type { TweetId } from "../model.ts";
import type { Db } from "./open.ts";

interface RoundedRow {
  readonly id: TweetId;
  readonly reply_to_rounded: string | null;
  readonly repost_of_rounded: string | null;
}

/** Finds the ids that a spreadsheet rounded: the one held tweet within the rounding error, where there is just one.
 *  Recomputed over all of them, so that the order of imports does not matter; what a new tweet makes ambiguous is given up again. */
export function repairRounded(db: Db): void {
  const near = db.prepare(
    `SELECT id FROM tweet WHERE id BETWEEN @from AND @to AND length(id) = @digits
     UNION SELECT tweet FROM alias WHERE id BETWEEN @from AND @to AND length(id) = @digits LIMIT 3`,
  );
  const repair = db.prepare(
    `UPDATE tweet SET reply_to_repaired = @replyTo, repost_of_repaired = @repostOf
     WHERE id = @id AND (reply_to_repaired IS NOT @replyTo OR repost_of_repaired IS NOT @repostOf)`,
  );
  const find = (rounded: string | null, self: TweetId): TweetId | null => {
    if (rounded === null || rounded.length <= KEPT) return rounded;
    const rows = near.all({ ...errorOf(rounded), digits: rounded.length }) as { id: TweetId }[];
    const [one, another] = rows.filter((row) => row.id !== self);
    return another === undefined ? (one?.id ?? null) : null;
  };
  const rows = db
    .prepare(
      "SELECT id, reply_to_rounded, repost_of_rounded FROM tweet WHERE reply_to_rounded IS NOT NULL OR repost_of_rounded IS NOT NULL",
    )
    .all() as RoundedRow[];
  for (const { id, reply_to_rounded, repost_of_rounded } of rows)
    repair.run({ id, replyTo: find(reply_to_rounded, id), repostOf: find(repost_of_rounded, id) });
}

/** Digits that a spreadsheet keeps. */
const KEPT = 15;
/** The id may have been a double before it was cut to fifteen digits: half the distance of neighbouring doubles below 2^63 is added,
 *  rounded up. The largest error in 5,654 real rows was 568. */
const DOUBLE = 128n;

/** Where the true id lies: it was rounded, not cut, so up to half a unit of the fifteenth digit away on either side. */
function errorOf(rounded: string): { from: string; to: string } {
  const half = 10n ** BigInt(rounded.length - KEPT) / 2n + DOUBLE;
  const from = String(BigInt(rounded) - half).padStart(rounded.length, "0");
  return { from, to: String(BigInt(rounded) + half) };
}
