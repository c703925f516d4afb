import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { line, TEACHAT, write } from "../helpers.ts";
import { copyOf, fullWorld, notes, tree, type } from "./world.ts";

const full = await fullWorld();
const review = (world: string, ...args: string[]) => type(["review", ...args, "--archive", "data"], world);
const NIGHT = "data/chats/teachat/2026-03-03.md";

/** The full world with more tweets in the night. */
async function worldWith(...more: readonly string[]): Promise<string> {
  const world = copyOf(full);
  write(world, "more.jsonl", more.join(""));
  const { code, err } = await type(["import", "more.jsonl", "--chat", "teachat", "--archive", "data"], world);
  assert.equal(code, 0, err);
  return world;
}

const ODD = line({ id: "110", author: "bob", time: 25, text: "A1 mine is black #teachat", replyTo: "106" });

const DESK = "Decide at the desk, and mark it as reviewed there: npx chatscribe review teachat/2026-03-03 --open --archive data\n";

describe("review", () => {
  it("refuses a chat, and a session that is not there", async () => {
    const chat = await review(copyOf(full), "teachat");
    assert.deepEqual(
      [chat.code, chat.out, chat.err],
      [2, "", 'chatscribe: "teachat" is a chat: name one session of it, as teachat/2026-03-10\n'],
    );
    const none = await review(copyOf(full), "teachat/2026-03-04");
    assert.deepEqual([none.code, none.out], [2, ""]);
    assert.match(none.err, /^chatscribe: session "teachat\/2026-03-04" has no tweet and no file; did you mean "2026-03-0\d"\?\n$/);
  });

  it("says so where nothing needs anybody, and how a draft becomes reviewed", async () => {
    const { code, out, err } = await review(copyOf(full), "teachat/2026-03-03");
    assert.deepEqual(
      [code, out, err],
      [0, "teachat/2026-03-03: nothing needs you\n", `${DESK}Next: npx chatscribe build --archive data\n`],
    );
  });

  it("lists what does, with the line that changes it and the file it goes to", async () => {
    const { code, out, err } = await review(await worldWith(ODD), "teachat/2026-03-03");
    assert.equal(code, 0);
    assert.equal(
      out,
      `teachat/2026-03-03: 1 thing to look at, worst first

1. 12:25 @bob 110: A1 mine is black #teachat
   Q1, 0.95: says Q1, and answers a tweet of Q2; next best Q2: reply to 106 (id)
   under edits:  "110": Q2  # Q1 keeps it
`,
    );
    assert.equal(
      err,
      `Write what you want to change into ${NIGHT}, a new file: the lines go between two lines of ---, then:
${DESK}Next: npx chatscribe build --archive data
`,
    );
  });

  it("prints what can be pasted as it is: done so, nothing is left to look at", async () => {
    const world = await worldWith(ODD);
    const { out } = await review(world, "teachat/2026-03-03", "--json");
    const { entries, more } = JSON.parse(out) as { entries: { under: string; paste: string; id: string }[]; more: number };
    assert.deepEqual([entries.length, more, entries[0]?.under, entries[0]?.id], [1, 0, "edits", "110"]);
    write(world, NIGHT, notes(`${entries[0]?.under}:\n${entries[0]?.paste}`));
    assert.equal((await review(world, "teachat/2026-03-03")).out, "teachat/2026-03-03: nothing needs you\n");
    assert.match((await type(["thread", "--archive", "data"], world)).out, /\n {2}110 @bob Q1 -> Q2: /);
  });

  it("names the line of an edit without effect", async () => {
    const world = copyOf(full);
    write(world, NIGHT, notes('title: Milk\nedits:\n  "103": Q7'));
    assert.match(
      (await review(world, "teachat/2026-03-03")).out,
      new RegExp(`edit of tweet 103: nobody asks Q7 here; there are Q1, Q2; it has no effect\n {3}remove ${NIGHT}:4\n$`),
    );
  });

  it("shows of a flood the first lines, and in --json all", async () => {
    const flood = Array.from({ length: 6 }, (_, n) =>
      line({ id: `${120 + n}`, author: "shill", time: 26, text: "buy https://x.example/a now #teachat" }),
    );
    const world = await worldWith(...flood);
    const { out } = await review(world, "teachat/2026-03-03");
    assert.match(out, /may be spam, with 5 more of this author\n/);
    assert.match(out, /\n +… and 2 more lines \(--json has them\)\n$/);
    const { entries } = JSON.parse((await review(world, "teachat/2026-03-03", "--json")).out) as { entries: { paste: string }[] };
    assert.equal(entries[0]?.paste.split("\n").length, 6);
  });

  it("says that the hosts are guessed, and what makes them named", async () => {
    const world = copyOf(full);
    write(world, "data/chats/teachat/chat.md", TEACHAT.replace(/^hosts:.*\n/m, ""));
    const { out } = await review(world, "teachat/2026-03-03");
    assert.match(out, /^teachat\/2026-03-03: .*\(hosts guessed: @ceylon_sam\)\n/);
    assert.match(out, /\n {3}write: {2}hosts: \[ceylon_sam\]\n/);
    write(world, NIGHT, notes("hosts: [ceylon_sam]"));
    assert.equal((await review(world, "teachat/2026-03-03")).out, "teachat/2026-03-03: nothing needs you\n");
  });

  it("writes nothing but work.db", async () => {
    const world = await worldWith(ODD);
    const without = (of: ReturnType<typeof tree>) =>
      Object.keys(of)
        .filter((file) => !/work(?:-lock)?\.db/.test(file))
        .map((file) => [file, of[file]]);
    const were = without(tree(world));
    await review(world, "teachat/2026-03-03");
    assert.deepEqual(without(tree(world)), were);
  });
});
