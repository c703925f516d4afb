import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { makeArchive, run, SESSION, tempDir, write } from "../helpers.ts";
import { longSession, weightOf } from "./weight.ts";

const DEMO = fileURLToPath(new URL("../../data/demo/", import.meta.url));

async function done(args: readonly string[]): Promise<void> {
  const { code, err } = await run(args);
  assert.equal(code, 0, err);
}

/** The demo's sessions, and what each may weigh as a multiple of its text: a little more than it does. The design's aim is 1.6. A bare
 *  list of what every tweet must have (id, name, handle, permanent link, link to X, time, words) is 1.35 to 1.45 of these by itself. */
const MOST: Readonly<Record<string, number>> = {
  "2026-10-20": 2.12,
  "2026-10-27": 2.3,
  "2026-10-27-2130": 2.52,
  "2026-11-03": 2.36,
};

describe("a session's page", () => {
  it("weighs little more than its text: those of the demo", async () => {
    const archive = tempDir();
    const out = tempDir();
    for (const name of ["chats", "site.yml"]) cpSync(join(DEMO, name), join(archive, name), { recursive: true });
    await done(["import", join(DEMO, "tweets.jsonl"), "--chat", "mendchat", "--archive", archive]);
    await done(["build", "--archive", archive, "--out", out]);
    for (const [slug, most] of Object.entries(MOST)) {
      const { page, text, ratio } = weightOf(join(out, "mendchat", slug));
      assert.ok(ratio < most, `${slug}: ${page} bytes to ${text}: ${ratio}`);
    }
  });

  it("weighs little more than its text: one of 500 tweets", async () => {
    const archive = makeArchive();
    const out = tempDir();
    await done(["import", write(tempDir(), "long.jsonl", longSession(500).join("")), "--chat", "teachat", "--archive", archive]);
    await done(["build", "--archive", archive, "--out", out]);
    const { page, text, ratio } = weightOf(join(out, "teachat", SESSION));
    assert.ok(ratio < 2.45, `${page} bytes to ${text}: ${ratio}`);
  });
});
