import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Archive } from "../../src/archive/archive.ts";
import { openSite } from "../../src/site/open.ts";
import { type Rollup, rollupOf } from "../../src/site/rollup.ts";
import { makeArchive, observed, run, SESSION, START } from "../helpers.ts";

const CHAT = "teachat";

/** Ann was ann_old, and ann_new later; amy_b was never anybody else. */
function archiveOf(): string {
  const dir = makeArchive({ notes: { [SESSION]: "---\nstatus: reviewed\n---\n" } });
  const archive = Archive.open(dir);
  archive.store.transaction(() => {
    const add = (id: string, author: string, handle: string, time: number, text: string): void => {
      archive.store.add(observed({ id, author: { id: author, handle, name: handle }, time, text }));
      archive.store.join({ id }, { chat: CHAT, session: null, position: null });
    };
    add("1001", "71", "ann_old", 3, "green tea #teachat");
    add("1002", "71", "Ann_New", 9, "black tea #teachat");
    add("1003", "72", "amy_b", 12, "@ann_old and white? #teachat");
  });
  archive.close();
  return dir;
}

async function rolled<T>(dir: string, use: (rollup: Rollup) => T): Promise<T> {
  const site = await openSite(dir, START);
  try {
    return use(rollupOf(site));
  } finally {
    site.close();
  }
}

describe("in an archive", () => {
  it("a person has one page though the handle changed, and the old one leads there", () =>
    rolled(archiveOf(), (rollup) => {
      assert.deepEqual(
        rollup
          .roster(CHAT)
          .latest(9)
          .map(({ path, tweets }) => [path, tweets]),
        [
          ["amy_b", 1],
          ["ann_new", 2],
        ],
      );
      assert.deepEqual(rollup.roster(CHAT).former, [{ from: "ann_old", to: "ann_new" }]);
      const [part] = [...rollup.parts(CHAT, rollup.person(CHAT, "ann_new"))];
      assert.deepEqual(
        part?.missed.map(({ id, by }) => [id, by.handle]),
        [["1003", "amy_b"]],
      );
    }));

  it("a forgotten author has no page under any handle, and is named by none", async () => {
    const dir = archiveOf();
    assert.equal((await run(["forget", "@ann_old", "--archive", dir])).code, 0);
    await rolled(dir, (rollup) => {
      assert.deepEqual(
        rollup
          .roster(CHAT)
          .latest(9)
          .map(({ path }) => path),
        ["amy_b"],
      );
      assert.deepEqual(rollup.roster(CHAT).former, []);
    });
  });
});
