import type { Edit, Placement, Question, Reason, SectionKind, TweetId } from "../model.ts";
import type { Board } from "./board.ts";
import { type NumberedTimes, numberedTimes, openAt, votesAround } from "./clock.ts";
import { findParents, type Parent } from "./parents.ts";
import { retoldNumber } from "./parse.ts";
import { findQuestions, keyOf, type Questions, sideQuestions } from "./questions.ts";
import { isFlood, isGoodbye, isGreeting, isIntroduction, isStranger } from "./words.ts";

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
interface Ladder {
  readonly board: Board;
  readonly questions: Questions;
  readonly parents: readonly Parent[];
  readonly spots: Spot[];
  readonly edits: ReadonlyMap<TweetId, Edit>;
  readonly numbered: NumberedTimes;
  /** Tweets that something answers. */
  readonly answered: ReadonlySet<number>;
  /** When goodbyes begin: the first of a host's after the last question; null: never. */
  readonly closing: number | null;
}

type Rung = (ladder: Ladder, i: number) => Spot | null;

/** Rungs 4 and 5 of the ladder, in order; the first that answers wins. */
const RUNGS: readonly Rung[] = [
  byEdit,
  byAsking,
  byOwnNumber,
  byHeading,
  byAfterHour,
  bySpam,
  byThread,
  byRetoldNumber,
  byGreeting,
  byGoodbye,
  byNeighbours,
  byClock,
  byNothing,
];

function setLadder(board: Board): Ladder {
  const numbered = findQuestions(board);
  const parents = findParents(board);
  const sides = sideQuestions(board, numbered, repliers(board, parents));
  const questions = sides.length === 0 ? numbered : findQuestions(board, sides);
  const edits = new Map(
    board.input.notes.edits.flatMap((e) =>
      e.ask === undefined ? [[board.tweets[board.place.get(e.tweet) ?? -1]?.tweet.id ?? e.tweet, e] as const] : [],
    ),
  );
  const ladder = {
    board,
    questions,
    parents,
    spots: [],
    edits,
    numbered: numberedTimes(board, questions),
    answered: new Set(parents.flatMap(({ link }) => link?.i ?? [])),
    closing: closingTime(board, questions),
  };
  return ladder;
}

/** The placement of every tweet, by its place on the board. */
export function place(board: Board): { readonly questions: Questions; readonly placements: readonly Placement[] } {
  const ladder = setLadder(board);
  climb(ladder);
  return { questions: ladder.questions, placements: board.tweets.map((_, i) => placementOf(ladder, i)) };
}

function climb(ladder: Ladder): void {
  for (let i = 0; i < ladder.board.tweets.length; i++) ladder.spots.push(firstSpot(ladder, i));
}

function firstSpot(ladder: Ladder, i: number): Spot {
  for (const rung of RUNGS) {
    const spot = rung(ladder, i);
    if (spot !== null) return spot;
  }
  return byNothing(ladder, i);
}

/** What every rung says of one tweet, the one that won first. */
export function explainSpot(board: Board, i: number): readonly { readonly rung: string; readonly spot: Spot }[] {
  const ladder = setLadder(board);
  climb(ladder);
  return RUNGS.flatMap((rung) => {
    const spot = rung(ladder, i);
    return spot === null ? [] : [{ rung: rung.name, spot }];
  });
}

/** Who else answers each tweet, by the source's own ids. */
function repliers(board: Board, parents: readonly Parent[]): Map<TweetId, Set<string>> {
  const found = new Map<TweetId, Set<string>>();
  for (const [i, { link }] of parents.entries()) {
    const who = board.tweets[i]?.who;
    if (link?.i == null || link.reason !== "id" || who === undefined || who === board.tweets[link.i]?.who) continue;
    const set = found.get(link.parent);
    if (set === undefined) found.set(link.parent, new Set([who]));
    else set.add(who);
  }
  return found;
}

function placementOf(ladder: Ladder, i: number): Placement {
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
    relation: parent?.link?.relation ?? (p?.tweet.repostOf == null ? null : "repost"),
    parentReason: parent?.link?.reason ?? (parent?.gone === true ? "not captured" : null),
    parentConfidence: parent?.link == null ? null : round(parent.link.confidence),
    late: spot.question !== null && time !== null && isLate(questions, spot.question, time),
    untagged: board.input.untagged.has(id),
    hidden: ladder.edits.get(id)?.hide === true,
  };
}

