import type { Page, Query, Range, SearchOptions } from "./network.ts";
import { type Spellings, sendWithFields } from "./x-fields.ts";
import { dataOf, idsOf, pageOf } from "./x-page.ts";
import type { Requests } from "./x-request.ts";
import { walk } from "./x-walk.ts";
import { wordsOf } from "./x-words.ts";

/** How many tweets a page can hold: of the last seven days, and of the full archive. */
export const PAGE = { least: 10, most: 100 } as const;
const MOST_OF_ALL = 500;

/** Pages of a search, newest tweets first. */
export async function* search(
  requests: Requests,
  spellings: Spellings,
  asked: { query: Query; range: Range; options: SearchOptions },
): AsyncGenerator<Page> {
  const { query, range, options } = asked;
  const size = (path: string): string => {
    const most = path.endsWith("/all") ? MOST_OF_ALL : PAGE.most;
    return String(Math.min(Math.max(Math.floor(options.most?.() ?? most), PAGE.least), most));
  };
  const steps = walk(requests, {
    kind: "search",
    words: wordsOf(query),
    range,
    options,
    more: (path) => ({ sort_order: "recency", max_results: size(path) }),
    send: (request) => sendWithFields(spellings, request, requests.send),
  });
  for await (const { answer, body, next } of steps)
    yield pageOf(answer, { receivedAt: requests.clock.now(), ids: idsOf(dataOf(answer, body)), next });
}
