import { html } from "hono/html";
import type { SiteConfig } from "../../src/model.ts";
import { wordsOf } from "../../src/site/words/words.ts";
import { type Html, inLanguage } from "./layout.ts";

interface Forward {
  readonly config: SiteConfig;
  readonly title: string;
  /** What has a new address. */
  readonly what: "chatMoved" | "personMoved";
  readonly to: string;
  readonly canonical: string;
}

/** A page that only leads to another: an old name. */
export const forward = ({ config, title, what, to, canonical }: Forward): Html => html`<!DOCTYPE html>
<html${inLanguage(config)}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="0; url=${to}">
<meta name="robots" content="noindex">
<title>${wordsOf(config).say("hasMoved", { title })}</title>
<link rel="canonical" href="${canonical}">
</head>
<body><main><h1>${title}</h1><p>${wordsOf(config).html(what, { address: html`<a href="${to}">${to}</a>` })}</p></main></body>
</html>
`;
