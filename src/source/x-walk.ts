import { Fault, type Range, type SearchOptions } from "./network.ts";
import type { Wire } from "./parse/wire.ts";
import { type Answer, complaintOf, dateOf } from "./x-fault.ts";
import { metaOf, nextOf, readBody } from "./x-page.ts";
import type { Request, Requests } from "./x-request.ts";

const WEEK = 7 * 86_400_000;
/** Tweets younger than this cannot be asked for. */
const FRESH = 10_000;

/** How a walk asks: which of X's two archives, in what words. */
interface Walk {
  readonly kind: "search" | "counts";
  readonly words: string;
  readonly range: Range;
  readonly options: Pick<SearchOptions, "token" | "since">;
  /** What else a request says. Asked anew for each. */
  readonly more: (path: string) => Readonly<Record<string, string>>;
  readonly send: (request: Request) => Promise<Answer>;
}

/** One answer of a walk. */
interface Step {
  readonly answer: Answer;
  readonly body: Wire;
  readonly next: string | null;
}

/** Follows a range through all its pages, the empty ones too, until one says that there is no next. A range that has no second
 *  in the past has none. */
export async function* walk(requests: Requests, { kind, words, range, options, more, send }: Walk): AsyncGenerator<Step> {
  const path = `tweets/${kind}/${floor(range.from) < requests.clock.now() - WEEK ? "all" : "recent"}`;
  const since = options.since ?? null;
  const begins = since === null ? floor(range.from) : Number.NEGATIVE_INFINITY;
  let end = endOf(range, requests.clock.now());
  let token = options.token ?? null;
  const seen = new Set<string | null>([token]);
  const ask = async (): Promise<Answer> => {
    const start = since === null ? { start_time: seconds(range.from) } : { since_id: since };
    const goOn = token === null ? {} : { next_token: token };
    return send({ path, query: { query: words, ...start, end_time: seconds(end), ...more(path), ...goOn } });
  };
  while (end > begins) {
    let answer = await ask();
    const latest = latestEnd(answer);
    if (answer.status === 400 && latest !== null && end > latest && !speaksOfToken(answer)) {
      end = latest;
      if (end <= begins) return;
      answer = await ask();
    }
    if (answer.status !== 200) throw faultOf(requests, answer, token);
    const body = readBody(answer);
    const next = nextOf(answer, metaOf(answer, body));
    if (next !== null && seen.has(next)) throw new Fault("transient", "gave a page twice");
    yield { answer, body, next };
    if (next === null) return;
    seen.add(next);
    token = next;
  }
}

/** The last second that can be asked for, by the clock of a server that refused. */
function latestEnd(answer: Answer): number | null {
  const date = dateOf(answer.headers);
  return date === null ? null : date - FRESH;
}

function faultOf(requests: Requests, answer: Answer, token: string | null): Fault {
  const fault = requests.fault(answer);
  const stale = answer.status === 400 && token !== null && speaksOfToken(answer);
  return stale ? new Fault("token", fault.message) : fault;
}

// `The 'next_token' query parameter value [b26v89] is not valid`
const speaksOfToken = (answer: Answer): boolean => /\b(?:next|pagination)_token\b/.test(complaintOf(answer));

const floor = (time: number): number => Math.floor(time / 1000) * 1000;
const endOf = (range: Range, now: number): number => Math.min(Math.ceil(range.to / 1000) * 1000, floor(now - FRESH));

/** `2026-03-03T17:00:00Z` */
const seconds = (time: number): string => `${new Date(floor(time)).toISOString().slice(0, 19)}Z`;
