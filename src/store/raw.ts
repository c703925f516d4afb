import { createHash } from "node:crypto";
import { zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { EXIT, UserError } from "../errors.ts";
import type { ChatSlug, SessionSlug } from "../model.ts";
import type { Db } from "./open.ts";

/** What a body is kept under. */
export interface RawHead {
  readonly kind: "import" | "capture";
  readonly name: string;
  readonly format: string;
  readonly chat: ChatSlug;
  /** The session named by the user; empty: none. */
  readonly session: SessionSlug | "";
  readonly receivedAt: number;
  readonly size: number;
  readonly sha256: string;
  /** Of a captured response. */
  readonly status?: number;
}

/** What is left of a part once records have been cut out of it. */
export interface Cut {
  readonly bytes: Uint8Array;
  /** How many. */
  readonly records: number;
  /** When, in milliseconds. */
  readonly at: number;
}

interface PartRow {
  readonly seq: number;
  readonly size: number;
  readonly sha256_kept: string;
  readonly body: Buffer;
}

/** A body that is kept. */
export interface Raw {
  readonly id: number;
  readonly kind: RawHead["kind"];
  readonly name: string;
  readonly format: string;
  readonly chat: ChatSlug;
  readonly session: SessionSlug | "";
  readonly receivedAt: number;
  readonly size: number;
  readonly sha256: string;
  /** 1: all of its parts have arrived. */
  readonly complete: number;
}

/** What was received, as received (archive.md, guarantee 2). */
export class RawStore {
  readonly #db: Db;
  readonly #sql: ReturnType<typeof prepare>;

  constructor(db: Db) {
    this.#db = db;
    this.#sql = prepare(db);
  }

  /** The body's number; the same body under the same head has one number, however often it comes. */
  begin(head: RawHead): number {
    return this.find(head) ?? Number(this.#sql.add.run({ ...head, status: head.status ?? null }).lastInsertRowid);
  }

  /** The number of a body that is kept; null: it is not. */
  find({ sha256, chat, session, format }: Pick<RawHead, "sha256" | "chat" | "session" | "format">): number | null {
    return (this.#sql.find.get(sha256, chat, session, format) as { id: number } | undefined)?.id ?? null;
  }

  /** Keeps one part as received, but for what was cut out of it; a part kept already is left as it is. */
  keepPart(raw: number, seq: number, bytes: Uint8Array, cut: Cut | null = null): void {
    if (this.#sql.hasPart.get(raw, seq) !== undefined) return;
    const kept = cut?.bytes ?? bytes;
    this.#sql.addPart.run(raw, seq, bytes.length, sha256Of(bytes), sha256Of(kept), zstdCompressSync(kept));
    if (cut !== null) this.#log(raw, seq, cut);
  }

  /** Puts what is left in the place of a part. Call it inside a transaction. */
  cutPart(raw: number, seq: number, cut: Cut): void {
    this.#sql.cutPart.run(sha256Of(cut.bytes), zstdCompressSync(cut.bytes), raw, seq);
    this.#log(raw, seq, cut);
  }

  #log(raw: number, seq: number, { at, records }: Cut): void {
    this.#sql.erased.run(raw, seq, at, records);
  }

  /** The bytes of each part of a body as kept, one after the other. Throws like `bytes`. */
  *parts(raw: Raw): Generator<Buffer> {
    const seqs = this.#sql.seqs.all(raw.id) as number[];
    for (const [i, seq] of seqs.entries()) {
      const part = this.#sql.part.get(raw.id, seq) as PartRow;
      yield this.#read(raw, part, i);
    }
  }

  end(raw: number): void {
    this.#sql.end.run(raw);
  }

  /** All bodies, in the order they came. */
  all(): readonly Raw[] {
    return this.#sql.all.all() as Raw[];
  }

  /** The bytes of a body as kept, its parts joined. Throws UserError (7) where a part is missing or is not what was kept. */
  bytes(raw: Raw): Buffer {
    const parts = this.#sql.parts.all(raw.id) as PartRow[];
    const bodies = parts.map((part, i) => this.#read(raw, part, i));
    const received = parts.reduce((sum, part) => sum + part.size, 0);
    if (raw.complete === 1 && received !== raw.size) throw this.#damaged(raw, parts.length, "is missing");
    return Buffer.concat(bodies);
  }

  /** A part's bytes, where they are what was kept and the part is the one expected. */
  #read(raw: Raw, part: PartRow, seq: number): Buffer {
    if (part.seq !== seq) throw this.#damaged(raw, seq, "is missing");
    const bytes = unpack(part.body);
    if (bytes === null || sha256Of(bytes) !== part.sha256_kept) throw this.#damaged(raw, seq, "is not what was received");
    return bytes;
  }

  #damaged({ name }: Raw, seq: number, what: string): UserError {
    return new UserError(`${this.#db.name}: part ${seq + 1} of ${name} ${what}: put a backup in its place`, EXIT.damaged);
  }
}

export const sha256Of = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** null: no zstd. */
export function unpack(body: Buffer): Buffer | null {
  try {
    return zstdDecompressSync(body);
  } catch (error) {
    if (error instanceof Error && "code" in error && String(error.code).startsWith("ZSTD_")) return null;
    throw error;
  }
}

const prepare = (db: Db) => ({
  find: db.prepare("SELECT id FROM raw WHERE sha256 = ? AND chat = ? AND session = ? AND format = ?"),
  add: db.prepare(`INSERT INTO raw (kind, name, format, chat, session, received_at, size, sha256, status)
    VALUES (@kind, @name, @format, @chat, @session, @receivedAt, @size, @sha256, @status)`),
  end: db.prepare("UPDATE raw SET complete = 1 WHERE id = ? AND complete = 0"),
  hasPart: db.prepare("SELECT 1 FROM raw_part WHERE raw = ? AND seq = ?"),
  addPart: db.prepare("INSERT INTO raw_part (raw, seq, size, sha256, sha256_kept, body) VALUES (?, ?, ?, ?, ?, ?)"),
  parts: db.prepare("SELECT seq, size, sha256_kept, body FROM raw_part WHERE raw = ? ORDER BY seq"),
  seqs: db.prepare("SELECT seq FROM raw_part WHERE raw = ? ORDER BY seq").pluck(),
  part: db.prepare("SELECT seq, size, sha256_kept, body FROM raw_part WHERE raw = ? AND seq = ?"),
  cutPart: db.prepare("UPDATE raw_part SET sha256_kept = ?, body = ? WHERE raw = ? AND seq = ?"),
  erased: db.prepare("INSERT INTO erasure (raw, seq, at, records) VALUES (?, ?, ?, ?)"),
  all: db.prepare("SELECT id, kind, name, format, chat, session, received_at AS receivedAt, size, sha256, complete FROM raw ORDER BY id"),
});
