import { type Answer, failure, json } from "./answer.ts";
import type { Kind } from "./params.ts";
import { between, pick, randomFrom } from "./random.ts";

/** The faults of design: each by the name it has in the table, and what it can befall. */
const BEFALLS = {
  "empty page": ["search"],
  "nothing remaining": ["search", "counts", "lookup"],
  "429 with reset": ["search", "counts", "lookup"],
  "429 without reset": ["search", "counts", "lookup"],
  "429 with wrong reset": ["search", "counts", "lookup"],
  "429 per second": ["search", "counts", "lookup"],
  "402": ["search", "counts", "lookup"],
  "401": ["search", "counts", "lookup"],
  "403": ["search", "counts", "lookup"],
  "400": ["search", "counts", "lookup"],
  "503 HTML": ["search", "counts", "lookup", "picture"],
  "503 JSON": ["search", "counts", "lookup"],
  "503 text as JSON": ["search", "counts", "lookup"],
  "reset before the body": ["search", "counts", "lookup", "picture"],
  "reset inside the body": ["search", "counts", "lookup", "picture"],
  "truncated JSON": ["search", "counts", "lookup"],
  "full JSON then reset": ["search", "counts", "lookup"],
  "200 with {}": ["search", "counts", "lookup"],
  "200 with errors only": ["search", "counts", "lookup"],
  "200 HTML": ["search", "counts", "lookup"],
  "partial errors": ["search", "lookup"],
  "same page again": ["search"],
  overlap: ["search"],
  "out of order": ["search", "lookup"],
  "new names": ["search", "counts", "lookup"],
  "100 MB": ["search", "counts", "lookup"],
  "never answers": ["search", "counts", "lookup", "picture"],
  "stalls inside the body": ["search", "counts", "lookup"],
  "clock an hour off": ["search", "counts", "lookup"],
  "stream 429": ["stream"],
  "stream 401": ["stream"],
  "stream 409": ["stream"],
  "stream split emoji": ["stream"],
  "stream lone CRLF": ["stream"],
  "stream keep-alive inside": ["stream"],
  "stream garbage": ["stream"],
  "stream disconnect": ["stream"],
  "stream reset": ["stream"],
  "stream silence": ["stream"],
} as const satisfies Record<string, readonly Kind[]>;

export type FaultName = keyof typeof BEFALLS;
export const FAULTS = Object.keys(BEFALLS) as readonly FaultName[];
/** After these a capture stops until somebody does something. */
const STOPPING: ReadonlySet<FaultName> = new Set(["402", "401", "403", "400"]);

export const befalls = (name: FaultName, kind: Kind): boolean => (BEFALLS[name] as readonly Kind[]).includes(kind);

export interface Planned {
  readonly name: FaultName;
  /** How long it lasts, in milliseconds, where it does: the credit is used up, the rate limit. */
  readonly lasts: number;
}

/** One request: the how-manyeth of all, and of its kind, from 1. */
export interface Turn {
  readonly n: number;
  readonly nth: number;
  readonly kind: Kind;
}
/** Which fault befalls a request; null: none. Asked once for each, in order. */
export type FaultPlan = (turn: Turn) => Planned | null;

export const NO_FAULTS: FaultPlan = () => null;

const LASTS: Partial<Record<FaultName, number>> = {
  "429 with reset": 30_000,
  "nothing remaining": 30_000,
  "429 with wrong reset": 6 * 3_600_000,
};
const planned = (name: FaultName, lasts = LASTS[name] ?? 0): Planned => ({ name, lasts });

/** Faults of chosen requests: `{ 3: "401", "lookup 1": "503 HTML", "search 2": { name: "402", lasts: 60_000 } }`: the third of all,
 *  the first lookup, the second search. `"search 2-5"`: each of these. */
export function faultsAt(chosen: Readonly<Record<string, FaultName | Planned>>): FaultPlan {
  const places = Object.entries(chosen).map(([key, fault]) => {
    const [, kind, first, last] = /^(?:([a-z]+) )?(\d+)(?:-(\d+))?$/.exec(key) ?? [];
    if (first === undefined) throw new Error(`"${key}" must be as 3, "search 2" or "search 2-5"`);
    return { kind, from: Number(first), to: Number(last ?? first), fault: typeof fault === "string" ? planned(fault) : fault };
  });
  return (turn) => {
    const hit = places.find(({ kind, from, to }) => {
      const place = kind === undefined ? turn.n : turn.nth;
      return (kind === undefined || kind === turn.kind) && place >= from && place <= to;
    });
    return hit?.fault ?? null;
  };
}

