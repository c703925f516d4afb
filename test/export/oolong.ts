import { line, makeArchive, type Said, START } from "../helpers.ts";

/** A small session with one of everything: two questions, a reply chain, an edit, a poll, a picture, a quotation, a repost,
 *  an untagged tweet, a hidden one, a pasted one, and a reply the next morning. */
export const NOTES = `---
title: "Oolong, *green* or black?"
edits:
  "1900000000000000109": hide
---
`;

const sam = { id: "501", handle: "ceylon_sam", name: "Sam" };
const amy = { id: "502", handle: "amy_steeps", name: 'Amy "Steep" O\'Hara' };
const bo = { id: null, handle: "bo", name: "bo" };
const id = (n: number): string => `19000000000000001${String(n).padStart(2, "0")}`;
const says = (
  n: number,
  author: Said["author"],
  time: number,
  text: string,
  rest: Said = {},
  more: Readonly<Record<string, unknown>> = {},
): string => line({ id: id(n), author: author ?? sam, time, text, lang: "en", ...rest }, more);

export const LINES: readonly string[] = [
  says(1, sam, -5, "Welcome to #teachat! The kettle is on."),
  says(2, sam, 2, "Q1 Which leaf, and why? #teachat", {
    poll: {
      options: [
        { label: "green", votes: 3 },
        { label: "black", votes: 2 },
      ],
      ends: "2026-03-04T17:00:00.000Z",
    },
  }),
  says(3, amy, 4, '=A1+green, "always", because <b>it</b> forgives & forgets\nno matter how long #teachat', {
    edited: START + 6 * 60_000,
    aliases: [id(4)],
    links: [{ url: "https://t.example/a", to: "https://leaf.example/a_b", text: "leaf.example/a_b" }],
    media: [{ type: "photo", alt: "a cup; green", url: "https://img.example/1.jpg", file: null }],
  }),
  says(5, bo, 7, "without the tag: how long is too long?", { replyTo: id(4) }, { untagged: true }),
  says(6, amy, 8, "@bo A1 when the spoon stands up #teachat", { replyTo: id(5), replyToUser: "bo" }),
  says(7, bo, 9, "RT @amy_steeps: when the spoon stands up #teachat", { repostOf: id(6) }),
  says(8, sam, 20, "Q2 Milk first? #teachat"),
  says(9, { id: "599", handle: "cheap_cups", name: "Cheap Cups" }, 21, "CHEAP CUPS https://cups.example #teachat"),
  says(10, bo, 22, "A2 never, says the museum of tea #teachat", { quotes: id(50) }),
  line(
    { id: "912345678901234567", author: bo, time: null, text: "A2 first, always #teachat", local: true, heading: "Q2 Milk first?" },
    { session: "2026-03-03" },
  ),
  says(11, amy, 600, "@bo read it this morning: oh no #teachat", { replyTo: id(10) }, { session: "teachat/2026-03-03" }),
  says(
    50,
    { id: "777", handle: "tea_museum", name: "Museum of Tea" },
    -9000,
    "Milk was poured first to save the cups.",
    {},
    { context: true },
  ),
];

export const makeOolong = (): string => makeArchive({ notes: { "2026-03-03": NOTES } });
