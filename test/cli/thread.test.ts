import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "node:test";
import { ROOT } from "../../src/cli/paths.ts";
import { write } from "../helpers.ts";
import { copyOf, fullWorld, notes, tree, type } from "./world.ts";

const full = await fullWorld();
const thread = (world: string, ...args: string[]) => type(["thread", ...args, "--archive", "data"], world);
const NIGHT = "data/chats/teachat/2026-03-03.md";

describe("thread", () => {
  it("places the sessions named, or all", async () => {
    const world = copyOf(full);
    const one = "teachat/2026-03-03: 6 tweets (welcome 1, Q1 3, Q2 2), 0 moved, 0 not placed\n";
    const two = "teachat/2026-03-10: 2 tweets (Q1 2), 0 moved, 0 not placed\n";
    assert.equal((await thread(world, "teachat/2026-03-03")).out, one);
    assert.equal((await thread(world, "teachat")).out, one + two);
    assert.equal((await thread(world, "teachat/")).out, one + two);
    assert.equal((await thread(world)).out, one + two);
  });

  it("says how many moved after an edit in the notes, and nothing moved the time after", async () => {
    const world = copyOf(full);
    write(world, NIGHT, notes('edits: { "103": Q2 }\npins: ["103"]'));
    assert.match((await thread(world, "teachat/2026-03-03")).out, /\(welcome 1, Q1 1, Q2 4\), 2 moved, 1 of them pinned, 0 not placed\n$/);
    assert.match((await thread(world, "teachat/2026-03-03")).out, /, 0 moved, 0 not placed\n$/);
  });

  it("names an edit of a tweet that is not held by file and line, and goes on", async () => {
    const world = copyOf(full);
    write(world, NIGHT, notes('edits:\n  "999": Q2'));
    const { code, out, err } = await thread(world, "--json");
    assert.equal(code, 0);
    assert.equal(err, `${NIGHT}:3: edit of tweet 999: not held here (yet); it has no effect\n`);
    const { sessions } = JSON.parse(out) as { sessions: { unmatched: number }[] };
    assert.deepEqual(
      sessions.map((session) => session.unmatched),
      [1, 0],
    );
  });

  it("keeps nothing of any session when one is refused", async () => {
    const world = copyOf(full);
    write(world, NIGHT, notes('edits: { "103": Q2 }'));
    write(world, "data/chats/teachat/2026-03-10.md", notes('edits: { "103": Q1 }'));
    const were = tree(world);
    assert.equal((await thread(world)).code, 2);
    assert.deepEqual(tree(world), were);
  });
});

describe("thread --explain", () => {
  it("prints the ladder: which rung placed the tweet, and what the others say", async (t) => {
    const texts: string[] = [];
    for (const id of ["101", "102", "104", "106"]) {
      const { code, out, err } = await thread(copyOf(full), "--explain", id);
      assert.equal(code, 0);
      texts.push(out + err);
    }
    t.assert.fileSnapshot(texts.join("\n"), join(ROOT, "test/golden/cli/explain.txt"), { serializers: [(text: string) => text] });
  });

  it("looks in the session named", async () => {
    const { out } = await thread(copyOf(full), "teachat/2026-03-10", "--explain", "202");
    assert.match(out, /^teachat\/2026-03-10\n202 @bob: A1 feed the roses/);
  });

  it("finds a tweet that joined by conversation", async () => {
    const { out } = await thread(copyOf(full), "--explain", "104", "--json");
    const told = JSON.parse(out) as { session: string; id: string; parents: { parent: string }[] };
    assert.deepEqual([told.session, told.id, told.parents[0]?.parent], ["teachat/2026-03-03", "104", "103"]);
  });

  it("finds a tweet whose edit is refused: one has to see why", async () => {
    const world = copyOf(full);
    write(world, NIGHT, notes('edits: { "202": Q2 }'));
    assert.equal((await thread(world, "--explain", "103")).code, 0);
  });
});
