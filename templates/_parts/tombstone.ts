import { html } from "hono/html";
import type { SiteConfig, Tombstone } from "../../src/model.ts";
import { href, REMOVAL } from "../../src/site/paths.ts";
import { tombstoneWords } from "../../src/site/tombstone.ts";
import { wordsOf } from "../../src/site/words/words.ts";
import type { Html } from "./layout.ts";

/** What is left of a removed tweet, and where one reads how that comes about. */
export function remains(config: SiteConfig, stone: Tombstone): Html {
  const words = wordsOf(config);
  return html`${tombstoneWords(words, stone)} <a href="${href(config, REMOVAL)}">${words.say("aboutRemoval")}</a>`;
}
