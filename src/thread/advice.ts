import type { Edit, Question, Transcript, TweetId } from "../model.ts";
import { excerpt } from "../text/excerpt.ts";
import type { Board } from "./board.ts";
import { PARENT_WORDS } from "./explain.ts";
import { type Finding, key, type Scene, type Writing } from "./findings.ts";
import { explainParent } from "./parents.ts";
import { explainSpot, type Spot } from "./place.ts";

/** Why a tweet stands where it does, and what to write to put it where it would stand second. */
export interface Advice {
  readonly why: string;
  readonly write: Writing;
}

type OfTweet = Finding & { readonly i: number };

/** Asks the ladder what it says second: too dear for more than what is shown. */
export const advise = (board: Board, scene: Scene, finding: OfTweet): Advice =>
  finding.kind === "parent" ? adviseParent(board, scene, finding.i) : advisePlace(board, scene, finding);

/** The entry of the notes that speaks of a tweet already: a key stands once. */
export const editOf = ({ input, place }: Board, id: TweetId): Edit | null =>
  input.notes.edits.find((edit) => place.get(edit.tweet) === place.get(id)) ?? null;

/** A question, a section, or a parent (null: none). */
type Change = { readonly to: Question | "welcome" | "aside" | "wrap-up" } | { readonly reply: TweetId | null };

/** An edit of a tweet as the file says it, with what the file says of it already as far as both can stand in one entry; null: no edit can. */
function wordsOf(change: Change, old: Edit | null, { questions }: Transcript): string | null {
  const ask = (q: Question | undefined): string[] => (q?.asks[0] === undefined ? [] : [`question: ${key(q.asks[0])}`]);
  const reply = (id: TweetId | null): string => `reply: ${id === null ? "none" : key(id)}`;
  if ("reply" in change) {
    const known = questions.find((q) => q.label === old?.label || (old?.question !== undefined && q.asks.includes(old.question)));
    return `{ ${[...ask(known), reply(change.reply)].join(", ")} }`;
  }
  const { to } = change;
  if (typeof to === "string") return to;
  if (old?.reply === undefined && !to.side) return to.label;
  const parts = [...ask(to), ...(old?.reply === undefined ? [] : [reply(old.reply)])];
  return to.asks.length === 0 ? (to.side ? null : to.label) : `{ ${parts.join(", ")} }`;
}

/** `"2412345678": Q2  # Q1 keeps it` */
const line = (id: TweetId, words: string, keep: string | null): Writing => ({
  under: "edits",
  lines: [`${key(id)}: ${words}${keep === null ? "" : `  # ${keep} keeps it`}`],
  keep,
});

function advisePlace(board: Board, scene: Scene, { i, why }: OfTweet): Advice {
  const id = scene.placed[i]?.tweet.id ?? "";
  const words = (change: Change | null): string | null => (change === null ? null : wordsOf(change, editOf(board, id), scene.transcript));
  const [first, ...others] = explainSpot(board, i).map(({ spot }) => ({ spot, words: words(changeTo(spot)) }));
  const here = first?.words ?? null;
  const second = others.find((other) => other.words !== null && other.words !== here);
  const because = [why || first?.spot.because, second === undefined ? null : `next best ${nameOf(second.spot)}: ${second.spot.because}`];
  const other = second?.words ?? words(openBefore(board, scene.transcript, i));
  const write = other === null || other === here ? unlikeHere(board, scene, { i, here }) : line(id, other, here);
  return { why: because.filter(Boolean).join("; "), write };
}

/** Where no rung says anything else: what several people answer may be a question of its own, the rest is hello or goodbye. */
function unlikeHere(board: Board, { placed, below }: Scene, { i, here }: { readonly i: number; readonly here: string | null }): Writing {
  const p = board.tweets[i];
  const id = p?.tweet.id ?? "";
  if ((p?.question === true || (here === "aside" && p?.lead.length === 0)) && (below[i] ?? 0) > 1)
    return { under: "questions", lines: [`- { side: true, ask: ${key(id)} }`], keep: here };
  return line(id, here !== "aside" ? "aside" : i < placed.length / 2 ? "welcome" : "wrap-up", here);
}

const nameOf = ({ question, section }: Spot): string => (question === null ? section : question.label);

const changeTo = ({ question, section }: Spot): Change | null =>
  question !== null ? { to: question } : section === "welcome" || section === "aside" || section === "wrap-up" ? { to: section } : null;

/** The numbered question asked last before a tweet. */
function openBefore(board: Board, { questions }: Transcript, i: number): Change | null {
  const time = board.tweets[i]?.tweet.time ?? null;
  const to = questions.filter((q) => !q.side && q.at !== null && time !== null && q.at < time).at(-1);
  return to === undefined ? null : { to };
}

function adviseParent(board: Board, { placed, place, transcript }: Scene, i: number): Advice {
  const { tweet, placement } = placed[i] ?? {};
  const id = tweet?.id ?? "";
  const parent = placement?.parent ?? "";
  const other = explainParent(board, i).find(({ says }) => says.link !== null && says.link.parent !== parent)?.says.link?.parent ?? null;
  const above = placed[place.get(parent) ?? -1]?.tweet;
  const says = above === undefined ? "" : ` (@${above.author.handle}: ${excerpt(above.text, 40)})`;
  const words = (reply: TweetId | null): string => wordsOf({ reply }, editOf(board, id), transcript) ?? "";
  return {
    why: `taken to answer ${parent}${says}, as ${PARENT_WORDS[placement?.parentReason ?? "mention"]}`,
    write: line(id, words(other), words(parent)),
  };
}
