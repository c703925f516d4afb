import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Folder } from "../../src/archive/folder.ts";
import { NO_NOTES } from "../../src/config/notes.ts";
import { makeArchive, write } from "../helpers.ts";

const MANY = 60;
const DAYS = Array.from({ length: MANY }, (_, n) => new Date(Date.UTC(2026, 2, 3 + n)).toISOString().slice(0, 10));
const [FIRST = ""] = DAYS;

/** A folder whose sessions all say one title in their notes, and a way to have them say another. */
function folderOf(): {
  readonly folder: Folder;
  readonly titleOf: (day: string) => string | null;
  readonly retitle: (title: string) => void;
} {
  const dir = makeArchive();
  const retitle = (title: string): void => {
    for (const day of DAYS) write(dir, `chats/teachat/${day}.md`, `---\ntitle: ${title}\n---\n`);
  };
  retitle("before");
  const folder = new Folder(dir);
  return { folder, titleOf: (day) => folder.notes(folder.chat("teachat"), day).title, retitle };
}

describe("the notes of a folder", () => {
  it("are remembered", () => {
    const { titleOf, retitle } = folderOf();
    DAYS.forEach(titleOf);
    retitle("after");
    assert.deepEqual(new Set(DAYS.map(titleOf)), new Set(["before"]));
  });

  it("are read again where few are to be remembered, but for those that were asked for last", () => {
    const { folder, titleOf, retitle } = folderOf();
    folder.keepLittle();
    DAYS.forEach(titleOf);
    retitle("after");
    assert.equal(titleOf(DAYS.at(-1) ?? ""), "before");
    assert.equal(titleOf(FIRST), "after");
  });

  it("are those that somebody adopted, however many are read besides", () => {
    const { folder, titleOf } = folderOf();
    const chat = folder.chat("teachat");
    folder.keepLittle();
    folder.adopt(chat, FIRST, { ...NO_NOTES, title: "adopted" });
    DAYS.forEach(titleOf);
    assert.equal(titleOf(FIRST), "adopted");
    folder.adopt(chat, FIRST, null);
    assert.equal(titleOf(FIRST), null);
  });
});
