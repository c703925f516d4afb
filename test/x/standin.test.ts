import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ask, HOUR, MINUTE, post, START, standIn, TAG, walk } from "./ask.ts";
import { idAt } from "./post.ts";
import type { StandIn } from "./standin.ts";

const within = (x: StandIn): { url: string; agent: ReturnType<StandIn["agent"]> } => ({ url: x.url, agent: x.agent() });
const SEARCH = "/2/tweets/search/recent";

describe("the stand-in refuses", () => {
  const posts = [post(0, "one #teachat")];
  const refuses = async (params: Record<string, string | number>, status: number, about: string, path = SEARCH) => {
    const { x, clock } = standIn(posts);
    const told = await clock.run(ask(within(x), path, params));
    assert.equal(told.status, status);
    assert.match(told.bytes.toString(), new RegExp(about));
  };
  it("no query", () => refuses({ ...HOUR }, 400, "query"));
  it("a query over 512 characters", () => refuses({ query: "#tea ".repeat(110) }, 400, "512"));
  it("operators it does not know", () => refuses({ query: "#tea has:links" }, 400, "has:links"));
  it("an end less than 10 seconds ago", () => refuses({ query: TAG, end_time: "2026-03-03T19:59:51Z" }, 400, "10 seconds"));
  it("a start over seven days ago", () => refuses({ query: TAG, start_time: "2026-02-24T19:59:59Z" }, 400, "start_time"));
  it("pages of more than 100", () => refuses({ query: TAG, max_results: 101 }, 400, "max_results"));
  it("a token of another search", () => refuses({ query: TAG, next_token: "b261z1z00000000" }, 400, "next_token"));
  it("the names of after August 2026 before them", () => refuses({ query: TAG, "post.fields": "text" }, 400, "post.fields"));
  it("more than 100 ids", () => refuses({ ids: Array(101).fill("1").join(",") }, 400, "100", "/2/tweets"));
  it("a path it does not know", () => refuses({}, 404, "Not Found", "/2/users"));

  it("another token", async () => {
    const { x, clock } = standIn(posts);
    assert.equal((await clock.run(ask({ ...within(x), token: "wrong" }, SEARCH, { query: TAG }))).status, 401);
  });

  it("the full archive without access to it", async () => {
    const { x, clock } = standIn(posts, { fullArchive: false });
    assert.equal((await clock.run(ask(within(x), "/2/tweets/search/all", { query: TAG }))).status, 403);
  });

  it("a second request to the full archive in a second", async () => {
    const { x, clock } = standIn(posts);
    const told = () => clock.run(ask(within(x), "/2/tweets/search/all", { query: TAG }));
    assert.equal((await told()).status, 200);
    const second = await told();
    assert.equal(second.status, 429);
    assert.ok(Number(second.headers["x-rate-limit-remaining"]) > 0);
    await clock.advance(1000);
    assert.equal((await told()).status, 200);
  });

  it("what goes beyond the rate limit, until its window is over", async () => {
    const { x, clock } = standIn(posts, { limits: { search: 2 } });
    const told = () => clock.run(ask(within(x), SEARCH, { query: TAG }));
    assert.deepEqual([(await told()).status, (await told()).status, (await told()).status], [200, 200, 429]);
    assert.equal((await told()).headers["x-rate-limit-reset"], String((START + 195 * MINUTE) / 1000));
    await clock.advance(15 * MINUTE);
    assert.equal((await told()).status, 200);
  });

  it("to give posts once the credit is used up; what was paid for today costs nothing", async () => {
    const { x, clock } = standIn([post(0, "a #teachat"), post(1, "b #teachat")], { credit: 3 });
    const told = () => clock.run(ask(within(x), SEARCH, { query: TAG }));
    assert.deepEqual([(await told()).status, (await told()).status], [200, 200]);
    await clock.advance(24 * 60 * MINUTE);
    assert.deepEqual([(await told()).status, (await told()).status], [200, 402]);
    x.credit.add(10);
    assert.equal((await told()).status, 200);
  });
});

