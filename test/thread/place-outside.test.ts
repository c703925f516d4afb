import { describe } from "node:test";
import { fixtures } from "./hour.ts";

describe("welcome", () =>
  fixtures(`
    before the first question, whatever it says | 11 amy @12:01: the kettle is on | welcome greeting
    before the session's start | 11 amy @11:50: the kettle is on | welcome greeting
    a question before the first is none of the chat's | 11 amy @12:01: is this on? | welcome greeting
    spam before the first is still spam | 11 zed @12:01: FREE crypto winners https://win.example | unplaced spam?
    a newcomer's hello, late | 11 amy @12:40: Hello everyone, Amy from Leeds | welcome greeting
    a newcomer's hello without a verb | 11 amy @12:40: evening all | welcome greeting
    a doubled hello | 11 amy @12:40: hellohello, cataloguer from Leeds | welcome greeting
    a newcomer who says who they are | 11 amy @12:40: I'm Ada, cataloguer in Leeds | welcome greeting
    or where from | 11 amy @12:40: #chat Ada from Leeds, on the train | welcome greeting
    who says where a place is does not | 11 amy @12:07: A1 me // 12 amy @12:40: I'm Leeds through and through | Q3 clock
    late for it | 11 amy @12:40: Showing up late for #chat! Ada here | welcome greeting
    lurking on it | 11 amy @12:40: home at last and lurking on tonight's chat | welcome greeting
    in another language | 11 amy @12:40: Bonjour tout le monde | welcome greeting
    checking in | 11 amy @12:40: checking in from the train | welcome greeting
    no hello of somebody who is here | 11 amy @12:07: A1 me // 12 amy @12:40: hi five, soup | Q3 clock
    but while people arrive | 11 amy @12:06: A1 me // 12 amy @12:07: Hello all, Amy from Leeds here | welcome greeting
    sorry I'm late | 11 amy @12:07: A1 me // 12 amy @12:40: Sorry I'm late, what did I miss | welcome greeting
    so sorry | 11 amy @12:40: so sorry to be so late everyone | welcome greeting
    late to the party | 11 amy @12:40: kids in bed, late to the party | welcome greeting
    joining late | 11 amy @12:40: joining late from a kitchen | welcome greeting
    just got here | 11 amy @12:40: just got here, reading up | welcome greeting
    lurking | 11 amy @12:07: A1 me // 12 amy @12:40: Lurking for the rest of the hour | welcome greeting
    I'll be lurking | 11 amy @12:40: long day, I'll be lurking | welcome greeting
    what lurks is no lurker | 11 amy @12:40: there are monsters lurking in every pantry | Q3 clock
    it is never too late | 11 amy @12:40: better late than never, I say | Q3 clock
    late is not sorry | 11 amy @12:40: we are always so very tired of late trains | Q3 clock
    addressed to a host | 11 amy @12:40: @host sorry to be so late | welcome greeting
    not addressed to a guest | 11 bob @12:38: A3 leek // 12 amy >11 @12:40: @bob sorry to be so late | Q3 thread
    a hello with an answer is one | 11 amy @12:07: A1 me // 12 amy @12:40: Late to the chat, but my soup is always leek | Q3 clock
    with a number it is an answer | 11 amy @12:40: Sorry I'm late! A1 me | Q1 number
    a role and a place, while people arrive | 11 amy @12:06: A1 me // 12 amy @12:07: Science teacher from Leeds | welcome greeting
    in brackets | 11 amy @12:06: A1 me // 12 amy @12:07: (oh yeah, maths teacher @ Leeds High) | welcome greeting
    with a tag | 11 amy @12:06: A1 me // 12 amy @12:07: #chat nurse in York, watching the match too | welcome greeting
    not later | 11 amy @12:06: A1 me // 12 amy @12:25: Science teacher from Leeds | Q2 clock
    not somebody else's | 11 amy @12:06: A1 me // 12 amy @12:07: Every teacher in Leeds should come | Q1 neighbours
    nor what one thinks of them | 11 amy @12:06: A1 me // 12 amy @12:07: I think a nurse in York will | Q1 neighbours
    nor several | 11 amy @12:06: A1 me // 12 amy @12:07: Teachers in Leeds, mostly | Q1 neighbours
    nor a question | 11 amy @12:06: A1 me // 12 amy @12:07: Any teacher from Leeds? | Q1 neighbours
    intro me | 11 amy @12:06: A1 me // 12 amy @12:07: Intro me: baker of small loaves | welcome greeting
    yo | 11 amy @12:06: A1 me // 12 amy @12:07: Yo #chat, Amy the baker | welcome greeting
    my first chat | 11 amy @12:40: This is my first #chat too, so excited | welcome greeting
    first-timer | 11 amy @12:08: First-timer here, please be kind | welcome greeting
    never done it | 11 amy @12:08: I've never done #chat but will follow along | welcome greeting
    of somebody who is here it is talk | 11 amy @12:07: A1 me // 12 amy @12:40: This was my first soup | Q3 clock
    belated joiner | 11 amy @12:40: Belated joiner of #chat, wanted to take part | welcome greeting
    joining even later | 11 amy @12:40: #chat lurking and joining even later | welcome greeting
    forgot to introduce myself | 11 amy @12:07: A1 me // 12 amy @12:40: Whoops, forgot to introduce myself | welcome greeting
    almost missed it | 11 amy @12:07: A1 me // 12 amy @12:40: I almost missed #chat! | welcome greeting
    a host who welcomes somebody | 11 host @12:40: Welcome @zed, good to see you | welcome greeting
    to the chat | 11 host @12:40: Welcome to #chat, @zed | welcome greeting
    the welcome is no question's | 11 amy @12:40: a warm welcome is what I cook | Q3 clock
    joining is no arrival | 11 amy @12:40: joining a choir is my kind of evening meal | Q3 clock
    nor is an evening | 11 amy @12:40: on a winter evening I cook leek | Q3 clock
  `));

