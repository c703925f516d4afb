import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { START } from "./ask.ts";
import { stateOf, tagsOf, timeOfId } from "./post.ts";
import { type MadeSession, makeSession } from "./session.ts";
import { World } from "./world.ts";

const DAY = 86_400_000;
const made = (seed: number): MadeSession => makeSession(seed, { tweets: 80, start: START, hosts: ["lantern_host", "wick_host"] });

describe("a made session", () => {
  it("is the same for the same seed", () => {
    assert.deepEqual(made(3), made(3));
    assert.notDeepEqual(made(3).posts, made(4).posts);
  });

  it("gives every version an id of its own, which tells its time", () => {
    for (let seed = 0; seed < 50; seed++) {
      const versions = made(seed).posts.flatMap((post) => [post, ...(post.edits ?? [])]);
      assert.equal(new Set(versions.map(({ id }) => id)).size, versions.length);
      for (const { id, at } of versions) assert.equal(timeOfId(id), at);
    }
  });

  it("answers nothing that is not written yet", () => {
    const { posts } = made(5);
    const byId = new Map(posts.map((post) => [post.id, post]));
    for (const post of posts)
      for (const id of [post.replyTo, post.quotes, post.repostOf]) if (id) assert.ok((byId.get(id)?.at ?? 0) < post.at);
  });

  it("has all that makes a capture hard, in a few of them", () => {
    const all = Array.from({ length: 20 }, (_, seed) => made(seed));
    const posts = all.flatMap((session) => session.posts);
    const has = (what: (post: (typeof posts)[number]) => unknown): boolean => posts.some((post) => Boolean(what(post)));
    assert.ok(has(({ edits }) => edits));
    assert.ok(has(({ deletedAt }) => deletedAt));
    assert.ok(has(({ indexedAt }) => indexedAt));
    assert.ok(has(({ poll }) => poll));
    assert.ok(has(({ media }) => media));
    assert.ok(has(({ text }) => [...text].length > 280));
    assert.ok(has(({ quotes }) => quotes));
    assert.ok(has(({ repostOf }) => repostOf));
    assert.ok(has(({ replyTo, text }) => replyTo && tagsOf(text).length === 0));
    assert.ok(has(({ at, replyTo }) => replyTo && at > START + 3 * 3_600_000));
    for (const { questions } of all) assert.equal(tagsOf(questions[1]?.text ?? "").length, 0);
    const worlds = all.map((session) => new World(session.posts));
    const parents = worlds.flatMap((world) => world.posts.map(({ replyTo }) => world.get(replyTo ?? "")));
    for (const state of ["deleted", "protected", "suspended"])
      assert.ok(parents.some((parent) => parent && stateOf(parent, START + DAY) === state));
  });
});
