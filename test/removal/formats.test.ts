import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "node:test";
import Database from "better-sqlite3";
import { makeArchive, run } from "../helpers.ts";
import { fixture } from "../source/read.ts";
import { traces } from "./traces.ts";

const CHAT = `---
title: Garden Chat
tags: ["#gardenchat"]
---
`;
const SESSION = "2016-05-03";
const FILE = "---\nstart: 2016-05-03 00:00\nminutes: 1440\n---\n";

interface Told {
  readonly id: string;
  readonly text: string;
  readonly handle: string;
}

/** A tweet and a word of it that nobody else says. */
function tellingWord(tweets: readonly Told[]): (Told & { readonly word: string }) | null {
  const words = (text: string): string[] => text.replace(/https?:\S+|[@#]\w+/g, " ").match(/[A-Za-z]{4,}/g) ?? []; // "see @amy: leaves" -> see, leaves
  for (const tweet of tweets)
    for (const word of words(tweet.text))
      if (tweets.every((other) => other.id === tweet.id || !other.text.toLowerCase().includes(word.toLowerCase())))
        return { ...tweet, word };
  return null;
}

/** Every held tweet. */
function told(dir: string): Told[] {
  const db = new Database(join(dir, "archive.db"), { readonly: true });
  try {
    return db
      .prepare(`SELECT id, text, handle FROM tweet JOIN author ON author.key = tweet.author
       ORDER BY (SELECT count(*) FROM author AS other WHERE other.handle = author.handle), id`)
      .all() as Told[];
  } finally {
    db.close();
  }
}

const FILES: readonly string[] = [
  "chatscribe.jsonl",
  "twarc-v1.jsonl",
  "twarc-v1-exact.csv",
  "twarc-v1-rounded.csv",
  "pasted.txt",
  "sheet.csv",
  "tags.csv",
  "tchat.txt",
  "transcript.md",
  "web-exporter.csv",
  "web-exporter.json",
  "x-v2-flat.jsonl",
  "x-v2-pages.jsonl",
  "x-v2-posts.json",
  "x-archive/tweets.js",
];

describe("a forgotten tweet is cut out of every kind of file, and does not come back with it", () => {
  for (const name of FILES)
    it(name, async () => {
      const dir = makeArchive({ chat: CHAT, notes: { [SESSION]: FILE } });
      const take = async () => run(["import", fixture(name), "--chat", "teachat", "--session", SESSION, "--archive", dir]);
      const first = await take();
      assert.ok(first.code === 0 || first.code === 3, first.err);
      const { id, word } = tellingWord(told(dir)) ?? assert.fail("no tweet says anything of its own");
      assert.ok(
        traces(dir, word).some((place) => place.includes("raw")),
        word,
      );
      assert.equal((await run(["forget", id, "--archive", dir])).code, 0);
      assert.deepEqual(traces(dir, word), [], word);
      await take();
      assert.deepEqual(traces(dir, word), [], word);
      assert.equal((await run(["rebuild", "--archive", dir])).code, 0);
      assert.deepEqual(traces(dir, word), [], word);
    });
});

describe("so is everything by a forgotten author", () => {
  for (const name of FILES)
    it(name, async () => {
      const dir = makeArchive({ chat: CHAT, notes: { [SESSION]: FILE } });
      const take = async () => run(["import", fixture(name), "--chat", "teachat", "--session", SESSION, "--archive", dir]);
      await take();
      const { handle, word } = tellingWord(told(dir)) ?? assert.fail("no tweet says anything of its own");
      assert.equal((await run(["forget", `@${handle}`, "--archive", dir])).code, 0);
      for (let times = 0; times < 2; times++) {
        assert.deepEqual(traces(dir, word), [], word);
        assert.deepEqual(traces(dir, `@${handle}`), []);
        assert.ok(told(dir).every((one) => one.handle !== handle));
        await take();
      }
    });
});
