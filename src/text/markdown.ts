import { raw } from "hono/html";
import MarkdownIt from "markdown-it";
import { cleanText } from "./clean.ts";
import type { RawHtml } from "./html.ts";

const parser = new MarkdownIt({ html: false, linkify: false, typographer: false });
parser.disable("image");
parser.validateLink = isAllowed;

type Token = ReturnType<typeof parser.parse>[number];

/** http(s), mailto, and addresses without a scheme: `2009-07-14/`, `#q2`, `/chat/`. Not `javascript:…`, not `//host`. */
function isAllowed(address: string): boolean {
  const plain = address.replaceAll(/[\p{C}\p{Z}\\]/gu, ""); // "java\tscript:" is a scheme to a browser, "/\host" an address elsewhere
  const scheme = /^([^/?#]*?):/.exec(plain)?.[1]?.toLowerCase(); // "mailto:a@b" -> "mailto"
  return scheme === undefined ? !plain.startsWith("//") && !/%5c/i.test(plain) : ["http", "https", "mailto"].includes(scheme);
}

/** An organiser's Markdown: no HTML, no images. Its highest heading becomes h2 and no level is skipped, so that it fits
 *  under the page's h1; addresses that start with `/` get the site's prefix. */
export function markdownHtml(text: string, options: { readonly prefix?: string } = {}): RawHtml {
  const tokens = parser.parse(cleanText(text), {});
  shiftHeadings(tokens);
  prefixLinks(tokens, (options.prefix ?? "/").replace(/\/$/, ""));
  return raw(parser.renderer.render(tokens, parser.options, {}));
}

function shiftHeadings(tokens: readonly Token[]): void {
  const headings = tokens.filter((token) => token.type === "heading_open" || token.type === "heading_close");
  const top = Math.min(...headings.map((token) => Number(token.tag.slice(1))));
  let previous = 1;
  for (const token of headings) {
    if (token.type === "heading_open") previous = Math.min(Number(token.tag.slice(1)) - top + 2, previous + 1, 6);
    token.tag = `h${previous}`;
  }
}

function prefixLinks(tokens: readonly Token[], prefix: string): void {
  for (const token of tokens) {
    prefixLinks(token.children ?? [], prefix);
    const href = token.type === "link_open" ? String(token.attrGet("href")) : "";
    if (href.startsWith("/")) token.attrSet("href", prefix + href);
  }
}

/** The first paragraph of an organiser's Markdown as plain text; empty where there is none. "## Recap\n\nWe *met*." is "We met." */
export function markdownOpening(text: string): string {
  const tokens = parser.parse(cleanText(text), {});
  const at = tokens.findIndex(({ type, level }) => type === "paragraph_open" && level === 0);
  const words = tokens[at + 1]?.children ?? [];
  return words.map(({ type, content }) => (type.endsWith("break") ? " " : content)).join("");
}
