import { isUtf8 } from "node:buffer";
import type { TweetId } from "../model.ts";
import { Fault, type Page } from "./network.ts";
import { BadRecord, isId, isWire, parseWire, type Wire, wiresOf } from "./parse/wire.ts";
import { type Answer, limitOf } from "./x-fault.ts";

/** The object of a body. A body that holds none is no page: what X answers may be cut or replaced on its way. */
export function readBody(answer: Answer): Wire {
  if (!isUtf8(answer.bytes)) throw unreadable(answer);
  return orFault(answer, () => parseWire(answer.bytes.toString("utf8")));
}

/** Tweets or counts of a body. */
export const dataOf = (answer: Answer, body: Wire): readonly Wire[] => orFault(answer, () => wiresOf(body, "data"));

function orFault<T>(answer: Answer, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof BadRecord) throw unreadable(answer);
    throw error;
  }
}

export const unreadable = (answer: Answer): Fault => new Fault("transient", `answered ${answer.status} with a body that cannot be read`);

/** The ids of tweets that have one. */
export const idsOf = (tweets: readonly Wire[]): TweetId[] => tweets.flatMap(({ id }) => (typeof id === "string" && isId(id) ? [id] : []));

/** What every page of a walk says of itself. */
export function metaOf(answer: Answer, body: Wire): Wire {
  if (!isWire(body.meta)) throw new Fault("transient", `answered ${answer.status} without meta`);
  return body.meta;
}

/** Where a walk goes on; null: it does not. */
export function nextOf(answer: Answer, meta: Wire): string | null {
  const next = meta.next_token ?? null;
  if (next !== null && (typeof next !== "string" || next === "")) throw unreadable(answer);
  return next;
}

export const pageOf = (answer: Answer, rest: Pick<Page, "receivedAt" | "ids" | "next">): Page => ({
  url: answer.url,
  status: answer.status,
  format: "x-v2-json",
  bytes: answer.bytes,
  limit: limitOf(answer.headers),
  ...rest,
});
