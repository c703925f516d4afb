import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fieldsOf, textOf } from "../../src/config/fields.ts";
import { parseFrontMatter } from "../../src/config/front-matter.ts";
import { type Refusal, refuses } from "./refuses.ts";

const NONE = "1: there is no front matter; the first line must be ---, then keys and values, then a line of --- again";
const OTHER = "1: only YAML front matter is read; the first line must be --- and nothing more";
const NO_KEYS = "this must be keys and values, one a line, as key: value";

const FILES: readonly Refusal[] = [
  ["", NONE],
  ["A chat about books", NONE],
  ["\n---\n---\n", NONE],
  ["title: x\n---\n", NONE],
  ["---\ntitle: x", "1: the front matter is not closed; write a line of --- below its last key"],
  ["---\ntitle: x\n----\n", "1: the front matter is not closed; write a line of --- below its last key"],
  ["---js\n({ title: process.exit(7) })\n---\n", OTHER],
  ["--- json\n{}\n---\n", OTHER],
  ["---\n- a\n---\n", `2: ${NO_KEYS}`],
  ["---\n\nhello\n---\n", `3: ${NO_KEYS}`],
];

const YAML: readonly Refusal[] = [
  ["title: a\ntitle: b", '3: "title" stands here twice: line 2 has it already; keep one'],
  ['title: a\n"title": b', '3: "title" stands here twice: line 2 has it already; keep one'],
  ["title: a: b", "2: this is not valid YAML: a value that holds a colon and a space needs quotes"],
  ["title: a\n  more: b", "2: this is not valid YAML: a value that holds a colon and a space needs quotes"],
  ['title: "a', '2: this is not valid YAML: Missing closing "quote'],
  ["title: [a", "2: this is not valid YAML: a [ is not closed in time (a # after a space starts a comment)"],
  ["title: { a: #b }", "2: this is not valid YAML: a { is not closed in time (a # after a space starts a comment)"],
  ["title: [#a]", "2: this is not valid YAML: a # starts a comment here; put a tag in quotes"],
  ["title: @ana", "2: this is not valid YAML: write a handle without its @, or in quotes"],
  ["title:\n\t- a", "3: this is not valid YAML: indent with spaces"],
  ["title: a\n...\ntitle: b", "4: this is not valid YAML: a line of --- or ... ends it here; remove that line"],
  ["title: &a x", "2: &a is an anchor, which is not read here; remove it"],
  ["title: *a", "2: *a is an alias; write the value out"],
  ["title: !!js/function x", "2: a YAML tag, as !!str, is not read here; remove it"],
  ["? [a]\n: b", "2: a key must be one word"],
  ["null: a", "2: a key must be one word"],
  ["titel: a", '2: unknown key "titel" (allowed: title, text); did you mean "title"?'],
  ["__proto__: a", '2: unknown key "__proto__" (allowed: title, text)'],
  ["<<: { title: a }", '2: unknown key "<<" (allowed: title, text)'],
  ["title:", "2: title has no value; write a text"],
  ["title: ~", "2: title has no value; write a text"],
  ["title: null", "2: title has no value; write a text"],
  ["title: #one", "2: title has no value (what follows # is a comment: put it in quotes); write a text"],
  ["title: ''", "2: title is empty; write a text, or remove it"],
  ["title: 2009", '2: title must be a text: write it in quotes: "2009"'],
  ["title: 0x1F", '2: title must be a text: write it in quotes: "0x1F"'],
  ["title: .5", '2: title must be a text: write it in quotes: ".5"'],
  ["title: False", '2: title must be a text: write it in quotes: "False"'],
  ["title: [a]", "2: title must be a text, not a list"],
  ["title: { a: b }", "2: title must be a text, not keys and values"],
];

const titleOf = (yaml: string, file = "f.md"): string => {
  const title = fieldsOf(parseFrontMatter(`---\n${yaml}\n---\n`, file).fields, ["title", "text"]).get("title");
  return title === undefined ? "" : textOf(title);
};

describe("front matter refuses", () => {
  for (const [text, said] of FILES) it(JSON.stringify(text), () => refuses((file) => parseFrontMatter(text, file), said));
  for (const [yaml, said] of YAML) it(JSON.stringify(yaml), () => refuses((file) => titleOf(yaml, file), said));

  it("aliases that would grow without end, before they grow", () => {
    const bomb = ["a: &a [x, x]", "b: &b [*a, *a]", "c: &c [*b, *b]"].join("\n");
    refuses((file) => titleOf(bomb, file), "2: &a is an anchor, which is not read here; remove it");
  });

  it("lists nested without end, in one line", () => {
    assert.throws(() => titleOf(`title: ${"[".repeat(100_000)}`), { name: "UserError" });
  });

  it("a message stays one line whatever the value", () => {
    assert.throws(
      () => titleOf(`"${"a\\n".repeat(90)}": x`),
      ({ message }: Error) => !message.includes("\n") && message.length < 200,
    );
  });
});

describe("front matter reads", () => {
  it("keys above and Markdown below", () => {
    const { fields, body } = parseFrontMatter("---\ntitle: x\n---\n\n    code\n\n---\ntext\n\n", "f.md");
    assert.deepEqual(
      fields.entries.map(({ key }) => key.text),
      ["title"],
    );
    assert.equal(body, "    code\n\n---\ntext");
  });

  it("nothing between the lines", () => {
    for (const text of ["---\n---", "---\n---\n", "---\n\n---\n", "---\n# a comment\n---\n"]) {
      assert.deepEqual(parseFrontMatter(text, "f.md").fields.entries, []);
      assert.equal(parseFrontMatter(text, "f.md").body, "");
    }
  });

  it("a byte order mark, line ends of Windows, spaces behind the fence", () => {
    const { fields, body } = parseFrontMatter("\uFEFF---  \r\ntitle: x\r\n---\t\r\none\r\ntwo\r\n", "f.md");
    assert.deepEqual(
      fields.entries.map(({ key }) => [key.text, key.place.line]),
      [["title", 2]],
    );
    assert.equal(body, "one\ntwo");
  });

  it("values as they are written", () => {
    assert.equal(titleOf("title: No"), "No");
    assert.equal(titleOf("title: 2009-07-21"), "2009-07-21");
    assert.equal(titleOf("title: 12:00"), "12:00");
    assert.equal(titleOf("title: >\n  one\n  two"), "one two\n");
    assert.equal(titleOf("title: 'what: is #this'"), "what: is #this");
  });
});
