// A process of `npm run faults`: does every n-th trial, and tells how each ended.
import { planOf } from "./hour.ts";
import { PLANTS } from "./plants.ts";
import { Room } from "./room.ts";
import { type Told, tryOut } from "./trial.ts";

export interface Work {
  /** Does seeds `first`, `first + step`, … below `end`. */
  readonly first: number;
  readonly step: number;
  readonly end: number;
  /** A bug to plant, by its name. */
  readonly plant: string | null;
}

/** So many are told at once. */
const BATCH = 20;

/** Does the trials of a work one after the other. */
export async function* trials({ first, step, end, plant }: Work): AsyncGenerator<Told> {
  const { wish, install, ...spoilt } = plant === null ? { wish: {} } : { install: undefined, ...planted(plant) };
  const takeOut = install?.();
  const room = new Room();
  try {
    for (let seed = first; seed < end; seed += step) yield await tryOut(room, planOf(seed, wish), spoilt);
  } finally {
    room.remove();
    takeOut?.();
  }
}

function planted(name: string) {
  const plant = PLANTS[name];
  if (plant === undefined) throw new Error(`no plant "${name}": there are ${Object.keys(PLANTS).join(", ")}`);
  return plant;
}

async function work(sent: Work): Promise<void> {
  let told: Told[] = [];
  for await (const one of trials(sent)) {
    told.push(one);
    if (told.length < BATCH) continue;
    process.send?.(told);
    told = [];
  }
  process.send?.(told);
  process.disconnect();
}

if (process.send !== undefined) {
  process.once("disconnect", () => process.exit());
  process.once("message", (sent) => void work(sent as Work));
}
