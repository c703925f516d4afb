import { html } from "hono/html";
import { address, chatPath, href } from "../src/site/paths.ts";
import type { Site } from "../src/site/site.ts";
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
  return html`<!DOCTYPE html>
<html lang="${config.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="0; url=${to}">
<meta name="robots" content="noindex">
<title>${title} has moved</title>
<link rel="canonical" href="${address(config, chatPath(moved.to))}">
</head>
<body><main><h1>${title}</h1><p>This chat is now at <a href="${to}">${to}</a>.</p></main></body>
</html>
`;
}
