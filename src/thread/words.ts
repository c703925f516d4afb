import type { Board } from "./board.ts";
import type { Parsed } from "./parse.ts";

// `400% in 10 days`, `Congratulations, your wallet was selected, verify …`
const PROMOTION =
  /\b(?:free|off|only today|today only|winners?|congratulations|wallet|crypto|giveaway|deals?|sale|followers|verify|selected|profit|invest|limited|\d+ ?% (?:off|in|profit))\b/giu;

// `On to the last question`, `our first Q!`, `zur letzten Frage`
const QUESTION_WORD =
  /\b(?:question|pregunta|pergunta|frage|domanda|vraag)s?\b|\b(?:first|next|last|final|another|one more) q\b|вопрос|質問|问题|問題|질문/iu;

/** Speaks of a question, or of the number `key`. */
export const speaksOfQuestion = (p: Parsed, key: string): boolean =>
  QUESTION_WORD.test(p.tweet.text) || p.numbers.some((n) => n.key === key);

/** A link and hardly a word, by someone who says nothing else here, answers nobody and is answered by nobody. */
export function isStranger(board: Board, i: number): boolean {
  const p = board.tweets[i];
  if (
    p === undefined ||
    p.lead.length > 0 ||
    p.own !== null ||
    p.tweet.replyTo !== null ||
    p.tweet.quotes !== null ||
    p.tweet.repostOf !== null
  )
    return false;
  if (board.byAuthor.get(p.who)?.length !== 1 || !/https?:\/\//.test(p.tweet.text)) return false;
  const words = p.tweet.text.replace(/https?:\/\/\S+|[@#][\p{L}\p{N}_]+/gu, " ").match(/\p{L}{2,}/gu) ?? [];
  return (
    words.length < 4 || (p.tweet.text.match(PROMOTION) ?? []).length >= 2 || (p.tweet.text.match(/#[\p{L}\p{N}_]+/gu) ?? []).length >= 4
  );
}

/** The same words by the same author for the third time or more. */
export function isFlood(board: Board, i: number): boolean {
  const p = board.tweets[i];
  if (p === undefined || p.tweet.repostOf !== null) return false;
  const own = board.byAuthor.get(p.who) ?? [];
  if (own.length < 3) return false;
  return floods(board, p.who).has(p.tweet.text.trim());
}

const floodsOf = new WeakMap<Board, Map<string, ReadonlySet<string>>>();

/** The texts an author posted three times or more. */
function floods(board: Board, who: string): ReadonlySet<string> {
  const known = floodsOf.get(board) ?? new Map<string, ReadonlySet<string>>();
  floodsOf.set(board, known);
  let texts = known.get(who);
  if (texts === undefined) {
    const counts = new Map<string, number>();
    for (const j of board.byAuthor.get(who) ?? []) {
      const text = board.tweets[j]?.tweet.text.trim() ?? "";
      counts.set(text, (counts.get(text) ?? 0) + 1);
    }
    texts = new Set([...counts].filter(([, n]) => n >= 3).map(([text]) => text));
    known.set(who, texts);
  }
  return texts;
}
