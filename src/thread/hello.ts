import { cued, says } from "./cue.ts";
import type { Parsed } from "./parse.ts";

// How people arrive. All of it is said to everybody, and bears no number.

const ALL = "all|every(?:one|body|1)|folks|friends|peeps|people|y['’]all|there";
// `Hi all!` `Hello #chat, Ada from Leeds` `hellohello` `Evening everyone` `checking in from Leeds` `joining from the train` `Guten Abend`
const GREETING = cued(
  "hi hello hey hiya heya howdy hallo hola salaam salut moin bonjour greetings day good guten buenos joining checking intro evening morning afternoon yo",
  new RegExp(
    "\\b(?:hi|(?:hello)+|hey|hiya|heya|howdy|hallo|hola|salaam|salut|moin|bonjour|greetings|g['’]day|good (?:morning|afternoon|evening)|" +
      "guten (?:morgen|tag|abend)|buen[oa]s (?:d[ií]as|tardes)|(?:just|i['’]?m|now) joining|" +
      "joining (?:late|from|you|in|tonight|today|now|the (?:chat|party))|checking in|introductions?|intros?)\\b|\\bjoining #|" +
      `(?:^\\W*(?:#[\\p{L}\\p{N}_]+\\W+)?|\\bgood )(?:evening|morning|afternoon|yo)\\b[,!]? ?(?:$|[#!.,]|${ALL}|from\\b)`,
    "iu",
  ),
);
// `Hi #chat, I'm a librarian in Leeds`, `Hello all!`, `Intro me: librarian in Leeds`
const INTRODUCTION = new RegExp(
  "^\\W*(?:#[\\p{L}\\p{N}_]+\\W+)?(?:(?:hi|hello|hey|hiya|heya|howdy|yo|evening|good (?:morning|afternoon|evening)|morning|afternoon)\\b" +
    `[\\s,!]*(?:$|[#@]|(?:${ALL}|i['’]?m)\\b)|(?:late )?intros?\\b|introducing (?:me|myself)\\b)`,
  "iu",
);

export const isGreeting = (p: Parsed): boolean => isToAll(p) && says(p, GREETING);

/** A hello that begins the tweet, whoever says it. */
export const isIntroduction = (p: Parsed): boolean => isToAll(p) && (INTRODUCTION.test(p.tweet.text) || saysRole(p.tweet.text));

const isToAll = (p: Parsed): boolean => p.numbers.length === 0 && p.lead.length === 0 && p.tweet.replyTo === null;

// `Sorry I'm late` `so sorry to log in so late` `late to the party` `joining late` `just got here` `Lurking tonight` `I'll be lurking`
// `Belated joiner` `I almost missed #chat` `Forgot to introduce myself`
const ARRIVAL = cued(
  "late just lurking belated missed forgot",
  /\b(?:sorry|apologies)\b[^.!?]{0,25}\blate\b|\blate (?:to|for) (?:the|this|tonight|chat|#)|\b(?:joining|jumping in|coming in|arriving) (?:(?:a bit|a little|even|very) )?late|\bjust (?:got|made|joined|joining) (?:here|it|in|us|now)\b|(?:^\W*(?:#[\p{L}\p{N}_]+\W+)?|^[^.!?]{0,30}\b(?:i['’]?m|i['’]?ll be|just|mostly|only) )lurking\b|\blurking (?:on|in|tonight|for) (?:tonight|#|the (?:chat|hour))|\bbelated (?:joiner|arrival|hello|intro)|\b(?:almost|nearly) (?:missed|forgot) (?:#|the chat\b|this chat\b|tonight)|\bforgot to (?:introduce|intro)\b/iu,
);

// `Late to the chat, but: people who talk to each other`: an answer follows
const ANSWERS = /\bbut\b(?:\W+[\p{L}\p{N}'’]+){4}/iu;

/** Someone says that they have come, however late, to all or to a host, and goes on with nothing else. */
export const isArrival = (p: Parsed, hosts: ReadonlySet<string>): boolean =>
  p.numbers.length === 0 && p.lead.every((who) => hosts.has(who)) && says(p, ARRIVAL) && !ANSWERS.test(p.tweet.text);

// `Welcome @dan`, `Welcome back to #chat, @dan`
const WELCOME = /^\W*welcome,? (?:back,? )?(?:to (?:the chat|#[\p{L}\p{N}_]+),? )?@/iu;

export const isWelcome = (p: Parsed): boolean => isToAll(p) && WELCOME.test(p.tweet.text);

// `I'm Ada, a librarian in Leeds`, `My name is Ada`, `#chat Ada here, from Leeds`, `Ada from Leeds lurking`
const NAMES_ONESELF =
  /\b(?:I['’]?m|I am|[Tt]his is|[Mm]y name(?:['’]s| is)|[Mm]e llamo|[Ss]oy|[Jj]e suis|[Ii]ch bin) \p{Lu}\p{Ll}+(?:,|\.| from| here|$)|^\W*(?:#\S+\s+)?\p{Lu}\p{Ll}+ (?:here\b|from @?\p{Lu})/u;
// `This is my first #chat`, `First-timer here`, `I've never done #chat`, `new to these chats`
const FIRST_TIME =
  /\b(?:my|is|our) (?:very )?first (?:ever )?(?:#|(?:twitter ?|tweet ?)?chat\b|time (?:here|at|in|on|joining|with|for)\b)|\bfirst[- ]tim(?:er|e) (?:here|caller|on|at|in|for|participant|#)|\bfirst #[\p{L}\p{N}_]+ for me\b|\bnever done (?:a |this )?(?:#|(?:twitter |tweet ?)?chat)|\bnew to (?:#|(?:this|these|twitter|tweet) ?chats?)/iu;

/** Says who they are, to all. */
export const isSelfIntroduction = (p: Parsed): boolean => isToAll(p) && (NAMES_ONESELF.test(p.tweet.text) || FIRST_TIME.test(p.tweet.text));

const ROLES =
  "librarian|archivist|cataloger|cataloguer|teacher|educator|lecturer|student|professor|researcher|scientist|postdoc|nurse|midwife|doctor|physician|pharmacist|therapist|developer|engineer|designer|architect|writer|author|editor|journalist|blogger|marketer|strategist|consultant|manager|director|coordinator|principal|coach|founder|volunteer";
// `Special collections librarian from Leeds`, `(oh yeah, maths teacher @ Leeds High)`, `nurse in York here`
const ROLE = new RegExp(
  `^[^\\p{L}#@]*(?:#[\\p{L}\\p{N}_]+[^\\p{L}#@]+)*((?:[\\p{L}\\d&/+'’-]+[ ,]+){0,5}?)(?:${ROLES}|${ROLES.replaceAll(/(?<=^|\|)./g, (c) => c.toUpperCase())})(?:[ ,]+[\\p{L}&/'’-]+){0,3}? ?(?:(?:from|in|at|@) ?(?:the )?[@#]?\\p{Lu}|\\bhere\\b)`,
  "u",
);
// `I think every student in Leeds`, `Our librarian at Leeds`: said of somebody
const OF_OTHERS = /\b(?:i|we|you|they|he|she|my|our|your|their|his|her|the|this|that|every|each|any|no|as|if|when|for|is|are|was|like)\b/iu;

function saysRole(text: string): boolean {
  const before = ROLE.exec(text)?.[1];
  return before !== undefined && !text.includes("?") && !OF_OTHERS.test(before);
}
