import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { raw } from "hono/html";
import type { Link } from "../../src/model.ts";
import { cleanText } from "../../src/text/clean.ts";
import { directionMark } from "../../src/text/direction.ts";
import { type RawHtml, tweetHtml, tweetPlain, type Words } from "../../src/text/html.ts";
import { HOSTILE, readMarkup } from "./markup.ts";

const words = (text: string, ...links: Link[]): Words => ({ text, links, media: [] });
const link = (url: string, to: string, text = ""): Link => ({ url, to, text });

/** Holds a maker of tweet markup to what every tweet's markup must be. */
function check(make: (tweet: Words) => RawHtml, tweet: Words): void {
  const { text } = readMarkup(String(make(tweet)));
  assert.equal(text, directionMark(tweet.text) + tweetPlain(tweet));
}

const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc
    .array(fc.constantFrom(...HOSTILE.filter((text) => text.length < 100), "https://t.co/a", "https://t.co/ab", " ", "\n", "@ada", "#x"), {
      maxLength: 8,
    })
    .map((parts) => parts.join("")),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 30 }).map((units) => String.fromCharCode(...units)),
);
const anyLink = fc.record({
  url: fc.oneof(fc.constantFrom("https://t.co/a", "https://t.co/ab", "<", "&", " ", "a"), anyText),
  to: fc.oneof(fc.webUrl(), anyText),
  text: anyText,
});
const anyWords = fc.record({ text: anyText, links: fc.array(anyLink, { maxLength: 3 }), media: fc.constant([]) });

