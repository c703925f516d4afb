import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { line, run, START, tempDir, write } from "../helpers.ts";
import { ada, archiveWith, HERE, ID, id, LINES, ok } from "./leaves.ts";
import { traces } from "./traces.ts";

const v1 = (n: number | string, author: { id: string | null; handle: string; name: string }, minute: number, text: string, more = {}) => ({
  id_str: typeof n === "string" ? n : id(n),
  created_at: new Date(START + minute * 60_000).toUTCString().replace(/^(\w+), (\d+) (\w+) (\d+) ([\d:]+) GMT$/, "$1 $3 $2 $5 +0000 $4"),
  text,
  user: { id_str: author.id, screen_name: author.handle, name: author.name },
  entities: { hashtags: [], urls: [], user_mentions: [] },
  ...more,
});
const fay = { id: "9902", handle: "fay", name: "Fay" };
const eric = { id: "9903", handle: "eric", name: "Eric" };
const TEXT = "A1 the xylotext leaf is what I drink every morning #teachat";
const ADA_V1 = v1(ID, ada, 6, TEXT, {
  extended_entities: { media: [{ type: "photo", ext_alt_text: "xyloalt", media_url_https: "https://img.example/1.jpg" }] },
});

const v2 = (n: number | string, author: string, minute: number, text: string, more = {}) => ({
  id: typeof n === "string" ? n : id(n),
  author_id: author,
  created_at: new Date(START + minute * 60_000).toISOString(),
  text,
  ...more,
});

/** Every form in which a file may tell it, each with one tweet of somebody else that must stay. */
const FORMS: Readonly<Record<string, { readonly text: string; readonly more?: readonly string[]; readonly own?: string }>> = {
  "v1 lines, quoted and reposted": {
    text: [
      ADA_V1,
      v1(111, eric, 10, "this! #teachat", { quoted_status_id_str: ID, quoted_status: ADA_V1 }),
      v1(109, eric, 8, `RT @ada_leaf: ${TEXT}`, { retweeted_status: ADA_V1 }),
      v1(112, fay, 11, "A1 black #teachat"),
    ]
      .map((tweet) => JSON.stringify(tweet))
      .join("\n"),
  },
  "a v1 list over many lines": { text: JSON.stringify([ADA_V1, v1(112, fay, 11, "A1 black #teachat")], null, 2) },
  "v1 objects one after the other": {
    text: [ADA_V1, v1(112, fay, 11, "A1 black #teachat")].map((tweet) => JSON.stringify(tweet, null, 2)).join("\n"),
  },
  "a v2 page, in data and in includes": {
    text: JSON.stringify({
      data: [
        v2(111, "9903", 10, "this! #teachat", { referenced_tweets: [{ type: "quoted", id: ID }] }),
        v2(ID, "9901", 6, TEXT, { attachments: { media_keys: ["3_1"], poll_ids: ["5"] } }),
        v2(112, "9902", 11, "A1 black #teachat"),
      ],
      includes: {
        users: [
          { id: "9903", username: "eric", name: "Eric" },
          { id: "9902", username: "fay", name: "Fay" },
          { id: "9901", username: "ada_leaf", name: "Ada Xyloname" },
        ],
        tweets: [v2(ID, "9901", 6, TEXT)],
        media: [{ media_key: "3_1", type: "photo", url: "https://img.example/1.jpg", alt_text: "xyloalt" }],
        polls: [{ id: "5", options: [{ position: 1, label: "xylopoll", votes: 1 }] }],
      },
      meta: { result_count: 3 },
    }),
  },
  "twarc's CSV": {
    text: `id,created_at,text,user_screen_name,user_name,user_id,tweet_url\n${[
      [ID, 6, TEXT, ada],
      [id(112), 11, "A1 black #teachat", fay],
    ]
      .map(([n, minute, text, who]) => {
        const { handle, name, id: user } = who as typeof ada;
        return `${n},${v1(1, fay, Number(minute), "").created_at},"${text}",${handle},${name},${user},https://twitter.com/${handle}/status/${n}`;
      })
      .join("\n")}\n`,
  },
  "pasted text": {
    text: `Q1 Which leaf?\n@ada_leaf ${TEXT}\n@fay A1 black #teachat\n`,
    more: ["--session", "2026-03-03"],
    own: "908131654982552969",
  },
  "lines of an export, a list": { text: `[\n${LINES.map((text) => text.trimEnd()).join(",\n")}\n]\n` },
};

for (const [what, { text, more = [], own = ID }] of Object.entries(FORMS))
  describe(`${what}: forgotten`, () => {
    const stays = async (dir: string): Promise<void> => {
      const { out } = await ok(["export", HERE], dir);
      assert.match(out, /A1 black/);
      assert.equal(/xylo/i.test(out), false, out);
      assert.deepEqual(traces(dir, "xylo"), []);
    };
    const again = async (dir: string): Promise<void> => {
      const { code } = await run(["import", write(tempDir(), "again", text), "--chat", "teachat", ...more, "--archive", dir]);
      assert.equal(code, 0);
      // another body with the same records: it is cut before it is kept
      const other = await run(["import", write(tempDir(), "other", `${text}\n \n`), "--chat", "teachat", ...more, "--archive", dir]);
      assert.equal(other.code, 0, other.err);
    };

    it("by its id: it is cut out of raw, and does not come back", async () => {
      const dir = await archiveWith(text, "in", more);
      assert.notDeepEqual(traces(dir, "xylotext"), []);
      await ok(["forget", own], dir);
      await stays(dir);
      await again(dir);
      await stays(dir);
      await ok(["rebuild"], dir);
      await stays(dir);
    });

    it("by its author: nobody is named, and nobody comes back, under a new handle neither", async () => {
      const dir = await archiveWith(text, "in", more);
      await ok(["forget", "@Ada_Leaf"], dir);
      await stays(dir);
      assert.deepEqual(traces(dir, "ada_leaf"), []);
      await again(dir);
      await stays(dir);
      const renamed = line({
        id: id(120),
        author: { id: "9901", handle: "ada_new", name: "Xyloname" },
        time: 12,
        text: "A1 xylotext again #teachat",
      });
      await ok(["import", write(tempDir(), "new.jsonl", renamed + LINES.join("")), "--chat", "teachat"], dir);
      if (own === ID) await stays(dir); // pasted text knows no account
      assert.deepEqual(traces(dir, "ada_leaf"), []);
      assert.equal(statSync(join(dir, "removed.key")).mode & 0o777, 0o600);
    });
  });
