import { raw } from "hono/html";
import { escapeHtml } from "./clean.ts";
import type { RawHtml } from "./html.ts";

/** A stylesheet within a page. Its text is what the page's policy knows the hash of. */
export function styleHtml(css: string): RawHtml {
  if (/<\/|\r/.test(css)) throw new Error("a stylesheet that ends its own element, or whose line ends a browser would change");
  return raw(`<style>${css}</style>`);
}

/** A page of ours as one that stands alone: its links lead to the web or to a place within it, and those that would lead to a file
 *  beside it lead nowhere. `address`: where it stands on the web; null: nobody knows. Only our own markup: attributes quoted, `<`, `>`
 *  and `"` in text escaped. */
export const standalone = (markup: string, address: string | null): string =>
  markup.replaceAll(/<(?:a|data) [^>]*>/g, (tag) => moved(tag, address)); // `<a class="n" href="t/12/">`, `<data class="u-url" value="/chat/">`

function moved(tag: string, address: string | null): string {
  const [all, name = "", to = ""] = /(href|value)="([^"]*)"/.exec(tag) ?? [];
  const target = leadsTo(unescaped(to), address);
  if (all !== undefined && target !== null) return tag.replace(all, () => `${name}="${escapeHtml(target)}"`);
  return tag.replaceAll(/ (?:href|rel)="[^"]*"/g, ""); // `rel="next" href="../b/"`
}

/** `#q1`, `https://…` and `mailto:…` as they are; `t/12/` and `/chat/` from where the page stands. */
function leadsTo(to: string, address: string | null): string | null {
  if (/^(?:#|https?:|mailto:)/i.test(to)) return to;
  return address === null ? null : (URL.parse(to, address)?.href ?? null);
}

const CHARACTERS: Readonly<Record<string, string>> = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'" };

const unescaped = (text: string): string => text.replaceAll(/&(?:amp|lt|gt|quot|#39);/g, (code) => CHARACTERS[code] ?? code);
