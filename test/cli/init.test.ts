import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { EXIT, UserError } from "../../src/errors.ts";
import { tempDir, write } from "../helpers.ts";
import { TWEETS, tree, type } from "./world.ts";

const SAID = ["--host", "ceylon_sam", "--every", "Tuesday", "--at", "12:00", "--zone", "America/New_York"];

/** A person at a terminal with these answers; what was asked is kept. */
function person(...answers: string[]) {
  const asked: string[] = [];
  const ask = (question: string): Promise<string> => {
    asked.push(question);
    const answer = answers.shift();
    return answer === undefined ? Promise.reject(new UserError("stopped", EXIT.interrupted)) : Promise.resolve(answer);
  };
  return { asked, effects: { terminal: true, ask } };
}

const FILE = `---
title: "#teachat"
tags:
  - "#teachat"
hosts:
  - ceylon_sam
schedule:
  every: Tuesday
  at: 12:00
  zone: America/New_York
---
What this chat is about, who comes, how to join. (Markdown; shown on the chat's page.)
`;

describe("init", () => {
  it("writes chat.md and nothing else", async () => {
    const world = tempDir();
    const { code, out } = await type(["init", "#teachat", ...SAID, "--archive", "data"], world);
    assert.deepEqual([code, out], [0, "data/chats/teachat/chat.md\n"]);
    assert.deepEqual(Object.keys(tree(world)), ["data", "data/chats", "data/chats/teachat", "data/chats/teachat/chat.md"]);
    assert.equal(readFileSync(join(world, "data/chats/teachat/chat.md"), "utf8"), FILE);
  });

  it("takes two hosts with their @, two sittings, minutes, a title and a slug", async () => {
    const world = tempDir();
    const more = ["--host", "@amy", "--at", "20:00", "--minutes", "90", "--title", "Tea: a chat", "--slug", "tea_2"];
    await type(["init", "#teachat", ...SAID, ...more, "--archive", "data"], world);
    const text = readFileSync(join(world, "data/chats/tea_2/chat.md"), "utf8");
    assert.match(text, /^---\ntitle: "Tea: a chat"\n/);
    assert.match(text, /hosts:\n {2}- ceylon_sam\n {2}- amy\n/);
    assert.match(text, /at:\n {4}- 12:00\n {4}- 20:00\n/);
    assert.match(text, /minutes: 90\n/);
  });

  it("of a tag of which no slug can be made, with --slug", async () => {
    const world = tempDir();
    const { out } = await type(["init", "#日本語", ...SAID, "--slug", "nihongo", "--archive", "data"], world);
    assert.equal(out, "data/chats/nihongo/chat.md\n");
  });
});

describe("init on a terminal", () => {
  it("asks for what is missing, and writes the same file", async () => {
    const world = tempDir();
    const { asked, effects } = person("teachat", "@ceylon_sam", "Tuesday", "12:00", "America/New_York");
    const { code } = await type(["init", "--archive", "data"], world, effects);
    assert.equal(code, 0);
    assert.equal(asked.length, 5);
    assert.equal(readFileSync(join(world, "data/chats/teachat/chat.md"), "utf8"), FILE);
  });

  it("asks nothing that was said", async () => {
    const { asked, effects } = person("12:00");
    const said = ["--host", "sam", "--every", "Tuesday", "--zone", "UTC"];
    const { code } = await type(["init", "#tea", ...said, "--archive", "data"], tempDir(), effects);
    assert.equal(code, 0);
    assert.deepEqual(asked, ["At what time there? As 12:00: "]);
  });

  it("says at once what is wrong with an answer, and asks again", async () => {
    const { asked, effects } = person("", "tea", "a-b", "sam, amy", "Tuesdays", "Tuesday", "noon", "12:00 20:00", "EST", "UTC");
    const { code, err } = await type(["init", "--archive", "data"], tempDir(), effects);
    assert.equal(code, 0);
    assert.equal(asked.length, 10);
    assert.deepEqual(err.split("\n"), [
      '--host: "a-b" is no handle; it has letters a to z, digits and _, at most 20',
      '--every must be a rhythm, as Tuesday, day, weekday, first Friday, last Thursday or 2 weeks on Tuesday, not "Tuesdays"; did you mean "Tuesday"?',
      '--at must be a time from 00:00 to 23:59, as "12:00", not "noon"',
      '--zone "EST" has no summer time: a Tuesday noon in July in New York is EDT; write America/New_York',
      "Next: npx chatscribe import <file> --chat tea --archive data",
      "",
    ]);
  });

  it("tells before it asks that the chat is there, and that what was said is wrong", async () => {
    const world = tempDir();
    await type(["init", "#tea", ...SAID, "--archive", "data"], world);
    const again = person();
    assert.match((await type(["init", "#tea", "--archive", "data"], world, again.effects)).err, /is there already/);
    assert.match((await type(["init", "--zone", "EST", "--archive", "data"], world, again.effects)).err, /--zone "EST"/);
    assert.deepEqual(again.asked, []);
  });

  it("writes nothing when the person stops", async () => {
    const world = tempDir();
    const { code, err } = await type(["init", "--archive", "data"], world, person("tea", "sam").effects);
    assert.deepEqual([code, err], [130, "chatscribe: stopped\n"]);
    assert.deepEqual(tree(world), {});
  });
});

