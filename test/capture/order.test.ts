import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { take } from "../archive/chat.ts";
import { LINES, makeOolong } from "../export/oolong.ts";
import { run } from "../helpers.ts";

async function exportAfter(...files: readonly (readonly string[])[]): Promise<string> {
  const dir = makeOolong();
  for (const lines of files) if (lines.length > 0) await take(dir, lines);
  return (await run(["export", "teachat/2026-03-03", "--archive", dir])).out;
}

describe("files in any order, cut anywhere, some of it twice", () => {
  it("give the same session", async () => {
    const once = await exportAfter(LINES);
    const shuffled = fc.shuffledSubarray([...LINES], { minLength: LINES.length });
    await fc.assert(
      fc.asyncProperty(shuffled, fc.nat(LINES.length), fc.subarray([...LINES]), async (lines, cut, again) =>
        assert.equal(await exportAfter(lines.slice(0, cut), again, lines.slice(cut)), once),
      ),
      { seed: 20260303, numRuns: 20 },
    );
  });
});
