/** A stretch of a text: `start` to `end` in UTF-16 units, sign included (`#tag`); `text` without it (`tag`). */
export interface Found {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const ESCAPES: Record<string, string> = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };

/** Takes off the wire's escapes, exactly once: `&amp;lt;` is `&lt;`. */
export const decodeOnce = (text: string): string =>
  text.includes("&") ? text.replace(/&(?:amp|lt|gt);/g, (code) => ESCAPES[code] ?? code) : text;

// Every pattern below walks its text once, left to right: no nested repeats, nothing to go back over.

// What a tag is made of, as X has it: letters, marks, digits, and the joiners of some scripts.
// `il·lusió`, `لس_آنجلس`, `メ～テレ`
const TAG_JOINERS = "_\\u200c\\u200d\\ua67e\\u05be\\u05f3\\u05f4\\uff5e\\u301c\\u309b\\u309c\\u30a0\\u30fb\\u3003\\u0f0b\\u0f0c\\u00b7";
const TAG_CHARACTER = `[\\p{L}\\p{M}\\p{Nd}${TAG_JOINERS}]`;
// `#tag`, `＃tag`; not in `word#tag`, `&#39;`; the variation selectors after an emoji are marks, and allowed: `✌️#tag`; `#️⃣` is an emoji
const TAG = new RegExp(
  `(?<=^|[\\ufe0e\\ufe0f]|[^\\p{L}\\p{M}\\p{Nd}${TAG_JOINERS}&])[#＃](?![\\ufe0f\\u20e3])(${TAG_CHARACTER}+)(?!${TAG_CHARACTER}|[#＃]|://)`,
  "gu",
);
// `a`, `é`, `漢`: what a tag needs one of; `#16` and `#_` are none
const TAG_LETTER = /[\p{L}\p{M}]/u;

// `@handle`, `＠handle`, `RT@handle`; not in `mail@host`, `f!@kn`; not `@handle@host`, `@aliceì`, `@http://`
const MENTION = /(?<=^|[^A-Za-z0-9_!#$%&*@＠]|(?<![A-Za-z0-9_+~.-])[Rr][Tt])[@＠]([A-Za-z0-9_]{1,20})(?![A-Za-z0-9_@＠À-ÖØ-öø-ɏ]|:\/\/)/g;

// What may stand in a path or query: `/wiki/Primer_(film)?a=b#c`, `/Русские_слова`; no `日本`, no quotes
const PATH = "[A-Za-z0-9!*';:=+,.$/%#[\\]\\-–_~@|&()?À-ÖØ-öø-ɏ\\p{Script=Cyrillic}]*";
// `http://example.com:80/path`, `https://ああ.com`; not in `xhttp://`, `@http://`, `$http://`
const URL_TEXT = new RegExp(
  `(?<![A-Za-z0-9@＠$#＃])https?://((?:[^\\s\\p{C}\\p{P}$+<=>^\`|~]|[-_.])+)((?::[0-9]+)?)((?:[/?#]${PATH})?)`,
  "giu",
);
// `a`, `b-c`, `sub_domain`, `ああ`, `✪df`: one label of a host
const LABEL = /^[^\s\p{P}]$|^[^\s\p{P}](?:[^\s\p{P}]|[-_])*[^\s\p{P}]$/u;
// `com`, `みんな`, `xn--p1ai`: the last label
const TOP_LABEL = /^(?:\p{L}[\p{L}\p{M}]+|xn--[a-z0-9-]+)$/iu;
// `/path.`, `/path!!!`: what ends a sentence, not an address
const PATH_END = /[A-Za-z0-9=_#/+\-&À-ÖØ-öø-ɏ\p{Script=Cyrillic})]/u;
// `/AbC123`, `/AbC123?amp=1`: all a t.co link may have
const SHORT_PATH = /^\/[A-Za-z0-9]{1,40}(?![A-Za-z0-9])(?:\?[A-Za-z0-9=&#_.%-]*[A-Za-z0-9=#_])?/;

/** Hashtags, `text` as written without #. Not those inside a URL. */
export function tagsIn(text: string): Found[] {
  return text.includes("#") || text.includes("＃") ? outsideUrls(text, TAG).filter((found) => TAG_LETTER.test(found.text)) : [];
}

/** Mentions, `text` as written without @. A mail address is none, nor what stands inside a URL. */
export function mentionsIn(text: string): Found[] {
  return text.includes("@") || text.includes("＠") ? outsideUrls(text, MENTION) : [];
}

/** http and https URLs, without the punctuation of the sentence they stand in. */
export function urlsIn(text: string): Found[] {
  if (!text.includes("://")) return [];
  const found: Found[] = [];
  for (const match of text.matchAll(URL_TEXT)) {
    const [all, written = "", port = "", path = ""] = match;
    const host = port + path === "" ? withoutStops(written) : written;
    const kept = isHost(host) ? keptPath(host, path) : null;
    const url = all.slice(0, all.length - path.length - (written.length - host.length)) + (kept ?? "");
    if (kept !== null && URL.canParse(url)) found.push({ start: match.index, end: match.index + url.length, text: url });
  }
  return found;
}

function outsideUrls(text: string, pattern: RegExp): Found[] {
  const urls = urlsIn(text);
  let next = 0;
  const found: Found[] = [];
  for (const match of text.matchAll(pattern)) {
    const start = match.index;
    while ((urls[next]?.end ?? text.length) <= start) next++;
    if (start < (urls[next]?.start ?? text.length)) found.push({ start, end: start + match[0].length, text: match[1] ?? "" });
  }
  return found;
}

/** `example.com...` -> `example.com`: the full stops of the sentence. */
function withoutStops(host: string): string {
  let end = host.length;
  while (host[end - 1] === ".") end--;
  return host.slice(0, end);
}

function isHost(host: string): boolean {
  const labels = host.split(".");
  if (labels.length < 2 || !labels.every((label) => label.length <= 63 && LABEL.test(label))) return false;
  return TOP_LABEL.test(labels.at(-1) ?? "") && !labels.slice(-2).some((label) => label.includes("_"));
}

/** The part of a path that belongs to the address; null: a t.co link with a path no t.co link has. */
function keptPath(host: string, path: string): string | null {
  if (host.toLowerCase() === "t.co" && path !== "") return SHORT_PATH.exec(path)?.[0] ?? null;
  let open = 0;
  for (const character of path) open += character === "(" ? 1 : character === ")" ? -1 : 0;
  let end = path.length;
  for (; end > 0; end--) {
    const last = path[end - 1] ?? "";
    if (PATH_END.test(last) && !(last === ")" && open < 0)) break;
    if (last === ")") open++;
    if (last === "(") open--;
  }
  return path.slice(0, end);
}
