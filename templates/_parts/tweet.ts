import { html } from "hono/html";
import type { Author, Media, Poll, SiteConfig } from "../../src/model.ts";
import { type Entry, type Mini, original, type Reference } from "../../src/site/entry.ts";
import type { ImageFinder, ShownImage } from "../../src/site/media.ts";
import type { Reposted, ThreadView } from "../../src/site/page.ts";
import { type Words, wordsOf } from "../../src/site/words/words.ts";
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
  return html`<li class="${kind}" id="t${tweet.id}">${entry.above === null ? "" : mini(entry.above, options)}${byline(entry, options)}${said(entry)}${below(entry, options)}${replies}</li>
`;
}

/** The time in the gutter is the permanent link. */
function moment({ when, tweet }: Entry, { config, base }: TweetOptions): Html {
  const to = `${base}#t${tweet.id}`;
  if (when === null) return html`<a class="at u-url" href="${to}" aria-label="${wordsOf(config).say("linkToTweet")}">#</a>`;
  return html`<a class="at u-url" href="${to}"><time class="dt-published" datetime="${when.iso}">${when.clock}</time></a>`;
}

/** In the order that gzip likes best: what is the same in every tweet of a person together, then that of the minute, then the text. */
function byline(entry: Entry, options: TweetOptions): Html {
  const words = wordsOf(options.config);
  return html`<p class="by">${options.labelled && entry.label !== null ? html`<b class="tag">${entry.label}</b> ` : ""}${author(entry.tweet.author)}${entry.role === null ? "" : html` <b class="tag">${words.say(entry.role)}</b>`}${tools(entry, options)} ${moment(entry, options)}${entry.references.map((reference) => html` ${refer(reference, options)}`)}${entry.late === null ? "" : html` <span class="mark">${words.say("late", { label: entry.late })}</span>`}${edited(entry, options)}</p>`;
}

export const edited = ({ tweet }: Entry, { config }: TweetOptions): Html | "" =>
  tweet.edited === null ? "" : html` <span class="mark">${wordsOf(config).say("edited")}</span>`;

export const author = ({ name, handle }: Author): Html =>
  name === ""
    ? html`<span class="p-author h-card"><bdi>@${handle}</bdi></span>`
    : html`<span class="p-author h-card"><bdi>${name}</bdi> @${handle}</span>`;

function refer({ verb, handle, to, captured }: Reference, { config, base }: TweetOptions): Html {
  const words = wordsOf(config);
  const who = handle === null ? words.say("aRemovedTweet") : `@${handle}`;
  if (to !== null) return html`<a href="${base}#t${to}">${words.say(verb, { who })}</a>`;
  return html`<span>${words.say(captured ? verb : LOST[verb], { who })}</span>`;
}

const LOST = { replyingTo: "replyingToLost", quoting: "quotingLost" } as const;

/** A script gives every tweet its Quote control; only one that leads to a page of its own stands here without it. */
export function tools({ tweet, hasPage }: Entry, { config, base }: TweetOptions): Html | "" {
  const x = original(tweet);
  const words = wordsOf(config);
  if (hasPage)
    return html` <span class="tool"><a href="${base}t/${tweet.id}/" data-quote>${words.say("quote")}</a>${x === null ? "" : html` <a href="${x}">${words.say("onX")}</a>`}</span>`;
  return x === null ? "" : html` <a class="tool" href="${x}">${words.say("onX")}</a>`;
}

export const language = (lang: string | null): Html | "" => (lang === null ? "" : html` lang="${lang}"`);

const said = ({ html: text, lang }: Entry): Html => html`<p class="e-content" dir="auto"${language(lang)}>${text}</p>`;

/** What a tweet brings beside its text, and what was made of it. */
export const below = ({ tweet, quoted, remark, reposts: all }: Entry, options: TweetOptions): Html =>
  html`${tweet.media.map((media) => picture(media, options))}${tweet.poll === null ? "" : poll(tweet.poll, options)}${quoted === null ? "" : mini(quoted, options)}${remark === null ? "" : html`<p class="remark">${remark}</p>`}${reposts(all, options)}`;

