import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { byId, fixture, lines, read, readOne } from "../read.ts";

const [ASK, ANSWER, QUOTED, REPOST] = ["1653459364737974273", "1653459712865206273", "1652961052062646273", "1653460342010806273"] as const;
const text = (name: string): string => readFileSync(fixture(name), "utf8");
const LONDON = { zone: "Europe/London" };
const HEADER = "id_str,from_user,text,created_at,status_url";

describe("tables of tweets as CSV", () => {
  it("refuses a last line cut short, by its line", async () => {
    const part = await read("sheet-csv", text("tags.csv"), null, LONDON);
    assert.deepEqual(lines(part.refused), ["6: 3 columns where the header has 18: cut short or damaged"]);
    assert.deepEqual(lines((await read("sheet-csv", `${HEADER}\n1,amy,"h`)).refused), ["2: a quote does not close: cut short"]);
  });
  it("refuses ids a spreadsheet rounded where no URL has the true one", async () => {
    const part = await read("sheet-csv", `${HEADER}\n1.26426E+18,amy,hi,,\n1653459364737970000,amy,hi,,`);
    assert.deepEqual(lines(part.refused), [
      "2: id rounded by a spreadsheet and no URL column: 1.26426E+18",
      "3: id rounded by a spreadsheet and no URL column: 1653459364737970000",
    ]);
  });
  it("refuses a tweet by nobody", async () => {
    const part = await read("sheet-csv", `${HEADER}\n${ASK},a-b,hi,,`);
    assert.deepEqual(lines(part.refused), ['2: who wrote it must be a handle; found "a-b"']);
  });
  it("refuses a date it cannot place: no zone is known, or day and month cannot be told apart", async () => {
    const sheet = `${HEADER}\n2756123456,amy,hi,3/4/2009 13:00,`;
    const refused = ['2: no date that can be read: "3/4/2009 13:00"; write it as 2010-03-04 13:48:03'];
    assert.deepEqual(lines((await read("sheet-csv", sheet, null, LONDON)).refused), refused);
    assert.deepEqual(lines((await read("sheet-csv", sheet.replace("3/4", "23/4"))).refused), [refused[0]?.replace("3/4", "23/4")]);
  });
  it("says that entities are damaged, and does without them", async () => {
    const part = await read("sheet-csv", text("tags.csv"), null, LONDON);
    assert.deepEqual(lines(part.warnings), ["3: its entities_str is damaged: tags and links are taken from the text"]);
    assert.deepEqual(byId(part, ANSWER).tags, ["gardenchat"]);
  });
  it("reads TAGS", async () => {
    const part = await read("sheet-csv", text("tags.csv"), null, LONDON);
    const asked = byId(part, ASK);
    assert.equal(asked.text, "Q1 Slugs & snails? #GardenChat https://t.co/aaa");
    assert.deepEqual(asked.author, { id: "11", handle: "OldOak", name: "OldOak" });
    assert.deepEqual(asked.links, [{ url: "https://t.co/aaa", to: "https://example.org/slugs", text: "example.org/slugs" }]);
    assert.equal(asked.time, Date.UTC(2023, 4, 2, 18, 0, 7));
    const answer = byId(part, ANSWER);
    assert.deepEqual([answer.replyTo, answer.replyToUser, answer.text], [ASK, "OldOak", "@OldOak A1 foe,\nalways ?? #gardenchat"]);
  });
  it("reads dates without a zone in the chat's, where an id is too old to say the time", async () => {
    const told = async (zone: string) => byId(await read("sheet-csv", text("tags.csv"), null, { zone }), "2756123456").time;
    assert.equal(await told("Europe/London"), Date.UTC(2009, 6, 23, 16, 5));
    assert.equal(await told("America/New_York"), Date.UTC(2009, 6, 23, 21, 5));
  });
  it("reads a sheet with a line above its header, columns of one name, and one tweet many times", async () => {
    const part = await read("sheet-csv", text("sheet.csv"));
    assert.deepEqual([part.read, part.refused, part.warnings], [3, [], []]);
    const answer = byId(part, ANSWER);
    assert.deepEqual(answer.author, { id: null, handle: "fern_ivy", name: "Fern & Ivy" });
    // its clock shows 14:01:30: the id wins, and no zone is needed
    assert.equal(answer.time, Date.UTC(2023, 4, 2, 18, 1, 30));
    assert.deepEqual(answer.links, [
      { url: "https://example.org/a", to: "https://example.org/a", text: "example.org/a" },
      { url: "https://example.org/b", to: "https://example.org/b", text: "example.org/b" },
    ]);
    assert.deepEqual(
      answer.media.map(({ url }) => url),
      ["pic.twitter.com/xyz"],
    );
  });
  it("takes one tweet four hundred times for four hundred tellings of one", async () => {
    const part = await read("sheet-csv", `${HEADER}\n${`${ASK},amy,hi,,\n`.repeat(400)}`);
    assert.deepEqual([part.read, new Set(part.observations.map(({ tweet }) => tweet.id)).size], [400, 1]);
  });
  it("puts rounded ids right by their URL, and hands on those of other tweets as they are written", async () => {
    const sheet = `id_str,from_user,text,in_reply_to_status_id_str,status_url\n1.65346E+18,amy,hi,1.65345E+18,http://twitter.com/amy/statuses/${ASK}`;
    const { tweet, rounded, repaired } = await readOne("sheet-csv", sheet);
    assert.deepEqual([tweet.id, repaired, rounded.replyTo, tweet.replyTo], [ASK, true, "1653450000000000000", null]);
  });
});

describe("twitter-web-exporter", () => {
  it("refuses a number too large to be exact", async () => {
    const part = await read("web-exporter-json", `[{"id":1653459364737974273,"full_text":"hi","screen_name":"amy"}]`);
    assert.deepEqual(lines(part.refused), ['1: "id" must be a string: as a number it is rounded']);
  });
  it("tells the same from its JSON and its CSV", async () => {
    const json = await read("web-exporter-json", text("web-exporter.json"));
    const csv = await read("sheet-csv", text("web-exporter.csv"));
    assert.deepEqual([json.refused, csv.refused], [[], []]);
    assert.deepEqual(json.observations, csv.observations);
  });
  it("reads text, pictures with their descriptions, and what a tweet refers to", async () => {
    const part = await read("web-exporter-json", text("web-exporter.json"));
    assert.equal(byId(part, ASK).text, "Q1 Slugs & snails?\nLine two #GardenChat https://t.co/ppp");
    assert.deepEqual(byId(part, ASK).media, [{ type: "photo", alt: "a slug", url: "https://img.example/1.jpg?name=orig", file: null }]);
    assert.deepEqual([byId(part, ANSWER).replyTo, byId(part, ANSWER).quotes, byId(part, REPOST).repostOf], [ASK, QUOTED, ASK]);
  });
  it("reads a date with its zone where the id is too old to say it", async () => {
    const record = { id: "2756123456", created_at: "2009-07-23 19:05:00 +02:00", full_text: "hi", screen_name: "amy" };
    assert.equal((await readOne("web-exporter-json", JSON.stringify([record]))).tweet.time, Date.UTC(2009, 6, 23, 17, 5));
  });
});
