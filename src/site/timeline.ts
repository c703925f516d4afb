import type { PlacedTweet, SiteConfig, Tombstone, Tweet } from "../model.ts";
import type { SessionData } from "./data.ts";
import { type Entry, entryMaker, type Implied } from "./entry.ts";
import { asksOf, type QuestionView, questionOf, questionViewer } from "./question.ts";
import { shownTweets } from "./shown.ts";

/** A stretch of a session in time order: what was asked, and everything until the next question. */
export interface Run {
  readonly asked: QuestionView | null;
  readonly entries: readonly (Entry | Tombstone)[];
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
  const runs: { asked: QuestionView | null; entries: (Entry | Tombstone)[] }[] = [{ asked: null, entries: [] }];
  const stones = data.transcript.tombstones.filter((stone) => questionOf(data.transcript, stone) === null);
  for (const step of withStones(inTime(shown, told), stones)) {
    if ("reason" in step) {
      runs.at(-1)?.entries.push(step);
      continue;
    }
    const question = "tweet" in step ? first.get(step.tweet.id) : step;
    if (question !== undefined) runs.push({ asked: view(question), entries: [] });
    else if ("tweet" in step) runs.at(-1)?.entries.push(entry(step, asks.get(step.placement.question)));
  }
  return runs.filter(({ asked, entries }) => asked !== null || entries.length > 0);
}

/** A tombstone stands where its tweet stood; one without a time at the end. */
export function withStones<Step extends PlacedTweet | Told>(steps: readonly Step[], stones: readonly Tombstone[]): (Step | Tombstone)[] {
  const waiting = [...stones];
  const timeOf = (step: PlacedTweet | Told): number => ("tweet" in step ? step.tweet.time : step.at) ?? Number.POSITIVE_INFINITY;
  const due = (time: number): Tombstone[] => waiting.splice(0, waiting.filter((stone) => stone.time !== null && stone.time < time).length);
  return [...steps.flatMap((step) => [...due(timeOf(step)), step]), ...waiting];
}

type Told = SessionData["transcript"]["questions"][number];

/** Tweets keep their order; a question nobody tweeted comes before the first tweet after it. */
function inTime(shown: readonly PlacedTweet[], told: readonly Told[]): (PlacedTweet | Told)[] {
  const waiting = told.toSorted((a, b) => Number(a.at) - Number(b.at));
  const due = ({ time }: Tweet): Told[] => waiting.splice(0, time === null ? 0 : waiting.filter(({ at }) => Number(at) <= time).length);
  return [...shown.flatMap((placed) => [...due(placed.tweet), placed]), ...waiting];
}
