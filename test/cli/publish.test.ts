import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { write } from "../helpers.ts";
import { filesOf } from "../publish/site.ts";
import { copyOf, fullWorld, notes, type } from "./world.ts";

const full = await fullWorld();
const publish = (world: string, ...args: string[]) => type(["publish", "www", "--out", "site", "--archive", "data", ...args], world);

/** Two sessions, of which the first is reviewed. */
function halfReviewed(): string {
  const world = copyOf(full);
  write(world, "data/chats/teachat/2026-03-03.md", notes("status: reviewed"));
  return world;
}

describe("publish refuses", () => {
  for (const [target, code, says] of [
    ["s3://bucket/www", 2, /^chatscribe: publish: s3:\/\/ is no place it can publish to: a folder, rsync:\/\/…, host:path or git:…$/m],
    ["git:", 2, /^chatscribe: publish: "git:" names no repository/m],
    ["git:nowhere.git#pages", 74, /^chatscribe: git:.*nowhere\.git#pages: cannot be published to: /m],
  ] as const)
    it(target, async () => {
      const { err, ...ran } = await type(["publish", target, "--out", "site", "--archive", "data"], halfReviewed());
      assert.deepEqual(ran, { code, out: "" });
      assert.match(err, says);
    });

  it("to replace a file it did not put there, and changes nothing", async () => {
    const world = halfReviewed();
    write(world, "www/index.html", "somebody's");
    const { code, err } = await publish(world);
    assert.equal(code, 2);
    assert.match(err, /www\/index\.html was not published by Chatscribe: move it away, or name another folder$/m);
    assert.deepEqual(filesOf(join(world, "www")), { "index.html": "somebody's" });
  });
});

describe("publish", () => {
  it("leaves drafts out, wherever they would be named", async () => {
    const world = halfReviewed();
    const { code } = await publish(world);
    assert.equal(code, 0);
    const site = filesOf(join(world, "www"));
    assert.ok("teachat/2026-03-03/index.html" in site && "teachat/index.html" in site);
    assert.ok(Object.keys(site).every((file) => !file.startsWith("teachat/2026-03-10")));
    // words of the draft, its address, and its tweets
    for (const [file, text] of Object.entries(site))
      for (const word of ["feed the roses", "2026-03-10", "#t201"]) assert.ok(!text.includes(word), `${word} in ${file}`);
    const drafts = await publish(world, "--drafts");
    assert.equal(drafts.code, 0);
    assert.match(readFileSync(join(world, "www/teachat/index.html"), "utf8"), /2026-03-10/);
  });

  it("puts what changed, and nothing the second time", async () => {
    const world = halfReviewed();
    await publish(world);
    const again = JSON.parse((await publish(world, "--json")).out) as { put: string[]; removed: string[]; unchanged: number };
    assert.deepEqual([again.put, again.removed], [[], []]);
    write(world, "data/chats/teachat/2026-03-10.md", notes("status: reviewed"));
    const plan = await publish(world, "--dry-run");
    assert.match(plan.out, /^put {5}teachat\/2026-03-10\/index\.html$/m);
    assert.match(plan.out, /^www: would put \d+ files, remove 0, \d+ unchanged$/m);
    assert.ok(!("teachat/2026-03-10/index.html" in filesOf(join(world, "www"))));
    const { put } = JSON.parse((await publish(world, "--json")).out) as { put: string[] };
    assert.deepEqual(
      put.map((file) => `put     ${file}`),
      plan.out.split("\n").filter((line) => line.startsWith("put ")),
    );
  });

  it("takes a session that is a draft again offline", async () => {
    const world = halfReviewed();
    await publish(world);
    write(world, "data/chats/teachat/2026-03-03.md", notes("status: draft"));
    const { err } = await publish(world);
    assert.match(err, /^No session is reviewed yet/m);
    assert.ok(!("teachat/2026-03-03/index.html" in filesOf(join(world, "www"))));
  });
});
