import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { tempDir, write } from "../helpers.ts";
import { emptyWorld, type } from "./world.ts";

/** A folder with a chat of this front matter. */
function chatOf(yaml: string): string {
  const cwd = tempDir();
  write(cwd, "data/chats/tea/chat.md", `---\ntags: ["#tea"]\n${yaml}\n---\n`);
  return cwd;
}

const next = (cwd: string, at: string, ...args: string[]) =>
  type(["next", ...args, "--archive", "data"], cwd, { now: () => Date.parse(at), zone: "Asia/Tokyo" });

describe("next refuses", () => {
  for (const [args, says] of [
    [["--count", "0"], 'next: --count must be a number from 1 to 50, not "0"'],
    [["--count", "x"], 'next: --count must be a number from 1 to 50, not "x"'],
    [["teachta"], 'chat "teachta" is not in data/chats; did you mean "teachat"?'],
  ] as const)
    it(args.join(" "), async () => {
      const { code, out, err } = await next(emptyWorld(), "2026-03-01T00:00:00Z", ...args);
      assert.deepEqual([code, out, err], [2, "", `chatscribe: ${says}\n`]);
    });
});

describe("next", () => {
  it("names the hour in the chat's zone, in UTC and in the reader's, with the day where it is another", async () => {
    const cwd = chatOf('schedule: { every: Tuesday, at: "21:00", zone: America/New_York }');
    const { out, err } = await next(cwd, "2026-03-01T00:00:00Z", "--count", "2");
    assert.equal(
      out,
      `tea: Every Tuesday, 21:00 to 22:00 in New York
2026-03-03       Tue 3 Mar, 21:00 in New York · Wed 02:00 UTC · Wed 11:00 in Tokyo
2026-03-10       Tue 10 Mar, 21:00 in New York · Wed 01:00 UTC · Wed 10:00 in Tokyo
`,
    );
    assert.equal(err, "Next: npx chatscribe plan tea/2026-03-03 --archive data\n");
  });

  it("leaves out the weeks that are left out, and says so", async () => {
    const cwd = chatOf('schedule: { every: Tuesday, at: "12:00", except: [2026-03-10, 2027-01-05] }');
    const { out } = await next(cwd, "2026-03-01T00:00:00Z", "tea", "--count", "2");
    assert.equal(
      out,
      `tea: Every Tuesday, 12:00 to 13:00 UTC; not on 2026-03-10
2026-03-03       Tue 3 Mar, 12:00 UTC · 21:00 in Tokyo
2026-03-17       Tue 17 Mar, 12:00 UTC · 21:00 in Tokyo
`,
    );
  });

  it("puts noon in New York in July at 16:00 UTC, as the chat of 2009 did", async () => {
    const cwd = chatOf('schedule: { every: Tuesday, at: "12:00", zone: America/New_York }');
    const { out } = await next(cwd, "2009-07-20T00:00:00Z", "--json");
    const { chats } = JSON.parse(out) as { chats: { chat: string; next: { session: string; start: string; end: string }[] }[] };
    assert.equal(chats[0]?.next.length, 4);
    assert.deepEqual(chats[0]?.next[0], {
      session: "2009-07-21",
      start: "2009-07-21T16:00:00.000Z",
      end: "2009-07-21T17:00:00.000Z",
      zone: "America/New_York",
    });
  });

  it("says where there is no rhythm, and no session to come", async () => {
    assert.match((await next(chatOf("hosts: [sam]"), "2026-03-01T00:00:00Z")).out, /^tea: no fixed rhythm; a session's own file says/);
    const over = chatOf('schedule: { every: Tuesday, at: "12:00", until: 2026-02-01 }');
    assert.equal((await next(over, "2026-03-01T00:00:00Z")).out, "tea: Every Tuesday, 12:00 to 13:00 UTC; no session to come\n");
  });
});
