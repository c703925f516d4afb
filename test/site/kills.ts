// Builds that are killed: the last good site stands, page by page, and the next build comes to the same bytes.
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { ROOT } from "../../src/cli/paths.ts";
import { tree } from "../cli/world.ts";
import { Life } from "./changes.ts";

type Files = Readonly<Record<string, string>>;

/** How many kills left a site that was all as before, all as it should be, or some of both. */
export interface Killed {
  before: number;
  between: number;
  after: number;
}

/** An archive and its site as they were when all was well, and what changed since. */
export class Trial {
  readonly #dir: string;
  readonly #before: Files;
  readonly #after: Files;
  /** Milliseconds that the whole build takes. */
  readonly takes: number;

  private constructor(dir: string, told: { before: Files; after: Files; takes: number }) {
    this.#dir = dir;
    this.#before = told.before;
    this.#after = told.after;
    this.takes = told.takes;
  }

  /** `weeks`: how many sessions the build that is killed has to render. */
  static async make(dir: string, weeks: number): Promise<Trial> {
    const life = new Life(join(dir, "now"), 8);
    for (let week = 0; week < weeks; week++) await life.newWeek();
    await ended(build(dir));
    const before = shown(dir);
    for (let week = 0; week < weeks; week++) life.notes(week, `title: Title ${week}`);
    rmSync(join(life.archive, "chats/latechat"), { recursive: true });
    cpSync(join(dir, "now"), join(dir, "kept"), { recursive: true, preserveTimestamps: true });
    const began = performance.now();
    await ended(build(dir));
    const takes = performance.now() - began;
    const after = shown(dir);
    assert.notDeepEqual(after, before);
    return new Trial(dir, { before, after, takes });
  }

  /** Kills a build at these parts of its time, one after the other, and lets the last one end. */
  async run(moments: readonly number[], killed: Killed): Promise<void> {
    rmSync(join(this.#dir, "now"), { recursive: true, force: true });
    cpSync(join(this.#dir, "kept"), join(this.#dir, "now"), { recursive: true, preserveTimestamps: true });
    for (const moment of moments) {
      const child = build(this.#dir);
      const end = ending(child);
      await wait(this.takes * moment);
      child.kill("SIGKILL");
      await end;
      killed[this.#stands()]++;
    }
    await ended(build(this.#dir));
    assert.deepEqual(shown(this.#dir), this.#after, "the next build comes to another site");
  }

  #stands(): keyof Killed {
    const is = shown(this.#dir);
    for (const [file, hash] of Object.entries(is))
      assert.ok([this.#before[file], this.#after[file]].includes(hash), `${file} is neither as it was nor as it should be`);
    for (const file of Object.keys(this.#before)) assert.ok(file in is || !(file in this.#after), `${file} is gone`);
    const same = (other: Files): boolean => JSON.stringify(is) === JSON.stringify(other);
    return same(this.#before) ? "before" : same(this.#after) ? "after" : "between";
  }
}

/** What a reader can see of the site. */
function shown(dir: string): Files {
  const files = Object.entries(tree(join(dir, "now/site"))).filter(([name, hash]) => !name.startsWith(".") && hash !== "folder");
  return Object.fromEntries(files);
}

function build(dir: string): ChildProcess {
  const args = [
    join(ROOT, "scripts/chatscribe.js"),
    "build",
    "--archive",
    join(dir, "now/data"),
    "--out",
    join(dir, "now/site"),
    "--quiet",
  ];
  return spawn(process.execPath, args, {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, CHATSCRIBE_NOW: "2026-04-10T12:00:00Z" },
  });
}

const ending = (child: ChildProcess): Promise<number | null> => new Promise((resolve) => child.once("exit", resolve));

async function ended(child: ChildProcess): Promise<void> {
  assert.equal(await ending(child), 0);
}
