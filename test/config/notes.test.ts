import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { NO_NOTES, parseNotes } from "../../src/config/notes.ts";
import type { Edit, Notes } from "../../src/model.ts";
import { type Refusal, refuses } from "./refuses.ts";

const notes = (yaml: string, file = "f.md"): Notes => parseNotes(`---\n${yaml}\n---\n`, file);
const question = (yaml: string, file = "f.md"): Notes => notes(`questions: [${yaml}]`, file);
const edit = (yaml: string, file = "f.md"): Notes => notes(`edits: { "2412345678": ${yaml} }`, file);

const quotes = (name: string, id: string): string => `${name}: an id is a text; write it in quotes: "${id}"`;
const noId = (name: string, said: string): string => `${name} must be the id of a tweet in quotes, as "2412345678", not "${said}"`;
const start = (said: string): string => `2: start must be a date and a wall clock in the chat's zone, as 2009-07-21 12:00, not "${said}"`;
const number = (said: string): string => `2: questions.number must be a whole number from 0 to 999, not "${said}"`;
const EDIT =
  'a question\'s label as Q2, welcome, aside, wrap-up, hide, or { question: "id" }, { ask: false }, { ask: Q2 }, { reply: "id" }, { reply: none }';
const asks = (said: string): string => `2: edits.2412345678.ask must be false, or the label of the question it asks, as Q3, not "${said}"`;
const SIDE = "2: a side question needs ask, the tweet that asks it, or name and text";

const FIELDS: readonly Refusal[] = [
  [
    "titel: x",
    '2: unknown key "titel" (allowed: title, hosts, guests, start, minutes, status, questions, edits, pins, remarks); did you mean "title"?',
  ],
  ["title: [a]", "2: title must be a text, not a list"],
  ["status: done", '2: status must be draft or reviewed, not "done"'],
  ["status: Draft", '2: status must be draft or reviewed, not "Draft"; did you mean "draft"?'],
  ["status: [draft]", "2: status must be draft or reviewed, not a list"],
  ["start: 12:00", start("12:00")],
  ["start: 2009-07-21", start("2009-07-21")],
  ["start: 2009-07-21 25:00", start("2009-07-21 25:00")],
  ["start: 2009-02-29 12:00", start("2009-02-29 12:00")],
  ["start: 2009-07-21T12:00Z", start("2009-07-21T12:00Z")],
  ["minutes: an hour", '2: minutes must be a whole number from 1 to 44640, not "an hour"'],
  ["minutes: 0", '2: minutes must be a whole number from 1 to 44640, not "0"'],
  ["hosts: ana", '2: hosts must be a list of handles, as [ana_k, bo], not "ana"'],
  ["guests: [a b]", '2: guests: "a b" is no handle; it has letters a to z, digits and _, at most 20'],
  ['pins: "2412345678"', '2: pins must be a list of ids in quotes, as ["2412345678"], not "2412345678"'],
  ["pins: [2412345678]", `2: ${quotes("pins", "2412345678")}`],
  ["pins: [1800000000000000001]", `2: ${quotes("pins", "1800000000000000001")}`],
  ["pins: [1.8e18]", `2: ${noId("pins", "1.8e18")}`],
  ['pins:\n  - "5"\n  - "0123"', `4: ${noId("pins", "0123")}`],
  ['pins: ["5", "5"]', '2: pins names "5" twice; keep one'],
  ["remarks: [x]", '2: remarks must be keys and values, as "2412345678": well said, not a list'],
  ["remarks: { 2412345678: x }", `2: ${quotes("a key of remarks", "2412345678")}`],
  ['remarks: { "5": }', "2: remarks.5 has no value; write a text"],
  ['remarks: { "5": 10 }', '2: remarks.5 must be a text: write it in quotes: "10"'],
];

