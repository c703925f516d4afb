import assert from "node:assert/strict";
import { chmodSync } from "node:fs";
import { Agent } from "node:http";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, it } from "node:test";
import { takeLock } from "../../src/store/open.ts";
import { write } from "../helpers.ts";
import { faultsAt } from "../x/faults.ts";
import { emptyFolder, HOUR, iso, MINUTE, post, type Scene, type SceneOptions, scene, smallHour, TOKEN } from "./capture-world.ts";
import { tree, type } from "./world.ts";

const SESSION = "teachat/2026-03-03";
const RANGE = `--from ${iso(0)} --to ${iso(60)}`;
const WEEK = 7 * 24 * 60;

/** A small hour that is over, and an archive that has been opened before. */
async function over(options: SceneOptions = {}): Promise<Scene> {
  const hour = scene({ posts: Object.values(smallHour()), ...options });
  assert.equal((await hour.type("status")).code, 0);
  const lock = takeLock(join(hour.dir, "archive-lock.db"), "archive.db");
  lock.release();
  return hour;
}

/** One line on stderr, nothing on stdout, nothing asked, nothing written. */
async function refuses(hour: Scene, words: string, { code, says, env }: { code: number; says: string; env?: Record<string, string> }) {
  const before = tree(hour.cwd);
  const ran = await hour.type(words, env === undefined ? {} : { env });
  assert.deepEqual([ran.code, ran.out], [code, ""], ran.err);
  assert.equal(ran.err.split("\n").length, 2, ran.err);
  assert.ok(ran.err.startsWith(`chatscribe: ${says}`), ran.err);
  assert.equal(hour.x.requests, 0);
  assert.deepEqual(tree(hour.cwd), before);
}

describe("capture refuses", () => {
  const cases: readonly (readonly [what: string, words: string, says: string])[] = [
    ["a chat that is not there", "teachatt", 'chat "teachatt" is not in data/chats; did you mean "teachat"?'],
    ["a session that cannot be", "teachat/soon", '"soon" is no session: write its date, as 2009-07-21'],
    ["three names", "teachat/2026-03-03/1", '"teachat/2026-03-03/1" is no session: write <chat>/<session>'],
    ["two sessions", `${SESSION} teachat/2026-03-10`, 'capture: "teachat/2026-03-10" is one word too many'],
    ["a day without a sitting", "teachat/2026-03-04", "data/chats/teachat/2026-03-04.md: says no start, and the schedule of chat"],
    ["a session that is still to come", "teachat/2026-03-10", "capture: teachat/2026-03-10 begins Tue 10 Mar, 11:45 (America/New_York): "],
    ["--from alone", `teachat --from ${iso(0)}`, "capture: --to is missing: --from and --to come together"],
    ["--to alone", `teachat --to ${iso(0)}`, "capture: --from is missing: --from and --to come together"],
    ["a range of nothing", `teachat --from ${iso(0)} --to ${iso(0)}`, "capture: --to 2026-03-03T17:00:00.000Z is not after --from"],
    ["a range backwards", `teachat --from ${iso(9)} --to ${iso(0)}`, "capture: --to 2026-03-03T17:00:00.000Z is not after --from"],
    ["a time without a zone", `teachat --from 2026-03-03T17:00:00 --to ${iso(60)}`, 'capture: --from "2026-03-03T17:00:00" is no time'],
    ["a range of no chat", RANGE, "capture: --from and --to need a chat"],
    ["a range in the future", `teachat --from ${iso(WEEK)} --to ${iso(2 * WEEK)}`, "capture: teachat begins Tue 10 Mar, "],
    ["a range that is due", `teachat --due ${RANGE}`, "capture: --from and --to say what is captured: leave out --due and --follow"],
    ["a range to follow", `teachat --follow ${RANGE}`, "capture: --from and --to say what is captured: leave out --due and --follow"],
    ["a dry run of what is due", "--dry-run --due", "capture: --dry-run asks nothing: leave out --due and --follow"],
    ["a dry run to follow", "teachat --dry-run --follow", "capture: --dry-run asks nothing: leave out --due and --follow"],
    ["fewer posts than a page", `${SESSION} --max-posts 9`, "capture: --max-posts must be a whole number of at least 10"],
    ["no posts", `${SESSION} --max-posts 0`, "capture: --max-posts must be a whole number of at least 10"],
    ["a number that is none", `${SESSION} --max-posts 1e3`, "capture: --max-posts must be a whole number of at least 10"],
    ["posts without a number", `${SESSION} --max-posts`, "capture: --max-posts needs a value"],
    ["a token as an argument", `${SESSION} --token ${TOKEN}`, "capture: unknown option --token; --help lists the options"],
  ];
  for (const [what, words, says] of cases)
    it(`${what}: 2, one line, nothing asked or written`, async () => refuses(await over(), `capture ${words}`, { code: 2, says }));

  it("an archive without a chat", async () => {
    const { code, err } = await type(["capture", "--archive", emptyFolder()], "/");
    assert.equal(code, 2);
    assert.match(err, /^chatscribe: [^\n]+\n$/);
  });

  it("to choose among chats", async () => {
    const hour = await over();
    write(hour.dir, "chats/mendchat/chat.md", '---\ntags: ["#mendchat"]\n---\n');
    await refuses(hour, "capture", { code: 2, says: "capture: say which chat, one of mendchat, teachat, or --due" });
  });

  it("a chat that met in no session of the last week", async () => {
    const hour = await over({ chat: '---\ntags: ["#teachat"]\n---\n' });
    await refuses(hour, "capture teachat", { code: 2, says: 'capture: chat "teachat" had no session in the last week: name one' });
  });

  it("when removed.yml names authors and removed.key is missing: a forgotten author must not come back", async () => {
    const hour = await over();
    write(hour.dir, "removed.yml", `- { author: "h1:${"a".repeat(64)}", reason: author-request, on: 2026-03-01 }\n`);
    for (const how of ["", " --follow", " --dry-run"])
      await refuses(hour, `capture ${SESSION}${how}`, {
        code: 2,
        says: "data/removed.yml: it names authors, but data/removed.key is missing",
      });
    await refuses(hour, "capture --due", { code: 2, says: "data/removed.yml: it names authors, but data/removed.key is missing" });
  });
});

