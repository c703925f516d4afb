import type {
  Author,
  PlacedTweet,
  Question,
  Section,
  SectionKind,
  SiteConfig,
  Thread,
  Tombstone,
  Transcript,
  Tweet,
  TweetId,
} from "../model.ts";
import { directionMark } from "../text/direction.ts";
import { type RawHtml, tweetHtml, tweetPlain } from "../text/html.ts";
import type { SessionData } from "./data.ts";
import { type Entry, type EntryMaker, entryMaker, langOf, repostsOf, roleOf } from "./entry.ts";
import { asksOf, type QuestionView, questionOf, questionViewer, spoken } from "./question.ts";
import { type Held, shownTweets } from "./shown.ts";
import { type Strip, stripOf } from "./strip.ts";
import { zoneAt } from "./time.ts";
import { type Words, wordsOf } from "./words/words.ts";

/** A session as its pages show it. */
export interface SessionPage {
  readonly data: SessionData;
  readonly words: Words;
  readonly zone: string;
  readonly sections: readonly SectionView[];
  /** Reposted tweets from outside the session. */
  readonly reposted: readonly Reposted[];
  /** What is left of removed tweets, those aside that asked a question: they stand there. */
  readonly tombstones: readonly Tombstone[];
  readonly strip: Strip | null;
  readonly voices: readonly Voice[];
  readonly lede: { readonly text: string; readonly lang: string | null; readonly tweet: Tweet } | null;
  /** The session's own tweets, reposts and hidden ones aside. Oldest first. */
  readonly tweets: readonly Tweet[];
}

export interface SectionView {
  readonly kind: SectionKind;
  /** The element's id. */
  readonly anchor: string;
  readonly title: string;
  readonly question: QuestionView | null;
  readonly threads: readonly ThreadView[];
  readonly count: number;
  readonly people: number;
  /** The talk of a chat that asked no questions: the transcript itself, never folded away. */
  readonly main: boolean;
}

export interface ThreadView {
  readonly entry: Entry;
  readonly replies: readonly ThreadView[];
}

interface Voice {
  readonly author: Author;
  readonly count: number;
}

export interface Reposted {
  readonly tweet: Tweet;
  readonly html: RawHtml;
  readonly reposts: Entry["reposts"];
}

/** What sections outside the questions are called. */
export const TITLES = {
  welcome: "welcome",
  aside: "asides",
  "wrap-up": "wrapUp",
  after: "afterTheHour",
  unplaced: "notPlaced",
} as const satisfies Readonly<Record<Exclude<SectionKind, "question">, string>>;

/** Nested at most this deep: deeper replies follow flat and say whom they answer. */
const DEEPEST = 2;

export function sessionPage(data: SessionData, config: SiteConfig): SessionPage {
  const { transcript, chat, notes } = data;
  const words = wordsOf(config);
  const zone = zoneAt(chat, transcript.session.window.start);
  const shown = shownTweets(data);
  const held = new Map(shown.map((placed) => [placed.tweet.id, placed]));
  const entry = entryMaker(data, config, readingOrder(data, held));
  const ask = questionViewer(data, config, entry);
  const tweets = shown.map(({ tweet }) => tweet);
  return {
    data,
    words,
    zone,
    sections: transcript.sections.map((section, index) => sectionView(section, index, { words, transcript, entry, ask })),
    reposted: repostedFromOutside(data),
    tombstones: transcript.tombstones.filter((stone) => questionOf(transcript, stone) === null),
    strip: stripFor(data, words, shown),
    voices: voicesOf(tweets),
    lede: ledeOf(notes.pins, held, config),
    tweets,
  };
}

interface Makers {
  readonly words: Words;
  readonly transcript: Transcript;
  readonly entry: EntryMaker;
  readonly ask: (question: Question) => QuestionView;
}

export const flat = (threads: readonly Thread[]): Thread[] => threads.flatMap((thread) => [thread, ...flat(thread.replies)]);

