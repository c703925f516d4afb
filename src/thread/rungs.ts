import type { Question, Reason } from "../model.ts";
import { countBefore, placesBefore } from "./clock.ts";
import { inQuestion, type Ladder, outside, type Spot } from "./ladder.ts";
import { isCorrection } from "./notices.ts";
import { byGoodbye, byGreeting, saysGoodbye } from "./outside.ts";
import { type Parsed, retoldNumber } from "./parse.ts";
import { keyOf } from "./questions.ts";
import { speaksOfQuestion } from "./words.ts";

// Rung 4 of the ladder: which question.

export function byEdit(ladder: Ladder, i: number): Spot | null {
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

export function byAsking(ladder: Ladder, i: number): Spot | null {
  const p = ladder.board.tweets[i];
  const question = ladder.questions.byAsk.get(p?.tweet.id ?? "");
  if (p === undefined || question === undefined) return null;
  const { confidence, but } = sureOfAsk(ladder, p, question);
  return inQuestion(question, "asks", confidence, `asks ${question.label}${but}`);
}

/** How sure it is that a tweet asks a question; only what the notes or its own number say is. */
function sureOfAsk({ board }: Ladder, p: Parsed, { from, side, label }: Question): { readonly confidence: number; readonly but: string } {
  if (from !== "tweet") return { confidence: 0.95, but: "" };
  if (side) return { confidence: 0.55, but: "" };
  const key = keyOf(label);
  const said = p.numbers.some((n) => n.key === key) || board.input.notes.edits.some((e) => e.ask === label && e.tweet === p.tweet.id);
  if (!said) return { confidence: 0.6, but: ", as its answers are numbered" };
  return board.hostsAre === "guessed"
    ? { confidence: 0.7, but: ", if its author is a host: none is named" }
    : { confidence: 0.95, but: "" };
}

export function byOwnNumber(ladder: Ladder, i: number): Spot | null {
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

export function byHeading(ladder: Ladder, i: number): Spot | null {
  const heading = ladder.board.tweets[i]?.tweet.heading ?? null;
  const question = heading === null ? undefined : ladder.questions.byHeading.get(heading);
  return question === undefined ? null : inQuestion(question, "heading", 0.95, `stands below "${heading}"`);
}

/** `I have no answer to Q3`: amid the words a number of a question that has been asked; before that it speaks of what is to come.
 *  `Thanks to the cohost for Q2, good night` says goodbye. Twelve of twelve stood right. */
export function bySpokenNumber(ladder: Ladder, i: number): Spot | null {
  const p = ladder.board.tweets[i];
  const question = p?.spoken == null ? undefined : ladder.questions.byKey.get(p.spoken.key);
  const asked = question?.at == null || p?.tweet.time == null || p.tweet.time >= question.at;
  return question === undefined || !asked || saysGoodbye(ladder, i)
    ? null
    : inQuestion(question, "number", 0.9, `speaks of ${p?.spoken?.label}`);
}

/** The tweet it answers, as far as that link can be trusted. */
export function byThread(ladder: Ladder, i: number): Spot | null {
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
    confidence: Math.min(0.95, above.confidence * sureOfThread(link.confidence)),
    because: `${link.relation} to ${link.parent} (${link.reason})`,
  };
}

/** A guessed parent's question was right for 293 of 301, and for 14 of the 20 whose parent was another tweet. */
const sureOfThread = (link: number): number => 1 - 0.1 * (1 - link);

export function byRetoldNumber(ladder: Ladder, i: number): Spot | null {
  const p = ladder.board.tweets[i];
  const token = p === undefined ? null : retoldNumber(p);
  const question = token === null ? undefined : ladder.questions.byKey.get(token.key);
  return question === undefined ? null : inQuestion(question, "number", 0.8, `retells ${token?.label}`);
}

/** All four of two sessions came within five seconds, and spoke of the question. */
const LEAD_UP = 60_000;

/** `On to the last question!` belongs to what the same host asks within the minute. */
export function byLeadUp(ladder: Ladder, i: number): Spot | null {
  const p = ladder.board.tweets[i];
  if (p === undefined || p.tweet.time === null || p.lead.length > 0 || !ladder.board.hosts.has(p.who)) return null;
  const next = nextBy(ladder, i);
  const question = next === undefined ? undefined : ladder.questions.byAsk.get(next.tweet.id);
  if (question === undefined || question.side || (next?.tweet.time ?? 0) - p.tweet.time > LEAD_UP) return null;
  const leads = speaksOfQuestion(p, keyOf(question.label));
  return leads ? inQuestion(question, "clock", 0.85, `leads up to ${question.label}, which the same host asks next`) : null;
}

/** `*a lot, sorry` stands where its author's last tweet does. */
export function byCorrection({ board, spots }: Ladder, i: number): Spot | null {
  const p = board.tweets[i];
  if (p === undefined || !isCorrection(p)) return null;
  const [last] = placesBefore(board.byAuthor.get(p.who) ?? [], i, 1);
  const before = board.tweets[last ?? -1]?.tweet.time ?? null;
  const above = spots[last ?? -1];
  const soon = before !== null && p.tweet.time !== null && p.tweet.time - before <= CORRECTED;
  return soon && above !== undefined && above.reason !== "spam?"
    ? { ...above, reason: "thread", confidence: Math.min(0.85, above.confidence), because: "puts right what its author wrote before" }
    : null;
}

const CORRECTED = 5 * 60_000;

/** What the author of tweet `i` says next. */
function nextBy({ board }: Ladder, i: number): Parsed | undefined {
  const places = board.byAuthor.get(board.tweets[i]?.who ?? "") ?? [];
  return board.tweets[places[countBefore(places, i) + 1] ?? -1];
}

/** In a chat without numbers: the topic it goes on with. What answers a hello, or the host's goodbye with thanks, belongs with it. */
export function byTopic(ladder: Ladder, i: number): Spot | null {
  const under = ladder.under[i];
  if (under === undefined) return null;
  const question = under === null ? undefined : ladder.questions.byAsk.get(under);
  const above = ladder.spots[ladder.parents[i]?.link?.i ?? -1];
  const social = above?.section === "welcome" ? question === undefined : above?.section === "wrap-up" && saysGoodbye(ladder, i);
  if (social) return byThread(ladder, i);
  return question === undefined
    ? outside("aside", "talk", 0.5, "talk that answers no question")
    : inQuestion(question, "thread", 0.6, `goes on with ${question.label}`);
}

/** What is left while questions are open: the clock, the numbers around it, its author's last one, its words. */
export function byGuess(ladder: Ladder, i: number): Spot | null {
  const guess = ladder.guess(i);
  return guess === null ? null : inQuestion(guess.question, guess.reason, guess.share, guess.because);
}
