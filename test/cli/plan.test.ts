import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { weightOf } from "../../src/text/weight.ts";
import { write } from "../helpers.ts";
import { emptyWorld, notes, type } from "./world.ts";

const plan = (cwd: string, name: string, ...args: string[]) =>
  type(["plan", name, ...args, "--archive", "data"], cwd, { now: () => Date.parse("2026-03-02T12:00:00Z"), zone: "Asia/Tokyo" });

function planned(yaml: string, session = "2026-03-03"): string {
  const cwd = emptyWorld();
  write(cwd, `data/chats/teachat/${session}.md`, notes(yaml));
  return cwd;
}

describe("plan refuses", () => {
  const cases: readonly (readonly [name: string, says: RegExp])[] = [
    ["teachat/2026-02-24", /^chatscribe: teachat\/2026-02-24 is over; the next is teachat\/2026-03-03$/m],
    [
      "teachat/2026-03-04",
      /^chatscribe: data\/chats\/teachat\/2026-03-04\.md: says no start, and the schedule of chat "teachat" has no sitting/,
    ],
    ["teachat/soon", /^chatscribe: "soon" is no session: write its date/],
    ["coffee", /^chatscribe: chat "coffee" is not in data\/chats/],
  ];
  for (const [name, says] of cases)
    it(name, async () => {
      const { code, out, err } = await plan(emptyWorld(), name);
      assert.deepEqual([code, out], [2, ""]);
      assert.match(err, says);
    });

  it("a chat without a session to come", async () => {
    const cwd = emptyWorld();
    write(cwd, "data/chats/teachat/chat.md", '---\ntags: ["#teachat"]\n---\n');
    const { code, err } = await plan(cwd, "teachat");
    assert.deepEqual([code, err.startsWith('chatscribe: chat "teachat" has no session to come: name one')], [2, true]);
  });
});

describe("plan", () => {
  it("prints posts to paste, in order of time, and when that is elsewhere", async () => {
    const cwd = planned(`title: Leaves and water
guests: [amy]
questions:
  - { number: 1, text: "Which leaf?" }
  - { number: 2, text: "Milk first?", at: "12:30" }
  - { number: 3, text: "Who washes up?" }`);
    const { code, out, err } = await plan(cwd, "teachat");
    assert.equal(code, 0);
    assert.equal(
      out,
      `Tuesday 3 March 2026, noon to 1 pm in New York (17:00 to 18:00 UTC)

-- Now: what it will be about
#teachat, Tuesday 3 March 2026, noon to 1 pm in New York (17:00 to 18:00 UTC). Leaves and water.
Q1 (12:05) Which leaf?
Q2 (12:30) Milk first?
Q3 (12:45) Who washes up?
Answer with A1, A2 … and #teachat.

-- The day before, Mon 12:00
Tomorrow: #teachat, noon to 1 pm in New York (17:00 to 18:00 UTC). Leaves and water.

-- An hour before, Tue 11:00
In an hour: #teachat, at 12:00 in New York. Leaves and water.

-- Welcome, Tue 12:00
Welcome to #teachat! Leaves and water. With us: @amy. Your host is @ceylon_sam. Say hello, then answer Q1 with A1, Q2 with A2, and keep #teachat in your tweets.

-- Q1, Tue 12:05
Q1 Which leaf? #teachat

-- Q2, Tue 12:30
Q2 Milk first? #teachat

-- Q3, Tue 12:45
Q3 Who washes up? #teachat

-- Goodbye, Tue 12:58
That was our hour. Thank you all! Late answers are welcome: keep #teachat in them. The transcript follows.

-- When that is
Tue 09:00  Los Angeles
Tue 11:00  Chicago
Tue 12:00  New York
Tue 14:00  Sao Paulo
Tue 17:00  UTC
Tue 17:00  London
Tue 18:00  Berlin
Tue 18:00  Lagos
Tue 19:00  Johannesburg
Tue 22:30  Kolkata
Wed 01:00  Singapore
Wed 02:00  Tokyo
Wed 04:00  Sydney
`,
    );
    assert.equal(err, "Next: npx chatscribe capture teachat/2026-03-03 --follow --archive data\n");
  });

  it("makes several posts of a hour that is too long for one, none of them too long for X", async () => {
    const long = Array.from({ length: 6 }, (_, i) => `  - { number: ${i + 1}, text: "${`leaf ${i} `.repeat(15).trim()}?" }`);
    const { out } = await plan(planned(`questions:\n${long.join("\n")}`), "teachat/2026-03-03", "--json");
    const { posts, questions } = JSON.parse(out) as { posts: { when: string; posts: string[] }[]; questions: { label: string }[] };
    assert.deepEqual(
      questions.map(({ label }) => label),
      ["Q1", "Q2", "Q3", "Q4", "Q5", "Q6"],
    );
    const framing = posts[0]?.posts ?? [];
    assert.ok(
      framing.length > 1 && framing.every((post, i) => post.startsWith(`${i + 1}/${framing.length} `) && post.includes("#teachat")),
    );
    assert.ok(posts.every((one) => one.posts.every((post) => weightOf(post) <= 280)));
    assert.equal(framing.join("\n").match(/Q\d \(/g)?.length, 6);
  });

  it("says which post is too long for X", async () => {
    const { code, err } = await plan(planned(`questions: [{ number: 1, text: "${"leaf ".repeat(70)}?" }]`), "teachat");
    assert.equal(code, 0);
    assert.match(err, /^Q1: 363 characters, X takes 280: shorten it$/m);
  });

  it("says where questions are written down", async () => {
    const { err } = await plan(emptyWorld(), "teachat");
    assert.match(err, /^No questions yet: write them in data\/chats\/teachat\/2026-03-03\.md/);
  });
});
