// npm run kills: 200 builds of 25 sessions and 200 publications of them are killed, at any moment; the last good site stands, the next one
// comes to the same bytes.
//   npm run kills -- --kills 20 --seed 7
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Killed, type Moment, Trial, WAYS } from "../test/site/kills.ts";

const { values } = parseArgs({ options: { kills: { type: "string", default: "200" }, seed: { type: "string", default: "1" } } });
let state = Number(values.seed);
const dice = (): number => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 2 ** 32;
};

/** Milliseconds within which most files are put into their places: half of all kills are there, a small part of the time. */
const PUTTING = 60;

/** Kills so many of one kind, and says how the site stood after each. */
async function kill(name: keyof typeof WAYS, kills: number): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), "kills-"));
  const killed: Killed = { before: 0, between: 0, after: 0 };
  const count = (): number => killed.before + killed.between + killed.after;
  try {
    const trial = await Trial.make(dir, 25, WAYS[name]);
    while (count() < kills) {
      const moment: Moment = dice() < 0.5 && WAYS[name].folder !== null ? { afterFirst: PUTTING * dice() } : { part: dice() };
      await trial.run(dice() < 0.3 ? [moment, { part: dice() }] : [moment], killed);
      if (count() % 20 < 2) console.error(`${name}: ${count()} killed`);
    }
    console.log(
      `${name}: ${count()} killed within ${(trial.takes / 1000).toFixed(1)} s: ${killed.before} sites as they were, ${killed.between} between, ${killed.after} as they should be; every next one came to the same bytes`,
    );
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

const kills = Number(values.kills);
await kill("build", kills);
await kill("folder", Math.ceil(kills / 2));
await kill("branch", Math.floor(kills / 2));
