import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Archive } from "../../src/archive/archive.ts";
import type { SessionDates } from "../../src/archive/dates.ts";
import { line, makeArchive, run, SESSION, START, write } from "../helpers.ts";

const WEEK = 7 * 24 * 3_600_000;
const minute = (minutes: number): number => START + minutes * 60_000;

async function take(dir: string, now: string, lines: readonly string[], more: readonly string[] = []): Promise<void> {
  const file = write(dir, `in/${now.replaceAll(":", "")}.jsonl`, lines.join(""));
  const { code, err } = await run(["import", file, "--chat", "teachat", "--archive", dir, ...more], { now });
  assert.equal(code, 0, err);
}

function datesIn(dir: string, slug = SESSION): Omit<SessionDates, "came"> {
  const archive = Archive.open(dir);
  try {
    const chat = archive.chat("teachat");
    const { captured, changed } = archive.dates(chat, archive.session(chat, slug));
    return { captured, changed };
  } finally {
    archive.close();
  }
}

describe("the dates of a session", () => {
  it("are not those of another session's files", async () => {
    const dir = makeArchive();
    await take(dir, "2026-03-04T08:00:00Z", [line({ id: "1", time: 1 }), line({ id: "2", time: 9 })]);
    const before = datesIn(dir);
    assert.deepEqual(before, { captured: null, changed: Date.parse("2026-03-04T08:00:00Z") });
    await take(dir, "2026-03-11T08:00:00Z", [line({ id: "3", time: new Date(START + WEEK).toISOString() })]);
    assert.deepEqual(datesIn(dir), before);
    assert.equal(datesIn(dir, "2026-03-10").changed, Date.parse("2026-03-11T08:00:00Z"));
  });

  it("say when it came, where a file of its own brought it", async () => {
    const dir = makeArchive();
    await take(dir, "2026-03-04T08:00:00Z", [line({ id: "1", time: 1 })], ["--session", SESSION]);
    await take(dir, "2026-03-05T08:00:00Z", [line({ id: "2", time: 2 })], ["--session", SESSION]);
    const at = Date.parse("2026-03-05T08:00:00Z");
    assert.deepEqual(datesIn(dir), { captured: { kind: "import", at }, changed: at });
  });

  it("move with an edit, and when something is removed", async () => {
    const dir = makeArchive();
    const edited = Date.parse("2026-03-06T09:00:00Z");
    await take(dir, "2026-03-04T08:00:00Z", [line({ id: "1", time: 1 }), line({ id: "2", author: "bob", time: 9, edited })]);
    assert.equal(datesIn(dir).changed, edited);
    const { code, err } = await run(["forget", "1", "--archive", dir], { now: "2026-03-07T10:11:12Z" });
    assert.equal(code, 0, err);
    assert.equal(datesIn(dir).changed, Date.parse("2026-03-07T10:11:12Z"));
  });

  it("are those of its tweets where the clock was wrong, and its hour's where there is none", async () => {
    const dir = makeArchive({ notes: { [SESSION]: "---\ntitle: Tea\n---\n" } });
    assert.deepEqual(datesIn(dir), { captured: null, changed: START });
    await take(dir, "2020-01-01T00:00:00Z", [line({ id: "1", time: 7 })]);
    assert.equal(datesIn(dir).changed, minute(7));
  });
});