const readingOrder = ({ transcript }: SessionData, shown: Held): PlacedTweet[] =>
  transcript.sections.flatMap(({ question, threads }) => [...(question === null ? [] : asksOf(question, shown)), ...flat(threads)]);

function sectionView(section: Section, index: number, { words, transcript, entry, ask }: Makers): SectionView {
  const { kind, question, threads } = section;
  const all = flat(threads);
  const main = kind === "aside" && transcript.questions.length === 0;
  return {
    kind,
    main,
    anchor: question?.anchor ?? `section-${kind}-${index}`,
    title: main ? words.say("conversation") : titleOf(words, transcript, section),
    question: question === null ? null : ask(question),
    threads: threads.map((thread) => threadView(entry, thread, new Set(question?.asks), 0)),
    count: all.length,
    people: new Set(all.map(({ tweet }) => tweet.author.handle.toLowerCase())).size,
  };
}

function titleOf(words: Words, transcript: Transcript, { kind, question }: Section): string {
  if (question !== null) return spoken(words, transcript, question).text;
  return kind === "question" ? "" : words.say(TITLES[kind]);
}

/** `implied`: what the place itself says a tweet answers. */
export function threadView(entry: EntryMaker, thread: Thread, implied: ReadonlySet<TweetId>, depth: number): ThreadView {
  const under = new Set([thread.tweet.id]);
  const replies =
    depth + 1 < DEEPEST
      ? thread.replies.map((reply) => threadView(entry, reply, under, depth + 1))
      : thread.replies.flatMap((reply) => [
          { entry: entry(reply, under), replies: [] },
          ...flat(reply.replies).map((deeper) => ({ entry: entry(deeper), replies: [] })),
        ]);
  return { entry: entry(thread, implied), replies };
}

function voicesOf(tweets: readonly Tweet[]): Voice[] {
  const voices = new Map<string, Voice>();
  for (const { author } of tweets) {
    const key = author.handle.toLowerCase();
    voices.set(key, { author, count: (voices.get(key)?.count ?? 0) + 1 });
  }
  const order = (a: string, b: string) => (a < b ? -1 : Number(a > b));
  return [...voices].sort(([a, x], [b, y]) => y.count - x.count || order(a, b)).map(([, voice]) => voice);
}

function ledeOf(pins: SessionData["notes"]["pins"], shown: Held, config: SiteConfig): SessionPage["lede"] {
  const tweet = pins.map(({ tweet: id }) => shown.get(id)?.tweet).find((pinned) => pinned !== undefined);
  return tweet === undefined
    ? null
    : {
        text: directionMark(tweet.text) + tweetPlain(tweet, { shown: new Set([tweet.quotes ?? ""]) }),
        lang: langOf(tweet, config.language),
        tweet,
      };
}

function repostedFromOutside(data: SessionData): Reposted[] {
  const own = new Set(data.transcript.placed.map(({ tweet }) => tweet.id));
  const context = new Map(data.transcript.context.map((tweet) => [tweet.id, tweet]));
  return [...data.transcript.reposts.keys()].flatMap((id) => {
    const reposts = repostsOf(data, id);
    if (own.has(id) || reposts.length === 0) return [];
    const tweet = context.get(id) ?? data.transcript.reposts.get(id)?.find(({ placement }) => !placement.hidden)?.tweet;
    return tweet === undefined ? [] : [{ tweet, html: tweetHtml(tweet), reposts }];
  });
}

function stripFor(data: SessionData, words: Words, shown: readonly PlacedTweet[]): Strip | null {
  const { start, minutes, lead, grace } = data.transcript.session.window;
  const end = start + minutes * 60_000;
  const zone = zoneAt(data.chat, start);
  const marks = shown.flatMap(({ tweet, placement }) => {
    const inside = tweet.time !== null && tweet.time >= start - lead * 60_000 && tweet.time < end + grace * 60_000;
    if (!inside || tweet.time === null || placement.asks !== null) return [];
    return [{ time: tweet.time, host: roleOf(data, tweet.author.handle) === "host", late: placement.late }];
  });
  return stripOf({ words, zone, start, end, marks, questions: data.transcript.questions });
}
