import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { Archive } from "../../src/archive/archive.ts";
import { importFile } from "../../src/capture/import.ts";
import type { PlacedTweet, Transcript } from "../../src/model.ts";
import { openImport } from "../../src/source/file.ts";

const DEMO = join(import.meta.dirname, "../../data/demo");
/** Where a careful reader files each tweet: a question's label, a section, `side:<id that asks>`, `spam` or `repost`. */
const INTENDED = JSON.parse(readFileSync(join(import.meta.dirname, "../fixtures/demo-intended.json"), "utf8")) as Record<string, string>;

describe("the demo archive", () => {
  let dir = "";
  let archive: Archive;
  before(async () => {
    dir = mkdtempSync(join(tmpdir(), "demo-"));
    for (const name of ["chats", "removed.yml"]) cpSync(join(DEMO, name), join(dir, name), { recursive: true });
    archive = Archive.open(dir);
    const chat = archive.chat("mendchat");
    const file = await openImport(join(DEMO, "tweets.jsonl"), { chat: chat.slug, session: null });
    const report = await importFile(archive, file, chat, { session: null, now: 0 });
    assert.equal(report.refused, 0);
  });
  after(() => {
    archive.close();
    rmSync(dir, { recursive: true });
  });

  const transcripts = (): Transcript[] => {
    const chat = archive.chat("mendchat");
    return archive.sessions(chat).map((session) => archive.transcript(chat, session));
  };

  it("has four sessions in three weeks, two of them on one day", () => {
    assert.deepEqual(
      transcripts().map((t) => t.session.slug),
      ["2026-10-20", "2026-10-27", "2026-10-27-2130", "2026-11-03"],
    );
    assert.ok(transcripts().reduce((n, t) => n + t.placed.length, 0) >= 360);
  });

  it("its notes name no tweet that is not there", () =>
    assert.deepEqual(
      transcripts().flatMap((t) => t.unmatched),
      [],
    ));

  it("has one removed tweet, and an answer to it that says so", () => {
    const [{ tweet } = { tweet: "" }, ...more] = transcripts().flatMap((t) => t.tombstones);
    assert.deepEqual([tweet, more], ["2115161012586941569", []]);
    const answers = transcripts().flatMap((t) => t.placed.filter((p) => p.tweet.replyTo === tweet && t.removed.has(tweet)));
    assert.equal(answers.length, 1);
  });

  it("is filed where a careful reader would file it, but for one tweet in a hundred", () => {
    const wrong = transcripts().flatMap((t) =>
      t.placed.filter((p) => INTENDED[p.tweet.id] !== undefined && filed(t, p) !== INTENDED[p.tweet.id]),
    );
    assert.ok(wrong.length <= 6, wrong.map((p) => `${p.tweet.id} ${p.tweet.text}`).join("\n"));
  });
});

function filed({ questions }: Transcript, { tweet, placement: p }: PlacedTweet): string {
  if (tweet.repostOf !== null) return "repost";
  const question = questions.find((q) => q.number === p.question);
  if (question !== undefined) return question.side ? `side:${question.asks[0]}` : question.label;
  return p.reason === "spam?" ? "spam" : p.section;
}
