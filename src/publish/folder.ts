import { existsSync } from "node:fs";
import { copyFile, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { EXIT, UserError } from "../errors.ts";
import { type Found, LIST, listOf, namesIn, type Plan } from "./plan.ts";
import type { Built, Target } from "./target.ts";

/** A file that is being written; one that was killed while it was written is gone after the next publication. */
const PART = `${LIST}.part`;

/** A folder of this machine, as a web server shows it. What else is in it is left alone. */
export class FolderTarget implements Target {
  readonly name: string;
  constructor(dir: string) {
    this.name = dir;
  }

  async find({ dir, files }: Built): Promise<Found> {
    const there = await stat(this.name).catch(() => null);
    if (there !== null && !there.isDirectory())
      throw new UserError(`${this.name}: cannot be published to: it is a file, not a folder`, EXIT.disk);
    const known = await this.#known();
    const differing = new Set<string>();
    for (const file of files) {
      if (await sameBytes(join(dir, file), join(this.name, file))) continue;
      if (!known.has(file) && existsSync(join(this.name, file)))
        throw new UserError(`${join(this.name, file)} was not published by Chatscribe: move it away, or name another folder`);
      differing.add(file);
    }
    return { known, differing };
  }

  async carryOut({ dir, files }: Built, { put, remove }: Plan, known: ReadonlySet<string>): Promise<void> {
    await mkdir(this.name, { recursive: true });
    // named before they are there: what is cut short leaves no file that nobody knows
    await this.#write(listOf(new Set([...known, ...files])));
    for (const file of put.flat()) await this.#replace(join(dir, file), file);
    for (const file of remove) await removeWithFolders(this.name, file);
    await this.#write(listOf(files));
  }

  async #known(): Promise<ReadonlySet<string>> {
    const list = join(this.name, LIST);
    const known = existsSync(list) ? namesIn(await readFile(list, "utf8")) : new Set<string>();
    return existsSync(join(this.name, PART)) ? known.add(PART) : known;
  }

  async #write(list: string): Promise<void> {
    await writeFile(join(this.name, PART), list);
    await rename(join(this.name, PART), join(this.name, LIST));
  }

  /** A reader finds the old file or the new one, never half of one. */
  async #replace(from: string, file: string): Promise<void> {
    const to = join(this.name, file);
    await mkdir(dirname(to), { recursive: true });
    await copyFile(from, join(this.name, PART));
    await rename(join(this.name, PART), to);
  }
}

async function sameBytes(a: string, b: string): Promise<boolean> {
  const [one, other] = await Promise.all([stat(a), stat(b).catch(() => null)]);
  return other?.isFile() === true && one.size === other.size && (await readFile(a)).equals(await readFile(b));
}

async function removeWithFolders(root: string, file: string): Promise<void> {
  await rm(join(root, file), { force: true });
  for (let parent = dirname(file); parent !== "."; parent = dirname(parent)) {
    const path = join(root, parent);
    if (!existsSync(path) || (await readdir(path)).length > 0) return;
    await rm(path, { recursive: true });
  }
}
