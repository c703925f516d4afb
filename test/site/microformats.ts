import { attribute, type Element, textOf } from "./dom.ts";

/** A microformat of a page: its kind and what its own elements say, those of microformats within it aside. */
export interface Item {
  readonly kinds: readonly string[];
  /** By name without prefix: `author`, `url`, `published`. */
  readonly says: ReadonlyMap<string, readonly Said[]>;
}

interface Said {
  readonly text: string;
  /** The microformat it is itself, as an author is an h-card. */
  readonly kinds: readonly string[];
}

const classesOf = (element: Element): string[] => (attribute(element, "class") ?? "").split(/\s+/);
const kindsOf = (element: Element): string[] => classesOf(element).filter((name) => /^h-[a-z]+$/.test(name));

function parsed(element: Element, name: string): string {
  if (name.startsWith("u-")) return attribute(element, element.tagName === "data" ? "value" : "href") ?? textOf(element);
  return (name.startsWith("dt-") ? attribute(element, "datetime") : undefined) ?? textOf(element);
}

/** The items among the elements of a page, in order; and what stands in none. */
export function itemsOf(elements: readonly Element[]): { readonly items: readonly Item[]; readonly stray: readonly string[] } {
  const roots = elements.filter((element) => kindsOf(element).length > 0);
  const homes = new Map(roots.map((root) => [root, new Map<string, Said[]>()]));
  const stray: string[] = [];
  for (const element of elements)
    for (const name of classesOf(element).filter((one) => /^(?:p|u|dt|e)-[a-z]+$/.test(one))) {
      const home = homes.get(rootAbove(element) as Element);
      const key = name.replace(/^[a-z]+-/, "");
      if (home === undefined) stray.push(`${name} in <${element.tagName}>`);
      else home.set(key, [...(home.get(key) ?? []), { text: parsed(element, name), kinds: kindsOf(element) }]);
    }
  return { items: roots.map((root) => ({ kinds: kindsOf(root), says: homes.get(root) ?? new Map() })), stray };
}

function rootAbove(element: Element): Element | null {
  for (let node = element.parentNode; node !== null && "tagName" in node; node = node.parentNode) if (kindsOf(node).length > 0) return node;
  return null;
}
