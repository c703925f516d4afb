import type { EditValue, NotesChange, QuestionValue } from "../config/notes-edit.ts";
import { UserError } from "../errors.ts";
import type { NotedQuestion, PlacedTweet, Question } from "../model.ts";
import { type Decision, editChange, inQuestion } from "./decision.ts";
import { labelOf, type Standing, saidOf } from "./standing.ts";

const NO_QUESTION: QuestionValue = { number: null, side: false, name: null, ask: [], text: null, at: null, by: null };

/** Makes a tweet ask a question. `number` null: a side question. */
export function askChanges(standing: Standing, placed: PlacedTweet, number: number | null): Decision {
  const { tweet } = placed;
  const taken = standing.transcript.questions.find((one) => number !== null && one.label === `Q${number}`);
  if (taken?.asks.includes(tweet.id)) throw new UserError(`this tweet asks Q${number} already`);
  if (taken !== undefined && taken.asks.length > 0)
    throw new UserError(`Q${number} is asked by another tweet; make this a question by itself, and merge the two`);
  if (number === null && standing.transcript.questions.some((one) => one.side && one.asks[0] === tweet.id && one.from === "notes"))
    throw new UserError("this tweet asks a side question already");
  const place = standing.notes.questions.findIndex((one) => number !== null && one.number === number);
  const known = standing.notes.questions[place];
  const entry: NotesChange =
    known === undefined
      ? { at: "questions", place: null, to: { ...NO_QUESTION, number, side: number === null, ask: [tweet.id] } }
      : { at: "questions", place, to: { ...known, ask: [...known.ask, tweet.id] } };
  const said = `@${tweet.author.handle} asks ${number === null ? "a side question" : `Q${number}`}`;
  return { changes: [...withoutAsk(standing, placed), ...unsaid(standing, placed), shifted(standing, placed, entry)], said };
}

/** The entries of a tweet go before it gets another: places in the list move up. */
function shifted(standing: Standing, placed: PlacedTweet, entry: NotesChange): NotesChange {
  if (entry.at !== "questions" || entry.place === null) return entry;
  const { place } = entry;
  const gone = withoutAsk(standing, placed).filter((one) => one.at === "questions" && one.to === null && Number(one.place) < place);
  return { ...entry, place: place - gone.length };
}

/** What the file says of its place, or that it asks nothing, does not go with asking. */
function unsaid({ notes }: Standing, placed: PlacedTweet): NotesChange[] {
  const old = saidOf(notes.edits, placed);
  if (old === null) return [];
  return [editChange(placed, old, old.reply === undefined ? null : { reply: old.reply })];
}

/** Takes a tweet out of what the file says is asked. */
function withoutAsk({ notes }: Standing, { tweet }: PlacedTweet): NotesChange[] {
  const ids = new Set([tweet.id, ...tweet.aliases]);
  const place = notes.questions.findIndex(({ ask }) => ask.some((id) => ids.has(id)));
  const known = notes.questions[place];
  if (known === undefined) return [];
  const ask = known.ask.filter((id) => !ids.has(id));
  const stays = ask.length > 0 || (known.number !== null && known.text !== null);
  return [{ at: "questions", place, to: stays ? { ...known, ask } : null }];
}

/** Says that a tweet asks nothing. */
export function unaskChanges(standing: Standing, placed: PlacedTweet): Decision {
  if (placed.placement.asks === null) throw new UserError("this tweet asks no question");
  const old = saidOf(standing.notes.edits, placed);
  const edit: EditValue = { ask: false, ...(old?.reply !== undefined && { reply: old.reply }) };
  return {
    changes: [...withoutAsk(standing, placed), editChange(placed, old, edit)],
    said: `@${placed.tweet.author.handle}’s tweet asks no question`,
  };
}

/** A question that no tweet asks. */
export function newQuestion({ transcript, notes }: Standing, number: number, text: string): Decision {
  if (transcript.questions.some((one) => one.label === `Q${number}`) || notes.questions.some((one) => one.number === number))
    throw new UserError(`Q${number} is there already`);
  return { changes: [{ at: "questions", place: null, to: { ...NO_QUESTION, number, text } }], said: `Q${number} is there` };
}

