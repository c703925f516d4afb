import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { afterKill, afterPowerCut, type Change, type Files, randomFrom, readLog } from "./disk.ts";

/** Changes as one says them: `create a`, `write a 0 tea`, `truncate a 2`, `sync a`, `rename a b`, `unlink a`, `sync folder .` */
function changesOf(...said: readonly string[]): Change[] {
  const files = new Map<string, number>();
  return said.map((one, i) => {
    const [kind = "", name = "", ...rest] = one.replace("sync folder", "sync-folder").split(" ");
    if (kind === "create") files.set(name, i + 1);
    const change = { kind: kind.replace("-", " ") as Change["kind"], name, file: files.get(name) ?? 0, offset: 0, bytes: Buffer.alloc(0) };
    if (kind === "rename") files.set(rest[0] ?? "", change.file);
    if (kind === "rename") return { ...change, bytes: Buffer.from(rest[0] ?? "") };
    if (kind === "write") return { ...change, offset: Number(rest[0]), bytes: Buffer.from(rest[1] ?? "") };
    return kind === "truncate" ? { ...change, offset: Number(rest[0]) } : change;
  });
}

const shown = (files: Files): string => [...files].map(([name, bytes]) => `${name}=${String(bytes).replaceAll("\0", "_")}`).join(" ");

/** Everything that many power cuts leave, each once. */
const cuts = (changes: readonly Change[]): string[] =>
  [...new Set(Array.from({ length: 300 }, (_, seed) => shown(afterPowerCut(changes, randomFrom(seed)))))].sort();

describe("a log", () => {
  it("that is none is refused", () => assert.throws(() => readLog(Buffer.alloc(15)), /not a log of shim.c at byte 0/));
  it("that is cut short is refused", () => {
    const head = Buffer.alloc(15);
    head.write("C");
    head.writeUInt16LE(20, 1);
    assert.throws(() => readLog(head), /not a log of shim.c at byte 0/);
  });
});

describe("after a kill", () => {
  const told = ["create a", "write a 0 green", "truncate a 3", "write a 5 tea", "create b", "rename b c"];
  it("every change is there", () => assert.equal(shown(afterKill(changesOf(...told))), "a=gre__tea c="));
  it("the last write may be torn", () => assert.equal(shown(afterKill(changesOf("create a", "write a 0 green"), 0.5)), "a=gr"));
  it("a deleted file is gone, and a new one of its name is empty", () => {
    assert.equal(shown(afterKill(changesOf("create a", "write a 0 tea", "unlink a"))), "");
    assert.equal(shown(afterKill(changesOf("create a", "write a 0 tea", "unlink a", "create a"))), "a=");
  });
});

describe("after a power cut", () => {
  const safe = ["create a", "write a 0 tea", "sync a", "sync folder ."];
  it("what was synced is there, always", () => assert.deepEqual(cuts(changesOf(...safe)), ["a=tea"]));
  it("what was not is there or not", () => assert.deepEqual(cuts(changesOf(...safe, "write a 0 mud")), ["a=mud", "a=tea"]));
  it("a synced file may have lost its name", () => assert.deepEqual(cuts(changesOf("create a", "write a 0 tea", "sync a")), ["", "a=tea"]));
  it("a rename happened or did not", () => assert.deepEqual(cuts(changesOf(...safe, "rename a b")), ["a=tea", "b=tea"]));
  it("a deleted file may be back", () => assert.deepEqual(cuts(changesOf(...safe, "unlink a")), ["", "a=tea"]));
  it("a write is torn at its sectors and nowhere else", () => {
    const written = [..."abc"].map((letter) => letter.repeat(512)).join("");
    const left = cuts(changesOf("create a", "sync folder .", `write a 0 ${written}`)).map((one) => one.replace(/(.)\1{511}/g, "$1"));
    assert.deepEqual(left, ["a=", "a=__c", "a=_b", "a=_bc", "a=a", "a=a_c", "a=ab", "a=abc"]);
  });
});
