import { describe } from "node:test";
import { edit, question } from "./chat.ts";
import { fixtures } from "./hour.ts";

describe("unmatched", () =>
  fixtures(`
    a number nobody asked stays visible | 11 amy @12:50: A7 in a drawer | A7 unmatched
    with the letter of a question | 11 amy @12:50: Q9: in a drawer | Q9 unmatched
    a zero where nobody asked it | 11 amy @12:06: A0 hello from Leeds | A0 unmatched
    but an answer to an answer belongs with it | 11 amy @12:47: A4 in a drawer // 12 bob >11 @12:50: A7 same here | Q4 thread
    a retold number nobody asked is no number | 11 amy @12:50: RT @zed: A9 in a drawer | Q4 clock
  `));

describe("its own number", () =>
  fixtures(`
    of the open question | 11 amy @12:16: A2 at noon | Q2 number
    of one long past | 11 amy @12:50: A1 people who talk | Q1 number
    of one still to come: some are quick | 11 amy @12:14: A2 at noon | Q2 number
    with a colon | 11 amy @12:50: A1: people who talk | Q1 number
    with a stop | 11 amy @12:50: A1. people who talk | Q1 number
    with a bracket | 11 amy @12:50: A1) people who talk | Q1 number
    with a dash | 11 amy @12:50: A1- people who talk | Q1 number
    with a stroke | 11 amy @12:50: A1/ people who talk | Q1 number
    small | 11 amy @12:50: a1 people who talk | Q1 number
    as a tag | 11 amy @12:50: #A1 people who talk | Q1 number
    as a tag at the end | 11 amy @12:50: people who talk #a1 | Q1 number
    with a gap | 11 amy @12:50: A 1: people who talk | Q1 number
    the letter of the question | 11 amy @12:50: Q1: people who talk | Q1 number
    behind a handle | 11 amy @12:50: .@host A1 people who talk | Q1 number
    behind a tag | 11 amy @12:50: #chat A1 people who talk | Q1 number
    behind two handles | 11 amy @12:50: @bob @cat A1 people who talk | Q1 number
    the first leading one of two | 11 amy @12:50: A1 people who talk, as in A2 | Q1 number
    beats its thread | 11 amy @12:47: A4 in a drawer // 12 bob >11 @12:50: A1 people who talk | Q1 number
    beats its quotation | 11 amy @12:47: A4 in a drawer // 12 bob ^11 @12:50: A1 people like amy | Q1 number
    beats a hello | 11 amy @12:50: Hi all, A1: people who talk | Q1 number
    beats a goodbye | 11 amy @12:59: A4 in a drawer. Thanks all, good night! | Q4 number
    beats the closing | 11 host @12:57: That's our hour. Thank you all! // 12 amy @12:59: A1 people who talk | Q1 number
    a letter of its own belongs to the whole | 11 amy @12:50: A1b people who listen | Q1 number
    amid the words, once it was asked | 11 amy @12:47: I have no answer to Q3 | Q3 number
    a paper size is none | 11 amy @12:47: A4 paper, folded twice | Q4 clock
    of the host: an answer, not a question | 11 host @12:20: A1 I invite everybody | Q1 number
  `));

