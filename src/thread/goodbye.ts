import { cued, hears, says } from "./cue.ts";
import { allMatches } from "./matches.ts";
import type { Parsed } from "./parse.ts";

// How people take leave.

const GOOD = "great|awesome|amazing|excellent|fantastic|wonderful|lovely|fab|fabulous|brilliant|terrific|fun|delightful|enjoyed|loved";
const DAY = "(?:sun|mon|tues|wednes|thurs|fri|satur)day";
const PARTING = cued(
  `thanks thx thnx tysm gracias merci danke obrigado grazie bedankt kudos high shout big ${GOOD.replaceAll("|", " ")} another good night nite ` +
    "bye buenas boa bonne gute dobranoc hasta revoir see until look have safe next calendar reminder date up out that wrap bed head signing " +
    "logging go run jet dash bounce leave split sign log last",
  new RegExp(
    [
      // `Thanks all`, `thank you`, `thanks to the hosts`; `thanks to new ovens` thanks nobody
      "\\b(?:thanks? (?:you|u|so much|all|every(?:one|body|1)|folks|y['’]all|for|@|#|and)|thank you|thx|thnx|tysm|gracias|merci|danke|obrigad[oa]|grazie|bedankt)\\b|\\bthanks[,! ]+[@#]",
      "\\bthanks? to (?:[@#]|(?:all|every(?:one|body)|you|our|those|the (?:great |fab |wonderful )?(?:co-?)?(?:hosts?|mods?|moderators?|guests?|panel|speakers?|organi[sz]ers?))\\b)",
      "\\b(?:kudos|high[- ]five|shout[- ]?out|big ups) to [@#]",
      // `great chat`, `an amazing first #chat!`
      "\\bgreat (?:conversation|discussion)\\b",
      `\\b(?:${GOOD})(?: (?:first|little|another|tonight['’]s|today['’]s|this|the|our|#[\\p{L}\\p{N}_]+)){0,2} (?:chat|chatting|convo|hour)\\b`,
      `\\b(?:${GOOD}|another)(?: (?:first|little))? #[\\p{L}\\p{N}_]+ ?(?:$|[!.,;:)]|chat\\b|tonight\\b|today\\b|y['’]all\\b|every)`,
      // `good night`, `night all`, `see you next week`, `until next time`, `Bye`
      "\\bgood ?night\\b|\\b(?:night|nite),? (?:all|everyone|folks)\\b|^night\\b|\\bcall it a night\\b|\\bnite\\b|\\bbye\\b",
      "\\b(?:buenas noches|boa noite|bonne (?:nuit|soirée)|gute nacht|dobranoc|hasta (?:luego|mañana|pronto)|tschüss|au revoir)|おやすみ|晚安|안녕히",
      "\\bsee (?:you|ya|u|y'all) (?:all|next|in|on|there|tomorrow|soon)\\b|\\buntil next\\b",
      "\\blook(?:ing|ed)? f(?:or)?wa?r?d to (?:seeing|meeting|next|the next|all (?:future|the next)|future|our next|talking)\\b",
      "\\bhave an? (?:great|good|nice|lovely|wonderful|fab|safe|restful)\\b[^.!?]{0,25}\\b(?:night|evening|day|weekend|week|month|rest)\\b|\\bstay safe\\b",
      // `next chat`, `next month's chat`, `join us next Tuesday`; `next week I bake` is talk
      "\\bnext (?:chat|session)\\b",
      `\\bnext (?:week|month|time|${DAY})(?:['’]s)? (?:chat|session|topic|#)`,
      `\\b(?:until|till|see|join|back|again|same time|meet|catch|come|continue|tune|return|(?:stop|drop) by|chat)\\b[^.!?]{0,30}\\bnext (?:week|month|time|${DAY})\\b`,
      "(?:^|[.!?,] ?)next time\\b|\\b(?:mark your calend[ae]rs?|set a reminder|save the date)\\b[^.!?]{0,40}\\b(?:chat|next)\\b",
      // `our hour is almost up`, `time's up`, `that's a wrap`
      "\\b(?:hour|time)(?: is|['’]s)? (?:is )?(?:(?:just )?(?:almost |nearly |about ))?up\\b|\\bout of time\\b|\\bthat(?:['’]s| is) (?:time|(?:the|our) hour|a wrap|all for (?:today|tonight|now))\\b",
      "\\bwrap(?:ping)?(?: it| things| this)? up\\b",
      // `heading out`, `gotta go, dinner`; `we have to go beyond bread` stays
      "\\b(?:heading|off|going) to bed\\b|\\bhead(?:ing)? (?:out|off|home)\\b|\\b(?:signing|logging) off\\b",
      "\\b(?:gotta|got to|have to|must|need to|time to|gonna) (?:go|run|jet|dash|bounce|leave|split|sign off|log off)\\b(?=\\s*(?:$|[.,!;:)–—-]|[#@]|(?:now|but|bc|because|early|so|all|and)\\b))",
      "\\blast (?:#[\\p{L}\\p{N}_]+ )?(?:note|tweet|word) from me\\b",
    ].join("|"),
    "iu",
  ),
);

