import type { Board } from "./board.ts";
import type { Parsed } from "./parse.ts";

// `Hi all!` `Hello #chat, Ada from Leeds` `hellohello` `Evening everyone` `checking in from Leeds`
const GREETING =
  /\b(?:hi|(?:hello)+|hey|hiya|howdy|hallo|hola|salaam|bonjour|greetings|good (?:morning|afternoon|evening)|evening|joining|checking in|introductions?|intros?)\b/iu;
// `Thanks all, great chat` `good night` `see you next week` `our hour is almost up` `transcript will be posted`
const GOODBYE =
  /\b(?:thanks? (?:you|u|so much|all|everyone|every1|to|for|@|#|and)|thank you|thx|great (?:chat|chatting|convo|conversation|discussion)|good ?night|(?:night|nite),? (?:all|everyone|folks)|call it a night|nite|bye|see (?:you|ya|u|y'all) (?:all|next|in|on|there|tomorrow|soon)|until next|look(?:ing)? forward to (?:seeing|meeting|next|the next|talking)|next (?:week|month|chat|time)|(?:hour|time)(?: is|'s|’s)? (?:is )?(?:(?:just )?(?:almost |nearly |about ))?up|(?:out of|that's) time|that(?:'s|’s| is) (?:the|our) hour|buenas noches|boa noite|bonne nuit|gute nacht|dobranoc|wrap(?:ping)?(?: it)? up|(?:heading|off|going) to bed|gotta (?:go|run)|have to (?:go|run)|signing off|final thoughts|transcript|storify|recap|my pitch|(?:any|other) pitches)\b|\bthanks[,! ]+[@#]|^night\b|おやすみ|晚安|안녕히/iu;
// `400% in 10 days`, `Congratulations, your wallet was selected, verify …`
const PROMOTION =
  /\b(?:free|off|only today|today only|winners?|congratulations|wallet|crypto|giveaway|deals?|sale|followers|verify|selected|profit|invest|limited|\d+ ?% (?:off|in|profit))\b/giu;

export const isGreeting = (p: Parsed): boolean =>
  p.numbers.length === 0 && p.lead.length === 0 && p.tweet.replyTo === null && GREETING.test(p.tweet.text);

// `Hi #chat, I'm a librarian in Leeds`, `Hello all!`
const INTRODUCTION =
  /^\W*(?:hi|hello|hey|hiya|evening|good evening|morning)\b[\s,!]*(?:$|[#@]|all\b|everyone\b|everybody\b|folks\b|friends\b|there\b|i['’]?m\b)/iu;

// `Sorry I'm late` `so sorry to log in so late` `late to the party` `joining late` `just got here` `Lurking tonight` `I'll be lurking`
const ARRIVAL =
  /\b(?:sorry|apologies)\b[^.!?]{0,25}\blate\b|\blate (?:to|for) (?:the|this|tonight|chat|#)|\b(?:joining|jumping in|coming in|arriving) late\b|\bjust (?:got|made|joined|joining) (?:here|it|in|us|now)\b|(?:^\W*|^[^.!?]{0,30}\b(?:i['’]?m|i['’]?ll be|just|mostly|only) )lurking\b|\blurking (?:on|in|tonight|for) (?:tonight|#|the (?:chat|hour))/iu;

// `Late to the chat, but: people who talk to each other`: an answer follows
const ANSWERS = /\bbut\b(?:\W+[\p{L}\p{N}'’]+){4}/iu;

/** Someone says that they have come, however late, to all or to a host, and goes on with nothing else. */
export const isArrival = (p: Parsed, hosts: ReadonlySet<string>): boolean =>
  p.numbers.length === 0 && !ANSWERS.test(p.tweet.text) && p.lead.every((who) => hosts.has(who)) && ARRIVAL.test(p.tweet.text);

// `On to the last question`, `zur letzten Frage`
const QUESTION_WORD = /\b(?:question|pregunta|pergunta|frage|domanda|vraag)s?\b|вопрос|質問|问题|질문/iu;

/** Speaks of a question, or of the number `key`. */
export const speaksOfQuestion = (p: Parsed, key: string): boolean =>
  QUESTION_WORD.test(p.tweet.text) || p.numbers.some((n) => n.key === key);

// `I'm Ada, a librarian in Leeds`, `My name is Ada`, `#chat Ada here, from Leeds`, `Ada from Leeds lurking`
const NAMES_ONESELF =
  /\b(?:I['’]?m|I am|[Tt]his is|[Mm]y name(?:['’]s| is)|[Mm]e llamo|[Ss]oy|[Jj]e suis|[Ii]ch bin) \p{Lu}\p{Ll}+(?:,|\.| from| here|$)|^\W*(?:#\S+\s+)?\p{Lu}\p{Ll}+ (?:here\b|from @?\p{Lu})/u;

/** Says who they are, to all. */
export const isSelfIntroduction = (p: Parsed): boolean =>
  p.numbers.length === 0 && p.lead.length === 0 && p.tweet.replyTo === null && NAMES_ONESELF.test(p.tweet.text);

/** A hello that begins the tweet, whoever says it. */
export const isIntroduction = (p: Parsed): boolean => isGreeting(p) && INTRODUCTION.test(p.tweet.text);

export const isGoodbye = (p: Parsed): boolean =>
  p.own === null && p.retold === null && p.tweet.repostOf === null && GOODBYE.test(p.tweet.text);

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
