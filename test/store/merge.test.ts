import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { Tweet } from "../../src/model.ts";
import { mergeTweets } from "../../src/store/merge.ts";
import { type Said, tweet } from "../helpers.ts";
import { RUNS, telling } from "./stories.ts";

/** Tellings of one tweet. Who wrote it is settled elsewhere. */
const one = telling.map(({ observation }): Tweet => ({ ...observation.tweet, id: "1", author: { id: null, handle: "amy", name: "Amy" } }));
const merged = (...said: Said[]): Tweet => said.map(tweet).reduce(mergeTweets);

describe("mergeTweets", () => {
  it("is commutative", () =>
    fc.assert(
      fc.property(one, one, (a, b) => assert.deepEqual(mergeTweets(a, b), mergeTweets(b, a))),
      RUNS,
    ));
  it("is associative", () =>
    fc.assert(
      fc.property(one, one, one, (a, b, c) => assert.deepEqual(mergeTweets(mergeTweets(a, b), c), mergeTweets(a, mergeTweets(b, c)))),
      RUNS,
    ));
  it("is idempotent", () =>
    fc.assert(
      fc.property(one, one, (a, b) => {
        const ab = mergeTweets(a, b);
        assert.deepEqual(mergeTweets(ab, a), ab);
        assert.deepEqual(mergeTweets(a, a), { ...a, aliases: [...a.aliases].sort() });
      }),
      RUNS,
    ));

  it("shows the newest version, longer or not", () =>
    assert.equal(merged({ text: "grean tea" }, { text: "green", edited: 5 }).text, "green"));
  it("takes long text for the text it was cut from", () =>
    assert.equal(merged({ text: "green and…" }, { text: "green and black" }).text, "green and black"));
  it("takes tags and links from the version it shows", () => {
    const { tags } = merged({ text: "green #teachatt" }, { text: "green #tea", edited: 5 });
    assert.deepEqual(tags, ["tea"]);
  });
  it("fills what one source left out", () => {
    const { replyTo, lang, heading } = merged({ replyTo: "7" }, { lang: "en" }, { heading: "Q1" });
    assert.deepEqual([replyTo, lang, heading], ["7", "en", "Q1"]);
  });
  it("dates it by its first version", () => assert.equal(merged({ time: 3 }, { time: 1 }, { time: null }).time, tweet({ time: 1 }).time));
});
