import { html } from "hono/html";
import type { Html } from "../../templates/_parts/layout.ts";
import type { Action } from "./action.ts";
import type { View } from "./view.ts";

type Fields = Readonly<Record<string, string>>;

/** A plain form: what it does, what it is about, and the text of the file that it was decided on. */
export const form = (
  { hash, at }: Pick<View, "hash" | "at">,
  what: Action["do"] | "undo" | "preview",
  inner: Html,
  fields: Fields = {},
): Html =>
  html`<form method="post" action="do" data-do="${what}"><input type="hidden" name="do" value="${what}"><input type="hidden" name="base" value="${hash}"><input type="hidden" name="at" value="${at}">${Object.entries(
    fields,
  ).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}${inner}</form>`;

/** Its key is shown on it; the name that is read out has only its words. */
export const button = (words: string | Html, key: string | null = null, more: Html | "" = ""): Html =>
  key === null
    ? html`<button type="submit"${more}>${words}</button>`
    : html`<button type="submit" data-key="${key}" aria-keyshortcuts="${key}"${more}>${words} <kbd aria-hidden="true">${key}</kbd></button>`;

/** A field that a key leads to. */
export const keyed = (key: string): Html => html` data-key="${key}" aria-keyshortcuts="${key}"`;

export const hint = (key: string): Html => html`<kbd aria-hidden="true">${key}</kbd>`;
