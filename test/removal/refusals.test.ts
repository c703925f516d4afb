import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "node:test";
import { copyOf, fullWorld, tree, type } from "../cli/world.ts";
import { write } from "../helpers.ts";
import { traces } from "./traces.ts";

const world = await fullWorld();

describe("forget refuses", () => {
  const hash = `h1:${"a".repeat(64)}`;
  const listed = (text: string) => (cwd: string) => void write(cwd, "data/removed.yml", text);
  const cases: readonly (readonly [what: string, args: string, says: string, prepare?: (cwd: string) => void])[] = [
    ["nothing to forget", "forget", "forget: something is missing; usage: chatscribe forget <id|url|@handle>…"],
    [
      "a word that is neither",
      "forget amy",
      'forget: "amy" is no tweet and nobody: write an id, as 2756127777, a tweet\'s URL, or a handle, as @amy',
    ],
    ["another site's URL", "forget https://example.org/103", 'forget: "https://example.org/103" is no tweet and nobody'],
    ["an id that is a list of them", "forget 103,104", 'forget: "103,104" is no tweet and nobody'],
    ["an unknown reason", "forget 103 --reason organizer", 'forget: unknown reason "organizer"; did you mean "organiser"?'],
    ["a list that is none", "forget 103", "data/removed.yml:1: this must be a list", listed("tweet: no\n")],
    [
      "an unknown key",
      "forget 103",
      'data/removed.yml:1: unknown key "id" (allowed: tweet, author, reason, on, anchor)',
      listed('- { id: "1" }\n'),
    ],
    [
      "an id without quotes",
      "forget 103",
      'data/removed.yml:2: tweet: an id is a text; write it in quotes: "1"',
      listed("# mine\n- { tweet: 1, reason: legal, on: 2026-01-01 }\n"),
    ],
    [
      "an unknown reason in it",
      "forget 103",
      "data/removed.yml:1: reason must be author-request or",
      listed('- { tweet: "1", reason: bored, on: 2026-01-01 }\n'),
    ],
    ["no date", "forget 103", "data/removed.yml:1: an entry needs reason and on", listed('- { tweet: "1", reason: legal }\n')],
    [
      "a tweet and an author",
      "forget 103",
      "data/removed.yml:1: an entry is of a tweet or of an author",
      listed(`- { tweet: "1", author: "${hash}", reason: legal, on: 2026-01-01 }\n`),
    ],
    [
      "a handle for a hash",
      "forget 103",
      "data/removed.yml:1: author must be a hash as forget writes it",
      listed('- { author: "amy", reason: legal, on: 2026-01-01 }\n'),
    ],
    [
      "a lost key",
      "forget 103",
      "data/removed.yml: it names authors, but data/removed.key is missing",
      listed(`- { author: "${hash}", reason: legal, on: 2026-01-01 }\n`),
    ],
    [
      "a lost key, at import",
      "import tweets.jsonl --chat teachat",
      "data/removed.yml: it names authors, but data/removed.key is missing",
      listed(`- { author: "${hash}", reason: legal, on: 2026-01-01 }\n`),
    ],
    [
      "a key that is none",
      "forget 103",
      "data/removed.key: this is no key (64 hexadecimal digits)",
      (cwd) => void write(cwd, "data/removed.key", "secret\n"),
    ],
  ];
  for (const [what, args, says, prepare] of cases)
    it(what, async () => {
      const cwd = copyOf(world);
      prepare?.(cwd);
      const asWas = tree(join(cwd, "data/chats"));
      const { code, out, err } = await type([...args.split(" "), "--archive", "data"], cwd);
      assert.equal(out, "");
      assert.ok(err.startsWith(`chatscribe: ${says}`), err);
      assert.equal(err.trimEnd().split("\n").length, 1);
      assert.equal(code, 2);
      assert.deepEqual(tree(join(cwd, "data/chats")), asWas);
      assert.equal(traces(join(cwd, "data"), "green, always").includes("archive.db raw 1 part 0"), true);
    });
});
