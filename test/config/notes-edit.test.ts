import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { parseNotes } from "../../src/config/notes.ts";
import { changeNotes, expected, type NotesChange } from "../../src/config/notes-edit.ts";
import { UserError } from "../../src/errors.ts";

const FULL = `---
# ours
title: "A night: tea"   # said so
status: draft
questions:
  - { number: 4, text: "Where?", at: "19:29" }  # went out without the tag
  # the mug
  -  side: true
     ask: ["11", "12"]   # both

edits:
  "1":   aside  # fireworks
  "2":
    reply: "1" # by hand
  "3": { reply: none,  ask: false }
pins: ["1",  "2" ]   # worth it
remarks:
  "1": |
    two
    lines
  "2": fine
# the end
---

We met.

`;

const QUESTION = { number: null, side: false, name: null, ask: [], text: null, at: null, by: null };

/** What is changed, and which lines of FULL give way to which. */
const ROWS: readonly (readonly [what: string, change: NotesChange, before: string, after: string])[] = [
  ["an edit", { at: "edits", tweet: "1", to: { label: "Q2" } }, `"1":   aside  # fireworks`, `"1": Q2  # fireworks`],
  ["an edit on lines of its own", { at: "edits", tweet: "2", to: { hide: true } }, `"2":\n    reply: "1" # by hand`, `"2": hide # by hand`],
  [
    "an edit in brackets",
    { at: "edits", tweet: "3", to: { question: "9", reply: "1" } },
    `{ reply: none,  ask: false }`,
    `{ question: "9", reply: "1" }`,
  ],
  ["a new edit", { at: "edits", tweet: "7", to: { section: "welcome" } }, `ask: false }\n`, `ask: false }\n  "7": welcome\n`],
  ["an edit less", { at: "edits", tweet: "1", to: null }, `  "1":   aside  # fireworks\n`, ""],
  ["an edit of two lines less", { at: "edits", tweet: "2", to: null }, `  "2":\n    reply: "1" # by hand\n`, ""],
  ["a pin more", { at: "pins", tweet: "7", to: true }, `"2" ]`, `"2", "7" ]`],
  ["a pin less", { at: "pins", tweet: "1", to: false }, `["1",  "2" ]`, `["2" ]`],
  ["the last pin less", { at: "pins", tweet: "2", to: false }, `["1",  "2" ]`, `["1" ]`],
  ["a remark", { at: "remarks", tweet: "2", to: 'so "fine": #1' }, `"2": fine`, `"2": "so \\"fine\\": #1"`],
  ["a remark in a block", { at: "remarks", tweet: "1", to: "short" }, `"1": |\n    two\n    lines\n`, `"1": "short"\n`],
  ["a remark less", { at: "remarks", tweet: "1", to: null }, `  "1": |\n    two\n    lines\n`, ""],
  ["the status", { at: "status", to: "reviewed" }, "status: draft", "status: reviewed"],
  ["the title", { at: "title", to: "Tea" }, `title: "A night: tea"   # said so`, `title: "Tea"   # said so`],
  ["no title", { at: "title", to: null }, `title: "A night: tea"   # said so\n`, ""],
  ["hosts, behind the title", { at: "hosts", to: ["sam", "1e5"] }, "# said so\n", `# said so\nhosts: [sam, "1e5"]\n`],
  [
    "words of a question",
    { at: "questions", place: 0, to: { ...QUESTION, number: 4, text: "Where to?", at: "19:29" } },
    `text: "Where?"`,
    `text: "Where to?"`,
  ],
  [
    "a side question that gets a number",
    { at: "questions", place: 1, to: { ...QUESTION, number: 5, ask: ["11", "12"] } },
    `  -  side: true\n     ask`,
    `  -  number: 5\n     ask`,
  ],
  [
    "words of another",
    { at: "questions", place: 1, to: { ...QUESTION, side: true, ask: ["11", "12"], text: "Glue?" } },
    `# both\n`,
    `# both\n     text: "Glue?"\n`,
  ],
  ["one that asks less", { at: "questions", place: 1, to: { ...QUESTION, side: true, ask: ["12"] } }, `["11", "12"]`, `"12"`],
  [
    "a question less",
    { at: "questions", place: 0, to: null },
    `  - { number: 4, text: "Where?", at: "19:29" }  # went out without the tag\n`,
    "",
  ],
  ["the list's last less", { at: "questions", place: 1, to: null }, `  -  side: true\n     ask: ["11", "12"]   # both\n`, ""],
  [
    "a question more",
    { at: "questions", place: null, to: { ...QUESTION, number: 6, ask: ["13"] } },
    `# both\n`,
    `# both\n  - { number: 6, ask: "13" }\n`,
  ],
  ["the body", { at: "body", to: "We *sat*.\r\n\r\nAnd:" }, "We met.", "We *sat*.\n\nAnd:"],
];

