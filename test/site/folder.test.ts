import assert from "node:assert/strict";
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { SiteFolder } from "../../src/site/folder.ts";
import { tempDir, write } from "../helpers.ts";

/** Whether a page of a shard is put in the place of one that stands. */
function isPut(stands: string, waits: string): boolean {
  const folder = new SiteFolder(tempDir());
  const [place, shard] = [join(folder.path, "page"), folder.shard("1")];
  mkdirSync(shard, { recursive: true });
  writeFileSync(place, stands);
  writeFileSync(join(shard, "page"), waits);
  const { ino } = statSync(place);
  const put = folder.put("1", { own: null, files: ["page"] }) === 1;
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

describe("the folder of a unit", () => {
  const files = ["tea/2026-03-03/index.html", "tea/2026-03-03/t/7/index.html", "assets/media/a.gif"];
  const unit = { own: "tea/2026-03-03", files };
  function rendered(): SiteFolder {
    const folder = new SiteFolder(tempDir());
    for (const file of files) write(folder.shard("1"), file, file);
    return folder;
  }

  it("is moved whole where it is new; what is shared is not in it", () => {
    const folder = rendered();
    const { ino } = statSync(join(folder.shard("1"), unit.own));
    assert.equal(folder.put("1", unit), 3);
    assert.equal(statSync(join(folder.path, unit.own)).ino, ino);
    for (const file of files) assert.equal(readFileSync(join(folder.path, file), "utf8"), file);
    assert.equal(folder.put("1", unit), 0);
    assert.ok(files.every((file) => folder.waits("1", file)));
  });

  it("stays where it is there: with what is not ours, and with pages that are the same", () => {
    const folder = rendered();
    const mine = write(folder.path, "tea/2026-03-03/mine.txt", "mine");
    const same = write(folder.path, "tea/2026-03-03/index.html", "tea/2026-03-03/index.html");
    const { ino } = statSync(same);
    assert.equal(folder.put("1", unit), 2);
    assert.equal(statSync(same).ino, ino);
    assert.equal(readFileSync(mine, "utf8"), "mine");
    assert.ok(files.every((file) => folder.has(file)));
  });
});