// `Final thoughts`, `My #chat pitch: …`, `any pitches?`, `transcript will be posted`, `I'll storify`, `no more Qs`, `keep the chat going`,
// `close to the top of the hour`, `Missed #chat tonight`
const CLOSING_TALK = cued(
  "final closing parting pitch plug transcript storify recap close near approaching more keep continue missed",
  new RegExp(
    [
      "\\b(final|closing|parting) (?:thoughts?|words?)\\b",
      "\\b(?:my|any|other|our|your|another|last|#[\\p{L}\\p{N}_]+)(?: #[\\p{L}\\p{N}_]+)? (pitch)(?:es|ing)?\\b|\\ba (pitch) (?:to|for)\\b",
      "^\\W*(?:#[\\p{L}\\p{N}_]+ )?(pitch|plug)(?:es)?(?: ?\\d)?\\s*[:=–-]",
      "\\b(?:(transcript)s?|(storif)(?:y|ied)|(recap))\\b",
      "\\b(?:close to|near(?:ing)?|approaching) the (?:(top) of the|(end) of (?:the|our)) (?:hour|chat)\\b",
      "\\b(no more) (?:Qs|questions)\\b|\\b(keep) (?:on )?(?:chatting|the (?:chat|conversation|discussion) going)\\b",
      "\\b(continu)(?:e|ing) (?:the|this|our) (?:#[\\p{L}\\p{N}_]+ )?(?:chat|conversation|discussion|convo)\\b",
      "(?:^\\W*|\\bi )(missed) (?:out on )?(?:(?:tonight|today)['’]s |the )?(?:#|(?:twitter ?)?chat\\b)",
    ].join("|"),
    "giu",
  ),
);

// `Time for pitches`: a question may say it barely
const ASKED_FOR = /\b(pitch|final|closing|parting|transcript|storif|recap|plug)/giu;

const kindsIn = (text: string, pattern: RegExp): string[] =>
  allMatches(pattern, text).flatMap((match) => match.slice(1).flatMap((kind) => kind?.toLowerCase() ?? []));

/** The closing talk a tweet holds. */
const closingTalk = ({ scan, tweet }: Parsed): readonly string[] =>
  hears(scan.cues, CLOSING_TALK) ? kindsIn(tweet.text, CLOSING_TALK.pattern) : NO_KINDS;
const NO_KINDS: readonly string[] = [];

/** The kinds of closing talk that questions themselves ask for: `Q6 Time for pitches!`, `Q7 Any final thoughts?` */
export const closingTalkIn = (questions: Iterable<string>): ReadonlySet<string> =>
  new Set([...questions].flatMap((text) => kindsIn(text, ASKED_FOR)));

const NONE: ReadonlySet<string> = new Set();

/** A host's thanks and goodbyes, and what becomes of the chat: after them answers without a number are few. Pitches are still a part of it. */
export const closes = (p: Parsed): boolean =>
  isParting(p) || (isOwn(p) && closingTalk(p).some((kind) => /^(?:transcript|storif|recap|final|closing|parting)/.test(kind)));

const isParting = (p: Parsed): boolean => isOwn(p) && says(p, PARTING);

/** Thanks, goodbyes, and the talk chats end with, unless a question asks for it. */
export const isGoodbye = (p: Parsed, asked: ReadonlySet<string> = NONE): boolean =>
  isParting(p) || (isOwn(p) && closingTalk(p).some((kind) => !asked.has(kind)));

const isOwn = (p: Parsed): boolean => p.own === null && p.retold === null && p.tweet.repostOf === null;
