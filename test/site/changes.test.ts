import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import Database from "better-sqlite3";
import { Archive } from "../../src/archive/archive.ts";
import { buildSite } from "../../src/site/build.ts";
import { Work } from "../../src/store/work.ts";
import { line, START, tempDir, write } from "../helpers.ts";
import { Life, live, siteTree, timesIn, WEEK, weekOf } from "./changes.ts";

describe("a site that is brought up to date", () => {
  for (const seed of [1, 2])
    it(`is the one that is made anew, after every change (seed ${seed})`, async (t) => {
      t.diagnostic((await live(tempDir(), { seed, events: 8 })).join(", "));
    });

  it("is the one that is made anew, after a change of every kind", async () => void (await live(tempDir(), { seed: 3, events: "all" })));

  it("leads elsewhere where people's pages have moved, and knows who came before, though a session itself is the same", async () => {
    const life = new Life(tempDir(), 10);
    let id = 900;
    const say = async (week: number, author: string, handle = "amy"): Promise<void> => {
      const time = new Date(START + week * WEEK).toISOString();
      await life.take(line({ id: String(id++), author: { id: author, handle, name: "Amy" }, time, text: "a leaf #teachat" }));
      await life.build();
      assert.deepEqual(siteTree(join(life.dir, "site")), await life.anew());
    };
    const leads = (): string | undefined =>
      /<li>(?:<a href="(.*?)">)?@amy/.exec(readFileSync(join(life.dir, "site/teachat", weekOf(2), "index.html"), "utf8"))?.[1];
    for (const week of [1, 3]) await say(week, "600", "beside");
    await say(2, "501");
    assert.equal(leads(), "/teachat/people/amy/");
    await say(5, "502"); // somebody else is called so now
    assert.equal(leads(), "/teachat/people/501/");
    await say(6, "503", "501"); // and somebody has the first one's id for a handle
    assert.equal(leads(), undefined);
    await say(7, "502", "ben");
    assert.equal(leads(), "/teachat/people/amy/");
    await say(0, "501");
  });

  it("would not be where the archive did not tell of a change", async () => {
    const life = new Life(tempDir(), 3);
    await life.newWeek();
    await life.build();
    new Database(join(life.archive, "archive.db")).exec("DROP TRIGGER mark_tweet_changed").close();
    life.inStore(({ store }) => store.rewrite("1001", (tweet) => ({ ...tweet, text: "other words" })));
    await life.build();
    assert.notDeepEqual(siteTree(join(life.dir, "site")), await life.anew());
  });
});

