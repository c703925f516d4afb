import { raw } from "hono/html";
import { cleanText } from "./clean.ts";
import type { RawHtml } from "./html.ts";

/** What JSON can say. Keys that are undefined are left out. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

const cleaned = (_key: string, value: unknown): unknown => (typeof value === "string" ? cleanText(value) : value);

/** For a file: texts without control characters and half surrogate pairs. */
export const jsonFile = (value: Json): string => `${JSON.stringify(value, cleaned, 2)}\n`;

/** `<`, `>`, `&` and the line ends of JavaScript, as JSON writes any character: `</script>` is `\u003c/script\u003e`. */
const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** JSON-LD in a page: data that nothing runs, and nothing in it ends the element. */
export const jsonLd = (value: Json): RawHtml =>
  raw(`<script type="application/ld+json">${JSON.stringify(value, cleaned).replaceAll(/[<>&\u2028\u2029]/g, escaped)}</script>`);
