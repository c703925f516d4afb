import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { byId, fixture, lines, read, readOne } from "../read.ts";

const BASE = { id: "1", author: "amy", created_at: "2024-06-11T17:00:00Z", text: "hi" };
const one = (record: object) => readOne("chatscribe-jsonl", JSON.stringify({ ...BASE, ...record }));
const refusal = async (record: object) => {
  const { refused, observations } = await read("chatscribe-jsonl", JSON.stringify({ ...BASE, ...record }));
  assert.equal(observations.length, 0);
  return refused[0]?.why;
};

describe("Chatscribe JSONL", () => {
  const bad: readonly [object, RegExp][] = [
    [{ id: 1800 }, /"id" must be a string: as a JSON number an id is rounded/],
    [{ id: "18000000000000000001x" }, /"id" must be a string of 1 to 20 digits/],
    [{ id: "123456789012345678901" }, /1 to 20 digits/],
    [{ author: "@amy" }, /"author" must be a handle.*"@amy"/],
    [{ text: undefined }, /"text" must be text/],
    [{ created_at: null }, /"created_at" must be ISO 8601/],
    [{ created_at: "2024-06-11 17:00" }, /"created_at" must be ISO 8601 with a zone.*"2024-06-11 17:00"/],
    [{ created_at: "2024-02-30T17:00:00Z" }, /"created_at" must be ISO 8601/],
    [{ created_at: null, local: true }, /no time and no session/],
    [{ created_at: null, local: true, session: "otherchat/2009-07-21" }, /no time and no session/],
    [{ session: "gardenchat/soon" }, /"session" must be a chat and a date, as "gardenchat.2009-07-21"/],
    [{ reply_to: 17 }, /"reply_to" must be a string/],
    [{ tags: "gardenchat" }, /"tags" must be a list/],
    [{ tags: [1] }, /"tags" must be text/],
    [{ context: "yes" }, /"context" must be true or false/],
    [{ links: ["https://example.org"] }, /"links" must be a list of objects/],
    [{ media: [{ type: "photo", url: "u", file: "../archive.db" }] }, /"file" of media must be the name of a file/],
    [{ poll: { options: [{ label: "a", votes: "3" }] } }, /"votes"/],
    [{ edited: "yesterday" }, /"edited" must be ISO 8601/],
  ];
  for (const [record, why] of bad) it(`refuses ${JSON.stringify(record)}`, async () => assert.match((await refusal(record)) ?? "", why));

  it("names the line of what it refuses or keeps out, and takes the rest", async () => {
    const part = await read("chatscribe-jsonl", readFileSync(fixture("chatscribe.jsonl"), "utf8"));
    assert.deepEqual(lines(part.refused), [
      '6: "id" must be a string: as a JSON number an id is rounded',
      "7: is not valid JSON: cut short or damaged",
    ]);
    assert.deepEqual(lines(part.warnings), ["5: tombstone: kept out"]);
    assert.equal(part.read, 6);
    assert.deepEqual(
      part.observations.map(({ context, session }) => [context, session]),
      [
        [false, "2024-06-11"],
        [false, null],
        [true, null],
        [false, "2009-07-21"],
      ],
    );
    const asked = byId(part, "1800000000000000001");
    assert.equal(asked.text, "Q1 Slugs &amp; snails: friend or foe? #GardenChat @fern_ivy");
    assert.equal(asked.time, Date.UTC(2024, 5, 11, 17, 0, 3, 250));
    assert.deepEqual([asked.tags, asked.mentions], [["gardenchat"], ["fern_ivy"]]);
    assert.deepEqual(asked.poll, { options: [{ label: "friend", votes: 3 }], ends: null });
    assert.deepEqual(asked.media, [{ type: "photo", alt: "a slug", url: "https://example.org/slug.jpg", file: "9f3a.jpg" }]);
    const answer = byId(part, "1800000000000000500");
    assert.equal(answer.time, Date.UTC(2024, 5, 11, 17, 1));
    assert.equal(answer.edited, Date.UTC(2024, 5, 11, 17, 5));
    assert.deepEqual(
      [answer.author, answer.tags, answer.mentions],
      [{ id: null, handle: "fern_ivy", name: "fern_ivy" }, ["gardenchat"], []],
    );
    assert.equal(byId(part, "912345678901234567").heading, "What is a garden?");
  });
  it("never decodes text again", async () => assert.equal((await one({ text: "&amp;lt;" })).tweet.text, "&amp;lt;"));
  it("keeps the digits of an id", async () => assert.equal((await one({ id: "18446744073709551615" })).tweet.id, "18446744073709551615"));
  it("keeps a link that is none as data", async () =>
    assert.deepEqual((await one({ links: [{ url: "javascript:1" }] })).tweet.links, [
      { url: "javascript:1", to: "javascript:1", text: "javascript:1" },
    ]));
  it("reads a list of objects as well", async () => {
    const list = JSON.stringify([BASE, { ...BASE, id: "2" }], null, 2);
    assert.deepEqual(
      (await read("chatscribe-jsonl", list)).observations.map(({ tweet }) => tweet.id),
      ["1", "2"],
    );
  });
});
