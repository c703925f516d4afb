import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { write } from "../helpers.ts";
import { type FaultName, faultsAt } from "../x/faults.ts";
import { idAt, type Post } from "../x/post.ts";
import type { Served } from "../x/standin.ts";
import { at, iso, MINUTE, manyPosts, personOf, post, reply, type Scene, SWEEPS, scene, smallHour, TOKEN } from "./capture-world.ts";

const SESSION = "teachat/2026-03-03";
const CAPTURE = `capture ${SESSION}`;
const DAY = 24 * 60;

type Row = Readonly<Record<string, unknown>>;

/** The tweets of the session's export, by id; `context` ones too. */
async function exported(hour: Scene): Promise<ReadonlyMap<string, Row>> {
  const { code, out, err } = await hour.type(`export ${SESSION} --format jsonl`);
  assert.equal(code, 0, err);
  const rows = out
    .trim()
    .split("\n")
    .map((row) => JSON.parse(row) as Row);
  return new Map(rows.map((row) => [String(row.id), row]));
}

/** The ids that are the session's, in order. */
const own = (rows: ReadonlyMap<string, Row>): string[] =>
  [...rows.values()].filter(({ context }) => context !== true).map(({ id }) => String(id));
const idsOf = (posts: readonly Post[]): string[] => posts.toSorted((a, b) => a.at - b.at).map(({ id }) => id);
const asked = (log: readonly Served[], kind: Served["kind"]): Served[] => log.filter((one) => one.kind === kind);

/** A later version. */
const edited = (original: Post, minutes: number, text: string): Post => ({
  ...original,
  edits: [{ id: idAt(at(minutes), Number(BigInt(original.id) & 0x3fffffn)), at: at(minutes), text }],
});

describe("capture --due, called every five minutes for two days", async () => {
  const hour = smallHour();
  const { q1 } = hour;
  const lateToIndex = post(40, "dee", "slow index #teachat", { indexedAt: at(100) });
  const mended = edited(post(50, "amy", "first words #teachat"), 70, "second words #teachat");
  const deleted = post(51, "bob", "gone soon #teachat", { deletedAt: at(95) });
  const afterwards = reply(150, "cleo", q1, "only now have I read it");
  const world = scene({ now: -30, posts: [...Object.values(hour), lateToIndex, mended, deleted, afterwards] });
  const runs: { minutes: number; requests: number; said: string; code: number }[] = [];
  // the sitting of the week before has nothing, and is read once
  await world.type("capture --due");
  const before = world.x.requests;
  for (let minutes = -30; minutes <= 2 * DAY; minutes += 5) {
    await world.until(minutes);
    const began = world.x.requests;
    const { code, out, err } = await world.type("capture --due");
    runs.push({ minutes, requests: world.x.requests - began, said: out + err, code });
  }
  const working = runs.filter(({ requests }) => requests > 0);

  it("asks nothing and prints nothing while nothing is due", () => {
    assert.deepEqual(new Set(runs.filter(({ requests }) => requests === 0).map(({ said }) => said)), new Set([""]));
    assert.deepEqual(new Set(runs.map(({ code }) => code)), new Set([0]));
  });

  it("reads the window when each of the five sweeps has fallen due, once", (t) => {
    assert.deepEqual(
      working.map(({ minutes }) => minutes),
      SWEEPS.map((minute) => Math.ceil(minute / 5) * 5),
    );
    t.diagnostic(`${runs.length} calls, ${world.x.requests - before} requests`);
    assert.ok(world.x.requests - before <= 30, `${world.x.requests - before} requests`);
  });

  it("holds everything that was ever there: late in the index, deleted since, and said after the hour", async () => {
    assert.deepEqual(own(await exported(world)), idsOf([...Object.values(hour), lateToIndex, mended, deleted, afterwards]));
  });

  it("found what the index learned late in the third sweep", () => {
    assert.match(working[1]?.said ?? "", /0 new/);
    assert.match(working[2]?.said ?? "", /1 new/);
  });

  it("shows the edited version and keeps the first", async () => {
    const row = (await exported(world)).get(mended.id);
    assert.deepEqual([row?.text, row?.edited, row?.aliases], ["second words #teachat", iso(70), [mended.edits?.[0]?.id]]);
    const { out } = await world.type("check");
    assert.doesNotMatch(out, /problem/);
  });

  it("takes a reply of the next day in: after the hour, without the tag", async () => {
    const row = (await exported(world)).get(afterwards.id);
    assert.deepEqual([row?.section, row?.untagged, row?.reply_to], ["after", true, q1.id]);
  });

  it("is complete, though fewer are counted than are held", async () => {
    const record = await world.json(CAPTURE);
    assert.deepEqual(record, {
      session: SESSION,
      stored: 8,
      counted: 7,
      untagged: 2,
      new: 0,
      complete: true,
      gaps: [],
      missing: [],
      requests: 0,
      cost_usd: 0,
      next_sweep: null,
      stopped: "end",
    });
  });

  it("says so on the page", async () => {
    assert.equal((await world.type("build --out site")).code, 0);
    const page = readFileSync(join(world.cwd, "site/teachat/2026-03-03/index.html"), "utf8");
    assert.match(page, /Complete: captured from X, from 11:45 to 13:30 on 3 March 2026/);
    assert.match((await world.type("status")).out, /complete/);
  });
});

