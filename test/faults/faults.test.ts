import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { PLANTS } from "./plants.ts";
import { trials } from "./worker.ts";

describe("capture against an X that goes wrong", () => {
  const FOUND: Readonly<Record<string, RegExp>> = {
    "stop at an empty page": /^undeclared: .* is not held/,
    "stop at remaining 0": /^undeclared: .* is not held/,
    "decode per chunk": /^changed: .*\uFFFD/,
    "acknowledge before the commit": /^lost: \d+ was acknowledged/,
    "cursor apart": /^(lost|undeclared): .*(no gap says so|is not held)/,
    "swallow 402": /^undeclared: .* is not held; complete (true|null)/,
  };
  for (const plant of Object.keys(PLANTS))
    it(`with a planted bug is found out: ${plant}`, async () => {
      const found: string[] = [];
      for await (const { wrong } of trials({ first: 0, step: 1, end: 60, plant })) {
        if (wrong !== null) found.push(wrong);
        if (FOUND[plant]?.test(wrong ?? "") === true) return;
      }
      assert.fail(`not found in 60 trials; they found ${JSON.stringify(found)}`);
    });

  it("loses nothing, doubles nothing, declares what is missing, and the same command makes it whole", async () => {
    const wrong: string[] = [];
    let requests = 0;
    let faults = 0;
    for await (const told of trials({ first: 0, step: 1, end: 100, plant: null })) {
      if (told.wrong !== null) wrong.push(`npm run faults -- --seed ${told.seed}: ${told.wrong}`);
      requests += told.requests;
      faults += Object.values(told.faults).reduce((sum, n) => sum + n, 0);
    }
    assert.deepEqual(wrong, []);
    assert.ok(requests > 1500 && faults > 150, `${requests} requests, ${faults} faults`);
  });
});
