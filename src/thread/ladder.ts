import type { Edit, Question, Reason, SectionKind, TweetId } from "../model.ts";
import type { Board } from "./board.ts";
import type { Guess } from "./guess.ts";
import type { Sides } from "./open.ts";
import type { Parent } from "./parents.ts";
import type { Questions } from "./questions.ts";

/** Where one rung would put a tweet. */
export interface Spot {
  readonly section: SectionKind;
  readonly question: Question | null;
  readonly reason: Reason;
  readonly confidence: number;
  /** What it went by, for `thread --explain`. */
  readonly because: string;
}

/** Everything a rung may ask while it places tweet `i`; earlier tweets are placed already. */
export interface Ladder {
  readonly board: Board;
  readonly questions: Questions;
  readonly parents: readonly Parent[];
  readonly under: Sides["under"];
  readonly spots: readonly Spot[];
  readonly edits: ReadonlyMap<TweetId, Edit>;
  /** Where a tweet without number and thread would belong. */
  readonly guess: (i: number) => Guess | null;
  /** Tweets that something answers. */
  readonly answered: ReadonlySet<number>;
  /** When the first question was asked; null: none was, or nobody knows. */
  readonly opening: number | null;
  /** When goodbyes begin: the first of a host's after the last question; null: never. */
  readonly closing: number | null;
}

export type Rung = (ladder: Ladder, i: number) => Spot | null;

export const inQuestion = (question: Question, reason: Reason, confidence: number, because: string): Spot => ({
  section: "question",
  question,
  reason,
  confidence,
  because,
});

export const outside = (section: SectionKind, reason: Reason, confidence: number, because: string): Spot => ({
  section,
  question: null,
  reason,
  confidence,
  because,
});
