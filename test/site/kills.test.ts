import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { FEW } from "../../src/site/changes.ts";
import { tempDir } from "../helpers.ts";
import { type Killed, Trial, WAYS } from "./kills.ts";

describe("a build that is killed", () => {
  for (const [how, weeks] of [
    ["alone", 2],
    ["with the processes it started", FEW + 1],
  ] as const)
    it(`${how} leaves whole pages, and the next one comes to the same bytes`, async () => {
      const trial = await Trial.make(tempDir(), weeks);
      const killed: Killed = { before: 0, between: 0, after: 0 };
      for (const moments of [[{ part: 0.5 }], [{ part: 0.8 }, { part: 0.9 }]]) await trial.run(moments, killed);
      assert.equal(killed.before + killed.between + killed.after, 3);
    });

  it("while it puts files into their places leaves whole pages, old and new", async () => {
    const trial = await Trial.make(tempDir(), 2);
    const killed: Killed = { before: 0, between: 0, after: 0 };
    for (const moments of [[{ afterFirst: 0 }], [{ afterFirst: 1 }]]) await trial.run(moments, killed);
    assert.equal(killed.before, 0);
  });
});

describe("publishing that is killed", () => {
  for (const name of ["folder", "branch"] as const)
    it(`to a ${name} leaves whole pages, and the next one comes to the same bytes`, async () => {
      const trial = await Trial.make(tempDir(), 1, WAYS[name]);
      const killed: Killed = { before: 0, between: 0, after: 0 };
      await trial.run([name === "folder" ? { afterFirst: 1 } : { part: 0.85 }], killed);
      assert.equal(killed.before + killed.between + killed.after, 1);
    });
});
