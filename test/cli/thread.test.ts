import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "node:test";
import { ROOT } from "../../src/cli/paths.ts";
import { line, TEACHAT, write } from "../helpers.ts";
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

  it("says what moved after an edit in the notes, from where to where, and nothing moved the time after", async () => {
    const world = copyOf(full);
    write(world, NIGHT, notes('edits: { "103": Q2 }\npins: ["104"]'));
    assert.equal(
      (await thread(world, "teachat/2026-03-03")).out,
      `teachat/2026-03-03: 6 tweets (welcome 1, Q1 1, Q2 4), 2 moved, 1 of them pinned, 0 not placed
  104 @bob Q1 -> Q2: @amy the same here
  103 @amy Q1 -> Q2: A1 green, always #teachat
`,
    );
    assert.match((await thread(world, "teachat/2026-03-03")).out, /, 0 moved, 0 not placed\n$/);
  });

  const MOVES = [
    ['edits: { "104": hide }', "104 @bob shown -> hidden"],
    ['edits: { "104": { reply: none } }', "104 @bob answers 103 -> answers nothing"],
    ['edits: { "101": aside }', "101 @ceylon_sam welcome -> aside"],
    ['questions: [{ side: true, ask: "103" }]', "103 @amy Q1 -> + (s103)"],
  ] as const;
  for (const [yaml, said] of MOVES)
    it(`says ${said}`, async () => {
      const world = copyOf(full);
      write(world, NIGHT, notes(yaml));
      assert.ok((await thread(world, "teachat/2026-03-03")).out.includes(`\n  ${said}: `));
    });

  it("tells a move that other commands have shown meanwhile: they tell none", async () => {
    const world = copyOf(full);
    write(world, NIGHT, notes('edits: { "103": Q2 }'));
    for (const args of [["status"], ["export", "teachat/2026-03-03"], ["review", "teachat/2026-03-03"]])
      assert.equal((await type([...args, "--archive", "data"], world)).code, 0);
    assert.match((await thread(world, "teachat/2026-03-03")).out, /, 2 moved, /);
  });

  it("shows ten moves and counts the rest; --json has them all", async () => {
    const world = copyOf(full);
    const more = Array.from({ length: 12 }, (_, n) => line({ id: `${400 + n}`, author: "amy", time: 23, text: `A2 leaf ${n} #teachat` }));
    write(world, "more.jsonl", more.join(""));
    await type(["import", "more.jsonl", "--chat", "teachat", "--archive", "data"], world);
    await thread(world);
    write(world, NIGHT, notes(`edits: { ${more.map((_, n) => `"${400 + n}": Q1`).join(", ")} }`));
    const copy = copyOf(world);
    const { out } = await thread(world, "teachat/2026-03-03");
    assert.equal(out.split("\n").filter((one) => / Q2 -> Q1: /.test(one)).length, 10);
    assert.match(out, /\n {2}and 2 more\n$/);
    const { sessions } = JSON.parse((await thread(copy, "teachat/2026-03-03", "--json")).out) as { sessions: { moves: unknown[] }[] };
    assert.equal(sessions[0]?.moves.length, 12);
    assert.deepEqual(sessions[0]?.moves[0], { id: "400", from: "Q2", to: "Q1" });
  });

  it("says in a clause that the hosts are guessed, or not known", async () => {
    const world = copyOf(full);
    write(world, "data/chats/teachat/chat.md", TEACHAT.replace(/^hosts:.*\n/m, ""));
    const { out } = await thread(world);
    assert.match(out, /^teachat\/2026-03-03: .*, 0 not placed, hosts guessed: @ceylon_sam\n/m);
    assert.match(out, /^teachat\/2026-03-10: .* not placed, hosts unknown\n/m);
    assert.match((await type(["status", "--archive", "data"], world)).out, /2026-03-03 .* draft +hosts guessed: @ceylon_sam\n/);
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

  it("names an edit that has no effect by file and line, and why", async () => {
    const world = copyOf(full);
    write(world, NIGHT, notes('edits:\n  "103": Q7'));
    const { code, err } = await thread(world, "teachat/2026-03-03", "--json");
    assert.deepEqual([code, err], [0, `${NIGHT}:3: edit of tweet 103: nobody asks Q7 here; there are Q1, Q2; it has no effect\n`]);
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

  it("refuses an id that is nowhere, and one of another session than the one named", async () => {
    assert.deepEqual(
      [await thread(copyOf(full), "--explain", "999"), await thread(copyOf(full), "teachat/2026-03-10", "--explain", "103")].map(
        ({ code, out, err }) => [code, out, err],
      ),
      [
        [2, "", 'chatscribe: tweet "999" is in no session of data: check the id (it is the number at the end of the tweet\'s address)\n'],
        [2, "", 'chatscribe: tweet "103" is not in teachat/2026-03-10: it is in teachat/2026-03-03\n'],
      ],
    );
  });

  it("says of a tweet in no window that it stands in no session", async () => {
    const { code, out } = await thread(copyOf(full), "--explain", "301");
    assert.equal(code, 0);
    assert.equal(out, "301 is held, but in no session: its time lies in no window. It was posted 2026-03-05T17:00:00.000Z.\n");
  });

  it("says that a tweet is hidden, context, another version, or removed", async () => {
    const world = copyOf(full);
    const more = [
      line({ id: "107", author: "bob", time: 23, text: "A2 no milk #teachat", replyTo: "50" }),
      line({ id: "50", author: "eve", time: -9000, text: "milk is wrong" }, { context: true }),
      line({ id: "108", author: "bob", time: 24, text: "A2 at all #teachat", aliases: ["109"] }),
    ];
    write(world, "more.jsonl", more.join(""));
    await type(["import", "more.jsonl", "--chat", "teachat", "--archive", "data"], world);
    write(world, NIGHT, notes('edits: { "107": hide }'));
    const told = async (id: string): Promise<string> => (await thread(world, "--explain", id)).out;
    assert.match(await told("107"), /\nIt is hidden: /);
    assert.match(await told("50"), /\nContext: .*\nAnswered, quoted or reposted by: 107 @bob\n$/s);
    assert.match(await told("109"), /^teachat\/2026-03-03\n108 @bob: .*\n109 is another version of it\.\n/);
    assert.equal((await type(["forget", "106", "--reason", "legal", "--archive", "data"], world)).code, 0);
    assert.match(await told("106"), /^teachat\/2026-03-03\n106 is not shown: removed on \d{4}-\d\d-\d\d \(legal\)\./);
  });

  it("finds a tweet whose edit is refused: one has to see why", async () => {
    const world = copyOf(full);
    write(world, NIGHT, notes('edits: { "202": Q2 }'));
    assert.equal((await thread(world, "--explain", "103")).code, 0);
  });
});