const round = (x: number): number => Math.round(x * 1000) / 1000;

/** The numbered question after its own had already been asked. */
function isLate(questions: Questions, own: Question, time: number): boolean {
  const next = questions.list.slice(questions.list.indexOf(own) + 1).find((q) => !q.side && q.at !== null);
  return next?.at != null && time >= next.at;
}

const inQuestion = (question: Question, reason: Reason, confidence: number, because: string): Spot => ({
  section: "question",
  question,
  reason,
  confidence,
  because,
});
const outside = (section: SectionKind, reason: Reason, confidence: number, because: string): Spot => ({
  section,
  question: null,
  reason,
  confidence,
  because,
});

function byEdit(ladder: Ladder, i: number): Spot | null {
  const edit = ladder.edits.get(ladder.board.tweets[i]?.tweet.id ?? "");
  if (edit?.section !== undefined) return outside(edit.section, "edit", 1, "the session's file says so");
  const question =
    edit?.label !== undefined
      ? ladder.questions.byKey.get(keyOf(edit.label))
      : edit?.question !== undefined
        ? ladder.questions.byAsk.get(edit.question)
        : undefined;
  return question === undefined ? null : inQuestion(question, "edit", 1, "the session's file says so");
}

function byAsking(ladder: Ladder, i: number): Spot | null {
  const question = ladder.questions.byAsk.get(ladder.board.tweets[i]?.tweet.id ?? "");
  return question === undefined
    ? null
    : inQuestion(question, "asks", question.side && question.from === "tweet" ? 0.55 : 0.95, `asks ${question.label}`);
}

function byOwnNumber(ladder: Ladder, i: number): Spot | null {
  const own = ladder.board.tweets[i]?.own;
  if (own == null) return null;
  const question = ladder.questions.byKey.get(own.key) ?? ladder.questions.byKey.get(own.key.replace(/\D.*$/, ""));
  if (question !== undefined && isAhead(ladder, i, question)) return null;
  if (question !== undefined) return inQuestion(question, "number", 0.95, `says ${own.label}`);
  if (ladder.questions.byKey.size === 0 || byThread(ladder, i) !== null) return null;
  return outside("unplaced", "unmatched", 0.5, `says ${own.label}, which nobody asked`);
}

/** Two minutes and more before its question, a number amid the words speaks of what is to come: `saving it for Q1`. */
function isAhead(ladder: Ladder, i: number, question: Question): boolean {
  const p = ladder.board.tweets[i];
  const time = p?.tweet.time ?? null;
  return p?.own?.where !== "lead" && time !== null && question.at !== null && time < question.at - 120_000;
}

function byHeading(ladder: Ladder, i: number): Spot | null {
  const heading = ladder.board.tweets[i]?.tweet.heading ?? null;
  const question = heading === null ? undefined : ladder.questions.byHeading.get(heading);
  return question === undefined ? null : inQuestion(question, "heading", 0.95, `stands below "${heading}"`);
}

function byAfterHour(ladder: Ladder, i: number): Spot | null {
  const { start, minutes, grace } = ladder.board.input.session.window;
  const time = ladder.board.tweets[i]?.tweet.time ?? null;
  return time !== null && time >= start + (minutes + grace) * 60_000
    ? outside("after", "late", 0.9, "it was posted after the session's window")
    : null;
}

function bySpam(ladder: Ladder, i: number): Spot | null {
  return isStranger(ladder.board, i) || isFlood(ladder.board, i)
    ? outside("unplaced", "spam?", 0.6, "a stranger's link, or the same words again and again")
    : null;
}