describe("capture of a session", () => {
  it("before its last sweep is not over: complete is null, and the next sweep is told", async () => {
    const hour = scene({ posts: Object.values(smallHour()), now: 92 });
    const record = await hour.json(CAPTURE);
    assert.deepEqual([record.complete, record.next_sweep, record.stored, record.untagged, record.new], [null, iso(105), 5, 1, 6]);
    assert.deepEqual(Object.keys(record), [
      "session",
      "stored",
      "counted",
      "untagged",
      "new",
      "complete",
      "gaps",
      "missing",
      "requests",
      "cost_usd",
      "next_sweep",
      "stopped",
    ]);
  });

  it("in the middle of its hour reads what there is until now", async () => {
    const { welcome, q1, a1, aside, ...rest } = smallHour();
    const hour = scene({ posts: [welcome, q1, a1, aside, ...Object.values(rest)], now: 10 });
    const record = await hour.json(CAPTURE);
    assert.deepEqual([record.stored, record.untagged, record.complete, record.next_sweep], [3, 1, null, iso(61)]);
    await hour.until(62);
    assert.equal((await hour.json(CAPTURE)).stored, 5);
  });

  it("again, adds nothing and asks nothing while nothing is due", async () => {
    const hour = scene({ posts: Object.values(smallHour()), now: 92 });
    await hour.type(CAPTURE);
    const before = hour.x.requests;
    const { code, out } = await hour.type(CAPTURE);
    assert.equal(code, 0);
    assert.match(out, /0 new.*0 requests, \$0\.00/);
    assert.equal(hour.x.requests, before);
  });

  it("names the next command, not under --quiet or --json", async () => {
    const hour = scene({ posts: Object.values(smallHour()) });
    assert.match((await hour.type(CAPTURE)).err, /^Next: npx chatscribe build --archive data$/m);
    assert.equal((await hour.type(`${CAPTURE} --quiet`)).err, "");
    assert.doesNotMatch((await hour.type(`${CAPTURE} --json`)).err, /Next/);
  });

  it("tells what it may cost before it asks, and what it did cost after: each tweet once a day", async () => {
    const hour = scene({ posts: manyPosts(40) });
    const { out, err } = await hour.type(CAPTURE);
    assert.match(err, /^teachat\/2026-03-03: about 40 tweets, at most \$0\.21$/m);
    assert.match(out, /40 tweets, 40 new; X counts 40; 6 requests, \$0\.21/);
  });

  it("takes a long window of the full archive as well", async () => {
    const hour = scene({ posts: manyPosts(30), now: 30 * DAY, pageCap: 7 });
    const record = await hour.json(CAPTURE);
    assert.deepEqual([record.stored, record.complete], [30, true]);
    assert.ok(asked(hour.x.log, "search").every(({ path }) => path.endsWith("/all")));
  });
});

