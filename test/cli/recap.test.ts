import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { copyOf, fullWorld, type } from "./world.ts";

const full = await fullWorld();
const recap = (...args: string[]) => type(["recap", ...args, "--archive", "data"], copyOf(full));

describe("recap refuses", () => {
  for (const [name, says] of [
    ["teachat", /^chatscribe: "teachat" is a chat: name one session of it, as teachat\/2026-03-10$/m],
    ["teachat/2026-03-04", /^chatscribe: session "teachat\/2026-03-04" has no tweet and no file/],
    ["coffee/2026-03-03", /^chatscribe: chat "coffee" is not in data\/chats/],
  ] as const)
    it(name, async () => {
      const { code, out, err } = await recap(name);
      assert.deepEqual([code, out], [2, ""]);
      assert.match(err, says);
    });
});

describe("recap", () => {
  it("prints Markdown, and HTML on request", async () => {
    const { code, out, err } = await recap("teachat/2026-03-03");
    assert.equal(code, 0);
    assert.match(out, /^# .*\n\n\\#teachat on Tuesday 3 March 2026, hosted by @?ceylon\\?_sam: 6 tweets, 3 people, 2 questions\.\n/);
    assert.match(out, /^> A1 green, always #teachat$/m);
    assert.equal(err, "data: no url in site.yml, so links lead to X\nNext: npx chatscribe review teachat/2026-03-03 --archive data\n");
    assert.match((await recap("teachat/2026-03-03", "--html")).out, /<blockquote>\n<p>A1 green, always #teachat<\/p>/);
  });

  it("--json has the same text", async () => {
    const { out } = await recap("teachat/2026-03-03", "--json");
    const { session, recap: text } = JSON.parse(out) as { session: string; recap: string };
    assert.equal(session, "teachat/2026-03-03");
    assert.match(text, /^> A1 green, always #teachat$/m);
  });
});