describe("what is none any more", () => {
  it("is removed: the page of a tweet, of a person, of a chat", async () => {
    const life = new Life(tempDir(), 7);
    await life.newWeek();
    await life.newWeek();
    const author = { id: "500", handle: "guest_500", name: "Guest" };
    await life.take(line({ id: "900", author, time: new Date(START + 60_000).toISOString(), text: "just once #teachat" }));
    life.notes(0, 'status: reviewed\npins: ["900"]');
    await life.build();
    const pages = ["teachat/people/guest_500/index.html", `teachat/${weekOf(0)}/t/900/index.html`, "latechat/index.html"];
    const there = (): boolean[] => pages.map((page) => existsSync(join(life.dir, "site", page)));
    assert.deepEqual(there(), [true, true, true]);
    life.notes(0, "status: reviewed");
    await life.build();
    assert.deepEqual(there(), [true, false, true]);
    life.assertWatched("a tweet's page");
    life.inStore(({ store }) => store.absences.put({ tweet: "900", why: "deleted", first: 1, last: 1, hidden: true }));
    assert.equal((await life.build()).removed, 1);
    assert.deepEqual(there(), [false, false, true]);
    life.assertWatched("a person's page");
    rmSync(join(life.archive, "chats/latechat"), { recursive: true });
    const list = join(life.dir, "site/.files");
    writeFileSync(list, readFileSync(list, "utf8").replace("robots.txt\n", "")); // somebody has written it meanwhile
    await life.build();
    assert.deepEqual(there(), [false, false, false]);
    life.assertWatched("a chat");
    assert.deepEqual(siteTree(join(life.dir, "site")), await life.anew());
  });

  it("is forgotten: notes that were written just before a build, and are taken away after it", async () => {
    const life = new Life(tempDir(), 14);
    await life.newWeek();
    life.notes(0, "title: Of an hour");
    await life.build();
    const page = join(life.dir, `site/teachat/${weekOf(0)}/index.html`);
    assert.match(readFileSync(page, "utf8"), /Of an hour/);
    rmSync(join(life.archive, `chats/teachat/${weekOf(0)}.md`));
    await life.build();
    assert.doesNotMatch(readFileSync(page, "utf8"), /Of an hour/);
  });

  it("is removed from a folder, though all was read again for another one meanwhile", async () => {
    const life = new Life(tempDir(), 11);
    await life.newWeek();
    const author = { id: "500", handle: "guest_500", name: "Guest" };
    await life.take(line({ id: "900", author, time: new Date(START + 60_000).toISOString(), text: "just once #teachat" }));
    const other = join(life.dir, "other");
    await life.build();
    await life.command("build", "--out", other);
    life.inStore(({ store }) => store.absences.put({ tweet: "900", why: "deleted", first: 1, last: 1, hidden: true }));
    await life.command("build", "--full", "--out", other);
    await life.build();
    assert.deepEqual(siteTree(join(life.dir, "site")), siteTree(other));
  });

  it("is not put in its place, though a build rendered it before it was killed", async () => {
    const life = new Life(tempDir(), 8);
    await life.newWeek();
    await life.newWeek();
    await life.build();
    const site = join(life.dir, "site");
    const work = Work.open(join(life.archive, "work.db"));
    const waits = { role: "session", key: "of other words", files: [`teachat/${weekOf(0)}/index.html`], shard: "9-9" } as const;
    work.site(site).addRendered(new Map([[`teachat/${weekOf(0)}`, waits]]));
    work.close();
    write(site, `.next/9-9/teachat/${weekOf(0)}/index.html`, "old words");
    await life.newWeek();
    await life.build();
    assert.deepEqual(siteTree(site), await life.anew());
    assert.equal((await life.build()).rendered, 0);
  });
});

describe("a change that is taken back after a build that was cut short", () => {
  /** Builds a site; cuts another build short; and takes back what that was of. `slipped`: what is in the last session's page then. */
  async function cutShort(life: Life, build: () => Promise<unknown>, slipped: RegExp, back = (): void => undefined): Promise<void> {
    const site = join(life.dir, "site");
    const [first = "", last = ""] = [0, 2].map((week) => join(site, `teachat/${weekOf(week)}/index.html`));
    await life.build();
    const before = readFileSync(first);
    assert.doesNotMatch(readFileSync(last, "utf8"), slipped);
    rmSync(first);
    mkdirSync(first); // the pages of sessions are put into their places from the last one on: here it ends
    await assert.rejects(build(), /EISDIR/);
    assert.match(readFileSync(last, "utf8"), slipped);
    rmSync(first, { recursive: true });
    writeFileSync(first, before);
    back();
    await life.build();
    assert.doesNotMatch(readFileSync(last, "utf8"), slipped);
    assert.deepEqual(siteTree(site), await life.anew());
  }

  it("is nowhere: of some sessions", async () => {
    const life = new Life(tempDir(), 15);
    for (let week = 0; week < 3; week++) await life.newWeek();
    const titled = (title: string) => (): void => {
      for (const week of [0, 2]) write(life.archive, `chats/teachat/${weekOf(week)}.md`, `---\ntitle: ${title} ${week}\n---\n`);
    };
    titled("Title")();
    const slip = (): Promise<unknown> => {
      titled("A slip")();
      return life.build();
    };
    await cutShort(life, slip, /A slip/, titled("Title"));
  });

  it("is nowhere: sessions that nobody has reviewed were to be left out", async () => {
    const life = new Life(tempDir(), 19);
    for (let week = 0; week < 3; week++) await life.newWeek();
    write(life.archive, `chats/teachat/${weekOf(0)}.md`, "---\ntitle: Reviewed\nstatus: reviewed\n---\n");
    write(life.archive, `chats/teachat/${weekOf(2)}.md`, "---\ntitle: Reviewed too\nstatus: reviewed\n---\n");
    await wait(2_100); // a build tells nothing of files that were touched just now (archive/touch.ts)
    const reviewed = async (): Promise<void> => {
      const archive = Archive.open(life.archive);
      const building = buildSite(archive, { out: join(life.dir, "site"), now: life.now, full: false, drafts: false });
      await building.finally(() => archive.close());
    };
    await cutShort(life, reviewed, /Reviewed<\/a><\/nav>/);
  });
});