describe("what the tag misses", () => {
  it("a host's question without the tag, in the hour", async () => {
    const { q1, a1 } = smallHour();
    const untagged = post(15, "ceylon_sam", "Q2 What do you do with old leaves?");
    const early = post(-10, "ceylon_sam", "I am off to make tea");
    const talk = reply(16, "ceylon_sam", post(14, "dee", "nothing of ours"), "a word to somebody else");
    const hour = scene({ posts: [q1, a1, untagged, early, talk] });
    await hour.type(CAPTURE);
    const rows = await exported(hour);
    assert.deepEqual(own(rows), idsOf([q1, a1, untagged]));
    assert.deepEqual([rows.get(untagged.id)?.label, rows.get(untagged.id)?.untagged], ["Q2", true]);
  });

  it("replies without the tag, and replies to those", async () => {
    const { q1, a1 } = smallHour();
    const first = reply(10, "bob", q1, "black");
    const second = reply(11, "cleo", first, "why?");
    const third = reply(12, "bob", second, "because");
    const hour = scene({ posts: [q1, a1, first, second, third] });
    const record = await hour.json(CAPTURE);
    assert.deepEqual([record.stored, record.untagged, record.complete], [2, 3, true]);
    assert.deepEqual(own(await exported(hour)), idsOf([q1, a1, first, second, third]));
  });

  it("what a tagged reply answers, inside the window; outside it is context", async () => {
    const inside = post(8, "dee", "has anybody tried oolong?");
    const outside = post(-600, "dee", "tea is back in the shop");
    const to = [reply(9, "amy", inside, "yes #teachat"), reply(10, "bob", outside, "since when? #teachat")];
    const hour = scene({ posts: [inside, outside, ...to] });
    const record = await hour.json(CAPTURE);
    assert.deepEqual([record.stored, record.untagged, record.missing], [2, 1, []]);
    const rows = await exported(hour);
    assert.deepEqual(own(rows), idsOf([inside, ...to]));
    assert.equal(rows.get(outside.id)?.context, true);
  });

  it("what is answered or quoted and nobody can have is told with its reason", async () => {
    const gone = post(2, "dee", "a word", { deletedAt: at(4) });
    const shut = post(3, { ...personOf("zoe"), id: "9999", protected: true }, "a secret");
    const both = [reply(5, "amy", gone, "oh #teachat"), post(6, "bob", "look #teachat", { quotes: shut.id })];
    const hour = scene({ posts: [gone, shut, ...both] });
    const record = await hour.json(CAPTURE);
    assert.deepEqual(record.missing, [
      { id: gone.id, why: "deleted" },
      { id: shut.id, why: "protected" },
    ]);
    assert.equal(record.complete, true);
    const { out } = await hour.type(CAPTURE);
    assert.match(out, /tweets answered or quoted that nobody can have: 1 deleted, 1 protected/);
    const lookups = asked(hour.x.log, "lookup").length;
    await hour.type(CAPTURE);
    assert.equal(asked(hour.x.log, "lookup").length, lookups);
  });

  it("nothing of what has neither the tag nor a conversation", async () => {
    const noise = [post(10, "amy", "nice weather"), post(11, "bob", "#coffeechat is on"), post(12, "dee", "#teachatters unite")];
    const hour = scene({ posts: [...Object.values(smallHour()), ...noise] });
    await hour.type(CAPTURE);
    assert.ok(noise.every(({ id }) => hour.look((store) => store.tweets([id]).length === 0)));
  });
});

describe("what is counted", () => {
  it("more than was given: those minutes are read again, and then it is there", async () => {
    const slow = post(30, "dee", "slow #teachat");
    // the index learns of it while the request for counts is tried again
    const hour = scene({
      posts: [...Object.values(smallHour()), { ...slow, indexedAt: at(2 * DAY) + 400 }],
      faults: faultsAt({ "counts 2": "503 JSON" }),
    });
    const record = await hour.json(CAPTURE);
    assert.deepEqual([record.stored, record.counted, record.complete, record.gaps], [6, 6, true, []]);
    const last = asked(hour.x.log, "search").at(-1)?.params;
    assert.deepEqual([last?.get("start_time"), last?.get("end_time")], ["2026-03-03T17:30:00Z", "2026-03-03T17:31:00Z"]);
  });
});

