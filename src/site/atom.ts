import { type Xml, xml, xmlDocument } from "../text/xml.ts";
import { type Feed, type FeedAuthor, type FeedEntry, feedId } from "./feed.ts";
import { absolute, address, chatPath, feedPath } from "./paths.ts";
import { rfc3339 } from "./time.ts";

/** A feed as Atom (RFC 4287). Without the site's address its links are relative, which Atom allows. */
export function atom(feed: Feed): string {
  const { config, chat } = feed;
  const self = absolute(config, feedPath(chat.slug, "xml"));
  return xmlDocument(
    xml("feed", { xmlns: "http://www.w3.org/2005/Atom", "xml:lang": config.language }, [
      xml("id", {}, feedId(feed)),
      xml("title", {}, chat.title),
      xml("subtitle", {}, feed.subtitle),
      xml("updated", {}, rfc3339(feed.updated)),
      ...feed.authors.map(author),
      xml("link", { rel: "alternate", type: "text/html", href: address(config, chatPath(chat.slug)) }),
      ...(self === null ? [] : [xml("link", { rel: "self", type: "application/atom+xml", href: self })]),
      xml("generator", {}, "Chatscribe"),
      ...feed.entries.map((one) => entry(feed, one)),
    ]),
  );
}

const entry = ({ config }: Feed, { id, title, updated, published, path, authors, tag, summary, html }: FeedEntry): Xml =>
  xml("entry", {}, [
    xml("id", {}, id),
    xml("title", {}, title),
    xml("updated", {}, rfc3339(updated)),
    xml("published", {}, rfc3339(published)),
    ...authors.map(author),
    xml("link", { rel: "alternate", type: "text/html", href: address(config, path) }),
    xml("category", { term: tag }),
    xml("summary", {}, summary),
    xml("content", { type: "html" }, html),
  ]);

const author = ({ name, url }: FeedAuthor): Xml =>
  xml("author", {}, [xml("name", {}, name), ...(url === null ? [] : [xml("uri", {}, url)])]);
