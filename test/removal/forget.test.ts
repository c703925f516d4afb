import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { notes, tree } from "../cli/world.ts";
import { line, makeArchive, run, tempDir, write } from "../helpers.ts";
import { decoded, filesBelow } from "../search/world.ts";
import { archiveWith, HERE, ID, id, LINES, ok, WORDS } from "./leaves.ts";
import { traces } from "./traces.ts";

const dir = await archiveWith(LINES.join(""), "a.jsonl");
const site = tempDir();
/** Every term of the search files, decoded: a word stands in no file as it is written. */
const terms = (): string[] => [...decoded(filesBelow(join(site, "search/teachat"))).values()].flatMap((year) => [...year.keys()]);

describe("a forgotten tweet", () => {
  before(async () => {
    await ok(["backup"], dir);
    await ok(["build", "--out", site], dir);
    for (const word of WORDS) assert.notDeepEqual([...traces(dir, word), ...traces(site, word)], [], word);
    for (const term of ["xylotext", "from:ada_leaf"]) assert.ok(terms().includes(term), term);
  });

  it("is named by --dry-run, which writes nothing", async () => {
    const asWas = tree(join(dir, "chats"));
    const { out } = await ok(["forget", ID, "--dry-run", "--json"], dir);
    const report = JSON.parse(out) as Record<string, unknown>;
    assert.deepEqual([report.tweets, report.reposts, report.authors, report.notes], [3, 1, 3, 4]);
    assert.deepEqual(tree(join(dir, "chats")), asWas);
    assert.equal(existsSync(join(dir, "removed.yml")), false);
    assert.notDeepEqual(traces(dir, "xylotext"), []);
  });

  it("is nowhere after forget and build", async () => {
    await ok(["forget", `https://x.com/ada_leaf/status/${ID}`], dir);
    await ok(["build", "--out", site], dir);
    for (const format of ["jsonl", "json", "csv", "md", "txt"]) {
      const { out } = await ok(["export", HERE, "--format", format], dir);
      for (const word of WORDS) assert.equal(out.toLowerCase().includes(word), false, `${word} in ${format}`);
    }
    for (const word of WORDS) assert.deepEqual([...traces(dir, word), ...traces(site, word)], [], word);
    assert.deepEqual(
      terms().filter((term) => /xylo|from:ada_leaf/.test(term)),
      [],
    );
  });

  it("leaves a tombstone where its links led, and its answers say so", () => {
    for (const page of ["teachat/2026-03-03/index.html", "teachat/2026-03-03/timeline/index.html"]) {
      const html = readFileSync(join(site, page), "utf8");
      assert.match(html, new RegExp(`id="t${ID}"[^>]*><p class="by">Removed at the author&#39;s request, 1 April 2026\\.`));
      assert.match(html, new RegExp(`#t${ID}">replying to a removed tweet</a>`));
    }
    assert.match(readFileSync(join(site, `teachat/2026-03-03/t/${ID}/index.html`), "utf8"), /A removed tweet/);
  });

  it("leaves the notes as they were but for its entries", () =>
    assert.equal(
      readFileSync(join(dir, "chats/teachat/2026-03-03.md"), "utf8"),
      `---
title: Leaves   # a title
pins: [ "${id(112)}" ]
remarks:
  "${id(112)}":   "so short"  # stays
---
A quiet hour.
`,
    ));

  it("is one line of an export, which imports as a tombstone", async () => {
    const { out } = await ok(["export", HERE], dir);
    const erased = out
      .trimEnd()
      .split("\n")
      .filter((text) => text.includes('"erased"'));
    assert.deepEqual(erased, [
      `{"id":"${ID}","session":"${HERE}","erased":"author-request","on":"2026-04-01"}`,
      `{"id":"${id(110)}","session":"${HERE}","erased":"author-request","on":"2026-04-01"}`,
    ]);
    const other = makeArchive({ notes: { "2026-03-03": readFileSync(join(dir, "chats/teachat/2026-03-03.md"), "utf8") } });
    write(other, "removed.yml", readFileSync(join(dir, "removed.yml"), "utf8"));
    await ok(["import", write(tempDir(), "b.jsonl", out), "--chat", "teachat"], other);
    assert.equal((await ok(["export", HERE], other)).out, out);
  });

  it("does not come back with the same file, nor by rebuild; forgetting it again changes nothing", async () => {
    const { out } = await ok(["export", HERE], dir);
    const { out: report } = await ok(["import", write(tempDir(), "again.jsonl", LINES.join("")), "--chat", "teachat", "--json"], dir);
    assert.equal((JSON.parse(report) as { removed: number }).removed, 3);
    await ok(["forget", ID], dir);
    await ok(["rebuild"], dir);
    assert.equal((await ok(["export", HERE], dir)).out, out);
    for (const word of WORDS) assert.deepEqual(traces(dir, word), [], word);
  });

  it("has one fresh backup in the place of the old ones", async () => {
    const { out } = await ok(["check"], dir);
    assert.ok(out.length > 0);
    assert.ok(existsSync(join(dir, "backups")));
  });
});

