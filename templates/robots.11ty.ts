import type { Site } from "../src/site/site.ts";
import { robots } from "../src/site/sitemap.ts";

interface Data {
  readonly site: Site;
}

export const data = { permalink: "robots.txt" };

export const render = ({ site }: Data): string => robots(site);
