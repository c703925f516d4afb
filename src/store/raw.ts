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
}

/** A body that is kept. */
export interface Raw {
  readonly id: number;
  readonly name: string;
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
  begin({ kind, name, format, chat, session, receivedAt, size, sha256 }: RawHead): number {
    const known = this.#sql.find.get(sha256, chat, session, format) as { id: number } | undefined;
    return known?.id ?? Number(this.#sql.add.run(kind, name, format, chat, session, receivedAt, size, sha256).lastInsertRowid);
  }

  /** Keeps one part as received; a part kept already is left as it is. */
  keepPart(raw: number, seq: number, bytes: Uint8Array): void {
    if (this.#sql.hasPart.get(raw, seq) !== undefined) return;
    const sha256 = sha256Of(bytes);
    this.#sql.addPart.run(raw, seq, bytes.length, sha256, sha256, zstdCompressSync(bytes));
  }

  end(raw: number): void {
    this.#sql.end.run(raw);
  }

  /** All bodies, in the order they came. */
  all(): readonly Raw[] {
    return this.#sql.all.all() as Raw[];
  }

  /** The bytes of a body as kept, its parts joined. Throws UserError (7) where a part is missing or is not what was kept. */
  bytes({ id, name, size, complete }: Raw): Buffer {
    const parts = this.#sql.parts.all(id) as { seq: number; size: number; sha256_kept: string; body: Buffer }[];
    const damaged = (seq: number, what: string) =>
      new UserError(`${this.#db.name}: part ${seq + 1} of ${name} ${what}: put a backup in its place`, EXIT.damaged);
    const bodies = parts.map((part, i) => {
      if (part.seq !== i) throw damaged(i, "is missing");
      const bytes = unpack(part.body);
      if (bytes === null || sha256Of(bytes) !== part.sha256_kept) throw damaged(i, "is not what was received");
      return bytes;
    });
    const received = parts.reduce((sum, part) => sum + part.size, 0);
    if (complete === 1 && received !== size) throw damaged(parts.length, "is missing");
    return Buffer.concat(bodies);
  }
}

const sha256Of = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** null: no zstd. */
function unpack(body: Buffer): Buffer | null {
  try {
    return zstdDecompressSync(body);
  } catch (error) {
    if (error instanceof Error && "code" in error && String(error.code).startsWith("ZSTD_")) return null;
    throw error;
  }
}

const prepare = (db: Db) => ({
  find: db.prepare("SELECT id FROM raw WHERE sha256 = ? AND chat = ? AND session = ? AND format = ?"),
  add: db.prepare("INSERT INTO raw (kind, name, format, chat, session, received_at, size, sha256) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"),
  end: db.prepare("UPDATE raw SET complete = 1 WHERE id = ? AND complete = 0"),
  hasPart: db.prepare("SELECT 1 FROM raw_part WHERE raw = ? AND seq = ?"),
  addPart: db.prepare("INSERT INTO raw_part (raw, seq, size, sha256, sha256_kept, body) VALUES (?, ?, ?, ?, ?, ?)"),
  parts: db.prepare("SELECT seq, size, sha256_kept, body FROM raw_part WHERE raw = ? ORDER BY seq"),
  all: db.prepare("SELECT id, name, size, sha256, complete FROM raw ORDER BY id"),
});
