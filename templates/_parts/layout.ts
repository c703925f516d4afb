import { html } from "hono/html";
import type { Chat, SiteConfig } from "../../src/model.ts";
import { absolute, chatPath, feedPath, howPath, href, REMOVAL, searchPath, stylePath } from "../../src/site/paths.ts";
import { type Words, wordsOf } from "../../src/site/words/words.ts";
import { tagOf } from "../../src/site/words.ts";
import type { RawHtml } from "../../src/text/html.ts";
import { part } from "./part.ts";

/** What hono/html makes, and what it prints as it is. */
export type Html = ReturnType<typeof html>;

export interface Page {
  readonly config: SiteConfig;
  /** Below the site's root: `chat/`. */
  readonly path: string;
  readonly title: string;
  readonly description?: string;
  /** The page another one stands for. */
  readonly canonical?: string;
  readonly chat?: Chat;
  readonly noindex?: boolean;
  readonly scripts?: readonly Script[];
  /** Stylesheets of its own. */
  readonly styles?: readonly string[];
  readonly type?: "website" | "article";
  /** Of an article, as `rfc3339` writes them. */
  readonly published?: string;
  readonly modified?: string | undefined;
  /** The picture that stands for the page elsewhere, below the site's root; null: none was made. */
  readonly card?: string | null;
  /** What the page is, as `jsonLd` writes it. */
  readonly data?: RawHtml;
  /** The chats whose feeds it names; default: the page's own. */
  readonly feeds?: readonly Chat[];
  readonly main: Html;
  readonly foot?: Html;
}

/** The programs of templates/assets. */
type Script = "quote" | "when" | "search";

/** What they say. */
const SAID: Readonly<Record<Script, (words: Words) => Html>> = {
  quote: (words) => html` data-word="${words.say("quote")}" data-copied="${words.say("copied")}" data-link="${words.say("copyLink")}"`,
  search: (words) =>
    html` data-searching="${words.say("searching")}" data-none="${words.say("foundNone")}" data-all="${words.say("foundAll", { count: "{count}" })}" data-some="${words.say("foundSome", { count: "{count}" })}" data-failed="${words.say("searchFailed")}"`,
  when: (words) => html` data-yours="${words.say("inYourTime", { time: "{time}" })}"`,
};

/** The attributes of `html`: which language the page is in, and which way that is written. */
export function inLanguage(config: SiteConfig): Html {
  const { language, dir } = wordsOf(config);
  return html` lang="${language}"${dir === "rtl" ? html` dir="rtl"` : ""}`;
}

const CSP = html`default-src 'none'; img-src 'self'; media-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'`;

/** A whole document. Every page goes through here. */
export const layout = (page: Page): Html => html`<!DOCTYPE html>
<html${inLanguage(page.config)}>
${head(page)}
<body>
<a class="skip" href="#main">${wordsOf(page.config).say("skip")}</a>
<div class="wrap">
${top(page.chat, page)}
<main id="main">
${page.main}
</main>
${page.foot ?? foot(page)}
</div>
</body>
</html>
`;

const head = (page: Page): Html => {
  const { config, scripts = [], styles = [] } = page;
  const coloured = config.colours.accent !== null || config.colours.accentDark !== null;
  return html`<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${CSP}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${page.title}</title>
${described(page)}${page.noindex ? html`<meta name="robots" content="noindex">\n` : ""}${social(page)}${feeds(page)}<link rel="icon" href="${href(config, "assets/icon.svg")}" type="image/svg+xml">
<link rel="preload" href="${href(config, "assets/fonts/newsreader.woff2")}" as="font" type="font/woff2" crossorigin>
<link rel="stylesheet" href="${href(config, "assets/style.css")}">
${styles.map((name) => html`<link rel="stylesheet" href="${href(config, `assets/${name}.css`)}">\n`)}${coloured ? html`<link rel="stylesheet" href="${href(config, "assets/colours.css")}">\n` : ""}${config.theme.styles.map(({ name }) => html`<link rel="stylesheet" href="${href(config, stylePath(name))}">\n`)}${scripts.map(
  (name) => html`<script type="module" src="${href(config, `assets/${name}.js`)}"${SAID[name](wordsOf(config))}></script>\n`,
)}${page.data === undefined ? "" : html`${page.data}\n`}</head>`;
};

