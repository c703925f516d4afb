import { type DefaultTreeAdapterMap, parse } from "parse5";

type Node = DefaultTreeAdapterMap["node"];
export type Element = DefaultTreeAdapterMap["element"];

/** Every element of a page, in order. */
export function elementsOf(html: string): Element[] {
  const all: Element[] = [];
  const walk = (node: Node): void => {
    if ("tagName" in node) all.push(node);
    if ("childNodes" in node) node.childNodes.forEach(walk);
  };
  walk(parse(html));
  return all;
}

export const attribute = (element: Element, name: string): string | undefined => element.attrs.find((one) => one.name === name)?.value;

/** Its text, white space squeezed. */
export function textOf(node: Node): string {
  const read = (one: Node): string =>
    one.nodeName === "#text" && "value" in one ? one.value : "childNodes" in one ? one.childNodes.map(read).join("") : "";
  return read(node).replaceAll(/\s+/g, " ").trim();
}

export const byId = (elements: readonly Element[], id: string): Element[] => elements.filter((element) => attribute(element, "id") === id);
