import type { ParentReason, Tombstone, Tweet, TweetId } from "../model.ts";
import { excerpt } from "../text/excerpt.ts";
import { type Board, type SessionInput, setBoard } from "./board.ts";
import { explainParent } from "./parents.ts";
import { explainSpot, type Spot } from "./place.ts";
import { staleEdits } from "./stale.ts";
import { transcribe } from "./transcript.ts";

/** What a session has to do with a tweet. */
type State = "placed" | "hidden" | "context" | "removed" | "elsewhere";

export interface Explanation {
  readonly state: State;
  readonly lines: readonly string[];
  readonly json: object;
}

/** The ladder for one tweet, by its id or that of another version: which rung placed it, on what evidence, and what would have come
 *  second; of a tweet that has no place here, why. */
export function explainTweet(input: SessionInput, id: TweetId): Explanation {
  const board = setBoard(input);
  const i = board.place.get(id);
  if (i !== undefined) return explainPlaced(board, i, id);
  const grave = input.tombstones?.find(({ tweet }) => tweet === id);
  if (grave !== undefined) return explainRemoved(board, grave);
  const context = board.context.get(id);
  if (context !== undefined) return explainContext(board, context);
  const state = input.removed?.has(id) === true ? "removed" : "elsewhere";
  const lines = [
    `${id} is ${state === "removed" ? "a removed tweet of another session or of none" : "not in this session"}.`,
    ...speaking(board, [id]),
  ];
  return { state, lines, json: { id, state } };
}

interface SpotRow {
  readonly rung: string;
  readonly goes: string;
  readonly confidence: number;
  readonly because: string;
}

interface ParentRow {
  readonly rung: string;
  readonly parent: TweetId | null;
  readonly relation: string | null;
  readonly confidence: number | null;
  readonly because: string;
  readonly notCaptured: boolean;
}

function explainPlaced(board: Board, i: number, asked: TweetId): Explanation {
  const tweet = board.tweets[i]?.tweet;
  if (tweet === undefined) throw new Error(`no tweet at ${i}`);
  const spots = explainSpot(board, i).map(({ rung, spot }) => spotRow(rung, spot));
  const parents = parentRows(board, i);
  const transcript = transcribe(board.input);
  const hidden = transcript.placed[i]?.placement.hidden === true;
  const notes = [...remarksOf(board, tweet, asked), ...editLines(board, tweet, transcript)];
  const runnerUp = spots.find((spot) => spot.goes !== spots[0]?.goes) ?? null;
  const otherParent = parents.find((row) => row.parent !== parents[0]?.parent) ?? null;
  const lines = [
    `${tweet.id} @${tweet.author.handle}: ${oneLine(tweet.text)}`,
    ...(hidden ? ["It is hidden: the session's file says so. It has a place all the same:"] : []),
    ...notes,
    `Stands in ${sentence(spots[0])}`,
    runnerUp === null ? "No rung says anything else." : `Second: ${sentence(runnerUp)}`,
    ...parentLines(board, parents, otherParent),
    "All rungs, in order:",
    ...spots.map((s, n) => `${n === 0 ? "->" : "  "} ${s.goes.padEnd(9)} ${s.confidence.toFixed(2)}  ${s.rung}: ${s.because}`),
  ];
  const state = hidden ? "hidden" : "placed";
  return { state, lines, json: { id: tweet.id, state, spots, runner_up: runnerUp, parents, other_parent: otherParent } };
}

const spotRow = (rung: string, { question, section, confidence, because }: Spot): SpotRow => ({
  rung: wordsOfName(rung),
  goes: question === null ? section : question.label,
  confidence: round(confidence),
  because,
});

function parentRows(board: Board, i: number): ParentRow[] {
  return explainParent(board, i).map(({ rung, says }) => ({
    rung: wordsOfName(rung),
    parent: says.link?.parent ?? null,
    relation: says.link?.relation ?? null,
    confidence: says.link === null ? null : round(says.link.confidence),
    because:
      says.link === null ? (says.gone ? PARENT_WORDS["not captured"] : "the session's file says so") : PARENT_WORDS[says.link.reason],
    notCaptured: says.gone,
  }));
}

