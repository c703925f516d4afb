import { address, href, personPath } from "../src/site/paths.ts";
import type { Site } from "../src/site/site.ts";
import { forward } from "./_parts/forward.ts";
import type { Html } from "./_parts/layout.ts";

interface Data {
  readonly site: Site;
  readonly at: Site["former"][number];
}

export const data = {
  pagination: { data: "site.former", size: 1, alias: "at" },
  permalink: ({ at }: Data): string => `${personPath(at.chat, at.from)}index.html`,
};

/** An old handle leads to the page of whoever had it. */
export function render({ site: { config }, at }: Data): Html {
  const path = personPath(at.chat, at.to);
  return forward({
    config,
    title: `@${at.from}`,
    what: "personMoved",
    to: href(config, path),
    canonical: address(config, path),
  });
}
