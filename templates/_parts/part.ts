import { html } from "hono/html";
import { UserError } from "../../src/errors.ts";
import type { SiteConfig } from "../../src/model.ts";
import { type PartName, wordsOf as reasonOf } from "../../src/site/parts.ts";
import { type Words, wordsOf } from "../../src/site/words/words.ts";
import type { Html } from "./layout.ts";

/** What the owner's part is given beside what ours is given. */
interface Tools {
  /** Escapes everything but what it made itself. */
  readonly html: typeof html;
  readonly words: Words;
  /** Our part, of the same arguments: to put something before it, after it, or in its place now and then. */
  readonly ours: () => Html | "";
}

/** A part of a page that a theme may replace (docs/theming.md): something shown, and how. */
export function part<What, How extends { readonly config: SiteConfig }, Made extends Html | "">(
  name: PartName,
  ours: (what: What, how: How) => Made,
): (what: What, how: How) => Made | Html {
  return (what, how) => {
    const own = how.config.theme.parts[name];
    if (own === undefined) return ours(what, how);
    const tools: Tools = { html, words: wordsOf(how.config), ours: () => ours(what, how) };
    try {
      return html`${own.make(what, how, tools)}`;
    } catch (error) {
      throw new UserError(`${own.file}: ${reasonOf(error)}`);
    }
  };
}