/** The image itself where it is kept, else in words that it is not; either leads to where it came from. */
function picture(media: Media, { config, image }: TweetOptions): Html {
  const { url, file } = media;
  const words = wordsOf(config);
  const alt = (media.alt ?? "").trim();
  const kind = kindOf(media);
  const found = image?.(media) ?? null;
  const told = alt === "" ? html`${words.say(`${kind}Undescribed`)}` : words.html(kind, { description: html`<bdi>${alt}</bdi>` });
  const missing = file === null || image !== undefined ? words.html("notKept", { media: told }) : told;
  const kept = found === null ? missing : drawn(words, found, { kind, alt });
  const to = safeUrl(url);
  return html`<p class="media">${to === null ? kept : html`<a href="${to}" rel="nofollow ugc noopener noreferrer">${kept}</a>`}</p>`;
}

/** What its author wrote is its text; where nothing was written, that is said below. */
function drawn(words: Words, { src, size }: ShownImage, { kind, alt }: { readonly kind: Kind; readonly alt: string }): Html {
  const told = alt === "" ? words.say(`${kind}Undescribed`) : kind === "image" ? "" : words.say(`${kind}Alone`);
  return html`<img src="${src}" alt="${alt}"${size === null ? "" : html` width="${size.width}" height="${size.height}"`} loading="lazy">${told}`;
}

type Kind = "image" | "animation" | "video";

/** As X names them, and as other sources do. */
function kindOf({ type }: Media): Kind {
  if (type === "photo" || type === "image") return "image";
  return type === "animated_gif" ? "animation" : "video";
}

const poll = ({ options }: Poll, { config }: TweetOptions): Html =>
  html`<ul class="poll">${options.map(({ label, votes }) => html`<li><bdi>${label}</bdi> <span>${wordsOf(config).say("votes", { n: votes })}</span></li>`)}</ul>`;

/** A tweet within another: linked to where it stands on the page, else to X. */
export function mini({ tweet, html: text, here }: Mini, { config, base }: TweetOptions): Html {
  const x = original(tweet);
  const words = wordsOf(config);
  const onX = x === null ? "" : html` <a href="${x}">${words.say("onX")}</a>`;
  const from = here ? onX : html` <a href="${base}#t${tweet.id}">${words.say("inThisSession")}</a>`;
  return html`<blockquote class="mini h-cite" dir="auto"${here ? html` id="t${tweet.id}"` : ""}><span class="from">${author(tweet.author)}${from}</span><br>${text}</blockquote>`;
}

/** Reposts are folded into their number. */
function reposts(all: Entry["reposts"], { config }: TweetOptions): Html | "" {
  if (all.length === 0) return "";
  const words = wordsOf(config);
  const names = words.rowHtml(all.map(({ id, author: { name, handle } }) => html`<bdi id="t${id}">${name || `@${handle}`}</bdi>`));
  if (all.length === 1) return html`<p class="re">${words.html("repostedBy", { names })}</p>`;
  return html`<details class="re"><summary>${words.say("repostedByMany", { n: all.length })}</summary>${names}</details>`;
}

/** A tweet from outside that was reposted in the session. */
export function repostedItem({ tweet, html: text, reposts: all }: Reposted, options: TweetOptions): Html {
  const words = wordsOf(options.config);
  const x = original(tweet);
  const lost = all.some(({ id }) => id === tweet.id);
  const from = lost
    ? html` <span>${words.say("repostOfLost")}</span>`
    : x === null
      ? ""
      : html` <a class="tool" href="${x}">${words.say("onX")}</a>`;
  return html`<li class="t h-cite" id="t${tweet.id}"><p class="by">${author(tweet.author)}${from}</p><p class="e-content" dir="auto">${text}</p>${lost ? "" : reposts(all, options)}</li>`;
}
