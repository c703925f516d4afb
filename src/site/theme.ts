import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { readSite, readText } from "../config/archive.ts";
import { didYouMean, UserError } from "../errors.ts";
import type { SiteConfig, Stylesheet } from "../model.ts";
import { loadParts } from "./parts.ts";
import { parseWords } from "./words/read.ts";
import type { Messages } from "./words/translations.ts";
import { type Words, wordsOf } from "./words/words.ts";

/** The settings of an archive's site, and what its `theme/` changes. */
export async function siteConfig(dir: string): Promise<SiteConfig> {
  const config = readSite(dir);
  const folder = join(dir, "theme");
  const names = namesIn(folder);
  const styles = names.filter((name) => name.endsWith(".css")).map((name) => styleOf(folder, name));
  return { ...config, theme: { words: ownWords(dir, config), styles, parts: await loadParts(join(folder, "parts")) } };
}

/** What pages say, for what is not a page. */
export function siteWords(dir: string): Words {
  const config = readSite(dir);
  return wordsOf({ ...config, theme: { ...config.theme, words: ownWords(dir, config) } });
}

function ownWords(dir: string, { language }: SiteConfig): Messages {
  const file = join(dir, "theme", "words.yml");
  return existsSync(file) ? parseWords(readText(file), file, language) : {};
}

/** What a theme is made of. Anything else would be taken for a part of it and have no effect. */
const NAMES = ["words.yml", "parts"];

function namesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder)
    .filter((name) => !name.startsWith("."))
    .sort();
  const other = names.find((name) => !NAMES.includes(name) && !name.endsWith(".css"));
  if (other !== undefined)
    throw new UserError(`${join(folder, other)}: a theme is made of words.yml, parts/ and CSS files${didYouMean(other, NAMES)}`);
  return names;
}

function styleOf(folder: string, name: string): Stylesheet {
  const file = join(folder, name);
  // "paper.css": it becomes an address
  if (!/^[a-z0-9][a-z0-9-]*\.css$/.test(name)) throw new UserError(`${file}: name it with a to z, 0 to 9 and -, as night-garden.css`);
  const css = readText(file)
    .replace(/^\uFEFF/, "")
    .replaceAll(/\r\n?/g, "\n");
  // "</style>": offline.html has the style within it
  if (css.includes("</")) throw new UserError(`${file}: "</" belongs in no stylesheet; remove it`);
  return { name, css };
}
