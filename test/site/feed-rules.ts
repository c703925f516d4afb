import { childrenOf, readXml, type XmlElement } from "./xml.ts";

/** 2009-07-21T16:04:00Z, 2009-07-21T12:04:00.5-04:00; the day and hour must be there. */
export function isRfc3339(text: string): boolean {
  const [, date = "", hour, minute, second, zone = ""] =
    /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.\d+)?(Z|[+-]\d{2}:\d{2})$/.exec(text) ?? [];
  const day = new Date(`${date}T00:00:00Z`);
  const there = !Number.isNaN(day.getTime()) && day.toISOString().startsWith(date);
  return zone !== "" && there && Number(hour) < 24 && Number(minute) < 60 && Number(second) < 61;
}

/** "tag:chats.example,2026:chat/2009-07-21" (RFC 4151) */
const isTag = (text: string): boolean =>
  /^tag:(?:[A-Za-z0-9._-]+@)?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*,\d{4}(?:-\d{2}(?:-\d{2})?)?:[A-Za-z0-9._~!$&'()*+,;=:@/?%-]*$/.test(text);
const isWeb = (text: string): boolean => /^https?:\/\//.test(text) && URL.canParse(text);
const isIri = (text: string): boolean => isTag(text) || isWeb(text);

/** What RFC 4287 asks of a feed and this one breaks. `base`: where it is; null: it has no address. */
export function atomFaults(document: string, base: string | null): string[] {
  const feed = readXml(document);
  const entries = childrenOf(feed, "entry");
  const ids = entries.map((entry) => textsOf(entry, "id")[0] ?? "");
  const newest = entries.map((entry) => textsOf(entry, "updated")[0] ?? "").toSorted();
  return [
    ...(feed.name === "feed" && feed.attributes.get("xmlns") === "http://www.w3.org/2005/Atom" ? [] : ["no Atom feed"]),
    ...constructFaults("feed", feed),
    ...(childrenOf(feed, "author").length > 0 || entries.every((entry) => childrenOf(entry, "author").length > 0)
      ? []
      : ["feed: no author"]),
    ...linkFaults("feed", feed, base),
    ...(base === null || linksOf(feed, "self").includes(base) ? [] : ["feed: no link to itself"]),
    ...(new Set(ids).size === ids.length ? [] : ["an id twice"]),
    ...(newest.length === 0 || textsOf(feed, "updated")[0] === newest.at(-1) ? [] : ["feed: updated is not that of its newest entry"]),
    ...entries.flatMap((entry, index) => [
      ...constructFaults(`entry ${index}`, entry),
      ...linkFaults(`entry ${index}`, entry, base),
      ...contentFaults(`entry ${index}`, entry),
    ]),
  ];
}

const textsOf = (element: XmlElement, name: string): string[] => childrenOf(element, name).map(({ text }) => text);
const linksOf = (element: XmlElement, rel: string): string[] =>
  childrenOf(element, "link").flatMap(({ attributes }) => (attributes.get("rel") === rel ? [attributes.get("href") ?? ""] : []));

function constructFaults(where: string, element: XmlElement): string[] {
  const once = ["id", "title", "updated"].flatMap((name) => (textsOf(element, name).length === 1 ? [] : [`${where}: not one ${name}`]));
  const ids = textsOf(element, "id").flatMap((id) => (isIri(id) ? [] : [`${where}: id ${id}`]));
  const times = [...textsOf(element, "updated"), ...textsOf(element, "published")];
  const people = childrenOf(element, "author").flatMap((author) => [
    ...(textsOf(author, "name").length === 1 && textsOf(author, "name")[0] !== "" ? [] : [`${where}: an author without a name`]),
    ...textsOf(author, "uri").flatMap((uri) => (isWeb(uri) ? [] : [`${where}: uri ${uri}`])),
  ]);
  return [...once, ...ids, ...people, ...times.flatMap((time) => (isRfc3339(time) ? [] : [`${where}: time ${time}`]))];
}

function linkFaults(where: string, element: XmlElement, base: string | null): string[] {
  const links = childrenOf(element, "link").map(({ attributes }) => attributes.get("href") ?? "");
  const alternates = linksOf(element, "alternate");
  return [
    ...(alternates.length === 1 ? [] : [`${where}: ${alternates.length} alternate links`]),
    ...links.flatMap((href) => ((base === null ? href.startsWith("/") : isWeb(href)) ? [] : [`${where}: link ${href}`])),
  ];
}

function contentFaults(where: string, entry: XmlElement): string[] {
  const [content, ...more] = childrenOf(entry, "content");
  if (content === undefined || more.length > 0) return [`${where}: not one content`];
  return content.attributes.get("type") === "html" && content.text.trim() !== "" ? [] : [`${where}: empty content`];
}

/** What JSON Feed 1.1 asks and this one breaks. */
export function jsonFeedFaults(document: string, base: string | null): string[] {
  const feed = JSON.parse(document) as Record<string, unknown>;
  const items = Array.isArray(feed.items) ? (feed.items as Record<string, unknown>[]) : null;
  if (items === null) return ["no items"];
  const ids = items.map(({ id }) => id);
  return [
    ...(feed.version === "https://jsonfeed.org/version/1.1" ? [] : [`version ${String(feed.version)}`]),
    ...(isText(feed.title) ? [] : ["no title"]),
    ...(base === null
      ? ["home_page_url", "feed_url"].filter((key) => key in feed)
      : feed.feed_url === base
        ? []
        : ["feed_url is not its own"]),
    ...(base === null || isWeb(String(feed.home_page_url)) ? [] : ["home_page_url"]),
    ...(new Set(ids).size === ids.length ? [] : ["an id twice"]),
    ...authorFaults("feed", feed.authors),
    ...items.flatMap((item, index) => itemFaults(`item ${index}`, item, base)),
  ];
}

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";

function itemFaults(where: string, item: Record<string, unknown>, base: string | null): string[] {
  const dates = [item.date_published, item.date_modified];
  return [
    ...(isText(item.id) && isIri(item.id) ? [] : [`${where}: id ${String(item.id)}`]),
    ...(isText(item.content_html) || isText(item.content_text) ? [] : [`${where}: no content`]),
    ...((base === null ? item.url === undefined : isWeb(String(item.url))) ? [] : [`${where}: url ${String(item.url)}`]),
    ...dates.flatMap((date) => (typeof date === "string" && isRfc3339(date) ? [] : [`${where}: date ${String(date)}`])),
    ...(Array.isArray(item.tags) && item.tags.every(isText) ? [] : [`${where}: tags`]),
    ...authorFaults(where, item.authors),
  ];
}

function authorFaults(where: string, authors: unknown): string[] {
  if (!Array.isArray(authors) || authors.length === 0) return [`${where}: no authors`];
  return (authors as Record<string, unknown>[]).flatMap(({ name, url }) =>
    isText(name) && (url === undefined || isWeb(String(url))) ? [] : [`${where}: author ${String(name)}`],
  );
}
