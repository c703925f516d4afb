import { createHash } from "node:crypto";
import { faultsIn } from "./backup.ts";
import type { Db } from "./open.ts";
import { unpack } from "./raw.ts";

interface BodyRow {
  readonly id: number;
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
  readonly complete: number;
  readonly parts: number;
  readonly last: number | null;
  readonly received: number;
}

interface PartRow {
  readonly size: number;
  readonly sha256: string;
  readonly sha256_kept: string;
  readonly body: Buffer;
}

/** Runs `use` with all that it reads of one moment, whatever a writer does meanwhile. */
export async function reading<T>(db: Db, use: () => Promise<T>): Promise<T> {
  db.exec("BEGIN");
  try {
    return await use();
  } finally {
    if (db.inTransaction) db.exec("COMMIT");
  }
}

/** What is damaged, one sentence each. `data`: every index is compared with its table and every body is read. */
export function damageIn(db: Db, { data }: { readonly data: boolean }): string[] {
  const faults = faultsIn(db, data ? "integrity_check" : "quick_check");
  return [...faults, ...bodiesOf(db).flatMap((body) => partsMissing(body) ?? (data ? bodyFaults(db, body) : []))];
}

const bodiesOf = (db: Db): BodyRow[] =>
  db
    .prepare(
      `SELECT raw.id, name, raw.size, raw.sha256, complete, count(seq) AS parts, max(seq) AS last, coalesce(sum(raw_part.size), 0) AS received
       FROM raw LEFT JOIN raw_part ON raw_part.raw = raw.id GROUP BY raw.id`,
    )
    .all() as BodyRow[];

function partsMissing({ name, size, complete, parts, last, received }: BodyRow): string[] | null {
  const gap = parts > 0 && last !== parts - 1;
  if (!gap && (complete === 0 || received === size)) return null;
  return [`${name}: a part of it is missing: ${received} of ${size} bytes are kept`];
}

/** Reads a body part by part. One that nothing was cut out of must be what was received, to the byte. */
function bodyFaults(db: Db, body: BodyRow): string[] {
  const get = db.prepare("SELECT size, sha256, sha256_kept, body FROM raw_part WHERE raw = ? AND seq = ?");
  const whole = createHash("sha256");
  const faults: string[] = [];
  let cut = false;
  for (let seq = 0; seq < body.parts; seq++) {
    const part = get.get(body.id, seq) as PartRow;
    const bytes = unpack(part.body);
    if (bytes === null || !isAsKept(part, bytes)) faults.push(`${body.name}: part ${seq + 1} is not what was kept`);
    else whole.update(bytes);
    cut ||= part.sha256 !== part.sha256_kept;
  }
  const same = faults.length > 0 || cut || body.complete === 0 || whole.digest("hex") === body.sha256;
  return same ? faults : [`${body.name}: its parts joined are not the file that was received`];
}

const isAsKept = ({ size, sha256, sha256_kept }: PartRow, bytes: Buffer): boolean =>
  createHash("sha256").update(bytes).digest("hex") === sha256_kept && (sha256 !== sha256_kept || bytes.length === size);

/** What a check tells that is no damage. */
export interface Findings {
  /** Files of which an import was cut short. */
  readonly cutShort: readonly string[];
  /** Tweets that answer or repost an id which a spreadsheet rounded, and that nothing held fits. */
  readonly rounded: number;
  /** Chats that something is held of. */
  readonly chats: readonly string[];
}

export const findingsIn = (db: Db): Findings => ({
  cutShort: db.prepare("SELECT name FROM raw WHERE complete = 0 ORDER BY id").pluck().all() as string[],
  rounded: db
    .prepare(
      `SELECT count(*) FROM tweet WHERE (reply_to_rounded IS NOT NULL OR repost_of_rounded IS NOT NULL)
       AND (reply_to_rounded IS NOT NULL AND reply_to_repaired IS NULL OR repost_of_rounded IS NOT NULL AND repost_of_repaired IS NULL)`,
    )
    .pluck()
    .get() as number,
  chats: db
    .prepare("SELECT DISTINCT chat FROM session UNION SELECT DISTINCT chat FROM raw WHERE chat <> '' ORDER BY chat")
    .pluck()
    .all() as string[],
});
