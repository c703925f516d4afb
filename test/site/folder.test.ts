import assert from "node:assert/strict";
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { SiteFolder } from "../../src/site/folder.ts";
import { tempDir } from "../helpers.ts";

/** Whether a page of a shard is put in the place of one that stands. */
function isPut(stands: string, waits: string): boolean {
  const folder = new SiteFolder(tempDir());
  const [place, shard] = [join(folder.path, "page"), folder.shard("1")];
  mkdirSync(shard, { recursive: true });
  writeFileSync(place, stands);
  writeFileSync(join(shard, "page"), waits);
  const { ino } = statSync(place);
  const put = folder.put("1", "page");
  assert.equal(readFileSync(place, "utf8"), waits);
  assert.equal(statSync(place).ino !== ino, put);
  return put;
}

describe("a page that is rendered again", () => {
  const long = "kettle ".repeat(30_000);
  it("stays where it is the same", () => {
    for (const text of ["", "a", long, "x".repeat(65_536)]) assert.equal(isPut(text, text), false);
  });
  it("is put in its place where it is another, be it in its last letter", () => {
    for (const [stands, waits] of [
      ["", "a"],
      ["a", ""],
      ["a", "b"],
      [`${long}a`, `${long}b`],
      [`a${long}`, `b${long}`],
      [long, `${long}a`],
    ] as const)
      assert.equal(isPut(stands, waits), true);
  });
});
