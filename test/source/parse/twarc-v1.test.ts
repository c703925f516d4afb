import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { byId, fixture, lines, read, readOne } from "../read.ts";

const [ASKED, ANSWER, REPOST, QUOTE] = ["727558369895780353", "727558967953195073", "727559101197844513", "727559529952182273"] as const;
const BASE = `"created_at":"Tue May 03 18:00:07 +0000 2016","text":"hi","user":{"screen_name":"amy"}`;
const text = readFileSync(fixture("twarc-v1.jsonl"), "utf8");
const withoutBad = () =>
  text
    .split("\n")
    .slice(0, 5)
    .map((line) => JSON.parse(line));

describe("API v1.1 JSON", () => {
  it("refuses what is no tweet, a protected account, and a line cut short, by line", async () => {
    const part = await read("twarc-v1-json", text);
    assert.deepEqual(lines(part.refused), [
      "8: protected account: never stored",
      '9: "user" is missing: not a tweet of API v1.1',
      "10: is not valid JSON: cut short or damaged",
    ]);
    assert.deepEqual(lines(part.warnings), ["6: a deletion notice: kept out", "7: a limit notice: the stream left out 12 tweets"]);
    assert.equal(part.read, 8);
  });
  it("tells the reposted and the quoted tweet before, as context", async () => {
    const { observations } = await read("twarc-v1-json", text);
    assert.deepEqual(
      observations.map(({ tweet, context }) => (context ? `(${tweet.id})` : tweet.id)),
      [ASKED, ANSWER, `(${ASKED})`, REPOST, `(${ASKED})`, QUOTE, "1234567890"],
    );
  });
  it("reads text decoded once, entities, pictures with their descriptions, and the time to the millisecond", async () => {
    const asked = byId(await read("twarc-v1-json", text), ASKED);
    assert.equal(asked.text, "Q1 Slugs & snails &lt;3? #GardenChat https://t.co/aaa https://t.co/ppp");
    assert.deepEqual(asked.tags, ["gardenchat"]);
    assert.deepEqual(asked.links, [{ url: "https://t.co/aaa", to: "https://example.org/slugs", text: "example.org/slugs" }]);
    assert.deepEqual(asked.media, [
      { type: "photo", alt: "a slug", url: "https://img.example/1.jpg", file: null },
      { type: "photo", alt: null, url: "https://img.example/2.jpg", file: null },
    ]);
    assert.equal(asked.time, Date.UTC(2016, 4, 3, 18, 0, 7, 421));
  });
  it("links replies, reposts and quotes, and takes the long text", async () => {
    const part = await read("twarc-v1-json", text);
    assert.equal(byId(part, ANSWER).replyTo, ASKED);
    assert.equal(byId(part, REPOST).repostOf, ASKED);
    assert.equal(byId(part, QUOTE).quotes, ASKED);
    assert.equal(byId(part, QUOTE).text, "this > that, whole https://t.co/qqq");
  });
  it("does without entities and author ids", async () => {
    const old = byId(await read("twarc-v1-json", text), "1234567890");
    assert.equal(old.author.id, "11");
    assert.equal(old.time, Date.UTC(2009, 2, 3, 9));
    assert.deepEqual(
      old.links.map((link) => link.to),
      ["http://example.org/x"],
    );
  });
  it("reads ids that are there as numbers only by their digits", async () => {
    const { tweet } = await readOne("twarc-v1-json", `{"id":1800000000000000001,"in_reply_to_status_id":1799999999999999999,${BASE}}`);
    assert.deepEqual([tweet.id, tweet.replyTo], ["1800000000000000001", "1799999999999999999"]);
  });
  it("takes a reply's number for rounded where the record's own is", async () => {
    const record = `{"id":1800000000000000000,"id_str":"1800000000000000001","in_reply_to_status_id":1799999999999999700,${BASE}}`;
    const { tweet, rounded } = await readOne("twarc-v1-json", record);
    assert.equal(tweet.replyTo, null);
    assert.deepEqual(rounded, { replyTo: "1799999999999999700", repostOf: null });
  });
  it("believes created_at where the id says another time", async () => {
    const { tweet } = await readOne("twarc-v1-json", `{"id_str":"1800000000000000001",${BASE}}`);
    assert.equal(tweet.time, Date.UTC(2016, 4, 3, 18, 0, 7));
  });
  it("keeps a repost whose original cannot be read, and says so", async () => {
    const { observations, warnings } = await read("twarc-v1-json", `{"id_str":"2","retweeted_status":{"id_str":"1"},${BASE}}`);
    assert.deepEqual(
      observations.map(({ tweet }) => [tweet.id, tweet.repostOf]),
      [["2", "1"]],
    );
    assert.deepEqual(lines(warnings), ['1: its retweeted_status is left out: "user" is missing: not a tweet of API v1.1']);
  });
  it("is the same a line each, as a list, and one after the other", async () => {
    const tweets = withoutBad();
    const told = async (wire: string) => (await read("twarc-v1-json", wire)).observations;
    const expected = await told(tweets.map((tweet) => JSON.stringify(tweet)).join("\n"));
    assert.equal(expected.length, 7);
    assert.deepEqual(await told(JSON.stringify(tweets)), expected);
    assert.deepEqual(await told(JSON.stringify(tweets, null, 1)), expected);
    assert.deepEqual(await told(tweets.map((tweet) => JSON.stringify(tweet)).join("")), expected);
    assert.deepEqual(await told(tweets.map((tweet) => JSON.stringify(tweet, null, 2)).join("\r\n")), expected);
    assert.deepEqual(await told(`\ufeff${tweets.map((tweet) => JSON.stringify(tweet)).join("\r\n")}`), expected);
  });
});
