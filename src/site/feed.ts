import { html } from "hono/html";
import type { Author, Chat, SiteConfig } from "../model.ts";
import { markdownOpening } from "../text/markdown.ts";
import { isPublic, type SessionData } from "./data.ts";
import { type SectionView, type SessionPage, sessionPage } from "./page.ts";
import { absolute, chatPath, feedPath, sessionPath } from "./paths.ts";
import { nameOf } from "./shown.ts";
import type { Site } from "./site.ts";
import { wordsOf } from "./words/words.ts";
import { excerpt, profile, tagOf } from "./words.ts";

/** A chat's feed, before it is written as Atom or JSON Feed. */
export interface Feed {
  readonly config: SiteConfig;
  readonly chat: Chat;
  readonly subtitle: string;
  readonly authors: readonly FeedAuthor[];
  readonly updated: number;
  readonly entries: readonly FeedEntry[];
}

export interface FeedAuthor {
  readonly name: string;
  readonly url: string | null;
}

export interface FeedEntry {
  readonly id: string;
  /** Below the site's root. */
  readonly path: string;
  readonly title: string;
  readonly authors: readonly FeedAuthor[];
  readonly published: number;
  readonly updated: number;
  readonly summary: string;
  readonly html: string;
  readonly tag: string;
}

const MOST = 30;

/** The newest reviewed sessions. `updated` comes from what is stored, and never from the clock. */
export function feedOf(site: Site, slug: string): Feed {
  const { config } = site;
  const { chat, sessions } = site.chat(slug);
  const newest = sessions.filter(isPublic).slice(-MOST).reverse();
  const entries = newest.flatMap((card) => site.rollup.entry(card) ?? []);
  return {
    config,
    chat,
    subtitle: wordsOf(config).say("feedSubtitle", { tag: tagOf(chat) }),
    authors: chat.hosts.length === 0 ? [{ name: config.name, url: null }] : chat.hosts.map((handle) => authorOf(handle, null)),
    updated: Math.max(0, ...entries.map(({ updated }) => updated)), // without sessions nothing ever changed
    entries,
  };
}

/** What feeds say of a session. */
export function entryOf(data: SessionData, config: SiteConfig): FeedEntry {
  const { card, chat, notes } = data;
  const { start } = card.session.window;
  const page = sessionPage(data, config);
  const path = sessionPath(card.session.chat, card.session.slug);
  const hosts = card.hosts.map((handle) => authorOf(handle, nameOf(data, handle)));
  return {
    id: absolute(config, path) ?? tagUri(config, path),
    path,
    title: card.title,
    authors: hosts.length === 0 ? [{ name: config.name, url: null }] : hosts,
    published: Math.min(start, card.changed),
    updated: card.changed,
    summary: summaryOf(page, hosts),
    html: String(contentOf(page, { opening: excerpt(markdownOpening(notes.body), 400), hosts, link: absolute(config, path) })),
    tag: tagOf(chat, start).slice(1),
  };
}

const authorOf = (handle: Author["handle"], name: string | null): FeedAuthor => ({
  name: name ?? `@${handle}`,
  url: profile(handle) ?? null,
});

function summaryOf({ data, words, zone, tweets, voices }: SessionPage, hosts: readonly FeedAuthor[]): string {
  const { start, minutes } = data.card.session.window;
  const counts = { tweets: words.say("tweets", { n: tweets.length }), people: words.say("people", { n: voices.length }) };
  const summary = { when: words.when(zone, start, minutes), said: words.say("tweetsFromPeople", counts) };
  if (hosts.length === 0) return words.say("feedSummary", summary);
  return words.say("feedSummaryHosted", { ...summary, hosts: words.list(hosts.map(({ name }) => name)) });
}

/** Without the site's address nothing links: a reader of the feed would not know where to. */
function contentOf(
  page: SessionPage,
  { opening, hosts, link }: { readonly opening: string; readonly hosts: readonly FeedAuthor[]; readonly link: string | null },
): ReturnType<typeof html> {
  const { words } = page;
  const answers = ({ count, people }: SectionView): string =>
    count === 0
      ? words.say("noAnswers")
      : words.say("answersFromPeople", { answers: words.say("answers", { n: count }), people: words.say("people", { n: people }) });
  const questions = page.sections.flatMap((view) => {
    const { question, anchor, title } = view;
    return question === null
      ? []
      : [
          html`<li>${link === null ? question.question.label : html`<a href="${link}#${anchor}">${question.question.label}</a>`} <bdi>${title}</bdi> (${answers(view)})</li>`,
        ];
  });
  return html`<p>${summaryOf(page, hosts)}</p>${opening === "" ? "" : html`<p dir="auto">${opening}</p>`}${questions.length === 0 ? "" : html`<ul>${questions}</ul>`}${link === null ? "" : html`<p><a href="${link}">${words.say("feedTranscript")}</a></p>`}`;
}

/** The id of what has no address (RFC 4151), under the domain of the owner's contact. The year has only to be one. */
export function tagUri({ contact }: SiteConfig, path: string): string {
  const domain = contact === null ? null : URL.canParse(contact) ? new URL(contact).hostname : contact.slice(contact.indexOf("@") + 1);
  return `tag:${(domain || "chatscribe.invalid").toLowerCase()},2026:${path.replace(/\/$/, "")}`; // "chat/2009-07-21/" -> "chat/2009-07-21"
}

/** Where the feed itself is, for its id. */
export const feedId = ({ config, chat }: Feed): string =>
  absolute(config, feedPath(chat.slug, "xml")) ?? tagUri(config, chatPath(chat.slug));
