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
export const isFlood = (board: Board, i: number): boolean => floods(board).has(i);

/** So often an author may say the same. */
const SAME = 2;

const floodsOf = new WeakMap<Board, ReadonlySet<number>>();

/** The places of all that is said too often; reposts are never among them, but count. */
function floods(board: Board): ReadonlySet<number> {
  const known = floodsOf.get(board);
  if (known !== undefined) return known;
  const found = new Set<number>();
  for (const places of board.byAuthor.values()) {
    if (places.length <= SAME) continue;
    const same = Map.groupBy(places, (i) => board.tweets[i]?.tweet.text.trim());
    if (same.size > places.length - SAME) continue;
    for (const again of same.values())
      if (again.length > SAME) for (const i of again) if (board.tweets[i]?.tweet.repostOf === null) found.add(i);
  }
  floodsOf.set(board, found);
  return found;
}
