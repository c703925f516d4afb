import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setBoard } from "../../src/thread/board.ts";
import { chat, check, edit, input, placed, question, transcript } from "./chat.ts";

const ONE_AND_TWO = `1 host @12:05: Q1 Who should come to a chat?
                     2 host @12:15: Q2 When should a chat begin?`;

/** What a tweet by the host asks, after Q1 and Q2: a label, or null. */
const asked = (line: string): string | null => {
  const t = transcript(`${ONE_AND_TWO}\n3 host @12:25: ${line}`);
  return t.questions.find((q) => q.asks.includes("3"))?.label ?? null;
};

describe("a host's tweet that asks nothing", () => {
  for (const line of [
    "We will precede questions with Q3, Q4 etc",
    "I'll post questions as Q3, Q4; please answer with A3, A4",
    "Q3 to Q5 are about soup, if we get that far",
    "Q3/A3 is how we tag things here, friends",
    "Q3 & Q4 are both about soup tonight",
    "Q3 or Q4 first, what do you think?",
    "Q3 is coming up in a moment, hold on",
    "Q3 in 5 minutes! Finish your soup first",
    "Q3 in a minute, finish your soup first",
    "Q3 will be posted at half past, friends",
    "Q3 is up next, get your bowls ready",
    "Q3 has been posted, did everyone see it?",
    "Q3 is out now, did everyone see it?",
    "Q3 answers are wonderful so far, more?",
    "Q3 time!",
    "Q3!",
    "No time for Q3, but perhaps another evening?",
    "We have to skip Q3: sorry everyone about that",
    "Saving that for Q3: you are ahead of us",
    "Still waiting for Q3? It is nearly ready for you",
    "Shall we begin Q3, or is more to say about bread?",
    "I think Q3, like bread, takes its time to rise",
    "Please start your answers with Q3: that helps the transcript",
    "Tonight: Q3 What bread? Q4 What soup? Q5 What else?",
    "RT @cohost: Q3 What do you bring?",
    "MT @cohost Q3 What do you bring?",
    '"@cohost: Q3 What do you bring?" good one',
    "A3 Bread, what else is there?",
    "A3: Who does not like bread?",
    "Project Q4 is what my manager calls it, and yours?",
    "Q4 results are out, did you see them?",
    "Q4 2019 was a strange time for bakers, was it not?",
    "https://example.com/q3?bread=1 is a recipe for everyone",
    "Q3/4 time is how a waltz goes, is it not?",
    "Q3?",
    "Q3 bread",
    "@amy Q3 👇",
    "We are nearly at Q3 👇",
    "P3: the pan is what breaks first, is it not?",
  ])
    it(line, () => assert.equal(asked(line), null));
});

