import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { byId, fixture, lines, read, readOne } from "../read.ts";

const ASK = "1653459364737974273";
const [FIRST, SECOND] = ["1653459712865206273", "1653460090352566274"] as const;
const REPOST = "1653460342010806273";
const QUOTE = "1653460635612086273";
const QUOTED = "1652961052062646273";
const [GONE, PROTECTED, LOST] = ["1652945952568246273", "1653460845327286273", "1653461096985526273"] as const;

const text = (name: string): string => readFileSync(fixture(name), "utf8");
const pages = () => read("x-v2-json", text("x-v2-pages.jsonl"));
const AMY = { users: [{ id: "7", username: "amy", name: "Amy" }] };
const page = (tweet: object, includes: object = AMY): string => JSON.stringify({ data: [tweet], includes });
const refusal = async (tweet: object, includes: object = AMY) => lines((await read("x-v2-json", page(tweet, includes))).refused);

describe("API v2", () => {
  it("refuses single tweets of a page by their ids", async () => {
    const { refused, read: count } = await pages();
    assert.deepEqual(lines(refused), [
      `2: tweet ${PROTECTED}: protected account: never stored`,
      `2: tweet ${LOST}: who wrote it is not said: author 15 is not among the users`,
    ]);
    assert.equal(count, 6);
  });
  it("refuses ids that are no strings of digits", async () => {
    const amy = { author_id: "7", text: "hi" };
    assert.deepEqual(await refusal({ ...amy, id: 12 }), ['1: tweet without an id: "id" must be a string of digits']);
    assert.deepEqual(await refusal({ ...amy, id: "1x" }), ['1: tweet 1x: "id" must be a string of digits']);
    assert.deepEqual(await refusal({ ...amy, id: "2", edit_history_tweet_ids: [1] }), [
      "1: tweet 2: the ids of its edits must be strings of digits",
    ]);
  });
  it("refuses a tweet without a text, and one whose time nothing says", async () => {
    assert.deepEqual(await refusal({ id: "12", author_id: "7", created_at: "2009-03-03T09:00:00.000Z" }), [
      '1: tweet 12: "text" must be text',
    ]);
    assert.deepEqual(await refusal({ id: "12", author_id: "7", text: "hi" }), [
      '1: tweet 12: "created_at" must be as 2023-04-08T15:07:30.000Z; found ""',
    ]);
  });
  it("refuses a line cut short, and takes the others", async () => {
    const part = await read("x-v2-json", text("x-v2-flat.jsonl").slice(0, -20));
    assert.deepEqual(lines(part.refused), ["5: protected account: never stored", "6: is not valid JSON: cut short or damaged"]);
    assert.equal(part.observations.filter(({ context }) => !context).length, 4);
  });
  it("says what a page lacks: deleted tweets, suspended accounts", async () => {
    assert.deepEqual(lines((await pages()).warnings), [
      `2: tweet ${GONE} is not in it: Not Found Error`,
      "2: user 99 is not in it: Forbidden",
    ]);
  });
  it("leaves out context that cannot be taken, and says so", async () => {
    const includes = { ...AMY, tweets: [{ id: "1", author_id: "8", text: "hi" }] };
    const part = await read("x-v2-json", page({ id: ASK, author_id: "7", text: "hi" }, includes));
    assert.deepEqual(lines(part.warnings), [
      "1: left out of what is around: tweet 1: who wrote it is not said: author 8 is not among the users",
    ]);
    assert.deepEqual([part.read, part.observations.length], [1, 1]);
  });
  it("tells the same from pages, from pages under the names of 2026, and from flattened lines", async () => {
    const told = async (name: string) => {
      const { observations } = await read("x-v2-json", text(name));
      const unique = new Map(observations.map((observation) => [`${observation.context} ${observation.tweet.id}`, observation]));
      return [...unique.values()].sort((a, b) =>
        a.tweet.id < b.tweet.id ? -1 : a.tweet.id > b.tweet.id ? 1 : Number(a.context) - Number(b.context),
      );
    };
    const expected = await told("x-v2-pages.jsonl");
    assert.deepEqual(
      expected.map(({ tweet, context }) => (context ? `(${tweet.id})` : tweet.id)),
      [`(${QUOTED})`, ASK, `(${ASK})`, FIRST, REPOST, QUOTE],
    );
    assert.deepEqual(await told("x-v2-posts.json"), expected);
    assert.deepEqual(await told("x-v2-flat.jsonl"), expected);
  });
  it("reads text decoded once, links without those of pictures, media that have an address, polls in order", async () => {
    const asked = byId(await pages(), ASK);
    assert.equal(asked.text, "Q1 Slugs & snails &lt;3? #GardenChat https://t.co/aaa https://t.co/ppp");
    assert.deepEqual(asked.author, { id: "11", handle: "OldOak", name: "Old Oak" });
    assert.deepEqual(asked.tags, ["gardenchat"]);
    assert.deepEqual(asked.links, [{ url: "https://t.co/aaa", to: "https://example.org/slugs", text: "short.example/s" }]);
    assert.deepEqual(asked.media, [
      { type: "photo", alt: "a slug", url: "https://img.example/1.jpg", file: null },
      { type: "video", alt: null, url: "https://img.example/2.jpg", file: null },
    ]);
    assert.deepEqual(asked.poll, {
      options: [
        { label: "slugs", votes: 5 },
        { label: "snails", votes: 3 },
      ],
      ends: "2023-05-03T18:00:07.000Z",
    });
    assert.equal(asked.conversation, ASK);
    assert.equal(asked.edited, null);
  });
  it("names an edited tweet by its first id, with the time of both, and takes the long text", async () => {
    const answer = byId(await pages(), FIRST);
    assert.deepEqual(answer.aliases, [SECOND]);
    assert.equal(answer.time, Date.UTC(2023, 4, 2, 18, 1, 30));
    assert.equal(answer.edited, Date.UTC(2023, 4, 2, 18, 3));
    assert.equal(answer.text, "@OldOak A1 foe, always & everywhere, and here is the long story #gardenchat");
    assert.deepEqual([answer.replyTo, answer.replyToUser, answer.mentions], [ASK, "OldOak", ["OldOak"]]);
  });
  it("links reposts and quotes", async () => {
    const part = await pages();
    assert.equal(byId(part, REPOST).repostOf, ASK);
    const quote = byId(part, QUOTE);
    assert.deepEqual([quote.quotes, quote.replyTo, quote.replyToUser], [QUOTED, GONE, null]);
    assert.deepEqual(quote.tags, ["gardenchat"]);
  });
  it("takes a page with one tweet, one without any, and one of errors only", async () => {
    const single = JSON.stringify({ data: { id: ASK, author_id: "7", text: "hi" }, includes: AMY, matching_rules: [] });
    assert.equal((await readOne("x-v2-json", single)).tweet.author.handle, "amy");
    const errors = JSON.stringify({ errors: [{ title: "Unauthorized", detail: "no" }] });
    const part = await read("x-v2-json", `{"meta":{"result_count":0}}\n${errors}`);
    assert.deepEqual([part.read, lines(part.warnings)], [0, ["2: something unnamed is not in it: Unauthorized"]]);
  });
  it("finds who wrote a post by its own username where the users are not given", async () => {
    const { tweet } = await readOne("x-v2-json", JSON.stringify({ data: [{ id: ASK, username: "amy", text: "hi" }] }));
    assert.deepEqual(tweet.author, { id: null, handle: "amy", name: "amy" });
  });
  it("takes counts as the network counted, in both spellings, and none that are no counts", async () => {
    const metricsOf = async (public_metrics: unknown) => {
      const tweet = { id: ASK, author_id: "7", text: "hi", public_metrics };
      const [around, own] = (await read("x-v2-json", page(tweet, { ...AMY, tweets: [{ ...tweet, id: FIRST }] }))).observations;
      assert.deepEqual(around?.metrics, own?.metrics);
      return own?.metrics;
    };
    for (const none of [undefined, null, [], {}, { reply_count: "3" }, { reply_count: -1 }]) assert.equal(await metricsOf(none), undefined);
    const counts = { reply_count: 3, quote_count: 1, like_count: 7 };
    const metrics = { replies: 3, reposts: 2, quotes: 1, likes: 7 };
    assert.deepEqual(await metricsOf({ ...counts, retweet_count: 2 }), metrics);
    assert.deepEqual(await metricsOf({ ...counts, repost_count: 2, impression_count: 99 }), metrics);
    assert.deepEqual(await metricsOf({ reply_count: 3 }), { replies: 3, reposts: 0, quotes: 0, likes: 0 });
  });
  it("passes over what forget has left of a removed tweet", async () => {
    const gone = { id: "1", erased: "author-request" };
    const part = await read("x-v2-json", `${page(gone, { ...AMY, tweets: [gone] })}\n${JSON.stringify(gone)}`);
    assert.deepEqual([part.read, part.refused, lines(part.warnings)], [0, [], ["2: tombstone: kept out"]]);
  });
  it("keeps ids exact", async () => {
    const { tweet } = await readOne("x-v2-json", page({ id: "1800000000000000001", author_id: "7", text: "hi" }));
    assert.equal(tweet.id, "1800000000000000001");
  });
});