/** Where the file's list has a question; -1: nowhere. */
const placeOf = ({ notes }: Standing, { label, side, asks, anchor }: Question): number =>
  notes.questions.findIndex((one) =>
    one.side !== side ? false : side ? one.ask.some((id) => asks.includes(id)) || `s-${one.name}` === anchor : `Q${one.number}` === label,
  );

/** Its entry, or what one of its own would say. */
function entryOf(standing: Standing, question: Question): { readonly place: number | null; readonly value: QuestionValue } {
  const place = placeOf(standing, question);
  const known = standing.notes.questions[place];
  if (known !== undefined) return { place, value: saysOf(known) };
  const number = /^Q(\d{1,3})$/.exec(question.label)?.[1];
  if (number === undefined && !question.side)
    throw new UserError(`${question.label}: the file's list holds whole numbers and side questions only`);
  return {
    place: null,
    value: { ...NO_QUESTION, number: number === undefined ? null : Number(number), side: question.side, ask: question.asks },
  };
}

const saysOf = ({ place: _, ...value }: NotedQuestion): QuestionValue => value;

export function renameChanges(standing: Standing, question: Question, text: string): Decision {
  const { place, value } = entryOf(standing, question);
  if (question.text === text) throw new UserError(`${labelOf(question)} has these words already`);
  return {
    changes: [{ at: "questions", place, to: { ...value, text } }],
    said: `${question.side ? "The side question" : question.label} has new words`,
  };
}

/** The tweets that ask one question ask the other, and what was answered to the one stands in the other. */
export function mergeChanges(standing: Standing, from: Question, into: Question): Decision {
  if (from.anchor === into.anchor) throw new UserError("choose another question to merge it with");
  if (from.from === "heading") throw new UserError(`${labelOf(from)} is a heading of the imported file: move its tweets one by one`);
  const asking = from.asks.flatMap((id) => standing.transcript.placed.filter(({ tweet }) => tweet.id === id));
  const place = placeOf(standing, from);
  const { place: target, value } = entryOf(standing, into);
  const asks = asking.map(({ tweet }) => tweet.id);
  const changes: NotesChange[] = [
    ...movedAnswers(standing, from, into),
    ...asking.flatMap((placed) => unsaid(standing, placed)),
    { at: "questions", place: target, to: { ...value, ask: [...new Set([...value.ask, ...asks])] } },
    ...(place < 0 ? [] : [{ at: "questions", place, to: null } as const]),
  ];
  // an id stands in one entry only: the one goes before the other gets it
  const ordered = place < 0 ? changes : reordered(changes, place);
  return { changes: ordered, said: `${sentence(labelOf(from))} is part of ${labelOf(into)}` };
}

const sentence = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

function reordered(changes: readonly NotesChange[], gone: number): NotesChange[] {
  const isGone = (one: NotesChange): boolean => one.at === "questions" && one.to === null;
  const others = changes
    .filter((one) => !isGone(one))
    .map((one) => (one.at === "questions" && one.place !== null && one.place > gone ? { ...one, place: one.place - 1 } : one));
  return [...changes.filter(isGone), ...others];
}

/** Tweets that stand in a question by its number or by the file's word. What hangs below them goes with them. */
function movedAnswers(standing: Standing, from: Question, into: Question): NotesChange[] {
  return standing.transcript.placed.flatMap((placed) => {
    const { placement, tweet } = placed;
    if (placement.question !== from.number || placement.asks !== null || tweet.repostOf !== null) return [];
    const old = saidOf(standing.notes.edits, placed);
    if (placement.reason !== "number" && placement.reason !== "heading" && old?.label === undefined) return [];
    return [editChange(placed, old, inQuestion(into, old))];
  });
}

/** A numbered question becomes one that came up; its answers stay with it. */
export function sideChanges(standing: Standing, question: Question): Decision {
  if (question.side) throw new UserError("this is a side question already");
  if (question.asks.length === 0) throw new UserError(`no tweet asks ${question.label}: a side question needs the tweet that asks it`);
  const { place, value } = entryOf(standing, question);
  const side: Question = { ...question, side: true };
  const asking = standing.transcript.placed.filter(({ tweet }) => question.asks.includes(tweet.id));
  return {
    changes: [
      ...movedAnswers(standing, question, side),
      ...asking.flatMap((placed) => unsaid(standing, placed)),
      { at: "questions", place, to: { ...value, number: null, side: true, ask: question.asks } },
    ],
    said: `${question.label} is a side question`,
  };
}
