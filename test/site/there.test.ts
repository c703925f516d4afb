import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { SiteFolder } from "../../src/site/folder.ts";
import { brokenIn, thereIn } from "../../src/site/there.ts";
import { Work } from "../../src/store/work.ts";
import { tempDir } from "../helpers.ts";
import { Life, lostWith, weekOf } from "./changes.ts";

describe("what is there of a site", () => {
  const life = new Life(tempDir(), 30);
  const site = join(life.dir, "site");
  const folder = new SiteFolder(site);
  const known = Work.open(join(life.archive, "work.db")).site(folder.path);
  before(async () => {
    for (let week = 0; week < 2; week++) await life.newWeek();
    await life.build();
  });

  /** As a build that ends now leaves it. */
  function leave(): void {
    const folders = new Map([...known.folders()].map(([name]) => [name, folder.stampOf(name)]));
    known.putStood({ ...(known.stood() ?? assert.fail()), list: folder.listStamp() }, { folders, isAll: true });
    assert.deepEqual(thereIn(folder, known), { isKnown: true, touched: new Set() });
  }

  const broken = (): string[] => [...brokenIn(folder, known, thereIn(folder, known))];

  it("is all of it, as a build leaves it", () => {
    assert.deepEqual(thereIn(folder, known), { isKnown: true, touched: new Set() });
    assert.deepEqual(broken(), []);
  });

  it("is not a unit of which any file is lost", () => {
    const units = [...known.units()];
    assert.ok(units.length > 8);
    for (const [unit, { files }] of units)
      for (const file of files) {
        leave();
        const lost = join(site, lostWith(site, file));
        renameSync(lost, join(life.dir, "lost"));
        assert.deepEqual(broken(), [unit], file);
        renameSync(join(life.dir, "lost"), lost);
        assert.deepEqual(broken(), [], file);
      }
  });

  it("is not a chat of which everything is lost", () => {
    leave();
    renameSync(join(site, "teachat"), join(life.dir, "lost"));
    assert.deepEqual(broken().sort(), [...known.units().keys()].filter((unit) => unit.split("/")[0] === "teachat").sort());
    renameSync(join(life.dir, "lost"), join(site, "teachat"));
  });

  it("is what the list names and the folder has, where somebody has written the list", () => {
    const list = join(site, ".files");
    const words = readFileSync(list, "utf8");
    leave();
    writeFileSync(list, words.replace("robots.txt\n", ""));
    assert.deepEqual(broken(), [""], "a file that nobody knows to be ours");
    const session = `teachat/${weekOf(1)}`;
    const page = join(site, session, "timeline/index.html");
    writeFileSync(list, words);
    renameSync(page, join(life.dir, "lost"));
    assert.deepEqual(broken(), [session], "a page that was taken out of its folder");
    renameSync(join(life.dir, "lost"), page);
    assert.deepEqual(broken(), []);
  });

  it("is seen where the folder is a link", () => {
    leave();
    const link = join(life.dir, "link");
    symlinkSync(site, link);
    renameSync(join(site, "robots.txt"), join(life.dir, "lost"));
    const linked = new SiteFolder(link);
    assert.deepEqual([...brokenIn(linked, known, thereIn(linked, known))], [""]);
    renameSync(join(life.dir, "lost"), join(site, "robots.txt"));
  });

  it("is told by two folders a session, not by all of its files", () => {
    const watched = [...known.folders()].map(([name]) => name);
    const session = `teachat/${weekOf(1)}`;
    assert.deepEqual(watched.filter((name) => name.startsWith(session)).sort(), [session, `${session}/t`]);
    assert.ok(existsSync(join(site, session, "t")));
  });

  it("is asked of what somebody put there besides, until the next build has seen it", async () => {
    leave();
    mkdirSync(join(site, "teachat", weekOf(1), "mine"));
    assert.deepEqual([...thereIn(folder, known).touched], [`teachat/${weekOf(1)}`]);
    assert.deepEqual(broken(), []);
    await life.build();
    assert.deepEqual(thereIn(folder, known), { isKnown: true, touched: new Set() });
  });
});
