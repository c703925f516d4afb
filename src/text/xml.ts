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
  let open = name;
  for (const [key, value] of Object.entries(attributes)) if (value !== null) open += ` ${key}="${escapeAttribute(value)}"`;
  if (content.length === 0) return { markup: `<${open}/>` };
  if (typeof content === "string") {
    const inside = escapeXml(content);
    return { markup: inside === "" ? `<${open}/>` : `<${open}>${inside}</${name}>` };
  }
  const lines = [`<${open}>`];
  for (const { markup } of content) lines.push(markup);
  lines.push(`</${name}>`);
  return { markup: lines.join("\n") };
}

/** A whole document around its root. */
export const xmlDocument = ({ markup }: Xml): string => `<?xml version="1.0" encoding="utf-8"?>\n${markup}\n`;