describe("forgetting", () => {
  it("a handle that two accounts used is refused: whose tweets are meant?", async () => {
    const by = (n: number, account: string) => line({ id: id(n), author: { id: account, handle: "amy", name: "Amy" }, time: n - 100 });
    const dir = await archiveWith(by(101, "501") + by(102, "502"), "a.jsonl");
    const { code, err } = await run(["forget", "@amy", "--archive", dir]);
    assert.equal(code, 2);
    assert.equal(err, "chatscribe: @amy was used by 2 accounts, one after the other: name the tweets instead, by id or URL\n");
    assert.equal(existsSync(join(dir, "removed.yml")), false);
  });

  it("what is not held keeps it out", async () => {
    const dir = makeArchive();
    const { out, err } = await ok(["forget", ID, "@ada_leaf"], dir);
    assert.match(out, /^removed: 0 tweets/);
    assert.match(err, new RegExp(`^${ID}: nothing of it is held; added to removed\\.yml so that it stays out\n@ada_leaf: nothing`));
    await ok(["import", write(tempDir(), "a.jsonl", LINES.join("")), "--chat", "teachat"], dir);
    assert.deepEqual(traces(dir, "xylotext"), []);
    assert.deepEqual(traces(dir, "ada_leaf"), []);
  });

  it("keeps the owner's comments and order in removed.yml, and adds nothing twice", async () => {
    const own = '# mine\n- { tweet: "5", reason: legal, on: 2025-01-01 } # a letter came\n';
    const dir = makeArchive({ files: { "removed.yml": own } });
    await ok(["forget", "7", "--reason", "legal", "--no-anchor"], dir);
    await ok(["forget", "7", "5"], dir);
    assert.equal(readFileSync(join(dir, "removed.yml"), "utf8"), `${own}- { tweet: "7", reason: legal, on: 2026-04-01, anchor: false }\n`);
  });

  it("the tweet that asks keeps number and anchor of its question", async () => {
    const dir = await archiveWith(LINES.join(""), "a.jsonl");
    await ok(["forget", id(101)], dir);
    const site = tempDir();
    await ok(["build", "--out", site], dir);
    const html = readFileSync(join(site, "teachat/2026-03-03/index.html"), "utf8");
    assert.match(html, /id="q1"/);
    assert.match(html, new RegExp(`<header id="t${id(101)}">`));
    assert.match(html, /Removed at the author&#39;s request, 1 April 2026\./);
    const { out } = await ok(["export", HERE], dir);
    assert.match(out, /"erased":"author-request","on":"2026-04-01","label":"Q1"\}/);
  });

  it("with --no-anchor leaves no link", async () => {
    const dir = await archiveWith(LINES.join(""), "a.jsonl");
    await ok(["forget", ID, "--no-anchor"], dir);
    const site = tempDir();
    await ok(["build", "--out", site], dir);
    assert.deepEqual(traces(site, `id="t${ID}"`), []);
  });

  it("names the lines that only a person can put right, with exit 3 until they are gone", async () => {
    const body = "---\ntitle: Leaves\n---\nShe said: the xylotext leaf is what\nI drink. Thank you.\n\nSee 2900000107.\n";
    const dir = makeArchive({ notes: { "2026-03-03": body } });
    await ok(["import", write(tempDir(), "a.jsonl", LINES.join("")), "--chat", "teachat"], dir);
    const { code, err } = await run(["forget", ID, "--archive", dir]);
    assert.equal(code, 3);
    assert.match(err, /2026-03-03\.md:4: it still says what is removed: rewrite the line\n.*2026-03-03\.md:7: /);
    rmSync(join(dir, "chats/teachat/2026-03-03.md"));
    await ok(["forget", ID], dir);
  });

  it("every session's file with its entry is read again as before", async () => {
    const dir = makeArchive({
      notes: {
        "2026-03-03": notes(
          `questions:\n  - { number: 1, ask: ["${id(101)}", "${ID}"] }\n  - { number: 2, ask: "${id(112)}", text: "Milk?" }`,
        ),
      },
    });
    await ok(["import", write(tempDir(), "a.jsonl", LINES.join("")), "--chat", "teachat"], dir);
    await ok(["forget", ID, id(112)], dir);
    assert.equal(
      readFileSync(join(dir, "chats/teachat/2026-03-03.md"), "utf8"),
      notes(`questions:\n  - { number: 1, ask: [ "${id(101)}" ] }\n  - { number: 2, text: "Milk?" }`),
    );
    await ok(["thread"], dir);
  });

  it("is finished by saying it again, wherever it was cut short", async () => {
    const whole = await archiveWith(LINES.join(""), "a.jsonl");
    await ok(["forget", ID], whole);
    const dir = await archiveWith(LINES.join(""), "a.jsonl");
    // all that the first step wrote
    write(dir, "removed.yml", readFileSync(join(whole, "removed.yml"), "utf8"));
    await ok(["forget", ID], dir);
    for (const word of WORDS) assert.deepEqual(traces(dir, word), [], word);
    assert.equal((await ok(["export", HERE], dir)).out, (await ok(["export", HERE], whole)).out);
  });

  it("a tweet takes what a pasted transcript says of it along, which does not come back either", async () => {
    const dir = await archiveWith(LINES.join(""), "a.jsonl");
    const pasted = write(
      tempDir(),
      "pasted.txt",
      "@ada_leaf A1 the xylotext leaf is what I drink every morning #teachat\n@fay A1 black tea\n",
    );
    const take = ["import", pasted, "--chat", "teachat", "--session", "2026-03-03"];
    await ok(take, dir);
    await ok(["forget", ID], dir);
    assert.deepEqual(traces(dir, "xylotext"), []);
    await ok(take, dir);
    assert.deepEqual(traces(dir, "xylotext"), []);
    assert.match((await ok(["export", HERE], dir)).out, /A1 black tea/);
  });
});
