import type { Coverage, Handle, Place, Transcript, TweetId } from "../model.ts";
import { excerpt } from "../text/excerpt.ts";
import { advise, editOf } from "./advice.ts";
import { type Board, type SessionInput, setBoard } from "./board.ts";
import { type Finding, type FindingKind, type Scene, setScene, spamFindings, tweetFindings, type Writing } from "./findings.ts";
import { sessionFindings } from "./series.ts";
import { staleEdits } from "./stale.ts";

/** One thing a human should look at, with what to write to change it. */
export interface ReviewEntry {
  readonly kind: FindingKind;
  readonly id: TweetId | null;
  readonly who: Handle | null;
  readonly time: number | null;
  /** On one line, cut. Empty where the session is meant. */
  readonly text: string;
  /** Q2, welcome, … ; null: it is not about one tweet's place. */
  readonly stands: string | null;
  readonly why: string;
  readonly reason: string | null;
  readonly confidence: number | null;
  /** Tweets that stand or fall with it. */
  readonly below: number;
  /** null: no line of the file can change it. */
  readonly write: Writing | null;
  /** The line of the file that has to go: it speaks of the same tweet, or has no effect. */
  readonly instead: Place | null;
}

/** What a person reads in five minutes, at ten seconds each. */
const MOST = 30;

/** What needs a human, worst first, at most `most`; `more`: how many were left out. */
export function review(
  input: SessionInput,
  transcript: Transcript,
  { coverage = null, most = MOST }: { readonly coverage?: Coverage | null; readonly most?: number } = {},
): { readonly entries: ReviewEntry[]; readonly more: number } {
  const board = setBoard(input);
  const scene = setScene(transcript);
  const stale = staleEntries(input, scene);
  const said = new Set(stale.map(({ i }) => i));
  const session = sessionFindings(board, scene, coverage);
  // Where no question was found, every other tweet stands wrongly for that one reason.
  const own = transcript.questions.length === 0 ? [] : tweetFindings(scene);
  const single = [...own, ...spamFindings(scene)].filter(({ i }) => !said.has(i));
  const entries = [...session, ...single, ...stale].sort((a, b) => b.weight - a.weight || (a.i ?? -1) - (b.i ?? -1));
  const shown = entries.slice(0, most);
  return { entries: shown.map((finding) => entryOf(board, scene, finding)), more: entries.length - shown.length };
}

interface Stale extends Finding {
  readonly place: Place;
}

/** Edits without effect: an organiser believes them to hold. */
function staleEntries({ notes }: SessionInput, scene: Scene): Stale[] {
  const unheld = scene.transcript.unmatched.map(({ tweet, what, place }) => ({
    tweet,
    place,
    why: `${what} of tweet ${tweet}: not held here (yet)`,
  }));
  const without = staleEdits(notes.edits, scene.transcript).map((edit) => ({ ...edit, why: `edit of tweet ${edit.tweet}: ${edit.why}` }));
  return [...unheld, ...without].map(({ tweet, place, why }) => ({
    kind: "stale edit",
    i: scene.place.get(tweet) ?? null,
    weight: 1.5,
    why: `${why}; it has no effect`,
    below: 0,
    write: null,
    place,
  }));
}

function entryOf(board: Board, scene: Scene, finding: Finding | Stale): ReviewEntry {
  const { kind, i, below } = finding;
  const placed = i === null ? undefined : scene.placed[i];
  const told =
    i === null || finding.write !== undefined
      ? { why: finding.why, write: finding.write ?? null }
      : advise(board, scene, { ...finding, i });
  const ofParent = kind === "parent";
  return {
    kind,
    id: placed?.tweet.id ?? null,
    who: placed?.tweet.author.handle ?? null,
    time: placed?.tweet.time ?? null,
    text: placed === undefined ? "" : excerpt(placed.tweet.text),
    stands: placed === undefined ? null : (placed.placement.label ?? (placed.placement.question === null ? placed.placement.section : "+")),
    why: told.why,
    reason: (ofParent ? placed?.placement.parentReason : placed?.placement.reason) ?? null,
    confidence: (ofParent ? placed?.placement.parentConfidence : placed?.placement.confidence) ?? null,
    below,
    write: told.write,
    instead:
      "place" in finding ? finding.place : told.write?.under === "edits" ? (editOf(board, placed?.tweet.id ?? "")?.place ?? null) : null,
  };
}
