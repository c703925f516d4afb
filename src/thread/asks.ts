import type { Tweet } from "../model.ts";
import { likeness } from "./likeness.ts";
import { type NumberToken, type Parsed, wordsOf } from "./parse.ts";

// `Q1, Q2 etc`, `Q1 and Q2`, `Q1/A1`, `Q1 coming up`, `Q2 in 5 minutes` (not `Q2, in two tweets`), `Q3 is next`, `Q2 will be posted`, `Q3 has been asked`:
// it speaks of the question and asks none
const ANNOUNCES =
  /^\W{0,2}(?:(?:,|\/|&|and|or|through|thru|to|[–—-])\s*[qa]?\d|,?\s*etc\b|(?:(?:['’]s|is|are|was|will be|will go|goes|has been|have been|just went|went) )?(?:coming|up\b(?! to\b)|next\b|live\b|posted|out (?:now|in|at)|soon|later|still to|on its way|in (?!\S+ (?:tweets?|posts?|parts?|halves))(?:\d|an?\b|one|two|three|five|ten|about|just)|at \d)|answers?\b|(?:time|tweets?|replies|responses)\s*[.!#@]?$)/iu;
// `No time for Q5`, `we skip Q3`, `saving it for Q2`, `answer with Q1`: what stands right before a number that is only spoken of
const SPOKEN_OF =
  /\b(?:no time for|(?:have|having) to skip|skip(?:ping|ped)?|sav(?:e|ing) (?:it|that|this) for|wait(?:ing)? for|(?:answer|repl(?:y|ies))(?: to)?|(?:precede|preface|prefix|label|tag|number)[^.!?\n]{0,60}\bwith|(?:answers?|tweets?|replies|responses?)[^.!?\n]{0,20}\bwith)[ "“'(]*$/iu;
// `… brings us to: Q2 What`, `Q3 ¿Qué`: a new sentence behind a number amid the words
const NEW_SENTENCE = /^[\s:：.)\]!–—…-]*["“'¿¡(]?[\p{Lu}\p{Lo}]/u;
// `now q2 what do you cook?`, `Q1.5 ...what is it?`
const INTERROGATIVE =
  /^[\s.…]+(?:who|whom|whose|what|when|where|why|how|which|do|does|did|can|could|should|would|have|in what|on what|tell)\b/iu;

/** The number this tweet asks, if it asks one: words must follow it, or it points at a picture, and a number amid a sentence needs its
 *  mark or a sentence of its own. A preview of three questions and more asks none of them. */
export function askingNumber(p: Parsed): NumberToken | null {
  if (p.tweet.repostOf !== null || p.retold !== null) return null;
  const asking = p.numbers.filter((token) => token.asking);
  if (new Set(asking.map((token) => token.key)).size > 2) return null;
  return asking.findLast((token) => asks(p, token)) ?? null;
}

function asks(p: Parsed, token: NumberToken): boolean {
  const { text } = p.tweet;
  const after = text.slice(token.end);
  if (ANNOUNCES.test(after) || SPOKEN_OF.test(text.slice(0, token.start))) return false;
  const question = /[?？؟]/u.test(after);
  const headed = token.where === "lead" && p.lead.length === 0 && p.tweet.replyTo === null;
  if (wordsOf(after).size < 2) return headed && (pointsAway(p.tweet, after) || (question && /^\s?[:：.)\]–—-]\s*\S/u.test(after)));
  if (headed) return true;
  if (token.where === "lead") return question;
  if (/^\s?[:：.)\]–—-]/u.test(after)) return true;
  return question && (NEW_SENTENCE.test(after) || INTERROGATIVE.test(after));
}

// `Q3 👇`, `Q3: https://…`
const POINTS = /[👇⬇☟⤵]|https?:\/\//u;

/** The question is in a picture, a poll, a link or a quoted tweet. */
const pointsAway = ({ media, poll, quotes }: Tweet, after: string): boolean =>
  media.length > 0 || poll !== null || quotes !== null || POINTS.test(after);

/** The words of a tweet that ask: what follows its number, else all of it. Tags and links at its end are left out. */
export function askedText(p: Parsed): string {
  const token = askingNumber(p) ?? p.own;
  const words =
    token === null
      ? p.tweet.text
      : p.tweet.text.slice(token.where === "end" ? 0 : token.end, token.where === "end" ? token.start : undefined);
  // `: What now? #chat https://…`, ` cont.) What now?` -> `What now?`
  const bare = words
    .replace(/^(?:\s*cont(?:inued|'?d)?\b)?[\s:：.,;!)\]/–—-]+/iu, "")
    .replace(/(?:\s+(?:#[\p{L}\p{N}_]+|https?:\/\/\S+))+\s*$/u, "");
  return bare.replace(/\s+/g, " ").trim() || p.tweet.text.trim();
}

// `In case you missed it, Q2`, `Again: Q1`, `Follow up to Q1`, `Q1 part 2`, `still on Q3`, `Q2 cont.`
const AGAIN =
  /\b(?:missed|again|remind(?:er|ing)?|re-?(?:ask|post|tweet|peat)(?:ing|ed)?|icymi|follow(?:ing)?[ -]?up|part (?:2|3|b|two|three)|cont(?:inued|'?d)?|still on|second (?:part|half)|also|rephras\w+)\b/iu;

/** Whether a later host tweet with the number of a question known by `known` words asks again, or for a second part. The rest are the
 *  host's own answers: they may hold a question mark further on, but do not begin with a question. */
export function repeats(known: readonly string[], p: Parsed, toSelf: boolean): boolean {
  if ((p.lead.length > 0 || p.tweet.replyTo !== null) && !toSelf) return false;
  const said = askedText(p);
  const words = wordsOf(said);
  if (words.size < 2) return true; // `Q3 👇`: points at it once more
  if (known.some((text) => likeness(wordsOf(text), words) >= 0.6)) return true;
  if (!p.question) return false;
  // `who comes, and why? #chat` asks; `Everyone with soup. Or is that rude?` answers
  return AGAIN.test(p.tweet.text) || toSelf || /^[^.!?？؟…]*[?？؟]/u.test(said);
}
