import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { transcribe } from "../../src/thread/transcript.ts";
import { chat, check, edit, input, NOON, outline, placed, question, transcript, tweet } from "./chat.ts";

const ONE_AND_TWO = `1 host @12:05: Q1 Who should come to a chat?
                     2 host @12:15: Q2 When should a chat begin?`;

describe("what asks nothing", () => {
  const asks = (line: string) =>
    transcript(`${ONE_AND_TWO}\n3 host @12:20: ${line}`)
      .questions.flatMap((q) => q.asks)
      .includes("3");
  for (const line of [
    "We will precede questions with Q3, Q4 etc, please answer with A3",
    "Q3 and Q4 are still to come tonight",
    "Q3 coming up in five minutes",
    "Q3",
    "RT @cohost: Q3 What do you bring?",
    "A3 I bring biscuits, what do you bring?",
    "loving the Q3 answers everyone",
    "@amy that is what Q3 will be about",
  ])
    it(line, () => assert.equal(asks(line), false));
  it("a guest's Q3 is an answer, not a question", () => {
    assert.equal(placed(`${ONE_AND_TWO}\n3 amy @12:20: Q2: nine o'clock?`, "3").asks, null);
    assert.equal(placed(`${ONE_AND_TWO}\n3 amy @12:20: Q2: nine o'clock?`, "3").label, "Q2");
  });
  it("a tweet the notes say asks nothing", () => {
    const notes = { edits: [edit("2", { ask: false })] };
    check(ONE_AND_TWO, "Q1 1\nunplaced\n  2", { notes });
  });
});

describe("questions", () => {
  it("are asked by hosts, in the order of their tweets", () => check(ONE_AND_TWO, "Q1 1\nQ2 2"));
  it("by a co-host too", () => check("1 host: Q1 Who comes?\n2 cohost: Q2 When does it begin?", "Q1 1\nQ2 2"));
  it("amid a sentence", () => check("1 host: Great! Which brings us to: Q2 What should we cook?", "Q2 1"));
  it("a colon behind the number, no question mark", () => check("1 host: And now Q2: Tell us about your kitchen", "Q2 1"));
  it("a re-ask asks the same question", () =>
    check(`${ONE_AND_TWO}\n3 host @12:25: In case you missed it, Q2: When should a chat begin?`, "Q1 1\nQ2 2 3"));
  it("a second part asks it too", () => check("1 host: Q1 Who comes?\n2 host >1: Q1 And who does not?", "Q1 1 2"));
  it("a host's answer under the same number does not", () => check("1 host: Q1 Who comes?\n2 host: Q1: everyone with soup", "Q1 1\n  2"));
  it("what is outside the series has a label, and a number counted on", () => {
    const { questions } = transcript(
      "1 host: Q0 Warm up, who is here?\n2 host: Q1a What first?\n3 host: T1: What topic next?\n4 host: BONUS: What else?",
    );
    assert.deepEqual(
      questions.map((q) => [q.label, q.number, q.anchor]),
      [
        ["Q0", 0, "q0"],
        ["Q1a", 1, "q1a"],
        ["T1", 2, "t1"],
        ["BONUS", 3, "bonus"],
      ],
    );
  });
  it("Q2.5 has an anchor without a dot", () => assert.equal(transcript("1 host: Q2.5 What now, everyone?").questions[0]?.anchor, "q2-5"));
  it("their text is what follows the number, without tags at the end", () =>
    assert.equal(
      transcript("1 host: Great! Now Q2: What should we cook? #chat https://example.com").questions[0]?.text,
      "What should we cook?",
    ));
  it("hosts unknown: who asks two numbers or more is one", () => check(ONE_AND_TWO, "Q1 1\nQ2 2", { hosts: [] }));
  it("side questions come up: three people answer a root that asks", () =>
    check(`${ONE_AND_TWO}\n3 amy: is glue ever right?\n4 bob >3: no\n5 cat >3: yes\n6 dan >3: hm`, "Q1 1\nQ2 2\n+ 3\n  4\n  5\n  6"));
  it("a side question's anchor is the tweet that asks", () =>
    assert.deepEqual(
      transcript(`${ONE_AND_TWO}\n3 amy: Side Q: is glue ever right?\n4 bob >3: no\n5 cat >3: yes`).questions.map((q) => [
        q.anchor,
        q.number,
        q.side,
      ]),
      [
        ["q1", 1, false],
        ["q2", 2, false],
        ["s3", 3, true],
      ],
    ));
});

