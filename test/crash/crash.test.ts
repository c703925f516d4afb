import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { Plant } from "./commits.ts";
import { randomFrom } from "./disk.ts";
import { killed, measure, refused, type Undisturbed } from "./real.ts";
import { buildShim, hasGcc, makeRoom, recordStory } from "./shim.ts";
import { type Moments, momentsOf, paddedStory, smallStory, writePadded } from "./story.ts";
import { recordAll, statesOf, type Trial } from "./trials.ts";

const TESTS = 8;
const skip = hasGcc() ? false : "no gcc";
if (skip) console.log(`skipped: ${TESTS} crash tests, ${skip}`);

describe("a crash", { skip }, () => {
  let room = "";
  let shim = "";
  let moments: Moments = [];
  let undisturbed: Undisturbed;
  before(async () => {
    room = makeRoom();
    shim = buildShim(room);
    moments = await momentsOf(smallStory, room);
    const file = join(room, "padded.jsonl");
    writePadded(file);
    undisturbed = { room, shim, file, moments: await momentsOf(paddedStory(file), room), ...measure(shim, file, room) };
  });
  after(() => rmSync(room, { recursive: true, force: true }));

  /** Every `step`-th state of a kind. */
  const some = (trials: readonly Trial[], kind: Trial["kind"], step: number): Trial[] =>
    trials.filter((trial) => trial.kind === kind).filter((_, i) => i % step === 0);

  async function faultsOf(trials: readonly Trial[], most = Number.POSITIVE_INFINITY): Promise<string[]> {
    const faults: string[] = [];
    for (const { what, run } of trials) {
      const { fault } = await run();
      if (fault !== null) faults.push(`${what}: ${fault}`);
      if (faults.length === most) break;
    }
    return faults;
  }

  const PLANTS: readonly (readonly [Plant, Trial["kind"], string, RegExp])[] = [
    ["early", "kill state", "a part acknowledged before its commit", /lost: \d+ commits were acknowledged, \d+ are held/],
    ["apart", "kill state", "a raw part in a transaction of its own", /holds a part half/],
    ["normal", "power cut", "synchronous=NORMAL", /lost: \d+ commits were acknowledged, \d+ are held/],
  ];
  for (const [plant, kind, what, fault] of PLANTS)
    it(`with a planted bug is found out: ${what}`, async () => {
      const recordings = [{ name: plant, changes: recordStory(room, shim, { plant }), found: 0, told: 0 }];
      const [first] = await faultsOf(some(statesOf({ room, moments, recordings }, 1), kind, 5), 1);
      assert.match(first ?? "no fault found", fault);
    });

  for (const [kind, step] of [
    ["kill state", 43],
    ["power cut", 19],
  ] as const)
    it(`(${kind}) loses nothing acknowledged, doubles nothing, and the same import goes on from there`, async () => {
      const trials = some(statesOf({ room, moments, recordings: recordAll(room, shim) }, 1), kind, step);
      assert.ok(trials.length > 60, `${trials.length} states`);
      assert.deepEqual(await faultsOf(trials), []);
    });

  it("of the program itself, by kill -9, is made good by the same command", () => {
    for (const seed of [0, 1]) assert.equal(killed(undisturbed, randomFrom(seed)).fault, null);
  });

  it("a full disk ends an import with one line and exit code 74; the same command goes on when there is room", () => {
    for (const n of [1, 40]) assert.deepEqual(refused(undisturbed, "ENOSPC", n), { fault: null, how: "exit 74" });
  });

  it("a disk that fails once, too", () => {
    for (const n of [8, 60]) assert.deepEqual(refused(undisturbed, "EIO", n), { fault: null, how: "exit 74" });
  });
});
