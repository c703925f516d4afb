import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Observation } from "../../src/model.ts";
import { Store } from "../../src/store/store.ts";
import { observed } from "../helpers.ts";

const ROUNDED = "591403817444446000";
const TRUE = "591403817444446209";
const OTHER = "591403817444445777";
const reply = (to: string): Observation =>
  observed({ id: "591403817999999999", text: "me too" }, { rounded: { replyTo: to, repostOf: null } });
const held = (id: string): Observation => observed({ id });

/** What the reply answers once each list has been imported. */
function answers(...imports: readonly (readonly Observation[])[]): string | null {
  const store = Store.open(":memory:");
  for (const observations of imports)
    store.transaction(() => {
      for (const one of observations) store.add(one);
      store.repairRounded();
    });
  const [tweet] = store.tweets(["591403817999999999"]);
  store.close();
  return tweet?.replyTo ?? null;
}

describe("an id that a spreadsheet rounded", () => {
  it("stays unknown where no tweet is near", () => {
    assert.equal(answers([reply(ROUNDED)]), null);
    assert.equal(answers([reply(ROUNDED), held("591403817444447000")]), null);
    assert.equal(answers([reply(ROUNDED), held("59140381744444620")]), null);
  });
  it("stays unknown where two are near", () => assert.equal(answers([reply(ROUNDED), held(TRUE), held(OTHER)]), null));
  it("is never the tweet itself", () => assert.equal(answers([reply("591403818000000000")]), null));

  it("is found, above or below, in whichever order they come", () => {
    for (const id of [TRUE, OTHER]) {
      assert.equal(answers([reply(ROUNDED), held(id)]), id);
      assert.equal(answers([held(id), reply(ROUNDED)]), id);
      assert.equal(answers([reply(ROUNDED)], [held(id)]), id);
      assert.equal(answers([held(id)], [reply(ROUNDED)]), id);
    }
  });
  it("is given up again when a later import makes it ambiguous", () =>
    assert.equal(answers([reply(ROUNDED), held(TRUE)], [held(OTHER)]), null));
  it("is found by another version of the tweet", () =>
    assert.equal(answers([reply(ROUNDED), observed({ id: "591403817000000000", aliases: [TRUE] })]), "591403817000000000"));
  it("counts a tweet and its own versions once", () =>
    assert.equal(answers([reply(ROUNDED), observed({ id: OTHER, aliases: [TRUE] })]), OTHER));
  it("is found across a power of ten", () =>
    assert.equal(answers([reply("100000000000000000"), held("100000000000000031")]), "100000000000000031"));
  it("gives way to the true one where a source tells it", () =>
    assert.equal(answers([reply(ROUNDED), held(TRUE), observed({ id: "591403817999999999", replyTo: "7" })]), "7"));
});
