import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, it } from "node:test";
import fc from "fast-check";
import { type Db, openArchiveDb } from "../../src/store/open.ts";
import { type Raw, RawStore } from "../../src/store/raw.ts";
import { RUNS } from "./stories.ts";

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** A body kept in parts, in a database of its own. */
function keep(parts: readonly Uint8Array[]): { db: Db; store: RawStore; raw: Raw } {
  const db = openArchiveDb(":memory:");
  const store = new RawStore(db);
  const body = Buffer.concat(parts);
  const id = store.begin({
    kind: "import",
    name: "tweets.jsonl",
    format: "chatscribe-jsonl",
    chat: "teachat",
    session: "",
    receivedAt: 0,
    size: body.length,
    sha256: sha256(body),
  });
  for (const [seq, bytes] of parts.entries()) store.keepPart(id, seq, bytes);
  store.end(id);
  const [raw] = store.all();
  assert.ok(raw);
  return { db, store, raw };
}

const THREE = ["one\n", "two\n", "three\n"].map((text) => Buffer.from(text));

describe("raw bodies", () => {
  const damage: readonly [sql: string, said: RegExp][] = [
    ["DELETE FROM raw_part WHERE seq = 0", /: part 1 of tweets\.jsonl is missing: put a backup in its place$/],
    ["DELETE FROM raw_part WHERE seq = 1", /: part 2 of tweets\.jsonl is missing/],
    ["DELETE FROM raw_part WHERE seq = 2", /: part 3 of tweets\.jsonl is missing/],
    ["UPDATE raw_part SET body = x'00' WHERE seq = 1", /: part 2 of tweets\.jsonl is not what was received/],
    [
      "UPDATE raw_part SET body = (SELECT body FROM raw_part WHERE seq = 0) WHERE seq = 2",
      /: part 3 of tweets\.jsonl is not what was received/,
    ],
  ];
  for (const [sql, said] of damage)
    it(`say that they are damaged after ${sql}`, () => {
      const { db, store, raw } = keep(THREE);
      db.exec(sql);
      assert.throws(() => store.bytes(raw), { name: "UserError", code: 7, message: said });
    });

  it("are the bytes received, whatever they are", () =>
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ minLength: 1, maxLength: 50 }), { minLength: 1, maxLength: 5 }), (parts) => {
        const { db, store, raw } = keep(parts);
        assert.deepEqual(store.bytes(raw), Buffer.concat(parts));
        assert.equal(raw.sha256, sha256(store.bytes(raw)));
        db.close();
      }),
      { ...RUNS, numRuns: 100 },
    ));

  it("keep the hash of each part, as received and as kept", () => {
    const { db } = keep(THREE);
    assert.deepEqual(
      db.prepare("SELECT sha256, sha256_kept, size FROM raw_part ORDER BY seq").all(),
      THREE.map((part) => ({ sha256: sha256(part), sha256_kept: sha256(part), size: part.length })),
    );
  });

  it("are read as far as they have come while parts are still to come", () => {
    const { db, store, raw } = keep(THREE);
    db.exec("DELETE FROM raw_part WHERE seq = 2; UPDATE raw SET complete = 0");
    assert.equal(String(store.bytes({ ...raw, complete: 0 })), "one\ntwo\n");
  });
});
