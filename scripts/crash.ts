// npm run crash: kills, power cuts and full disks against an import and a capture; nothing acknowledged may be lost, doubled or damaged.
//   npm run crash -- --capture     only against a capture
//   npm run crash -- --state 123   one of them again (with --capture where it was said with that)
import { fork } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { measureCapture, startX } from "../test/crash/capture.ts";
import { measure } from "../test/crash/real.ts";
import { buildShim, hasGcc, makeRoom } from "../test/crash/shim.ts";
import { momentsOf, paddedStory, smallStory, writePadded } from "../test/crash/story.ts";
import { recordAll, type Trial } from "../test/crash/trials.ts";
import { type Told, trialsOf, type Work } from "../test/crash/worker.ts";

const SIZES = { cuts: 8, kills: 200, refusals: 30 };

async function crash(only: number | null, onlyCapture: boolean): Promise<boolean> {
  const room = makeRoom();
  const { url, server } = await startX();
  try {
    const work = await prepare(room, url, onlyCapture);
    const trials = trialsOf(work);
    if (only !== null) return await again(trials, only);
    const began = performance.now();
    const told: Told[] = [];
    await Promise.all(Array.from({ length: WORKERS }, (_, first) => startWorker({ ...work, first }, told)));
    for (const line of tableOf(told)) console.log(line);
    console.log(`${told.length.toLocaleString("en")} in ${((performance.now() - began) / 1000).toFixed(0)} s`);
    if (told.length !== trials.length) console.log(`only ${told.length} of ${trials.length} were done`);
    return told.length === trials.length && told.every(({ fault }) => fault === null);
  } finally {
    server.disconnect();
    rmSync(room, { recursive: true });
  }
}

const WORKERS = Math.max(2, availableParallelism());

async function prepare(room: string, url: string, onlyCapture: boolean): Promise<Work> {
  const shim = buildShim(room);
  const capturing = measureCapture({ room, shim, url });
  const imported = onlyCapture ? null : await prepareImport(room, shim);
  return { imported, capturing, sizes: SIZES, first: 0, step: WORKERS };
}

async function prepareImport(room: string, shim: string): Promise<Work["imported"]> {
  const file = join(room, "padded.jsonl");
  writePadded(file);
  const recorded = { room, moments: await momentsOf(smallStory, room), recordings: recordAll(room, shim) };
  const undisturbed = { room, shim, file, moments: await momentsOf(paddedStory(file), room), ...measure(shim, file, room) };
  return { recorded, undisturbed };
}

async function startWorker(work: Work, told: Told[]): Promise<void> {
  const worker = fork(fileURLToPath(new URL("../test/crash/worker.ts", import.meta.url)), { serialization: "advanced" });
  worker.on("message", (one) => {
    const { index, kind, what, fault } = one as Told;
    told.push(one as Told);
    if (fault !== null) console.log(`${kind}, ${what}: ${fault}\n  again: npm run crash -- --state ${index}`);
    if (told.length % 500 === 0) console.error(`${told.length.toLocaleString("en")} done`);
  });
  worker.send(work);
  await once(worker, "exit");
}

async function again(trials: readonly Trial[], index: number): Promise<boolean> {
  const trial = trials[index];
  if (trial === undefined) throw new Error(`--state ${index}: there are 0 to ${trials.length - 1}`);
  const { fault, how } = await trial.run();
  console.log(`${trial.kind}, ${trial.what}: ${how}, ${fault ?? "nothing lost, doubled or damaged"}`);
  return fault === null;
}

/** A line a kind: how many, how they ended, and how many had what wrong. */
function tableOf(told: readonly Told[]): string[] {
  const kinds = Map.groupBy(told, ({ kind }) => kind);
  return [...kinds].map(([kind, ones]) => {
    const ends = [...Map.groupBy(ones, ({ how }) => how)].map(([how, same]) => `${same.length.toLocaleString("en")} ${how}`).sort();
    const faults = (about: RegExp) => ones.filter(({ fault }) => fault !== null && about.test(fault)).length;
    // lost: 3 commits …  |  holds a part half, twice …
    const [lost, doubled] = [faults(/^lost/), faults(/^holds/)];
    const rest = faults(/./) - lost - doubled;
    return `${kind.padEnd(16)}${ones.length.toLocaleString("en").padStart(7)}   ${lost} lost, ${doubled} half or doubled, ${rest} damaged or not resumed   (${ends.join(", ")})`;
  });
}

const { values } = parseArgs({ options: { state: { type: "string" }, capture: { type: "boolean", default: false } } });
if (!hasGcc()) {
  console.error("crash: needs Linux and gcc, for the shim below the process: install gcc");
  process.exitCode = 2;
} else process.exitCode = (await crash(values.state === undefined ? null : Number(values.state), values.capture)) ? 0 : 1;
