import type { Site } from "../src/site/site.ts";
import { stylesheet } from "../src/site/styles.ts";
import { wordsOf } from "../src/site/words/words.ts";

interface Data {
  readonly site: Site;
}

export const data = { permalink: "assets/style.css" };

export const render = ({ site }: Data): Promise<string> => stylesheet(wordsOf(site.config).dir);
