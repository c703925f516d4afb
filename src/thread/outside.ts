import type { Board } from "./board.ts";
import { placesBefore } from "./clock.ts";
import { closes, closingTalkIn, isGoodbye } from "./goodbye.ts";
import { isArrival, isGreeting, isIntroduction, isSelfIntroduction, isWelcome } from "./hello.ts";
import { type Ladder, outside, type Spot } from "./ladder.ts";
import { isNotice, isOfOtherChat } from "./notices.ts";
import type { Parsed } from "./parse.ts";
import type { Questions } from "./questions.ts";
import { isFlood, isStranger } from "./words.ts";

// Rung 5 of the ladder: what belongs to no question. Confidences by what stood right in a chat labelled in full (323 tweets) and the demo:
// greetings 89 of 89, goodbyes that say so 35 of 35, after the closing 18 of 19, after the window 6 of 6.

const SURE = 0.95;

export function byAfterHour(ladder: Ladder, i: number): Spot | null {
  const { start, minutes, grace } = ladder.board.input.session.window;
  const time = ladder.board.tweets[i]?.tweet.time ?? null;
  return time !== null && time >= start + (minutes + grace) * 60_000
    ? outside("after", "late", 0.9, "it was posted after the session's window")
    : null;
}

export function bySpam(ladder: Ladder, i: number): Spot | null {
  return isStranger(ladder.board, i) || isFlood(ladder.board, i)
    ? outside("unplaced", "spam?", 0.6, "a stranger's link, or the same words again and again")
    : null;
}

/** Once the chat has begun; before that it is a part of the welcome. */
export function byNotice({ board, opening, parents }: Ladder, i: number): Spot | null {
  const p = board.tweets[i];
  if (p?.tweet.time == null || opening === null || p.tweet.time < opening || parents[i]?.link?.reason === "id") return null;
  if (isNotice(board, p)) return outside("aside", "talk", 0.8, "posted into the chat: a giveaway, a sponsor, an invitation");
  return isOfOtherChat(board, p) ? outside("aside", "talk", 0.7, "bears the tags of something else, and not the chat's") : null;
}

/** Before the first question, or a hello at any time from someone who had said nothing yet. */
export function byGreeting(ladder: Ladder, i: number): Spot | null {
  const p = ladder.board.tweets[i];
  const first = ladder.opening;
  const time = p?.tweet.time ?? null;
  if (p === undefined || time === null || first === null) return null;
  if (time < first) return outside("welcome", "greeting", SURE, "the first question had not been asked");
  if (isWelcome(p)) return outside("welcome", "greeting", SURE, "welcomes somebody");
  if (p.own === null && isArrival(p, ladder.board.hosts)) return outside("welcome", "greeting", SURE, "says that they have come");
  const newcomer = ladder.board.byAuthor.get(p.who)?.[0] === i;
  if (newcomer && (isGreeting(p) || isSelfIntroduction(p)))
    return outside("welcome", "greeting", SURE, "says hello, and had said nothing before");
  const early = time < first + 10 * 60_000 && (isIntroduction(p) || isSelfIntroduction(p));
  return early ? outside("welcome", "greeting", SURE, "says hello while people are still arriving") : null;
}

/** So long after the goodbye answers without a number still come in; a link is a pitch. */
const LAST_WORDS = 60_000;

export function byGoodbye(ladder: Ladder, i: number): Spot | null {
  const p = ladder.board.tweets[i];
  const time = p?.tweet.time ?? null;
  if (p === undefined || time === null || p.own !== null) return null;
  if (saysGoodbye(ladder, i)) return outside("wrap-up", "goodbye", SURE, "says thanks or goodbye");
  const since = ladder.closing === null ? Number.NEGATIVE_INFINITY : time - ladder.closing;
  const closed = since >= (/https?:\/\//.test(p.tweet.text) ? 0 : LAST_WORDS) && (ladder.parents[i]?.link ?? null) === null;
  return closed && !goesOn(ladder, p, i) ? outside("wrap-up", "goodbye", 0.85, "the host had closed the chat") : null;
}

/** Talk that goes on after the goodbye was at it so long before. */
const AT_IT = 15 * 60_000;

/** Answers a tweet that is not held, by somebody whose latest words, not long ago, stand under a question. */
function goesOn({ board, spots }: Ladder, p: Parsed, i: number): boolean {
  if (p.tweet.replyTo === null) return false;
  const latest = Math.max(...p.lead.flatMap((who) => placesBefore(board.byAuthor.get(who) ?? [], i, 1)));
  const since = (p.tweet.time ?? 0) - (board.tweets[latest]?.tweet.time ?? 0);
  return spots[latest]?.section === "question" && since <= AT_IT;
}

/** Thanks in the first half of a session thank somebody for something. */
export function saysGoodbye({ board, questions }: Ladder, i: number): boolean {
  const p = board.tweets[i];
  const { start, minutes } = board.input.session.window;
  return p !== undefined && (p.tweet.time ?? 0) >= start + minutes * 30_000 && isGoodbye(p, askedFor(questions));
}

const asked = new WeakMap<Questions, ReadonlySet<string>>();

/** What numbered questions ask for that would else close a chat. */
function askedFor(questions: Questions): ReadonlySet<string> {
  const known = asked.get(questions) ?? closingTalkIn(questions.list.filter((q) => !q.side).map(({ text }) => text));
  asked.set(questions, known);
  return known;
}

/** People arrive so long where nobody numbers questions. */
const ARRIVING = 5 * 60_000;

/** When the first question is asked. Where none has a number: the first that came up, within five minutes of the start. */
export function openingTime({ input }: Board, { list }: Questions): number | null {
  const timed = list.filter((q) => q.at !== null);
  const numbered = timed.find((q) => !q.side);
  if (numbered !== undefined || timed[0] === undefined) return numbered?.at ?? null;
  return Math.min(timed[0].at ?? 0, input.session.window.start + ARRIVING);
}

/** The first goodbye of a host after the last question had had five minutes. Where none has a number talk goes on as before. */
export function closingTime(board: Board, questions: Questions): number | null {
  const last = Math.max(...questions.list.filter((q) => !q.side).map((q) => q.at ?? Number.NEGATIVE_INFINITY));
  if (!Number.isFinite(last)) return null;
  const closing = board.tweets.find((p) => board.hosts.has(p.who) && (p.tweet.time ?? 0) > last + 5 * 60_000 && closes(p));
  return closing?.tweet.time ?? null;
}

export function byNothing(ladder: Ladder, i: number): Spot {
  const answered = ladder.answered.has(i) || (ladder.parents[i]?.link ?? null) !== null;
  return answered
    ? outside("aside", "talk", 0.5, "talk outside the questions")
    : outside("aside", "none", 0.3, "nothing says where it belongs");
}