describe("questions of the notes", () => {
  it("win over a found one of the same number", () => {
    const notes = { questions: [question({ number: 1, ask: ["1"], text: "Who, and why?" })] };
    const [first] = transcript(ONE_AND_TWO, { notes }).questions;
    assert.deepEqual([first?.text, first?.asks, first?.from], ["Who, and why?", ["1"], "notes"]);
  });
  it("known from the notes only stand at their time", () => {
    const notes = { questions: [question({ number: 3, text: "Where?", at: "12:10", by: "host" })] };
    check(ONE_AND_TWO, "Q1 1\nQ3\nQ2 2", { notes });
  });
  it("without a time they stand behind the entry before them", () => {
    const notes = { questions: [question({ number: 1, ask: ["1"] }), question({ side: true, name: "soup", text: "Soup?" })] };
    check(ONE_AND_TWO, "Q1 1\n+\nQ2 2", { notes });
    assert.equal(transcript(ONE_AND_TWO, { notes }).questions[1]?.anchor, "s-soup");
  });
  it("an ask of two tweets", () => {
    const notes = { questions: [question({ number: 1, ask: ["1", "2"] })] };
    check("1 host: Who should come\n2 host: and who should not?\n3 amy: A1 all", "Q1 1 2\n  3", { notes });
  });
  it("an answer to a question without a tweet", () => {
    const notes = { questions: [question({ number: 3, text: "Where?", at: "12:20" })] };
    check(`${ONE_AND_TWO}\n3 amy @12:25: A3 here`, "Q1 1\nQ2 2\nQ3\n  3", { notes });
  });
});

describe("answers", () => {
  it("go by their own number, whenever they come", () =>
    check(`${ONE_AND_TWO}\n3 amy: A1 late but people\n4 bob: A2 noon`, "Q1 1\n  3\nQ2 2\n  4"));
  it("a letter of their own under a question without", () => check(`${ONE_AND_TWO}\n3 amy: A1a people`, "Q1 1\n  3\nQ2 2"));
  it("a number beats the reply chain", () => check(`${ONE_AND_TWO}\n3 amy: A1 people\n4 bob >3: A2 noon`, "Q1 1\n  3\nQ2 2\n  4"));
  it("a number nobody asked stays visible", () => {
    const p = placed(`${ONE_AND_TWO}\n3 amy: A7 hm`, "3");
    assert.deepEqual([p.section, p.label, p.reason], ["unplaced", "A7", "unmatched"]);
  });
  it("without a number: what people around are numbering", () => {
    const lines = "3 amy @12:16: A2 noon\n4 bob @12:16: A2 one\n5 cat @12:16: never, ever\n6 dan @12:16: A2 two";
    assert.deepEqual([placed(`${ONE_AND_TWO}\n${lines}`, "5").label, placed(`${ONE_AND_TWO}\n${lines}`, "5").reason], ["Q2", "neighbours"]);
  });
  it("else the question open a minute and a half before", () => {
    assert.equal(placed(`${ONE_AND_TWO}\n3 amy @12:16: people who cook`, "3").label, "Q1");
    assert.equal(placed(`${ONE_AND_TWO}\n3 amy @12:18: people who cook`, "3").label, "Q2");
  });
  it("are late once the next question has been asked", () => {
    assert.equal(placed(`${ONE_AND_TWO}\n3 amy: A1 people`, "3").late, true);
    assert.equal(placed(`${ONE_AND_TWO}\n3 amy: A2 noon`, "3").late, false);
  });
});