describe("capture without a token it can use: 4", () => {
  const none: readonly (readonly [what: string, env: Record<string, string>, says: string])[] = [
    ["none", {}, "no token: set X_BEARER_TOKEN to the bearer token of your app"],
    ["an empty one", { X_BEARER_TOKEN: " " }, "no token: set X_BEARER_TOKEN"],
    ["two words", { X_BEARER_TOKEN: "open sesame" }, "X_BEARER_TOKEN: holds no bearer token (one word, without quotes or spaces)"],
    ["quotes", { X_BEARER_TOKEN: '"sesame"' }, "X_BEARER_TOKEN: holds no bearer token"],
    ["a line in it", { X_BEARER_TOKEN: "ses\name" }, "X_BEARER_TOKEN: holds no bearer token"],
  ];
  for (const [what, env, says] of none)
    it(`${what}, in the environment`, async () => refuses(await over(), `capture ${SESSION}`, { code: 4, says, env }));

  const files: readonly (readonly [what: string, content: string | null, mode: number, says: string])[] = [
    ["is missing", null, 0o600, "token: no such file: put the bearer token there, mode 600"],
    ["may be read by others", TOKEN, 0o640, "token: others may read it: chmod 600 "],
    ["may be read by everybody", TOKEN, 0o604, "token: others may read it: chmod 600 "],
    ["holds two words", "open sesame", 0o600, "token: holds no bearer token"],
    ["holds nothing", "\n", 0o600, "token: holds no bearer token"],
  ];
  for (const [what, content, mode, says] of files)
    it(`a token file that ${what}`, async () => {
      const hour = await over();
      if (content !== null) chmodSync(write(hour.cwd, "token", content), mode);
      await refuses(hour, `capture ${SESSION} --token-file token`, { code: 4, says });
    });

  it("a token file that is a folder", async () =>
    refuses(await over(), `capture ${SESSION} --token-file data`, { code: 4, says: "data: no such file" }));

  it("one that X does not take: nothing is held, and it says what to do", async () => {
    const hour = scene({ posts: Object.values(smallHour()), token: "another" });
    const { code, out, err } = await hour.type(`capture ${SESSION}`);
    assert.equal(code, 4);
    assert.equal(
      err,
      "X answered 401: the token is not taken: set X_BEARER_TOKEN to the bearer token of your app. Saved 0 tweets. Continue: npx chatscribe capture teachat/2026-03-03 --archive data\n",
    );
    assert.match(out, /^teachat\/2026-03-03: 0 tweets, 0 new; 1 request, \$0\.00$/m);
    assert.equal(hour.x.requests, 1);
  });

  it("one that is taken no more half way: what came is kept, the rest is declared, a good one goes on", async () => {
    const hour = scene({ posts: Object.values(smallHour()), pageCap: 2, faults: faultsAt({ "search 2": "401" }) });
    const first = await hour.json(`capture ${SESSION}`);
    assert.equal(first.stopped, "credentials");
    assert.equal(first.stored, 2);
    assert.equal((first.gaps as unknown[]).length, 3);
    const second = await hour.json(`capture ${SESSION}`);
    assert.deepEqual([second.stored, second.untagged, second.complete, second.gaps], [5, 1, true, []]);
  });

  it("of a client that may not read the full archive, for a window older than seven days", async () => {
    const hour = scene({ posts: Object.values(smallHour()), now: 2 * WEEK, fullArchive: false });
    const { code, err } = await hour.type(`capture ${SESSION}`);
    assert.equal(code, 4);
    assert.match(
      err,
      /^X answered 403: Your client is not permitted to read the full archive: the token has no access to this \(tweets older/m,
    );
    assert.equal((await hour.json(`capture ${SESSION}`)).stopped, "no access");
  });
});

describe("capture where X_API_URL leads elsewhere: 2", () => {
  const urls = [
    "http://api.example.org",
    "http://10.0.0.1:80",
    "ftp://127.0.0.1",
    "api.x.com",
    "https://amy:pw@api.x.com",
    "http://127.0.0.1.example.org",
  ];
  for (const url of urls)
    it(url, async () =>
      refuses(await over(), `capture ${SESSION}`, {
        code: 2,
        says: "X_API_URL: must be an https address, or http on this machine",
        env: { X_BEARER_TOKEN: TOKEN, X_API_URL: url },
      }),
    );
});

describe("capture that cannot go on", () => {
  it("without credit: 5, declared, and the same command goes on when there is some", async () => {
    const hour = scene({ posts: Object.values(smallHour()), pageCap: 3, credit: 2 });
    const { code, err } = await hour.type(`capture ${SESSION}`);
    assert.equal(code, 5);
    assert.match(
      err,
      /^X answered 402: the credit is used up: buy some at developer\.x\.com\. Saved \d tweets up to .* UTC\. Continue: npx chatscribe capture teachat\/2026-03-03 --archive data$/m,
    );
    hour.x.credit.add(1000);
    const again = await hour.json(`capture ${SESSION}`);
    assert.deepEqual([again.stored, again.untagged, again.complete, again.gaps], [5, 1, true, []]);
  });

  it("without credit under --due: is silent for an hour, then asks again", async () => {
    const hour = scene({ posts: Object.values(smallHour()), now: 62, credit: 0 });
    // the sitting of the week before has fallen due as well
    assert.equal((await hour.type(`capture ${SESSION} --due`)).code, 5);
    const before = hour.x.requests;
    await hour.until(121);
    assert.deepEqual(await hour.type(`capture ${SESSION} --due`), { code: 0, out: "", err: "" });
    assert.equal(hour.x.requests, before);
    hour.x.credit.add(1000);
    await hour.until(123);
    assert.equal((await hour.type(`capture ${SESSION} --due`)).code, 0);
    assert.ok(hour.x.requests > before);
  });

  it("at a limit that ends in ten minutes: 5 at once, and it says when to come back", async () => {
    const hour = scene({ posts: Object.values(smallHour()), faults: faultsAt({ "search 1": { name: "429 with reset", lasts: 600_000 } }) });
    const began = hour.clock.now();
    const { code, err } = await hour.type(`capture ${SESSION}`);
    assert.equal(code, 5);
    assert.match(err, /^X answered 429\. Saved 0 tweets\. Continue at 17:10 UTC: npx chatscribe capture/m);
    assert.equal(hour.clock.now(), began);
    await hour.clock.advance(10 * MINUTE + 1000);
    assert.equal((await hour.json(`capture ${SESSION}`)).complete, true);
  });

  it("without a network: tries for as long as it is told to, then 3 with the whole window declared", async () => {
    const hour = scene({ posts: Object.values(smallHour()) });
    const port = await closedPort();
    const env = { X_BEARER_TOKEN: TOKEN, X_API_URL: `http://127.0.0.1:${port}` };
    const began = hour.clock.now();
    const nowhere = { env, agent: new Agent() };
    const { code, out, err } = await hour.type(`capture ${SESSION}`, nowhere);
    assert.equal(code, 3, err);
    assert.match(
      err,
      /^X refused the connection \(ECONNREFUSED\), 8 times\. Saved 0 tweets\. What is missing is declared\. Again: npx chatscribe capture teachat\/2026-03-03 --archive data$/m,
    );
    assert.equal(err.match(/trying again in/g)?.length, 7);
    assert.ok(hour.clock.now() - began > 60_000, "it waited");
    assert.match(out, /0 tweets, 0 new; 8 requests, \$0\.00/);
    assert.match(
      out,
      /gap Tue 3 Mar, 11:45 \(America\/New_York\) to Tue 3 Mar, 13:30 \(America\/New_York\): not asked for yet \(#teachat -is:retweet\)/,
    );
    assert.equal((await hour.json(`capture ${SESSION}`)).complete, true);
  });

  it("once it has begun: 3, and the gaps are exactly what was not read", async () => {
    const hour = scene({ posts: Object.values(smallHour()), pageCap: 3, faults: faultsAt({ "search 2-9": "503 HTML" }) });
    const record = await hour.json(`capture ${SESSION}`);
    assert.equal(record.stopped, "no answer");
    const [tag] = (record.gaps as { from: string; to: string; query: string; why: string }[]).filter(({ query }) => query.startsWith("#"));
    assert.equal(tag?.why, "no answer");
    assert.equal(tag?.from, iso(-15));
    const held = hour.look((store) => store.members("teachat", 0, hour.clock.now(), ""));
    assert.equal(tag?.to, new Date((held[0]?.tweet.time ?? 0) + 1).toISOString());
    assert.equal((await hour.json(`capture ${SESSION}`)).complete, true);
  });

  it("while another writes: 6, under --due nothing and 0", async () => {
    const hour = await over();
    const lock = takeLock(join(hour.dir, "archive-lock.db"), "archive.db");
    try {
      const { code, out, err } = await hour.type(`capture ${SESSION}`);
      assert.deepEqual([code, out], [6, ""]);
      assert.match(err, /^chatscribe: [^\n]+\n$/);
      assert.deepEqual(await hour.type("capture --due"), { code: 0, out: "", err: "" });
    } finally {
      lock.release();
    }
    assert.equal(hour.x.requests, 0);
  });

  it("two at once: one captures, the other says 6", async () => {
    const hour = await over();
    const codes = await Promise.all([hour.type(`capture ${SESSION}`), hour.type(`capture ${SESSION}`)]);
    assert.deepEqual(codes.map(({ code }) => code).sort(), [0, 6]);
    assert.equal(
      hour.look((store) => store.counts().tweets),
      6,
    );
  });

  for (const [whose, options, says] of [
    ["this machine's clock", { clockSkew: HOUR }, "60 minutes ahead of"],
    ["this machine's clock, slow,", { clockSkew: -HOUR }, "60 minutes behind"],
    ["X's clock", { skew: HOUR }, "60 minutes behind"],
  ] as const)
    it(`${whose} an hour off: a warning, once, even under --quiet; it goes on`, async () => {
      const hour = scene({ posts: Object.values(smallHour()), ...options });
      const { code, err } = await hour.type(`capture ${SESSION} --quiet`);
      assert.equal(code, 0);
      assert.equal(err, `this machine's clock is ${says} X's: set it; going on\n`);
    });

  for (const minutes of [10, 10.5])
    it(`a tweet nobody can read, written ${minutes === 10 ? "as a minute began" : "within a minute"}, is declared, and the others are kept`, async () => {
      const { q1, a1 } = smallHour();
      const hour = scene({ posts: [q1, a1, post(minutes, { id: "x", username: "no one", name: "" }, "A1 #teachat")] });
      assert.equal((await hour.type(`capture ${SESSION}`)).code, 3);
      const { stored, gaps } = await hour.json(`capture ${SESSION}`);
      assert.equal(stored, 2);
      const [minute] = gaps as { from: string; to: string; why: string }[];
      assert.deepEqual([minute?.from, minute?.to], [iso(10), iso(11)]);
      assert.match(
        (gaps as { why: string }[]).map(({ why }) => why).join("; "),
        /^X counts 1 and gives 0; tweet \d+: "author_id" must be a string of digits$/,
      );
    });
});

/** A port of this machine at which nobody listens. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}
