// npm run faults: chat hours captured from a stand-in for X that goes wrong in every known way; nothing served may be lost or doubled,
// nothing missing undeclared.
//   npm run faults -- --sessions 500   fewer
//   npm run faults -- --seed 123       one of them again, aloud
//   npm run faults -- --plant "swallow 402"   with a bug in it, which must be found
import { fork } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { planOf } from "../test/faults/hour.ts";
import { PLANTS } from "../test/faults/plants.ts";
import { type Ended, Room, type Stage } from "../test/faults/room.ts";
import { type Told, tryOut } from "../test/faults/trial.ts";
import type { Work } from "../test/faults/worker.ts";

const SESSIONS = 10_000;
const WORKERS = Math.max(2, availableParallelism());

/** All trials, shared among the workers. true: nothing was wrong. */
async function tryAll(sessions: number, plant: string | null): Promise<boolean> {
  const began = performance.now();
  const told: Told[] = [];
  const again = plant === null ? "" : ` --plant "${plant}"`;
  await Promise.all(
    Array.from({ length: WORKERS }, (_, first) => startWorker({ first, step: WORKERS, end: sessions, plant }, { told, again })),
  );
  for (const line of tableOf(told)) console.log(line);
  console.log(`${told.length.toLocaleString("en")} in ${((performance.now() - began) / 1000).toFixed(0)} s`);
  if (told.length !== sessions) console.log(`only ${told.length} of ${sessions} were done`);
  return told.length === sessions && told.every(({ wrong }) => wrong === null);
}

async function startWorker(work: Work, { told, again }: { told: Told[]; again: string }): Promise<void> {
  const worker = fork(fileURLToPath(new URL("../test/faults/worker.ts", import.meta.url)), {
    execArgv: ["--max-semi-space-size=32"],
  });
  worker.on("message", (batch) => {
    for (const one of batch as readonly Told[]) {
      told.push(one);
      if (one.wrong !== null) console.log(`${one.wrong}\n  again: npm run faults -- --seed ${one.seed}${again}`);
      if (told.length % 1000 === 0) console.error(`${told.length.toLocaleString("en")} done`);
    }
  });
  worker.send(work);
  await once(worker, "exit");
}

/** A line each for what was done, what went wrong on the way, how commands ended, and what was found. */
function tableOf(told: readonly Told[]): string[] {
  const n = (count: number): string => count.toLocaleString("en");
  const sum = (of: (one: Told) => number): number => told.reduce((all, one) => all + of(one), 0);
  const tally = (of: (one: Told) => Readonly<Record<string, number>>): [string, number][] => {
    const all = new Map<string, number>();
    for (const one of told) for (const [name, count] of Object.entries(of(one))) all.set(name, (all.get(name) ?? 0) + count);
    return [...all].sort(([a], [b]) => (a < b ? -1 : 1));
  };
  const listed = (entries: readonly [string, number][]): string => entries.map(([name, count]) => `${name} ${n(count)}`).join(" · ");
  const faults = tally((one) => one.faults);
  const ways = tally(({ way }) => ({ [way]: 1 }));
  const wrong = (kinds: readonly string[]): number => told.filter((one) => kinds.some((kind) => one.wrong?.startsWith(kind))).length;
  const [lost, doubled, undeclared] = [wrong(["lost"]), wrong(["doubled", "invented"]), wrong(["undeclared", "gap"])];
  const rest = told.filter((one) => one.wrong !== null).length - lost - doubled - undeclared;
  return [
    `sessions   ${n(told.length)}   (${listed(ways)})`,
    `commands   ${n(sum(({ commands }) => commands))}   (exit ${listed(tally(({ exits }) => exits))})`,
    `requests   ${n(sum(({ requests }) => requests))}`,
    `faults     ${n(faults.reduce((all, [, count]) => all + count, 0))}   (${listed(faults)})`,
    `found      ${lost} lost, ${doubled} doubled, ${undeclared} missing undeclared, ${rest} otherwise wrong or not resumed`,
  ];
}

/** One trial again, request by request. */
async function again(seed: number, plant: string | null): Promise<boolean> {
  const { wish, install, ...spoilt } =
    plant === null ? { wish: {}, install: undefined } : { install: undefined, ...PLANTS[plant], wish: PLANTS[plant]?.wish ?? {} };
  const takeOut = install?.();
  const room = new Room();
  try {
    const { wrong } = await tryOut(room, planOf(seed, wish), { ...spoilt, watch: tell });
    console.log(wrong ?? "nothing lost, doubled or missing undeclared");
    return wrong === null;
  } finally {
    room.remove();
    takeOut?.();
  }
}

function tell(stage: Stage, { code, stopped, from, before, said, coverage }: Ended): void {
  const iso = (time: number): string => new Date(time).toISOString().slice(5, 19);
  for (const { at, kind, params, status, fault, ids } of stage.x.log.slice(before)) {
    const how = ["query", "ids", "start_time", "end_time", "next_token"].flatMap((name) => params.get(name) ?? []).join(" ");
    console.log(`  ${iso(at)} ${kind} ${how}: ${status}, ${ids.length} tweets${fault === null ? "" : `, ${fault}`}`);
  }
  const { complete = null, gaps = [] } = coverage ?? {};
  console.log(`${iso(from)} exit ${code}, ${stopped}, complete ${complete}${said === "" ? "" : `: ${said.trim()}`}`);
  for (const gap of gaps) console.log(`  gap ${iso(gap.from)} to ${iso(gap.to)}: ${gap.why} (${gap.query})`);
}

const { values } = parseArgs({ options: { sessions: { type: "string" }, seed: { type: "string" }, plant: { type: "string" } } });
const plant = values.plant ?? null;
if (plant !== null && PLANTS[plant] === undefined) {
  console.error(`faults: --plant "${plant}": there are ${Object.keys(PLANTS).join(", ")}`);
  process.exitCode = 2;
} else {
  const good =
    values.seed === undefined ? await tryAll(Number(values.sessions ?? SESSIONS), plant) : await again(Number(values.seed), plant);
  process.exitCode = good ? 0 : 1;
}
