import type { Board } from "./board.ts";
import { cued, says } from "./cue.ts";
import type { Parsed } from "./parse.ts";

// What is posted into a chat and is no part of its talk.

const NOTICE = cued(
  "giveaway raffle door win wins won winner brought sponsored promo discount coupon join tune follow check watch top",
  new RegExp(
    [
      // `GIVEAWAY time!`, `RT and follow to win a mug`, `@amy, who wins the mug`
      "\\b(?:give-?away|raffle|door prize)\\b|\\b(?:RT|retweet|follow|like|tag a friend)\\b[^.!?]{0,40}\\bto win\\b",
      "\\b(?:win|wins|won|winner of) (?:the|a|an|our|one of)\\b[^.!?]{0,20}\\b(?:prize|mug|t-?shirt|gift ?card|voucher|copy|copies|book)\\b",
      // `This chat is brought to you by Loaf & Co`
      "\\b(?:brought to you|sponsored) by\\b|\\bour (?:chat )?sponsors?\\b|\\b(?:promo|discount|coupon) code\\b",
      // `Join us now at #chat`, `Check out tonight's #chat`
      "\\b(?:join (?:us|me|in|the conversation)|tune in|follow along)(?: (?:now|live|right now|tonight|today|over|at|on|for|with|in|to|using|the))* #",
      "\\b(?:check(?:ing)? out|join(?:ing)?|follow(?:ing)?|watch(?:ing)?) (?:tonight|today)['’]s (?:#|(?:twitter ?)?chat\\b)",
      // `Top tweeters in #chat`
      "\\btop (?:words|tweeters|influencers|contributors|tweets|users)\\b[^.!?]{0,20}#",
    ].join("|"),
    "iu",
  ),
);

/** A giveaway, a sponsor, an invitation, a bot's count: said to all, or to somebody who has not come. */
export const isNotice = (board: Board, p: Parsed): boolean =>
  says(p, NOTICE) && isRoot(p) && p.lead.every((who) => !board.byAuthor.has(who));

const isRoot = ({ own, retold, tweet }: Parsed): boolean =>
  own === null && retold === null && tweet.quotes === null && tweet.repostOf === null;

/** Bears tags, each of them of one or two people, and not the one most tweets bear: `How do we solve this? #other`. A host forgets it. */
export function isOfOtherChat(board: Board, p: Parsed): boolean {
  if (!isRoot(p) || p.lead.length > 0 || p.tweet.replyTo !== null || board.hosts.has(p.who)) return false;
  const own = tagsIn(p.tweet.text);
  if (own.length === 0) return false;
  const { common, people } = tagsOf(board);
  return common !== null && own.every((tag) => tag !== common && (people.get(tag)?.size ?? 0) <= 2);
}

// `#chat`
const TAG = /#[\p{L}\p{N}_]+/gu;
const tagsIn = (text: string): string[] => (text.includes("#") ? (text.match(TAG) ?? []).map((tag) => tag.toLowerCase()) : []);

interface Tags {
  /** The tag that three of five tweets and more bear; null: none. */
  readonly common: string | null;
  /** Who wrote each tag. */
  readonly people: ReadonlyMap<string, ReadonlySet<string>>;
}

const tagged = new WeakMap<Board, Tags>();

function tagsOf(board: Board): Tags {
  const known = tagged.get(board);
  if (known !== undefined) return known;
  const people = new Map<string, Set<string>>();
  const counts = new Map<string, number>();
  for (const { tweet, who } of board.tweets) {
    for (const tag of new Set(tagsIn(tweet.text))) {
      counts.set(tag, (counts.get(tag) ?? 0) + 1);
      people.set(tag, (people.get(tag) ?? new Set()).add(who));
    }
  }
  const [top] = [...counts].sort(([, a], [, b]) => b - a);
  const tags = { common: top !== undefined && top[1] * 5 >= board.tweets.length * 3 ? top[0] : null, people };
  tagged.set(board, tags);
  return tags;
}

// `*a lot, sorry`; `*pulls up a chair*` corrects nothing
const CORRECTION = /^\*[^*\s][^*]*$/u;

/** Puts right what its author wrote just before. */
export const isCorrection = (p: Parsed): boolean => isRoot(p) && p.lead.length === 0 && CORRECTION.test(p.tweet.text);