const feeds = ({ config, chat, feeds: of = chat === undefined ? [] : [chat] }: Page): Html =>
  html`${of.map(
    ({
      slug,
      title,
    }) => html`<link rel="alternate" type="application/atom+xml" title="${title}" href="${href(config, feedPath(slug, "xml"))}">
<link rel="alternate" type="application/feed+json" title="${title}" href="${href(config, feedPath(slug, "json"))}">
`,
  )}`;

const described = ({ description }: Page): Html =>
  html`${description === undefined ? "" : html`<meta name="description" content="${description}">\n`}`;

/** Absolute addresses only: without the site's own, nothing is said. */
function social(page: Page): Html | "" {
  const { config, path, canonical, title, description, type = "website" } = page;
  const url = absolute(config, canonical ?? path);
  if (url === null) return "";
  const image = typeof page.card === "string" ? absolute(config, page.card) : null;
  return html`<link rel="canonical" href="${url}">
<meta property="og:url" content="${url}">
<meta property="og:type" content="${type}">
<meta property="og:site_name" content="${config.name}">
<meta property="og:title" content="${title}">
${property("og:description", description)}${property("og:locale", localeOf(config.language))}${property("article:published_time", page.published)}${property("article:modified_time", page.modified)}${property("og:image", image)}${image === null ? "" : html`${property("og:image:width", "1200")}${property("og:image:height", "630")}${property("og:image:alt", title)}<meta name="twitter:card" content="summary_large_image">\n`}`;
}

const property = (name: string, content: string | null | undefined): Html | "" =>
  content === null || content === undefined ? "" : html`<meta property="${name}" content="${content}">\n`;

/** OpenGraph knows languages with a territory only: "en_GB" of en-GB, nothing of en. */
const localeOf = (language: string): string | null => (/^[a-z]{2,3}-[A-Z]{2}$/.test(language) ? language.replace("-", "_") : null);

type Settings = Pick<Page, "config">;

/** The links at the top of every page. */
const top = part("top", ownTop);

function ownTop(chat: Chat | undefined, { config }: Settings): Html {
  const home = href(config, "");
  const words = wordsOf(config);
  const search = href(config, searchPath(null));
  if (chat === undefined)
    return html`<nav class="top" aria-label="${words.say("siteNav")}"><a class="brand" href="${home}">${config.name}</a><a href="${search}">${words.say("search")}</a></nav>`;
  return html`<nav class="top" aria-label="${words.say("siteNav")}"><a class="brand" href="${href(config, chatPath(chat.slug))}"><i>#</i>${tagOf(chat).slice(1)}</a><a href="${search}?chat=${chat.slug}">${words.say("search")}</a><a href="${href(config, howPath(chat.slug))}">${words.say("howToJoin")}</a><a href="${home}">${config.name}</a></nav>`;
}

const foot = (page: Page): Html => html`<footer class="foot">${footLinks(page.chat, page)}</footer>`;

/** The links at the end of every page. */
export const footLinks = part("foot", ownFootLinks);

function ownFootLinks(chat: Chat | undefined, { config }: Settings): Html {
  const words = wordsOf(config);
  const contact = contactOf(config);
  return html`${chat === undefined ? "" : html`<a href="${href(config, chatPath(chat.slug))}">${words.say("allSessions")}</a> <a href="${href(config, howPath(chat.slug))}">${words.say("howToJoin")}</a> <a href="${href(config, feedPath(chat.slug, "xml"))}">${words.say("feed")}</a> `}<a href="${href(config, REMOVAL)}">${words.say("removal")}</a>${
    contact === null
      ? ""
      : html`
<a href="${contact.to}">${words.say("contact")}</a>`
  }`;
}

/** Where the owner is reached: a mail address or a page; null: nowhere that they tell. */
export function contactOf({ contact }: SiteConfig): { readonly to: string; readonly text: string } | null {
  if (contact === null) return null;
  return { to: /^https?:\/\//.test(contact) ? contact : `mailto:${contact}`, text: contact }; // "https://example.org/", not "ana@example.org"
}
