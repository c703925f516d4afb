import { colours } from "../src/site/colours.ts";
import type { Site } from "../src/site/site.ts";

interface Data {
  readonly site: Site;
}

export const data = {
  permalink: ({ site }: Data): string | false => (colours(site.config) === "" ? false : "assets/colours.css"),
};

/** The owner's colours: a file, because pages allow no style of their own. */
export const render = ({ site }: Data): string => colours(site.config);
