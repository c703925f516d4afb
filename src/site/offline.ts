import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Lately } from "../archive/lately.ts";
import type { SiteConfig } from "../model.ts";
import { imageKind, imageSize } from "../text/image.ts";
import { colours } from "./colours.ts";
import type { SiteData } from "./data.ts";
import type { ImageFinder, ShownImage } from "./media.ts";
import { TEMPLATES } from "./plugin.ts";
import { stylesheet } from "./styles.ts";
import { wordsOf } from "./words/words.ts";

/** What a page without a site around it says in its own head. */
export interface Inside {
  readonly css: string;
  readonly policy: string;
}

/** Beside the site's own styles: no controls that need the site. */
const EXTRA = ".seg,[data-quote],:is(.turn,.foot,.foot p,.tool)>a:not([href]){display:none}";

/** All styles of the site in one text, fonts within it, and the policy that allows them and nothing else. */
export async function inside(config: SiteConfig, markup: string): Promise<Inside> {
  const slanted = /<em>|class="remark"/.test(markup);
  const styles = `${await stylesheet(wordsOf(config).dir)}${colours(config)}${config.theme.styles.map(({ css }) => css).join("\n")}${EXTRA}`;
  const own = slanted ? styles : styles.replace(/@font-face\{[^}]*italic[^}]*\}/, "");
  return made.get(own, () => withPolicy(own));
}

/** With and without slanted letters: nearly all sessions have the same. */
const made = new Lately<Promise<Inside>>(2);

async function withPolicy(styles: string): Promise<Inside> {
  const css = await withFonts(styles);
  const hash = createHash("sha256").update(css).digest("base64");
  return { css, policy: `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; font-src data:` };
}

/** `url(fonts/inter.woff2)` becomes the font itself. */
async function withFonts(css: string): Promise<string> {
  const names = [...new Set([...css.matchAll(/url\(fonts\/([a-z-]+\.woff2)\)/g)].map(([, name = ""]) => name))];
  const fonts = await Promise.all(names.map(async (name) => [name, await readFile(join(TEMPLATES, "fonts", name), "base64")] as const));
  return fonts.reduce((text, [name, font]) => text.replaceAll(`url(fonts/${name})`, `url(data:font/woff2;base64,${font})`), css);
}

/** Octets of images in one file: what a mail takes. */
const MOST = 8 * 1024 * 1024;

const TYPES = { jpg: "image/jpeg", png: "image/png", gif: "image/gif", webp: "image/webp" } as const;

/** Kept images as `data:` addresses, as many as fit, those first that are asked for first. */
export function embedded(picture: SiteData["picture"], most = MOST): ImageFinder {
  const known = new Map<string, ShownImage | null>();
  let left = most;
  const embed = (file: string): ShownImage | null => {
    const bytes = picture(file);
    const kind = bytes === null ? null : imageKind(bytes);
    if (bytes === null || kind === null || bytes.length > left) return null;
    left -= bytes.length;
    return { src: `data:${TYPES[kind]};base64,${Buffer.from(bytes).toString("base64")}`, size: imageSize(bytes) };
  };
  return ({ file }) => {
    if (file === null) return null;
    const image = known.get(file) ?? embed(file);
    known.set(file, image);
    return image;
  };
}
