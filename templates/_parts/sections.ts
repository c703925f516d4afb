import { html } from "hono/html";
import type { Tombstone } from "../../src/model.ts";
import type { Entry } from "../../src/site/entry.ts";
import type { Reposted, SectionView } from "../../src/site/page.ts";
import type { Heading, QuestionView } from "../../src/site/question.ts";
import { type Words, wordsOf } from "../../src/site/words/words.ts";
import type { Html } from "./layout.ts";
import { remains } from "./tombstone.ts";
import { author, below, edited, language, repostedItem, type TweetOptions, threads, tools } from "./tweet.ts";

/** Sections outside the questions are folded when longer. */
const FOLD = 8;

export const section = (view: SectionView, options: TweetOptions): Html =>
  view.question === null ? quiet(view, options) : answered(view, view.question, options);

const answered = (
  view: SectionView,
  question: QuestionView,
  options: TweetOptions,
): Html => html`<section class="q" id="${view.anchor}" aria-labelledby="${view.anchor}-h">
${heading(question, options, answers(wordsOf(options.config), view))}
${view.threads.length === 0 ? html`<p class="none">${wordsOf(options.config).say("noAnswersRecorded")}</p>` : threads(view.threads, options)}
</section>
`;

/** The tweet that asks is the heading: the header has its id. `said`: what came of it. */
export function heading(view: QuestionView, options: TweetOptions, said = ""): Html {
  const { question, ask } = view;
  const named = /[\p{L}\p{N}]/u.test(question.label); // "Q2", not "+"
  const { tombstone: stone } = view;
  const words = wordsOf(options.config);
  const id = ask?.tweet.id ?? stone?.tweet ?? null;
  return html`<header${ask === null ? "" : html` class="h-entry"`}${id === null ? "" : html` id="t${id}"`}><a class="n" href="${options.base}#${question.anchor}"${named ? "" : html` aria-label="${words.say("linkToQuestion")}"`}>${question.label}</a>
${title(view.heading, `${question.anchor}-h`, named ? `${question.label}: ` : "")}${stone === null || question.text === "" ? "" : html`<p class="by">${remains(options.config, stone)}</p>`}
<p class="by"><span>${asking([who(words, view), when(view, options), said])}</span>${ask === null ? "" : html`${edited(ask, options)}${tools(ask, options)}`}</p>${ask === null ? "" : below(ask, options)}${options.labelled ? "" : view.again.map((entry) => html`${later(entry, options)}`)}</header>`;
}

/** What is left of removed tweets: their links lead here. */
export const removed = (stones: readonly Tombstone[], options: TweetOptions): Html | "" =>
  stones.length === 0
    ? ""
    : html`<section class="q quiet" aria-labelledby="removed-h">
<header><h2 id="removed-h">${wordsOf(options.config).say("removed")}</h2></header>
<ol>${stones.map((stone) => tombstone(stone, options))}</ol>
</section>
`;

/** One of them. */
export const tombstone = (stone: Tombstone, { config }: TweetOptions): Html =>
  html`<li class="t gone" id="t${stone.tweet}"><p class="by">${remains(config, stone)}</p></li>`;

/** "Ada Moss @ada asked", "at 12:03" · "9 answers from 9 people" */
const asking = ([name, time, said]: readonly (Html | string)[]): Html =>
  html`${name}${name !== "" && time !== "" ? " " : ""}${time}${said === "" ? "" : html`${name === "" && time === "" ? "" : html` <span aria-hidden="true">·</span> `}${said}`}`;

function who(words: Words, { ask, asker }: QuestionView): Html | "" {
  if (ask !== null) return words.html("asked", { who: author(ask.tweet.author) });
  return asker === null ? "" : words.html("asked", { who: html`<bdi>${asker}</bdi>` });
}

function when({ ask, at }: QuestionView, options: TweetOptions): Html | "" {
  const words = wordsOf(options.config);
  if (ask === null) return at === null ? "" : words.html("askedAt", { time: at });
  const link = permalink(ask, options);
  return ask.when === null ? link : words.html("askedAt", { time: link });
}

function permalink({ tweet, when: time }: Entry, { config, base }: TweetOptions): Html {
  if (time === null) return html`<a class="u-url" href="${base}#t${tweet.id}" aria-label="${wordsOf(config).say("linkToTweet")}">#</a>`;
  return html`<a class="u-url" href="${base}#t${tweet.id}"><time class="dt-published" datetime="${time.iso}">${time.clock}</time></a>`;
}

/** A second part, or the question asked again. */
const later = (entry: Entry, options: TweetOptions): Html => html`
<div class="again h-entry" id="t${entry.tweet.id}"><p>${permalink(entry, options)} ${author(entry.tweet.author)} <span class="e-content" dir="auto"${language(entry.lang)}>${entry.html}</span>${edited(entry, options)}${tools(entry, options)}</p>${below(entry, options)}</div>`;

const answers = (words: Words, { count, people }: SectionView): string =>
  count === 0
    ? words.say("noAnswers")
    : words.say("answersFromPeople", { answers: words.say("answers", { n: count }), people: words.say("people", { n: people }) });

/** The question's words large, what stands around them in its tweet small, its number for the ear only: the gutter shows it. */
function title({ before, token, words, after, own, lang, long }: Heading, id: string, name: string): Html {
  const size = long ? html` class="long"` : "";
  const first = own === null && token !== "" ? token : name;
  const head = html`<h2 id="${id}"${size} dir="auto"${own === null ? language(lang) : ""}>${first === "" ? "" : html`<bdi class="vh">${first}</bdi>`}${words}</h2>`;
  if (own !== null) return html`${head}<p class="own e-content" dir="auto"${language(lang)}>${own}</p>`;
  return html`<div class="e-content" dir="auto"${language(lang)}>${around(before)}${head}${around(after)}</div>`;
}

const around = (text: Heading["before"]): Html | "" => (text.length === 0 ? "" : html`<p class="around">${text}</p>`);

const quiet = (
  view: SectionView,
  options: TweetOptions,
): Html => html`<section class="q quiet" id="${view.anchor}" aria-labelledby="${view.anchor}-h">
<header><h2 id="${view.anchor}-h">${view.title}</h2></header>
${view.count > FOLD && !view.main ? html`<details><summary>${wordsOf(options.config).say("tweetsFromPeople", { tweets: wordsOf(options.config).say("tweets", { n: view.count }), people: wordsOf(options.config).say("people", { n: view.people }) })}</summary>${threads(view.threads, options)}</details>` : threads(view.threads, options)}
</section>
`;

export const outside = (reposted: readonly Reposted[], options: TweetOptions): Html | "" =>
  reposted.length === 0
    ? ""
    : html`<section class="q quiet" aria-labelledby="reposted-h">
<header><h2 id="reposted-h">${wordsOf(options.config).say("reposted")}</h2></header>
<ol>${reposted.map((one) => repostedItem(one, options))}</ol>
</section>
`;
