import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { UserConfig } from "@11ty/eleventy";
import { cleanText } from "../text/clean.ts";
import type { SiteData } from "./data.ts";
import { copyImages } from "./media.ts";
import { writeSearch } from "./search.ts";
import { Site } from "./site.ts";

/** The folder of the templates, whatever the working folder. */
export const TEMPLATES = fileURLToPath(new URL("../../templates", import.meta.url));

/** Eleventy takes input paths relative to the working folder only. */
export const templatesFromHere = (): string => relative(process.cwd(), TEMPLATES) || ".";

interface Renderer {
  defaultRenderer(data: unknown): Promise<unknown>;
}

/** Teaches Eleventy the templates of this folder and gives them the site's data as `site`. */
export function chatscribe(config: UserConfig, options: { readonly site: SiteData }): void {
  config.addTemplateFormats("11ty.ts");
  config.addExtension(["11ty.ts"], {
    key: "11ty.js",
    compile() {
      // hono/html makes String objects, which Eleventy refuses as "not a String".
      return async function (this: Renderer, data: unknown) {
        return String(await this.defaultRenderer(data));
      };
    },
  });
  const site = new Site(options.site);
  config.addGlobalData("site", site);
  const input = templatesFromHere();
  config.addPassthroughCopy({ [`${input}/assets`]: "assets", [`${input}/fonts`]: "assets/fonts" });
  config.on("eleventy.after", ({ directories }) => copyImages(options.site, directories.output));
  config.on("eleventy.after", ({ directories }) => site.cards.write(directories.output));
  config.on("eleventy.after", ({ directories }) => writeSearch(options.site, directories.output));
  // Names, labels and descriptions are kept as they came: what no document may hold ends here, for every page there is.
  config.addTransform("clean", function (content) {
    return String(this.page.outputPath).endsWith(".html") ? cleanText(content) : content;
  });
  config.setUseGitIgnore(false);
  config.setWatchJavaScriptDependencies(false); // its watcher cannot parse TypeScript
}
