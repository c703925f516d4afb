import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { START } from "../helpers.ts";
import { type FaultName, faultsAt, type Planned } from "../x/faults.ts";
import { idAt, type Post } from "../x/post.ts";
import type { StandInOptions } from "../x/standin.ts";
import { Checker } from "./check.ts";
import { HOST, LAST_SWEEP, type Plan, type Way } from "./hour.ts";
import { type Ended, Room, Stage } from "./room.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Twenty-four tweets of the hour, one every two minutes, the first a question of the host, which the second answers: three pages. */
const TWEETS: readonly Post[] = Array.from({ length: 24 }, (_, i) => {
  const at = START + i * 2 * MINUTE;
  const username = i === 0 ? HOST : (["amy", "bob", "cy"][i % 3] ?? "amy");
  const said = { id: idAt(at, i), at, author: { id: String(100 + (i % 3)), username, name: username }, text: `cup ${i} 🍵 #teachat` };
  if (i === 0) return { ...said, author: { id: "99", username, name: username }, text: "Q1 which cup? #teachat" };
  return i === 1 ? { ...said, replyTo: idAt(START, 0) } : said;
});
const [QUESTION] = TWEETS as readonly [Post, ...Post[]];
/** The minute of the oldest tweet of the first page, and of the second. */
const [FIRST, SECOND] = ["17:28", "17:08"];

interface Row {
  readonly posts?: readonly Post[];
  readonly faults?: Readonly<Record<string, FaultName | Planned>>;
  readonly standIn?: Omit<StandInOptions, "clock" | "posts" | "faults">;
  /** When the command is given; the last sweep has fallen due unless said otherwise. */
  readonly at?: readonly number[];
  readonly way?: Way;
}

