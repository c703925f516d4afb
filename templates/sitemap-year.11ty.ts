import type { Site } from "../src/site/site.ts";
import type { SitemapFile } from "../src/site/sitemap.ts";

interface Data {
  readonly site: Site;
  readonly file: SitemapFile;
}

export const data = {
  pagination: { data: "site.yearSitemaps", size: 1, alias: "file" },
  permalink: ({ file }: Data): string => file.path,
};

export const render = ({ file }: Data): string => file.text;
