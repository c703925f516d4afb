import assert from "node:assert/strict";
import { createServer } from "node:net";
import { describe, it } from "node:test";
import { write } from "../helpers.ts";
import { copyOf, emptyWorld, fullWorld, notes, type } from "./world.ts";

const full = await fullWorld();
const review = (world: string, ...args: string[]) =>
  type(["review", ...args, "--archive", "data"], world, { stopped: () => Promise.resolve() });

describe("review --open", () => {
  it("refuses a port that is none, and one without --open", async () => {
    const odd = await review(copyOf(full), "teachat/2026-03-03", "--open", "--port", "x");
    assert.deepEqual([odd.code, odd.err], [2, 'chatscribe: review: --port must be a number from 0 to 65535, not "x"\n']);
    const alone = await review(copyOf(full), "teachat/2026-03-03", "--port", "8080");
    assert.deepEqual([alone.code, alone.err], [2, "chatscribe: review: --port goes with --open\n"]);
  });

  it("refuses a port that is taken, a session that is not there, one without tweets, and a file that is wrong", async () => {
    const other = createServer();
    await new Promise<void>((ready) => other.listen(0, "127.0.0.1", ready));
    const address = other.address();
    const port = typeof address === "object" ? String(address?.port) : "";
    const taken = await review(copyOf(full), "teachat/2026-03-03", "--open", "--port", port);
    other.close();
    assert.deepEqual([taken.code, taken.out, taken.err], [2, "", `chatscribe: port ${port} is taken; name another with --port\n`]);
    const none = await review(copyOf(full), "teachat/2026-03-04", "--open");
    assert.equal(none.code, 2);
    assert.match(none.err, /^chatscribe: session "teachat\/2026-03-04" has no tweet and no file; did you mean "2026-03-0\d"\?\n$/);
    const empty = emptyWorld();
    write(empty, "data/chats/teachat/2026-03-03.md", notes("title: Milk"));
    const bare = await review(empty, "teachat/2026-03-03", "--open");
    assert.equal(bare.code, 2);
    assert.equal(
      bare.err,
      "chatscribe: teachat/2026-03-03 has no tweets yet; add some: npx chatscribe import <file> --chat teachat --archive data\n",
    );
    const wrong = copyOf(full);
    write(wrong, "data/chats/teachat/2026-03-03.md", notes("titel: Milk"));
    assert.match(
      (await review(wrong, "teachat/2026-03-03", "--open")).err,
      /^chatscribe: data\/chats\/teachat\/2026-03-03\.md:2: unknown key "titel"/,
    );
  });

  it("prints the address as one line, and ends with Ctrl-C", async () => {
    const { code, out, err } = await review(copyOf(full), "teachat/2026-03-03", "--open");
    assert.equal(code, 0);
    assert.match(out, /^http:\/\/127\.0\.0\.1:\d+\/[\w-]{32}\/\n$/);
    assert.equal(err, "Ctrl-C ends it.\nNext: npx chatscribe build --archive data\n");
  });
});
