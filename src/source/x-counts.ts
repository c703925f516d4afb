import type { Counted, Query, Range } from "./network.ts";
import { isoTime } from "./parse/time.ts";
import type { Wire } from "./parse/wire.ts";
import type { Answer } from "./x-fault.ts";
import { dataOf, pageOf, unreadable } from "./x-page.ts";
import type { Requests } from "./x-request.ts";
import { walk } from "./x-walk.ts";
import { wordsOf } from "./x-words.ts";

const MINUTE = 60_000;

/** How many tweets of a query there are in each minute. */
export async function* count(requests: Requests, query: Query, range: Range): AsyncGenerator<Counted> {
  const steps = walk(requests, {
    kind: "counts",
    words: wordsOf(query),
    range,
    options: {},
    more: () => ({ granularity: "minute" }),
    send: requests.send,
  });
  for await (const { answer, body, next } of steps) {
    const page = pageOf(answer, { receivedAt: requests.clock.now(), ids: [], next });
    yield { ...page, minutes: minutesOf(answer, dataOf(answer, body)) };
  }
}

/** The first and last bucket may be parts of a minute: they count as that minute's. */
function minutesOf(answer: Answer, buckets: readonly Wire[]): Map<number, number> {
  const minutes = new Map<number, number>();
  for (const bucket of buckets) {
    const start = typeof bucket.start === "string" ? isoTime(bucket.start) : null;
    const tweets = bucket.tweet_count ?? bucket.post_count;
    if (start === null || typeof tweets !== "number" || !Number.isSafeInteger(tweets) || tweets < 0) throw unreadable(answer);
    const minute = Math.floor(start / MINUTE) * MINUTE;
    minutes.set(minute, (minutes.get(minute) ?? 0) + tweets);
  }
  return minutes;
}
