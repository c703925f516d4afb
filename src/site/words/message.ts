import type { Message } from "../../model.ts";
import { en } from "./en.ts";

/** Every word a page may say. */
export type Key = keyof typeof en;

/** All words in one language: a text where English has one, plural forms where English counts. */
export type Translation = { readonly [K in Key]: (typeof en)[K] extends string ? string : Exclude<Message, string> };

type Texts<K extends Key> = (typeof en)[K] extends infer M ? (M extends string ? M : M[keyof M] & string) : never;
type PlacesIn<S extends string> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | PlacesIn<Rest> : never;

/** What a message wants filled in: `{n}` decides the plural form, so it is always a number. */
type Values<K extends Key, V> = { readonly [P in PlacesIn<Texts<K>>]: P extends "n" ? number : V } & ((typeof en)[K] extends string
  ? unknown
  : { readonly n: number });

/** Nothing, where a message has no places. */
export type Filled<K extends Key, V> = [PlacesIn<Texts<K>>] extends [never]
  ? (typeof en)[K] extends string
    ? []
    : [Values<K, V>]
  : [Values<K, V>];

export const isKey = (word: string): word is Key => Object.hasOwn(en, word);

/** The texts of a message: of each plural form one. */
export const textsOf = (message: Message): string[] => (typeof message === "string" ? [message] : Object.values(message));

/** A message cut at its places: texts and names in turn, a text first and last. "{n} of {tag}." is ["", "n", " of ", "tag", "."] */
export function cutAtPlaces(text: string): readonly string[] {
  const known = cut.get(text) ?? text.split(/\{(\w+)\}/); // "{n}"
  cut.set(text, known);
  return known;
}

/** There are as many as there are messages, and pages say each of them thousands of times. */
const cut = new Map<string, readonly string[]>();
