import {
  appendFileSync,
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
import { stampOf } from "../archive/touch.ts";
import { mediaPath } from "./paths.ts";

/** The files the last build put into the folder: only these are ever deleted. */
const LIST = ".files";
/** Where rendered pages wait, a folder a shard. */
const NEXT = ".next";

/** A folder that a site is built into. Other files in it are nobody's business. */
export class SiteFolder {
  readonly path: string;
  #shards = 0;

  constructor(out: string) {
    this.path = resolve(out);
  }

  has(file: string): boolean {
    return existsSync(join(this.path, file));
  }

  /** The files that builds put here, a line each, some of them more than once. A line that was cut short names a file that is not there
   *  yet. */
  list(): string {
    const path = join(this.path, LIST);
    if (!existsSync(path)) return "";
    const list = readFileSync(path, "utf8");
    return list.slice(0, list.lastIndexOf("\n") + 1);
  }

  /** A word for the list: another one when somebody has written it since. Of two hundred thousand files a hash takes longer than all else. */
  listStamp(): string {
    return stampOf(join(this.path, LIST));
  }

  /** How a folder of it was touched last: another word when somebody has put a file there since, or taken one; empty: there is none. */
  stampOf(folder: string): string {
    return stampOf(`${this.path}/${folder}/.`); // the folder, where its name is a link to it
  }

  /** Writes its list: of files that are there, or will be, so that a run that is cut short leaves no file nobody knows. `lists`: a line for
   *  each file; together they may be longer than one wants to hold. Returns how many files it names. */
  writeList(lists: Iterable<string>): number {
    mkdirSync(this.path, { recursive: true });
    const half = join(this.path, `${LIST}.new`);
    const to = openSync(half, "w");
    const count = new Count();
    try {
      let piece = "";
      for (const list of lists) {
        count.add(list);
        piece += list;
        if (piece.length < PIECE) continue;
        writeFileSync(to, piece); // all of it or an error: a full disk may take a part
        piece = "";
      }
      writeFileSync(to, piece);
    } finally {
      closeSync(to);
    }
    renameSync(half, join(this.path, LIST));
    return count.files;
  }

  /** Adds to the list, before the files are there. Returns how many files it names more: images may be in it already. */
  addToList(files: readonly string[]): number {
    if (files.length > 0) appendFileSync(join(this.path, LIST), listOf(files));
    return files.filter((file) => !file.startsWith(MEDIA) || !this.has(file)).length;
  }

  /** The name of a shard that there is none of. */
  newShard(): string {
    const name = `${process.pid}-${this.#shards++}`;
    return existsSync(this.shard(name)) ? this.newShard() : name;
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

  /** Puts the files of a unit into their places, but for those whose bytes are there. `own`: the folder that is the unit's alone; null:
   *  there is none. Where that is new it is moved whole: a site of ten thousand sessions would be two hundred thousand folders made and
   *  as many files moved. Returns how many files it put. */
  put(shard: string, { own, files }: { readonly own: string | null; readonly files: readonly string[] }): number {
    const isMoved = own !== null && this.#moveFolder(shard, own);
    return files.filter((file) => (isMoved && file.startsWith(`${own}/`)) || this.#putFile(shard, file)).length;
  }

  #moveFolder(shard: string, own: string): boolean {
    const from = join(this.shard(shard), own);
    const to = join(this.path, own);
    if (existsSync(to) || !existsSync(from)) return false;
    mkdirSync(dirname(to), { recursive: true });
    renameSync(from, to);
    return true;
  }

  #putFile(shard: string, file: string): boolean {
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

/** The files that a list names, a line each: `..` leads out of the folder. */
export const filesIn = (list: string): string[] => list.split("\n").filter(isOurs);

const isOurs = (file: string): boolean => file !== "" && !(file.includes("..") && file.split("/").includes(".."));

const listOf = (files: readonly string[]): string => files.map((file) => `${file}\n`).join("");

/** How many files lists name. Only images are files of several units. */
class Count {
  readonly #images = new Set<string>();
  #others = 0;

  /** A line for each file. */
  add(list: string): void {
    for (let at = 0, end = list.indexOf("\n"); end !== -1; at = end + 1, end = list.indexOf("\n", at))
      if (list.startsWith(MEDIA, at)) this.#images.add(list.slice(at, end));
      else this.#others++;
  }

  get files(): number {
    return this.#others + this.#images.size;
  }
}

const MEDIA = mediaPath("");

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
const PIECE = 65_536;
const PIECES = [Buffer.alloc(PIECE), Buffer.alloc(PIECE)] as const;
