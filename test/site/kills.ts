// Builds and publications that are killed: the last good site stands, page by page, and the next one comes to the same bytes.
import assert from "node:assert/strict";
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { stampOf } from "../../src/archive/touch.ts";
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

/** When a command is killed: at a part of the time it takes; or so many milliseconds after the first file was put into its place. */
export type Moment = { readonly part: number } | { readonly afterFirst: number };

/** A command that is killed, and what a reader sees of what it makes. */
interface Way {
  /** What has to be done before, and is never killed. */
  readonly first: readonly string[];
  readonly command: readonly string[];
  readonly shown: (dir: string) => Files;
  /** Where it puts files one by one; null: all become visible at once. */
  readonly folder: string | null;
}

const BUILD = ["build", "--out", "SITE"];
const inFolder = (folder: string): Pick<Way, "shown" | "folder"> => ({ shown: (dir) => filesOf(join(dir, folder)), folder });
const published = (target: string): Pick<Way, "first" | "command"> => ({
  first: ["publish", target, "--dry-run", "--out", "SITE"],
  command: ["publish", target, "--out", "SITE"],
});

/** What is killed: a build; publishing to a folder; publishing to a branch of a bare repository. */
export const WAYS = {
  build: { first: [], command: BUILD, ...inFolder("now/site") },
  folder: { ...published("WWW"), ...inFolder("now/www") },
  branch: { ...published("git:BARE#gh-pages"), shown: (dir) => blobsOf(join(dir, "now/bare.git")), folder: null },
} as const satisfies Readonly<Record<string, Way>>;

/** An archive and what is made of it as they were when all was well, and what changed since. */
export class Trial {
  readonly #dir: string;
  readonly #way: Way;
  readonly #before: Files;
  readonly #after: Files;
  /** Milliseconds that the whole command takes. */
  readonly takes: number;

  private constructor(dir: string, way: Way, told: { before: Files; after: Files; takes: number }) {
    this.#dir = dir;
    this.#way = way;
    this.#before = told.before;
    this.#after = told.after;
    this.takes = told.takes;
  }

  /** `weeks`: how many sessions change. */
  static async make(dir: string, weeks: number, way: Way = WAYS.build): Promise<Trial> {
    const life = new Life(join(dir, "now"), 8);
    execFileSync("git", ["init", "--quiet", "--bare", join(dir, "now/bare.git")]);
    for (let week = 0; week < weeks; week++) {
      await life.newWeek();
      life.notes(week, "status: reviewed");
    }
    await ended(start(dir, way.command));
    const before = way.shown(dir);
    for (let week = 0; week < weeks; week++) life.notes(week, `title: Title ${week}\nstatus: reviewed`);
    rmSync(join(life.archive, "chats/latechat"), { recursive: true });
    if (way.first.length > 0) await ended(start(dir, way.first));
    cpSync(join(dir, "now"), join(dir, "kept"), { recursive: true, preserveTimestamps: true });
    const began = performance.now();
    await ended(start(dir, way.command));
    const takes = performance.now() - began;
    const after = way.shown(dir);
    assert.notDeepEqual(after, before);
    return new Trial(dir, way, { before, after, takes });
  }

  /** Kills the command at these moments, one after the other, and lets the last one end. */
  async run(moments: readonly Moment[], killed: Killed): Promise<void> {
    rmSync(join(this.#dir, "now"), { recursive: true, force: true });
    cpSync(join(this.#dir, "kept"), join(this.#dir, "now"), { recursive: true, preserveTimestamps: true });
    for (const moment of moments) {
      const child = start(this.#dir, this.#way.command);
      const end = ending(child);
      if ("afterFirst" in moment) await this.#firstPut(child);
      await wait("afterFirst" in moment ? moment.afterFirst : this.takes * moment.part);
      child.kill("SIGKILL");
      await end;
      killed[this.#stands()]++;
    }
    await ended(start(this.#dir, this.#way.command));
    assert.deepEqual(this.#way.shown(this.#dir), this.#after, "the next one comes to another site");
    const left = Object.keys(tree(join(this.#dir, "now"))).filter((file) => file.endsWith(".part"));
    assert.deepEqual(left, [], "half a file is left behind");
  }

  /** Until a file that is to be another one is, or the command has ended. */
  async #firstPut(child: ChildProcess): Promise<void> {
    const folder = join(this.#dir, this.#way.folder ?? assert.fail("nobody sees when files are put"));
    const files = Object.keys(this.#after).filter((file) => this.#after[file] !== this.#before[file]);
    const stamps = (): string => files.map((file) => stampOf(join(folder, file))).join();
    const before = stamps();
    while (child.exitCode === null && child.signalCode === null && stamps() === before) await wait(1);
  }

  #stands(): keyof Killed {
    const is = this.#way.shown(this.#dir);
    for (const [file, hash] of Object.entries(is))
      assert.ok([this.#before[file], this.#after[file]].includes(hash), `${file} is neither as it was nor as it should be`);
    for (const file of Object.keys(this.#before)) assert.ok(file in is || !(file in this.#after), `${file} is gone`);
    const same = (other: Files): boolean => JSON.stringify(is) === JSON.stringify(other);
    return same(this.#before) ? "before" : same(this.#after) ? "after" : "between";
  }
}

/** What a reader can see of a site in a folder: hashes by name. */
function filesOf(dir: string): Files {
  const files = Object.entries(tree(dir)).filter(([name, hash]) => !name.startsWith(".") && hash !== "folder");
  return Object.fromEntries(files);
}

/** What a reader can see of a branch. */
function blobsOf(repository: string): Files {
  const lines = execFileSync("git", ["-C", repository, "ls-tree", "-r", "gh-pages"], { encoding: "utf8" }).trim().split("\n");
  const entries = lines.map((line) => {
    const [about = "", name = ""] = line.split("\t"); // "100644 blob 5f3a…\tindex.html"
    return [name, about.split(" ")[2] ?? ""] as const;
  });
  return Object.fromEntries(entries.filter(([name]) => !name.startsWith(".")));
}

function start(dir: string, command: readonly string[]): ChildProcess {
  const places = { SITE: join(dir, "now/site"), WWW: join(dir, "now/www"), BARE: join(dir, "now/bare.git") };
  const words = command.map((word) => word.replace(/SITE|WWW|BARE/, (place) => places[place as keyof typeof places]));
  return spawn(process.execPath, [join(ROOT, "scripts/chatscribe.js"), ...words, "--archive", join(dir, "now/data"), "--quiet"], {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, CHATSCRIBE_NOW: "2026-04-10T12:00:00Z" },
  });
}

const ending = (child: ChildProcess): Promise<number | null> => new Promise((resolve) => child.once("exit", resolve));

async function ended(child: ChildProcess): Promise<void> {
  assert.equal(await ending(child), 0);
}
