import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { SiteConfig } from "../model.ts";
import { colours } from "../site/colours.ts";
import { TEMPLATES } from "../site/plugin.ts";
import { stylesheet } from "../site/styles.ts";
import { wordsOf } from "../site/words/words.ts";

export interface Asset {
  readonly type: string;
  readonly body: string | Uint8Array<ArrayBuffer>;
}

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".gif": "image/gif",
  ".webp": "image/webp",
};

/** What the page loads, by its name below `assets/`: the site's own styles, and the desk's. `picture`: a kept image by its address.
 *  null: there is no such thing. */
export async function assetOf(
  name: string,
  { config, picture }: { readonly config: SiteConfig; readonly picture: (name: string) => Uint8Array | null },
): Promise<Asset | null> {
  const body = await bodyOf(name, config, picture);
  return body === null ? null : { type: TYPES[extname(name)] ?? "application/octet-stream", body };
}

const own = (name: string): Promise<string> => readFile(fileURLToPath(new URL(name, import.meta.url)), "utf8");

async function bodyOf(name: string, config: SiteConfig, picture: (name: string) => Uint8Array | null): Promise<Asset["body"] | null> {
  if (name === "style.css") return stylesheet(wordsOf(config).dir);
  if (name === "colours.css") return colours(config);
  if (name === "desk.css" || name === "desk.js") return own(name);
  if (name === "icon.svg") return readFile(join(TEMPLATES, "assets", name), "utf8");
  // "fonts/newsreader-italic.woff2": one of a few names, never a path
  if (/^fonts\/[a-z-]+\.woff2$/.test(name)) return new Uint8Array(await readFile(join(TEMPLATES, name)));
  const style = config.theme.styles.find((one) => name === `theme/${one.name}`);
  if (style !== undefined) return style.css;
  const image = name.startsWith("media/") ? picture(name) : null;
  return image === null ? null : new Uint8Array(image);
}