export interface Odds {
  /** That a request meets a fault. */
  readonly odds: number;
  /** That it is one of those a capture stops at; of 1. */
  readonly stopping?: number;
  /** That a fault comes several times on end (2 to 12). */
  readonly repeated?: number;
  /** Only these. */
  readonly names?: readonly FaultName[];
}

/** Faults drawn at random: the same seed and the same requests, the same faults. */
export function randomFaults(seed: number, { odds, stopping = 0.02, repeated = 0.05, names = FAULTS }: Odds): FaultPlan {
  const random = randomFrom(seed);
  let again: { fault: Planned; left: number } | null = null;
  return ({ kind }) => {
    if (again !== null && again.left > 0 && befalls(again.fault.name, kind)) {
      again.left--;
      return again.fault;
    }
    if (random() >= odds) return null;
    const stops = random() < stopping;
    const fitting = names.filter((name) => befalls(name, kind) && STOPPING.has(name) === stops);
    const [first, ...rest] = fitting;
    if (first === undefined) return null;
    const drawn = pick(random, [first, ...rest]);
    // 100 MB take as long as a hundred pages: most of them are spared
    const name = drawn === "100 MB" && random() < 0.75 ? pick(random, [first, ...rest]) : drawn;
    const fault = planned(name, lastsOf(name, random));
    if (random() < repeated && !STOPPING.has(name)) again = { fault, left: between(random, 1, 12) };
    return fault;
  };
}

function lastsOf(name: FaultName, random: () => number): number {
  if (name === "402") return between(random, 1, 48) * 3_600_000;
  if (name === "429 with wrong reset") return pick(random, [-3_600_000, 6 * 3_600_000]);
  if (name === "clock an hour off") return pick(random, [-3_600_000, 3_600_000]);
  return random() < 0.7 ? between(random, 1000, 50_000) : between(random, 60_000, 900_000);
}

const HTML = "<!DOCTYPE html><html><head><title>Over capacity</title></head><body><h1>Something is technically wrong.</h1></body></html>";
const html = (status: number): Answer => ({ status, type: "text/html; charset=utf-8", headers: {}, body: HTML });

/** What is said in place of the answer, where a fault does that. `reset`: rate limit headers, seconds. */
export function answerInstead({ name, lasts }: Planned, now: number): Answer | null {
  const limits = (remaining: number, reset: number): Readonly<Record<string, string>> => ({
    "x-rate-limit-limit": "450",
    "x-rate-limit-remaining": String(remaining),
    "x-rate-limit-reset": String(Math.ceil(reset / 1000)),
  });
  switch (name) {
    case "429 with reset":
    case "429 with wrong reset":
      return { ...failure(429), headers: limits(0, now + lasts) };
    case "429 without reset":
      return failure(429);
    case "429 per second":
      return { ...failure(429), headers: limits(217, now + 600_000) };
    case "402":
    case "401":
    case "403":
      return failure(Number(name));
    case "400":
      return failure(400, "One or more parameters to your request was invalid.");
    case "503 HTML":
      return html(503);
    case "503 JSON":
      return failure(503);
    case "503 text as JSON":
      return { ...failure(503), body: "upstream connect error or disconnect/reset before headers" };
    case "200 with {}":
      return json({});
    case "200 with errors only":
      return json({ errors: [{ title: "Service Unavailable", detail: "Service Unavailable", type: "about:blank", status: 503 }] });
    case "200 HTML":
      return html(200);
    case "stream 429":
      return { ...failure(429), body: JSON.stringify({ ...TOO_MANY_STREAMS, status: 429 }) };
    case "stream 401":
      return failure(401);
    case "stream 409":
      return failure(409, "Rules must be configured before connecting.");
    default:
      return null;
  }
}

const TOO_MANY_STREAMS = {
  title: "ConnectionException",
  detail: "This stream is currently at the maximum allowed connection limit.",
  connection_issue: "TooManyConnections",
  type: "https://api.twitter.com/2/problems/streaming-connection",
};
