import { cleanText } from "./clean.ts";

/** Markup of an XML document. Only `xml` makes it. */
export interface Xml {
  readonly markup: string;
}

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
  "\t": "&#9;",
  "\n": "&#10;",
};

/** For element content: what XML 1.0 does not allow is dropped, `]]>` cannot come to be. */
export const escapeXml = (text: string): string => cleanText(text).replaceAll(/[&<>]/g, (character) => ESCAPES[character] ?? "");

/** For an attribute in double quotes: a reader would make spaces of tabs and line ends. */
const escapeAttribute = (text: string): string => cleanText(text).replaceAll(/[&<>"'\t\n]/g, (character) => ESCAPES[character] ?? "");

type Attributes = Readonly<Record<string, string | null>>;

/** An element. Attributes that are null are left out. `xml("link", { href: "a&b" })` is `<link href="a&amp;b"/>`. Its children
 *  stand on lines of their own, text does not. */
export function xml(name: string, attributes: Attributes, content: string | readonly Xml[] = ""): Xml {
  const written = Object.entries(attributes).map(([key, value]) => (value === null ? "" : ` ${key}="${escapeAttribute(value)}"`));
  const inside = typeof content === "string" ? escapeXml(content) : content.map(({ markup }) => `\n${markup}`).join("");
  const open = [name, ...written].join("");
  if (inside === "") return { markup: `<${open}/>` };
  return { markup: `<${open}>${inside}${typeof content === "string" ? "" : "\n"}</${name}>` };
}

/** A whole document around its root. */
export const xmlDocument = ({ markup }: Xml): string => `<?xml version="1.0" encoding="utf-8"?>\n${markup}\n`;