describe("init --from", () => {
  const evening = (day: string, hour: number, people = 6): string =>
    Array.from({ length: 30 }, (_, i) => ({
      id: `${day.replaceAll("-", "")}${hour}${i}`,
      author: i % 10 === 0 ? "ceylon_sam" : `guest${i % people}`,
      created_at: new Date(Date.parse(`${day}T${hour}:00:00Z`) + i * 110_000).toISOString(),
      text: i % 10 === 0 ? `Q${i / 10 + 1} Which leaf, and why? #teachat` : `A${Math.floor(i / 10) + 1} the green one #teachat`,
      tags: ["teachat"],
    }))
      .map((tweet) => `${JSON.stringify(tweet)}\n`)
      .join("");
  const from = (world: string, ...args: string[]) => type(["init", "--from", ...args, "--archive", "our data"], world);
  const file = (world: string) => readFileSync(join(world, "our data/chats/teachat/chat.md"), "utf8");

  it("writes what a file says: tag, hosts, day and hour on the chat's own clock, through summer time", async () => {
    const world = tempDir();
    write(
      world,
      "old.jsonl",
      evening("2026-03-03", 17) + evening("2026-03-10", 16) + evening("2026-03-17", 16) + evening("2026-03-19", 20),
    );
    const { code, out, err } = await from(world, "old.jsonl", "--zone", "America/New_York");
    assert.deepEqual([code, out], [0, "our data/chats/teachat/chat.md\n"]);
    assert.match(file(world), /hosts:\n {2}- ceylon_sam\nschedule:\n {2}every: Tuesday\n {2}at: 12:00\n {2}zone: America\/New_York\n/);
    assert.deepEqual(err.split("\n"), [
      "120 tweets; #teachat in 120 of them; 4 hours in which a chat seems to have met.",
      "1 hour outside this rhythm; to make sessions of them:",
      "printf -- '---\\nstart: 2026-03-19 16:00\\n---\\n' > 'our data/chats/teachat/2026-03-19.md'  # 30 tweets, 7 people",
      "Next: npx chatscribe import old.jsonl --chat teachat --archive 'our data'",
      "",
    ]);
  });

  it("writes no rhythm where the hours follow none, and a session's file for each of them", async () => {
    const world = tempDir();
    write(world, "old.jsonl", evening("2026-03-03", 17) + evening("2026-03-12", 20));
    const { err } = await from(world, "old.jsonl", "--zone", "UTC");
    assert.match(file(world), /schedule:\n {2}zone: UTC\n---/);
    assert.match(err, /2 hours without a rhythm; to make sessions of them:\nprintf .*2026-03-03 17:00.*\nprintf .*2026-03-12 20:00/);
  });

  it("names nobody where somebody else asks every time: a named host would keep the others from being found", async () => {
    const world = tempDir();
    const by = (host: string, day: string) => evening(day, 17).replaceAll("ceylon_sam", host);
    write(world, "old.jsonl", by("ana", "2026-03-03") + by("bo", "2026-03-10") + by("cy", "2026-03-17"));
    const { err } = await from(world, "old.jsonl", "--zone", "UTC");
    assert.match(file(world), /^hosts: \[\]$/m);
    assert.match(err, /\nSomebody else asks from time to time: hosts: stays empty, and each session's are found in its tweets\.\n/);
  });

  it("lets what is typed win, reads a folder, and names what it could not read", async () => {
    const world = tempDir();
    write(world, "old/tweets.jsonl", evening("2026-03-03", 17));
    write(world, "old/diary.txt", "Dear diary\n");
    const { err } = await from(world, "old", "#tea", "--host", "amy", "--zone", "UTC");
    const text = readFileSync(join(world, "our data/chats/tea/chat.md"), "utf8");
    assert.match(text, /- "#tea"\nhosts:\n {2}- amy\nschedule:\n {2}every: Tuesday\n {2}at: 17:00\n/);
    assert.match(
      err,
      /Not read: diary\.txt\.\nOne hour tells no rhythm: weekly is a guess\.\nNext: npx chatscribe import <file> --chat tea/,
    );
  });

  it("asks for the zone, which no file tells, on a terminal", async () => {
    const world = tempDir();
    write(world, "old.jsonl", evening("2026-03-03", 17));
    const { asked, effects } = person("Europe/London");
    assert.equal((await type(["init", "--from", "old.jsonl", "--archive", "our data"], world, effects)).code, 0);
    assert.deepEqual(asked, ["In which time zone? As America/New_York: "]);
  });
});

describe("a newcomer", () => {
  it("starts a chat, adds a file, builds the site: three commands", async () => {
    const world = tempDir();
    write(world, "tweets.jsonl", TWEETS);
    const codes = [];
    for (const args of [
      ["init", "#teachat", ...SAID],
      ["import", "tweets.jsonl", "--chat", "teachat"],
      ["build", "--out", "site"],
    ])
      codes.push((await type([...args, "--archive", "data"], world)).code);
    assert.deepEqual(codes, [0, 0, 0]);
    const page = readFileSync(join(world, "site/teachat/2026-03-03/index.html"), "utf8");
    assert.match(page, /Which leaf do you drink in the morning\?/);
    assert.ok(existsSync(join(world, "site/index.html")));
  });
});
