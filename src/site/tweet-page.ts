import type { SiteConfig, Thread, TweetId } from "../model.ts";
import { tweetPlain } from "../text/html.ts";
import type { SessionData } from "./data.ts";
import { type Entry, entryMaker } from "./entry.ts";
import { flat, type ThreadView, threadView } from "./page.ts";
import { type Heading, headingOf, spoken } from "./question.ts";
import { shownTweets } from "./shown.ts";
import { zoneAt } from "./time.ts";
import { wordsOf } from "./words/words.ts";

/** A tweet on a page of its own, with what it answers and what was answered. */
export interface TweetPage {
  readonly data: SessionData;
  readonly zone: string;
  readonly entry: Entry;
  readonly plain: string;
  /** The question it asks. */
  readonly asks: { readonly label: string; readonly anchor: string } | null;
  /** The question it belongs to, where it asks none. */
  readonly under: { readonly label: string; readonly anchor: string; readonly heading: Heading } | null;
  /** The tweet it answers, if that is another than the question. */
  readonly parent: Entry | null;
  /** At most `MOST`, of `total`. */
  readonly answers: readonly ThreadView[];
  readonly total: number;
}

const MOST = 20;

/** Throws where the tweet is not shown in this session: nothing may list it then. */
export function tweetPage(data: SessionData, id: TweetId, config: SiteConfig): TweetPage {
  const { transcript, chat } = data;
  const shown = new Map(shownTweets(data).map((placed) => [placed.tweet.id, placed]));
  const placed = shown.get(id);
  if (placed === undefined) throw new Error(`tweet ${id} is not shown in ${chat.slug}/${transcript.session.slug}, but has a page`);
  const asked = transcript.questions.find(({ asks }) => asks.includes(id));
  const question = asked ?? transcript.questions.find(({ number }) => number === placed.placement.question);
  const threads =
    asked === undefined ? repliesTo(data, id) : (transcript.sections.find((section) => section.question === asked)?.threads ?? []);
  const parent = placed.placement.parent === null ? undefined : shown.get(placed.placement.parent);
  const isQuestion = parent !== undefined && question?.asks.includes(parent.tweet.id);
  const first = question === undefined ? undefined : shown.get(question.asks[0] ?? "");
  const entry = entryMaker(data, config, [placed, ...flat(threads.slice(0, MOST))]);
  const implied = new Set([id, ...(question?.asks ?? []), ...(parent === undefined ? [] : [parent.tweet.id])]);
  return {
    data,
    zone: zoneAt(chat, transcript.session.window.start),
    entry: entry(placed, implied),
    plain: tweetPlain(placed.tweet, { shown: new Set([placed.tweet.quotes ?? ""]) }),
    asks: asked ?? null,
    under:
      asked !== undefined || question === undefined
        ? null
        : { ...question, heading: headingOf(spoken(wordsOf(config), transcript, question), first?.tweet ?? null, config) },
    parent: parent === undefined || isQuestion ? null : entry(parent),
    answers: threads.slice(0, MOST).map((thread) => threadView(entry, thread, implied, 0)),
    total: flat(threads).length,
  };
}

function repliesTo({ transcript }: SessionData, id: TweetId): readonly Thread[] {
  const found = transcript.sections.flatMap(({ threads }) => flat(threads)).find(({ tweet }) => tweet.id === id);
  return found?.replies ?? [];
}
