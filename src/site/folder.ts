import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { Worker } from "node:worker_threads";

/** The files the last build put into the folder: only these are ever deleted. */
const LIST = ".files";
/** Where rendered pages wait, a folder a shard. */
const NEXT = ".next";

/** A folder that a site is built into. Other files in it are nobody's business. */
export class SiteFolder {
  readonly path: string;

  constructor(out: string) {
    this.path = resolve(out);
  }

  has(file: string): boolean {
    return existsSync(join(this.path, file));
  }

  /** The files that builds put here, a line each; null: there was none. */
  list(): string | null {
    const list = join(this.path, LIST);
    return existsSync(list) ? readFileSync(list, "utf8") : null;
  }

  /** The files of its list that are not there. Where there are many, two threads look while this one goes on. */
  async missing(): Promise<readonly string[]> {
    const list = this.list() ?? "";
    if (list.length < MANY) return filesIn(list).filter((file) => !this.has(file));
    const half = list.indexOf("\n", list.length / 2) + 1;
    const looks = [list.slice(0, half), list.slice(half)].map((some) => missingIn(this.path, some));
    return (await Promise.all(looks)).flat();
  }

  /** Named before they are there, so that a run that is cut short leaves no file nobody knows. */
  writeList(list: string): void {
    if (this.list() === list) return;
    mkdirSync(this.path, { recursive: true });
    const half = join(this.path, `${LIST}.new`);
    writeFileSync(half, list);
    renameSync(half, join(this.path, LIST));
  }

  shard(name: string): string {
    return join(this.path, NEXT, name);
  }

  /** Forgets what waits, but for these shards. */
  clearShards(but: ReadonlySet<string> = new Set()): void {
    const next = join(this.path, NEXT);
    if (!existsSync(next)) return;
    for (const name of readdirSync(next)) if (!but.has(name)) rmSync(join(next, name), { recursive: true, force: true, maxRetries: 8 });
    if (but.size === 0) rmSync(next, { recursive: true, force: true, maxRetries: 8 });
  }

  /** Whether a file of a shard waits to be put into its place, or has been: a folder that is gone tells nothing. */
  waits(shard: string, file: string): boolean {
    return existsSync(this.shard(shard)) && (existsSync(join(this.shard(shard), file)) || this.has(file));
  }

  /** Puts a file of a shard into its place, unless the same bytes are there. Whether it did. */
  put(shard: string, file: string): boolean {
    const from = join(this.shard(shard), file);
    const to = join(this.path, file);
    if (!existsSync(from) || sameBytes(from, to)) return false;
    mkdirSync(dirname(to), { recursive: true });
    renameSync(from, to);
    return true;
  }

  /** Deletes a file and the folders it leaves empty. Whether it was there. */
  remove(file: string): boolean {
    const path = join(this.path, file);
    const was = existsSync(path);
    rmSync(path, { force: true });
    for (let parent = dirname(file); parent !== "."; parent = dirname(parent)) {
      const folder = join(this.path, parent);
      if (!existsSync(folder) || readdirSync(folder).length > 0) break;
      rmdirSync(folder);
    }
    return was;
  }
}

/** The files of so long a list are looked for before a thread has started: ten thousand. */
const MANY = 500_000;

function missingIn(folder: string, list: string): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const lookout = new Worker(new URL("lookout.ts", import.meta.url), { workerData: { folder, list } });
    lookout.once("message", resolve);
    lookout.once("error", reject);
  });
}

export const listOf = (files: readonly string[]): string => files.map((file) => `${file}\n`).join("");

/** The files that a list names: `..` leads out of the folder. */
export const filesIn = (list: string): string[] =>
  list.split("\n").filter((file) => file !== "" && !(file.includes("..") && file.split("/").includes("..")));

function sameBytes(a: string, b: string): boolean {
  const there = statSync(b, { throwIfNoEntry: false });
  if (there?.isFile() !== true || there.size !== statSync(a).size) return false;
  const files = [openSync(a, "r"), openSync(b, "r")] as const;
  try {
    for (;;) {
      const [one = 0, other = 0] = files.map((file, index) => readSync(file, PIECES[index] ?? new Uint8Array(0)));
      if (one !== other || !PIECES[0].subarray(0, one).equals(PIECES[1].subarray(0, other))) return false;
      if (one === 0) return true;
    }
  } finally {
    for (const file of files) closeSync(file);
  }
}

/** What is read of two files at a time: whole ones, thousands of them, would fill the memory before anybody looks what can go. */
const PIECES = [Buffer.alloc(65_536), Buffer.alloc(65_536)] as const;
