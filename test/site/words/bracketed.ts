import { type DefaultTreeAdapterMap, parse } from "parse5";
import type { Message } from "../../../src/model.ts";
import { en } from "../../../src/site/words/en.ts";
import type { Messages } from "../../../src/site/words/translations.ts";
import { attribute, type Element } from "../dom.ts";

type Node = DefaultTreeAdapterMap["node"];

const bracket = (message: Message): Message =>
  typeof message === "string" ? `⟦${message}⟧` : Object.fromEntries(Object.entries(message).map(([form, text]) => [form, `⟦${text}⟧`]));

/** A language in which every word stands in brackets: what does not was never translated. */
export const bracketed: Messages = Object.fromEntries(Object.entries(en).map(([key, message]) => [key, bracket(message)]));

/** What brackets leave: "⟦a ⟦b⟧⟧ c" is " c". */
export function outsideBrackets(text: string): string {
  let depth = 0;
  return [...text]
    .filter((character) => {
      if (character === "⟦") depth++;
      if (character === "⟧") depth--;
      return depth === 0 && character !== "⟧";
    })
    .join("");
}

/** Other people's words, and what is the same in every language. */
const ELSEWHERE = new Set(["script", "style", "bdi", "blockquote", "textarea", "pre"]);
const CLASSES = ["e-content", "notes", "lede", "remark", "around", "own"];
const SAID = ["aria-label", "title", "placeholder", "data-word", "data-copied", "data-yours"];

const isElsewhere = (element: Element): boolean =>
  ELSEWHERE.has(element.tagName) ||
  attribute(element, "dir") === "auto" ||
  (attribute(element, "class") ?? "").split(" ").some((name) => CLASSES.includes(name));

/** All that a page says to its reader of its own, heard or seen. `head` false: its title and description are a tweet's words. */
export function saidBy(html: string, { head = true } = {}): string {
  const said: string[] = [];
  const walk = (node: Node): void => {
    if ("tagName" in node) {
      if (head && attribute(node, "name") === "description") said.push(attribute(node, "content") ?? "");
      said.push(...SAID.flatMap((name) => (node.tagName === "link" ? [] : (attribute(node, name) ?? []))));
      if (isElsewhere(node) || (node.tagName === "title" && !head)) return;
    }
    if (node.nodeName === "#text" && "value" in node) said.push(node.value);
    if ("childNodes" in node) node.childNodes.forEach(walk);
  };
  walk(parse(html, { scriptingEnabled: false }));
  return said.join("\n");
}

/** Words in Latin letters outside the brackets that are not among `known`. */
export const untranslated = (text: string, known: ReadonlySet<string>): string[] => [
  ...new Set(
    (outsideBrackets(text).match(/[\p{Script=Latin}\p{N}_]+/gu) ?? []).filter(
      (word) => /\p{L}/u.test(word) && !known.has(word.toLowerCase()),
    ),
  ),
];

export const latinWords = (text: string): string[] => text.toLowerCase().match(/[\p{Script=Latin}\p{N}_]+/gu) ?? [];