describe("a page that is made no more, where the build was cut short before it was removed", () => {
  it("is removed by the next one", async () => {
    const life = new Life(tempDir(), 16);
    await life.newWeek();
    const author = { id: "500", handle: "guest_500", name: "Guest" };
    await life.take(line({ id: "900", author, time: new Date(START + 60_000).toISOString(), text: "just once #teachat" }));
    life.notes(0, 'status: reviewed\npins: ["900"]');
    await life.build();
    const page = join(life.dir, `site/teachat/${weekOf(0)}/t/900/index.html`);
    const words = readFileSync(page);
    life.notes(0, "status: reviewed");
    rmSync(page);
    mkdirSync(page); // no file that could be removed
    await assert.rejects(life.build(), /EISDIR/);
    rmSync(page, { recursive: true });
    writeFileSync(page, words);
    await life.build();
    assert.ok(!existsSync(page));
  });
});

describe("files of the site that are lost", () => {
  /** The names of the folder's list, and of what is there. */
  const names = (site: string): { readonly listed: readonly string[]; readonly there: readonly string[] } => ({
    listed: [...new Set(readFileSync(join(site, ".files"), "utf8").split("\n"))].filter((name) => name !== "").sort(),
    there: [...timesIn(site).keys()].sort(),
  });

  it("come back with the build that has other things to do", async () => {
    const life = new Life(tempDir(), 12);
    for (let week = 0; week < 3; week++) await life.newWeek();
    await life.build();
    const site = join(life.dir, "site");
    const search = names(site).there.findLast((name) => name.startsWith("search/teachat/")) ?? assert.fail();
    await life.newWeek();
    const files = ["index.html", `teachat/${weekOf(0)}/index.html`, search];
    const folders = [`teachat/${weekOf(2)}/timeline`, "teachat/people/person_2"];
    for (const lost of [...files, ...folders]) rmSync(join(site, lost), { recursive: true });
    await life.build();
    assert.deepEqual(siteTree(site), await life.anew());
    assert.deepEqual(names(site).listed, names(site).there);
    assert.equal((await life.build()).rendered, 0);
  });

  it("come back with all others where a page was taken out of its folder, which nobody sees", async () => {
    const life = new Life(tempDir(), 21);
    await life.newWeek();
    await life.build();
    const page = join(life.dir, `site/teachat/${weekOf(0)}/timeline/index.html`);
    rmSync(page);
    await life.build();
    assert.ok(!existsSync(page), "it was seen: say so in docs/guarantees.md, and in src/site/there.ts");
    await life.command("build", "--full", "--out", join(life.dir, "site"));
    assert.ok(existsSync(page));
  });

  it("are those of a list that was cut short, or that is none", async () => {
    const life = new Life(tempDir(), 13);
    await life.newWeek();
    await life.build();
    const site = join(life.dir, "site");
    const { listed } = names(site);
    for (const list of [`${listed.join("\n")}\nteachat/${weekOf(0)}`, `${listed.slice(9).join("\n")}\n`, "", null]) {
      if (list === null) rmSync(join(site, ".files"));
      else writeFileSync(join(site, ".files"), list);
      await life.newWeek();
      await life.build();
      assert.deepEqual(siteTree(site), await life.anew(), String(list));
      assert.deepEqual(names(site).listed, names(site).there);
    }
  });

  it("are never any outside the folder, whatever its list names", async () => {
    const life = new Life(tempDir(), 23);
    await life.newWeek();
    await life.build();
    const site = join(life.dir, "site");
    const mine = ["../mine.md", "teachat/../../mine.md", "teachat/.."];
    writeFileSync(join(life.dir, "mine.md"), "not the site's");
    writeFileSync(join(site, ".files"), [...names(site).listed, ...mine, ""].join("\n"));
    await life.newWeek();
    await life.build();
    assert.ok(existsSync(join(life.dir, "mine.md")));
    assert.deepEqual(siteTree(site), await life.anew());
  });

  it("are all named, though the list was lost and the build after it was cut short while it put others", async () => {
    const life = new Life(tempDir(), 22);
    for (let week = 0; week < 2; week++) await life.newWeek();
    await life.build();
    const site = join(life.dir, "site");
    const { listed } = names(site);
    writeFileSync(join(site, ".files"), `${listed.slice(9).join("\n")}\n`);
    await life.newWeek();
    rmSync(join(site, "index.html"));
    mkdirSync(join(site, "index.html")); // what lists others is put after them: here it ends
    await assert.rejects(life.build(), /EISDIR/);
    const after = names(site);
    assert.ok(existsSync(join(site, `teachat/${weekOf(2)}/index.html`)), "it ended before it put what is new");
    assert.deepEqual(
      after.there.filter((name) => !after.listed.includes(name)),
      [],
      "a file that nobody will know to be ours",
    );
  });

  it("are known again where the list was cut short, though nothing else changed", async () => {
    const life = new Life(tempDir(), 20);
    await life.newWeek();
    await wait(2_100); // a build tells nothing of files that were touched just now (archive/touch.ts)
    await life.build();
    const site = join(life.dir, "site");
    const { listed } = names(site);
    writeFileSync(join(site, ".files"), `${listed.slice(9).join("\n")}\n`);
    await life.build();
    assert.deepEqual(names(site).listed, listed);
  });
});

