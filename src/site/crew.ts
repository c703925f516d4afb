import { type ChildProcess, fork } from "node:child_process";
import { getCompileCacheDir } from "node:module";
import { fileURLToPath } from "node:url";
import { type ExitCode, UserError } from "../errors.ts";
import type { SessionKey } from "./freshen.ts";
import type { Scope } from "./scope.ts";
import type { ShardPlace } from "./shard.ts";
import type { UnitName } from "./units.ts";

/** What every task of a build has in common. */
export interface Setting {
  /** The archive's folder. */
  readonly archive: string;
  readonly now: number;
  readonly drafts: boolean;
}

export type Task =
  | { readonly kind: "read"; readonly sessions: readonly SessionKey[] }
  | { readonly kind: "render"; readonly scope: Scope; readonly place: ShardPlace };

export type Answer =
  | { readonly files: readonly (readonly [UnitName, readonly string[]])[] }
  | { readonly fault: { readonly message: string; readonly code: ExitCode | null } };

const WORKER = fileURLToPath(new URL("worker.ts", import.meta.url));
const SIZE = 2;
/** A shard fits; what does not is told as a fault and not by the machine. */
const MEMORY = ["--max-old-space-size=128", "--max-semi-space-size=8"];

/** Processes that share the work of a build. They are started when there is something to do. */
export class Crew {
  readonly #setting: Setting;
  #workers: readonly ChildProcess[] = [];

  constructor(setting: Setting) {
    this.#setting = setting;
  }

  /** Has all tasks carried out, each by whoever is free; `done` is told as they are. The first fault ends it. */
  async carryOut<T extends Task>(
    tasks: readonly T[],
    done: (task: T, files: ReadonlyMap<UnitName, readonly string[]>) => void,
  ): Promise<void> {
    if (this.#workers.length === 0) this.#workers = start(this.#setting);
    const left = [...tasks];
    const work = async (worker: ChildProcess): Promise<void> => {
      for (let task = left.shift(); task !== undefined; task = left.shift()) done(task, new Map(await ask(worker, task)));
    };
    try {
      await Promise.all(this.#workers.map(work));
    } catch (error) {
      this.close();
      throw error;
    }
  }

  close(): void {
    for (const worker of this.#workers) if (worker.connected) worker.disconnect();
  }
}

function start(setting: Setting): readonly ChildProcess[] {
  const cache = getCompileCacheDir();
  const env = cache === undefined ? process.env : { ...process.env, NODE_COMPILE_CACHE: cache };
  const options = { env, execArgv: MEMORY, serialization: "advanced", stdio: ["ignore", "ignore", "inherit", "ipc"] } as const;
  return Array.from({ length: SIZE }, () => fork(WORKER, [JSON.stringify(setting)], { ...options, stdio: [...options.stdio] }));
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
