import type { Handle, PlacedTweet, Question, SiteConfig } from "../model.ts";
import { tweetPlain } from "../text/html.ts";
import { markdownText } from "../text/plain.ts";
import type { SessionData } from "./data.ts";
import type { Identities, PersonKey } from "./identity.ts";
import { rollUp, type Share, type Shared, sharesOf } from "./links.ts";
import { absolute, sessionPath } from "./paths.ts";
import { markdownQuote } from "./quotes.ts";
import { nameOf, shownTweets } from "./shown.ts";
import { zoneAt } from "./time.ts";
import { unanswered } from "./unanswered.ts";
import { type Words, wordsOf } from "./words/words.ts";
import { tagOf } from "./words.ts";

export interface RecapOptions {
  readonly config: SiteConfig;
  readonly who: Identities;
  /** With what was put to the hosts and never answered. */
  readonly unanswered: boolean;
}

/** So many answers of a question are quoted, as far as there are. */
const LEAST = 2;
const MOST = 4;
/** An answer of so many characters says something by itself. */
const SUBSTANCE = 40;
/** Whoever was quoted before has to have been answered so much more. */
const AGAIN = 1.5;
/** People are named up to this many. */
const NAMED = 60;

/** A session as a blog tells it: its questions, each with the answers that the chat itself made something of, the links, the people.
 *  Markdown; what tweets say is text in it, never markup. */