describe("capture --max-posts", () => {
  it("never reads more, and the same command goes on to the end", async () => {
    const hour = scene({ posts: manyPosts(57) });
    const codes: number[] = [];
    const paid = new Set<string>();
    for (let call = 0; call < 20 && codes.at(-1) !== 0; call++) {
      const before = hour.x.log.length;
      const { code, err } = await hour.type(`${CAPTURE} --max-posts 10`);
      codes.push(code);
      const given = new Set(hour.x.log.slice(before).flatMap(({ ids }) => ids));
      const fresh = [...given].filter((id) => !paid.has(id));
      for (const id of given) paid.add(id);
      assert.ok(fresh.length <= 10, `${fresh.length} tweets`);
      if (code !== 0)
        assert.match(
          err,
          /--max-posts 10: \d+ tweets were read\. Saved \d+ tweets up to \d\d:\d\d:\d\d UTC\. Continue: npx chatscribe capture/,
        );
    }
    assert.deepEqual(codes, [5, 5, 5, 5, 5, 5, 0]);
    assert.deepEqual([(await hour.json(CAPTURE)).stored, (await hour.json(CAPTURE)).complete], [57, true]);
  });

  it("holds over a whole --follow", async () => {
    const hour = scene({ posts: manyPosts(57), now: -20 });
    const record = await hour.json(`${CAPTURE} --follow --max-posts 20`);
    assert.equal(record.stopped, "max posts");
    assert.ok(new Set(hour.x.log.flatMap(({ ids }) => ids)).size <= 20);
  });
});

describe("capture --dry-run", () => {
  it("asks for nothing but the count, says what it would ask, and writes down nothing", async () => {
    const hour = scene({ posts: manyPosts(57) });
    const { code, out } = await hour.type(`${CAPTURE} --dry-run`);
    assert.equal(code, 0);
    assert.equal(
      out,
      `${SESSION}: about 57 tweets, at most $0.29\n  #teachat -is:retweet\n  from:ceylon_sam -is:retweet\nasked until now: 1 request, $0.005\n`,
    );
    assert.deepEqual(
      hour.x.log.map(({ kind }) => kind),
      ["counts"],
    );
    assert.equal(
      hour.look((store) => store.counts().tweets + store.raw.all().length),
      0,
    );
    const record = await hour.json(`${CAPTURE} --dry-run`);
    assert.deepEqual([record.dry_run, record.counted, record.from, record.to], [true, 57, iso(-15), iso(90)]);
  });
});

describe("capture --from --to", () => {
  it("takes that time of a chat, and stands for no sweep of the session", async () => {
    const hour = scene({ posts: manyPosts(60) });
    const record = await hour.json(`capture teachat --from ${iso(10)} --to ${iso(20)}`);
    assert.deepEqual([record.session, record.stored, record.counted, record.complete, record.next_sweep], ["teachat", 10, 10, true, null]);
    assert.equal((await hour.json(CAPTURE)).new, 50);
  });

  it("takes that part of a session, with its conversations", async () => {
    const { q1, a1, aside, ...rest } = smallHour();
    const hour = scene({ posts: [q1, a1, aside, ...Object.values(rest)] });
    const record = await hour.json(`${CAPTURE} --from ${iso(2)} --to ${iso(10)}`);
    assert.deepEqual([record.session, record.stored, record.untagged, record.complete], [SESSION, 2, 1, true]);
  });

  it("with an end in the future reads until now", async () => {
    const hour = scene({ posts: manyPosts(60), now: 30 });
    assert.equal((await hour.json(`capture teachat --from ${iso(0)} --to ${iso(DAY)}`)).stored, 30);
  });
});

