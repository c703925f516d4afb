import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { write } from "../helpers.ts";
import { copyOf, emptyWorld, fullWorld, tree, type } from "./world.ts";

const full = await fullWorld();
const exporting = (world: string, ...args: string[]) => type(["export", "teachat/2026-03-03", ...args, "--archive", "data"], world);

describe("export", () => {
  for (const format of ["jsonl", "json", "csv", "md", "txt"])
    it(`${format}: into a file what else is printed`, async () => {
      const world = copyOf(full);
      const printed = await exporting(world, "--format", format);
      const kept = await exporting(world, "--format", format, "--out", "x.out");
      assert.deepEqual([printed.code, kept.code, kept.out], [0, 0, ""]);
      assert.equal(kept.err, "x.out: 6 tweets\nNext: npx chatscribe build --archive data\n");
      assert.equal(readFileSync(join(world, "x.out"), "utf8"), printed.out);
      assert.match(printed.out, /milk first/);
    });

  it("leaves nothing beside the file", async () => {
    const world = copyOf(full);
    const were = Object.keys(tree(world));
    await exporting(world, "--out", "x.out");
    await exporting(world, "--out", "x.out");
    assert.deepEqual(Object.keys(tree(world)), [...were, "x.out"].toSorted());
  });

  it("jsonl, imported and exported again: the same bytes", async () => {
    const { out } = await exporting(copyOf(full));
    const world = emptyWorld();
    write(world, "again.jsonl", out);
    assert.equal((await type(["import", "again.jsonl", "--chat", "teachat", "--archive", "data"], world)).code, 0);
    assert.equal((await exporting(world)).out, out);
  });
});
