import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { DEFAULT_SITE, parseSite } from "../../src/config/site.ts";
import { type Refusal, refuses } from "./refuses.ts";

const url = (said: string): string => `1: url must be where the site will be, as https://chats.example.org, not "${said}"`;
const prefix = (said: string): string => `1: pathPrefix must be a path, as /chats/, not "${said}"`;
const language = (said: string): string => `1: language must be a language tag, as en, en-GB or pt-BR, not "${said}"`;
const contact = (said: string): string => `1: contact must be a mail address or an http(s) address, as ana@example.org, not "${said}"`;
const colour = (said: string): string => `1: colours.accent must be a colour as "#7a1f2b", not ${JSON.stringify(said)}`;

const REFUSED: readonly Refusal[] = [
  [
    "nmae: x",
    '1: unknown key "nmae" (allowed: name, url, pathPrefix, language, contact, colours, tweetPages, downloads); did you mean "name"?',
  ],
  ["- name", "1: this must be keys and values, one a line, as key: value"],
  ["name: x\n---\nname: y", "2: this is not valid YAML: a line of --- or ... ends it here; remove that line"],
  ["name:", "1: name has no value; write a text"],
  ["url: example.org", url("example.org")],
  ["url: ftp://example.org", url("ftp://example.org")],
  ["url: javascript:alert(1)", url("javascript:alert(1)")],
  ["url: https://ana:secret@example.org", url("https://ana:secret@example.org")],
  ["url: https://example.org/?a=1", url("https://example.org/?a=1")],
  ["url: https://example.org/a b", url("https://example.org/a b")],
  ["pathPrefix: chats?", prefix("chats?")],
  ["pathPrefix: /../up/", prefix("/../up/")],
  ["pathPrefix: //evil.example/", prefix("//evil.example/")],
  ["url: https://example.org/a/\npathPrefix: /b/", "2: pathPrefix /b/ differs from the path of url, /a/; remove one of them"],
  ["language: english", language("english")],
  ["language: en_US", language("en_US")],
  ["language: xx", language("xx")],
  ["language: en-u-ca-buddhist", language("en-u-ca-buddhist")],
  ["contact: ana", contact("ana")],
  ["contact: javascript:alert(1)", contact("javascript:alert(1)")],
  ["contact: mailto:ana@example.org", contact("mailto:ana@example.org")],
  ["colours: red", '1: colours must be keys and values, as { accent: … }, not "red"'],
  ['colours: { acent: "#ffffff" }', '1: unknown key "acent" (allowed: accent, accentDark); did you mean "accent"?'],
  ["colours: { accent: red }", colour("red")],
  ['colours: { accent: "#fff" }', colour("#fff")],
  ['colours: { accent: "#ffffff;}body{display:none" }', colour("#ffffff;}body{display:none")],
  ['colours: { accent: "#ffffff\\n" }', colour("#ffffff\n")],
  ["colours: { accent: 123456 }", '1: colours.accent must be a text: write it in quotes: "123456"'],
  ["colours:\n  accent: #ffffff", '2: colours.accent has no value; write a colour in quotes, as "#7a1f2b"'],
  ["tweetPages: some", '1: tweetPages must be pinned or all, not "some"'],
  ["downloads: text", '1: downloads must be ids or full, not "text"'],
];

describe("site.yml refuses", () => {
  for (const [yaml, said] of REFUSED) it(yaml, () => refuses((file) => parseSite(yaml, file), said));
});

describe("site.yml", () => {
  it("may say nothing", () => {
    for (const text of ["", "\n", "# nothing yet\n", "---\n"]) assert.deepEqual(parseSite(text, "site.yml"), DEFAULT_SITE);
  });

  it("says everything", () => {
    const text = `\uFEFFname: Bookish\r
url: https://example.org/\r
pathPrefix: chats\r
language: en-gb\r
contact: ana@example.org\r
colours: { accent: "#7A1F2B", accentDark: "#e0a0a8" }\r
tweetPages: all\r
downloads: full\r
`;
    assert.deepEqual(parseSite(text, "site.yml"), {
      name: "Bookish",
      url: "https://example.org",
      pathPrefix: "/chats/",
      language: "en-GB",
      contact: "ana@example.org",
      colours: { accent: "#7a1f2b", accentDark: "#e0a0a8" },
      tweetPages: "all",
      theme: DEFAULT_SITE.theme,
      downloads: "full",
    });
  });

  it("takes the path of the url as the prefix", () => {
    const { url: origin, pathPrefix } = parseSite("url: https://example.org/books/chats", "site.yml");
    assert.deepEqual([origin, pathPrefix], ["https://example.org", "/books/chats/"]);
    assert.equal(parseSite("url: https://example.org/a\npathPrefix: /a", "site.yml").pathPrefix, "/a/");
    assert.equal(parseSite("url: https://example.org\npathPrefix: /a/b", "site.yml").pathPrefix, "/a/b/");
  });

  it("takes a page as contact", () =>
    assert.equal(parseSite("contact: https://example.org/me", "site.yml").contact, "https://example.org/me"));
});