describe("Ctrl-C", () => {
  /** Stops once so many answers have come. */
  const stopAfter = (hour: Scene, answers: number) => ({
    stopped: () =>
      new Promise<void>((resolve) => {
        const push = hour.x.log.push.bind(hour.x.log);
        hour.x.log.push = (...served) => {
          const length = push(...served);
          if (length === answers) resolve();
          return length;
        };
      }),
  });

  for (const answers of [1, 2, 4, 7, 9, 11, 14])
    it(`after answer ${answers}: 130, saved, how to go on; the same command does`, async () => {
      const hour = scene({ posts: [...manyPosts(40), ...Object.values(smallHour())], pageCap: 10 });
      const { code, err } = await hour.type(CAPTURE, stopAfter(hour, answers));
      assert.equal(code, 130);
      assert.match(
        err,
        /^Saved \d+ tweets?(?: up to \d\d:\d\d:\d\d UTC)?\. Continue: npx chatscribe capture teachat\/2026-03-03 --archive data$/m,
      );
      const record = await hour.json(CAPTURE);
      assert.deepEqual([record.stored, record.untagged, record.complete, record.gaps], [45, 1, true, []]);
    });

  it("while images are asked for: they are asked for the next time", async () => {
    const shown = manyPosts(20).map((one, i) => ({ ...one, media: [{ name: `leaf${i}.png` }] }));
    const hour = scene({ posts: shown });
    const pictures = (): number => asked(hour.x.log, "picture").length;
    const { code } = await hour.type(CAPTURE, stopAfter(hour, 12));
    assert.equal(code, 130);
    assert.ok(pictures() > 0 && pictures() < 20, `${pictures()} images`);
    assert.equal((await hour.json(CAPTURE)).complete, true);
    assert.equal(pictures(), 20);
  });

  it("while it waits to try again: at once", async () => {
    const hour = scene({ posts: manyPosts(20), faults: faultsAt({ "search 1-8": "503 JSON" }) });
    const { code } = await hour.type(CAPTURE, stopAfter(hour, 5));
    assert.equal(code, 130);
    assert.equal(hour.x.requests, 5);
    assert.equal((await hour.json(CAPTURE)).complete, true);
  });

  it("before the hour that is followed: 130, and nothing was asked", async () => {
    const hour = scene({ posts: manyPosts(20), now: -60 });
    const { code } = await hour.type(`${CAPTURE} --follow`, {
      stopped: () => new Promise((resolve) => void hour.clock.after(5 * MINUTE, resolve)),
    });
    assert.equal(code, 130);
    assert.equal(hour.x.requests, 0);
    assert.equal(hour.clock.now(), at(-55));
  });

  it("in the middle of the hour that is followed: what came is saved", async () => {
    const hour = scene({ posts: manyPosts(60), now: -20 });
    const { code, err } = await hour.type(`${CAPTURE} --follow`, {
      stopped: () => new Promise((resolve) => void hour.clock.after(50 * MINUTE, resolve)),
    });
    assert.equal(code, 130);
    assert.match(err, /^Saved 30 tweets\. Continue: npx chatscribe capture teachat\/2026-03-03 --archive data$/m);
    assert.equal(
      hour.look((store) => store.counts().tweets),
      30,
    );
    await hour.until(2 * DAY);
    assert.equal((await hour.json(CAPTURE)).stored, 60);
  });
});

