import { UserError } from "../errors.ts";
import type { Handle, TweetId } from "../model.ts";

/** What an organiser decides at the desk. Questions go by their anchors, which are permanent; entries of the review by their keys. */
export type Action =
  | { readonly do: "accept" | "keep"; readonly entry: string; readonly lines: string }
  /** `to`: the anchor of a question, or a section. */
  | { readonly do: "move"; readonly tweet: TweetId; readonly to: string }
  | { readonly do: "parent"; readonly tweet: TweetId; readonly to: TweetId | null }
  | { readonly do: "hide" | "clear" | "unask" | "pin" | "unpin"; readonly tweet: TweetId }
  | { readonly do: "remark"; readonly tweet: TweetId; readonly text: string }
  /** `number` null: a side question. */
  | { readonly do: "ask"; readonly tweet: TweetId; readonly number: number | null }
  | { readonly do: "question"; readonly number: number; readonly text: string }
  | { readonly do: "rename"; readonly question: string; readonly text: string }
  | { readonly do: "merge"; readonly question: string; readonly into: string }
  | { readonly do: "side"; readonly question: string }
  | { readonly do: "notes"; readonly body: string }
  | { readonly do: "title"; readonly text: string }
  | { readonly do: "hosts"; readonly hosts: readonly Handle[] }
  | { readonly do: "status"; readonly to: "draft" | "reviewed" };

/** The fields of a form. */
export type Form = ReadonlyMap<string, string>;

type Reader = (form: Form) => Action;

const READERS: Readonly<Record<Action["do"], Reader>> = {
  accept: (form) => ({ do: "accept", entry: said(form, "entry"), lines: said(form, "lines") }),
  keep: (form) => ({ do: "keep", entry: said(form, "entry"), lines: said(form, "lines") }),
  move: (form) => ({ do: "move", tweet: tweet(form), to: said(form, "to") }),
  parent: (form) => ({ do: "parent", tweet: tweet(form), to: parentOf(said(form, "to")) }),
  hide: (form) => ({ do: "hide", tweet: tweet(form) }),
  clear: (form) => ({ do: "clear", tweet: tweet(form) }),
  unask: (form) => ({ do: "unask", tweet: tweet(form) }),
  pin: (form) => ({ do: "pin", tweet: tweet(form) }),
  unpin: (form) => ({ do: "unpin", tweet: tweet(form) }),
  remark: (form) => ({ do: "remark", tweet: tweet(form), text: line(form, "text") }),
  ask: (form) => ({ do: "ask", tweet: tweet(form), number: numberOf(line(form, "number")) }),
  question: (form) => ({ do: "question", number: numberOf(said(form, "number")) ?? 0, text: words(form) }),
  rename: (form) => ({ do: "rename", question: said(form, "question"), text: words(form) }),
  merge: (form) => ({ do: "merge", question: said(form, "question"), into: said(form, "into") }),
  side: (form) => ({ do: "side", question: said(form, "question") }),
  notes: (form) => ({ do: "notes", body: form.get("body") ?? "" }),
  title: (form) => ({ do: "title", text: line(form, "text") }),
  hosts: (form) => ({ do: "hosts", hosts: hostsOf(line(form, "hosts")) }),
  status: (form) => ({ do: "status", to: said(form, "to") === "reviewed" ? "reviewed" : "draft" }),
};

/** Reads a form. Throws a UserError that says what is missing. */
export function actionOf(form: Form): Action {
  const name = form.get("do") ?? "";
  if (!Object.hasOwn(READERS, name)) throw new UserError(`"${name.slice(0, 40)}" is nothing that can be done here`);
  return READERS[name as Action["do"]](form);
}

const line = (form: Form, name: string): string => (form.get(name) ?? "").replace(/\s+/g, " ").trim();

function said(form: Form, name: string): string {
  const text = form.get(name) ?? "";
  if (text.trim() === "") throw new UserError(`choose something first: ${name} is empty`);
  return text;
}

const tweet = (form: Form): TweetId => said(form, "tweet");

function words(form: Form): string {
  const text = line(form, "text");
  if (text === "") throw new UserError("a question needs its words");
  return text;
}

/** An id, the address of a tweet, or none: `2412345678`, `https://x.com/amy/status/2412345678`. */
function parentOf(text: string): TweetId | null {
  const word = text.trim();
  if (word === "none") return null;
  const id = /^(?:\S*\/status\/)?([1-9]\d{0,19})(?:[?#/]\S*)?$/.exec(word)?.[1];
  if (id === undefined) throw new UserError("write the id or the address of the tweet that it answers, or none");
  return id;
}

/** Empty: a side question. */
function numberOf(text: string): number | null {
  const word = text.replace(/^q/i, "");
  if (word === "") return null;
  if (!/^\d{1,3}$/.test(word)) throw new UserError(`a question's number is a whole number, as 2, not "${text.slice(0, 40)}"`);
  return Number(word);
}

function hostsOf(text: string): Handle[] {
  const hosts = text.split(/[\s,]+/).flatMap((word) => word.replace(/^@/, "") || []);
  const odd = hosts.find((host) => !/^[A-Za-z0-9_]{1,20}$/.test(host));
  if (odd !== undefined) throw new UserError(`"${odd.slice(0, 40)}" is no handle; it has letters a to z, digits and _, at most 20`);
  if (hosts.length === 0) throw new UserError("name at least one host");
  return [...new Map(hosts.map((host) => [host.toLowerCase(), host])).values()];
}
