import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { questionHtml } from "../../src/site/embed.ts";
import { quotesOf } from "../../src/site/quotes.ts";
import { tweetPage } from "../../src/site/tweet-page.ts";
import { config, site, tweet } from "./fixture.ts";

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

describe("a question ready to be put elsewhere", () => {
  const AT = "https://chats.example/tidepool/2009-07-21/";
  const embed = (id: string) => questionHtml(tweetPage(site().session("tidepool", "2009-07-21"), id, config), AT, config);

  it("is nothing where a tweet asks nothing", () => assert.equal(embed("1012"), null));

  it("is the question, its answers each with a link, and where it is from; replies stay behind the link", () =>
    assert.equal(
      embed("1030"),
      `<blockquote cite="${AT}#s1030"><p dir="auto">Can you move a starfish without harming it? — <cite><a href="${AT}#t1030">Kit Ferro (@kit)</a></cite></p>
<ul>
<li dir="auto">@kit only its shadow — <cite><a href="${AT}#t1031">Ben Rook (@ben)</a></cite></li>
</ul>
<footer><a href="${AT}#s1030">What the tide forgets</a>, #TidePool, 21 July 2009</footer></blockquote>`,
    ));

  it("names its number, escapes, and loads nothing", () => {
    const markup = embed("1010") ?? "";
    assert.match(markup, /^<blockquote cite="[^"]*#q1"><p dir="auto"><b>Q1<\/b> What lives in a pool/);
    assert.match(markup, /Gus &lt;script&gt;/);
    assert.doesNotMatch(markup, /<(?:img|script|style|iframe|link)|src=/);
  });
});
