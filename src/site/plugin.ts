import { readdirSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { UserConfig } from "@11ty/eleventy";
import { cleanText } from "../text/clean.ts";
import type { SiteData } from "./data.ts";
import { copyImages } from "./media.ts";
import { makes, type Scope } from "./scope.ts";
import { writeSearch } from "./search.ts";
import { Site } from "./site.ts";

/** The folder of the templates, whatever the working folder. */
export const TEMPLATES = fileURLToPath(new URL("../../templates", import.meta.url));

/** Eleventy takes input paths relative to the working folder only. */
export const templatesFromHere = (): string => relative(process.cwd(), TEMPLATES) || ".";

interface Renderer {
  defaultRenderer(data: unknown): Promise<unknown>;
}

interface Paged {
  readonly page: { readonly outputPath: string | false };
}

/** Names, labels and descriptions are kept as they came: what no document may hold ends here, for every page there is. A transform would do
 *  as well, but Eleventy tells people on their terminal how long it took. */
const cleaned = (content: unknown, { page }: Paged): string =>
  String(page.outputPath).endsWith(".html") ? cleanText(String(content)) : String(content);

/** hono/html makes String objects, which Eleventy refuses as "not a String". */
const WATCHED = {
  key: "11ty.js",
  compile() {
    return async function (this: Renderer, data: Paged) {
      return cleaned(await this.defaultRenderer(data), data);
    };
  },
};

/** Eleventy itself would load each template anew for every shard. */
const LOADED_ONCE = {
  read: false,
  useJavaScriptImport: true,
  getData: true,
  compileOptions: { cache: true, getCacheKey: (_: unknown, path: string) => path },
  getInstanceFromInputPath: (path: string) => load(resolve(path)),
  compile: (_: unknown, path: string) => async (data: Paged) => cleaned(await (await load(resolve(path))).render(data), data),
};

interface Template {
  readonly data?: { readonly pagination?: { readonly data?: string } };
  render(data: object): unknown;
}

const loaded = new Map<string, Promise<Template>>();

/** To import what is imported already takes as long as to render a short page. */
function load(path: string): Promise<Template> {
  const template = loaded.get(path) ?? import(pathToFileURL(path).href);
  loaded.set(path, template);
  return template;
}

export interface PluginOptions {
  readonly site: SiteData;
  /** Which pages are made; absent: all. */
  readonly scope?: Scope | null;
}

/** Teaches Eleventy the templates of this folder and gives them the site's data as `site`. */
export async function chatscribe(config: UserConfig, { site, scope = null }: PluginOptions): Promise<void> {
  config.addTemplateFormats("11ty.ts");
  config.addExtension(["11ty.ts"], scope === null ? WATCHED : LOADED_ONCE);
  config.benchmarkManager.get("Configuration").setIsVerbose(false); // it tells people on their terminal how long two hundred pages took
  const whole = new Site(site, scope);
  config.addGlobalData("site", whole);
  config.on("eleventy.after", ({ directories }) => whole.cards.write(directories.output));
  const input = templatesFromHere();
  for (const name of await templatesOutside(scope)) config.ignores.add(`${input}/${name}`);
  if (scope === null) {
    config.addPassthroughCopy({ [`${input}/assets`]: "assets", [`${input}/fonts`]: "assets/fonts" });
    config.on("eleventy.after", ({ directories }) => copyImages(site, directories.output));
    config.on("eleventy.after", async ({ directories }) => writeSearch(site, directories.output));
  }
  config.setUseGitIgnore(false);
  config.setWatchJavaScriptDependencies(false); // its watcher cannot parse TypeScript
}

const SUFFIX = ".11ty.ts";

/** Templates whose pages a scope does not make: what their pages are listed in says it. */
async function templatesOutside(scope: Scope | null): Promise<string[]> {
  if (scope === null) return [];
  const names = readdirSync(TEMPLATES).filter((name) => name.endsWith(SUFFIX));
  const lists = await Promise.all(
    names.map(async (name) => [name, (await load(join(TEMPLATES, name))).data?.pagination?.data ?? null] as const),
  );
  return lists.filter(([, listed]) => !makes(scope, listed)).map(([name]) => name);
}