describe("a fault of X, and what comes of it", () => {
  let room: Room;
  before(() => {
    room = new Room();
  });
  after(() => room.remove());

  /** The command at each moment, then again once what was wrong is over: `exit 5, 10 held, gap tag 16:45-17:28 | exit 0, 24 held`. */
  async function outcome({ posts = TWEETS, faults = {}, standIn = {}, at = [LAST_SWEEP + MINUTE], way = "plain" }: Row): Promise<string> {
    const plan: Plan = {
      seed: 1,
      way,
      posts,
      moments: at,
      faults: faultsAt(faults),
      most: Number.POSITIVE_INFINITY,
      maxPosts: null,
      crash: null,
      skew: 0,
      standIn: { token: "secret-token", pageCap: 10, ...standIn },
      rebuilt: false,
    };
    const stage = new Stage(room, plan);
    try {
      const checker = new Checker(stage);
      const said: string[] = [];
      const give = async (): Promise<Ended> => {
        const ended = await stage.command(stage.clock.now() > START + HOUR ? "plain" : way, null);
        said.push(inWords(stage, ended));
        assert.equal(checker.look(ended, plan), null);
        return ended;
      };
      for (const moment of at) {
        await stage.wait(moment);
        const ended = await give();
        if (ended.code === 0) continue;
        stage.trouble.over = true;
        await stage.wait(Math.max(ended.until ?? 0, stage.trouble.brokeUntil, stage.clock.now() + MINUTE));
        await give();
      }
      return said.join(" | ");
    } finally {
      stage.close();
    }
  }

  function inWords(stage: Stage, { code, coverage }: Ended): string {
    const held = stage.all("SELECT tweet FROM member").length;
    const gaps = (coverage?.gaps ?? []).map(({ from, to, query }) => `gap ${queryName(query)} ${minute(from)}-${minute(to)}`);
    const missing = (coverage?.missing ?? []).map(({ why }) => `one ${why}`);
    return [`exit ${code}`, `${held} held`, ...gaps.filter((gap) => gap.includes(" tag ")), ...missing].join(", ");
  }
  const minute = (time: number): string => new Date(time).toISOString().slice(11, 16);
  const queryName = (query: string): string => (query.startsWith("#") ? "tag" : query.startsWith("from:") ? "host" : "conversations");

  /** Nothing came of it. */
  const WHOLE = "exit 0, 24 held";
  const stopped = (code: number, held: number, to: string): string => `exit ${code}, ${held} held, gap tag 16:45-${to} | ${WHOLE}`;

  const ROWS: readonly (readonly [what: string, row: Row, comes: string])[] = [
    ["nothing: pages in order", {}, WHOLE],
    ["an empty page with a token", { faults: { "search 2": "empty page" } }, WHOLE],
    ["a first page that is empty and has a token", { faults: { "search 1": "empty page" } }, WHOLE],
    ["nothing remaining after a page, for 30 seconds", { faults: { "search 1": "nothing remaining" } }, WHOLE],
    [
      "nothing remaining after a page, for 10 minutes",
      { faults: { "search 1": { name: "nothing remaining", lasts: 10 * MINUTE } } },
      stopped(5, 10, FIRST),
    ],
    ["429 until in 30 seconds", { faults: { "search 2": "429 with reset" } }, WHOLE],
    ["429 until in 10 minutes", { faults: { "search 2": { name: "429 with reset", lasts: 10 * MINUTE } } }, stopped(5, 10, FIRST)],
    ["429 that does not say until when", { faults: { "search 2-4": "429 without reset" } }, WHOLE],
    ["429 until an hour ago", { faults: { "search 2": { name: "429 with wrong reset", lasts: -HOUR } } }, WHOLE],
    ["429 until in six hours", { faults: { "search 3": { name: "429 with wrong reset", lasts: 6 * HOUR } } }, stopped(5, 20, SECOND)],
    ["429 of the second, with requests left", { faults: { "search 2-3": "429 per second" } }, WHOLE],
    ["402: the credit is used up", { faults: { "search 2": { name: "402", lasts: 5 * HOUR } } }, stopped(5, 10, FIRST)],
    ["401", { faults: { "search 2": "401" } }, stopped(4, 10, FIRST)],
    ["403", { faults: { "search 3": "403" } }, stopped(4, 20, SECOND)],
    ["400", { faults: { "search 2": "400" } }, stopped(3, 10, FIRST)],
    ...(["503 HTML", "503 JSON", "503 text as JSON"] as const).map((name) => [name, { faults: { "search 2": name } }, WHOLE] as const),
    ["503 for good", { faults: { "search 2-9": "503 HTML" } }, stopped(3, 10, FIRST)],
    ...(
      [
        "reset before the body",
        "reset inside the body",
        "truncated JSON",
        "full JSON then reset",
        "never answers",
        "stalls inside the body",
      ] as const
    ).map((name) => [name, { faults: { "search 2": name, "counts 1": name, "lookup 1": name } }, WHOLE] as const),
    ...(["reset inside the body", "never answers"] as const).map(
      (name) => [`${name}, again and again`, { faults: { "search 3-10": name } }, stopped(3, 20, SECOND)] as const,
    ),
    ...(["200 with {}", "200 with errors only", "200 HTML"] as const).map(
      (name) => [name, { faults: { "search 2": name, "counts 1": name } }, WHOLE] as const,
    ),
    ["partial errors with data", { faults: { "search 1-3": "partial errors" } }, WHOLE],
    ["a page twice", { faults: { "search 2": "same page again" } }, WHOLE],
    ["pages that overlap", { faults: { "search 1-2": "overlap" } }, WHOLE],
    ["pages out of order", { faults: { "search 1-3": "out of order" } }, WHOLE],
    ["other field names from the second page on", { faults: { "search 2": "new names" } }, WHOLE],
    ["other field names, and both are taken", { faults: { "search 2": "new names" }, standIn: { strict: false } }, WHOLE],
    ["a body of 100 MB", { faults: { "search 2": "100 MB" } }, stopped(3, 10, FIRST)],
    [
      "its clock is an hour ahead",
      { faults: { "search 1": { name: "clock an hour off", lasts: HOUR }, "search 2": "429 with reset" } },
      WHOLE,
    ],
    [
      "its clock is an hour behind",
      { faults: { "search 1": { name: "clock an hour off", lasts: -HOUR }, "search 2": "429 with reset" } },
      WHOLE,
    ],
    [
      "its token is not taken the next time",
      { faults: { "search 2": { name: "402", lasts: HOUR } }, standIn: { tokenLife: MINUTE } },
      stopped(5, 10, FIRST),
    ],
  ];
  for (const [what, row, comes] of ROWS) it(`${what}: ${comes}`, async () => assert.equal(await outcome(row), comes));

  it("errors only in a lookup: asked again, what is there is not listed as missing", async () => {
    const gone: Post = { ...QUESTION, id: idAt(START - 2 * HOUR, 1), at: START - 2 * HOUR, text: "an old cup", deletedAt: START - HOUR };
    const seen: Post = {
      ...QUESTION,
      id: idAt(START - 3 * HOUR, 2),
      at: START - 3 * HOUR,
      text: "an older cup",
      lost: { from: LAST_SWEEP, until: LAST_SWEEP + MINUTE + 500 },
    };
    const quoting = TWEETS.map((post, i) => (i === 5 ? { ...post, quotes: gone.id } : i === 6 ? { ...post, quotes: seen.id } : post));
    const posts = [...quoting, gone, seen];
    assert.equal(await outcome({ posts, faults: { "lookup 1": "200 with errors only" } }), `${WHOLE}, one deleted`);
  });

  const twice = [START + 91 * MINUTE, LAST_SWEEP + MINUTE];

  it("a tweet that search learns of late is taken by the next sweep", async () => {
    const posts = TWEETS.map((post, i) => (i === 12 ? { ...post, indexedAt: START + 100 * MINUTE } : post));
    assert.equal(await outcome({ posts, at: twice }), "exit 0, 23 held | exit 0, 24 held");
  });

  for (const edited of ["moves", "stays"] as const)
    it(`a tweet edited between sweeps is one tweet (its place ${edited})`, async () => {
      const at = START + 28 * MINUTE;
      const posts = TWEETS.map((post, i) =>
        i === 3 ? { ...post, edits: [{ id: idAt(at, 77), at, text: `${post.text} (mended)` }] } : post,
      );
      assert.equal(
        await outcome({ posts, standIn: { edited }, at: [START + 20 * MINUTE, ...twice] }),
        `exit 0, 10 held | ${WHOLE} | ${WHOLE}`,
      );
    });

  it("edits that follow on each other's minutes are no gap", async () => {
    const edit = (post: Post, at: number): Post => ({ ...post, edits: [{ id: idAt(at, 78), at, text: `${post.text} (mended)` }] });
    const posts = TWEETS.map((post, i) => (i === 3 || i === 5 ? edit(post, post.at + 4 * MINUTE + 100) : post));
    assert.equal(await outcome({ posts, standIn: { edited: "stays" } }), WHOLE);
  });

  it("a tweet deleted between sweeps stays held: that is followed by sync", async () => {
    const posts = TWEETS.map((post, i) => (i === 12 ? { ...post, deletedAt: START + 100 * MINUTE } : post));
    assert.equal(await outcome({ posts, at: twice }), `${WHOLE} | ${WHOLE}`);
  });

  it("an answer without the tag to an answer without the tag is found by the next sweep", async () => {
    const amy = (TWEETS[3] as Post).author;
    const aside = (at: number, replyTo: string): Post => ({ id: idAt(at, 9), at, author: amy, text: "so do I", replyTo });
    const answer = aside(START + 50 * MINUTE, (TWEETS[2] as Post).id);
    const later = aside(START + 100 * MINUTE, answer.id);
    assert.equal(await outcome({ posts: [...TWEETS, answer, later], at: twice }), "exit 0, 25 held | exit 0, 26 held");
  });

  const STREAM = [
    "split emoji",
    "lone CRLF",
    "keep-alive inside",
    "garbage",
    "disconnect",
    "reset",
    "silence",
    "429",
    "401",
    "409",
  ] as const;
  for (const fault of STREAM)
    it(`of the stream, ${fault}: ${WHOLE}, every word of them right`, async () => {
      const row: Row = { faults: { "stream 1": `stream ${fault}` }, way: "--follow", at: [START - 20 * MINUTE, LAST_SWEEP + MINUTE] };
      assert.equal(await outcome(row), `${WHOLE} | ${WHOLE}`);
    });
});