describe("threads", () => {
  it("keep a reply chain together across the next question", () =>
    check(
      `1 host: Q1 one person?
           2 amy: A1 people
           3 host: Q2 two people?
           4 bob >2: agreed`,
      "Q1 1\n  2\n    4\nQ2 3",
    ));
  it("a reply to the question is a thread of its own", () => check(`${ONE_AND_TWO}\n3 amy >1: people`, "Q1 1\n  3\nQ2 2"));
  it("a reply to a tweet we do not hold is a root, and says so", () => {
    const p = placed(`${ONE_AND_TWO}\n3 amy >99: yes`, "3");
    assert.deepEqual([p.parent, p.parentReason], [null, "not captured"]);
  });
  it("a parent known as context is the parent", () => {
    const context = [tweet({ id: "99", time: NOON - 3_600_000, text: "earlier" }, "zoe")];
    assert.equal(placed(`${ONE_AND_TWO}\n3 amy >99: yes`, "3", { context }).parent, "99");
  });
  it("a reply to itself or to a later tweet is bad data and becomes a root", () => {
    check(`${ONE_AND_TWO}\n3 amy >3: A1 me\n4 bob >5: A1 then\n5 cat: A1 now`, "Q1 1\n  3\n  4\n  5\nQ2 2");
  });
  it("a quote belongs where the quoted tweet does", () => {
    const p = placed(`${ONE_AND_TWO}\n3 amy: A1 people\n4 bob ^3: this!`, "4");
    assert.deepEqual([p.label, p.parent, p.relation], ["Q1", "3", "quote"]);
  });
  it("a retelling finds the tweet it retells", () => {
    const p = placed(`${ONE_AND_TWO}\n3 amy: A1 people who cook soup slowly\n4 bob: yes! RT @amy: A1 people who cook soup slowly`, "4");
    assert.deepEqual([p.parent, p.parentReason, p.label], ["3", "retweet text", "Q1"]);
  });
  it("1/3 2/3 3/3 hang together", () =>
    check(
      `${ONE_AND_TWO}\n3 amy: A1 people 1/3\n4 bob: A2 noon\n5 amy: who cook 2/3\n6 amy: and eat 3/3`,
      "Q1 1\n  3\n    5\n      6\nQ2 2\n  4",
    ));
  it("3/4 time is no chain", () => assert.equal(placed(`${ONE_AND_TWO}\n3 amy: A1 waltzes\n4 amy @12:40: 3/4 time`, "4").parent, null));
  it("a reply to an alias finds the tweet", () => {
    const tweets = chat(`${ONE_AND_TWO}\n3 amy: A1 people\n4 bob >30: which?`).map((t) => (t.id === "3" ? { ...t, aliases: ["30"] } : t));
    assert.equal(outline(transcribe(input(tweets))), "Q1 1\n  3\n    4\nQ2 2");
  });
  it("a repost has no place of its own and counts on its original", () => {
    const t = transcript(`${ONE_AND_TWO}\n3 amy: A1 people\n4 bob =3: RT @amy: A1 people`);
    assert.equal(outline(t), "Q1 1\n  3\nQ2 2");
    assert.deepEqual(
      t.reposts.get("3")?.map((p) => p.tweet.id),
      ["4"],
    );
    assert.equal(t.placed.length, 4);
  });
});

describe("outside the questions", () => {
  it("what comes before the first is welcome", () =>
    check(`1 amy: hello all\n2 bob >1: hello amy\n3 host: Q1 Who comes here?`, "welcome\n  1\n    2\nQ1 3"));
  it("a hello from a newcomer is welcome at any time", () =>
    assert.equal(placed(`${ONE_AND_TWO}\n3 amy: Hi all, sorry I'm late!`, "3").section, "welcome"));
  it("from someone who is here already it is not", () =>
    assert.notEqual(placed(`${ONE_AND_TWO}\n3 amy: A1 me\n4 amy @12:30: hi five`, "4").section, "welcome"));
  it("but a tweet that begins with it while people arrive is", () =>
    assert.equal(placed(`${ONE_AND_TWO}\n3 amy @12:06: A1 me\n4 amy @12:07: Hello all, Amy from Leeds here`, "4").section, "welcome"));
  it("thanks and goodbyes near the end wrap up", () =>
    assert.equal(placed(`${ONE_AND_TWO}\n3 amy @12:58: Great chat, good night!`, "3").section, "wrap-up"));
  it("once the host has closed, what answers nobody wraps up", () => {
    const lines = "3 host @12:57: That's our hour. Thank you all!\n4 amy @12:58: off to find soup";
    assert.equal(placed(`${ONE_AND_TWO}\n${lines}`, "4").section, "wrap-up");
  });
  it("after the window it is after the hour", () =>
    assert.equal(placed(`${ONE_AND_TWO}\n3 amy >1 @13:31: still thinking`, "3").section, "after"));
  it("a stranger's link is kept, marked as spam", () => {
    const p = placed(`${ONE_AND_TWO}\n3 zed @12:20: Congratulations! FREE crypto https://win.example #chat`, "3");
    assert.deepEqual([p.section, p.reason], ["unplaced", "spam?"]);
  });
  it("so is the same text for the third time", () => {
    const flood = "3 zed: buy lamps\n4 zed: buy lamps\n5 zed: buy lamps";
    assert.deepEqual(
      ["3", "4", "5"].map((id) => placed(`${ONE_AND_TWO}\n${flood}`, id).reason),
      ["spam?", "spam?", "spam?"],
    );
  });
  it("a chat without questions is all talk", () => check("1 amy: hello\n2 bob >1: hello", "aside\n  1\n    2"));
});

