import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, it } from "node:test";
import { sleep } from "../../src/clock.ts";
import { ask, HOUR, MINUTE, post, START, standIn, TAG } from "./ask.ts";
import { scaledClock, VirtualClock } from "./clock.ts";

describe("virtual time", () => {
  it("says that nothing is left to happen, instead of waiting for ever", async () => {
    await assert.rejects(new VirtualClock(START).run(new Promise(() => {})), /nothing is left to happen/);
  });

  it("passes on a promise that fails", async () => {
    await assert.rejects(new VirtualClock(START).run(Promise.reject(new Error("no"))), /^Error: no$/);
  });

  it("jumps from timer to timer, those of one moment in their order", async () => {
    const clock = new VirtualClock(START);
    const seen: [string, number][] = [];
    const see = (name: string) => () => seen.push([name, (clock.now() - START) / MINUTE]);
    clock.after(20 * MINUTE, see("c"));
    clock.after(10 * MINUTE, see("a"));
    clock.after(10 * MINUTE, see("b"));
    const callOff = clock.after(15 * MINUTE, see("never"));
    callOff();
    await clock.run(sleep(clock, 60 * MINUTE));
    assert.deepEqual(seen, [
      ["a", 10],
      ["b", 10],
      ["c", 20],
    ]);
    assert.equal(clock.now(), START + 60 * MINUTE);
  });

  it("stands still while files are read", async () => {
    const clock = new VirtualClock(START);
    let rang = false;
    clock.after(1, () => {
      rang = true;
    });
    await clock.run(readFile(import.meta.filename));
    assert.equal(rang, false);
  });

  it("stands still while a request is answered", async () => {
    const { x, clock } = standIn([post(0, "a #teachat")]);
    const agent = x.agent();
    await clock.run(
      (async () => {
        for (let i = 0; i < 20; i++) await ask({ url: x.url, agent }, "/2/tweets/search/recent", { query: TAG, ...HOUR });
      })(),
    );
    assert.equal(clock.now(), START + 180 * MINUTE);
    x.close();
  });

  it("does what falls due on the way of an advance, and no more", async () => {
    const clock = new VirtualClock(START);
    let ticks = 0;
    const tick = (): void => {
      ticks++;
      clock.after(MINUTE, tick);
    };
    tick();
    await clock.advance(10 * MINUTE);
    assert.equal(ticks, 11);
    assert.equal(clock.now(), START + 10 * MINUTE);
  });

  it("lets the machine's own clock be wrong", () => {
    const clock = new VirtualClock(START, { skew: 60 * MINUTE });
    assert.equal(clock.machine() - clock.now(), 60 * MINUTE);
  });
});

describe("scaled time", () => {
  it("goes faster, from a moment of its own", async () => {
    const clock = scaledClock(60_000, START);
    await sleep(clock, 5 * MINUTE);
    // a timer of the machine's may be a millisecond early, which is a minute here
    assert.ok(clock.now() >= START + 3 * MINUTE);
  });
});
