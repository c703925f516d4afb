import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { attribute, elementsOf } from "./dom.ts";
import { childrenOf, readXml, type XmlElement } from "./xml.ts";

/** A built site: what is in its files, by their paths. */
export interface Built {
  readonly files: ReadonlyMap<string, string>;
  /** Where it will be, as site.yml says it; null: nowhere yet. */
  readonly url: string | null;
  readonly prefix: string;
}

export function readBuilt(dir: string, url: string | null, prefix: string): Built {
  const entries = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map(({ parentPath, name }) => join(parentPath, name).slice(dir.length + 1)).filter((path) => !path.startsWith("."));
  return { files: new Map(paths.map((path) => [path, readFileSync(join(dir, path), "utf8")])), url, prefix };
}

/** Whom a page's words link to is theirs; what a page says of itself is the site's. */
interface Found {
  readonly to: string;
  /** Where it was found: `href of <a>`. */
  readonly in: string;
}

/** Every address in a page: of links, of what it loads, of what it says of itself. */
function inPage(page: string): Found[] {
  return elementsOf(page).flatMap((element) => {
    const { tagName } = element;
    const property = attribute(element, "property") ?? "";
    const own = ["href", "src", "poster", "cite", "action", "formaction", ...(tagName === "data" ? ["value"] : [])];
    const refresh = attribute(element, "http-equiv") === "refresh" ? (attribute(element, "content")?.split("url=")[1] ?? "") : null;
    const data = attribute(element, "type") === "application/ld+json" ? urlsIn(JSON.parse(scriptText(element))) : [];
    return [
      ...own.flatMap((name) =>
        attribute(element, name) === undefined ? [] : [{ to: attribute(element, name) ?? "", in: `${name} of <${tagName}>` }],
      ),
      ...(/^(?:og:(?:url|image)|article:author)$/.test(property) ? [{ to: attribute(element, "content") ?? "", in: property }] : []),
      ...(refresh === null ? [] : [{ to: refresh, in: "refresh" }]),
      ...data.map((to) => ({ to, in: "JSON-LD" })),
    ];
  });
}

const scriptText = (element: ReturnType<typeof elementsOf>[number]): string =>
  element.childNodes.map((node) => ("value" in node ? node.value : "")).join("");

/** Values under `url`, `sameAs` and the like, however deep. */
function urlsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(urlsIn);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === "string" ? (/(?:^|_)url$|^sameAs$|^image$/.test(key) ? [inner] : []) : urlsIn(inner),
  );
}

function inXml(element: XmlElement): Found[] {
  const href = element.attributes.get("href");
  const here = [...(href === undefined ? [] : [href]), ...(/^(?:loc|uri)$/.test(element.name) ? [element.text] : [])];
  return [
    ...here.map((to) => ({ to, in: `<${element.name}>` })),
    ...(element.attributes.get("type") === "html" ? inPage(element.text) : []),
    ...element.children.flatMap(inXml),
  ];
}

function inJsonFeed(text: string): Found[] {
  const feed = JSON.parse(text) as { items: { content_html: string }[] };
  return [...urlsIn(feed).map((to) => ({ to, in: "url" })), ...feed.items.flatMap((item) => inPage(item.content_html))];
}

/** What reading a text gives, read once: sites with planted faults share most of theirs. */
function once<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const had = known.get(text);
    if (had !== undefined) return had;
    const made = read(text);
    known.set(text, made);
    return made;
  };
}

const linksIn = once(inPage);
const idsIn = once((page): ReadonlySet<string> => new Set(elementsOf(page).flatMap((element) => attribute(element, "id") ?? [])));

function linksOf(path: string, text: string): Found[] {
  if (path.endsWith(".html")) return linksIn(text);
  if (path.endsWith("feed.json")) return inJsonFeed(text);
  if (path.endsWith(".xml")) return inXml(readXml(text));
  if (path === "robots.txt") return [...text.matchAll(/^Sitemap: (.*)$/gm)].map(([, to = ""]) => ({ to, in: "Sitemap" }));
  return [];
}

/** Every link of the site to itself that leads nowhere: no such file, no such anchor, or outside where the site will be. */
export function deadLinks({ files, url, prefix }: Built): string[] {
  const home = new URL(url ?? "http://nowhere.invalid");
  const faultOf = (path: string, to: string): string | null => {
    if (/^(?:mailto|data):/.test(to) || !URL.canParse(to, home.href)) return URL.canParse(to, home.href) ? null : "no address";
    const target = new URL(to, `${home.origin}${prefix}${path.replace(/(^|\/)index\.html$/, "$1")}`);
    if (target.origin !== home.origin) return null;
    if (!target.pathname.startsWith(prefix)) return "outside the prefix";
    const file = decodeURI(target.pathname.slice(prefix.length)).replace(/(^|\/)$/, "$1index.html");
    if (!files.has(file)) return `no ${file}`;
    const anchor = decodeURIComponent(target.hash.slice(1));
    return anchor === "" || idsIn(files.get(file) ?? "").has(anchor) ? null : `no #${anchor} in ${file}`;
  };
  return [...files].flatMap(([path, text]) =>
    linksOf(path, text).flatMap(({ to, in: place }) => {
      const fault = faultOf(path, to);
      return fault === null ? [] : [`${path}: ${to} (${place}): ${fault}`];
    }),
  );
}

/** The pages that search engines may list: those that stand for themselves and do not ask to be left out. */
export const listable = ({ files }: Built): string[] =>
  [...files].flatMap(([path, text]) => {
    if (!path.endsWith(".html")) return [];
    const elements = elementsOf(text);
    const barred = elements.some((element) => attribute(element, "name") === "robots" && attribute(element, "content") === "noindex");
    const canonical = elements.find((element) => attribute(element, "rel") === "canonical");
    const og = elements.find((element) => attribute(element, "property") === "og:url");
    const own = canonical === undefined ? "" : (attribute(canonical, "href") ?? "");
    if (barred || og === undefined) return [];
    return own.endsWith(`/${path.replace(/(^|\/)index\.html$/, "$1")}`) ? [own] : [];
  });

/** Pages that sitemaps list. */
export const sitemapPlaces = ({ files }: Built): string[] =>
  [...files].flatMap(([path, text]) => {
    if (!/^sitemap.*\.xml$/.test(path)) return [];
    const { name, children } = readXml(text);
    return name === "urlset" ? children.flatMap((one) => childrenOf(one, "loc").map(({ text: place }) => place)) : [];
  });
