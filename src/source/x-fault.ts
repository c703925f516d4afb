import type { IncomingHttpHeaders } from "node:http";
import { Fault } from "./network.ts";
import { BadRecord, isWire, parseWire, type Wire } from "./parse/wire.ts";
import { withoutToken } from "./secret.ts";

/** One response, read to its end. */
export interface Answer {
  /** Path and query, as they were asked. */
  readonly url: string;
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
}

const MAX_WAIT = 15 * 60_000;
const MIN_WAIT = 1000;

/** What a response that is no success means. `token`: never said; `now`: by the machine's clock, for a response without a date. */
export function faultOf(answer: Answer, { token, now }: { token: string; now: number }): Fault {
  const { status } = answer;
  const said = `answered ${status}`;
  if (status === 401) return new Fault("credentials", said);
  if (status === 402) return new Fault("credit", said);
  if (status === 403) return new Fault("forbidden", said + quoted(answer, token));
  if (status === 429) return tooMany(answer, now);
  if (status >= 400 && status < 500) return new Fault("refused", said + quoted(answer, token));
  return new Fault("transient", said);
}

function tooMany(answer: Answer, now: number): Fault {
  const said = "answered 429";
  if (isUsedUp(answer)) return new Fault("credit", said);
  const reset = numberOf(answer.headers, "x-rate-limit-reset");
  const remaining = numberOf(answer.headers, "x-rate-limit-remaining");
  if (reset === null || (remaining !== null && remaining > 0)) return new Fault("busy", said);
  const wait = reset * 1000 - (dateOf(answer.headers) ?? now) + 1000;
  return new Fault("limit", said, Math.min(Math.max(wait, MIN_WAIT), MAX_WAIT));
}

/** The limit of a month is no limit that a wait ends. */
const isUsedUp = (answer: Answer): boolean => String(problemOf(answer)?.type ?? "").includes("usage-cap"); // `…/problems/usage-capped`

/** What is left of the rate limit, where a response says it. */
export function limitOf(headers: IncomingHttpHeaders): { remaining: number; of: number } | null {
  const remaining = numberOf(headers, "x-rate-limit-remaining");
  const of = numberOf(headers, "x-rate-limit-limit");
  return remaining === null || of === null ? null : { remaining, of };
}

function numberOf(headers: IncomingHttpHeaders, name: string): number | null {
  const value = headers[name];
  return typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : null; // `450`
}

/** When a response was made by the server's clock, in milliseconds: whole seconds. */
export function dateOf(headers: IncomingHttpHeaders): number | null {
  const time = Date.parse(headers.date ?? "");
  return Number.isNaN(time) ? null : time;
}

function quoted(answer: Answer, token: string): string {
  const words = wordsOf(problemOf(answer));
  return words === "" ? "" : `: ${clean(words, token)}`;
}

/** What is wrong, as an error's body says it; null: it says nothing that can be read. */
function problemOf(answer: Pick<Answer, "bytes">): Wire | null {
  try {
    return parseWire(answer.bytes.toString("utf8"));
  } catch (error) {
    if (error instanceof BadRecord) return null;
    throw error;
  }
}

/** The errors of a body; those that are no objects are left out. */
export const errorsOf = (problem: Wire | null): Wire[] => (Array.isArray(problem?.errors) ? problem.errors.filter(isWire) : []);

const textsOf = (wire: Wire, ...keys: readonly string[]): string[] =>
  keys.map((key) => wire[key]).filter((value) => typeof value === "string");

/** The most telling sentence of a problem: of its first error, else its own. */
function wordsOf(problem: Wire | null): string {
  const [first] = errorsOf(problem);
  const texts = [first, problem].flatMap((wire) => (wire ? textsOf(wire, "message", "detail", "title") : []));
  return texts[0] ?? "";
}

/** What a 400 complains about: the names of parameters, and sentences up to the list of what would have been right. */
export function complaintOf(answer: Answer): string {
  const problem = problemOf(answer);
  return [problem, ...errorsOf(problem)]
    .filter((wire) => wire !== null)
    .flatMap((wire) => [
      ...textsOf(wire, "parameter"),
      ...Object.keys(isWire(wire.parameters) ? wire.parameters : {}),
      ...textsOf(wire, "message", "detail").map((text) => text.replace(/\bnot one of\b.*/s, "")), // `[a] is not one of [b,c]`
    ])
    .join("\n");
}

const LONGEST = 200;

/** Words of a server as they can be shown: one line, without secrets. */
export function clean(words: string, token: string): string {
  const line = words
    .replace(/bearer\s+\S+/gi, "Bearer …") // `Authorization: Bearer AAAA%2F`
    .replace(/[\p{C}\s]+/gu, " ") // `a\r\n\u001b[31mb`
    .trim();
  const plain = withoutToken(line, token);
  return plain.length <= LONGEST ? plain : `${plain.slice(0, LONGEST - 1).toWellFormed()}…`;
}
