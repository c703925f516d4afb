import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { line, makeArchive, run, type Said, TEACHAT, write } from "../helpers.ts";
import { session, sessions, status, take } from "./chat.ts";

const HERE = "teachat/2026-03-03";
const scheduled = (schedule: string): string => TEACHAT.replace(/schedule: .*/, `schedule: ${schedule}`);
/** Imports one tweet for each time, with ids 1, 2, … Times are minutes after the start, or ISO 8601. */
const at = (dir: string, ...times: (string | number)[]) =>
  take(
    dir,
    times.map((time, i) => line({ id: String(i + 1), time })),
  );

describe("the window", () => {
  it("begins with the first moment of the lead and ends before the last of the grace", async () => {
    const dir = makeArchive();
    await at(dir, "2026-03-03T16:44:59.999Z", "2026-03-03T16:45:00Z", "2026-03-03T18:29:59.999Z", "2026-03-03T18:30:00Z");
    assert.equal(await session(dir, HERE), "2 3");
  });
  it("is as long as the chat says", async () => {
    const dir = makeArchive({ chat: TEACHAT.replace("hosts:", "lead: 0\ngrace: 0\nhosts:") });
    await at(dir, -0.001, 0, 59.999, 60);
    assert.equal(await session(dir, HERE), "2 3");
  });
  it("leaves tweets outside where they are, on no page, and counts them", async () => {
    const dir = makeArchive();
    await at(dir, 5, 300, "2026-03-05T12:00:00Z");
    assert.equal((await status(dir)).outside, 2);
    assert.equal(await sessions(dir), "2026-03-03 1");
  });
  it("follows summer time of the chat's zone", async () => {
    const dir = makeArchive();
    await at(dir, "2026-03-10T16:00:00Z");
    assert.equal(await session(dir, "teachat/2026-03-10"), "1");
  });
  it("may last for days", async () => {
    const dir = makeArchive({ chat: scheduled(`{ every: first Tuesday, at: "12:00", zone: America/New_York, minutes: 7200 }`) });
    await at(dir, 0, 7100, 7231);
    assert.equal(await sessions(dir), "2026-03-03 2");
  });
});

describe("where windows overlap", () => {
  const chat = scheduled(`{ every: Tuesday, at: ["12:00", "13:15"], zone: America/New_York, minutes: 60 }`);
  it("the hour itself wins, then the grace of the earlier", async () => {
    const dir = makeArchive({ chat });
    await at(dir, 59, 60, 74, 75, 89, 134, 150, 164);
    assert.equal(await session(dir, "teachat/2026-03-03-1200"), "1 2 3");
    assert.equal(await session(dir, "teachat/2026-03-03-1315"), "4 5 6 7 8");
  });
  it("an untagged tweet that both sessions answer joins one only", async () => {
    const dir = makeArchive({ chat });
    await take(dir, [
      line({ id: "1", time: 65, text: "no tag" }, { context: true }),
      line({ id: "2", time: 70, replyTo: "1" }),
      line({ id: "3", time: 80, replyTo: "1" }),
    ]);
    assert.equal(await session(dir, "teachat/2026-03-03-1200"), "u1 2");
    assert.equal(await session(dir, "teachat/2026-03-03-1315"), "3 c1");
  });
});

describe("two sittings on a day", () => {
  const twice = scheduled(`{ every: Tuesday, at: ["12:00", "19:00"], zone: America/New_York, minutes: 60 }`);
  it("both carry their time", async () => {
    const dir = makeArchive({ chat: twice });
    await at(dir, 5, 425);
    assert.equal(await sessions(dir), "2026-03-03-1200 1, 2026-03-03-1900 1");
  });
  it("leave the first its bare date where it was held before the second was planned", async () => {
    const dir = makeArchive();
    await at(dir, 5);
    write(dir, "chats/teachat/chat.md", twice);
    await at(dir, 5, 425);
    assert.equal(await sessions(dir), "2026-03-03 1, 2026-03-03-1900 1");
  });
  it("can be one of the schedule and one of a file", async () => {
    const dir = makeArchive({ notes: { "2026-03-03-1900": "---\nstart: 2026-03-03 19:00\n---\n" } });
    await at(dir, 5, 425);
    assert.equal(await sessions(dir), "2026-03-03 1, 2026-03-03-1900 1");
  });
});

describe("a session that is held", () => {
  it("does not follow a changed schedule, a changed lead or a changed grace", async () => {
    const dir = makeArchive();
    await at(dir, -15, 5, 89);
    write(
      dir,
      "chats/teachat/chat.md",
      `${scheduled(`{ every: Tuesday, at: "15:00", zone: Europe/Paris, minutes: 30 }`).slice(0, -4)}lead: 0\ngrace: 0\n---\n`,
    );
    await at(dir, -15, 5, 89);
    assert.equal(await session(dir, HERE), "1 2 3");
    assert.equal(await sessions(dir), "2026-03-03 3");
  });
  it("follows its file", async () => {
    const dir = makeArchive();
    await at(dir, 5, 125);
    assert.equal(await session(dir, HERE), "1");
    write(dir, "chats/teachat/2026-03-03.md", "---\nstart: 2026-03-03 14:00\nminutes: 30\n---\n");
    assert.equal(await session(dir, HERE), "2");
  });
  it("may have a file and no tweet yet", async () => {
    const dir = makeArchive({ notes: { "2026-03-03": "---\ntitle: Oolong\n---\n" } });
    assert.equal(await sessions(dir), "2026-03-03 0");
    await at(dir, 5);
    assert.equal(await sessions(dir), "2026-03-03 1");
  });
});