describe("a host's tweet that asks", () => {
  for (const [line, label] of [
    ["Q3 What do you bring?", "Q3"],
    ["Q3: What do you bring?", "Q3"],
    ["Q3. What do you bring?", "Q3"],
    ["Q3) What do you bring?", "Q3"],
    ["Q3 - What do you bring?", "Q3"],
    ["Q3: Tell us what you bring", "Q3"],
    ["Q3 Describe your favourite bowl", "Q3"],
    ["q3 what do you bring?", "Q3"],
    ["#chat Q3 What do you bring?", "Q3"],
    ["#Q3 What do you bring?", "Q3"],
    ["Question 3: What do you bring?", "Q3"],
    ["Question #3: What do you bring?", "Q3"],
    ["Q.3 What do you bring?", "Q3"],
    ["Q-3: What do you bring?", "Q3"],
    ["Q 3: What do you bring?", "Q3"],
    ["🍞 Q3 What do you bring?", "Q3"],
    ["“Q3 What do you bring?”", "Q3"],
    ["*Q3* What do you bring?", "Q3"],
    ["[Q3] What do you bring?", "Q3"],
    ["Q3 ¿Qué traes a la mesa?", "Q3"],
    ["Q3 – What do you bring?", "Q3"],
    ["Q3 — What do you bring?", "Q3"],
    ["Q#3 What do you bring?", "Q3"],
    ["Q3️⃣ What do you bring?", "Q3"],
    ["3️⃣ What do you bring?", "Q3"],
    ["Q③ What do you bring?", "Q3"],
    ["Ｑ３：What do you bring?", "Q3"],
    ["𝗤𝟯: What do you bring?", "Q3"],
    ["🆀3 What do you bring?", "Q3"],
    ["Question Three: What do you bring?", "Q3"],
    ["Here comes question three: What do you bring?", "Q3"],
    ["Question no. 3: What do you bring?", "Q3"],
    ["Q3/5: What do you bring?", "Q3"],
    ["Question 3/5: What do you bring?", "Q3"],
    ["Q3 of 5: What do you bring?", "Q3"],
    ["POLL TIME! Q3 What do you bring?", "Q3"],
    ["Q3 What do you bring? 🧵 1/", "Q3"],
    ["Q3: 🥖?", "Q3"],
    ["Q3: Bread?", "Q3"],
    ["Q3 👇", "Q3"],
    ["Q3 is here 👇 #chat", "Q3"],
    ["Q3: https://pic.example/3", "Q3"],
    ["Q3：何を持ってきますか？ みんな 教えて", "Q3"],
    ["Great talk! Which brings us to: Q3 What do you bring?", "Q3"],
    ["And now q3 what do you bring?", "Q3"],
    ["A fine segue into Q3 Would anyone bring bread?", "Q3"],
    ["OK, time for Q3! Q3 Is bread a meal?", "Q3"],
    ["Keep the hellos coming while we start with\\n\\nQ3. Why bread?", "Q3"],
    ["Building on Q1, here is Q3: What do you bring?", "Q3"],
    ["That was Q2. And Q3: Tell us what you bring", "Q3"],
    ["An important one! #chat Q1.5 ...what is bread, anyway?", "Q1.5"],
    ["Q0: Before all that, who is hungry?", "Q0"],
    ["Q1a: And who should stay at home?", "Q1a"],
    ["Q2.5 Halfway there, how is the soup?", "Q2.5"],
    ["T1: What should the topic be?", "T1"],
    ["T1 What should the topic be?", "T1"],
    ["BONUS: What did we forget?", "BONUS"],
    ["Bonus Q: What did we forget?", "BONUS"],
    ["Bonus question: What did we forget?", "BONUS"],
    ["BONUS What did we all forget?", "BONUS"],
    ["Extra Q: What did we forget?", "EXTRA"],
    ["EXTRA QUESTION What did we forget?", "EXTRA"],
  ] as const)
    it(`${line} -> ${label}`, () => assert.equal(asked(line), label));
});

describe("a second tweet of a number", () => {
  const again = (line: string): boolean => asked(line) === "Q2";
  for (const [line, is] of [
    ["Q2 When should a chat begin?", true],
    ["Q2: when should a chat begin? #chat", true],
    ["In case you missed it, Q2: When should a chat begin?", true],
    ["ICYMI Q2: the hour a chat should begin. Which is it?", true],
    ["Q2 part 2: And when should it end?", true],
    ["Follow up to Q2 - Who decides about the hour?", true],
    ["Q2 And who decides?", true],
    ["Q2 👇", true],
    ["Question 2 ⬇️ https://pic.example/2", true],
    ["Q2: at noon, when the soup is ready", false],
    ["Q2 Noon for me. Is that too late?", false],
    ["@amy Q2 is about the hour, is it not?", false],
    ["Loving these Q2 answers", false],
  ] as const)
    it(`${line} ${is ? "asks again" : "is the host's answer"}`, () => assert.equal(again(line), is));
  it("posted without the tag, and again with it", () =>
    check("1 host: Q1 Who comes to the chat?\n2 host: Q1 Who comes to the chat? #chat\n3 amy: A1 me", "Q1 1 2\n  3"));
  it("in two tweets, as the first of them says", () =>
    check(
      "1 host: Q1, in two tweets. Somebody new comes in and knows nobody.\n2 host >1: (Q1 cont.) Who says hello?\n3 amy: A1 me",
      "Q1 1 2\n  3",
    ));
  it("that goes on is called by what it asks", () =>
    assert.equal(transcript("1 host: (Q1 cont.) Who says hello? #chat\n2 amy: A1 me").questions[0]?.text, "Who says hello?"));
  it("by the co-host", () => check("1 host: Q1 Who comes here?\n2 cohost: Q1 Who comes here?", "Q1 1 2"));
  it("quoted in the next tweet by a guest it asks nothing", () =>
    check('1 host: Q1 Who comes here?\n2 amy: "Q1 Who comes here?" All of us!', "Q1 1\n  2"));
  it("a guest's question under a number is an answer", () => assert.equal(placed(`${ONE_AND_TWO}\n3 amy: Q2 at noon?`, "3").asks, null));
});

