import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { StopReason } from "../../src/capture/run.ts";
import { Fault, type FaultKind } from "../../src/source/network.ts";
import { Store } from "../../src/store/store.ts";
import { START } from "../helpers.ts";
import { quietHour, written } from "./paged-network.ts";

const MINUTE = 60_000;
const WINDOW = { from: START - 15 * MINUTE, to: START + 90 * MINUTE };
const TEN = Array.from({ length: 10 }, (_, i) => written(i * 5 + 0.5));
const times = <T>(n: number, make: () => T): T[] => Array.from({ length: n }, make);

describe("a walk that cannot go on", () => {
  const cases: readonly (readonly [kind: FaultKind, wait: number | null, stopped: StopReason])[] = [
    ["credit", null, "no credit"],
    ["credentials", null, "credentials"],
    ["forbidden", null, "no access"],
    ["refused", null, "refused"],
    ["too large", null, "too large"],
    ["limit", 120_000, "rate limit"],
  ];
  for (const [kind, wait, stopped] of cases)
    it(`${kind}: stops at once, with the rest of the window as a gap, and goes on from the next page`, async () => {
      const { network, sweepOnce } = quietHour(TEN);
      network.faults.push(null, null, new Fault(kind, "said no", wait));
      const report = await sweepOnce();
      assert.deepEqual([report.stopped, report.coverage?.stored, report.coverage?.complete], [stopped, 6, false]);
      const gap = report.coverage?.gaps.find(({ query }) => query.startsWith("#"));
      assert.deepEqual(gap, { from: WINDOW.from, to: (TEN[4]?.time ?? 0) + 1, query: "#teachat -is:retweet", why: stopped });
      network.asked.length = 0;
      const again = await sweepOnce();
      assert.equal(network.asked[0]?.token, "6");
      assert.deepEqual([again.coverage?.stored, again.coverage?.complete, again.coverage?.gaps], [10, true, []]);
    });

  it("tries eight times, waiting 0.5 s doubled to 30 s", async () => {
    const { clock, network, notices, sweepOnce } = quietHour(TEN);
    network.faults.push(...times(8, () => new Fault("transient", "answered 503")));
    const began = clock.now();
    const { stopped, said, requests } = await sweepOnce();
    assert.deepEqual([stopped, said, requests], ["no answer", "X answered 503, 8 times", 8]);
    assert.equal(clock.now() - began, 500 + 1000 + 2000 + 4000 + 8000 + 16_000 + 30_000);
    assert.equal(notices[0], "X answered 503: trying again in 1 s");
  });

  it("waits 1 s doubled to 60 s where too many ask at once", async () => {
    const { clock, network, sweepOnce } = quietHour(TEN);
    network.faults.push(...times(7, () => new Fault("busy", "answered 429")));
    const began = clock.now();
    assert.equal((await sweepOnce()).stopped, "end");
    assert.equal(clock.now() - began, (1 + 2 + 4 + 8 + 16 + 32 + 60) * 1000);
  });

  it("begins to count its tries anew after each page", async () => {
    const { network, sweepOnce } = quietHour(TEN);
    const seven = (): Fault[] => times(7, () => new Fault("transient", "answered 503"));
    network.faults.push(...seven(), null, ...seven(), null, ...seven(), null);
    assert.deepEqual((await sweepOnce()).stopped, "end");
  });

  it("waits out a limit of fifteen minutes where it may, and of a minute in any case", async () => {
    for (const [wait, patient] of [
      [900_000, true],
      [60_000, false],
    ] as const) {
      const { clock, network, sweepOnce } = quietHour(TEN);
      network.faults.push(null, new Fault("limit", "answered 429", wait));
      const began = clock.now();
      const { stopped, coverage } = await sweepOnce({ patient });
      assert.deepEqual([stopped, coverage?.complete, clock.now() - began], ["end", true, wait]);
    }
  });

  it("begins anew where its token is not taken any more, once", async () => {
    const { network, sweepOnce } = quietHour(TEN);
    network.faults.push(null, null, new Fault("token", "answered 400"));
    assert.deepEqual((await sweepOnce()).coverage?.complete, true);
    assert.deepEqual(
      network.asked.slice(0, 4).map(({ token }) => token),
      [null, "3", "6", null],
    );
    const other = quietHour(TEN);
    other.network.faults.push(null, new Fault("token", "answered 400"), null, new Fault("token", "answered 400"));
    assert.equal((await other.sweepOnce()).stopped, "refused");
  });

  it("gets to its end where each call may read half of it: what was read is not read again", async () => {
    const { clock, network, sweepOnce } = quietHour(TEN);
    const limit = (): Fault => new Fault("limit", "answered 429", 900_000);
    // four pages a walk, and five requests a quarter of an hour
    const reports = [];
    for (let call = 0; call < 3 && reports.at(-1)?.stopped !== "end"; call++) {
      network.faults.length = 0;
      network.faults.push(...times(5, () => null), limit());
      reports.push(await sweepOnce());
      clock.hours(0.25);
    }
    assert.deepEqual(
      reports.map(({ stopped, coverage }) => [stopped, coverage?.complete]),
      [
        ["rate limit", false],
        ["end", true],
      ],
    );
    assert.deepEqual(
      network.asked.map(({ token }) => token),
      [null, "3", "6", "9", null, "3", "3", "6", "9"],
    );
  });

  it("is read anew where a sweep has fallen due since, or a day has gone by", async () => {
    // two minutes after the window's end, and two days after it
    for (const [since, hours] of [
      [-46.5 + 2 / 60, 0.25],
      [0, 24],
    ] as const) {
      const { clock, network, sweepOnce } = quietHour(TEN);
      clock.hours(since);
      network.faults.push(...times(4, () => null), new Fault("limit", "answered 429", 900_000));
      assert.equal((await sweepOnce()).stopped, "rate limit");
      clock.hours(hours);
      network.asked.length = 0;
      await sweepOnce();
      assert.deepEqual([network.asked.length, network.asked[0]?.token], [8, null]);
    }
  });

  it("leaves no gap of what a sweep that was cut short asked for and this one need not", async () => {
    const { dir, network, sweepOnce } = quietHour(TEN);
    network.faults.push(...times(5, () => null), new Fault("limit", "answered 429", 900_000));
    await sweepOnce();
    const store = Store.open(join(dir, "archive.db"));
    const asked = { role: "conversations", query: "conversation_id:7", ...WINDOW, started: WINDOW.to };
    store.transaction(() => store.coverage.beginWalk({ chat: "teachat", session: "2026-03-03" }, asked));
    store.close();
    const { coverage } = await sweepOnce();
    assert.deepEqual([coverage?.complete, coverage?.gaps], [true, []]);
  });

  it("is left alone once a person stops it", async () => {
    const stop = new AbortController();
    const { network, sweepOnce } = quietHour(TEN);
    network.faults.push(null);
    const search = network.search.bind(network);
    network.search = async function* (...args) {
      for await (const page of search(...args)) {
        stop.abort();
        yield page;
      }
    };
    const report = await sweepOnce({ signal: stop.signal });
    assert.deepEqual([report.stopped, report.coverage?.stored, network.asked.length], ["interrupted", 3, 1]);
  });
});

describe("a walk", () => {
  it("reads all pages, and once more until one finds nothing new", async () => {
    const { network, sweepOnce } = quietHour(TEN);
    const { coverage, requests } = await sweepOnce();
    assert.deepEqual([coverage?.complete, coverage?.stored, coverage?.counted], [true, 10, 10]);
    assert.equal(network.asked.length, 8);
    assert.equal(requests, 9);
  });

  it("is not settled while each walk finds something new", async () => {
    const { network, sweepOnce } = quietHour(TEN);
    const search = network.search.bind(network);
    let walks = 0;
    network.search = (query, range, options) => {
      network.tweets = [...network.tweets, written(60 + walks++)];
      return search(query, range, options);
    };
    const { coverage } = await sweepOnce();
    assert.deepEqual([coverage?.complete, coverage?.gaps], [false, []]);
    assert.equal(walks, 4);
  });

  it("of an hour in which nobody wrote is complete too", async () => {
    const { sweepOnce } = quietHour([]);
    const { coverage } = await sweepOnce();
    assert.deepEqual([coverage?.complete, coverage?.stored, coverage?.counted], [true, 0, 0]);
  });
});