describe("edits", () => {
  const lines = `${ONE_AND_TWO}\n3 amy: A1 people\n4 bob >3: agreed\n5 cat: A2 noon`;
  const edited = (...edits: ReturnType<typeof edit>[]) => outline(transcript(lines, { notes: { edits } }));
  it("move a tweet, and what answers it", () => assert.equal(edited(edit("3", { label: "Q2" })), "Q1 1\nQ2 2\n  3\n    4\n  5"));
  it("to a section", () => assert.equal(edited(edit("3", { section: "aside" })), "Q1 1\nQ2 2\n  5\naside\n  3\n    4"));
  it("by the tweet that asks", () => assert.equal(edited(edit("3", { question: "2" })), "Q1 1\nQ2 2\n  3\n    4\n  5"));
  it("make a tweet ask", () => assert.equal(edited(edit("5", { ask: "Q3" })), "Q1 1\n  3\n    4\nQ2 2\nQ3 5"));
  it("give a parent", () => assert.equal(edited(edit("5", { reply: "3" })), "Q1 1\n  3\n    4\nQ2 2\n  5"));
  it("take a parent away", () => assert.equal(placed(lines, "4", { notes: { edits: [edit("4", { reply: null })] } }).parent, null));
  it("hide: on no page, in the export", () => {
    const t = transcript(lines, { notes: { edits: [edit("3", { hide: true })] } });
    assert.equal(outline(t), "Q1 1\n  4\nQ2 2\n  5");
    assert.equal(t.placed.find((p) => p.tweet.id === "3")?.placement.hidden, true);
  });
  it("of a tweet that is not here are named", () =>
    assert.deepEqual(
      transcript(lines, { notes: { edits: [edit("99", { label: "Q2" })] } }).unmatched.map((u) => u.tweet),
      ["99"],
    ));
  it("count as sure", () =>
    assert.deepEqual(
      [placed(lines, "3", { notes: { edits: [edit("3", { label: "Q2" })] } })].map((p) => [p.reason, p.confidence]),
      [["edit", 1]],
    ));
});

describe("pasted text", () => {
  const pasted = [
    tweet({ id: "9001", text: "tools", heading: "What is a community?", local: true }, "amy"),
    tweet({ id: "9002", text: "@amy people", heading: "What is a community?", local: true }, "bob"),
    tweet({ id: "9003", text: "soup", heading: "And what else?", local: true }, "cat"),
  ];
  it("answers stand under their headings", () => assert.equal(outline(transcribe(input(pasted))), "Q1\n  9001\n  9002\nQ2\n  9003"));
  it("the notes may name a question in between", () => {
    const questions = [
      question({ number: 1, text: "What is a community?" }),
      question({ side: true, name: "soup", text: "Soup?" }),
      question({ number: 2, text: "And what else?" }),
    ];
    assert.equal(outline(transcribe(input(pasted, { notes: { questions } }))), "Q1\n  9001\n  9002\n+\nQ2\n  9003");
  });
});

describe("a number that is not one's own", () => {
  it("a goodbye that names a question is a goodbye", () =>
    assert.equal(
      placed(`${ONE_AND_TWO}\n3 host @12:57: That's our hour. Thanks to the cohost for Q2. Next week: soup`, "3").section,
      "wrap-up",
    ));
  it("amid the words, before the question was asked, it speaks of what is to come", () =>
    assert.equal(
      placed(`1 amy @11:50: I have news, saving it for (Q1). Hello\n2 host @12:05: Q1 Who should come?`, "1").section,
      "welcome",
    ));
  it("leading, it answers before its question: some are quick", () =>
    assert.equal(placed(`1 amy @12:00: A1 people\n2 host @12:05: Q1 Who should come?`, "1").label, "Q1"));
});
