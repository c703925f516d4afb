import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parse } from "../../src/thread/parse.ts";
import { tweet } from "./chat.ts";

const read = (text: string) => parse(tweet({ id: "1", text }, "amy"));

describe("what is no number", () => {
  for (const text of [
    "A4 paper is fine",
    "the A4 sheet",
    "Q4 results are out",
    "Project Q4 is late",
    "hi 5!",
    "3/4 time",
    "a 4 hour drive",
    "a 14-hook loom",
    "DATA1: broken",
    "mail a1@example.com",
    "https://example.com/a1",
    "@a1 hello",
    "100A1",
    "A1000 is a road",
    "a-1 condition",
    "IQ 130",
    "A4-sized posters",
    "A4 landscape format? A4 sheets",
    "Q4 2019 was odd",
    "Q3 FY21 is over",
    "Q2 earnings call",
    "A1c was high today",
    "A 4 hour drive",
    "A 2 person tent",
    "A 3 week long course",
    "a 1 in ten chance",
    "T1 diabetes is hard",
    "wearing T2 colours",
    "an extra question from me",
    "bonus points for soup",
    "a bonus question is coming",
    "plan B",
    "Q&A starts soon",
    "24/7 open",
    "5 a day",
    "CoQ10 pills",
    "don't you 'a1' me",
    "we had A3 posters and A5 flyers",
    "A1 sauce on a steak",
    "A1 grade beef",
    "rich in vitamin A1",
    "I got an A1 in class",
    "drive an Audi A4",
    "Q3 numbers look great",
    "Q1 quarter was slow",
    "a no 1 hit",
    "A no 1 hit for the band",
    "answer one question a day",
    "question two people asked",
    "an 2 hour walk",
    "topic 2 was dull",
    "P1 priority today",
    "F1 race on Sunday",
    "R1: a research university",
    "ＤＡＴＡ１ is broken",
    "𝗔𝟰 paper",
    "1️⃣ bread 2️⃣ soup",
    "we are number 1️⃣",
    "call 5️⃣ of us",
  ])
    it(text, () => assert.equal(read(text).own, null));
});

describe("numbers of answers", () => {
  for (const [text, label] of [
    ["A1 people", "A1"],
    ["A1: people", "A1"],
    ["A1. people", "A1"],
    ["A1) people", "A1"],
    ["A1- people", "A1"],
    ["a1 people", "A1"],
    ["A 1: people", "A1"],
    ["A1/ people", "A1"],
    ["#A1 people", "A1"],
    ["A12 people", "A12"],
    ["A1a people", "A1a"],
    ["Answer 2: people", "A2"],
    [".@host A2 people", "A2"],
    ["@host @bob A2 people", "A2"],
    ["#chat A1 people", "A1"],
    ["“A1 people”", "A1"],
    ["🙂 A1 people", "A1"],
    ["oh. A4 #chat mentors?", "A4"],
    ["Other A4: people", "A4"],
    ["Late to this, but: Q1. To me it is people", "Q1"],
    ["catching up, A3 for me", "A3"],
    ["That goes back to A2: power", "A2"],
    ["people, mostly #a4", "A4"],
    ["people, mostly #a4 #chat", "A4"],
    ["people, mostly #chat A4", "A4"],
    ["people, mostly (A4)", "A4"],
    ["A1 and this is for A2 too", "A1"],
    ["Q2: not a question, an answer", "Q2"],
    ["Q2.5 half way", "Q2.5"],
    ["T1: topic", "T1"],
    ["BONUS: one more", "BONUS"],
    ["Q0: warm up", "Q0"],
    ["A 1 I like people", "A1"],
    ["A.1 people", "A1"],
    ["A#1 people", "A1"],
    ["A #1: people", "A1"],
    ["A-1: people", "A1"],
    ["A01 people", "A1"],
    ["Ans 3: people", "A3"],
    ["Ans. 3 people", "A3"],
    ["answer 3 people", "A3"],
    ["Answer #3: people", "A3"],
    ["A1… people", "A1"],
    ["A1– people", "A1"],
    ["A1, people", "A1"],
    ["A1! people", "A1"],
    ["A1: people", "A1"],
    ["A1：people", "A1"],
    ["A1️⃣ people", "A1"],
    ["A1.4.1 people", "A1.4"],
    ["A1.2: people", "A1.2"],
    ["A1c: people", "A1c"],
    ["[A1] people", "A1"],
    ["*A1* people", "A1"],
    ["{A1} people", "A1"],
    ["> A1 people", "A1"],
    ["- A1 people", "A1"],
    ["| A1 | people", "A1"],
    ["🇬🇧 A1 people", "A1"],
    ["👩‍🏫 A1 people", "A1"],
    ["2/2 A1 and more people", "A1"],
    ["@host @bob @cat A3: people", "A3"],
    [".@host #chat A2 people", "A2"],
    ["A1 & A2: people", "A1"],
    ["A1/A2 people", "A1"],
    ["people, mostly #a4 2/2", "A4"],
    ["people, mostly #chat #A4 https://example.com", "A4"],
    ["people [A4]", "A4"],
    ["BONUS A: people", "BONUS"],
    ["Extra Q: people", "EXTRA"],
    ["T2. soup", "T2"],
    ["T2 What soup?", "T2"],
    ["Topic 2: soup", "T2"],
    ["Topic #2 What soup?", "T2"],
    ["Question no. 2: soup", "Q2"],
    ["Question Nr 2: soup", "Q2"],
    ["Question number 2: soup", "Q2"],
    ["Question Two: soup", "Q2"],
    ["Qn 2: soup", "Q2"],
    ["Ques 2: soup", "Q2"],
    ["Q2/5: soup", "Q2"],
    ["Q2 of 5: soup", "Q2"],
    ["Ａ１ people", "A1"],
    ["Ａ１：people", "A1"],
    ["A① people", "A1"],
    ["Ⓐ② people", "A2"],
    ["A❷ people", "A2"],
    ["𝗔𝟭: people", "A1"],
    ["𝐀𝟏 people", "A1"],
    ["🅰️1 people", "A1"],
    ["🆀2: soup", "Q2"],
    ["A2️⃣ people", "A2"],
    ["1️⃣ people", "A1"],
    ["#chat 1️⃣ who?", "Q1"],
  ] as const)
    it(`${text} -> ${label}`, () => assert.equal(read(text).own?.label, label));
});

