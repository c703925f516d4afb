import type { Tweet, TweetId } from "../../model.ts";
import { snowflakeTime } from "./time.ts";
import { BadRecord, isId } from "./wire.ts";

/** A tweet by the first id of its edit history; the others lead to it. `edited` is when the version `own`, the one at hand, was written:
 *  of several versions the store shows the latest. */
export function readVersions(own: TweetId, history: readonly unknown[]): Pick<Tweet, "id" | "aliases" | "edited"> {
  const ids = [...new Set([...history.map(idOf), own])].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  const [id = own, ...aliases] = ids;
  return { id, aliases, edited: own === id ? null : snowflakeTime(own) };
}

function idOf(id: unknown): TweetId {
  if (typeof id !== "string" || !isId(id)) throw new BadRecord("the ids of its edits must be strings of digits");
  return id;
}
