/** The address a reader may be sent to, normalised; null for anything but http and https: `javascript:…`, `data:…`, `//host`. A name and
 *  a password (`https://amy:secret@host/`) are left out: no page may hold them (HTML, "valid URL"), and they fool readers about the host. */
export function safeUrl(address: string): string | null {
  if (!/^https?:\/\//i.test(address.trim())) return null; // "HTTPS://example.org"
  const url = URL.parse(address.trim());
  if (url === null || url.hostname === "") return null;
  url.username = "";
  url.password = "";
  return url.href.replace(/%(?![0-9a-f]{2})/gi, "%25"); // "http://a/100%": a bare % is no valid URL
}

/** How a link reads: as the source shows it where that names the true host, else host and path of where it leads,
 *  so that no text can pretend to lead elsewhere. `shown` may be cut ("example.org/a-long…") or lack its scheme. */
export function linkText(to: string, shown: string): string {
  if (namesHost(to, shown)) return shown.replace(/^https?:\/\//i, "");
  const target = new URL(to);
  const path = decodeSafely(target.pathname + target.search).replace(/\/$/, ""); // "/a/" -> "/a"
  return shorten(withoutWww(target.hostname) + path, 40);
}

/** Whether `shown` says truly, and in letters that fool nobody, which host `to` leads to. */
export function namesHost(to: string, shown: string): boolean {
  const host = hostOf(shown);
  return host !== null && sameHost(toAscii(host), new URL(to).hostname) && !mixesScripts(host);
}

/** "https://Example.org/a" and "example.org/a…" -> "Example.org"; null where something else could hide: "a@b.org", "two words". */
function hostOf(shown: string): string | null {
  return /^(?:https?:\/\/)?([^\s/?#@:\\]+\.[^\s/?#@:\\]+)(?=[:/?#]|$)/i.exec(shown.trim())?.[1] ?? null;
}

const toAscii = (host: string): string | null => URL.parse(`http://${host.replace(/…$/, "")}`)?.hostname ?? null;
const withoutWww = (host: string): string => host.replace(/^www\./, "");
const shorten = (text: string, length: number): string => (text.length > length ? `${text.slice(0, length - 1).toWellFormed()}…` : text);

/** pic.twitter.com is how X shows its own pictures. */
function sameHost(shown: string | null, target: string): boolean {
  if (shown === null) return false;
  const family = (host: string) => withoutWww(host).replace(/^(?:pic\.)?(?:twitter|x)\.com$/, "x.com");
  return family(shown) === family(target);
}

/** `%E4%BE%8B` reads as 例; what would be invisible or a control stays escaped. */
function decodeSafely(path: string): string {
  try {
    const decoded = decodeURI(path);
    return /[\p{C}\p{Z}]/u.test(decoded) ? path : decoded;
  } catch (error) {
    if (error instanceof URIError) return path; // "%E4%zz" is no UTF-8: shown as it is
    throw error;
  }
}

const SCRIPTS = [
  "Latin",
  "Cyrillic",
  "Greek",
  "Armenian",
  "Hebrew",
  "Arabic",
  "Cherokee",
  "Thai",
  "Devanagari",
  "Han",
  "Hiragana",
  "Katakana",
  "Hangul",
];
const HAS = SCRIPTS.map((script) => [script, new RegExp(`\\p{Script=${script}}`, "u")] as const);
/** Scripts that one name may hold together and that look like no letter of one another. */
const TOGETHER = new Set(["Latin", "Han", "Hiragana", "Katakana", "Hangul"]);

/** "pаypal.com" with a Cyrillic а: its punycode is shown instead. */
function mixesScripts(host: string): boolean {
  const found = HAS.filter(([, pattern]) => pattern.test(host)).map(([script]) => script);
  return found.length > 1 && !found.every((script) => TOGETHER.has(script));
}
