import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { quotesOf } from "../../src/site/quotes.ts";
import { tweet } from "./fixture.ts";

const LINK = "https://chats.example/tidepool/2009-07-21/#t1";
const quotes = (text: string, by = "ada", at: number | null = 3) => quotesOf(tweet({ id: "1", by, at, text }), LINK, "America/New_York");

describe("a tweet ready to be quoted", () => {
  it("escapes for the form it is in", () => {
    assert.equal(
      quotes('<b> & "c"', "gus").html,
      `<blockquote cite="${LINK}"><p dir="auto">&lt;b&gt; &amp; &quot;c&quot;</p><footer>— <cite><a href="${LINK}">Gus &lt;script&gt;alert(1)&lt;/script&gt; (@gus)</a></cite>, <time datetime="2009-07-21">2009-07-21</time></footer></blockquote>`,
    );
    assert.match(quotes("*a* _b_ [c](d) <e>").markdown, /^> \\\*a\\\* \\_b\\_ \\\[c\\\]\(d\) \\<e\\>$/m);
    assert.match(quotes("# a\n1. b").markdown, /^> \\# a\n> 1\\\. b$/m);
  });

  it("keeps lines, and leaves out what is not known", () => {
    assert.match(quotes("a\nb").html, /<p dir="auto">a<br>b<\/p>/);
    assert.equal(quotes("a", "fay", null).text, `“a” — @fay ${LINK}`);
    assert.equal(quotes("a").link, LINK);
  });
});