const QUESTIONS: readonly Refusal[] = [
  ["Q1", '2: questions must be keys and values, as { number: … }, not "Q1"'],
  ["{}", "2: a question needs a number, as number: 2, or side: true"],
  ["{ side: false, text: x }", "2: a question needs a number, as number: 2, or side: true"],
  ["{ number: 1 }", "2: question 1 needs ask, the tweet that asks it, or text"],
  ["{ number: 1, ask: [] }", "2: question 1 needs ask, the tweet that asks it, or text"],
  ["{ number: Q1, text: x }", number("Q1")],
  ["{ number: -1, text: x }", number("-1")],
  ["{ number: 1.5, text: x }", number("1.5")],
  ["{ number: 1, txt: x }", '2: unknown key "txt" (allowed: number, side, name, ask, text, at, by); did you mean "text"?'],
  ["{ number: 1, text: 42 }", '2: questions.text must be a text: write it in quotes: "42"'],
  ["{ number: 1, ask: 2412345678 }", `2: ${quotes("questions.ask", "2412345678")}`],
  ['{ number: 1, ask: ["5", 2412345679] }', `2: ${quotes("questions.ask", "2412345679")}`],
  ['{ number: 1, ask: ["5", "5"] }', '2: questions.ask names "5" twice; keep one'],
  ['{ number: 1, ask: "24123x" }', `2: ${noId("questions.ask", "24123x")}`],
  ['{ number: 1, side: true, ask: "5" }', "2: a question has a number or side: true, not both"],
  ["{ number: 1, name: x, text: y }", "2: name is for side questions only; remove it, or write side: true instead of number"],
  ['{ side: yes, ask: "5" }', '2: questions.side must be true or false, not "yes"'],
  ["{ side: true }", SIDE],
  ["{ side: true, text: Who pays? }", SIDE],
  ["{ side: true, name: who-pays }", SIDE],
  ['{ side: true, name: x, ask: "5" }', "2: name is for a side question that no tweet asks; remove name or ask"],
  [
    "{ side: true, name: Who pays, text: x }",
    '2: questions.name becomes part of a link: use a-z, 0-9 and single hyphens, as "who-pays", not "Who pays"',
  ],
  ["{ number: 1, text: x, at: noon }", '2: questions.at must be a time from 00:00 to 23:59, as "12:00", not "noon"'],
  ["{ number: 1, text: x, by: two words }", '2: questions.by: "two words" is no handle; it has letters a to z, digits and _, at most 20'],
  ["{ number: 1, text: a },\n  { number: 1, text: b }", "3: question 1 stands here twice: line 2 has it already; keep one entry"],
  ['{ number: 1, ask: "5" },\n  { side: true, ask: "5" }', '3: ask "5" stands here twice: line 2 has it already; keep one entry'],
  [
    "{ side: true, name: a, text: x },\n  { side: true, name: a, text: y }",
    '3: the side question "a" stands here twice: line 2 has it already; keep one entry',
  ],
];

const EDITS: readonly Refusal[] = [
  ["2", `2: edits: "2" is not ${EDIT}; write Q2`],
  ["A2", `2: edits: "A2" is not ${EDIT}; write Q2`],
  ["welcom", `2: edits: "welcom" is not ${EDIT}; did you mean "welcome"?`],
  ["wrapup", `2: edits: "wrapup" is not ${EDIT}; did you mean "wrap-up"?`],
  ["unplaced", `2: edits: "unplaced" is not ${EDIT}`],
  ["", `2: edits has no value; write ${EDIT}`],
  ["[Q2]", `2: edits must be ${EDIT}, not a list`],
  ["{}", `2: edits: {} says nothing; write ${EDIT}`],
  ["{ hide: true }", '2: unknown key "hide" (allowed: question, ask, reply)'],
  ["{ question: 2412345679 }", `2: ${quotes("edits.2412345678.question", "2412345679")}`],
  ["{ question: Q2 }", `2: ${noId("edits.2412345678.question", "Q2")}`],
  ["{ ask: true }", asks("true")],
  ["{ ask: 3 }", `${asks("3")}; write Q3`],
  ['{ ask: "2412345679" }', asks("2412345679")],
  ["{ reply: 2412345679 }", `2: ${quotes("edits.2412345678.reply", "2412345679")}`],
  ["{ reply: nobody }", `2: ${noId("edits.2412345678.reply", "nobody")}`],
  ["{ reply: }", "2: edits.2412345678.reply has no value; write the id of a tweet in quotes"],
  ['{ reply: "2412345678" }', '2: edits: "2412345678" cannot be a reply to itself'],
];

const EDIT_KEYS: readonly Refusal[] = [
  ["edits: []", '2: edits must be keys and values, as "2412345678": Q2, not a list'],
  ['edits:\n  "5": Q2\n  2412345679: Q2', `4: ${quotes("a key of edits", "2412345679")}`],
  ['edits:\n  "5": Q2\n  "5": Q3', '4: "5" stands here twice: line 3 has it already; keep one'],
  ["edits: { tweet: Q2 }", `2: ${noId("a key of edits", "tweet")}`],
];

describe("a session's file refuses", () => {
  for (const [yaml, said] of FIELDS) it(yaml, () => refuses((file) => notes(yaml, file), said));
  for (const [yaml, said] of QUESTIONS) it(`question ${yaml}`, () => refuses((file) => question(yaml, file), said));
  for (const [yaml, said] of EDITS) it(`edit ${yaml}`, () => refuses((file) => edit(yaml, file), said));
  for (const [yaml, said] of EDIT_KEYS) it(yaml, () => refuses((file) => notes(yaml, file), said));
});

