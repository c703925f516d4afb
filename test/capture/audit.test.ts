import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { START } from "../helpers.ts";
import { quietHour, written } from "./paged-network.ts";

const MINUTE = 60_000;
const HOUR = Array.from({ length: 60 }, (_, i) => written(i + 0.5));
const minute = (n: number) => ({ from: START + n * MINUTE, to: START + (n + 1) * MINUTE });

describe("counts that are higher than what is given", () => {
  it("are a gap of their minutes, once these were read again in vain", async () => {
    const { network, sweepOnce } = quietHour(HOUR);
    network.pageSize = 100;
    network.counted = new Map([
      [7, 3],
      [8, 2],
      [30, 5],
    ]);
    const { coverage, stopped } = await sweepOnce();
    assert.deepEqual([stopped, coverage?.complete, coverage?.stored, coverage?.counted], ["end", false, 60, 67]);
    const query = "#teachat -is:retweet";
    assert.deepEqual(coverage?.gaps, [
      { ...minute(7), query, why: "X counts 3 and gives 1" },
      { ...minute(8), query, why: "X counts 2 and gives 1" },
      { ...minute(30), query, why: "X counts 5 and gives 1" },
    ]);
    const again = network.asked.slice(2).map(({ range }) => range);
    assert.deepEqual(again, [{ from: minute(7).from, to: minute(8).to }, minute(30)]);
  });

  it("are no gap any more when the next sweep is given them", async () => {
    const { network, sweepOnce } = quietHour(HOUR);
    network.counted = new Map([[7, 2]]);
    assert.equal((await sweepOnce()).coverage?.complete, false);
    network.tweets = [...HOUR, written(7.7)];
    network.counted = new Map();
    const { coverage } = await sweepOnce();
    assert.deepEqual([coverage?.complete, coverage?.gaps, coverage?.stored], [true, [], 61]);
  });

  it("in many minutes are read again as one stretch", async () => {
    const { network, sweepOnce } = quietHour(HOUR);
    network.pageSize = 100;
    network.counted = new Map(Array.from({ length: 11 }, (_, i) => [i * 2, 2]));
    const { coverage } = await sweepOnce();
    assert.equal(coverage?.gaps.length, 11);
    assert.deepEqual(
      network.asked.slice(2).map(({ range }) => range),
      [{ from: minute(0).from, to: minute(20).to }],
    );
  });
});

describe("counts", () => {
  it("that are lower say nothing: what is deleted since stays", async () => {
    const { network, sweepOnce } = quietHour(HOUR);
    network.counted = new Map([[7, 0]]);
    const { coverage } = await sweepOnce();
    assert.deepEqual([coverage?.complete, coverage?.stored, coverage?.counted], [true, 60, 59]);
  });

  it("that nobody can have prove nothing and refute nothing", async () => {
    const { network, sweepOnce } = quietHour(HOUR);
    network.counted = null;
    const { coverage } = await sweepOnce();
    assert.deepEqual([coverage?.complete, coverage?.counted], [true, null]);
  });
});
