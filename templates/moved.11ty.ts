import { address, chatPath, href } from "../src/site/paths.ts";
import type { Site } from "../src/site/site.ts";
import { forward } from "./_parts/forward.ts";
import type { Html } from "./_parts/layout.ts";

interface Data {
  readonly site: Site;
  readonly moved: { readonly from: string; readonly to: string };
}

export const data = {
  pagination: { data: "site.moved", size: 1, alias: "moved" },
  permalink: ({ moved }: Data): string => `${chatPath(moved.from)}index.html`,
};

/** An old name of a chat leads to its new one. */
export function render({ site, moved }: Data): Html {
  const { config } = site;
  const to = href(config, chatPath(moved.to));
  const { title } = site.chat(moved.to).chat;
  return forward({ config, title, what: "chatMoved", to, canonical: address(config, chatPath(moved.to)) });
}
