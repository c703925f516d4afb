import { html } from "hono/html";
import type { SiteConfig } from "../../src/model.ts";
import type { Html } from "./layout.ts";

interface Forward {
  readonly config: SiteConfig;
  readonly title: string;
  /** What stands before the new address: "This chat is now at". */
  readonly words: string;
  readonly to: string;
  readonly canonical: string;
}

/** A page that only leads to another: an old name. */
export const forward = ({ config, title, words, to, canonical }: Forward): Html => html`<!DOCTYPE html>
<html lang="${config.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="0; url=${to}">
<meta name="robots" content="noindex">
<title>${title} has moved</title>
<link rel="canonical" href="${canonical}">
</head>
<body><main><h1>${title}</h1><p>${words} <a href="${to}">${to}</a>.</p></main></body>
</html>
`;