describe("a question in a picture", () => {
  it("takes its words from the tweet that says them", () => {
    const { questions } = transcript("1 host: Q1 👇 https://pic.example/1\n2 host: Q1: Who should come to a chat?");
    assert.deepEqual(
      questions.map(({ text, asks }) => [text, asks]),
      [["Who should come to a chat?", ["1", "2"]]],
    );
  });
});

describe("a number that people answer and no host asks", () => {
  const answers = "4 amy @12:27: A3 bread\n5 bob: A3 soup\n6 cat: A3 tea";
  it("is that of a question without one", () =>
    check(`${ONE_AND_TWO}\n3 host @12:25: Last question: what do you bring?\n${answers}`, "Q1 1\nQ2 2\nQ3 3\n  4\n  5\n  6"));
  it("is that of a second question under the number before: a slip", () =>
    check(`${ONE_AND_TWO}\n3 host @12:25: Q2 What do you bring along?\n${answers}`, "Q1 1\nQ2 2\nQ3 3\n  4\n  5\n  6"));
  it("not of the same question asked again", () =>
    check(`${ONE_AND_TWO}\n3 host @12:25: Q2 When should a chat begin?\n${answers}`, "Q1 1\nQ2 2 3\nunplaced\n  4\n  5\n  6"));
  it("two are too few: they may be mistaken", () =>
    check(
      `${ONE_AND_TWO}\n3 host @12:25: What do you bring?\n4 amy @12:27: A3 bread\n5 bob: A3 soup`,
      "Q1 1\nQ2 2\n  3\nunplaced\n  4\n  5",
    ));
  it("nor does one who writes it thrice", () =>
    check(
      `${ONE_AND_TWO}\n3 host @12:25: What do you bring?\n4 amy @12:27: A3 bread\n5 amy: A3 soup\n6 amy: A3 tea`,
      "Q1 1\nQ2 2\n  3\nunplaced\n  4\n  5\n  6",
    ));
  it("nor what a guest asks", () =>
    check(`${ONE_AND_TWO}\n3 dan @12:25: What do you bring?\n${answers}`, "Q1 1\nQ2 2\n  3\nunplaced\n  4\n  5\n  6"));
  it("nor what was asked a quarter of an hour before", () =>
    check(
      `${ONE_AND_TWO}\n3 host @12:16: And who brings bread?\n4 amy @12:40: A3 bread\n5 bob: A3 soup\n6 cat: A3 tea`,
      "Q1 1\n  3\nQ2 2\nunplaced\n  4\n  5\n  6",
    ));
  it("is never sure", () =>
    assert.equal(placed(`${ONE_AND_TWO}\n3 host @12:25: Last question: what do you bring?\n${answers}`, "3").confidence, 0.6));
});

