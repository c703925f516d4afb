import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "node:test";
import { Archive } from "../../src/archive/archive.ts";
import type { Context, Effects } from "../../src/cli/command.ts";
import { syncOver } from "../../src/cli/sync.ts";
import { type ExitCode, UserError } from "../../src/errors.ts";
import type { FaultKind } from "../../src/source/network.ts";
import { takeLock } from "../../src/store/open.ts";
import { SmallNetwork, StillClock } from "../capture/small-network.ts";
import { type Ran, write } from "../helpers.ts";
import { copyOf, fullWorld, tree, type } from "./world.ts";

const full = await fullWorld();

/** A copy of the tea chat's archive, and a network that still has all of it. */
function world() {
  const dir = join(copyOf(full), "data");
  const archive = Archive.open(dir);
  const clock = new StillClock("2026-04-01T12:00:00Z");
  const network = new SmallNetwork(clock, archive.store.tweets(archive.store.absences.held(null)));
  archive.close();
  return { dir, clock, network };
}

type World = ReturnType<typeof world>;

interface Typed {
  readonly words?: readonly string[];
  readonly options?: Context["options"];
  readonly json?: boolean;
  readonly stopped?: Effects["stopped"];
}

const forEver = (): Promise<void> => new Promise(() => {});

/** Runs the command over the small network. */
async function sync(
  { dir, clock, network }: World,
  { words = [], options = {}, json = false, stopped = forEver }: Typed = {},
): Promise<Ran> {
  let out = "";
  let err = "";
  const tell = (line: string): void => effects.err(`${line}\n`);
  const effects: Effects = {
    out(text) {
      out += text;
    },
    err(text) {
      err += text;
    },
    now: clock.now,
    clock,
    env: {},
    cwd: dir,
    terminal: false,
    ask: () => Promise.reject(new Error("nobody to ask")),
    stopped,
  };
  const context: Context = {
    effects,
    words,
    options,
    archive: dir,
    json,
    quiet: false,
    result: (object, lines) => effects.out(`${json ? JSON.stringify(object) : lines.join("\n")}\n`),
    say: tell,
    warn: tell,
    next: (command) => (json ? undefined : tell(`Next: ${command}`)),
  };
  let code: ExitCode;
  try {
    code = await syncOver(() => network).run(context);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    code = error.code;
    tell(error.message);
  }
  return { code, out, err };
}

describe("sync refuses", () => {
  const cases: readonly (readonly [what: string, args: string, says: string])[] = [
    ["a number that is none", "sync --max-posts many", 'sync: --max-posts must be a whole number, as 1000, not "many"'],
    ["to read nothing", "sync --max-posts 0", 'sync: --max-posts must be a whole number, as 1000, not "0"'],
    ["a chat that is not there", "sync teachatt", 'chat "teachatt" is not in data/chats; did you mean "teachat"?'],
    ["two sessions", "sync teachat/2026-03-03 teachat/2026-03-10", 'sync: "teachat/2026-03-10" is one word too many'],
    ["an option it does not know", "sync --force", "sync: unknown option --force"],
  ];
  for (const [what, args, says] of cases)
    it(`${what}, and writes nothing`, async () => {
      const cwd = copyOf(full);
      const before = tree(cwd);
      const { code, out, err } = await type([...args.split(" "), "--archive", "data"], cwd);
      assert.deepEqual([code, out], [2, ""]);
      assert.ok(err.startsWith(`chatscribe: ${says}`), err);
      assert.deepEqual(tree(cwd), before);
    });

  it("a session that is not there", async () => {
    const { code, err } = await sync(world(), { words: ["teachat/2026-03-04"] });
    assert.equal(code, 2);
    assert.match(err, /session "teachat\/2026-03-04" has no tweet and no file/);
  });

  it("while another writes: 6", async () => {
    const one = world();
    const lock = takeLock(join(one.dir, "archive-lock.db"), "archive.db");
    try {
      assert.equal((await sync(one)).code, 6);
    } finally {
      lock.release();
    }
  });
});

