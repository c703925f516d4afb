import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { PlacedTweet, Placement, Tweet } from "../../src/model.ts";
import { Identities } from "../../src/site/identity.ts";
import { unanswered } from "../../src/site/unanswered.ts";
import { placed, question, tweet, usersOf } from "./fixture.ts";
import { sessionOf } from "./sessions.ts";

const say = (id: string, by: string, text: string, more: Partial<Tweet> = {}, where: Partial<Placement> = {}): PlacedTweet =>
  placed(tweet({ id, by, at: Number(id), text, more }), { section: "aside", reason: "none", ...where });

const q1 = question(1, { text: "What lives here?", asks: ["1"], at: 0, by: "ada" });
const ask = say("1", "ada", "Q1 What lives here?", {}, { question: 1, asks: 1 });

const read = (tweets: readonly PlacedTweet[]) => unanswered(sessionOf(tweets, [q1]), new Identities(usersOf([])));
/** "id>whom", with "?" after a question; replies that end an exchange aside. */
const missed = (...tweets: PlacedTweet[]): string[] =>
  read(tweets)
    .filter(({ closing }) => !closing)
    .map((one) => `${one.placed.tweet.id}>${one.handle}${one.question ? "?" : ""}`);

describe("not unanswered is", () => {
  it("what speaks to nobody, or to its own author", () => assert.deepEqual(missed(say("2", "kit", "I, @kit, ask myself: why?")), []));
  it("a hidden tweet, a repost, what looks like spam", () =>
    assert.deepEqual(
      missed(
        say("2", "kit", "@ben why?", {}, { hidden: true }),
        say("3", "kit", "RT @ben: why?", { repostOf: "9" }),
        say("4", "eve", "@ben buy shells?", {}, { section: "unplaced", reason: "spam?" }),
      ),
      [],
    ));
  it("somebody retold", () => assert.deepEqual(missed(say("2", "kit", "So true! RT @ben: crabs trade shells")), []));
  it("a mail address, or a handle in a link", () =>
    assert.deepEqual(missed(say("2", "kit", "write to a@ben.example or see https://example.org/@ben")), []));
  it("an answer to the question that one asked", () =>
    assert.deepEqual(
      missed(
        ask,
        say("2", "kit", "@ada A1 crabs", { replyTo: "1", replyToUser: "ada" }, { question: 1 }),
        say("3", "hal", "@ada limpets", {}, { question: 1 }),
      ),
      [],
    ));
  it("what the one spoken to replied to, as captured, though with other case in the handle", () =>
    assert.deepEqual(missed(say("2", "kit", "@BEN why?"), say("3", "ben", "because", { replyTo: "2" })), []));
  it("what they answered by our judgement, where that is sure", () =>
    assert.deepEqual(missed(say("2", "kit", "@ben hi"), say("3", "ben", "hi!", {}, { parent: "2", parentConfidence: 0.61 })), []));
  it("what they answered in a tweet that is hidden", () =>
    assert.deepEqual(missed(say("2", "kit", "@ben why?"), say("3", "ben", "no", { replyTo: "2" }, { hidden: true })), []));
  it("what they quoted later", () =>
    assert.deepEqual(missed(say("2", "kit", "@ben why?"), say("3", "ben", "good one", { quotes: "2" })), []));
  it("a question to which anybody else replied", () =>
    assert.deepEqual(missed(say("2", "kit", "@ben why?"), say("3", "cyn", "I know why", { replyTo: "2" })), []));
  it("what they answered in its second part, or in another version", () =>
    assert.deepEqual(
      missed(
        say("2", "kit", "@ben look (1/2)", { aliases: ["22"] }),
        say("3", "kit", "and there (2/2)", { replyTo: "22" }),
        say("4", "ben", "I see", { replyTo: "3" }),
      ),
      [],
    ));
  it("a numbered question put to somebody that others answered under its number", () =>
    assert.deepEqual(
      missed(
        say("1", "ada", "Q1 for @ben: what lives here?", {}, { question: 1, asks: 1 }),
        say("2", "cyn", "A1 crabs", {}, { question: 1 }),
      ),
      [],
    ));
});

describe("unanswered is", () => {
  it("a mention, and a question", () =>
    assert.deepEqual(missed(say("2", "kit", "see what @ben made"), say("3", "kit", "@cyn and you?")), ["2>ben", "3>cyn?"]));
  it("a mention to which somebody else replied", () =>
    assert.deepEqual(missed(say("2", "kit", "see what @ben made"), say("3", "cyn", "nice", { replyTo: "2" })), ["2>ben"]));
  it("a question to which only its author replied", () =>
    assert.deepEqual(missed(say("2", "kit", "@ben why?"), say("3", "kit", "I mean it", { replyTo: "2" })), ["2>ben?"]));
  it("what they may have answered, where that is not sure", () =>
    assert.deepEqual(missed(say("2", "kit", "@ben hi"), say("3", "ben", "hi!", {}, { parent: "2", parentConfidence: 0.6 })), ["2>ben"]));
  it("what the organiser says they did not answer", () =>
    assert.deepEqual(missed(say("2", "kit", "@ben hi"), say("3", "ben", "hi!", { replyTo: "2" }, { parent: null, parentReason: "edit" })), [
      "2>ben",
    ]));
  it("what they quoted before", () =>
    assert.deepEqual(missed(say("1", "ben", "oh", { quotes: "2" }), say("2", "kit", "look, @ben")), ["2>ben"]));
  it("a reply that ends an exchange, and says so", () =>
    assert.deepEqual(
      read([say("2", "kit", "I have a crab"), say("3", "ben", "@kit lovely", { replyTo: "2" })]).map(({ placed: one, closing }) => [
        one.tweet.id,
        closing,
      ]),
      [["3", true]],
    ));
  it("a reply, for the one it replies to: not for those whom X names before it", () =>
    assert.deepEqual(
      missed(say("2", "kit", "I have a crab"), say("3", "ben", "@kit @cyn @dov how big? cc @eve", { replyTo: "2", replyToUser: "kit" })),
      ["3>kit?", "3>eve?"],
    ));
  it("a question back to the one who asked", () =>
    assert.deepEqual(missed(ask, say("2", "kit", "@ada A1 in which pool?", { replyTo: "1" }, { question: 1 })), ["2>ada?"]));
});

describe("people with other handles", () => {
  it("are the same: an answer from the new one answers what was said to the old one", () => {
    const ben = { id: "77", handle: "ben_new", name: "Ben" };
    const said = [say("2", "kit", "@ben_old why?"), say("3", "ben", "because", { replyTo: "2", author: ben })];
    const who = new Identities(usersOf([{ handle: "ben_old", author: "77" }]));
    assert.deepEqual(
      unanswered(sessionOf(said), who).filter(({ closing }) => !closing),
      [],
    );
    assert.equal(unanswered(sessionOf(said.slice(0, 1)), who)[0]?.person, "77");
  });
});
