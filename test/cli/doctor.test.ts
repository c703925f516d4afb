import assert from "node:assert/strict";
import { rmSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import Database from "better-sqlite3";
import { tempDir, write } from "../helpers.ts";
import { copyOf, emptyWorld, fullWorld, tree, type } from "./world.ts";

const full = await fullWorld();
const doctor = (world: string, env: Readonly<Record<string, string>> = {}, ...flags: string[]) =>
  type(["doctor", "--archive", "data", ...flags], world, { env });

/** The line about one thing. */
const about = (out: string, name: string): string => out.split("\n").find((line) => line.slice(6).startsWith(`${name}: `)) ?? out;

describe("doctor exits with 2, and says what to do, where something stops the work", () => {
  const cases: readonly (readonly [what: string, name: string, spoil: (world: string) => unknown, says: RegExp])[] = [
    [
      "no archive",
      "archive",
      (world) => rmSync(join(world, "data"), { recursive: true }),
      /data does not exist; make a first chat with: npx chatscribe init/,
    ],
    [
      "a mistake in a chat's file",
      "archive",
      (world) =>
        write(world, "data/chats/teachat/chat.md", '---\ntags: ["#tea"]\nschedule: { every: Tuesday, at: "12:00", zone: EST }\n---\n'),
      /chat\.md:3: zone "EST" has no summer time/,
    ],
    [
      "a forgotten author without the key",
      "removed.yml",
      (world) => write(world, "data/removed.yml", `- { author: "h1:${"0".repeat(64)}", reason: legal, on: 2026-11-22 }\n`),
      /removed\.key is missing: put it back from a backup/,
    ],
    [
      "a damaged database",
      "archive.db",
      (world) => truncateSync(join(world, "data/archive.db"), 8192),
      /damaged \(.*\): npx chatscribe check says more/,
    ],
    [
      "a file that is no database",
      "archive.db",
      (world) => write(world, "data/archive.db", "a letter\n".repeat(200)),
      /damaged \(file is not a database\)/,
    ],
    [
      "a newer database",
      "archive.db",
      (world) => new Database(join(world, "data/archive.db")).exec("PRAGMA user_version = 99").close(),
      /version 99, made by a newer Chatscribe \(this one knows \d+\): update Chatscribe/,
    ],
  ];
  for (const [what, name, spoil, says] of cases)
    it(what, async () => {
      const world = copyOf(full);
      spoil(world);
      const { code, out } = await doctor(world);
      assert.equal(code, 2, out);
      assert.match(about(out, name), /^look {2}/);
      assert.match(about(out, name), says);
    });
});

describe("doctor", () => {
  it("finds everything as it should be, one line each, and changes nothing", async () => {
    const world = copyOf(full);
    const before = tree(world);
    const { code, out, err } = await doctor(world);
    assert.equal(code, 0, out);
    const names = out
      .trimEnd()
      .split("\n")
      .map((line) => /^(?:ok|look) +([^:]+): \S/.exec(line)?.[1]);
    assert.deepEqual(names, [
      ...[
        "runtime",
        "time zones",
        "chat teachat",
        "clock",
        "credentials",
        "archive",
        "removed.yml",
        "archive.db",
        "work.db",
        "disk",
        "Chromium",
      ],
    ]);
    assert.equal(err, "Next: npx chatscribe status --archive data\n");
    assert.deepEqual(tree(world), before);
  });

  it("makes no database", async () => {
    const world = emptyWorld();
    const before = tree(world);
    const { code, out } = await doctor(world);
    assert.equal(code, 0);
    assert.match(about(out, "archive.db"), /^ok .*not there yet/);
    assert.deepEqual(tree(world), before);
  });

  it("never shows the token", async () => {
    const { out, err } = await doctor(full, { X_BEARER_TOKEN: "SECRETsecret123" });
    assert.match(about(out, "credentials"), /^ok .*X_BEARER_TOKEN is set/);
    assert.doesNotMatch(out + err, /secret123/i);
    assert.match(about((await doctor(full, { X_BEARER_TOKEN: "Bearer SECRET" })).out, "credentials"), /^look .*more than one word/);
    assert.match(about((await doctor(full)).out, "credentials"), /^ok .*not set; importing files needs none/);
  });

  it("shows the clock, and doubts one that CHATSCRIBE_NOW set or that is before the last import", async () => {
    assert.match(about((await doctor(full)).out, "clock"), /^ok .*2026-04-01T12:00:00Z$/);
    assert.match(about((await doctor(full, { CHATSCRIBE_NOW: "2026-04-01T12:00:00Z" })).out, "clock"), /^look .*CHATSCRIBE_NOW says so/);
    const { code, out } = await type(["doctor", "--archive", "data"], full, { now: () => Date.parse("2020-01-01T00:00:00Z") });
    assert.match(about(out, "clock"), /^look .*is before the last import \(2026-04-01\): set the machine's clock/);
    assert.equal(code, 0);
  });

  it("shows each chat's wall clock in its zone", async () =>
    assert.match(about((await doctor(full)).out, "chat teachat"), /Wednesday,? 1 April 2026 at 08:00 in America\/New_York$/));

  it("takes a damaged work.db lightly: it is made again", async () => {
    const world = copyOf(full);
    write(world, "data/work.db", "nothing of worth\n".repeat(100));
    const { code, out } = await doctor(world);
    assert.equal(code, 0);
    assert.match(about(out, "work.db"), /^look .*delete it: it is made again/);
  });

  it("looks for Chromium where CHROMIUM says, else on the PATH", async () => {
    const dir = tempDir();
    assert.match(about((await doctor(full, { CHROMIUM: join(dir, "none") })).out, "Chromium"), /^look .*only the browser tests need it/);
    assert.match(about((await doctor(full, { CHROMIUM: write(dir, "mine", "") })).out, "Chromium"), /^ok /);
  });
});
