import type { PlacedTweet, SiteConfig, Tweet } from "../model.ts";
import type { SessionData } from "./data.ts";
import { type Entry, entryMaker, type Implied } from "./entry.ts";
import { asksOf, type QuestionView, questionViewer, shownTweets } from "./page.ts";

/** A stretch of a session in time order: what was asked, and everything until the next question. */
export interface Run {
  readonly asked: QuestionView | null;
  readonly entries: readonly Entry[];
}

/** The tweets in time order, under the questions as they came. Questions with neither tweet nor time have no place here. */
export function timeline(data: SessionData, config: SiteConfig): Run[] {
  const shown = shownTweets(data);
  const entry = entryMaker(data, config, shown);
  const view = questionViewer(data, config, entry);
  const held = new Map(shown.map((placed) => [placed.tweet.id, placed]));
  const first = new Map(
    data.transcript.questions.flatMap((question) =>
      asksOf(question, held)
        .slice(0, 1)
        .map(({ tweet }) => [tweet.id, question]),
    ),
  );
  const asks = new Map<number | null, Implied>(data.transcript.questions.map((question) => [question.number, new Set(question.asks)]));
  const told = data.transcript.questions.filter((question) => question.at !== null && asksOf(question, held).length === 0);
  const runs: { asked: QuestionView | null; entries: Entry[] }[] = [{ asked: null, entries: [] }];
  for (const step of inTime(shown, told)) {
    const question = "tweet" in step ? first.get(step.tweet.id) : step;
    if (question !== undefined) runs.push({ asked: view(question), entries: [] });
    else if ("tweet" in step) runs.at(-1)?.entries.push(entry(step, asks.get(step.placement.question)));
  }
  return runs.filter(({ asked, entries }) => asked !== null || entries.length > 0);
}

type Told = SessionData["transcript"]["questions"][number];

/** Tweets keep their order; a question nobody tweeted comes before the first tweet after it. */
function inTime(shown: readonly PlacedTweet[], told: readonly Told[]): (PlacedTweet | Told)[] {
  const waiting = told.toSorted((a, b) => Number(a.at) - Number(b.at));
  const due = ({ time }: Tweet): Told[] => waiting.splice(0, time === null ? 0 : waiting.filter(({ at }) => Number(at) <= time).length);
  return [...shown.flatMap((placed) => [...due(placed.tweet), placed]), ...waiting];
}
