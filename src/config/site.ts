import type { SiteConfig } from "../model.ts";
import { fieldsOf, lineOf, oneOf, parseYaml, quote, read, refusal, textOf, type Value } from "./fields.ts";
import { plainLines } from "./front-matter.ts";

/** What may stand in site.yml, and what it says: the reference is made from this. */
export const SITE_KEYS = {
  name: "the site's name (default `Chat archive`)",
  url: "where it will be, as `https://chats.example.org`; without it pages carry no absolute links",
  pathPrefix: "the path below that address, as `/chats/`; may also stand in `url`",
  language: "of the words, dates and numbers, as `en-GB` (default `en`)",
  contact: "a mail address or a page, for those who want a tweet taken back",
  colours: '`accent` and `accentDark`, each as `"#7a1f2b"`',
  tweetPages: "which tweets have a page of their own: `pinned` (the default, with questions) or `all`",
  downloads: "what a session's data files hold: `ids` (the default) or `full`",
};

export const DEFAULT_SITE: SiteConfig = {
  name: "Chat archive",
  url: null,
  pathPrefix: "/",
  language: "en",
  contact: null,
  colours: { accent: null, accentDark: null },
  tweetPages: "pinned",
  downloads: "ids",
  theme: { words: {}, styles: [], parts: {} },
};

/** Reads site.yml. `url` comes out as an origin (`https://example.org`): its path, if it has one, is the path prefix. */
export function parseSite(text: string, file: string): SiteConfig {
  const fields = fieldsOf(parseYaml(plainLines(text), { file, line: 1 }), Object.keys(SITE_KEYS));
  const url = read(fields, "url", urlOf, null);
  return {
    name: read(fields, "name", lineOf, DEFAULT_SITE.name),
    url: url?.origin ?? null,
    pathPrefix: read(fields, "pathPrefix", (value) => prefixOf(value, url), url === null ? "/" : withSlash(url.pathname)),
    language: read(fields, "language", languageOf, DEFAULT_SITE.language),
    contact: read(fields, "contact", contactOf, null),
    colours: read(fields, "colours", coloursOf, DEFAULT_SITE.colours),
    tweetPages: read(fields, "tweetPages", (value) => oneOf(value, ["pinned", "all"]), DEFAULT_SITE.tweetPages),
    downloads: read(fields, "downloads", (value) => oneOf(value, ["ids", "full"]), DEFAULT_SITE.downloads),
    theme: DEFAULT_SITE.theme,
  };
}

const withSlash = (path: string): string => path.replace(/\/*$/, "/");

function urlOf(value: Value): URL {
  const text = textOf(value).trim();
  const url = webAddress(text);
  if (url === null || url.search !== "" || url.hash !== "" || !isPath(withSlash(url.pathname))) {
    throw refusal(value, `url must be where the site will be, as https://chats.example.org, not ${quote(text)}`);
  }
  return url;
}

/** An http(s) address without a password in it, or null. */
function webAddress(text: string): URL | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:\/\//i.test(text) || /[\s"'<>\\]/.test(text)) return null;
  return url.username === "" && url.password === "" ? url : null;
}

// /, /chats/, /a/b.c/
const isPath = (path: string): boolean => /^\/(?:[A-Za-z0-9_~-][A-Za-z0-9._~-]*\/)*$/.test(path);

function prefixOf(value: Value, url: URL | null): string {
  const text = textOf(value).trim();
  const prefix = withSlash(text.startsWith("/") ? text : `/${text}`);
  if (!isPath(prefix)) throw refusal(value, `pathPrefix must be a path, as /chats/, not ${quote(text)}`);
  if (url !== null && url.pathname !== "/" && withSlash(url.pathname) !== prefix) {
    throw refusal(value, `pathPrefix ${prefix} differs from the path of url, ${withSlash(url.pathname)}; remove one of them`);
  }
  return prefix;
}

/** A language this machine can write dates in: an unknown one would fall back to the machine's own, and pages would differ. */
function languageOf(value: Value): string {
  const text = textOf(value).trim();
  const known = isTag(text) ? Intl.DateTimeFormat.supportedLocalesOf(text)[0] : undefined;
  if (known === undefined) throw refusal(value, `language must be a language tag, as en, en-GB or pt-BR, not ${quote(text)}`);
  return known;
}

// en, en-GB, zh-Hant-TW; no extensions (-u-…)
const isTag = (text: string): boolean => /^[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|\d{3}))?$/.test(text);

function contactOf(value: Value): string {
  const text = textOf(value).trim();
  // ana@example.org
  if (/^[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/.test(text)) return text;
  const url = webAddress(text);
  if (url === null) throw refusal(value, `contact must be a mail address or an http(s) address, as ana@example.org, not ${quote(text)}`);
  return url.href;
}

function coloursOf(value: Value): SiteConfig["colours"] {
  const fields = fieldsOf(value, ["accent", "accentDark"]);
  return { accent: read(fields, "accent", colourOf, null), accentDark: read(fields, "accentDark", colourOf, null) };
}

/** `#rrggbb` and nothing else: it is written into a style sheet. */
function colourOf(value: Value): string {
  if (value.kind === "nothing") throw refusal(value, `${value.name} has no value; write a colour in quotes, as "#7a1f2b"`);
  const text = textOf(value);
  if (!/^#[0-9a-fA-F]{6}$/.test(text)) throw refusal(value, `${value.name} must be a colour as "#7a1f2b", not ${quote(text)}`);
  return text.toLowerCase();
}
