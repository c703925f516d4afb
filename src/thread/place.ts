import type { Placement, Question } from "../model.ts";
import type { Board } from "./board.ts";
import { setGuess } from "./guess.ts";
import { inQuestion, type Ladder, type Rung, type Spot } from "./ladder.ts";
import { byAfterHour, byGoodbye, byGreeting, byNothing, byNotice, bySpam, closingTime, openingTime } from "./outside.ts";
import { findParents, type Parent, relationOf } from "./parents.ts";
import { findQuestions, type Questions } from "./questions.ts";
import {
  byAsking,
  byCorrection,
  byEdit,
  byGuess,
  byHeading,
  byLeadUp,
  byOwnNumber,
  byRetoldNumber,
  bySpokenNumber,
  byThread,
  byTopic,
} from "./rungs.ts";
import { findSides } from "./side.ts";

export type { Spot } from "./ladder.ts";

/** Rungs 4 and 5 of the ladder, in order; the first that answers wins. */
const RUNGS: readonly Rung[] = [
  byEdit,
  byAsking,
  byOwnNumber,
  byHeading,
  byAfterHour,
  bySpam,
  byTopic,
  byLeadUp,
  byNotice,
  byCorrection,
  bySpokenNumber,
  byThread,
  byRetoldNumber,
  byGreeting,
  byGoodbye,
  byGuess,
  byNothing,
];

/** The placement of every tweet, by its place on the board. */
export function place(board: Board): { readonly questions: Questions; readonly placements: readonly Placement[] } {
  const ladder = climb(board);
  const lateFrom = lateTimes(ladder.questions.list);
  return { questions: ladder.questions, placements: board.tweets.map((_, i) => placementOf(ladder, lateFrom, i)) };
}

/** What every rung says of one tweet, the one that won first. */
export function explainSpot(board: Board, i: number): readonly { readonly rung: string; readonly spot: Spot }[] {
  const ladder = climb(board);
  return RUNGS.flatMap((rung) => {
    const spot = rung(ladder, i);
    const said = spot === null ? [] : [{ rung: rung.name, spot }];
    return rung === byGuess ? [...said, ...secondGuess(ladder, i)] : said;
  });
}

/** The question that a guess puts second. */
function secondGuess(ladder: Ladder, i: number): { readonly rung: string; readonly spot: Spot }[] {
  const guess = ladder.guess(i);
  if (guess?.second == null || guess.second.share < 0.05) return [];
  const { question, share } = guess.second;
  return [{ rung: "second guess", spot: inQuestion(question, guess.reason, share, "by the same evidence") }];
}

const climbed = new WeakMap<Board, Ladder>();

/** Places every tweet, oldest first; of one board once. */
function climb(board: Board): Ladder {
  const known = climbed.get(board);
  if (known !== undefined) return known;
  const spots: Spot[] = [];
  const ladder = setLadder(board, spots);
  for (let i = 0; i < board.tweets.length; i++) spots.push(firstSpot(ladder, i));
  climbed.set(board, ladder);
  return ladder;
}

function firstSpot(ladder: Ladder, i: number): Spot {
  for (const rung of RUNGS) {
    const spot = rung(ladder, i);
    if (spot !== null) return spot;
  }
  return byNothing(ladder, i);
}

function setLadder(board: Board, spots: readonly Spot[]): Ladder {
  const parents = findParents(board);
  const { questions, under } = allQuestions(board, parents);
  return {
    board,
    questions,
    under,
    parents,
    spots,
    edits: new Map(
      board.input.notes.edits.flatMap((e) =>
        e.ask === undefined ? [[board.tweets[board.place.get(e.tweet) ?? -1]?.tweet.id ?? e.tweet, e] as const] : [],
      ),
    ),
    guess: setGuess(board, questions, spots),
    answered: new Set(parents.flatMap(({ link }) => link?.i ?? [])),
    opening: openingTime(board, questions),
    closing: closingTime(board, questions),
  };
}

/** The numbered questions, and what came up besides. Where the session's file lists every numbered one, its list is whole. */
function allQuestions(board: Board, parents: readonly Parent[]): Pick<Ladder, "questions" | "under"> {
  const numbered = findQuestions(board);
  if (numbered.byKey.size > 0 && numbered.list.every((q) => q.from === "notes")) return { questions: numbered, under: [] };
  const { asks: found, under } = findSides(board, numbered, parents);
  const denied = new Set(board.input.notes.edits.flatMap((e) => (e.ask === false ? [board.place.get(e.tweet)] : [])));
  const asks = found.filter((id) => !denied.has(board.place.get(id)));
  return { questions: asks.length === 0 ? numbered : findQuestions(board, asks), under };
}

function placementOf(ladder: Ladder, lateFrom: ReadonlyMap<Question, number>, i: number): Placement {
  const { board, questions } = ladder;
  const p = board.tweets[i];
  const spot = ladder.spots[i] ?? byNothing(ladder, i);
  const parent = ladder.parents[i];
  const id = p?.tweet.id ?? "";
  const time = p?.tweet.time ?? null;
  return {
    section: spot.section,
    question: spot.question?.number ?? null,
    label: spot.question?.label ?? (spot.reason === "unmatched" ? (p?.own?.label ?? null) : null),
    asks: questions.byAsk.get(id)?.number ?? null,
    reason: spot.reason,
    confidence: round(spot.confidence),
    parent: parent?.link?.parent ?? null,
    relation: parent === undefined || p === undefined ? null : relationOf(parent, p),
    parentReason: parent?.link?.reason ?? (parent?.gone === true ? "not captured" : null),
    parentConfidence: parent?.link == null ? null : round(parent.link.confidence),
    late: spot.question !== null && time !== null && time >= (lateFrom.get(spot.question) ?? Number.POSITIVE_INFINITY),
    untagged: board.input.untagged.has(id),
    hidden: ladder.edits.get(id)?.hide === true,
  };
}

const round = (x: number): number => Math.round(x * 1000) / 1000;

/** When the next numbered question was asked, from which on an answer is late; of the last one nothing. */
function lateTimes(list: readonly Question[]): Map<Question, number> {
  const from = new Map<Question, number>();
  let next: number | null = null;
  for (const question of list.toReversed()) {
    if (next !== null) from.set(question, next);
    if (!question.side && question.at !== null) next = question.at;
  }
  return from;
}