export function recapOf(data: SessionData, options: RecapOptions): string {
  const recap = new Recap(data, options);
  const parts = [recap.opening(), ...recap.questions(), recap.sides(), recap.links(), recap.people(), recap.missed(), recap.closing()];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

class Recap {
  readonly #data: SessionData;
  readonly #options: RecapOptions;
  readonly #words: Words;
  readonly #zone: string;
  readonly #shown: readonly PlacedTweet[];
  readonly #liveliness: ReadonlyMap<string, number>;
  readonly #quoted = new Map<PersonKey, number>();

  constructor(data: SessionData, options: RecapOptions) {
    this.#data = data;
    this.#options = options;
    this.#words = wordsOf(options.config);
    this.#zone = zoneAt(data.chat, data.transcript.session.window.start);
    this.#shown = shownTweets(data);
    this.#liveliness = livelinessOf(data, options.who);
    // hosts speak often: their guests are quoted first
    for (const host of data.card.hosts) this.#quoted.set(options.who.named(host), 1);
  }

  opening(): string {
    const { card, chat, transcript } = this.#data;
    const { start } = transcript.session.window;
    const words = this.#words;
    const counts = words.row([
      words.say("tweets", { n: card.tweets }),
      words.say("people", { n: card.people }),
      words.say("questions", { n: card.questions.length }),
    ]);
    const said = { tag: tagOf(chat, start), day: words.day(this.#zone, start), counts };
    const hosts = words.list(card.hosts.map((host) => nameOf(this.#data, host) ?? `@${host}`));
    const line = card.hosts.length === 0 ? words.say("description", said) : words.say("descriptionHosted", { ...said, hosts });
    return [`# ${markdownText(card.title)}`, markdownText(line), this.#whole()].filter((part) => part !== "").join("\n\n");
  }

  questions(): string[] {
    return this.#data.transcript.questions.filter(({ side }) => !side).map((question) => this.#question(question));
  }

  sides(): string {
    const sides = this.#data.transcript.questions.filter(({ side, text }) => side && text !== "");
    if (sides.length === 0) return "";
    const items = sides.map((question) => `- ${this.#linked(question.text, question.anchor)} (${this.#counted(this.#answers(question))})`);
    return this.#listed("recapSides", items);
  }

  links(): string {
    const shared = rollUp(sharesOf(this.#data)).filter((link): link is Shared<Share> & { text: string } => link.text !== null);
    return this.#listed(
      "recapLinks",
      shared.map(({ to, text, shares }) => {
        const by = [...new Set(shares.map(({ placed }) => `@${placed.tweet.author.handle}`))];
        return `- [${markdownText(text)}](<${to}>): ${markdownText(this.#words.list(by))}`;
      }),
    );
  }

  people(): string {
    const { card } = this.#data;
    const hosts = [...card.hosts, ...card.guests].map((handle) => [this.#options.who.named(handle), handle] as const);
    const often = [...Map.groupBy(this.#shown, ({ tweet }) => this.#options.who.of(tweet.author))]
      .sort(([, a], [, b]) => b.length - a.length)
      .map(([key, [first]]) => [key, first?.tweet.author.handle ?? ""] as const);
    const handles = [...new Map<PersonKey, Handle>([...often, ...hosts, ...often]).values()];
    if (often.length === 0) return "";
    const named = handles.slice(0, NAMED).map((handle) => `@${handle}`);
    const more = handles.length > NAMED ? [this.#words.say("more", { n: handles.length - NAMED })] : [];
    return `## ${this.#words.say("recapThanks")}\n\n${markdownText(this.#words.list([...named, ...more]))}`;
  }

  /** What was put to a host, or to all by a question, and what no host answered. */
  missed(): string {
    if (!this.#options.unanswered) return "";
    const { who } = this.#options;
    const hosts = new Set([...this.#data.card.hosts, ...this.#data.chat.hosts].map((host) => who.named(host)));
    const put = unanswered(this.#data, who).filter(({ person, closing }) => hosts.has(person) && !closing);
    const items = put.map(
      ({ placed }) =>
        `- **@${markdownText(placed.tweet.author.handle)}** ${this.#linked(this.#said(placed), `t${placed.tweet.id}`, placed)}`,
    );
    const heading = `## ${this.#words.say("recapUnanswered")}\n\n`;
    return heading + (items.length === 0 ? this.#words.say("recapNothingUnanswered") : items.join("\n"));
  }

  closing(): string {
    const { config } = this.#options;
    return config.contact === null ? "" : markdownText(this.#words.say("recapRemoval", { contact: config.contact }));
  }

  #question(question: Question): string {
    const answers = this.#answers(question);
    const title = question.text.startsWith(question.label) ? question.text : `${question.label} ${question.text}`.trim();
    const parts = [`## ${this.#linked(title, question.anchor)}`, this.#counted(answers)];
    for (const placed of this.#chosen(direct(answers, question))) {
      const { author } = placed.tweet;
      const name = author.name === "" ? `@${author.handle}` : `${author.name} (@${author.handle})`;
      parts.push(markdownQuote(this.#said(placed), name, this.#link(`t${placed.tweet.id}`, placed)));
    }
    return parts.join("\n\n");
  }

  #answers({ number }: Question): PlacedTweet[] {
    return this.#shown.filter(({ placement }) => placement.question === number && placement.asks === null && placement.reason !== "spam?");
  }

  #counted(answers: readonly PlacedTweet[]): string {
    if (answers.length === 0) return this.#words.say("noAnswersRecorded");
    const people = new Set(answers.map(({ tweet }) => this.#options.who.of(tweet.author))).size;
    const n = this.#words.say("answers", { n: answers.length });
    return this.#words.say("answersFromPeople", { answers: n, people: this.#words.say("people", { n: people }) });
  }

  /** Two to four of them, in order of time: the pinned ones, then those with most replies, reposts and quotes, no person twice. */
  #chosen(answers: readonly PlacedTweet[]): PlacedTweet[] {
    const { pins } = this.#data.card;
    const chosen = answers.filter(({ tweet }) => pins.includes(tweet.id)).slice(0, MOST);
    for (const { tweet } of chosen) this.#quote(tweet.author);
    while (chosen.length < MOST) {
      const best = this.#best(answers, chosen);
      if (best === null || (best.liveliness <= 0 && chosen.length >= LEAST)) break;
      chosen.push(best.placed);
      this.#quote(best.placed.tweet.author);
    }
    return answers.filter((placed) => chosen.includes(placed));
  }

  #best(
    answers: readonly PlacedTweet[],
    chosen: readonly PlacedTweet[],
  ): { readonly placed: PlacedTweet; readonly liveliness: number } | null {
    const { who } = this.#options;
    const taken = new Set(chosen.map(({ tweet }) => who.of(tweet.author)));
    const free = answers
      .filter(({ tweet }) => !taken.has(who.of(tweet.author)))
      .map((placed) => ({ placed, liveliness: this.#liveliness.get(placed.tweet.id) ?? 0, rank: this.#rank(placed) }));
    return free.reduce<(typeof free)[number] | null>((best, one) => (best === null || one.rank > best.rank ? one : best), null);
  }

  #rank(placed: PlacedTweet): number {
    const { tweet, placement } = placed;
    const before = this.#quoted.get(this.#options.who.of(tweet.author)) ?? 0;
    const answers = placement.reason === "number" ? 1 : 0;
    const says = this.#said(placed).length >= SUBSTANCE ? 1 : 0;
    return (this.#liveliness.get(tweet.id) ?? 0) - AGAIN * before + (answers + says) / 4;
  }

  #quote(author: PlacedTweet["tweet"]["author"]): void {
    const key = this.#options.who.of(author);
    this.#quoted.set(key, (this.#quoted.get(key) ?? 0) + 1);
  }

  #said = ({ tweet }: PlacedTweet): string => tweetPlain(tweet, { shown: new Set([tweet.quotes ?? ""]) });

  #whole(): string {
    const page = this.#page();
    return page === null ? "" : markdownText(this.#words.say("recapWhole")).concat(` <${page}>`);
  }

  /** null: the site's address is not known. */
  #page(): string | null {
    const { chat, slug } = this.#data.transcript.session;
    return absolute(this.#options.config, sessionPath(chat, slug));
  }

  /** To its place in the transcript, else to the tweet on X; null: neither is known. */
  #link(anchor: string, placed: PlacedTweet | null): string | null {
    const page = this.#page();
    if (page !== null) return `${page}#${anchor}`;
    if (placed === null || placed.tweet.local) return null;
    return `https://x.com/${placed.tweet.author.handle}/status/${placed.tweet.id}`;
  }

  #linked(text: string, anchor: string, placed: PlacedTweet | null = null): string {
    const link = this.#link(anchor, placed);
    return link === null ? markdownText(text) : `[${markdownText(text)}](<${link}>)`;
  }

  #listed(title: "recapSides" | "recapLinks", items: readonly string[]): string {
    return items.length === 0 ? "" : `## ${this.#words.say(title)}\n\n${items.join("\n")}`;
  }
}

/** Those that answer the question itself; where none does, all that was said below it. */
function direct(answers: readonly PlacedTweet[], { asks }: Question): readonly PlacedTweet[] {
  const own = answers.filter(
    ({ placement: { parent, reason, relation } }) =>
      relation !== "continuation" && (parent === null || asks.includes(parent) || reason === "number"),
  );
  return own.length === 0 ? answers : own;
}

/** What the chat made of each tweet: how many others replied to it, reposted it, quoted it. */
function livelinessOf(data: SessionData, who: Identities): ReadonlyMap<string, number> {
  const authors = new Map(data.transcript.placed.map(({ tweet }) => [tweet.id, tweet.author]));
  const by = new Map<string, Set<string>>();
  const count = (target: string | null, kind: string, { tweet }: PlacedTweet): void => {
    const of = authors.get(target ?? "");
    if (target === null || of === undefined || who.of(of) === who.of(tweet.author)) return;
    by.set(target, (by.get(target) ?? new Set()).add(`${kind} ${who.of(tweet.author)}`));
  };
  for (const placed of shownTweets(data)) {
    const { relation, parent } = placed.placement;
    count(relation === "reply" || relation === "mention" ? parent : null, "reply", placed);
    count(placed.tweet.quotes ?? (relation === "quote" ? parent : null), "quote", placed);
  }
  for (const [original, reposts] of data.transcript.reposts) for (const repost of reposts) count(original, "repost", repost);
  return new Map([...by].map(([id, said]) => [id, said.size]));
}