describe("topics", () => {
  it("A1 answers T1 where no Q1 is asked", () => check("1 host: T1 What bread do you like?\n2 amy: A1 rye", "T1 1\n  2"));
  it("T1 does too", () => check("1 host: T1 What bread do you like?\n2 amy: T1: rye", "T1 1\n  2"));
  it("where Q1 is asked, A1 answers it", () =>
    check("1 host: T1: Bread or soup, what is it?\n2 host: Q1 What bread do you like?\n3 amy: A1 rye", "T1 1\nQ1 2\n  3"));
});

describe("parts of a question the notes list", () => {
  const notes = { questions: [question({ number: 1, ask: ["1"] }), question({ number: 2, ask: ["2"] })] };
  it("the list is the outline: Q1.5 stands under Q1", () =>
    check(`${ONE_AND_TWO}\n3 host: Q1.5 What about cats?\n4 amy: A1.5 cats too`, "Q1 1 3\n  4\nQ2 2", { notes }));
  it("unless an edit says it asks Q1.5", () =>
    check(`${ONE_AND_TWO}\n3 host: Q1.5 What about cats?\n4 amy: A1.5 cats too`, "Q1 1\nQ2 2\nQ1.5 3\n  4", {
      notes: { ...notes, edits: [edit("3", { ask: "Q1.5" })] },
    }));
  it("without a list it is a question of its own", () =>
    check(`${ONE_AND_TWO}\n3 host: Q1.5 What about cats?\n4 amy: A1.5 cats too`, "Q1 1\nQ2 2\nQ1.5 3\n  4"));
});

describe("hosts unknown", () => {
  const board = (text: string, hosts: readonly string[] = []) => setBoard(input(chat(text), { hosts }));
  for (const [name, text, hosts] of [
    ["nobody asks", "1 amy: hello\n2 bob: hello amy", []],
    ["one number is no series", "1 amy: Q1 Who comes here?\n2 bob: A1 me", []],
    ["a guest who asks back under a number", "1 amy: A1 me\n2 bob: A1 me too\n3 cat: Q1 who else?\n4 cat: A2 no", []],
    ["an answer with a question mark comes after others", `${ONE_AND_TWO}\n3 amy: A1 me\n4 bob: Q1 all of us?\n5 bob: Q2 noon?`, ["host"]],
    ["two numbers, no answers", ONE_AND_TWO, ["host"]],
    ["two who take turns", "1 amy: Q1 Who?\n2 bob: Q2 When do we start?\n3 amy: Q3 Where do we meet?\n4 bob: Q4 Why do we meet?", ["bob"]],
    [
      "one who asks once and is answered by three",
      `${ONE_AND_TWO}\n3 amy: Q3 Where do we meet?\n4 bob: A3 here\n5 cat: A3 there\n6 dan: A3 online`,
      ["amy", "host"],
    ],
    ["a reply asks nothing", `${ONE_AND_TWO}\n3 amy >2: Q3 or so?\n4 bob: A3 b\n5 cat: A3 c\n6 dan: A3 d`, ["host"]],
    [
      "a repeated question stays its first asker's",
      `${ONE_AND_TWO}\n3 amy: Q1 Who should come?\n4 amy: Q2 When should it begin?`,
      ["host"],
    ],
  ] as const)
    it(name, () => assert.deepEqual([...board(text).hosts].sort(), hosts));
  it("says where hosts come from", () => {
    assert.equal(board(ONE_AND_TWO).hostsAre, "guessed");
    assert.equal(board(ONE_AND_TWO, ["Host"]).hostsAre, "named");
    assert.equal(board("1 amy: hello").hostsAre, "unknown");
  });
  it("a guess never beats a named host", () => assert.deepEqual([...board(ONE_AND_TWO, ["Amy"]).hosts], ["amy"]));
  it("a guessed host's question is less sure", () => {
    assert.equal(placed(ONE_AND_TWO, "1", { hosts: [] }).confidence, 0.7);
    assert.equal(placed(ONE_AND_TWO, "1").confidence, 0.95);
  });
});