describe("a session that moves beside another", () => {
  it("has that one read again: they may claim each other's tweets", async () => {
    const life = new Life(tempDir(), 9);
    for (let week = 0; week < 3; week++) await life.newWeek();
    await life.build();
    assert.deepEqual(life.stale(), []);
    const next = new Date(START + WEEK + WEEK / 7).toISOString().slice(0, 10);
    const file = write(life.archive, `chats/teachat/${next}.md`, `---\ntitle: The day after\nstart: ${next} 12:00\n---\n`);
    assert.deepEqual(life.stale(), [weekOf(1), next]);
    await life.build();
    rmSync(file);
    assert.deepEqual(life.stale(), [weekOf(1)]);
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

  it("relinks its neighbour's pages as they stand, and renders them where that cannot be done", async () => {
    const life = new Life(tempDir(), 17);
    for (let week = 0; week < 2; week++) {
      await life.newWeek();
      await life.take(line({ id: String(900 + week), time: week * WEEK, text: '<nav class="turn">here</nav> & <a rel="next"> #teachat' }));
    }
    await life.build();
    const page = (week: number): string => join(life.dir, `site/teachat/${weekOf(week)}/timeline/index.html`);
    const mark = (week: number, change: (page: string) => string): void =>
      writeFileSync(page(week), change(readFileSync(page(week), "utf8")));
    const marked = (week: number): boolean => readFileSync(page(week), "utf8").includes("<!-- as it stood -->");
    const next = async (): Promise<void> => {
      await life.newWeek();
      await life.build();
    };
    mark(1, (text) => `${text}<!-- as it stood -->`);
    life.notes(2, 'title: "Leaves \\u0007 & <b>all</b>"'); // no page holds the bell
    await next();
    assert.ok(marked(1));
    mark(1, (text) => text.replace("<!-- as it stood -->", ""));
    assert.deepEqual(siteTree(join(life.dir, "site")), await life.anew());
    mark(2, (text) => `${text.replace(/<nav class="turn".*<\/nav>/, "")}<!-- as it stood -->`);
    await next();
    assert.ok(!marked(2));
    mark(3, (text) => `${text.replace(/<nav class="turn".*<\/nav>/, (nav) => nav + nav)}<!-- as it stood -->`);
    await next();
    assert.ok(!marked(3));
    assert.deepEqual(siteTree(join(life.dir, "site")), await life.anew());
  });

  it("renders its neighbour where the owner's parts may name those beside a session anywhere", async () => {
    const life = new Life(tempDir(), 18);
    const part = `export default ({ data: { next } }, how, { html, ours }) => html\`<p>\${next?.title ?? "the last one"}</p>\${ours()}\`;\n`;
    write(life.archive, "theme/parts/hero.js", part);
    for (let week = 0; week < 2; week++) await life.newWeek();
    await life.build();
    const last = (week: number): boolean =>
      /the last one/.test(readFileSync(join(life.dir, `site/teachat/${weekOf(week)}/index.html`), "utf8"));
    assert.ok(last(1));
    await life.newWeek();
    await life.build();
    assert.deepEqual([last(1), last(2)], [false, true]);
    assert.deepEqual(siteTree(join(life.dir, "site")), await life.anew());
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
    assert.deepEqual(siteTree(other), siteTree(join(life.dir, "site")));
  });
});