describe("joint tags", () => {
  it("make one tweet a tweet of two chats, stored once", async () => {
    const dir = makeArchive({
      files: { "chats/coffee/chat.md": TEACHAT.replace("#teachat", "#coffee").replace("Tea Chat", "Coffee Chat") },
    });
    const both = [line({ id: "1", text: "#teachat #coffee" })];
    await take(dir, both);
    await take(dir, both, "coffee");
    assert.deepEqual([await session(dir, HERE), await session(dir, "coffee/2026-03-03")], ["1", "1"]);
    assert.equal((await status(dir)).tweets, 1);
  });
});

describe("context", () => {
  const untagged = (said: Said): string => line({ text: "no tag here", ...said }, { context: true });
  it("inside the window joins as untagged when a session tweet answers it, and so does what that one answers", async () => {
    const dir = makeArchive();
    await take(dir, [
      untagged({ id: "1", time: 1 }),
      untagged({ id: "2", time: 2, replyTo: "1" }),
      line({ id: "3", time: 3, replyTo: "2" }),
    ]);
    assert.equal(await session(dir, HERE), "u1 u2 3");
  });
  it("that is only quoted, or lies outside the window, is shown as context", async () => {
    const dir = makeArchive();
    await take(dir, [
      untagged({ id: "1", time: 1 }),
      untagged({ id: "2", time: -16 }),
      line({ id: "3", time: 3, quotes: "1" }),
      line({ id: "4", time: 4, replyTo: "2" }),
    ]);
    assert.equal(await session(dir, HERE), "3 4 c2 c1");
  });
  it("that no session tweet speaks of is in no session", async () => {
    const dir = makeArchive();
    await take(dir, [untagged({ id: "1", time: 1 }), line({ id: "2", time: 2 })]);
    assert.equal(await session(dir, HERE), "2");
    assert.deepEqual([(await status(dir)).context, (await status(dir)).outside], [1, 0]);
  });
  it("of another session of the chat stays there", async () => {
    const dir = makeArchive();
    await take(dir, [line({ id: "1", time: 1 }), line({ id: "2", time: "2026-03-10T16:05:00Z", replyTo: "1" })]);
    assert.equal(await session(dir, "teachat/2026-03-10"), "2 c1");
  });
});

describe("a reply after the window", () => {
  const first = line({ id: "1", time: 1 });
  const late = (time: number, more: object = {}): string => line({ id: "9", time, replyTo: "1" }, { session: HERE, ...more });
  it("joins the session that its record names, for a day", async () => {
    const dir = makeArchive();
    await take(dir, [first, late(90 + 24 * 60 - 0.001)]);
    assert.equal(await session(dir, HERE), "1 a9");
  });
  it("is outside later, without a session named, or when it answers nothing", async () => {
    for (const reply of [
      late(90 + 24 * 60),
      late(100, { session: null }),
      late(100, { session: "coffee/2026-03-03" }),
      late(100, { reply_to: null }),
    ]) {
      const dir = makeArchive();
      await take(dir, [first, reply]);
      assert.equal(await session(dir, HERE), "1");
    }
  });
  it("joins also where it comes before the session's first tweet", async () => {
    const dir = makeArchive();
    await take(dir, [late(100)]);
    await take(dir, [first]);
    assert.equal(await session(dir, HERE), "1 a9");
  });
  it("belongs to the next session where its time is in that one's window", async () => {
    const dir = makeArchive({ chat: scheduled(`{ every: day, at: "12:00", zone: America/New_York }`) });
    await take(dir, [first, late(24 * 60 + 5), line({ id: "2", time: 24 * 60 + 6 })]);
    assert.equal(await session(dir, HERE), "1");
    assert.equal(await session(dir, "teachat/2026-03-04"), "9 2 c1");
  });
});

describe("notes that name a tweet", () => {
  const edits = (id: string): string => `---\ntitle: Oolong\nedits:\n  "${id}": aside\n---\n`;
  it("of another session are refused by file and line, with where to put it", async () => {
    const dir = makeArchive({ notes: { "2026-03-03": edits("2") } });
    await take(dir, [line({ id: "1", time: 1 }), line({ id: "2", time: "2026-03-10T16:05:00Z" })]);
    const here = `${dir}/chats/teachat/2026-03-03.md`;
    const there = `${dir}/chats/teachat/2026-03-10.md`;
    assert.equal(
      await session(dir, HERE),
      `chatscribe: ${here}:4: edit of tweet 2: it belongs to session teachat/2026-03-10; move the line to ${there}`,
    );
  });
  it("not held yet are named, and harm nothing", async () => {
    const dir = makeArchive({ notes: { "2026-03-03": edits("77") } });
    await take(dir, [line({ id: "1", time: 1 })]);
    const { code, err } = await run(["thread", HERE, "--archive", dir]);
    assert.equal(code, 0);
    assert.match(err, /2026-03-03\.md:4: edit of tweet 77/);
  });
  it("by the id of a later version mean the tweet", async () => {
    const dir = makeArchive({ notes: { "2026-03-03": edits("12") } });
    await take(dir, [line({ id: "11", aliases: ["12"] })]);
    const { code, err, out } = await run(["export", HERE, "--archive", dir]);
    assert.equal(code, 0);
    assert.doesNotMatch(err, /edit of tweet/);
    assert.match(out, /"reason":"edit"/);
  });
});
