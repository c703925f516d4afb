import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { PlacedTweet, Placement, Question, Tweet } from "../../src/model.ts";
import type { SessionData } from "../../src/site/data.ts";
import { Identities } from "../../src/site/identity.ts";
import { recapOf } from "../../src/site/recap.ts";
import { markdownHtml } from "../../src/text/markdown.ts";
import { config, placed, question, tweet, usersOf } from "./fixture.ts";
import { sessionOf } from "./sessions.ts";

const Q1 = question(1, { text: "What lives here?", asks: ["1"], at: 0, by: "ada" });

/** Somebody answers Q1. */
const say = (id: string, by: string, text: string, more: Partial<Tweet> = {}, where: Partial<Placement> = {}): PlacedTweet =>
  placed(tweet({ id, by, at: Number(id), text, more }), { question: 1, ...where });
const ask = say("1", "ada", "Q1 What lives here?", {}, { asks: 1 });
const reply = (id: string, by: string, to: string): PlacedTweet => say(id, by, "indeed", { replyTo: to }, { reason: "thread" });

const recap = (
  tweets: readonly PlacedTweet[],
  { questions = [Q1], unanswered = false, pins = [] as string[], site = config } = {},
): string => {
  const data: SessionData = sessionOf(tweets, questions as Question[]);
  return recapOf({ ...data, card: { ...data.card, pins } }, { config: site, who: new Identities(usersOf([])), unanswered });
};
/** The ids of the tweets it quotes, in its order. */
const quoted = (text: string): string[] => [...text.matchAll(/^> — .*#t(\d+)\)/gm)].map(([, id]) => id ?? "");

describe("no recap holds", () => {
  it("a hidden tweet, a repost, what looks like spam", () => {
    const text = recap([
      ask,
      say("2", "cyn", "A1 a planted word", {}, { hidden: true }),
      say("3", "kit", "RT @cyn: A1 a planted word", { repostOf: "2" }),
      say("4", "eve", "A1 a planted word", {}, { reason: "spam?" }),
    ]);
    assert.doesNotMatch(text, /planted/);
    assert.match(text, /No answers were recorded\./);
  });

  it("markup of a tweet's: what it says is text", () => {
    const hostile =
      "<script>alert(1)</script> # x [y](javascript:z) ![i](https://i.example/p.png) `c` *b*\n# heading\n1. list\n</blockquote>";
    const text = recap([ask, say("2", "gus", hostile)]);
    const html = String(markdownHtml(text));
    assert.doesNotMatch(html, /<script|<img|<code|<em|<ol|href="javascript/);
    assert.equal(html.match(/<blockquote>/g)?.length, 1);
    for (const word of ["&lt;script&gt;alert(1)", "# heading", "1. list", "*b*", "&lt;/blockquote&gt;"])
      assert.ok(html.includes(word), `${word} in ${html}`);
  });
});

describe("a recap quotes", () => {
  it("the answers that others replied to, then those that say something, at least two", () => {
    const text = recap([
      ask,
      say("2", "cyn", "A1 crabs"),
      say("3", "kit", "A1 anemones, which are green because something smaller lives in them"),
      say("4", "hal", "A1 limpets"),
      reply("5", "ida", "4"),
      reply("6", "fay", "4"),
    ]);
    assert.deepEqual(quoted(text), ["3", "4"]);
  });

  it("four at most, no person twice, in order of time", () => {
    const answers = ["cyn", "kit", "hal", "ida", "fay", "kit"].map((by, i) => say(String(i + 2), by, "A1 crabs"));
    const replies = answers.flatMap(({ tweet: { id } }, i) => [reply(`${i}0`, "dov", id), reply(`${i}1`, "gus", id)]);
    assert.deepEqual(quoted(recap([ask, ...answers, ...replies])), ["2", "3", "4", "5"]);
  });

  it("pins first, whatever was made of them", () => {
    const answers = ["cyn", "kit", "hal", "ida", "fay"].map((by, i) => say(String(i + 2), by, "A1 crabs"));
    assert.deepEqual(quoted(recap([ask, ...answers], { pins: ["5", "6"] })), ["5", "6"]);
  });

  it("guests before the hosts, and other people in the next question", () => {
    const q2 = question(2, { text: "And there?", asks: ["20"], at: 20, by: "ada" });
    const under2 = (id: string, by: string) => say(id, by, "A2 weed", {}, { question: 2 });
    const text = recap(
      [
        ask,
        say("2", "ada", "A1 crabs"),
        say("3", "kit", "A1 crabs"),
        say("4", "cyn", "A1 crabs"),
        under2("21", "kit"),
        under2("22", "cyn"),
        under2("23", "hal"),
        under2("24", "ida"),
      ],
      {
        questions: [Q1, q2],
      },
    );
    assert.deepEqual(quoted(text), ["3", "4", "23", "24"]);
  });

  it("answers to the question, not the talk below them", () => {
    assert.deepEqual(quoted(recap([ask, say("2", "cyn", "A1 crabs"), reply("3", "kit", "2"), reply("4", "hal", "2")])), ["2"]);
  });
});

describe("a recap", () => {
  it("says what it was, links the questions, lists side questions, links and people", () => {
    const side = question(9, { label: "+", anchor: "s7", side: true, text: "Do crabs sleep?", asks: ["7"] });
    const link = { links: [{ url: "https://t.co/a", to: "https://example.org/crabs", text: "example.org/crabs" }] };
    const text = recap(
      [ask, say("2", "cyn", "A1 see https://t.co/a", link), say("7", "kit", "Do crabs sleep?", {}, { question: 9, asks: 9 })],
      {
        questions: [Q1, side],
      },
    );
    assert.equal(
      text,
      `# Session 1

\\#TidePool on Tuesday 2 June 2009, hosted by Ada Moss and @ben: 3 tweets, 3 people, 2 questions.

The whole transcript: <https://chats.example/tidepool/2009-06-02/>

## [Q1 What lives here?](<https://chats.example/tidepool/2009-06-02/#q1>)

1 answer from 1 person

> A1 see example.org/crabs
>
> — [Cyn O’Dell (@cyn)](https://chats.example/tidepool/2009-06-02/#t2)

## Also asked

- [Do crabs sleep?](<https://chats.example/tidepool/2009-06-02/#s7>) (No answers were recorded.)

## Links shared

- [example.org/crabs](<https://example.org/crabs>): @cyn

## Thanks to

@ada, @cyn, @kit and @ben

Should a tweet of yours not be here? Write to mailbox@chats.example.
`,
    );
  });

  it("links to X where the site's address is not known", () => {
    const text = recap([ask, say("2", "cyn", "A1 crabs")], { site: { ...config, url: null } });
    assert.match(text, /^> — \[Cyn O’Dell \(@cyn\)\]\(https:\/\/x\.com\/cyn\/status\/2\)$/m);
    assert.doesNotMatch(text, /chats\.example\/tidepool/);
  });

  it("adds on request what was put to the host and never answered", () => {
    const put = say("8", "kit", "@ada do they bite?", {}, { question: null, section: "aside", reason: "none" });
    assert.doesNotMatch(recap([ask, put]), /bite/);
    assert.match(recap([ask, put], { unanswered: true }), /not answered in what we captured\n\n- \*\*@kit\*\* \[@ada do they bite\?\]/);
    assert.match(recap([ask], { unanswered: true }), /not answered in what we captured\n\nNothing\./);
  });
});