describe("capture --follow", () => {
  const hours = (): Post[] => [...manyPosts(30, "🌱👩🏽‍🌾"), ...Object.values(smallHour()), reply(110, "dee", smallHour().q1, "late")];

  it("stays to the sweep 35 minutes after the window: everything is stored, and the count of requests is the command's", async () => {
    const posts = [...manyPosts(30), ...Object.values(smallHour())];
    const hour = scene({ posts, now: -20 });
    const record = await hour.json(`${CAPTURE} --follow`);
    assert.equal(hour.clock.now(), at(125));
    assert.deepEqual([record.stored, record.untagged, record.new, record.complete, record.next_sweep], [35, 1, 36, null, iso(1530)]);
    assert.equal(record.requests, asked(hour.x.log, "search").length + asked(hour.x.log, "counts").length);
    assert.equal(asked(hour.x.log, "stream").length, 1);
    assert.equal(record.cost_usd, 0.2); // 36 tweets and 4 counts
  });

  it("shows tweets while they are written", async () => {
    const hour = scene({ posts: manyPosts(30), now: -20 });
    const seen: number[] = [];
    hour.clock.after(50 * MINUTE, () => seen.push(hour.look((store) => store.counts().tweets)));
    await hour.type(`${CAPTURE} --follow`);
    assert.deepEqual(seen, [15]);
  });

  const faults: readonly FaultName[] = [
    "stream split emoji",
    "stream lone CRLF",
    "stream keep-alive inside",
    "stream garbage",
    "stream disconnect",
    "stream reset",
    "stream silence",
    "stream 429",
    "stream 401",
    "stream 409",
  ];
  for (const fault of faults)
    it(`loses nothing with: ${fault}`, async () => {
      const posts = hours();
      const hour = scene({ posts, now: -20, faults: faultsAt({ "stream 1-3": fault }) });
      const record = await hour.json(`${CAPTURE} --follow`);
      assert.deepEqual([record.stopped, record.complete, record.gaps], ["end", null, []]);
      assert.equal(record.stored, 35);
      const texts = hour.look((store) => store.members("teachat", 0, hour.clock.now(), "").map(({ tweet }) => tweet.text));
      assert.ok(texts.every((text) => !text.includes("\ufffd")));
      assert.equal(texts.filter((text) => text.includes("🌱👩🏽‍🌾")).length, 30);
    });

  it("is made up for by the next look when one fails", async () => {
    const hour = scene({ posts: manyPosts(30), now: -20, faults: faultsAt({ "search 20-30": "503 HTML", "search 40": "400" }) });
    const { err } = await hour.type(`${CAPTURE} --follow`);
    assert.match(err, /this look is made up for by the next: X answered 503, 8 times/);
    assert.equal(
      hour.look((store) => store.counts().tweets),
      30,
    );
  });

  it("with --due goes to a window that opens within ninety minutes, and does first what has fallen due", async () => {
    const hour = scene({ posts: Object.values(smallHour()), now: -100 });
    const { code, out } = await hour.type("capture --due --follow");
    assert.equal(code, 0);
    assert.match(out, /^teachat\/2026-02-24: .*\n.*\nteachat\/2026-03-03: 5 tweets and 1 without the tag/);
    assert.equal(hour.clock.now(), at(125));
  });

  it("with --due returns where none opens that soon", async () => {
    const hour = scene({ posts: Object.values(smallHour()), now: -110 });
    await hour.type("capture --due --follow");
    assert.equal(hour.clock.now(), at(-110));
    assert.deepEqual(await hour.type("capture --due --follow"), { code: 0, out: "", err: "" });
  });
});

describe("the line that tells how far it is", () => {
  // `12:34 ▕███  ▏ 412 tweets · 61 people · Q3 · 0 gaps · 38 of 450 requests`
  const LINE = /\d\d:\d\d ▕[█ ]{5}▏ \d+ tweets? · \d+ (?:person|people)(?: · Q\d)? · \d+ gaps? · \d+ of \d+ requests/;
  const CLEAR = "\u001b[K";

  it("is one live line on a terminal, and gone in the end", async () => {
    const hour = scene({ posts: Object.values(smallHour()) });
    const { err } = await hour.type(CAPTURE, { terminal: true });
    const lines = err.split("\r").filter((line) => line.includes(CLEAR));
    assert.ok(lines.length >= 2);
    assert.match(lines.find((line) => LINE.test(line)) ?? "", LINE);
    assert.ok(lines.at(-1)?.startsWith(CLEAR), "in the end it is gone");
    assert.doesNotMatch(err, /gaps · .*\n/);
  });

  it("tells of the last question once it is there", async () => {
    const hour = scene({ posts: Object.values(smallHour()), now: -16 });
    const { err } = await hour.type(`${CAPTURE} --follow`, { terminal: true });
    assert.match(err, /12:20 ▕██ {3}▏ 4 tweets · 2 people · Q2 · 0 gaps/);
  });

  it("is one line a minute elsewhere, or on a terminal of CI", async () => {
    for (const world of [{}, { terminal: true, env: { CI: "1", X_BEARER_TOKEN: TOKEN, X_API_URL: "http://127.0.0.1:9" } }]) {
      const hour = scene({ posts: Object.values(smallHour()), now: -16 });
      const { err } = await hour.type(`${CAPTURE} --follow`, world);
      assert.ok(!err.includes("\r") && !err.includes(CLEAR));
      const lines = err.split("\n").filter((line) => LINE.test(line));
      assert.ok(lines.length >= 75 && lines.length <= 85, `${lines.length} lines in 77 minutes`);
    }
  });

  it("is not there under --quiet, --json or in a short capture", async () => {
    const hour = scene({ posts: Object.values(smallHour()) });
    for (const words of [`${CAPTURE} --quiet`, `${CAPTURE} --json`, CAPTURE]) assert.doesNotMatch((await hour.type(words)).err, LINE);
  });
});

