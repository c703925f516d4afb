import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { parseFragment } from "parse5";
import { markdownHtml } from "../../src/text/markdown.ts";
import { HOSTILE } from "./markup.ts";

const html = (text: string, prefix = "/"): string => String(markdownHtml(text, { prefix })).trim();

describe("an organiser's Markdown", () => {
  it("refuses HTML, images and schemes", () => {
    assert.equal(html("<b>x</b>"), "<p>&lt;b&gt;x&lt;/b&gt;</p>");
    assert.doesNotMatch(html("![x](https://img.example/x.png)"), /<img/);
    for (const to of [
      "javascript:alert(1)",
      "java\tscript:alert(1)",
      "data:text/html,x",
      "vbscript:x",
      "//evil.example",
      "/\\evil.example",
      "file:///etc",
    ])
      assert.doesNotMatch(html(`[x](<${to}>)`), /<a /, to);
  });

  it("makes nothing but text of anything hostile", () => {
    const tags = /<(?:script|img|iframe|style|svg|object|form|input)\b/i;
    for (const text of HOSTILE.filter((one) => one.length < 5_000)) assert.doesNotMatch(html(text), tags);
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => assert.ok(parseFragment(html(text)))));
  });

  it("links to the web, to mail and within the site, under its prefix", () => {
    assert.match(html("[x](https://example.org/)"), /href="https:\/\/example.org\/"/);
    assert.match(html("[x](mailto:a@example.org)"), /href="mailto:/);
    assert.match(html("[x](/chat/) [y](#q1) [z](2009-07-21/)", "/p/"), /href="\/p\/chat\/".*href="#q1".*href="2009-07-21\/"/);
  });

  it("begins its headings at h2 and skips no level", () => {
    assert.deepEqual(html("## a\n\n#### b\n\n# c").match(/<h\d>/g), ["<h2>", "<h3>", "<h2>"]);
    assert.deepEqual(html("##### a\n\n###### b").match(/<h\d>/g), ["<h2>", "<h3>"]);
  });
});
