import { html } from "hono/html";
import { embedded, inside } from "../src/site/offline.ts";
import { absolute, offlinePath, sessionPath } from "../src/site/paths.ts";
import type { SessionKey, Site } from "../src/site/site.ts";
import { standalone, styleHtml } from "../src/text/standalone.ts";
import { inLanguage } from "./_parts/layout.ts";
import { outside, removed, section } from "./_parts/sections.ts";
import { aside, describe, hero, notes, rail, sessionFoot, titleOf } from "./_parts/session.ts";
import { inNumbers } from "./_parts/statistics.ts";

interface Data {
  readonly site: Site;
  readonly key: SessionKey;
}

export const data = {
  pagination: { data: "site.sessions", size: 1, alias: "key" },
  permalink: ({ key }: Data): string => offlinePath(key.chat, key.slug),
};

/** The transcript as one file to keep: styles, fonts and images within it, no program. */
export async function render({ site, key }: Data): Promise<string> {
  const { config } = site;
  const page = site.page(key);
  const options = { config, base: "" };
  const image = embedded(site.picture);
  const address = absolute(config, sessionPath(key.chat, key.slug));
  const markup = String(
    await html`<div class="wrap">
<main id="main">
<article class="h-feed">${hero(page, options)}
<div class="cols">
${rail(page, options)}
<div class="list" id="transcript">${notes(page, options)}
${page.sections.map((view) => section(view, { ...options, image }))}${outside(page.reposted, options)}${removed(page.tombstones, options)}</div>
${aside(page, site)}
</div></article>
</main>
${sessionFoot(page, { ...options, more: inNumbers(page, site, options.base) })}
</div>`,
  );
  const { css, policy } = await inside(config, markup);
  const head = await html`<!DOCTYPE html>
<html${inLanguage(config)}>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${titleOf(page)}</title>
<meta name="description" content="${describe(page)}">
${address === null ? "" : html`<link rel="canonical" href="${address}">\n`}${styleHtml(css)}
</head>
<body>
`;
  return [String(head), standalone(markup, address), "\n</body>\n</html>\n"].join("");
}