describe("wrap-up", () =>
  fixtures(`
    thanks all | 11 amy @12:58: Thanks all! | wrap-up goodbye
    thank you | 11 amy @12:58: thank you for a lovely hour | wrap-up goodbye
    great chat | 11 amy @12:58: great chat tonight | wrap-up goodbye
    good night | 11 amy @12:58: good night from Leeds | wrap-up goodbye
    see you next week | 11 amy @12:58: see you next week | wrap-up goodbye
    looking forward | 11 amy @12:58: looking forward to meeting you all in June | wrap-up goodbye
    wrapping up | 11 host @12:58: time for us to wrap up | wrap-up goodbye
    that's our hour | 11 host @12:58: That's our hour. Soup is ready | wrap-up goodbye
    the hour is nearly up | 11 host @12:58: our hour is just about up | wrap-up goodbye
    time is up | 11 host @12:58: our time is up | wrap-up goodbye
    the transcript | 11 host @12:58: the transcript will be up tomorrow | wrap-up goodbye
    off to bed | 11 amy @12:58: going to bed now | wrap-up goodbye
    must run | 11 amy @12:40: gotta run, the soup boils over | wrap-up goodbye
    in Spanish | 11 amy @12:58: buenas noches a todos | wrap-up goodbye
    in Japanese | 11 amy @12:58: おやすみ | wrap-up goodbye
    with the name of a question | 11 amy @12:58: thanks to the cohost for Q2, good night | wrap-up goodbye
    an amazing first chat | 11 amy @12:58: This was an amazing first #chat! | wrap-up goodbye
    fun chat | 11 amy @12:58: fun little chat, this | wrap-up goodbye
    look forward to all of them | 11 amy @12:58: Looking forward to all future ones! | wrap-up goodbye
    have a good evening | 11 amy @12:58: have a safe, healthy and happy weekend | wrap-up goodbye
    heading out | 11 amy @12:40: heading out to walk the dog | wrap-up goodbye
    time to go | 11 amy @12:40: gotta jet early, soup calls | wrap-up goodbye
    have to go beyond | 11 amy @12:40: we have to go beyond soup | Q3 clock
    thanks to the hosts | 11 amy @12:58: Thanks to the great mods | wrap-up goodbye
    thanks to an oven | 11 amy @12:50: thanks to my new oven they are warm | Q4 clock
    the next chat | 11 host @12:58: Our next chat is on bread | wrap-up goodbye
    next month's chat | 11 host @12:58: next month's #chat is on bread | wrap-up goodbye
    back next month | 11 host @12:58: we will be back next month with bread | wrap-up goodbye
    what one does next week is talk | 11 amy @12:50: I buy new ones next week | Q4 clock
    mark the calendar | 11 host @12:58: Mark your calendars for our chat in June | wrap-up goodbye
    of something else is talk | 11 amy @12:50: Mark your calendars for the fair in May | Q4 clock
    close to the top of the hour | 11 host @12:55: Close to the top of the hour, friends | wrap-up goodbye
    at the top of it is talk | 11 amy @12:50: at the top of the hour mine hang on a hook | Q4 clock
    no more questions | 11 host @12:58: chat as long as you like, but no more Qs | wrap-up goodbye
    keep the conversation going | 11 host @12:58: keep the conversation going all week | wrap-up goodbye
    a pitch | 11 amy @12:58: #chat pitch: come to our bake sale | wrap-up goodbye
    a second one | 11 amy @12:58: Pitch 2: come to the fair | wrap-up goodbye
    my pitches | 11 amy @12:58: so here are my #chat pitches | wrap-up goodbye
    a pitch is also a field | 11 amy @12:50: by the football pitch in a shed | Q4 clock
    who missed it | 11 amy @12:58: Missed #chat tonight, reading it now | wrap-up goodbye
    what one missed is talk | 11 amy @12:50: even those who missed the soup had some | Q4 clock
    the last note | 11 amy @12:58: Last #chat note from me | wrap-up goodbye
    in German | 11 amy @12:58: danke euch allen | wrap-up goodbye
    in the first half thanks are thanks | 11 amy @12:20: thanks for asking | Q2 clock
    by id thanks stay where they were said | 11 amy @12:50: A4 drawer // 12 bob >11 @12:58: thanks for that | Q4 thread
    once the host has closed, anything | 11 host @12:56: Thank you all, good night! // 12 amy @12:58: off to find soup | wrap-up goodbye
    a link at once | 11 host @12:56: Thank you all, good night! // 12 amy @12:56: read this https://soup.example/recipes tomorrow with spoons | wrap-up goodbye
    but last words come in for a minute | 11 host @12:56: Thank you all, good night! // 12 amy @12:56: in a drawer | Q4 clock
    a pitch closes nothing | 11 host @12:56: #chat pitch: read our book // 12 amy @12:58: in a drawer | Q4 clock
    nor does a warning | 11 host @12:56: Nearing the end of our hour // 12 amy @12:58: in a drawer | Q4 clock
    who answers a tweet not held goes on with its author | 11 amy @12:50: A4 drawer // 12 host @12:56: Thank you all! // 13 bob >99 @12:59: @amy same | Q4 neighbours
    whose last word is long ago | 11 amy @12:40: A3 leek // 12 host @12:56: Thank you all! // 13 bob >99 @12:59: @amy same | wrap-up goodbye
    or a goodbye | 11 amy @12:57: thanks all // 12 host @12:56: Thank you all! // 13 bob >99 @12:59: @amy same | wrap-up goodbye
    a guest cannot close | 11 amy @12:56: Thank you all, good night! // 12 bob @12:58: in a drawer | Q4 clock
    nor a host who thanks amid the questions | 11 host @12:33: thank you all, keep going // 12 bob @12:40: leek soup | Q3 clock
    a reply is where it answers, closed or not | 11 amy @12:48: A4 drawer // 12 host @12:56: Thank you all! // 13 bob >11 @12:59: same | Q4 thread
    a number is where it says, closed or not | 11 host @12:56: Thank you all! // 12 bob @12:59: A3 leek | Q3 number
  `));

