import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "node:test";
import Database from "better-sqlite3";
import { tree } from "../cli/world.ts";
import { tempDir } from "../helpers.ts";
import { Life, live } from "./changes.ts";

describe("a site that is brought up to date", () => {
  for (const seed of [1, 2])
    it(`is the one that is made anew, after every change (seed ${seed})`, async (t) => {
      t.diagnostic((await live(tempDir(), { seed, events: 8 })).join(", "));
    });

  it("would not be where the archive did not tell of a change", async () => {
    const life = new Life(tempDir(), 3);
    await life.newWeek();
    await life.build();
    new Database(join(life.archive, "archive.db")).exec("DROP TRIGGER mark_tweet_changed").close();
    life.inStore(({ store }) => store.rewrite("1001", (tweet) => ({ ...tweet, text: "other words" })));
    await life.build();
    assert.notDeepEqual(tree(join(life.dir, "site")), await life.anew());
  });
});

describe("a build after one more session", () => {
  it("makes its pages, those of its neighbour and of the people in it, and the lists; nothing where nothing changed", async () => {
    const life = new Life(tempDir(), 4);
    for (let week = 0; week < 4; week++) await life.newWeek();
    await life.build();
    await life.newWeek();
    const { rendered, unchanged } = await life.build();
    assert.deepEqual([rendered, unchanged], [2, 3]);
    assert.deepEqual({ ...(await life.build()), seconds: 0, files: 0 }, { rendered: 0, unchanged: 5, removed: 0, files: 0, seconds: 0 });
  });

  it("renders all when the site's settings change", async () => {
    const life = new Life(tempDir(), 5);
    await life.newWeek();
    await life.build();
    await life.events["another config"]?.();
    assert.equal((await life.build()).rendered, 1);
  });

  it("--out elsewhere keeps its own state", async () => {
    const life = new Life(tempDir(), 6);
    await life.newWeek();
    await life.build();
    const other = join(life.dir, "other");
    const build = async (): Promise<number> =>
      (JSON.parse(await life.command("build", "--out", other, "--json")) as { rendered: number }).rendered;
    assert.deepEqual([await build(), await build()], [1, 0]);
    assert.deepEqual(tree(other), tree(join(life.dir, "site")));
  });
});
