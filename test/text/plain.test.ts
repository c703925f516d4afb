import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import MarkdownIt from "markdown-it";
import { markdownText, oneLine } from "../../src/text/plain.ts";

const RUNS = { seed: 20260303, numRuns: 1000 };
/** Nothing is forbidden to this reader: what is escaped, is escaped. */
const markdown = new MarkdownIt({ html: true });
const nasty = fc
  .array(
    fc.constantFrom(
      ..."\\`*_[]()<>#|~&;!-+=.:1a \n\t@\"'",
      "&amp;",
      "<b>",
      "**",
      "```",
      "~~~",
      "---",
      "1. ",
      "> ",
      "](x)",
      "http://x.example/a_b",
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(""));

const shownBy = (html: string): string =>
  html
    .replace(/^<p>|<\/p>\n$/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");

describe("markdownText", () => {
  it("shows any text as it is: no list, heading, link, tag, emphasis or entity comes of it", () =>
    fc.assert(
      fc.property(nasty, (text) => {
        fc.pre(oneLine(text) !== "");
        const html = markdown.render(markdownText(text));
        assert.match(html, /^<p>[^<]*<\/p>\n$/);
        assert.equal(shownBy(html), oneLine(text));
      }),
      RUNS,
    ));
  it("stays on one line", () => assert.equal(markdownText("# a\n\n---\u2028b\u0085c"), "\\# a --- bc"));
});

describe("oneLine", () => {
  it("drops what a terminal would obey", () => assert.equal(oneLine("\u001b[31mred\u0007\r\n tea "), "[31mred tea"));
});
