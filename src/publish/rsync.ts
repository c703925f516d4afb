import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "../errors.ts";
import { type Found, LIST, listOf, namesIn, type Plan } from "./plan.ts";
import { failed, type Ran, run } from "./run.ts";
import type { Built, Target } from "./target.ts";

/** Files differ where their bytes do: a build may write the same bytes at another time. */
const SAME = ["--checksum", "--chmod=D755,F644"];
/** rsync(1), "EXIT VALUES": a folder that is not there yet; source files that are not there. */
const PARTIAL = 23;
const VANISHED = 24;

/** A place that rsync reaches: a daemon's module, or a folder on a machine one can log in to. */
export class RsyncTarget implements Target {
  readonly name: string;
  constructor(address: string) {
    this.name = address.replace(/\/*$/, "/"); // "host:www" -> "host:www/"
  }

  async find(built: Built): Promise<Found> {
    const known = await this.#known();
    const ran = await this.#send(built.dir, built.files, ["--dry-run", "--out-format=%i %n"]);
    if (ran.code !== 0) throw failed(this.name, ran);
    // "<f+++++++++ tea/index.html" is new, "<fcs...... a" another; ".f          a" and "cd+++++++++ tea/" are not sent
    const sent = ran.out
      .split("\n")
      .flatMap((line) => (line.startsWith("<f") ? [{ isNew: line.startsWith("<f+"), file: line.slice(12) }] : []));
    const foreign = sent.find(({ isNew, file }) => !isNew && !known.has(file));
    if (foreign !== undefined)
      throw new UserError(`${this.name}${foreign.file} was not published by Chatscribe: move it away, or name another place`);
    return { known, differing: new Set(sent.map(({ file }) => file)) };
  }

  async carryOut(built: Built, { put, remove }: Plan, known: ReadonlySet<string>): Promise<void> {
    await this.#write(listOf(new Set([...known, ...built.files])));
    for (const stage of put) await this.#ask(this.#send(built.dir, stage, []));
    if (remove.length > 0) await this.#remove(built.dir, remove);
    await this.#write(listOf(built.files));
  }

  /** Sends those files of a folder, `tea/index.html`. */
  #send(dir: string, files: readonly string[], options: readonly string[]): Promise<Ran> {
    return run("rsync", [...SAME, ...options, "--files-from=-", `${dir}/`, this.name], { input: files.join("\n") });
  }

  /** Sends that they are not there: rsync removes them, and warns that they are not there. */
  async #remove(dir: string, files: readonly string[]): Promise<void> {
    const ran = await this.#send(dir, files, ["--delete-missing-args", "--force"]);
    if (ran.code !== 0 && ran.code !== VANISHED) throw failed(this.name, ran);
  }

  async #ask(running: Promise<Ran>): Promise<void> {
    const ran = await running;
    if (ran.code !== 0) throw failed(this.name, ran);
  }

  async #known(): Promise<ReadonlySet<string>> {
    return inRoom(async (room) => {
      const ran = await run("rsync", ["--ignore-missing-args", `${this.name}${LIST}`, `${room}/`]);
      if (ran.code !== 0 && ran.code !== PARTIAL) throw failed(this.name, ran);
      return readFile(join(room, LIST), "utf8").then(namesIn, () => new Set<string>());
    });
  }

  async #write(list: string): Promise<void> {
    await inRoom(async (room) => {
      await writeFile(join(room, LIST), list);
      await this.#ask(run("rsync", [...SAME, join(room, LIST), this.name]));
    });
  }
}

async function inRoom<T>(use: (room: string) => Promise<T>): Promise<T> {
  const room = await mkdtemp(join(tmpdir(), "chatscribe-publish-"));
  try {
    return await use(room);
  } finally {
    await rm(room, { recursive: true, force: true });
  }
}
