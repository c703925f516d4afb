import { type ChildProcess, fork } from "node:child_process";
import { getCompileCacheDir } from "node:module";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { type ExitCode, UserError } from "../errors.ts";
import type { Edition } from "../store/people.ts";
import type { Scope } from "./scope.ts";
import type { ShardPlace } from "./shard.ts";
import type { SessionKey } from "./site.ts";
import type { UnitName } from "./units.ts";

/** What every task of a build has in common. */
export interface Setting {
  /** The archive's folder. */
  readonly archive: string;
  readonly now: number;
  readonly edition: Edition;
}

export type Task =
  | { readonly kind: "read"; readonly sessions: readonly SessionKey[] }
  | { readonly kind: "render"; readonly scope: Scope; readonly place: ShardPlace };

export type Answer =
  | { readonly files: readonly (readonly [UnitName, readonly string[]])[] }
  | { readonly fault: { readonly message: string; readonly code: ExitCode | null } };

const WORKER = fileURLToPath(new URL("worker.ts", import.meta.url));
/** More of them would wait for the disk. */
const MOST = 2;
/** A heap that may grow as it likes grows threefold before it is cleaned. So much holds a shard of an archive of ten thousand sessions, with a
 *  quarter to spare (64 are enough); and what a tweet more of the largest session, and a session more, take at most. In megabytes. */
const ROOM = { usual: 88, tweet: 0.02, session: 0.002 };
const USUAL = { tweets: 1500, sessions: 10_000 };

/** How large an archive is: its sessions, and the tweets of the largest of them. */
export interface Extent {
  readonly sessions: number;
  readonly tweets: number;
}

/** In steps: too little ends a build, a little more costs it nothing. */
const STEP = 8;

function roomFor({ sessions, tweets }: Extent): number {
  const more = ROOM.tweet * Math.max(0, tweets - USUAL.tweets) + ROOM.session * Math.max(0, sessions - USUAL.sessions);
  return ROOM.usual + STEP * Math.ceil(more / STEP);
}

/** glibc would keep a heap of its own for every thread that reads and writes files, and ever larger pieces of memory (as
 *  scripts/chatscribe.js says). */
const MALLOC = { MALLOC_ARENA_MAX: "2", MALLOC_MMAP_THRESHOLD_: "131072" };

/** Processes that share the work of a build. They are started when there is something to do. */
export class Crew {
  readonly size: number;
  readonly #setting: Setting;
  #workers: readonly ChildProcess[] = [];
  #room = 0;

  /** `cores`: how many processors there are. */
  constructor(setting: Setting, cores: number) {
    this.#setting = setting;
    this.size = Math.min(MOST, cores);
  }

  /** They load what they need while this process goes on. Where they have too little room they start anew. */
  start(extent: Extent): void {
    const room = roomFor(extent);
    if (room <= this.#room) return;
    void this.close(); // it never rejects
    setFlagsFromString("--optimize-for-size"); // from here on this process mostly waits: its own heap need not grow for speed
    this.#room = room;
    this.#workers = startWorkers(this.#setting, this.size, room);
  }

  /** Has all tasks carried out by those that were started, each by whoever is free; `done` is told as they are. The first fault ends it. */
  async carryOut<T extends Task>(
    tasks: readonly T[],
    done: (task: T, files: ReadonlyMap<UnitName, readonly string[]>) => void,
  ): Promise<void> {
    const left = [...tasks];
    const work = async (worker: ChildProcess): Promise<void> => {
      for (let task = left.shift(); task !== undefined; task = left.shift()) done(task, new Map(await ask(worker, task)));
    };
    try {
      await Promise.all(this.#workers.map(work));
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /** Settles when all of them have ended: what they had open is closed then. */
  async close(): Promise<void> {
    const ends = this.#workers.map((worker) => {
      const hasEnded = worker.exitCode !== null || worker.signalCode !== null;
      return hasEnded ? null : new Promise((resolve) => worker.once("exit", resolve));
    });
    for (const worker of this.#workers) if (worker.connected) worker.disconnect();
    this.#workers = [];
    await Promise.all(ends);
  }
}

const heapOf = (room: number): string[] => [`--max-old-space-size=${room}`, "--max-semi-space-size=4"];

function startWorkers(setting: Setting, size: number, room: number): readonly ChildProcess[] {
  const cache = getCompileCacheDir();
  const env = { ...process.env, ...MALLOC, ...(cache === undefined ? {} : { NODE_COMPILE_CACHE: cache }) };
  const options = {
    env,
    execArgv: heapOf(room),
    serialization: "advanced",
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  } as const;
  return Array.from({ length: size }, () => fork(WORKER, [JSON.stringify(setting)], { ...options, stdio: [...options.stdio] }));
}

function ask(worker: ChildProcess, task: Task): Promise<readonly (readonly [UnitName, readonly string[]])[]> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null, signal: string | null): void =>
      reject(new Error(`a process of the build ended by itself (${signal ?? code})`));
    worker.once("exit", ended);
    worker.once("message", (answer: Answer) => {
      worker.off("exit", ended);
      if ("files" in answer) resolve(answer.files);
      else reject(faultOf(answer.fault));
    });
    worker.send(task, (error) => (error === null ? undefined : reject(error)));
  });
}

function faultOf({ message, code }: { readonly message: string; readonly code: ExitCode | null }): Error {
  return code === null ? new Error(message) : new UserError(message, code);
}
