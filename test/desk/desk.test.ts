import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import fc from "fast-check";
import { type Action, actionOf } from "../../src/desk/action.ts";
import { linesOf } from "../../src/desk/entries.ts";
import { entryKey } from "../../src/desk/standing.ts";
import { UserError } from "../../src/errors.ts";
import { deskOf, openNight } from "./world.ts";

const where = await openNight();
after(() => where.archive.close());

const OURS = '---\n# ours\nedits:\n  "110": Q2  # a slip\npins: ["103"]\n---\nWe met.\n';

/** What is done to OURS, and what becomes of it. */
function does(action: Action, text: string | null = OURS): string | null {
  const { desk, file } = deskOf(where, text);
  desk.act({ action, base: desk.look().hash, at: "" });
  return file.read();
}

const put = (from: string, to: string): string => {
  assert.equal(OURS.split(from).length, 2, from);
  return OURS.replace(from, () => to);
};

const ROWS: readonly (readonly [what: string, action: Action, after: string])[] = [
  ["moves a tweet to another question", { do: "move", tweet: "104", to: "q2" }, put("a slip\n", 'a slip\n  "104": Q2\n')],
  ["moves it once more", { do: "move", tweet: "110", to: "q1" }, put('"110": Q2', '"110": Q1')],
  ["moves it to a section", { do: "move", tweet: "110", to: "aside" }, put('"110": Q2', '"110": aside')],
  [
    "keeps the place beside a new parent",
    { do: "parent", tweet: "110", to: "107" },
    put('"110": Q2', '"110": { question: "105", reply: "107" }'),
  ],
  ["says that a tweet answers nobody", { do: "parent", tweet: "104", to: null }, put("a slip\n", 'a slip\n  "104": { reply: none }\n')],
  ["hides", { do: "hide", tweet: "107" }, put("a slip\n", 'a slip\n  "107": hide\n')],
  ["takes back", { do: "clear", tweet: "110" }, put('edits:\n  "110": Q2  # a slip\n', "")],
  ["pins", { do: "pin", tweet: "107" }, put('["103"]', '["103", "107"]')],
  ["unpins", { do: "unpin", tweet: "103" }, put('pins: ["103"]\n', "")],
  ["remarks", { do: "remark", tweet: "103", text: "so: green" }, put('["103"]\n', '["103"]\nremarks:\n  "103": "so: green"\n')],
  ["makes a question", { do: "ask", tweet: "111", number: 3 }, put("edits:", 'questions:\n  - { number: 3, ask: "111" }\nedits:')],
  ["makes a side question", { do: "ask", tweet: "111", number: null }, put("edits:", 'questions:\n  - { side: true, ask: "111" }\nedits:')],
  ["unmakes a question", { do: "unask", tweet: "105" }, put("a slip\n", 'a slip\n  "105": { ask: false }\n')],
  [
    "makes a question that no tweet asks",
    { do: "question", number: 3, text: "Biscuits?" },
    put("edits:", 'questions:\n  - { number: 3, text: "Biscuits?" }\nedits:'),
  ],
  [
    "renames a question",
    { do: "rename", question: "q1", text: "Which leaf?" },
    put("edits:", 'questions:\n  - { number: 1, ask: "102", text: "Which leaf?" }\nedits:'),
  ],
  [
    "merges two questions, with the answers",
    { do: "merge", question: "q2", into: "q1" },
    put(
      'edits:\n  "110": Q2  # a slip\n',
      'questions:\n  - { number: 1, ask: ["102", "105"] }\nedits:\n  "110": Q1  # a slip\n  "106": Q1\n  "107": Q1\n',
    ),
  ],
  [
    "makes a question a side question, with the answers",
    { do: "side", question: "q2" },
    put(
      'edits:\n  "110": Q2  # a slip\n',
      'questions:\n  - { side: true, ask: "105" }\nedits:\n  "110": { question: "105" }  # a slip\n  "106": { question: "105" }\n  "107": { question: "105" }\n',
    ),
  ],
  ["names hosts", { do: "hosts", hosts: ["ceylon_sam", "dot"] }, put("# ours\n", "# ours\nhosts: [ceylon_sam, dot]\n")],
  ["writes the title", { do: "title", text: "Tea: a night" }, put("# ours\n", '# ours\ntitle: "Tea: a night"\n')],
  ["marks as reviewed", { do: "status", to: "reviewed" }, put("# ours\n", "# ours\nstatus: reviewed\n")],
  ["writes the notes", { do: "notes", body: "We *sat*.\r\nAll." }, put("We met.", "We *sat*.\nAll.")],
];

