import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { rmSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { type Capturing, captureOnFullDisk, killedCapture, measureCapture, startX } from "./capture.ts";
import { randomFrom } from "./disk.ts";
import { buildShim, hasGcc, makeRoom } from "./shim.ts";

describe("a capture", () => {
  let room = "";
  let server: ChildProcess | null = null;
  let capturing: Capturing;
  before(async () => {
    room = makeRoom();
    const x = await startX();
    server = x.server;
    capturing = measureCapture({ room, shim: hasGcc() ? buildShim(room) : null, url: x.url });
  });
  after(() => {
    server?.disconnect();
    rmSync(room, { recursive: true, force: true });
  });

  it("that is killed at any moment loses nothing, doubles nothing, and the same command goes on", () => {
    for (let seed = 0; seed < 5; seed++) assert.equal(killedCapture(capturing, randomFrom(seed)).fault, null, `seed ${seed}`);
  });

  it("on a full disk ends with one line and exit code 74; the same command goes on when there is room", (t) => {
    if (capturing.shim === null) return t.skip("skipped: 1 crash test of a capture, no gcc");
    for (const share of [0.1, 0.6])
      assert.deepEqual(captureOnFullDisk(capturing, Math.ceil(capturing.changes * share)), { fault: null, how: "exit 74" });
  });
});
