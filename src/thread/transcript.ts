import type { PlacedTweet, Section, SectionKind, Thread, Transcript, TweetId } from "../model.ts";
import { type Board, type SessionInput, setBoard } from "./board.ts";
import { place } from "./place.ts";
import type { Questions } from "./questions.ts";

/** A session's tweets and notes -> its transcript. Pure: any order of the same input gives the same transcript. */
export function transcribe(input: SessionInput): Transcript {
  const board = setBoard(input);
  const { questions, placements } = place(board);
  const placed = board.tweets.flatMap((p, i) => {
    const placement = placements[i];
    return placement === undefined ? [] : [{ tweet: p.tweet, placement }];
  });
  return {
    session: input.session,
    questions: questions.list,
    placed,
    context: input.context,
    sections: sectionsOf(placed, questions),
    reposts: repostsOf(placed),
    tombstones: (input.tombstones ?? []).filter(({ anchor }) => anchor),
    removed: input.removed ?? new Set(),
    unmatched: unmatched(board),
  };
}

/** In reading order: welcome, the questions as they were asked, and what lies outside them. Empty ones are left out, but for questions. */
function sectionsOf(placed: readonly PlacedTweet[], questions: Questions): Section[] {
  const shown = placed.filter((p) => !p.placement.hidden && p.placement.asks === null && p.tweet.repostOf === null);
  const filed = Map.groupBy(shown, ({ placement }): number | SectionKind => placement.question ?? placement.section);
  const outside = (kind: SectionKind): Section[] => {
    const threads = foldThreads(filed.get(kind) ?? []);
    return threads.length === 0 ? [] : [{ kind, question: null, threads }];
  };
  const asked = questions.list.map(
    (question): Section => ({ kind: "question", question, threads: foldThreads(filed.get(question.number) ?? []) }),
  );
  return [...outside("welcome"), ...asked, ...outside("aside"), ...outside("wrap-up"), ...outside("after"), ...outside("unplaced")];
}

/** Folds tweets of one section, oldest first, into reply threads. A tweet whose parent stands elsewhere starts a thread of its own,
 *  so none is ever lost. */
function foldThreads(placed: readonly PlacedTweet[]): Thread[] {
  const nodes = new Map<TweetId, Thread & { readonly replies: Thread[] }>();
  const roots: Thread[] = [];
  for (const { tweet, placement } of placed) {
    const node = { tweet, placement, replies: [] };
    const parent = placement.parent === null ? undefined : nodes.get(placement.parent);
    (parent?.replies ?? roots).push(node);
    nodes.set(tweet.id, node);
  }
  return roots;
}

function repostsOf(placed: readonly PlacedTweet[]): Map<TweetId, PlacedTweet[]> {
  const reposts = new Map<TweetId, PlacedTweet[]>();
  for (const p of placed) {
    if (p.tweet.repostOf === null || p.placement.hidden) continue;
    const original = p.placement.relation === "repost" ? (p.placement.parent ?? p.tweet.repostOf) : p.tweet.repostOf;
    const list = reposts.get(original);
    if (list === undefined) reposts.set(original, [p]);
    else list.push(p);
  }
  return reposts;
}

/** Entries of the notes whose tweet this session does not hold. */
function unmatched(board: Board): Transcript["unmatched"] {
  const { notes } = board.input;
  const held = (id: TweetId): boolean => board.place.has(id);
  const asked = notes.questions.flatMap((q) => q.ask.map((tweet) => ({ tweet, what: "question", place: q.place })));
  const edited = notes.edits.flatMap((e) =>
    [e.tweet, ...(e.question === undefined ? [] : [e.question])].map((tweet) => ({ tweet, what: "edit", place: e.place })),
  );
  const pinned = notes.pins.map((p) => ({ tweet: p.tweet, what: "pin", place: p.place }));
  const remarked = notes.remarks.map((r) => ({ tweet: r.tweet, what: "remark", place: r.place }));
  return [...asked, ...edited, ...pinned, ...remarked].filter((entry) => !held(entry.tweet));
}
