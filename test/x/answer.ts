import type { Names } from "./names.ts";
import { wordsOf } from "./names.ts";

export type Wire = { readonly [key: string]: unknown };

/** What the stand-in says to one request. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

export const json = (value: Wire, status = 200): Answer => ({
  status,
  type: "application/json; charset=utf-8",
  headers: {},
  body: JSON.stringify(value),
});

/** A problem that concerns one thing of many: an element of `errors`. */
export const problem = (names: Names, kind: string, words: Wire): Wire => ({ ...words, type: wordsOf(names).problems + kind });

/** 400: what is wrong with a parameter. */
export function invalid(names: Names, parameter: string, message: string): Answer {
  const title = "Invalid Request";
  const old = {
    errors: [{ parameters: { [parameter]: [] }, message }],
    title,
    detail: "One or more parameters to your request was invalid.",
  };
  const wire = problem(names, "invalid-request", names === "tweet" ? old : { title, detail: message, parameter, status: 400 });
  return { ...json(wire, 400), type: "application/problem+json" };
}

const TITLES: Readonly<Record<number, string>> = {
  401: "Unauthorized",
  402: "CreditsDepleted",
  403: "Forbidden",
  404: "Not Found",
  409: "Conflict",
  429: "Too Many Requests",
  503: "Service Unavailable",
};

/** An error of the whole request; it has the keys of both forms X's description knows, an Error and a Problem. */
export const failure = (status: number, detail = TITLES[status] ?? ""): Answer =>
  json({ code: status, message: detail, title: TITLES[status] ?? "", detail, type: "about:blank", status }, status);