describe("where a number stands in a styled text", () => {
  for (const [text, number] of [
    ["𝗔𝟭: people", "𝗔𝟭"],
    ["🙂 𝗔𝟭 people", "𝗔𝟭"],
    ["Ａ１ people", "Ａ１"],
    ["🅰️1 people", "🅰️1"],
    ["A1 people like 𝗯𝗿𝗲𝗮𝗱", "A1"],
  ] as const)
    it(text, () => {
      const own = read(text).own;
      assert.equal(text.slice(own?.start, own?.end), number);
    });
});

describe("whom it answers", () => {
  for (const [text, lead] of [
    ["hello @bob", []],
    ["@bob hello", ["bob"]],
    [".@Bob hello", ["bob"]],
    ["@bob @Cara, hello", ["bob", "cara"]],
    ["#chat @bob hello", ["bob"]],
    ["mail me at amy@bob.example", []],
  ] as const)
    it(text, () => assert.deepEqual(read(text).lead, lead));
});

describe("other people's words", () => {
  for (const [text, handle] of [
    ["RT @bob: A2 power", "bob"],
    ["so true! RT @bob A2 power", "bob"],
    ["MT @bob: A2 power", "bob"],
    ['"@bob: A2 power" nice!', "bob"],
    ["A2 power via @bob", "bob"],
  ] as const)
    it(text, () => assert.equal(read(text).retold?.handle, handle));
  it("their number is not the author's own", () => assert.equal(read("so true! RT @bob: A2 power").own, null));
  it("the author's own number before them is", () => assert.equal(read("A3 so true! RT @bob: A2 power").own?.label, "A3"));
});

describe("parts", () => {
  for (const [text, part] of [
    ["1/3 first", { n: 1, of: 3 }],
    ["and so on (2/3)", { n: 2, of: 3 }],
    ["the end 3/3", { n: 3, of: 3 }],
    ["open 24/7", null],
    ["on 3/14", { n: 3, of: 14 }],
    ["5/3 is no part", null],
  ] as const)
    it(text, () => assert.deepEqual(read(text).part, part));
});

describe("the number it only speaks of", () => {
  for (const [text, label] of [
    ["I have no answer to Q3. Soup!", "Q3"],
    ["curious about people's A3, mine is dull", "A3"],
    ["is Q4 about soup or bread, friends", "Q4"],
    ["this fits Q1 and Q2 alike, friends", null],
    ["A1 as I say under Q3 too", null],
    ["nothing at all", null],
    ["so true! RT @bob and Q3 is hard", null],
  ] as const)
    it(text, () => assert.equal(read(text).spoken?.label ?? null, label));
});

describe("what asks", () => {
  for (const [text, asks] of [
    ["who bakes?", true],
    ["誰が焼く？", true],
    ["هل تخبز؟", true],
    ["I bake.", false],
    ["https://example.com/?bread=1", false],
    ["see https://example.com/?bread=1 - good?", true],
  ] as const)
    it(text, () => assert.equal(read(text).question, asks));
});