describe("what is posted into a chat and is none of its talk", () =>
  fixtures(`
    a giveaway | 11 host @12:20: GIVEAWAY time! | aside talk
    to win | 11 host @12:20: RT and follow to win a ladle | aside talk
    who won | 11 host @12:20: Congrats, Amy wins our soup book | aside talk
    a sponsor | 11 host @12:20: this chat is brought to you by Loaf and Sons | aside talk
    an invitation | 11 bob @12:20: Join us now at #chat for soup | aside talk
    to somebody who has not come | 11 bob @12:20: @zed check out tonight's #chat | aside talk
    a bot's count | 11 bot @12:20: Top tweeters in #chat today are three cooks | aside talk
    with a number it is an answer | 11 amy @12:20: A2 when you win a prize | Q2 number
    a reply is a reply | 11 amy @12:17: A2 noon // 12 bob >11 @12:20: and follow to win a book | Q2 thread
    winning is no giveaway | 11 amy @12:20: soup wins hearts at any hour | Q2 clock
    joining is no invitation | 11 amy @12:20: join a choir at noon | Q2 clock
    before the first question it is a part of the welcome | 11 host @12:03: brought to you by Loaf and Sons | welcome greeting
    the tag of another chat | ${Array.from({ length: 9 }, (_, n) => `${n + 11} amy @12:20: A2 noon #chat`).join(" // ")} // 30 zed @12:21: how about we start early #other | aside talk
    beside the chat's own | ${Array.from({ length: 9 }, (_, n) => `${n + 11} amy @12:20: A2 noon #chat`).join(" // ")} // 30 zed @12:21: how about we start early #chat #other | Q2 neighbours
    that others use too | ${Array.from({ length: 12 }, (_, n) => `${n + 11} ann${n} @12:20: A2 noon ${n < 9 ? "#chat" : "#other"}`).join(" // ")} // 30 zed @12:21: how about we start early #other | Q2 neighbours
    no tag at all | ${Array.from({ length: 9 }, (_, n) => `${n + 11} amy @12:20: A2 noon #chat`).join(" // ")} // 30 zed @12:21: how about we start early | Q2 neighbours
    a host's | ${Array.from({ length: 9 }, (_, n) => `${n + 11} amy @12:20: A2 noon #chat`).join(" // ")} // 30 host @12:21: how about we start early #other | Q2 neighbours
  `));

describe("closing talk that a question asks for", () => {
  const last = (text: string): string => `1 host @12:05: Q1 Who should come to a chat?\n2 host @12:50: Q2 ${text}`;
  fixtures("pitches answer it | 11 amy @12:55: My pitch: come to our fair | Q2 clock", undefined, last("Time for pitches! What is yours?"));
  fixtures("final thoughts too | 11 amy @12:55: Final thoughts: more bread | Q2 clock", undefined, last("Any final thoughts on bread?"));
  fixtures(
    "the host's do not close | 11 host @12:56: My pitch: soup // 12 amy @12:58: bread | Q2 clock",
    undefined,
    last("Pitches, please: what is yours?"),
  );
  fixtures(
    "thanks are thanks | 11 amy @12:55: Thanks all, great pitches | wrap-up goodbye",
    undefined,
    last("Time for pitches! What is yours?"),
  );
  fixtures("others close | 11 amy @12:55: I can storify this | wrap-up goodbye", undefined, last("Time for pitches! What is yours?"));
});

describe("after", () =>
  fixtures(`
    the window | 11 amy @13:31: in a drawer | after late
    a reply | 11 amy @12:48: A4 drawer // 12 bob >11 @13:31: same | after late
    thanks | 11 amy @13:40: thanks all | after late
    a number is an answer at any hour | 11 amy @13:40: A4 in a drawer | Q4 number
    the last minute of grace | 11 amy @13:29: in a drawer | Q4 clock
  `));

describe("spam is marked, and kept", () =>
  fixtures(`
    a link and no word | 11 zed @12:20: https://win.example | unplaced spam?
    a link and promises | 11 zed @12:20: Congratulations winners, your wallet was selected https://win.example | unplaced spam?
    a link and tags | 11 zed @12:20: look here my dear people #chat #soup #win #now https://win.example | unplaced spam?
    the same words thrice | 11 zed: buy lamps // 12 zed: buy lamps // 13 zed: buy lamps | unplaced spam?
    a hundred times | ${Array.from({ length: 100 }, (_, n) => `${n + 11} zed @12:20: buy lamps`).join(" // ")} | unplaced spam?
    twice is no flood | 11 zed @12:20: buy lamps // 12 zed @12:21: buy lamps | Q2 clock
    reposts are no flood | 10 amy @12:18: A2 noon // 11 zed =10: RT @amy: A2 noon // 12 zed =10: RT @amy: A2 noon // 13 zed =10: RT @amy: A2 noon | Q2 repost
    whoever says more is no stranger | 11 zed @12:18: A2 noon // 12 zed @12:20: https://win.example | Q2 neighbours
    a link with a sentence is talk | 11 zed @12:20: our library wrote about this at length here https://soup.example | Q2 clock
    an answer with a link is an answer | 11 zed @12:20: A2 https://soup.example | Q2 number
    a reply with a link is a reply | 11 zed >2 @12:40: https://soup.example | Q2 thread
    a quotation with a link is one | 11 zed ^2 @12:40: https://soup.example | Q2 quote
    to somebody it is said to them | 11 zed @12:20: @amy https://soup.example | Q2 clock
  `));

describe("a chat without questions", () => {
  const nothing = { hosts: ["host"] };
  fixtures(
    `
    talk with an answer | 11 amy @12:10: soup is on // 12 bob >11 @12:11: lovely | aside talk
    an answer to nothing held | 11 amy >99 @12:10: soup is on | aside none
    nothing at all | 11 amy @12:10: soup is on | aside none
    a number asks nothing | 11 amy @12:10: A1 soup is on | aside none
    spam | 11 zed @12:10: FREE crypto winners https://win.example | unplaced spam?
  `,
    nothing,
    "",
  );
});
