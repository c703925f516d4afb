import { type Json, jsonFile } from "../text/json.ts";
import type { Feed, FeedAuthor, FeedEntry } from "./feed.ts";
import { absolute, chatPath, feedPath } from "./paths.ts";
import { rfc3339 } from "./time.ts";

/** A feed as JSON Feed 1.1. Without the site's address it has no links: they have to be whole. */
export function jsonFeed({ config, chat, subtitle, authors, entries }: Feed): string {
  const link = (path: string): string | undefined => absolute(config, path) ?? undefined;
  return jsonFile({
    version: "https://jsonfeed.org/version/1.1",
    title: chat.title,
    home_page_url: link(chatPath(chat.slug)),
    feed_url: link(feedPath(chat.slug, "json")),
    description: subtitle,
    language: config.language,
    authors: authors.map(author),
    items: entries.map((entry) => item(entry, link(entry.path))),
  });
}

const item = ({ id, title, summary, html, published, updated, authors, tag }: FeedEntry, url: string | undefined): Json => ({
  id,
  url,
  title,
  summary,
  content_html: html,
  date_published: rfc3339(published),
  date_modified: rfc3339(updated),
  authors: authors.map(author),
  tags: [tag],
});

const author = ({ name, url }: FeedAuthor): Json => ({ name, url: url ?? undefined });