describe("sync that cannot go on", () => {
  const cases: readonly (readonly [kind: FaultKind, code: ExitCode, says: string])[] = [
    [
      "credentials",
      4,
      "X said no: the token is not taken: set X_BEARER_TOKEN to the bearer token of your app. Saved what 0 tweets said. Continue: ",
    ],
    ["forbidden", 4, "X said no. Saved what 0 tweets said. Continue: "],
    ["credit", 5, "X said no: the credit is used up: buy some at developer.x.com. Saved what 0 tweets said. Continue at 13:00 UTC: "],
    ["limit", 5, "X said no. Saved what 0 tweets said. Continue at 12:10 UTC: "],
    ["refused", 3, "X said no. Saved what 0 tweets said. Continue: "],
    ["too large", 3, "X said no. Saved what 0 tweets said. Continue: "],
  ];
  for (const [kind, code, says] of cases)
    it(`${kind}: ${code}, and what to type`, async () => {
      const one = world();
      one.network.faults.push(kind);
      const ran = await sync(one);
      assert.equal(ran.code, code);
      assert.ok(ran.err.includes(`${says}npx chatscribe sync\n`), ran.err);
    });

  it("tries eight times, then says so: 3", async () => {
    const one = world();
    one.network.faults.push(...Array.from({ length: 9 }, () => "transient" as const));
    const ran = await sync(one);
    assert.equal(ran.code, 3);
    assert.match(ran.err, /X said no, 8 times\. Saved what 0 tweets said\. Continue: /);
    assert.equal(one.network.asked.length, 8);
  });

  it("is stopped by a person: 130", async () => {
    const ran = await sync(world(), { stopped: () => Promise.resolve() });
    assert.equal(ran.code, 130);
    assert.match(ran.err, /^Saved what 0 tweets said\. Continue: npx chatscribe sync$/m);
  });
});

describe("sync", () => {
  it("says what it asks for and what that may cost, what it found, and what comes next", async () => {
    const one = world();
    one.network.take(["104"], "deleted");
    const { code, out, err } = await sync(one);
    assert.equal(code, 0);
    assert.equal(out, "9 tweets asked for, 8 there, 1 hidden; 1 request, $0.04\n");
    assert.equal(err, "asking X for 9 tweets: at most $0.05\nNext: npx chatscribe build\n");
    one.clock.hours(6);
    assert.equal((await sync(one)).out, "9 tweets asked for, 8 there, 0 hidden, 1 tweet erased; 1 request, $0.00\n");
  });

  it("--json: one object, no hint", async () => {
    const one = world();
    one.network.take(["104"], "suspended");
    await sync(one);
    one.network.take(["104"], null);
    one.clock.hours(24);
    const { out, err } = await sync(one, { json: true });
    assert.deepEqual(JSON.parse(out), {
      asked: 9,
      present: 9,
      hidden: 0,
      erased: 0,
      shown_again: 1,
      requests: 1,
      cost_usd: 0.045,
      stopped: "end",
    });
    assert.doesNotMatch(err, /Next/);
  });

  it("--max-posts: 0, it goes on the next time", async () => {
    const one = world();
    const { code, out } = await sync(one, { options: { "max-posts": "4" } });
    assert.equal(code, 0);
    assert.match(out, /^4 tweets asked for, 4 there/);
    await sync(one, { options: { "max-posts": "4" } });
    assert.deepEqual(one.network.asked.slice(0, 2), [
      ["101", "102", "103", "104"],
      ["105", "106", "201", "202"],
    ]);
  });

  it("of a session asks for that one's tweets, of a chat for those in no session too", async () => {
    const one = world();
    await sync(one, { words: ["teachat/2026-03-10"] });
    await sync(one, { words: ["teachat"] });
    assert.deepEqual(one.network.asked[0], ["201", "202"]);
    assert.ok(one.network.asked[1]?.includes("301"));
  });

  it("names the lines that only a person can put right: 3", async () => {
    const one = world();
    one.network.take(["105"], "deleted");
    write(one.dir, "chats/teachat/2026-03-03.md", "---\ntitle: Leaves\n---\nThey asked: Q2 milk first, or tea first?\n");
    await sync(one);
    one.clock.hours(6);
    const { code, err } = await sync(one);
    assert.equal(code, 3);
    assert.match(err, /2026-03-03\.md:4: it still says what is removed: rewrite the line/);
  });

  it("does not believe that too much is gone: 3, one line, until --yes", async () => {
    const one = world();
    const [first] = one.network.tweets.values();
    assert.ok(first !== undefined);
    const archive = Archive.open(one.dir);
    archive.store.transaction(() => {
      for (let n = 0; n < 21; n++) {
        const tweet = { ...first, id: String(701 + n), text: `leaf ${n}` };
        archive.store.add({ tweet, context: false, session: null, rounded: { replyTo: null, repostOf: null }, repaired: false });
      }
    });
    archive.close();
    const { code, err } = await sync(one);
    assert.equal(code, 3);
    assert.match(err, /^X says that 21 tweets of 30 vanished at once: none is hidden; if you believe it: npx chatscribe sync --yes$/m);
    const sure = await sync(one, { options: { yes: true } });
    assert.equal(sure.code, 0);
    assert.match(sure.out, /21 hidden/);
  });
});