describe("its thread", () =>
  fixtures(`
    a reply to an answer | 11 amy @12:07: A1 people // 12 bob >11 @12:08: who else | Q1 thread
    long after, under other questions | 11 amy @12:07: A1 people // 12 bob >11 @12:50: who else | Q1 thread
    a reply to a reply | 11 amy @12:07: A1 people // 12 bob >11 @12:20: who else // 13 cat >12 @12:50: cats | Q1 thread
    a reply to the question | 11 amy >1 @12:50: people | Q1 thread
    a reply to a question of a co-host | 11 amy >3 @12:50: leek | Q3 thread
    of an author with themself | 11 amy @12:07: A1 people // 12 amy >11 @12:50: and cats | Q1 thread
    of a hello, before the first question | 11 amy @12:01: hello all // 12 bob >11 @12:02: hello amy | welcome thread
    of a hello, long after | 11 amy @12:01: hello all // 12 bob >11 @12:20: hello amy | welcome thread
    a quotation without a number | 11 amy @12:07: A1 people // 12 bob ^11 @12:50: this | Q1 quote
    a quotation of the question | 11 amy ^1 @12:50: people | Q1 quote
    a reply to a quotation | 11 amy ^1 @12:48: people // 12 bob >11 @12:50: quite | Q1 thread
    a repost | 11 amy @12:07: A1 people // 12 bob =11 @12:50: RT @amy: A1 people | Q1 repost
    a repost without a number | 11 amy >1 @12:07: people // 12 bob =11 @12:50: RT @amy: people | Q1 repost
    a retold number | 11 amy @12:50: RT @zed: A1 people who talk | Q1 number
    a retold number behind words | 11 amy @12:50: nice! RT @zed: A1 people who talk | Q1 number
    a modified one | 11 amy @12:50: MT @zed: A1 people who talk | Q1 number
    quoted by hand | 11 amy @12:50: "@zed: A1 people who talk" nice! | Q1 number
    the second of two | 11 amy @12:07: A1 people 1/2 // 12 amy @12:08: 2/2 and cats | Q1 thread
    the second of two, minutes later | 11 amy @12:14: A1 people 1/2 // 12 amy @12:18: 2/2 and cats | Q1 thread
    the third of three | 11 amy @12:12: A1 people 1/3 // 12 amy @12:13: cats 2/3 // 13 amy @12:17: dogs 3/3 | Q1 thread
    a measure of time is no part | 11 amy @12:47: A4 drawer // 12 amy @12:58: 3/4 time is a waltz | Q4 clock
    a reply to spam does not follow it | 11 zed @12:47: Congratulations! FREE crypto https://win.example // 12 bob >11 @12:50: go away | Q4 clock
    a reply to what nobody can place stands where talk stands | 11 amy >999 @11:50: so I said // 12 bob >11 @11:51: and then | welcome thread
    a reply to itself is bad data | 11 amy >11 @12:50: in a drawer | Q4 clock
    a reply to a later one is bad data | 12 amy >13 @12:50: in a drawer | Q4 clock
    a reply that thanks somebody goes on with it | 11 amy @12:07: A1 people // 12 bob >11 @12:50: thank you, yes | Q1 thread
  `));

describe("half a conversation: the other half was not captured", () =>
  fixtures(`
    goes on with what the two were talking about | 11 amy @12:07: A1 cats // 12 bob >11 @12:08: @amy all of them? // 13 amy >99 @12:18: @bob every single one | Q1 neighbours
    and on | 11 amy @12:07: A1 cats // 12 bob >11 @12:08: @amy all of them? // 13 amy >98 @12:18: @bob every single one // 14 bob >99 @12:20: @amy even that one | Q1 neighbours
    with what the other one said last | 11 amy @12:13: A1 cats // 12 bob >99 @12:17: @amy even so | Q1 neighbours
    not with what was said an hour ago by somebody else | 11 amy @12:06: A1 cats // 12 bob >99 @12:50: @zed even so | Q4 clock
    of three people | 11 amy @12:07: A1 cats // 12 bob >11 @12:08: @amy all? // 13 amy >99 @12:18: @cat @bob every one | Q1 neighbours
    answers to a host go on with what the host asked | 11 amy >99 @12:50: @host in a drawer | Q4 neighbours
    answers to nobody here go by the clock | 11 amy >99 @12:50: @stranger in a drawer | Q4 clock
    thanks near the end are a goodbye, whoever gets them | 11 amy >99 @12:59: @stranger thank you, good night | wrap-up goodbye
  `));

describe("what people around are numbering", () =>
  fixtures(`
    they all say the same | 11 amy @12:16: A2 noon // 12 bob @12:16: A2 one // 13 dan @12:17: A2 two // 14 cat @12:17: never | Q2 neighbours
    right after a question most still answer the one before | 11 amy @12:14: A1 me // 12 bob @12:15: A1 you // 13 cat @12:16: everybody, really | Q1 neighbours
    two minutes later no more | 11 amy @12:16: A2 noon // 12 bob @12:17: A2 one // 13 cat @12:18: everybody, really | Q2 neighbours
    far away numbers count for nothing | 11 amy @12:07: A1 me // 12 cat @12:25: everybody, really | Q2 clock
    one late-comer does not sway it | 11 amy @12:20: A1 me // 12 cat @12:20: everybody, really | Q2 neighbours
  `));

describe("what its author numbered last", () =>
  fixtures(`
    half a minute ago: the old question | 11 amy @12:19: A1 me // 12 amy @12:19: #chat or so I think | Q1 neighbours
    long ago: nothing | 11 amy @12:16: A1 me // 12 amy @12:27: or so I think | Q2 clock
    somebody else's does not count | 11 bob @12:19: A1 me // 12 amy @12:27: or so I think | Q2 clock
  `));

