import assert from "node:assert/strict";
import { existsSync, rmSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { FolderTarget } from "../../src/publish/folder.ts";
import { publish } from "../../src/publish/publish.ts";
import type { Target } from "../../src/publish/target.ts";
import { tempDir, write } from "../helpers.ts";
import { CHANGED, FIRST, filesOf, put, SECOND, siteOf, told, WHOLE } from "./site.ts";

const place = (): { dir: string; target: Target } => {
  const dir = join(tempDir(), "www");
  return { dir, target: new FolderTarget(dir) };
};

describe("publishing to a folder refuses", () => {
  it("a file", async () => {
    const file = write(tempDir(), "www", "x");
    await assert.rejects(publish(siteOf(FIRST), new FolderTarget(file), { dryRun: false }), /it is a file, not a folder$/);
  });

  it("to replace what it did not put there, and changes nothing", async () => {
    const { dir, target } = place();
    put(dir, { "index.html": "somebody's" });
    await assert.rejects(publish(siteOf(FIRST), target, { dryRun: false }), /index\.html was not published by Chatscribe: move it away/);
    assert.deepEqual(filesOf(dir), { "index.html": "somebody's" });
  });
});

describe("publishing to a folder", () => {
  it("puts all, then what changed, and removes what is gone", async () => {
    const { dir, target } = place();
    assert.equal(await told(siteOf(FIRST), target), WHOLE);
    assert.deepEqual(filesOf(dir), FIRST);
    assert.equal(await told(siteOf(SECOND), target), CHANGED);
    assert.deepEqual(filesOf(dir), SECOND);
    assert.equal(await told(siteOf(SECOND), target), "same 8");
  });

  it("leaves alone what else is there, and the times of what did not change", async () => {
    const { dir, target } = place();
    put(dir, { CNAME: "chats.example", ".well-known/x": "y" });
    await told(siteOf(FIRST), target);
    const page = join(dir, "tea/2026-03-03/index.html");
    utimesSync(page, 1, 1);
    await told(siteOf(SECOND), target);
    assert.deepEqual(filesOf(dir), { ...SECOND, CNAME: "chats.example", ".well-known/x": "y" });
    assert.equal(statSync(page).mtimeMs, 1000);
  });

  it("--dry-run says the same and does nothing", async () => {
    const { dir, target } = place();
    await told(siteOf(FIRST), target);
    assert.equal(await told(siteOf(SECOND), target, true), CHANGED);
    assert.deepEqual(filesOf(dir), FIRST);
  });

  it("goes on where it was cut short, at whatever file", async () => {
    for (let after = 0; after < 6; after++) {
      const { dir, target } = place();
      await told(siteOf(FIRST), target);
      const site = siteOf(SECOND);
      const cut = await cutShort(site, target, after);
      assert.ok(cut, `cut after ${after}`);
      await told(site, target);
      assert.deepEqual(filesOf(dir), SECOND);
      assert.equal(await told(site, target), "same 8");
    }
  });
});

describe("a file that was half written when a publication was killed", () => {
  it("is gone after the next one, even where nothing changed", async () => {
    const { dir, target } = place();
    await told(siteOf(FIRST), target);
    write(dir, ".chatscribe-files.part", "words that were taken back since");
    await told(siteOf(FIRST), target);
    assert.equal(existsSync(join(dir, ".chatscribe-files.part")), false);
  });
});

/** Publishes, and loses the site's files once so many of the changed ones were sent. */
async function cutShort(site: string, target: Target, after: number): Promise<boolean> {
  const changed = ["tea/2026-03-10/index.html", "index.html", "tea/index.html"];
  const lost = changed[after % changed.length] ?? "";
  const plan = await target.find({ dir: site, files: Object.keys(SECOND) });
  const kept = SECOND[lost] ?? "";
  rmSync(join(site, lost));
  try {
    const { planOf } = await import("../../src/publish/plan.ts");
    await target.carryOut({ dir: site, files: Object.keys(SECOND) }, planOf(Object.keys(SECOND), plan), plan.known);
    return false;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return true;
  } finally {
    put(site, { [lost]: kept });
  }
}