/** How a tweet's parent is known, in words. */
export const PARENT_WORDS: Readonly<Record<ParentReason, string>> = {
  edit: "the session's file says so",
  id: "the source says so",
  quote: "it quotes it",
  repost: "it reposts it",
  "retweet text": "it retells its words",
  numbering: "it is the part before this one",
  self: "the same author goes on",
  mention: "it speaks to its author, a guess",
  "not captured": "it answers a tweet that is not held",
};

const sentence = (spot: SpotRow | undefined): string =>
  spot === undefined ? "no place." : `${spot.goes} (${spot.confidence.toFixed(2)}) by ${spot.rung}: ${spot.because}.`;

function parentLines(board: Board, [first]: readonly ParentRow[], other: ParentRow | null): string[] {
  if (first === undefined) return ["Answers nothing: no rung finds a tweet it answers."];
  return [`Answers ${parentSentence(board, first)}`, ...(other === null ? [] : [`Second: ${parentSentence(board, other)}`])];
}

function parentSentence(board: Board, { parent, relation, confidence, because }: ParentRow): string {
  if (parent === null) return `nothing that is held: ${because}.`;
  const above = board.tweets[board.place.get(parent) ?? -1]?.tweet ?? board.context.get(parent);
  const who = above === undefined ? "" : ` @${above.author.handle} "${excerpt(above.text, 40)}"`;
  return `${parent}${who} (${relation}, ${(confidence ?? 0).toFixed(2)}): ${because}.`;
}

/** That the id asked for is another version's, that it came in without the tag. */
function remarksOf({ input }: Board, { id }: Tweet, asked: TweetId): string[] {
  return [
    ...(asked === id ? [] : [`${asked} is another version of it.`]),
    ...(input.untagged.has(id) ? ["It has no tag of the chat: it came in by conversation."] : []),
  ];
}

/** What the session's file says of a tweet, and whether that has an effect. */
function editLines({ input, place }: Board, { id }: Tweet, transcript: ReturnType<typeof transcribe>): string[] {
  const own = input.notes.edits.filter(({ tweet }) => place.get(tweet) === place.get(id));
  const stale = new Map(staleEdits(own, transcript).map((edit) => [edit.place, edit.why]));
  return own.map(({ place: at }) => {
    const why = stale.get(at);
    return `Its edit stands in ${at.file}:${at.line}${why === undefined ? "." : `, and has no effect: ${why}.`}`;
  });
}

function explainContext(board: Board, tweet: Tweet): Explanation {
  const lines = [
    `${tweet.id} @${tweet.author.handle}: ${oneLine(tweet.text)}`,
    "Context: held only because others speak of it. It has no place of its own; it is shown above what answers it.",
    ...speaking(board, [tweet.id, ...tweet.aliases]),
  ];
  return { state: "context", lines, json: { id: tweet.id, state: "context" } };
}

function explainRemoved(board: Board, { tweet, reason, on, asked }: Tombstone): Explanation {
  const what = asked === null ? "" : ` It asked ${asked === "+" ? "a side question" : asked}, which keeps its place without words.`;
  const lines = [
    `${tweet} is not shown: removed on ${on} (${reason}). Nothing of it is left to place.${what}`,
    ...speaking(board, [tweet]),
  ];
  return { state: "removed", lines, json: { id: tweet, state: "removed", reason, on, asked } };
}

/** `Answered, quoted or reposted by: 104 @bob, 106 @amy and 3 more` */
function speaking(board: Board, ids: readonly TweetId[]): string[] {
  const named = new Set(ids);
  const by = board.tweets.filter(({ tweet: t }) => [t.replyTo, t.quotes, t.repostOf].some((id) => id !== null && named.has(id)));
  const shown = by.slice(0, 5).map(({ tweet }) => `${tweet.id} @${tweet.author.handle}`);
  const more = by.length > shown.length ? ` and ${by.length - shown.length} more` : "";
  return by.length === 0 ? [] : [`Answered, quoted or reposted by: ${shown.join(", ")}${more}`];
}

const oneLine = (text: string): string => text.replace(/\s+/g, " ");
const round = (x: number): number => Math.round(x * 1000) / 1000;

/** byOwnNumber -> own number */
const wordsOfName = (name: string): string =>
  name
    .replace(/^by/, "")
    .replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .trim();
