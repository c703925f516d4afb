import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { Archive } from "../../src/archive/archive.ts";
import { buildSite } from "../../src/site/build.ts";
import { FEW } from "../../src/site/changes.ts";
import { tree } from "../cli/world.ts";
import { line, makeArchive, run, SESSION, write } from "../helpers.ts";

const NOW = Date.parse("2026-04-01T12:00:00Z");

/** In minutes. */
const WEEK = 7 * 24 * 60;

/** An archive with a session of so many tweets, each of some length, and short ones in the weeks after it: more than one process does. */
async function archiveOf(tweets: number): Promise<string> {
  const dir = makeArchive();
  const words = "what we learned while the kettle sang and nobody wrote it down ".repeat(3);
  const long = Array.from({ length: tweets }, (_, n) => ({ n, time: Math.floor((60 * n) / tweets) }));
  const short = Array.from({ length: 3 * FEW }, (_, n) => ({ n: tweets + n, time: WEEK * (1 + Math.floor(n / 3)) + (n % 3) }));
  const lines = [...long, ...short].map(({ n, time }) =>
    line({ id: String(10_000 + n), author: `guest${n % 90}`, time, text: `A1 ${n} ${words}#teachat` }),
  );
  const file = write(dir, "in.jsonl", lines.join(""));
  const { code, err } = await run(["import", file, "--chat", "teachat", "--archive", dir]);
  assert.equal(code, 0, err);
  return dir;
}

/** `more`: sessions beside those of `archiveOf`. */
async function build(dir: string, out: string, cores: number, more = 0): Promise<void> {
  const archive = Archive.open(dir);
  try {
    const { sessions } = await buildSite(archive, { out: join(dir, out), now: NOW, full: true, cores });
    assert.equal(sessions, FEW + 1 + more);
  } finally {
    archive.close();
  }
}

describe("other processes of a build", () => {
  it("make the same site as this process alone, and leave work.db closed", async () => {
    const dir = await archiveOf(40);
    await build(dir, "alone", 0);
    await build(dir, "shared", 2);
    const [alone, shared] = [tree(join(dir, "alone")), tree(join(dir, "shared"))];
    assert.ok(Object.keys(alone).length > 20);
    assert.deepEqual(shared, alone);
    assert.equal(existsSync(join(dir, "work.db-wal")), false);
  });

  it("have room for a session of any size", async () => {
    const dir = await archiveOf(24_000);
    await build(dir, "site", 2);
    assert.ok(existsSync(join(dir, `site/teachat/${SESSION}/index.html`)));
  });

  it("have room for the notes of any number of sessions", async () => {
    const dir = await archiveOf(40);
    // 60 MB of them together: a process has room for 88 MB, and needs half of it besides
    const words = "what somebody would say to a tweet that is not here ".repeat(40);
    const remarks = Array.from({ length: 100 }, (_, n) => `  "${1_000_000 + n}": ${words}\n`).join("");
    const days = Array.from({ length: 300 }, (_, n) => new Date(NOW - (60 + n) * 86_400_000).toISOString().slice(0, 10));
    for (const day of days)
      write(dir, `chats/teachat/${day}.md`, `---\nstart: ${day} 12:00\nremarks:\n${remarks}---\nWhat was said on ${day}.\n`);
    await build(dir, "site", 2, days.length);
    assert.ok(existsSync(join(dir, `site/teachat/${days[0]}/index.html`)));
  });
});