describe("a session's file, changed", () => {
  it("refuses a file without its two lines of ---, and one that is not sound", () => {
    assert.throws(() => changeNotes("title: x\n", [{ at: "status", to: "reviewed" }], "f.md"), UserError);
    assert.throws(() => changeNotes("---\ntitel: x\n---\n", [{ at: "status", to: "reviewed" }], "f.md"), /f\.md:2: unknown key "titel"/);
  });

  it("refuses what it cannot change by itself, and writes nothing", () => {
    assert.throws(
      () => changeNotes('---\nedits:\n  ? "1"\n  : aside\n  "2": hide\n---\n', [{ at: "edits", tweet: "1", to: null }], "f.md"),
      /f\.md: this is written in a way that only a hand can change/,
    );
  });

  for (const [what, change, before, after] of ROWS)
    it(`${what}: all else stays, byte for byte`, () => {
      assert.equal(FULL.split(before).length, 2, "the row names one place");
      assert.equal(
        changeNotes(FULL, [change], "f.md"),
        FULL.replace(before, () => after),
      );
    });

  it("the last of a kind takes its key along, and a first one brings it, in the order of keys", () => {
    const one = '---\ntitle: x\npins: ["1"]\nremarks: { "1": a }\n---\n';
    assert.equal(changeNotes(one, [{ at: "pins", tweet: "1", to: false }], "f"), '---\ntitle: x\nremarks: { "1": a }\n---\n');
    assert.equal(
      changeNotes(one, [{ at: "edits", tweet: "1", to: { hide: true } }], "f"),
      '---\ntitle: x\nedits:\n  "1": hide\npins: ["1"]\nremarks: { "1": a }\n---\n',
    );
  });

  it("a file that is not there is made", () => {
    assert.equal(changeNotes(null, [{ at: "edits", tweet: "1", to: { label: "Q1" } }], "f"), '---\nedits:\n  "1": Q1\n---\n');
    assert.equal(changeNotes(null, [{ at: "body", to: "We met." }], "f"), "---\n---\nWe met.\n");
  });

  it("line ends, the mark of UTF-8 and a missing last line end stay as they are", () => {
    const windows = '\uFEFF---\r\nedits:\r\n  "1": Q1\r\n---\r\nWe met.';
    assert.equal(
      changeNotes(
        windows,
        [
          { at: "edits", tweet: "2", to: { label: "Q2" } },
          { at: "body", to: "We\nsat." },
        ],
        "f",
      ),
      '\uFEFF---\r\nedits:\r\n  "1": Q1\r\n  "2": Q2\r\n---\r\nWe\r\nsat.',
    );
  });

  it("any changes, one after the other, say what they should, and every comment of lines that stay is kept", () => {
    const id = fc.constantFrom("1", "2", "3", "7", "8");
    const words = fc.string({ minLength: 1, maxLength: 12 }).map((text) => text.replace(/\s+/g, " ").trim() || "x");
    const change: fc.Arbitrary<NotesChange> = fc.oneof(
      fc.record({
        at: fc.constant("edits" as const),
        tweet: id,
        to: fc.constantFrom(null, { label: "Q1" }, { hide: true as const }, { section: "aside" as const }, { question: "9", reply: null }),
      }),
      fc.record({ at: fc.constant("remarks" as const), tweet: id, to: fc.option(words) }),
      fc.record({ at: fc.constant("pins" as const), tweet: id, to: fc.boolean() }),
      fc.record({ at: fc.constant("title" as const), to: fc.option(words) }),
      fc.record({ at: fc.constant("status" as const), to: fc.constantFrom("draft" as const, "reviewed" as const) }),
      fc.record({ at: fc.constant("body" as const), to: words }),
    );
    const bare = (text: string): unknown =>
      JSON.parse(JSON.stringify(parseNotes(text, "f"), (key, value) => (key === "place" ? 0 : value)));
    fc.assert(
      fc.property(
        fc.constantFrom(FULL, FULL.replaceAll("\n", "\r\n"), "---\n---\n"),
        fc.array(change, { maxLength: 12 }),
        (text, changes) => {
          let now = text;
          for (const one of changes) {
            const want = expected(parseNotes(now, "f"), one);
            now = changeNotes(now, [one], "f");
            assert.deepEqual(bare(now), JSON.parse(JSON.stringify(want, (key, value) => (key === "place" ? 0 : value))));
          }
          if (text !== "---\n---\n")
            for (const comment of ["# ours", "# the mug", "# both", "# the end"]) assert.ok(now.includes(comment), comment);
        },
      ),
      { numRuns: 300 },
    );
  });
});
