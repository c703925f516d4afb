import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { write } from "../helpers.ts";
import { copyOf, fullWorld, notes, tree, type } from "./world.ts";

const full = await fullWorld();
const NIGHT = "data/chats/teachat/2026-03-03.md";
const build = (world: string, ...args: string[]) => type(["build", "--out", "site", "--archive", "data", ...args], world);

describe("build", () => {
  const FAILURES: readonly (readonly [what: string, file: string, text: string])[] = [
    ["a session's file is wrong", NIGHT, notes("pins: [103]")],
    ["site.yml is wrong", "data/site.yml", "url: here\n"],
    ["an edit names a tweet of another session", NIGHT, notes('edits: { "202": Q2 }')],
  ];
  for (const [what, file, text] of FAILURES)
    it(`leaves the last good site as it was when ${what}`, async () => {
      const world = copyOf(full);
      await build(world);
      const site = tree(join(world, "site"));
      write(world, file, text);
      const { code, out } = await build(world);
      assert.deepEqual([code, out], [2, ""]);
      assert.deepEqual(tree(join(world, "site")), site);
      rmSync(join(world, file));
      assert.equal((await build(world)).code, 0);
    });

  it("makes no folder when it fails the first time", async () => {
    const world = copyOf(full);
    write(world, NIGHT, notes("pins: [103]"));
    await build(world);
    assert.ok(!existsSync(join(world, "site")));
  });

  it("gives the same bytes twice", async () => {
    const world = copyOf(full);
    const first = JSON.parse((await build(world, "--json")).out) as Record<string, number>;
    const site = tree(join(world, "site"));
    const second = JSON.parse((await build(world, "--json", "--full")).out) as Record<string, number>;
    assert.deepEqual(tree(join(world, "site")), site);
    assert.deepEqual({ ...second, seconds: 0 }, { ...first, seconds: 0 });
    assert.equal(first.rendered, 2);
    assert.equal(first.files, Object.values(site).filter((hash) => hash !== "folder").length - 1, "all but the list of files");
  });

  it("says what it made, what is not held, and that pages carry no address", async () => {
    const world = copyOf(full);
    write(world, NIGHT, notes('edits: { "999": Q2 }'));
    const { code, out, err } = await build(world);
    assert.equal(code, 0);
    assert.match(out, /^site: 2 sessions, \d+ files, [\d.]+ s\n$/);
    assert.deepEqual(err.split("\n"), [
      `${NIGHT}:2: edit of tweet 999: not held here (yet); it has no effect`,
      "data: no url in site.yml, so pages carry no absolute links",
      "Next: npx chatscribe serve --out site --archive data",
      "",
    ]);
  });

  it("removes the pages of what is gone, and nothing else", async () => {
    const world = copyOf(full);
    write(world, "data/chats/teachat/2026-03-17.md", notes("title: Planned"));
    await build(world);
    write(world, "site/CNAME", "chats.example\n");
    assert.ok(existsSync(join(world, "site/teachat/2026-03-17/index.html")));
    rmSync(join(world, "data/chats/teachat/2026-03-17.md"));
    const { removed } = JSON.parse((await build(world, "--json")).out) as { removed: number };
    assert.ok(removed > 0);
    assert.ok(!existsSync(join(world, "site/teachat/2026-03-17")));
    assert.equal(readFileSync(join(world, "site/CNAME"), "utf8"), "chats.example\n");
  });
});
