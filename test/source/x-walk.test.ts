import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Fault, type Network } from "../../src/source/network.ts";
import { collect } from "./read.ts";
import { type Asked, inTurn, NOON, pageBody, type Stage, stage } from "./x-server.ts";

const TEA = { role: "tag", tags: ["tea"] } as const;
const MINUTE = 60_000;
const DAY = 86_400_000;
const HOUR = { from: NOON - 60 * MINUTE, to: NOON - MINUTE };

/** The ids of each page of a search of the last hour; a fault ends the list. */
async function pagesOf(x: Network, options = {}): Promise<string[]> {
  const pages: string[] = [];
  try {
    for await (const { ids, next } of x.search(TEA, HOUR, options)) pages.push(`${ids.join(" ")} ${next ?? "end"}`.trim());
  } catch (error) {
    assert.ok(error instanceof Fault, String(error));
    pages.push(`${error.kind}: ${error.message}`);
  }
  return pages;
}

const page =
  (ids: string, next?: string) =>
  (asked: Asked): void =>
    asked.answer(200, pageBody(ids.split(" ").filter(Boolean), next));
const refusal = (parameter: string, message: string) => ({
  errors: [{ parameters: { [parameter]: ["x"] }, message }],
  title: "Invalid Request",
});
const queries = ({ asked }: Stage, ...names: string[]): string[] =>
  asked.map(({ query }) => names.map((name) => query[name] ?? "-").join(" "));

describe("a walk", () => {
  it("never goes in a circle", async () => {
    const same = await stage(inTurn(page("9", "a"), page("8", "a")));
    assert.deepEqual(await pagesOf(same.x), ["9 a", "transient: gave a page twice"]);
    const back = await stage(inTurn(page("9", "a"), page("8", "b"), page("7", "a")));
    assert.deepEqual(await pagesOf(back.x), ["9 a", "8 b", "transient: gave a page twice"]);
    const stored = await stage(page("8", "kept"));
    assert.deepEqual(await pagesOf(stored.x, { token: "kept" }), ["transient: gave a page twice"]);
  });
  it("says when its token is not taken any more", async () => {
    const message = "The `next_token` query parameter value [kept] is not valid";
    const { x, asked } = await stage((a) => a.answer(400, refusal("next_token", message)));
    assert.deepEqual(await pagesOf(x, { token: "kept" }), [`token: answered 400: ${message}`]);
    assert.equal(asked.length, 1);
    assert.deepEqual(await pagesOf(x), [`refused: answered 400: ${message}`]);
  });
  it("ends where X refuses it, in X's words", async () => {
    const { x, asked } = await stage((a) => a.answer(400, refusal("query", "no #tea today")));
    assert.deepEqual(await pagesOf(x), ["refused: answered 400: no #tea today"]);
    assert.equal(asked.length, 1);
  });
  it("goes through empty pages, and through those after which nothing more may be asked", async () => {
    const none = (asked: Asked): void =>
      asked.answer(200, pageBody([], "c"), { "x-rate-limit-limit": "450", "x-rate-limit-remaining": "0", "x-rate-limit-reset": "1" });
    const { x } = await stage(inTurn(page("9 8", "a"), page("", "b"), none, page("7")));
    assert.deepEqual(await pagesOf(x), ["9 8 a", "b", "c", "7 end"]);
  });
  it("goes on where it was broken off", async () => {
    const at = await stage(inTurn(page("5", "b"), page("4")));
    assert.deepEqual(await pagesOf(at.x, { token: "a" }), ["5 b", "4 end"]);
    assert.deepEqual(queries(at, "next_token"), ["a", "b"]);
  });
  it("asks for whole seconds, and the same ones on all its pages", async () => {
    const at = await stage(inTurn(page("5", "a"), page("4")));
    await collect(at.x.search(TEA, { from: NOON - 90_001, to: NOON - 30_001 }));
    const asked = "(#tea) recency 2026-03-03T11:58:29Z 2026-03-03T11:59:30Z -".replace("(#tea)", "#tea -is:retweet");
    assert.deepEqual(queries(at, "query", "sort_order", "start_time", "end_time", "since_id"), [asked, asked]);
  });
  it("asks for nothing of the last ten seconds, whatever time goes by", async () => {
    const at = await stage(inTurn(page("5", "a"), page("4")));
    for await (const _ of at.x.search(TEA, { from: NOON - MINUTE, to: NOON + MINUTE })) at.clock.pass(20_000);
    assert.deepEqual(queries(at, "end_time"), ["2026-03-03T11:59:50Z", "2026-03-03T11:59:50Z"]);
    assert.deepEqual(await collect(at.x.search(TEA, { from: NOON + MINUTE, to: NOON + 2 * MINUTE })), []);
    assert.equal(at.asked.length, 2);
  });
  it("asks for what is after a tweet by that, not by time", async () => {
    const at = await stage(page("5"));
    await collect(at.x.search(TEA, HOUR, { since: "3" }));
    await collect(at.x.search(TEA, { from: NOON, to: NOON + MINUTE }, { since: "3" }));
    assert.deepEqual(queries(at, "start_time", "since_id", "end_time"), ["- 3 2026-03-03T11:59:00Z", "- 3 2026-03-03T11:59:50Z"]);
  });
  it("asks again at once where the clock is ahead of X's", async () => {
    const behind = { date: new Date(NOON - 3 * MINUTE).toUTCString() };
    const at = await stage(inTurn((a) => a.answer(400, refusal("end_time", "must be in the past"), behind), page("5", "a"), page("4")));
    assert.deepEqual(await pagesOf(at.x), ["5 a", "4 end"]);
    assert.deepEqual(queries(at, "end_time"), ["2026-03-03T11:59:00Z", "2026-03-03T11:56:50Z", "2026-03-03T11:56:50Z"]);
  });
  it("asks again only once, and only for a range that has begun", async () => {
    const refused = (ahead: number) => (a: Asked) =>
      a.answer(400, refusal("end_time", "no"), { date: new Date(NOON - ahead).toUTCString() });
    const twice = await stage(inTurn(refused(2 * MINUTE), refused(3 * MINUTE)));
    assert.deepEqual(await pagesOf(twice.x), ["refused: answered 400: no"]);
    assert.equal(twice.asked.length, 2);
    const future = await stage(refused(2 * 60 * MINUTE));
    assert.deepEqual(await pagesOf(future.x), []);
    assert.equal(future.asked.length, 1);
  });
  it("asks for as many a page as are wanted, within X's limits", async () => {
    const at = await stage(inTurn(page("5", "a"), page("4", "b"), page("3", "c"), page("2")));
    const sizes = [1000, 42.5, 3, 10];
    await pagesOf(at.x, { most: () => sizes.shift() ?? 0 });
    assert.deepEqual(queries(at, "max_results"), ["100", "42", "10", "10"]);
  });
  it("asks the full archive for what is older than a week: more a page, one request a second", async () => {
    const times: number[] = [];
    const at = await stage((a) => {
      times.push(at.clock.now() - NOON);
      page("5", times.length < 3 ? `t${times.length}` : undefined)(a);
    });
    at.clock.run = true;
    await collect(at.x.search(TEA, { from: NOON - 7 * DAY - 1, to: NOON - 6 * DAY }));
    await collect(at.x.search(TEA, { from: NOON - 7 * DAY + MINUTE, to: NOON - 6 * DAY }));
    const [all, recent] = ["/2/tweets/search/all", "/2/tweets/search/recent"];
    assert.deepEqual(
      at.asked.map(({ path }) => path),
      [all, all, all, recent],
    );
    assert.deepEqual(queries(at, "max_results"), ["500", "500", "500", "100"]);
    assert.deepEqual(times, [0, 1000, 2000, 2000]);
  });
  it("keeps each page as it came, with what is known of it", async () => {
    const body = '{ "data":[{"id":"9007199254740993","text":"caf\\u00e9 ☕"},{"id":7},{}], "meta":{} }';
    const { x } = await stage((a) => a.answer(200, body, { "x-rate-limit-limit": "450", "x-rate-limit-remaining": "449" }));
    const [one] = await collect(x.search(TEA, HOUR));
    assert.ok(one);
    assert.equal(one.bytes.toString(), body);
    assert.match(one.url, /^\/2\/tweets\/search\/recent\?query=%23tea%20-is%3Aretweet&start_time=2026-03-03T11%3A00%3A00Z&/);
    const { bytes: _, url: __, ...rest } = one;
    assert.deepEqual(rest, {
      status: 200,
      format: "x-v2-json",
      receivedAt: NOON,
      ids: ["9007199254740993"],
      next: null,
      limit: { remaining: 449, of: 450 },
    });
  });
});