describe("tweet text as markup", () => {
  it("refuses nothing and breaks on nothing hostile", () => {
    for (const text of HOSTILE) {
      check(tweetHtml, words(text));
      check(tweetHtml, words(text, link(text, text, text)));
      check(tweetHtml, words(`x ${text} y`, link("x", `javascript:${text}`, text), link("y", `https://example.org/${text}`, text)));
    }
  });

  it("may begin with a mark where it is mostly written from the right", () => {
    check(tweetHtml, words("A1 שלום לכולם"));
    check(tweetHtml, words("\u0904\u05D9\u05B4\u05D9\u05B4")); // what the next property once met by chance
  });

  it("is safe for any text and any links", () => {
    fc.assert(
      fc.property(anyWords, (tweet) => check(tweetHtml, tweet)),
      { numRuns: 2_000 },
    );
  });

  it("reads as it was written, where no link is shown in another form", () => {
    const plain = anyText.filter((text) => !/[a-z]\.|:\/\//i.test(text));
    fc.assert(
      fc.property(plain, (text) => assert.equal(readMarkup(String(tweetHtml(words(text)))).text, directionMark(text) + cleanText(text))),
      { numRuns: 1_000 },
    );
  });

  it("would notice a sink that does not escape", () => {
    const unescaped = (tweet: Words) => raw(tweetPlain(tweet));
    const oneForgotten = (tweet: Words) => raw(String(tweetHtml(tweet)).replaceAll("&lt;", "<"));
    const openScheme = (tweet: Words) => raw(`<a href="${tweet.text}" rel="nofollow ugc noopener noreferrer">${tweetHtml(tweet)}</a>`);
    for (const planted of [unescaped, oneForgotten, openScheme])
      assert.throws(() =>
        fc.assert(
          fc.property(anyWords, (tweet) => check(planted, tweet)),
          { numRuns: 500 },
        ),
      );
  });

  it("shows t.co links as their source does, and leads to the real target", () => {
    const tweet = words("Read https://t.co/a now", link("https://t.co/a", "https://example.org/long/path", "example.org/long…"));
    assert.equal(tweetPlain(tweet), "Read example.org/long… now");
    assert.deepEqual(readMarkup(String(tweetHtml(tweet))).links, ["https://example.org/long/path"]);
  });

  it("with a bare % written out", () => {
    const tweet = words("https://t.co/a", link("https://t.co/a", "http://a.example/%%30%zz", "a.example"));
    assert.deepEqual(readMarkup(String(tweetHtml(tweet))).links, ["http://a.example/%25%30%25zz"]);
  });
  it("without the name and the password in an address: no page may hold them", () => {
    const tweet = words("https://t.co/a", link("https://t.co/a", "https://amy:secret@evil.example/login", "evil.example/login"));
    assert.deepEqual(readMarkup(String(tweetHtml(tweet))).links, ["https://evil.example/login"]);
    assert.doesNotMatch(String(tweetHtml(tweet)), /secret/);
  });

  it("takes the longest of links that begin alike", () => {
    const tweet = words(
      "https://t.co/ab https://t.co/a",
      link("https://t.co/a", "https://one.example/"),
      link("https://t.co/ab", "https://two.example/"),
    );
    assert.deepEqual(readMarkup(String(tweetHtml(tweet))).links, ["https://two.example/", "https://one.example/"]);
  });

  it("says the true host where the shown text says another", () => {
    assert.equal(
      tweetPlain(words("https://t.co/a", link("https://t.co/a", "https://evil.example/x", "bank.example/login"))),
      "evil.example/x",
    );
    assert.equal(tweetPlain(words("a", link("a", "https://bank.example@evil.example/login", "bank.example/login"))), "evil.example/login");
  });

  it("shows a host of mixed scripts as punycode, and leaves an honest one alone", () => {
    assert.equal(tweetPlain(words("https://p\u0430ypal.example/a")), "xn--pypal-4ve.example/a");
    assert.equal(tweetPlain(words("https://bücher.example/a")), "https://bücher.example/a");
  });

  it("keeps a link that is not http(s) as text", () => {
    const tweet = words("see thing", link("thing", "javascript:alert(1)", "example.org"));
    assert.equal(String(tweetHtml(tweet)), "see thing");
  });

  it("links mentions and hashtags to X", () => {
    const { links } = readMarkup(String(tweetHtml(words("@ada likes #Täg"))));
    assert.deepEqual(links, ["https://x.com/ada", "https://x.com/hashtag/T%C3%A4g"]);
  });

  it("keeps search engines from following what a tweet chose, be it on X", () => {
    assert.equal(String(tweetHtml(words("@ada"))), '<a href="https://x.com/ada">@ada</a>');
    const chosen = words("see ada", link("ada", "https://x.com/ada", "x.com/ada"));
    assert.match(String(tweetHtml(chosen)), /^see <a href="https:\/\/x\.com\/ada" rel="nofollow ugc noopener noreferrer">/);
  });

  it("is another one on a page that shows the tweet it quotes, whichever is asked for first", () => {
    const shown = new Set(["34"]);
    const of = (): Words => words("Look https://t.co/q", link("https://t.co/q", "https://x.com/ben/status/34", "x.com/ben"));
    const [here, there] = [of(), of()];
    const expected = [tweetHtml(of(), { shown }), tweetHtml(of()), tweetPlain(of(), { shown }), tweetPlain(of())].map(String);
    assert.notEqual(expected[0], expected[1]);
    assert.deepEqual([tweetHtml(here, { shown }), tweetHtml(here), tweetPlain(here, { shown }), tweetPlain(here)].map(String), expected);
    assert.deepEqual(
      [tweetPlain(there), tweetPlain(there, { shown }), tweetHtml(there), tweetHtml(there, { shown })].map(String),
      expected.toReversed(),
    );
  });

  it("drops a last link to its own pictures and to a tweet shown below, and no other", () => {
    const pictures = [{ type: "photo", alt: null, url: "https://img.example/1.jpg", file: null }];
    const own = link("https://t.co/p", "https://twitter.com/ada/status/12/photo/1", "pic.twitter.com/x");
    const quote = link("https://t.co/q", "https://x.com/ben/status/34?s=20", "x.com/ben/status/34");
    assert.equal(
      tweetPlain({ text: "Look https://t.co/q https://t.co/p", links: [own, quote], media: pictures }, { shown: new Set(["34"]) }),
      "Look",
    );
    assert.equal(tweetPlain({ text: "Look https://t.co/q", links: [quote], media: pictures }), "Look x.com/ben/status/34");
    assert.equal(tweetPlain({ text: "https://t.co/p Look", links: [own], media: pictures }), "pic.twitter.com/x Look");
  });

  it("keeps line ends, and isolates text that turns directions", () => {
    assert.equal(String(tweetHtml(words("a\r\nb"))), "a<br>\nb");
    assert.equal(String(tweetHtml(words("\u202Ea"))), "<bdi>\u202Ea</bdi>");
  });

  it("is linear in the length of the text", () => {
    const start = performance.now();
    for (const text of ["@", "#", "https://a.example/ ", "@a#b"]) tweetHtml(words(text.repeat(20_000)));
    assert.ok(performance.now() - start < 5_000);
  });
});
