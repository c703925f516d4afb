import { chatscribe } from "./src/site/plugin.ts";

/** `chatscribe build` brings its own data; a plain `npx eleventy` reads the archive in `data/`, or the one CHATSCRIBE_ARCHIVE names. */
export default async function (eleventyConfig) {
  const { openSite } = await import("./src/site/open.ts");
  const now = process.env.CHATSCRIBE_NOW;
  const site = await openSite(process.env.CHATSCRIBE_ARCHIVE ?? "data", now === undefined ? Date.now() : Date.parse(now));
  await eleventyConfig.addPlugin(chatscribe, { site });
  eleventyConfig.on("eleventy.after", () => site.close());
  eleventyConfig.addWatchTarget("./src/");
  return { dir: { input: "templates", output: "site" }, pathPrefix: site.config.pathPrefix };
}
