import type { EditValue, NotesChange } from "../config/notes-edit.ts";
import { UserError } from "../errors.ts";
import type { Edit, PlacedTweet, Question } from "../model.ts";

/** What an action changes in the file, and what is said once it is done. */
export interface Decision {
  readonly changes: readonly NotesChange[];
  readonly said: string;
}

/** By its label where that says all; by the tweet that asks where the question has none, or the file says more of the tweet. */
export function inQuestion(question: Question, old: Edit | null): EditValue {
  const more = { ...(old?.ask !== undefined && { ask: old.ask }), ...(old?.reply !== undefined && { reply: old.reply }) };
  if (!question.side && Object.keys(more).length === 0) return { label: question.label };
  const [ask] = question.asks;
  if (ask !== undefined) return { question: ask, ...more };
  if (question.side) throw new UserError("no tweet asks this side question, so no line of the file can put a tweet there");
  return { label: question.label };
}

export const editChange = (placed: PlacedTweet, old: Edit | null, to: EditValue | null): NotesChange => ({
  at: "edits",
  tweet: old?.tweet ?? placed.tweet.id,
  to,
});