describe("counts", () => {
  const bucket = (minute: number, tweets: unknown, name = "tweet_count") => ({
    start: new Date(NOON + minute * MINUTE).toISOString(),
    [name]: tweets,
  });
  it("refuse what is no count", async () => {
    for (const wrong of [bucket(0, "7"), bucket(0, -1), bucket(0, 1.5), { tweet_count: 1 }, { start: "noon", tweet_count: 1 }]) {
      const { x } = await stage((a) => a.answer(200, { data: [wrong], meta: {} }));
      await assert.rejects(collect(x.count(TEA, HOUR)), { kind: "transient", message: "answered 200 with a body that cannot be read" });
    }
  });
  it("are walked like tweets, by the minute, in both spellings", async () => {
    const at = await stage(
      inTurn(
        (a) => a.answer(200, { data: [bucket(-2, 3), bucket(-1, 0)], meta: { next_token: "a" } }),
        (a) =>
          a.answer(200, { data: [bucket(-4.5, 1, "post_count"), bucket(-4, 2, "post_count"), bucket(-3.5, 3, "post_count")], meta: {} }),
      ),
    );
    const pages = await collect(at.x.count(TEA, HOUR));
    const minutes = pages.map((one) => [...one.minutes].map(([time, tweets]) => [(time - NOON) / MINUTE, tweets]));
    assert.deepEqual(minutes, [
      [
        [-2, 3],
        [-1, 0],
      ],
      [
        [-5, 1],
        [-4, 5],
      ],
    ]);
    assert.deepEqual(queries(at, "granularity", "next_token", "end_time"), [
      "minute - 2026-03-03T11:59:00Z",
      "minute a 2026-03-03T11:59:00Z",
    ]);
    assert.deepEqual(Object.keys(at.asked[0]?.query ?? {}).toSorted(), ["end_time", "granularity", "query", "start_time"]);
  });
  it("of what is older than a week come from the full archive", async () => {
    const at = await stage((a) => a.answer(200, { meta: { total_tweet_count: 0 } }));
    await collect(at.x.count(TEA, { from: NOON - 8 * DAY, to: NOON - 7 * DAY }));
    assert.equal(at.asked[0]?.path, "/2/tweets/counts/all");
  });
});
