import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { html } from "hono/html";
import { en } from "../../../src/site/words/en.ts";
import { textsOf } from "../../../src/site/words/message.ts";
import { Words } from "../../../src/site/words/words.ts";

const NOON = Date.UTC(2009, 6, 21, 16);
const english = new Words("en", {});

describe("words", () => {
  it("are filled, and counted", () => {
    assert.equal(english.say("tweets", { n: 1 }), "1 tweet");
    assert.equal(english.say("tweets", { n: 12_345 }), "12,345 tweets");
    assert.equal(english.say("dated", { tag: "#tea", day: "{tag}" }), "#tea, {tag}");
  });

  it("are text, and what fills them may be markup", () => {
    const words = new Words("en", { asked: "<b>{who}</b> & co" });
    assert.equal(String(words.html("asked", { who: html`<i>A</i>` })), "&lt;b&gt;<i>A</i>&lt;/b&gt; &amp; co");
    assert.equal(String(english.html("asked", { who: "<script>" })), "&lt;script&gt; asked");
  });

  it("are counted by the rules of the language they are in", () => {
    const polish = new Words("pl", { tweets: { one: "{n} tweet", few: "{n} tweety", many: "{n} tweetów", other: "{n} tweeta" } });
    assert.deepEqual(
      [1, 3, 5].map((n) => polish.say("tweets", { n })),
      ["1 tweet", "3 tweety", "5 tweetów"],
    );
    assert.equal(new Words("ja", {}).say("tweets", { n: 1 }), "1 tweet", "falls back to English and its forms");
  });

  it("know which way they are written", () => {
    assert.deepEqual(
      ["en", "he", "ar-EG", "fa", "az-Arab", "pt-BR"].map((language) => new Words(language, {}).dir),
      ["ltr", "rtl", "rtl", "rtl", "rtl", "ltr"],
    );
  });

  it("keep what is written from the left together, in a language that is not", () => {
    const hebrew = new Words("he", { hostedBy: "מארחים: {hosts}", dated: "{tag}, {day}" });
    assert.equal(hebrew.say("hostedBy", { hosts: "@ada" }), "מארחים: \u2066@ada\u2069");
    assert.equal(hebrew.say("dated", { tag: "שלום", day: "21" }), "שלום, 21");
    assert.equal(hebrew.list(["@ada", "דב"]), "\u2066@ada\u2069 ודב");
    assert.equal(english.say("hostedBy", { hosts: "@ada" }), "Hosted by @ada");
  });

  it("name every place that English counts by", () => {
    const counted = Object.entries(en).filter(([, message]) => typeof message !== "string");
    for (const [key, message] of counted) assert.ok("other" in (message as object), key);
    for (const [key, message] of Object.entries(en)) for (const text of textsOf(message)) assert.doesNotMatch(text, /[<>]|\{\W|\{\}/, key);
  });
});

describe("dates and lists", () => {
  it("are written as the language writes them", () => {
    assert.equal(new Words("de", {}).date("America/New_York", NOON), "21. Juli 2009");
    assert.equal(new Words("en-US", {}).date("America/New_York", NOON), "July 21, 2009");
    assert.equal(new Words("fa", {}).date("America/New_York", NOON), "۲۱ ژوئیهٔ ۲۰۰۹", "of the calendar of the addresses");
    assert.equal(english.shortDate("UTC", NOON, false), "21 Jul");
    assert.equal(english.plainDate("2026-11-22"), "22 November 2026");
    assert.equal(english.list(["Ada", "Ben", "Cy"]), "Ada, Ben and Cy");
    assert.equal(String(english.rowHtml([html`<b>a</b>`, html`c`])), "<b>a</b>, c");
  });

  it("say the hour as people there do", () => {
    assert.equal(new Words("en-GB", {}).hours("America/New_York", NOON, 60), "12:00 to 13:00 in New York (16:00 to 17:00 UTC)");
    assert.equal(new Words("en-US", {}).hour("UTC", NOON), "4 PM");
  });
});
