import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { curtain, makeArchive, openStandIn, play } from "../../scripts/demo-capture.ts";
import { ROOT } from "../../src/cli/paths.ts";
import { sleep } from "../../src/clock.ts";
import { type Ran, run, tempDir } from "../helpers.ts";
import { VirtualClock } from "../x/clock.ts";

interface Line {
  readonly id: string;
  readonly text: string;
  readonly author: string;
  readonly created_at: string;
  readonly reply_to: string | null;
  readonly quotes: string | null;
  readonly repost_of: string | null;
  readonly media: readonly { readonly file: string | null; readonly alt: string | null }[];
  readonly context?: boolean;
  readonly label: string | null;
  readonly section: string;
  readonly parent: string | null;
}

const SESSION = "mendchat/2026-11-03";
const linesOf = (text: string): Line[] =>
  text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);
/** Links that the stand-in makes have other names: `https://t.co/GMzHdMKq9v` */
const told = ({ id, text, author, created_at, reply_to, quotes }: Line) => ({
  id,
  text: text.replace(/https:\/\/t\.co\/\w+/g, "https://t.co/…"),
  author,
  created_at,
  reply_to,
  quotes,
});

describe("npm run demo -- --capture", () => {
  const archive = tempDir();
  const err: string[] = [];
  const out: string[] = [];
  let ended: Ran["code"];
  let captured: readonly Line[];
  let bundled: readonly Line[];
  before(async () => {
    const { window } = makeArchive(archive);
    const clock = new VirtualClock(curtain(window));
    const standIn = openStandIn(clock);
    standIn.url = "http://127.0.0.1";
    const stage = {
      clock: Object.assign(clock, { skipTo: (time: number) => sleep(clock, time - clock.now()) }),
      url: standIn.url,
      agent: standIn.agent(),
      archive,
      effects: {
        out: (text: string) => void out.push(text),
        err: (text: string) => void err.push(text),
        terminal: false,
        stopped: () => new Promise<void>(() => {}),
      },
    };
    ended = await clock.run(play(stage, window));
    standIn.close();
    captured = linesOf((await run(["export", SESSION, "--format", "jsonl", "--archive", archive])).out);
    const whole = tempDir();
    makeArchive(whole);
    await run(["import", join(ROOT, "data/demo/tweets.jsonl"), "--chat", "mendchat", "--archive", whole]);
    bundled = linesOf((await run(["export", SESSION, "--format", "jsonl", "--archive", whole])).out);
  });

  const session = (lines: readonly Line[]) => lines.filter(({ context, repost_of }) => context !== true && repost_of === null).map(told);

  it("ends well, and says that the session is complete", () => {
    assert.equal(ended, 0, err.join(""));
    assert.match(out.join(""), /^complete as of Wed 4 Nov, 20:31 \(Europe\/London\)$/m);
  });

  it("keeps every tweet of the session, as the import of the bundled file does; X gives no reposts", () => {
    assert.equal(session(bundled).length, 168);
    assert.deepEqual(session(captured), session(bundled));
  });

  it("keeps the pictures", () => {
    const media = captured.flatMap((line) => line.media);
    assert.equal(media.length, 1);
    for (const { file, alt } of media) {
      assert.match(alt ?? "", /terrier/);
      assert.ok(readFileSync(join(archive, "media", file ?? "none")).length > 0);
    }
  });

  it("places them as it places those of the file", () => {
    const places = (lines: readonly Line[]) =>
      lines.filter((line) => line.repost_of === null).map(({ id, label, section, parent }) => ({ id, label, section, parent }));
    assert.deepEqual(places(captured), places(bundled));
  });

  it("shows what it types, and a line a minute", () => {
    assert.equal(err.filter((text) => text.startsWith("$ npx chatscribe capture ")).length, 2);
    assert.ok(err.filter((text) => /^\d\d:\d\d ▕/.test(text)).length > 60);
  });
});
