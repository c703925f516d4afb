import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import type { Gap } from "../../src/model.ts";
import type { CoverageState } from "../../src/store/coverage.ts";
import { Store } from "../../src/store/store.ts";
import { line, makeArchive, run, write } from "../helpers.ts";

const WEEK = 7 * 24 * 60;
const SESSIONS = ["2026-03-03", "2026-03-10", "2026-03-17", "2026-03-24", "2026-03-31"];
const dir = makeArchive();

/** So many minutes after noon in New York: summer time is from 8 March on. */
const after = (session: string, minutes: number): number => Date.parse(`${session}T16:00:00Z`) + minutes * 60_000;

/** Writes down where a session's capture stands. */
function captured(session: string, state: Pick<CoverageState, "swept" | "settled">, gaps: readonly Gap[] = []): void {
  const store = Store.open(join(dir, "archive.db"));
  const [from, to] = [after(session, -15), after(session, 90)];
  store.transaction(() => {
    const key = { chat: "teachat", session };
    store.coverage.putState(key, { from, to, counted: 1, stopped: null, waitUntil: null, ...state });
    store.coverage.putGaps(key, gaps);
  });
  store.close();
}

const gap = (from: number): Gap => ({ from, to: from + 60_000, query: "#teachat", why: "limit reached" });

describe("status", () => {
  before(async () => {
    const tweets = SESSIONS.map((_, week) => line({ id: String(101 + week), time: week * WEEK + 2 })).join("");
    await run(["import", write(dir, "in.jsonl", tweets), "--chat", "teachat", "--archive", dir]);
    captured("2026-03-10", { swept: after("2026-03-10", 3 * 24 * 60), settled: true });
    captured("2026-03-17", { swept: after("2026-03-17", 3 * 24 * 60), settled: true }, [gap(1), gap(2)]);
    captured("2026-03-24", { swept: after("2026-03-24", 62), settled: true });
    captured("2026-03-31", { swept: after("2026-03-31", 127), settled: true }, [gap(1)]);
  });

  it("says how whole each session was captured, and nothing of those that were imported", async () => {
    const { out } = await run(["status", "--archive", dir]);
    const said = out.split("\n").flatMap((text) => /^(teachat\/\S+).*?draft(?: +(\S.*))?$/.exec(text)?.slice(1, 3) ?? []);
    assert.deepEqual(said, [
      ...["teachat/2026-03-03", undefined],
      ...["teachat/2026-03-10", "complete"],
      ...["teachat/2026-03-17", "incomplete: 2 gaps"],
      ...["teachat/2026-03-24", "next sweep 13:31 in New York"],
      ...["teachat/2026-03-31", "incomplete: 1 gap, next sweep 2026-04-01 13:30 in New York"],
    ]);
    assert.doesNotMatch(out, / \n/);
  });

  it("--json says the same as true, false or null", async () => {
    const { out } = await run(["status", "--json", "--archive", dir]);
    const { chats } = JSON.parse(out) as { chats: { sessions: Record<string, unknown>[] }[] };
    assert.deepEqual(
      chats[0]?.sessions.map(({ complete }) => complete),
      [null, true, false, null, false],
    );
    assert.deepEqual(Object.keys(chats[0]?.sessions[0] ?? {}), ["session", "tweets", "questions", "complete", "status", "hosts"]);
  });
});

describe("the site", () => {
  it("says it too", async () => {
    const { code, err } = await run(["build", "--out", join(dir, "site"), "--archive", dir]);
    assert.equal(code, 0, err);
    const page = (session: string): string => readFileSync(join(dir, "site/teachat", session, "index.html"), "utf8");
    assert.match(page("2026-03-03"), /<p>Imported from files: 1 tweet /);
    assert.match(page("2026-03-10"), /<p>Complete: captured from X, from /);
    assert.match(page("2026-03-17"), /<p class="banner" role="note">Incomplete: tweets from /);
  });
});
