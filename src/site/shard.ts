import { cpSync, existsSync, readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { Eleventy } from "@11ty/eleventy";
import { UserError } from "../errors.ts";
import type { SiteData } from "./data.ts";
import { copyImage } from "./media.ts";
import { chatscribe, TEMPLATES, templatesFromHere } from "./plugin.ts";
import { hasPages, type Scope, unitOf, unitsIn } from "./scope.ts";
import { renderSearch } from "./search.ts";
import { stockOf } from "./stock.ts";
import { SEARCH, type UnitName } from "./units.ts";

export interface ShardPlace {
  readonly folder: string;
  /** Where the site stands. */
  readonly out: string;
}

/** Renders some of a site's units into a folder of their own. Returns which files each of them has there. */
export async function renderShard(site: SiteData, scope: Scope, { folder, out }: ShardPlace): Promise<Map<UnitName, string[]>> {
  if (hasPages(scope)) await run(site, scope, folder);
  if (scope.chats !== null) copyAssets(folder);
  const files = new Map(unitsIn(scope).map((unit): [UnitName, string[]] => [unit, []]));
  const units = new Set(files.keys());
  for (const file of filesIn(folder)) {
    const unit = unitOf(file, units);
    if (unit === null) throw new Error(`${file} is no file of what was rendered`);
    files.get(unit)?.push(file);
  }
  await addImages(site, { scope, folder, files });
  for (const one of scope.search) files.set(SEARCH + one.chat, renderSearch(site, one, { folder, out }));
  return files;
}

async function run(site: SiteData, scope: Scope, folder: string): Promise<void> {
  const eleventy = new Eleventy(templatesFromHere(), folder, {
    quietMode: true,
    loader: "esm",
    configPath: null, // that of a plain `npx eleventy` reads the archive itself
    config: (config) => config.addPlugin(chatscribe, { site, scope }),
  });
  eleventy.disableLogger();
  try {
    await eleventy.init();
    await eleventy.write();
  } catch (error) {
    throw rootOf(error);
  }
}

/** Eleventy wraps what a template threw in errors of its own. What the user can put right comes out as it was. */
function rootOf(error: unknown): unknown {
  for (let inner = error; inner instanceof Error; inner = "originalError" in inner ? inner.originalError : inner.cause)
    if (inner instanceof UserError) return inner;
  return error;
}

/** Not by Eleventy: where a template fails, it would go on copying. */
function copyAssets(folder: string): void {
  cpSync(join(TEMPLATES, "assets"), join(folder, "assets"), { recursive: true });
  cpSync(join(TEMPLATES, "fonts"), join(folder, "assets", "fonts"), { recursive: true });
}

/** An image may be shown by several sessions: it is a file of each of them. */
async function addImages(
  site: SiteData,
  { scope, folder, files }: { scope: Scope; folder: string; files: ReadonlyMap<UnitName, string[]> },
): Promise<void> {
  for (const { chat, slug } of scope.sessions)
    for (const name of stockOf(site).card(chat, slug)?.files ?? []) {
      const path = await copyImage(site.picture(name), folder);
      if (path !== null) files.get(`${chat}/${slug}`)?.push(path);
    }
}

/** All files below a folder, `a/b.html`, in order. At once: there is nothing else to do meanwhile, and each of its folders would be waited for. */
function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
}
