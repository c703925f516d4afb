import { dirname } from "node:path";

/** A change of a file, as shim.c recorded it: made, written, cut, synced, renamed, deleted; or a folder synced. */
export interface Change {
  readonly kind: "create" | "write" | "truncate" | "sync" | "rename" | "unlink" | "sync folder";
  /** Path below the recorded folder. */
  readonly name: string;
  /** Where a write begins; the new size of a cut. */
  readonly offset: number;
  /** What was written; of a rename the new name. */
  readonly bytes: Buffer;
  /** The file itself, whatever it is called: a deleted and a new file of one name have two numbers. 0: a folder. */
  readonly file: number;
}

/** Files by name, as a start finds them. */
export type Files = ReadonlyMap<string, Buffer>;

const KINDS: Readonly<Record<string, Change["kind"]>> = {
  C: "create",
  W: "write",
  T: "truncate",
  S: "sync",
  R: "rename",
  U: "unlink",
  D: "sync folder",
};

/** The changes that make files which are there, and safe, before anything is recorded. */
export const given = (files: Files): Change[] =>
  [...files].flatMap(([name, bytes], i) => {
    const change = { name, offset: 0, bytes: Buffer.alloc(0), file: -1 - i };
    return [
      { ...change, kind: "create" as const },
      { ...change, kind: "write" as const, bytes },
      { ...change, kind: "sync" as const },
      { ...change, kind: "sync folder" as const, name: dirname(name), file: 0 },
    ];
  });

/** Reads a log of shim.c; `before`: what made the files it found. */
export function readLog(log: Buffer, before: readonly Change[] = []): Change[] {
  const changes = [...before];
  const files = new Map(before.filter(({ kind }) => kind === "create").map(({ name, file }) => [name, file]));
  for (let at = 0; at < log.length; ) {
    const kind = KINDS[String.fromCharCode(log.readUInt8(at))];
    const from = at + 15;
    const to = from + log.readUInt16LE(at + 1);
    const end = to + log.readUInt32LE(at + 11);
    if (kind === undefined || end > log.length) throw new Error(`not a log of shim.c at byte ${at}`);
    const name = log.toString("utf8", from, to);
    const bytes = log.subarray(to, end);
    if (kind === "create") files.set(name, changes.length + 1);
    const file = kind === "sync folder" ? 0 : files.get(name);
    if (file === undefined) throw new Error(`${name} is changed and was never made`);
    changes.push({ kind, name, offset: Number(log.readBigUInt64LE(at + 3)), bytes, file });
    if (kind === "rename") files.set(String(bytes), file);
    if (kind === "rename" || kind === "unlink") files.delete(name);
    at = end;
  }
  return changes;
}

/** What is found after the process was killed: the kernel has every change, and of a last write perhaps only `torn` (0 to 1). */
export function afterKill(changes: readonly Change[], torn = 1): Files {
  const disk = new Disk();
  const last = changes.length - 1;
  for (const [i, change] of changes.entries()) {
    if (i === last && change.kind === "write" && torn < 1) disk.write(change, 0, Math.floor(change.bytes.length * torn));
    else disk.take(change);
  }
  return disk.files();
}

const SECTOR = 512;

/** What may be found after a power cut: all that was synced, and of the rest any part, sector by sector, in any order.
 *  Of names the disk keeps the first few (a journal, where syncing a file keeps all names too), or any of them (what POSIX allows). */
export function afterPowerCut(changes: readonly Change[], random: () => number): Files {
  const journal = random() < 0.5;
  const durable = durableOf(changes, journal);
  const share = pick(random, [0, 1, 0.5, random()]);
  const disk = new Disk();
  let kept = true;
  for (const [i, change] of changes.entries()) {
    if (durable[i] === true) disk.take(change);
    else if (change.kind === "write") keepSectors(disk, change, () => random() < share);
    else if (change.kind === "truncate") {
      if (random() < share) disk.take(change);
    } else {
      kept = (kept || !journal) && random() < Math.max(share, 0.2);
      if (kept) disk.take(change);
    }
  }
  return disk.files();
}

function keepSectors(disk: Disk, change: Change, keeps: () => boolean): void {
  const first = Math.floor(change.offset / SECTOR) * SECTOR;
  for (let from = first; from < change.offset + change.bytes.length; from += SECTOR)
    if (keeps()) disk.write(change, Math.max(from - change.offset, 0), from + SECTOR - change.offset);
}

/** Which changes a power cut cannot take back. Walks from the last change to the first. */
function durableOf(changes: readonly Change[], journal: boolean): boolean[] {
  const synced = new Set<number>();
  const folders = new Set<string>();
  const durable: boolean[] = [];
  for (let i = changes.length - 1; i >= 0; i--) {
    const { kind, name, file } = changes[i] as Change;
    if (kind === "sync") synced.add(file);
    if (kind === "sync folder") folders.add(name);
    const content = kind === "write" || kind === "truncate";
    durable[i] = content ? synced.has(file) : folders.has(dirname(name)) || (journal && synced.size > 0);
  }
  return durable;
}

/** A file system that does what it is told. */
class Disk {
  readonly #names = new Map<string, number>();
  readonly #edits = new Map<number, Edit[]>();

  take(change: Change): void {
    const { kind, name, file } = change;
    if (kind === "create") this.#names.set(name, file);
    if (kind === "write") this.write(change, 0, change.bytes.length);
    if (kind === "truncate") this.#edit(file, { at: change.offset, bytes: null });
    if (kind === "rename") this.#names.set(String(change.bytes), file);
    if ((kind === "rename" || kind === "unlink") && this.#names.get(name) === file) this.#names.delete(name);
  }

  /** A part of a write: its bytes of [from, to). */
  write({ file, offset, bytes }: Change, from: number, to: number): void {
    this.#edit(file, { at: offset + from, bytes: bytes.subarray(from, to) });
  }

  #edit(file: number, edit: Edit): void {
    const edits = this.#edits.get(file);
    if (edits === undefined) this.#edits.set(file, [edit]);
    else edits.push(edit);
  }

  files(): Files {
    return new Map([...this.#names].map(([name, file]) => [name, contentOf(this.#edits.get(file) ?? [])]));
  }
}

/** Bytes written at a place; null: the file ends there from now on. */
interface Edit {
  readonly at: number;
  readonly bytes: Buffer | null;
}

/** What was never written is zero. */
function contentOf(edits: readonly Edit[]): Buffer {
  const endOf = ({ at, bytes }: Edit): number => at + (bytes?.length ?? 0);
  const room = Buffer.alloc(edits.reduce((most, edit) => Math.max(most, endOf(edit)), 0));
  let size = 0;
  for (const edit of edits) {
    if (edit.bytes === null) room.fill(0, edit.at, Math.max(size, edit.at));
    else edit.bytes.copy(room, edit.at);
    size = edit.bytes === null ? edit.at : Math.max(size, endOf(edit));
  }
  return room.subarray(0, size);
}

/** Numbers of [0, 1) that are the same for the same seed (mulberry32, Tommy Ettinger). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const pick = <T>(random: () => number, list: readonly [T, ...T[]]): T => list[Math.floor(random() * list.length)] ?? list[0];
