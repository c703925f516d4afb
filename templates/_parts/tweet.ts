import { html } from "hono/html";
import type { Author, Media, Poll, SiteConfig } from "../../src/model.ts";
import { type Entry, type Mini, original, type Reference } from "../../src/site/entry.ts";
import type { ImageFinder, ShownImage } from "../../src/site/media.ts";
import type { Reposted, ThreadView } from "../../src/site/page.ts";
import { count } from "../../src/site/words.ts";
import { safeUrl } from "../../src/text/link.ts";
import type { Html } from "./layout.ts";

export interface TweetOptions {
  readonly config: SiteConfig;
  /** From this page to the session's: where anchors are permanent. */
  readonly base: string;
  /** Whether the tweet says which question it belongs to. */
  readonly labelled?: boolean;
  /** Finds kept images; without it, they are links. */
  readonly image?: ImageFinder;
}

export const threads = (views: readonly ThreadView[], options: TweetOptions): Html | "" =>
  views.length === 0 ? "" : html`<ol>${views.map(({ entry, replies }) => html`${item(entry, options, threads(replies, options))}`)}</ol>`;

/** One tweet. The element with its id holds its text. */
export function item(entry: Entry, options: TweetOptions, replies: Html | "" = ""): Html {
  const { tweet, pinned, late } = entry;
  const kind = ["t", entry.role === "host" && "host", late !== null && "late", pinned && "pin", "h-entry"].filter(Boolean).join(" ");
  return html`<li class="${kind}" id="t${tweet.id}">${entry.above === null ? "" : mini(entry.above, options)}${byline(entry, options)}${words(entry)}${below(entry, options)}${replies}</li>
`;
}

/** The time in the gutter is the permanent link. */
function moment({ when, tweet }: Entry, { base }: TweetOptions): Html {
  const to = `${base}#t${tweet.id}`;
  if (when === null) return html`<a class="at u-url" href="${to}" aria-label="Link to this tweet">#</a>`;
  return html`<a class="at u-url" href="${to}"><time class="dt-published" datetime="${when.iso}">${when.clock}</time></a>`;
}

/** In the order that gzip likes best: what is the same in every tweet of a person together, then that of the minute, then the text. */
const byline = (entry: Entry, options: TweetOptions): Html =>
  html`<p class="by">${options.labelled && entry.label !== null ? html`<b class="tag">${entry.label}</b> ` : ""}${author(entry.tweet.author)}${entry.role === null ? "" : html` <b class="tag">${entry.role}</b>`}${tools(entry, options)} ${moment(entry, options)}${entry.references.map((reference) => html` ${refer(reference, options)}`)}${entry.late === null ? "" : html` <span class="mark">late, during ${entry.late}</span>`}${entry.tweet.edited === null ? "" : html` <span class="mark">edited</span>`}</p>`;

export const author = ({ name, handle }: Author): Html =>
  name === ""
    ? html`<span class="p-author h-card"><bdi>@${handle}</bdi></span>`
    : html`<span class="p-author h-card"><bdi>${name}</bdi> @${handle}</span>`;

function refer({ verb, handle, to, captured }: Reference, { base }: TweetOptions): Html {
  const what = handle === null ? "a removed tweet" : `@${handle}`;
  if (to !== null) return html`<a href="${base}#t${to}">${verb} ${what}</a>`;
  return html`<span>${verb} ${what}${captured ? "" : " (not captured)"}</span>`;
}

/** A script gives every tweet its Quote control; only one that leads to a page of its own stands here without it. */
export function tools({ tweet, hasPage }: Entry, { base }: TweetOptions): Html | "" {
  const x = original(tweet);
  if (hasPage)
    return html` <span class="tool"><a href="${base}t/${tweet.id}/" data-quote>Quote</a>${x === null ? "" : html` <a href="${x}">On X</a>`}</span>`;
  return x === null ? "" : html` <a class="tool" href="${x}">On X</a>`;
}