describe("what was captured", () => {
  it("has its images beside it, and the export names the files", async () => {
    const shown = post(5, "amy", "my cup #teachat", { media: [{ name: "cup.png", alt: "a cup" }] });
    const hour = scene({ posts: [...Object.values(smallHour()), shown] });
    await hour.type(CAPTURE);
    const media = (await exported(hour)).get(shown.id)?.media as { file: string; alt: string }[] | undefined;
    assert.deepEqual(
      media?.map(({ alt }) => alt),
      ["a cup"],
    );
    // `media/ab12….png`
    for (const { file } of media ?? []) assert.ok(existsSync(join(hour.dir, "media", file.replace(/^media\//, ""))), file);
    assert.equal(
      readdirSync(join(hour.dir, "media"), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length,
      1,
    );
  });

  it("never has what was removed: not the tweet, not the author, not in raw", async () => {
    const { q1, a1, aside } = smallHour();
    const secret = post(9, "dee", "my address is Leaf Lane 7 #teachat");
    const other = reply(10, "bob", secret, "thanks @dee #teachat");
    const hour = scene({ posts: [q1, a1, aside, secret, other], now: 62 });
    await hour.type(CAPTURE);
    assert.equal((await hour.type(`forget @dee`)).code, 0);
    assert.equal((await hour.type(`forget ${a1.id}`)).code, 0);
    await hour.until(2 * DAY);
    const record = await hour.json(CAPTURE);
    assert.deepEqual([record.complete, record.gaps], [true, []]);
    assert.equal((await exported(hour)).get(secret.id)?.erased, "author-request");
    const raw = hour.look((store) =>
      store.raw
        .all()
        .map((body) => Buffer.concat([...store.raw.parts(body)]).toString("utf8"))
        .join("\n"),
    );
    assert.doesNotMatch(raw, /Leaf Lane|"dee"|green, always/);
    assert.match(raw, /thanks/);
  });

  for (const [what, words] of [
    ["checked against its raw bodies", "check --read-data"],
    ["rebuilt from them", "rebuild"],
  ] as const)
    it(`is the same ${what}`, async () => {
      const { q1 } = smallHour();
      const hour = scene({
        posts: [
          ...Object.values(smallHour()),
          q1,
          reply(8, "dee", q1, "white"),
          edited(post(50, "amy", "one #teachat"), 64, "two #teachat"),
          reply(200, "bob", q1, "late"),
        ],
        now: 62,
      });
      for (const minutes of [62, 92, 130, 2 * DAY]) {
        await hour.until(minutes);
        await hour.type(CAPTURE);
      }
      const before = (await hour.type(`export ${SESSION} --format jsonl`)).out;
      const { code, out, err } = await hour.type(words);
      assert.equal(code, 0, out + err);
      assert.equal((await hour.type(`export ${SESSION} --format jsonl`)).out, before);
      assert.match(before, /"untagged":true/);
    });

  it("can be exported and imported elsewhere: the same bytes", async () => {
    const { q1, a1, aside, ...rest } = smallHour();
    const inside = post(8, "dee", "has anybody tried oolong?");
    const outside = post(-600, "dee", "tea is back in the shop");
    const posts = [
      q1,
      a1,
      aside,
      ...Object.values(rest),
      inside,
      outside,
      reply(9, "amy", inside, "yes #teachat"),
      reply(10, "bob", outside, "when? #teachat"),
      reply(300, "cleo", q1, "next day"),
      post(30, "ceylon_sam", "Q3 and now?"),
    ];
    const here = scene({ posts });
    await here.type(CAPTURE);
    const { out } = await here.type(`export ${SESSION} --format jsonl`);
    assert.equal(out.match(/"untagged":true/g)?.length, 4);
    const there = scene();
    write(there.cwd, "in.jsonl", out);
    assert.equal((await there.type("import in.jsonl --chat teachat")).code, 0);
    assert.equal((await there.type(`export ${SESSION} --format jsonl`)).out, out);
  });
});
