import type { Stylesheet } from "../src/model.ts";
import { stylePath } from "../src/site/paths.ts";

interface Data {
  readonly sheet: Stylesheet;
}

export const data = {
  pagination: { data: "site.config.theme.styles", size: 1, alias: "sheet" },
  permalink: ({ sheet }: Data): string => stylePath(sheet.name),
};

/** A stylesheet of the owner's theme: a file of its own, after ours. */
export const render = ({ sheet }: Data): string => sheet.css;
