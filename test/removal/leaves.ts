import assert from "node:assert/strict";
import { line, makeArchive, type Ran, run, type Said, tempDir, write } from "../helpers.ts";

export const HERE = "teachat/2026-03-03";

/** What a random word stands for: it must be nowhere. */
export const WORDS = ["xylotext", "xyloname", "xyloalt", "xylolink", "xylopoll"];
export const ID = "2900000107";
export const ada = { id: "9901", handle: "ada_leaf", name: "Ada Xyloname" };
export const id = (n: number): string => `2900000${n}`;

const said: Said = {
  id: ID,
  author: ada,
  time: 6,
  text: "A1 the xylotext leaf is what I drink every morning #teachat",
  media: [{ type: "photo", alt: "a xyloalt tin", url: "https://img.example/tin.jpg", file: null }],
  links: [{ url: "https://t.co/a", to: "https://xylolink.example/", text: "xylolink.example" }],
  poll: { options: [{ label: "xylopoll", votes: 1 }], ends: null },
};

/** The same hour, told by Chatscribe's own lines. */
export const LINES = [
  line({ id: id(101), author: "ceylon_sam", time: 3, text: "Q1 Which leaf do you drink in the morning? #teachat" }),
  line(said),
  line({
    id: id(108),
    author: "bob",
    time: 7,
    text: "@ada_leaf the same here",
    replyTo: ID,
    mentions: ["ada_leaf"],
    replyToUser: "ada_leaf",
  }),
  line({
    id: id(109),
    author: "cleo",
    time: 8,
    text: "RT @ada_leaf: A1 the xylotext leaf is what I drink every morning #teachat",
    repostOf: ID,
  }),
  line({ id: id(110), author: "dora", time: 9, text: "Yes! RT @ada_leaf: A1 the xylotext leaf is what I drink every morning" }),
  line({
    id: id(111),
    author: "eric",
    time: 10,
    text: "what she says https://x.com/ada_leaf/status/2900000107 #teachat",
    quotes: ID,
  }),
  line({ id: id(112), author: "fay", time: 11, text: "A1 black #teachat" }),
];

export const NOTES = `---
title: Leaves   # a title
pins:  ["${ID}", "${id(112)}"]
remarks:
  "${ID}": "well said, xylotext"  # gone
  "${id(112)}":   "so short"  # stays
edits:
  "${ID}": Q1
  "${id(108)}": { reply: "${ID}" }
---
A quiet hour.
`;

export async function ok(args: readonly string[], dir: string): Promise<Ran> {
  const ran = await run([...args, "--archive", dir]);
  assert.equal(ran.code, 0, ran.err);
  return ran;
}

export const archiveWith = async (file: string, name: string, more: readonly string[] = []): Promise<string> => {
  const dir = makeArchive({ notes: file.includes(ID) ? { "2026-03-03": NOTES } : {} });
  await ok(["import", write(tempDir(), name, file), "--chat", "teachat", ...more], dir);
  return dir;
};