const place = (line: number) => ({ file: "f.md", line });

describe("a session's file", () => {
  it("may say nothing", () => {
    assert.deepEqual(parseNotes("---\n---\n", "f.md"), NO_NOTES);
    assert.equal(NO_NOTES.status, "draft");
  });

  it("says everything but questions and edits", () => {
    const text = `---
title: Reading aloud
hosts: [ana_k]
guests: ["@bo"]
start: 2009-07-21 9:05
minutes: 2880
status: reviewed
pins: ["2412345678", "1800000000000000001"]
remarks:
  "2412345678": loved this!
  "2412345679": "2"
---
Thank you **all**.
`;
    assert.deepEqual(parseNotes(text, "f.md"), {
      title: "Reading aloud",
      hosts: ["ana_k"],
      guests: ["bo"],
      start: "2009-07-21 09:05",
      minutes: 2880,
      status: "reviewed",
      questions: [],
      edits: [],
      pins: [
        { tweet: "2412345678", place: place(8) },
        { tweet: "1800000000000000001", place: place(8) },
      ],
      remarks: [
        { tweet: "2412345678", text: "loved this!", place: place(10) },
        { tweet: "2412345679", text: "2", place: place(11) },
      ],
      body: "Thank you **all**.",
    });
  });

  it("tells the chat's hosts from none", () => {
    assert.equal(notes("title: x").hosts, null);
    assert.deepEqual(notes("hosts: []").hosts, []);
  });

  it("adds questions: numbered ones, zero too, and side questions", () => {
    const { questions } = parseNotes(
      `---
questions:
  - { number: 0, ask: "2412345678" }
  - { number: 1, ask: ["2412345679", "2412345680"], text: "Why?" }
  - { number: 3, text: "How?", at: "12:46", by: ana_k }
  - { side: true, ask: "2412345681" }
  - side: true
    name: who-pays
    text: Who pays?
---
`,
      "f.md",
    );
    const nothing = { number: null, side: false, name: null, ask: [], text: null, at: null, by: null };
    assert.deepEqual(questions, [
      { ...nothing, number: 0, ask: ["2412345678"], place: place(3) },
      { ...nothing, number: 1, ask: ["2412345679", "2412345680"], text: "Why?", place: place(4) },
      { ...nothing, number: 3, text: "How?", at: "12:46", by: "ana_k", place: place(5) },
      { ...nothing, side: true, ask: ["2412345681"], place: place(6) },
      { ...nothing, side: true, name: "who-pays", text: "Who pays?", place: place(7) },
    ]);
  });

  const edits: readonly (readonly [yaml: string, edit: Omit<Edit, "tweet" | "place">])[] = [
    ["Q2", { label: "Q2" }],
    ["q1A", { label: "Q1a" }],
    ["Q2.5", { label: "Q2.5" }],
    ["T1", { label: "T1" }],
    ["Q0", { label: "Q0" }],
    ["Bonus", { label: "BONUS" }],
    ["welcome", { section: "welcome" }],
    ["aside", { section: "aside" }],
    ["wrap-up", { section: "wrap-up" }],
    ["hide", { hide: true }],
    ['{ question: "2412345679" }', { question: "2412345679" }],
    ["{ ask: false }", { ask: false }],
    ["{ ask: Q3 }", { ask: "Q3" }],
    ['{ reply: "2412345679" }', { reply: "2412345679" }],
    ["{ reply: none }", { reply: null }],
    ['{ question: "2412345679", reply: none }', { question: "2412345679", reply: null }],
  ];
  for (const [yaml, said] of edits) {
    it(`edits a tweet: ${yaml}`, () => assert.deepEqual(edit(yaml).edits, [{ tweet: "2412345678", place: place(2), ...said }]));
  }

  it("keeps edits in order, each with its line", () => {
    const { edits: kept } = notes('edits:\n  # off topic\n  "9": hide\n\n  "8": Q2');
    assert.deepEqual(
      kept.map(({ tweet, place: { line } }) => [tweet, line]),
      [
        ["9", 4],
        ["8", 6],
      ],
    );
  });

  it("reads ten thousand edits in a moment", () => {
    const many = Array.from({ length: 10_000 }, (_, i) => `  "${2_412_345_678 + i}": Q2`).join("\n");
    assert.equal(notes(`edits:\n${many}`).edits.length, 10_000);
  });
});
