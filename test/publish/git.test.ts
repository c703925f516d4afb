import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, it } from "node:test";
import { addressOf, GitBranch } from "../../src/publish/git.ts";
import { publish } from "../../src/publish/publish.ts";
import { targetOf } from "../../src/publish/target.ts";
import { tempDir } from "../helpers.ts";
import { CHANGED, FIRST, type Files, put, SECOND, siteOf, told, WHOLE } from "./site.ts";

function git(dir: string, ...args: string[]): string {
  const who = ["-c", "user.name=amy", "-c", "user.email=amy@example.org"];
  const { status, stdout, stderr } = spawnSync("git", ["-C", dir, ...who, ...args], { encoding: "utf8" });
  if (status !== 0) throw new Error(`git ${args.join(" ")}: ${stderr}`);
  return stdout.trim();
}

function bare(): { dir: string; target: GitBranch } {
  const dir = join(tempDir(), "pages.git");
  git(tempDir(), "init", "--quiet", "--bare", dir);
  return { dir, target: new GitBranch(dir, "gh-pages") };
}

/** What a branch holds, but for what a publication adds of its own. */
function branch(dir: string, name = "gh-pages"): Files {
  const names = git(dir, "ls-tree", "-r", "--name-only", name).split("\n");
  return Object.fromEntries(names.filter((file) => !file.startsWith(".")).map((file) => [file, git(dir, "show", `${name}:${file}`)]));
}

/** A branch that somebody else made. */
function seed(dir: string, files: Files): void {
  const work = tempDir();
  git(work, "clone", "--quiet", dir, "work");
  put(join(work, "work"), files);
  git(join(work, "work"), "checkout", "--quiet", "--orphan", "gh-pages");
  git(join(work, "work"), "add", "--all");
  git(join(work, "work"), "commit", "--quiet", "--message", "by hand");
  git(join(work, "work"), "push", "--quiet", "origin", "gh-pages");
}

describe("publishing to a branch refuses", () => {
  it("a repository that is not there", async () => {
    const target = new GitBranch(join(tempDir(), "nowhere.git"), "gh-pages");
    await assert.rejects(
      publish(siteOf(FIRST), target, { dryRun: false }),
      /^UserError: git:.*nowhere\.git#gh-pages: cannot be published to: /,
    );
  });

  it("to replace what it did not put there", async () => {
    const { dir, target } = bare();
    seed(dir, { "index.html": "somebody's" });
    await assert.rejects(publish(siteOf(FIRST), target, { dryRun: false }), /index\.html was not published by Chatscribe/);
    assert.deepEqual(branch(dir), { "index.html": "somebody's" });
  });

  for (const word of ["git:", "git:#x", "git:a.git#-x", "s3://bucket/www"])
    it(word, async () =>
      assert.rejects(
        targetOf(word, (path) => path),
        /^UserError: publish: /,
      ),
    );
});

describe("publishing to a branch", () => {
  it("makes one commit without a parent, however often: history keeps nothing that was removed", async () => {
    const { dir, target } = bare();
    assert.equal(await told(siteOf(FIRST), target), WHOLE);
    assert.deepEqual(branch(dir), FIRST);
    assert.equal(await told(siteOf(SECOND), target), CHANGED);
    assert.deepEqual(branch(dir), SECOND);
    assert.equal(git(dir, "rev-list", "--count", "gh-pages"), "1");
    const before = git(dir, "rev-parse", "gh-pages");
    assert.equal(await told(siteOf(SECOND), target), "same 8");
    assert.equal(git(dir, "rev-parse", "gh-pages"), before);
  });

  it("keeps what else is on the branch, and tells Pages to make nothing of it", async () => {
    const { dir, target } = bare();
    seed(dir, { CNAME: "chats.example" });
    await told(siteOf(FIRST), target);
    await told(siteOf(SECOND), target);
    assert.deepEqual(branch(dir), { ...SECOND, CNAME: "chats.example" });
    assert.match(git(dir, "ls-tree", "--name-only", "gh-pages"), /^\.nojekyll$/m);
  });

  it("--dry-run says the same and does nothing", async () => {
    const { dir, target } = bare();
    assert.equal(await told(siteOf(FIRST), target, true), WHOLE);
    assert.equal(git(dir, "branch", "--list"), "");
  });

  it("does not replace what somebody pushed meanwhile", async () => {
    const { dir, target } = bare();
    await told(siteOf(FIRST), target);
    const find = target.find.bind(target);
    target.find = async (built) => {
      const found = await find(built);
      const tree = git(dir, "rev-parse", "gh-pages^{tree}");
      git(dir, "update-ref", "refs/heads/gh-pages", git(dir, "commit-tree", "-m", "meanwhile", tree));
      return found;
    };
    await told(siteOf(SECOND), target);
    assert.deepEqual(branch(dir), SECOND);
  });

  it("finds a remote of the clone by its name", async () => {
    const clone = tempDir();
    git(clone, "init", "--quiet");
    git(clone, "remote", "add", "origin", "git@host.example:amy/site.git");
    assert.equal(await addressOf("origin", clone), "git@host.example:amy/site.git");
    assert.equal(await addressOf("https://host.example/site.git", clone), "https://host.example/site.git");
  });
});
