import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { makeArchive, run, tempDir, write } from "../helpers.ts";

async function build(
  files: Readonly<Record<string, string>>,
  archive = makeArchive({ files }),
): Promise<{ err: string; code: number; out: string }> {
  const out = tempDir();
  const { err, code } = await run(["build", "--archive", archive, "--out", out]);
  return { err: err.replaceAll(archive, "data"), code, out };
}

describe("a theme that cannot be read is one line", () => {
  const PARTS = "top, foot, hero, notes, rail, voices, session-foot, meetings, session-line";
  const cases: readonly (readonly [file: string, text: string, said: string])[] = [
    ["theme/words.yml", "tweets: x\ntwets: y", ':2: there is no word "twets"; did you mean "tweets"?'],
    ["theme/words.yml", "feed: Feed\nasked: '{whom} asked'", ':2: asked has no place {whom}; did you mean "who"?'],
    ["theme/words.yml", "feed: 'Feed {n}'", ":1: feed has no place {n}; it has none at all"],
    ["theme/words.yml", "tweets: '{ n } posts'", ":1: tweets: a place is a name in braces, as {n}, without spaces"],
    ["theme/words.yml", "tweets: { one: a post }", ":1: tweets needs other:, the form for every number that has none of its own"],
    ["theme/words.yml", "tweets: { few: a, other: b }", ':1: unknown key "few" (allowed: one, other)'],
    ["theme/words.yml", "feed: { other: Feed }", ":1: feed must be a text, not keys and values"],
    ["theme/words.yml", "feed:", ":1: feed has no value; write a text"],
    ["theme/word.yml", "feed: F", ': a theme is made of words.yml, parts/ and CSS files; did you mean "words.yml"?'],
    ["theme/Night Garden.css", "a {}", ": name it with a to z, 0 to 9 and -, as night-garden.css"],
    ["theme/a.css", "a {} </style>", ': "</" belongs in no stylesheet; remove it'],
    ["theme/parts/heroes.js", "", `: there is no such part; there are: ${PARTS}; did you mean "hero"?`],
    ["theme/parts/hero.css", "", ": a part is a program: hero.js or hero.ts"],
    ["theme/parts/hero.js", "export const hero = 1;", ": it must export a function: export default function hero(…) { … }"],
    ["theme/parts/hero.js", "export default (;", ": it does not load: Unexpected token ';'"],
    ["theme/parts/top.js", "export default () => nothing.here;", ": nothing is not defined"],
  ];
  for (const [file, text, said] of cases)
    it(`${file}: ${text.replaceAll("\n", " ")}`, async () => {
      const { err, code } = await build({ [file]: text });
      assert.equal(err, `chatscribe: data/${file}${said}\n`);
      assert.equal(code, 2);
    });

  it("two files of one part", async () => {
    const { err } = await build({ "theme/parts/top.js": "export default () => ''", "theme/parts/top.ts": "export default () => ''" });
    assert.equal(err, "chatscribe: data/theme/parts/top.ts: data/theme/parts/top.js is the same part; keep one\n");
  });
});

describe("a theme", () => {
  it("is read anew by every build", async () => {
    const archive = makeArchive({ files: { "theme/parts/top.ts": "export default (): string => 'the <first>';", "theme/a.css": "a{}" } });
    const page = async () => readFileSync(join((await build({}, archive)).out, "index.html"), "utf8");
    assert.match(await page(), /the &lt;first&gt;\n<main[\s\S]*/, "what html did not make is escaped");
    write(archive, "theme/parts/top.ts", "import type { Chat } from 'nowhere';\nexport default (chat: Chat) => chat ?? 'the second';");
    assert.match(await page(), /the second\n<main/);
  });

  it("may bring a language: what is missing is said, and is in English", async () => {
    const { err, out } = await build({ "site.yml": "language: pl", "theme/words.yml": "howWhen: Kiedy\nhowWhere: Gdzie" });
    assert.match(
      err,
      /^data: \d+ of \d+ words are missing for language pl, so pages say them in English; write them in theme\/words\.yml/m,
    );
    const page = readFileSync(join(out, "teachat/how/index.html"), "utf8");
    assert.match(page, /<html lang="pl">[\s\S]*<h2>Kiedy<\/h2>[\s\S]*<h2>Questions and answers<\/h2>/);
    assert.match(
      (await build({ "site.yml": "language: pl" })).err,
      /^data: there are no words for language pl, so pages say them in English/m,
    );
    assert.doesNotMatch((await build({ "site.yml": "language: en-AU" })).err, /language/);
  });

  it("is told where an accent is hard to read", async () => {
    const { err, code } = await build({ "site.yml": 'colours: { accent: "#7a1f2b" }' });
    assert.match(
      err,
      /^data: colours in site\.yml: #7a1f2b is hard to read on the dark page \(1\.8:1, readable is 4\.5:1\); write a lighter accentDark$/m,
    );
    assert.equal(code, 0);
    assert.doesNotMatch((await build({ "site.yml": 'colours: { accent: "#b3401c", accentDark: "#ff9166" }' })).err, /hard to read/);
  });
});
