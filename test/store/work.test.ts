import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { take } from "../archive/chat.ts";
import { line, makeArchive, run, write } from "../helpers.ts";

const Q1 = line({ id: "1", author: "ceylon_sam", time: 1, text: "Q1 Which leaf? #teachat" });
const A1 = line({ id: "2", time: 2, text: "A1 green #teachat" });
const moved = async (dir: string): Promise<number> => {
  const { out } = await run(["thread", "teachat/2026-03-03", "--json", "--archive", dir]);
  return (JSON.parse(out) as { sessions: { moved: number }[] }).sessions[0]?.moved ?? -1;
};

describe("placements as they were last time", () => {
  it("tell which tweets stand elsewhere now, once", async () => {
    const dir = makeArchive();
    await take(dir, [Q1, A1]);
    assert.equal(await moved(dir), 0);
    write(dir, "chats/teachat/2026-03-03.md", '---\nedits: { "2": hide }\n---\n');
    assert.equal(await moved(dir), 1);
    assert.equal(await moved(dir), 0);
  });
  it("do not count a tweet that has just arrived", async () => {
    const dir = makeArchive();
    await take(dir, [Q1]);
    await moved(dir);
    await take(dir, [A1]);
    assert.equal(await moved(dir), 0);
  });
  it("may be deleted at any time", async () => {
    const dir = makeArchive();
    await take(dir, [Q1, A1]);
    const before = await run(["export", "teachat/2026-03-03", "--archive", dir]);
    rmSync(join(dir, "work.db"));
    assert.deepEqual(await run(["export", "teachat/2026-03-03", "--archive", dir]), before);
  });
});
