// A real hour, where it lies beside the checkout, served as X would and followed at virtual time. Its texts are never printed.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { ROOT } from "../../src/cli/paths.ts";
import { scene } from "../cli/capture-world.ts";
import { START } from "../helpers.ts";
import { compareIds, type Post, tagsOf, timeOfId } from "../x/post.ts";

const FILE = join(ROOT, "../shared/data/critlib/mar102015.json");
const TESTS = 4;
const skip = existsSync(FILE) ? false : "the real hour is not here";
if (skip) console.log(`skipped: ${TESTS} tests of a replay, ${skip}`);

const MINUTE = 60_000;
const CHAT = `---
tags: ["#critlib"]
schedule: { every: Tuesday, at: "21:00", zone: America/New_York }
---
`;
/** 2015-03-10 21:00 in New York. */
const BEGINS = Date.UTC(2015, 2, 11, 1);
const WINDOW = { from: BEGINS - 15 * MINUTE, to: BEGINS + 90 * MINUTE };

interface Told {
  readonly id_str: string;
  readonly text: string;
  readonly in_reply_to_status_id_str: string | null;
  readonly retweeted_status?: { readonly id_str: string };
  readonly user: { readonly id_str: string; readonly screen_name: string; readonly name: string };
}

/** The tweets of the hour as posts; one reply in ten has lost its tag. */
function readHour(): { posts: readonly Post[]; hidden: readonly Post[] } {
  const lines = readFileSync(FILE, "utf8").trim().split("\n");
  const told = [...new Map(lines.map((line) => JSON.parse(line) as Told).map((one) => [one.id_str, one])).values()];
  const hidden: Post[] = [];
  let replies = 0;
  const posts = told
    .toSorted((a, b) => compareIds(a.id_str, b.id_str))
    .map((one) => {
      const plain = postOf(one);
      if (plain.replyTo === undefined || replies++ % 10 !== 0) return plain;
      const untagged = { ...plain, text: plain.text.replaceAll(/#critlib\b/gi, "") }; // `yes! #critlib`
      hidden.push(untagged);
      return untagged;
    });
  return { posts, hidden };
}

const postOf = ({ id_str: id, text, user, in_reply_to_status_id_str: replyTo, retweeted_status: original }: Told): Post => ({
  id,
  at: timeOfId(id),
  author: { id: user.id_str, username: user.screen_name, name: user.name },
  text: text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&"),
  ...(replyTo !== null && { replyTo }),
  ...(original !== undefined && { repostOf: original.id_str }),
});

describe("a real hour, followed", { skip }, () => {
  const { posts, hidden } = skip ? { posts: [], hidden: [] } : readHour();
  const hour = scene({ posts, chat: CHAT, slug: "critlib", now: (BEGINS - 20 * MINUTE - START) / MINUTE });
  const inWindow = ({ at }: Post): boolean => at >= WINDOW.from && at < WINDOW.to;
  const tagged = posts.filter((post) => inWindow(post) && post.repostOf === undefined && tagsOf(post.text).includes("critlib"));
  let held: ReadonlyMap<string, boolean> = new Map();
  let report: Readonly<Record<string, unknown>> = {};
  before(async () => {
    report = await hour.json("capture critlib --follow");
    held = new Map(
      hour.look((store) =>
        store.members("critlib", WINDOW.from, WINDOW.to, "2015-03-10").map(({ tweet, untagged }) => [tweet.id, untagged]),
      ),
    );
  });

  it("has every tweet with the tag", (t) => {
    assert.ok(tagged.length > 100, `${tagged.length} tweets`);
    assert.equal(tagged.filter(({ id }) => !held.has(id)).length, 0);
    assert.deepEqual([report.stored, report.counted], [tagged.length, tagged.length]);
    t.diagnostic(`${tagged.length} tweets, ${hour.x.requests} requests`);
  });

  it("has the replies that lost their tag, as far as what they answer is the session's", (t) => {
    const byId = new Map(posts.map((post) => [post.id, post]));
    const known = hidden.filter((post) => inWindow(post) && byId.has(post.replyTo ?? "") && inWindow(byId.get(post.replyTo ?? "") ?? post));
    assert.ok(known.length > 0);
    assert.deepEqual(known.filter(({ id }) => held.get(id) !== true).length, 0);
    t.diagnostic(`${hidden.length} replies without their tag, ${known.length} of them answer a tweet of the session`);
  });

  it("says how many came without the tag, and nothing else came", () => {
    assert.equal(report.untagged, [...held.values()].filter(Boolean).length);
    const ids = new Set(posts.map(({ id }) => id));
    assert.ok([...held.keys()].every((id) => ids.has(id)));
  });

  it("is complete after its last sweep", async () => {
    await hour.clock.advance(BEGINS + 25 * 3_600_000 + 31 * MINUTE - hour.clock.now());
    const { complete, gaps, stored } = await hour.json("capture critlib/2015-03-10");
    assert.deepEqual([complete, gaps, stored], [true, [], tagged.length]);
  });
});