const REFUSED: readonly (readonly [Action, RegExp])[] = [
  [{ do: "move", tweet: "999", to: "q1" }, /^tweet 999 is none of this session's$/],
  [{ do: "move", tweet: "103", to: "q9" }, /^there is no question q9 any more$/],
  [{ do: "move", tweet: "102", to: "q2" }, /^this tweet asks a question: merge that question/],
  [{ do: "move", tweet: "110", to: "q2" }, /^the file says this already$/],
  [{ do: "parent", tweet: "103", to: "103" }, /^a tweet cannot answer itself$/],
  [{ do: "parent", tweet: "103", to: "110" }, /^@bob’s tweet came later: a tweet answers an earlier one$/],
  [{ do: "pin", tweet: "103" }, /^@amy’s tweet is pinned already$/],
  [{ do: "unpin", tweet: "104" }, /^@bob’s tweet is not pinned$/],
  [{ do: "clear", tweet: "104" }, /^the file says nothing of the place of @bob’s tweet$/],
  [{ do: "remark", tweet: "104", text: "" }, /^a remark needs words$/],
  [{ do: "ask", tweet: "111", number: 2 }, /^Q2 is asked by another tweet/],
  [{ do: "ask", tweet: "105", number: 2 }, /^this tweet asks Q2 already$/],
  [{ do: "unask", tweet: "104" }, /^this tweet asks no question$/],
  [{ do: "question", number: 2, text: "x" }, /^Q2 is there already$/],
  [{ do: "merge", question: "q1", into: "q1" }, /^choose another question/],
  [{ do: "accept", entry: "t110", lines: "" }, /^this needs no decision any more$/],
];

describe("the desk", () => {
  for (const [action, why] of REFUSED)
    it(`refuses ${JSON.stringify(action)}, and writes nothing`, () => {
      const { desk, file } = deskOf(where, OURS);
      assert.throws(
        () => desk.act({ action, base: desk.look().hash, at: "" }),
        (error) => error instanceof UserError && why.test(error.message),
      );
      assert.equal(file.read(), OURS);
      assert.equal(desk.lastStep, null);
    });

  for (const [what, form, why] of [
    ["an action that is none", { do: "drop" }, /"drop" is nothing that can be done here/],
    ["an action of an object's own", { do: "constructor" }, /nothing that can be done/],
    ["no tweet", { do: "hide" }, /tweet is empty/],
    ["a parent that is no id", { do: "parent", tweet: "1", to: "amy" }, /the id or the address/],
    ["a number that is none", { do: "ask", tweet: "1", number: "two" }, /a whole number/],
    ["a host that is none", { do: "hosts", hosts: "sam, o'neill" }, /"o'neill" is no handle/],
  ] as const)
    it(`refuses a form with ${what}`, () => {
      assert.throws(() => actionOf(new Map(Object.entries(form))), why);
    });

  for (const [what, action, text] of ROWS)
    it(what, () => {
      assert.equal(does(action), text);
    });

  it("makes the file where there is none, and takes it away again", () => {
    const { desk, file } = deskOf(where, null);
    desk.act({ action: { do: "move", tweet: "110", to: "q2" }, base: desk.look().hash, at: "t110" });
    assert.equal(file.read(), '---\nedits:\n  "110": Q2\n---\n');
    assert.equal(desk.undo(desk.lastStep?.name ?? "").at, "t110");
    assert.equal(file.read(), null);
  });

  it("writes what is proposed, or that all is right; either settles the entry", () => {
    for (const [does, words] of [
      ["accept", "Q2"],
      ["keep", "Q1"],
    ] as const) {
      const { desk, file } = deskOf(where, null);
      const entry = desk.standing(null).entries.find(({ id }) => id === "110");
      assert.ok(entry !== undefined);
      desk.act({ action: { do: does, entry: entryKey(entry), lines: linesOf(entry) }, base: desk.look().hash, at: "" });
      assert.equal(file.read(), `---\nedits:\n  "110": ${words}\n---\n`);
      assert.equal(
        desk.standing(file.read()).entries.some(({ id }) => id === "110"),
        false,
      );
    }
  });

  it("takes a line without effect out", () => {
    const { desk, file } = deskOf(where, OURS.replace("Q2", "Q7"));
    const [entry] = desk.standing(file.read()).entries.filter(({ kind }) => kind === "stale edit");
    assert.ok(entry !== undefined);
    desk.act({ action: { do: "accept", entry: entryKey(entry), lines: linesOf(entry) }, base: desk.look().hash, at: "" });
    assert.equal(file.read(), '---\n# ours\npins: ["103"]\n---\nWe met.\n');
  });

  it("a decision made on an older text holds for the new one, unless it is about what changed", () => {
    const { desk, file } = deskOf(where, OURS);
    const base = desk.look().hash;
    file.write(OURS.replace('"110": Q2', '"110": Q1').replace("We met.", "We sat."));
    desk.act({ action: { do: "pin", tweet: "107" }, base, at: "" });
    assert.equal(file.read(), OURS.replace('"110": Q2', '"110": Q1').replace("We met.", "We sat.").replace('["103"]', '["103", "107"]'));
    const before = file.read();
    assert.throws(
      () => desk.act({ action: { do: "move", tweet: "110", to: "aside" }, base, at: "" }),
      /what is said of tweet 110 has changed/,
    );
    assert.throws(() => desk.act({ action: { do: "notes", body: "mine" }, base, at: "" }), /the notes have changed in the file/);
    assert.throws(() => desk.act({ action: { do: "pin", tweet: "104" }, base: "nonsense", at: "" }), /from before the desk was started/);
    assert.equal(file.read(), before);
  });

  it("refuses to undo over a hand edit, a step that is not the last, and nothing", () => {
    const { desk, file } = deskOf(where, OURS);
    assert.throws(() => desk.undo("1"), /nothing to undo/);
    desk.act({ action: { do: "hide", tweet: "107" }, base: desk.look().hash, at: "" });
    const first = desk.lastStep?.name ?? "";
    desk.act({ action: { do: "hide", tweet: "111" }, base: desk.look().hash, at: "" });
    assert.throws(() => desk.undo(first), /the last thing done is another one by now: “@dot’s tweet is hidden”/);
    file.write(`${file.read()}And more.\n`);
    const now = file.read();
    assert.throws(() => desk.undo(desk.lastStep?.name ?? ""), /the file was changed elsewhere since then/);
    assert.equal(file.read(), now);
  });

  it("a file that cannot be read is told by its line, and nothing is written", () => {
    const { desk, file } = deskOf(where, OURS);
    const base = desk.look().hash;
    desk.standing(OURS);
    file.write(OURS.replace("pins:", "pinz:"));
    assert.throws(() => desk.act({ action: { do: "hide", tweet: "107" }, base, at: "" }), /^UserError: f\.md:5: unknown key "pinz"/);
    file.write(OURS);
    desk.act({ action: { do: "hide", tweet: "107" }, base, at: "" });
  });

  it("any decisions and then as many undos give the first bytes back", () => {
    const rows = ROWS.map(([, action]) => action);
    fc.assert(
      fc.property(
        fc.constantFrom(OURS, OURS.replaceAll("\n", "\r\n"), null),
        fc.array(fc.constantFrom(...rows), { maxLength: 8 }),
        (text, actions) => {
          const { desk, file } = deskOf(where, text);
          for (const action of actions) {
            try {
              desk.act({ action, base: desk.look().hash, at: "" });
            } catch (error) {
              if (!(error instanceof UserError)) throw error;
            }
            if (text !== null) assert.match(file.read() ?? "", /# ours/);
          }
          for (let step = desk.lastStep; step !== null; step = desk.lastStep) desk.undo(step.name);
          assert.equal(file.read(), text);
        },
      ),
      { numRuns: 60 },
    );
  });
});