export const language = (lang: string | null): Html | "" => (lang === null ? "" : html` lang="${lang}"`);

const words = ({ html: text, lang }: Entry): Html => html`<p class="e-content" dir="auto"${language(lang)}>${text}</p>`;

/** What a tweet brings beside its text, and what was made of it. */
export const below = ({ tweet, quoted, remark, reposts: all }: Entry, options: TweetOptions): Html =>
  html`${tweet.media.map((media) => picture(media, options))}${tweet.poll === null ? "" : poll(tweet.poll)}${quoted === null ? "" : mini(quoted, options)}${remark === null ? "" : html`<p class="remark">${remark}</p>`}${reposts(all)}`;

/** The image itself where it is kept, else in words that it is not; either leads to where it came from. */
function picture(media: Media, { image }: TweetOptions): Html {
  const { type, url, file } = media;
  const alt = (media.alt ?? "").trim();
  const what = type === "photo" || type === "image" ? "Image" : type === "animated_gif" ? "Animation" : "Video";
  const found = image?.(media) ?? null;
  const words = alt === "" ? html`${what} without a description` : html`${what}: <bdi>${alt}</bdi>`;
  const kept = found === null ? html`${words}${file === null || image !== undefined ? ", not kept here" : ""}` : drawn(found, what, alt);
  const to = safeUrl(url);
  return html`<p class="media">${to === null ? kept : html`<a href="${to}" rel="nofollow ugc noopener noreferrer">${kept}</a>`}</p>`;
}

/** What its author wrote is its text; where nothing was written, that is said below. */
const drawn = ({ src, size }: ShownImage, what: string, alt: string): Html =>
  html`<img src="${src}" alt="${alt}"${size === null ? "" : html` width="${size.width}" height="${size.height}"`} loading="lazy">${alt === "" ? `${what} without a description` : what === "Image" ? "" : what}`;

const poll = ({ options }: Poll): Html =>
  html`<ul class="poll">${options.map(({ label, votes }) => html`<li><bdi>${label}</bdi> <span>${count(votes, "vote")}</span></li>`)}</ul>`;

/** A tweet within another: linked to where it stands on the page, else to X. */
export function mini({ tweet, html: text, here }: Mini, { base }: TweetOptions): Html {
  const x = original(tweet);
  const from = here ? (x === null ? "" : html` <a href="${x}">On X</a>`) : html` <a href="${base}#t${tweet.id}">in this session</a>`;
  return html`<blockquote class="mini h-cite" dir="auto"${here ? html` id="t${tweet.id}"` : ""}><span class="from">${author(tweet.author)}${from}</span><br>${text}</blockquote>`;
}

/** Reposts are folded into their number. */
function reposts(all: Entry["reposts"]): Html | "" {
  const names = all.map(
    ({ id, author: { name, handle } }, index) => html`${index > 0 ? ", " : ""}<bdi id="t${id}">${name || `@${handle}`}</bdi>`,
  );
  if (all.length === 0) return "";
  if (all.length === 1) return html`<p class="re">reposted by ${names}</p>`;
  return html`<details class="re"><summary>reposted by ${all.length}</summary>${names}</details>`;
}

/** A tweet from outside that was reposted in the session. */
export const repostedItem = ({ tweet, html: text, reposts: all }: Reposted): Html =>
  all.some(({ id }) => id === tweet.id)
    ? html`<li class="t h-cite" id="t${tweet.id}"><p class="by">${author(tweet.author)} <span>repost of a tweet that was not captured</span></p><p class="e-content" dir="auto">${text}</p></li>`
    : html`<li class="t h-cite" id="t${tweet.id}"><p class="by">${author(tweet.author)}${original(tweet) === null ? "" : html` <a class="tool" href="${original(tweet)}">On X</a>`}</p><p class="e-content" dir="auto">${text}</p>${reposts(all)}</li>`;