describe("search", () => {
  const hour = Array.from({ length: 57 }, (_, i) => post(i * 60, `tweet ${i} #TeaChat`));

  it("gives every post of the range once, newest first, whatever the size of a page", async () => {
    for (const pageCap of [1, 10, 19, 57, 100]) {
      const { x, clock } = standIn(hour, { pageCap });
      const ids = await clock.run(walk(within(x)));
      assert.deepEqual(ids, hour.map(({ id }) => id).reverse());
      assert.equal(x.requests, Math.ceil(57 / pageCap));
    }
  });

  it("ends before its end, begins at its start, and after since_id", async () => {
    const { x, clock } = standIn(hour);
    const range = { query: TAG, start_time: "2026-03-03T17:10:00Z", end_time: "2026-03-03T17:12:00Z" };
    assert.deepEqual(await clock.run(walk(within(x), range)), [hour[11]?.id, hour[10]?.id]);
    assert.deepEqual(await clock.run(walk(within(x), { ...range, since_id: hour[10]?.id ?? "" })), [hour[11]?.id]);
  });

  it("finds by tag, author and conversation, and leaves out reposts", async () => {
    const bob = { id: "12", username: "bob", name: "Bob" };
    const [asked, answered] = [post(0, "Q1 tea? #teachat"), post(10, "yes", { author: bob, replyTo: idAt(START) })];
    const { x, clock } = standIn([asked, answered, post(20, "RT @amy: Q1 #teachat", { author: bob, repostOf: asked.id })]);
    const found = (query: string) => clock.run(walk(within(x), { query, ...HOUR }));
    assert.deepEqual(await found("#TEACHAT -is:retweet"), [asked.id]);
    assert.deepEqual(await found("(#other OR from:Bob) -is:retweet"), [answered.id]);
    assert.deepEqual(await found(`(conversation_id:${asked.id} OR conversation_id:7) -is:retweet`), [answered.id, asked.id]);
  });

  it("does not know yet what was written a moment ago, and no more what is deleted", async () => {
    const posts = [
      post(0, "a #teachat"),
      post(1, "late #teachat", { indexedAt: START + 90 * MINUTE }),
      post(2, "gone #teachat", { deletedAt: START + 70 * MINUTE }),
    ];
    const { x } = standIn(posts, { lag: 30_000 });
    const truth = (minutes: number) => x.truth(TAG, { from: START, to: START + 60 * MINUTE }, START + minutes * MINUTE);
    assert.deepEqual(truth(0.4), []);
    assert.deepEqual(truth(69), [posts[2]?.id, posts[0]?.id]);
    assert.deepEqual(truth(95), [posts[1]?.id, posts[0]?.id]);
  });

  it("gives the newest version, at its own place or at the first one's", async () => {
    const edit = { id: idAt(START + 20 * MINUTE), at: START + 20 * MINUTE, text: "mended #teachat" };
    const posts = [post(0, "broken #teachat", { edits: [edit] }), post(60, "b #teachat")];
    for (const [edited, order] of [
      ["moves", [edit.id, posts[1]?.id]],
      ["stays", [posts[1]?.id, edit.id]],
    ] as const) {
      const { x, clock } = standIn(posts, { edited });
      const { body } = await clock.run(ask(within(x), SEARCH, { query: TAG, ...HOUR }));
      assert.deepEqual(
        body.data.map((one: { id: string }) => one.id),
        order,
      );
      const mended = body.data.find((one: { id: string }) => one.id === edit.id);
      assert.deepEqual(mended.edit_history_tweet_ids, [posts[0]?.id, edit.id]);
      assert.equal(mended.text, "mended #teachat");
    }
  });

  it("goes on below the last post given, whatever has changed", async () => {
    const { x, clock } = standIn(hour, { pageCap: 20 });
    const first = await clock.run(ask(within(x), SEARCH, { query: TAG, ...HOUR, max_results: 20 }));
    x.world.add(post(57 * 60, "new #teachat"));
    x.world.add({ ...(hour[36] ?? post(0, "")), deletedAt: START });
    const next = { query: TAG, ...HOUR, next_token: first.body.meta.next_token };
    const second = await clock.run(ask(within(x), SEARCH, { ...next, max_results: 20 }));
    assert.equal(second.body.data[0].id, hour[35]?.id);
  });

  it("takes a token no longer than it lives", async () => {
    const { x, clock } = standIn(hour, { pageCap: 20, tokenLife: 5 * MINUTE });
    const { body } = await clock.run(ask(within(x), SEARCH, { query: TAG, ...HOUR }));
    await clock.advance(6 * MINUTE);
    const told = await clock.run(ask(within(x), SEARCH, { query: TAG, ...HOUR, next_token: body.meta.next_token }));
    assert.equal(told.status, 400);
  });

  it("escapes text, cuts long text and counts in code points", async () => {
    const long = `${"å".repeat(300)} #teachat`;
    const { x, clock } = standIn([post(0, "🌱 a & b <c> @amy #teachat https://example.org/a?b"), post(1, long)]);
    const { body } = await clock.run(ask(within(x), SEARCH, { query: TAG, ...HOUR, "tweet.fields": "entities,note_tweet" }));
    const [cut, short] = body.data;
    assert.equal(cut.note_tweet.text, long);
    assert.ok([...cut.text].length <= 280);
    assert.match(short.text, /^🌱 a &amp; b &lt;c&gt; @amy #teachat https:\/\/t\.co\/\w+$/);
    const at = ({ start, end }: { start: number; end: number }) => [...short.text].slice(start, end).join("");
    assert.equal(at(short.entities.hashtags[0]), "#teachat");
    assert.equal(at(short.entities.mentions[0]), "@amy");
    assert.equal(short.entities.urls[0].expanded_url, "https://example.org/a?b");
  });

  it("brings what is referred to, its author, pictures and polls, and says what it cannot", async () => {
    const shut = { id: "13", username: "shut", name: "Shut", protected: true } as const;
    const parent = post(-600, "before");
    const posts = [
      parent,
      post(-500, "secret", { author: shut }),
      post(0, "a #teachat", { replyTo: parent.id, media: [{ name: "a.png", alt: "a cup" }] }),
      post(1, "b #teachat", {
        replyTo: idAt(START - 500_000),
        poll: {
          minutes: 5,
          options: [
            { label: "y", votes: 1 },
            { label: "n", votes: 2 },
          ],
        },
      }),
    ];
    const { x, clock } = standIn(posts);
    const expansions = "author_id,referenced_tweets.id,referenced_tweets.id.author_id,attachments.media_keys,attachments.poll_ids";
    const { body } = await clock.run(ask(within(x), SEARCH, { query: TAG, ...HOUR, expansions, "media.fields": "url,alt_text" }));
    assert.deepEqual(
      body.includes.tweets.map((one: { id: string }) => one.id),
      [parent.id],
    );
    assert.deepEqual(body.includes.users, [{ id: "11", name: "Amy", username: "amy" }]);
    assert.equal(body.includes.media[0].alt_text, "a cup");
    assert.equal(body.includes.polls[0].options.length, 2);
    assert.equal(body.errors[0].resource_id, posts[1]?.id);
    const picture = await clock.run(ask(within(x), body.includes.media[0].url));
    assert.equal(picture.headers["content-type"], "image/png");
  });

  it("has every reply in reply_count, with the tag or without", async () => {
    const asked = post(0, "Q1 #teachat");
    const replies = [1, 2, 3].map((i) => post(i, "yes", { replyTo: asked.id, ...(i === 3 && { deletedAt: START + 5000 }) }));
    const { x, clock } = standIn([asked, ...replies]);
    const { body } = await clock.run(ask(within(x), SEARCH, { query: TAG, ...HOUR, "tweet.fields": "public_metrics" }));
    assert.equal(body.data[0].public_metrics.reply_count, 2);
  });
});

describe("counts and lookup", () => {
  it("count minute by minute what the search of the same words finds", async () => {
    const { x, clock } = standIn([post(0, "a #teachat"), post(30, "b #teachat"), post(60, "c #teachat"), post(61, "d")]);
    const { body } = await clock.run(ask(within(x), "/2/tweets/counts/recent", { query: TAG, ...HOUR, granularity: "minute" }));
    assert.equal(body.meta.total_tweet_count, 3);
    assert.equal(body.data.length, 60);
    assert.deepEqual(
      body.data.slice(0, 3).map((one: { tweet_count: number }) => one.tweet_count),
      [2, 1, 0],
    );
  });

  it("say why a post is not given", async () => {
    const person = (id: string, more: object) => ({ id, username: `u${id}`, name: "U", ...more });
    const posts = [
      post(0, "there"),
      post(1, "deleted", { deletedAt: START + MINUTE }),
      post(2, "protected", { author: person("21", { protected: true }) }),
      post(3, "suspended for a while", { author: person("22", { suspended: { from: START, until: START + 200 * MINUTE } }) }),
      post(4, "lost", { lost: { from: START } }),
    ];
    const { x, clock } = standIn(posts);
    const ids = posts.map(({ id }) => id).join(",");
    const { body } = await clock.run(ask(within(x), "/2/tweets", { ids }));
    assert.deepEqual(
      body.data.map((one: { text: string }) => one.text),
      ["there"],
    );
    const titles = body.errors.map(({ title, detail }: { title: string; detail: string }) => `${title}: ${detail.slice(0, 8)}`);
    assert.deepEqual(titles, ["Not Found Error: Could no", "Authorization Error: Sorry, y", "Forbidden: User has"]);
    await clock.advance(30 * MINUTE);
    assert.equal((await clock.run(ask(within(x), "/2/tweets", { ids }))).body.data.length, 2);
  });

  it("give an older version to who asks for it", async () => {
    const edits = [10, 20].map((i) => ({ id: idAt(START + i * MINUTE), at: START + i * MINUTE, text: `version ${i}` }));
    const { x, clock } = standIn([post(0, "version 0", { edits })]);
    const { body } = await clock.run(ask(within(x), "/2/tweets", { ids: `${edits[0]?.id},${idAt(START)}` }));
    assert.deepEqual(
      body.data.map((one: { text: string }) => one.text),
      ["version 10", "version 20"],
    );
  });
});

describe("both spellings", () => {
  it("writes answers in the names of after August 2026", async () => {
    const posts = [post(0, "a"), post(1, `${"long ".repeat(70)}#teachat`, { replyTo: idAt(START) })];
    const { x, clock } = standIn(posts, { names: "post" });
    const params = {
      query: TAG,
      ...HOUR,
      "post.fields": "public_metrics,note_post",
      expansions: "author_id,referenced_posts,edit_history_post_ids",
    };
    const { body } = await clock.run(ask(within(x), SEARCH, params));
    const [one] = body.data;
    assert.deepEqual(one.edit_history_post_ids, [one.id]);
    assert.deepEqual(one.referenced_posts, [{ type: "replied_to", id: idAt(START) }]);
    assert.equal(one.public_metrics.repost_count, 0);
    assert.equal(typeof one.note_post.text, "string");
    assert.equal(body.includes.posts[0].id, idAt(START));
    const counted = await clock.run(ask(within(x), "/2/tweets/counts/recent", { query: TAG, ...HOUR }));
    assert.equal(counted.body.meta.total_post_count, 1);
  });

  it("takes either where it is lenient", async () => {
    const { x, clock } = standIn([post(0, "a #teachat")], { strict: false });
    for (const name of ["tweet.fields", "post.fields"])
      assert.equal((await clock.run(ask(within(x), SEARCH, { query: TAG, ...HOUR, [name]: "created_at" }))).body.data.length, 1);
  });
});

describe("over loopback", () => {
  it("answers as within the process", async () => {
    const posts = Array.from({ length: 25 }, (_, i) => post(i, `t ${i} #teachat`));
    const { x } = standIn(posts, { pageCap: 10 });
    const { url, close } = await x.listen();
    assert.deepEqual(await walk({ url }), posts.map(({ id }) => id).reverse());
    await close();
  });
});