/** The tweet it answers, as far as that link can be trusted. */
function byThread(ladder: Ladder, i: number): Spot | null {
  const link = ladder.parents[i]?.link ?? null;
  const above = link?.i == null ? undefined : ladder.spots[link.i];
  if (link === null || above === undefined || above.reason === "none" || above.reason === "spam?") return null;
  const reason: Reason = link.relation === "repost" ? "repost" : link.relation === "quote" ? "quote" : "thread";
  // A thank-you addressed to somebody answers the chat, not that person's latest tweet; a hello goes on with nothing.
  const guessed = link.reason === "mention" || link.reason === "self";
  const social = guessed ? (byGoodbye(ladder, i) ?? byGreeting(ladder, i)) : null;
  if (social !== null) return social;
  return {
    ...above,
    reason,
    confidence: Math.min(0.95, above.confidence * link.confidence),
    because: `${link.relation} to ${link.parent} (${link.reason})`,
  };
}

function byRetoldNumber(ladder: Ladder, i: number): Spot | null {
  const p = ladder.board.tweets[i];
  const token = p === undefined ? null : retoldNumber(p);
  const question = token === null ? undefined : ladder.questions.byKey.get(token.key);
  return question === undefined ? null : inQuestion(question, "number", 0.8, `retells ${token?.label}`);
}

/** Before the first question, or a hello at any time from someone who had said nothing yet. */
function byGreeting(ladder: Ladder, i: number): Spot | null {
  const p = ladder.board.tweets[i];
  const first = ladder.questions.list.find((q) => !q.side && q.at !== null)?.at ?? null;
  const time = p?.tweet.time ?? null;
  if (p === undefined || time === null || first === null) return null;
  if (time < first) return outside("welcome", "greeting", 0.9, "the first question had not been asked");
  const newcomer = ladder.board.byAuthor.get(p.who)?.[0] === i;
  if (newcomer && isGreeting(p)) return outside("welcome", "greeting", 0.75, "says hello, and had said nothing before");
  const early = time < first + 10 * 60_000 && isIntroduction(p);
  return early ? outside("welcome", "greeting", 0.7, "says hello while people are still arriving") : null;
}

function byGoodbye(ladder: Ladder, i: number): Spot | null {
  const p = ladder.board.tweets[i];
  const time = p?.tweet.time ?? null;
  if (p === undefined || time === null || p.own !== null) return null;
  const { start, minutes } = ladder.board.input.session.window;
  const said = isGoodbye(p) && time >= start + minutes * 60_000 * 0.5;
  if (said) return outside("wrap-up", "goodbye", 0.8, "says thanks or goodbye");
  const closed = ladder.closing !== null && time >= ladder.closing && (ladder.parents[i]?.link ?? null) === null;
  return closed ? outside("wrap-up", "goodbye", 0.65, "the host had closed the chat") : null;
}

/** The first goodbye of a host after the last question had had five minutes. */
function closingTime(board: Board, questions: Questions): number | null {
  const last = Math.max(...questions.list.filter((q) => !q.side).map((q) => q.at ?? Number.NEGATIVE_INFINITY));
  if (!Number.isFinite(last)) return null;
  const closing = board.tweets.find(
    (p) => board.hosts.has(p.who) && isGoodbye(p) && p.own === null && (p.tweet.time ?? 0) > last + 5 * 60_000,
  );
  return closing?.tweet.time ?? null;
}

function byNeighbours(ladder: Ladder, i: number): Spot | null {
  const time = ladder.board.tweets[i]?.tweet.time ?? null;
  const votes = time === null ? null : votesAround(ladder.numbered, ladder.questions, time);
  if (votes === null) return null;
  return inQuestion(
    votes.question,
    "neighbours",
    0.5 + 0.35 * votes.share,
    `people around it say ${votes.question.label} (${Math.round(votes.share * 100)} %)`,
  );
}

/** For so long after a question most unnumbered tweets still answer the one before (threading.md: lag of answers). */
const GRACE = 90_000;

function byClock(ladder: Ladder, i: number): Spot | null {
  const time = ladder.board.tweets[i]?.tweet.time ?? null;
  const open = time === null ? null : (openAt(ladder.questions, time - GRACE) ?? openAt(ladder.questions, time));
  return open === null ? null : inQuestion(open, "clock", 0.6, `${open.label} was open`);
}

function byNothing(ladder: Ladder, i: number): Spot {
  const answered = ladder.answered.has(i) || (ladder.parents[i]?.link ?? null) !== null;
  return answered
    ? outside("aside", "talk", 0.5, "talk outside the questions")
    : outside("aside", "none", 0.3, "nothing says where it belongs");
}