describe("the clock", () =>
  fixtures(`
    the open question | 11 amy @12:25: around noon | Q2 clock
    the first has none before it | 11 amy @12:05: everyone | Q1 clock
    a minute after a question: the one before | 11 amy @12:16: everyone | Q1 clock
    the same minute | 11 amy @12:15: everyone | Q1 clock
    three minutes after: the open one | 11 amy @12:18: everyone | Q2 clock
    a minute after the third: the second | 11 amy @12:31: everyone | Q2 clock
    near the end: the last | 11 amy @12:58: in a drawer | Q4 clock
    after the hour, within its grace: the last | 11 amy @13:10: in a drawer | Q4 clock
    an untimed quarrel of two hosts is no other clock | 11 cohost @12:25: so what does everybody say | Q2 clock
  `));

describe("its words", () =>
  fixtures(`
    those of the new question, at once | 11 amy @12:31: soup for guests, I cook leek soup | Q3 clock
    those of the question before | 11 amy @12:47: leek soup is what I cook for all my guests | Q3 clock
    words of nobody count for nothing | 11 amy @12:50: zymurgy | Q4 clock
    links and handles are no words | 11 amy @12:50: one two three four https://soup.example/cook-for-guests | Q4 clock
  `));

describe("a host who leads up to a question", () =>
  fixtures(`
    with the word | 11 host @12:44: Time flies. On to the last question! | Q4 clock
    with the number | 11 host @12:44: I see you are at Q4 already, so here it comes | Q4 clock
    in another language | 11 host @12:44: Und nun zur letzten Frage | Q4 clock
    with a letter | 11 host @12:44: And with that, our last Q! | Q4 clock
    even before the first | 11 host @12:04: keep the intros coming, here is the first question | Q1 clock
    not a guest | 11 amy @12:44: On to the last question! | Q3 clock
    not long before | 11 host @12:40: the last question is a good one | Q3 clock
    not without speaking of it | 11 host @12:44: soup it is then | Q3 clock
    not to somebody | 11 host @12:44: @amy good question | Q3 clock
    not before the other host's | 11 host @12:29: On to the next question! | Q2 clock
  `));

describe("a correction stands where its author's last tweet does", () =>
  fixtures(`
    of an answer | 11 amy @12:16: A1 me // 12 amy @12:18: *myself, even | Q1 thread
    of a hello | 11 amy @12:04: hello all // 12 amy @12:06: *y'all | welcome thread
    not of what is long past | 11 amy @12:16: A1 me // 12 amy @12:26: *myself, even | Q2 clock
    a gesture corrects nothing | 11 amy @12:16: A1 me // 12 amy @12:26: *pulls up a chair* | Q2 clock
    nor does somebody else | 11 amy @12:16: A1 me // 12 bob @12:20: *myself, even | Q2 clock
  `));

describe("edits win over every rung", () => {
  fixtures("its number | 11 amy @12:50: A1 people | Q3 edit", { notes: { edits: [edit("11", { label: "Q3" })] } });
  fixtures("a question | 11 amy @12:50: A1 people | Q3 edit", { notes: { edits: [edit("11", { question: "3" })] } });
  fixtures("a section | 11 amy @12:50: A1 people | aside edit", { notes: { edits: [edit("11", { section: "aside" })] } });
  fixtures("and carry what answers it | 11 amy @12:50: A1 people // 12 bob >11 @12:51: who | aside thread", {
    notes: { edits: [edit("11", { section: "aside" })] },
  });
  fixtures("spam is none if they say so | 11 zed @12:50: FREE crypto winners https://win.example | Q4 edit", {
    notes: { edits: [edit("11", { label: "Q4" })] },
  });
  fixtures("a label nobody asks is none | 11 amy @12:50: A1 people | Q1 number", { notes: { edits: [edit("11", { label: "Q9" })] } });
});

describe("where the file lists every question, its list is whole", () => {
  const questions = ["1", "2", "3", "4"].map((id) => question({ number: Number(id), ask: [id] }));
  const side = "11 amy @12:20: is glue ever right? // 12 bob >11: no // 13 cat >11: yes // 14 dan >11: hm";
  fixtures(`nothing comes up besides | ${side} | Q2 thread`, { notes: { questions } });
  fixtures(`elsewhere it does | ${side} | + thread`);
  fixtures(`one that lists some is not | ${side} | + thread`, { notes: { questions: questions.slice(0, 2) } });
});
