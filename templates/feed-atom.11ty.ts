import { atom } from "../src/site/atom.ts";
import { feedOf } from "../src/site/feed.ts";
import { feedPath } from "../src/site/paths.ts";
import type { Site } from "../src/site/site.ts";

interface Data {
  readonly site: Site;
  readonly slug: string;
}

export const data = {
  pagination: { data: "site.slugs", size: 1, alias: "slug" },
  permalink: ({ slug }: Data): string => feedPath(slug, "xml"),
};

export const render = ({ site, slug }: Data): string => atom(feedOf(site, slug));
