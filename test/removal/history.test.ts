import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { describe, it } from "node:test";
import { archiveWith, ID, LINES, ok } from "./leaves.ts";

const git = (dir: string, ...args: string[]) =>
  spawnSync("git", ["-C", dir, "-c", "user.name=Amy", "-c", "user.email=amy@example.org", ...args], { encoding: "utf8" });
const commit = (dir: string): void => {
  for (const args of [
    ["init", "-q"],
    ["add", "chats"],
    ["commit", "-qm", "notes"],
  ])
    assert.equal(git(dir, ...args).status, 0, args.join(" "));
};

describe("a tweet that a git history holds", () => {
  it("is told, for no command can take it out of there", async () => {
    const dir = await archiveWith(LINES.join(""), "a.jsonl");
    commit(dir);
    const { err } = await ok(["forget", ID], dir);
    assert.match(err, /1 commit of its git repository still hold it: rewrite the history/);
  });
  it("outside a repository nothing is said", async () => {
    const dir = await archiveWith(LINES.join(""), "a.jsonl");
    assert.doesNotMatch((await ok(["forget", ID], dir)).err, /git/);
  });
});
