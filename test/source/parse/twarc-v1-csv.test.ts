import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { byId, fixture, lines, read } from "../read.ts";

const [ASKED, ANSWER, REPOST, QUOTE] = ["727558369895780353", "727558967953195073", "727559101197844513", "727559529952182273"] as const;
const exact = readFileSync(fixture("twarc-v1-exact.csv"), "utf8");
const rounded = readFileSync(fixture("twarc-v1-rounded.csv"), "utf8");
const HEADER = "id,created_at,user_screen_name,text,in_reply_to_status_id";
const row = (id: string, reply = "") => `${id},Tue May 03 18:00:07 +0000 2016,amy,hi,${reply}`;

describe("twarc 1 CSV", () => {
  it("refuses a last line cut short, by its line", async () => {
    const part = await read("twarc-v1-csv", rounded);
    assert.deepEqual(lines(part.refused), ["11: 7 columns where the header has 34: cut short or damaged"]);
    assert.equal(part.read, 5);
    const cut = await read("twarc-v1-csv", `${HEADER}\n${row("1")}\n2,Tue May 03 18:00:07 +0000 2016,amy,"h`);
    assert.deepEqual(lines(cut.refused), ["3: a quote does not close: cut short"]);
  });
  it("refuses ids a spreadsheet rounded where no URL has the true one", async () => {
    const part = await read("twarc-v1-csv", [HEADER, row("7.27558E+17"), row("727558369895780000"), row("7275583")].join("\n"));
    assert.deepEqual(lines(part.refused), [
      "2: id rounded by a spreadsheet and no URL column: 7.27558E+17",
      "3: id rounded by a spreadsheet and no URL column: 727558369895780000",
    ]);
    assert.deepEqual(
      part.observations.map(({ tweet }) => tweet.id),
      ["7275583"],
    );
  });
  it("refuses an id that is none", async () => {
    const part = await read("twarc-v1-csv", [HEADER, row("x"), row("1", "x")].join("\n"));
    assert.deepEqual(lines(part.refused), ['2: "id" must be digits; found "x"', '3: "in_reply_to_status_id" must be digits; found "x"']);
  });
  it("reads exact ids as they are", async () => {
    const part = await read("twarc-v1-csv", exact);
    assert.deepEqual(part.refused, []);
    assert.deepEqual(
      part.observations.map(({ tweet, repaired }) => [tweet.id, tweet.replyTo, tweet.repostOf, tweet.quotes, repaired]),
      [
        [ASKED, null, null, null, false],
        [ANSWER, ASKED, null, null, false],
        [REPOST, null, ASKED, null, false],
        [QUOTE, null, null, ASKED, false],
      ],
    );
  });
  it("puts rounded ids right by their URL, and hands on those of other tweets as they are written", async () => {
    const part = await read("twarc-v1-csv", rounded);
    assert.deepEqual(
      part.observations.map(({ tweet, repaired, rounded }) => [tweet.id, tweet.replyTo, tweet.repostOf, repaired, rounded]),
      [
        [ASKED, null, null, true, { replyTo: null, repostOf: null }],
        [ANSWER, null, null, true, { replyTo: "727558369895780000", repostOf: null }],
        [REPOST, null, null, true, { replyTo: null, repostOf: "727558369895780000" }],
        [QUOTE, null, null, true, { replyTo: null, repostOf: null }],
      ],
    );
  });
  it("tells the same tweets from the exact and from the rounded file", async () => {
    const told = async (text: string) =>
      (await read("twarc-v1-csv", text)).observations.map(({ tweet }) => ({ ...tweet, replyTo: null, repostOf: null }));
    assert.deepEqual(await told(exact), await told(rounded));
  });
  it("writes out what stands in powers of ten", async () => {
    const part = await read("twarc-v1-csv", [HEADER, row("7275583", "7.27558369895780E+17"), row("7275584", '"7,2E+17"')].join("\n"));
    assert.deepEqual(
      part.observations.map(({ rounded }) => rounded.replyTo),
      ["727558369895780000", "720000000000000000"],
    );
  });
  it("does not take one id that truly ends in 000 for rounded", async () => {
    const part = await read(
      "twarc-v1-csv",
      [HEADER, row("727558369895780353", "727558369895780000"), row("727558967953195073")].join("\n"),
    );
    assert.equal(part.observations[0]?.tweet.replyTo, "727558369895780000");
  });
  it("decodes text once, keeps line breaks, and pairs targets with the links of the text", async () => {
    const part = await read("twarc-v1-csv", exact);
    const asked = byId(part, ASKED);
    assert.equal(asked.text, "Q1 Slugs & snails &lt;3? #GardenChat https://t.co/aaa https://t.co/ppp");
    assert.equal(asked.time, Date.UTC(2016, 4, 3, 18, 0, 7, 421));
    assert.deepEqual(asked.author, { id: null, handle: "OldOak", name: "Old Oak" });
    assert.deepEqual(asked.links, [{ url: "https://t.co/aaa", to: "https://example.org/slugs", text: "example.org/slugs" }]);
    assert.deepEqual(
      asked.media.map((media) => media.type),
      ["photo"],
    );
    assert.equal(byId(part, ANSWER).text, "@OldOak A1 foe,\nalways #gardenchat");
    assert.deepEqual(byId(part, ANSWER).mentions, ["OldOak"]);
    // more targets than links: the text was cut
    assert.deepEqual(
      byId(part, REPOST).links.map((link) => link.url),
      ["https://example.org/slugs", "https://example.org/more"],
    );
  });
  it("takes a header in the middle, where files were joined, for no tweet", async () => {
    const part = await read("twarc-v1-csv", [HEADER, row("1"), HEADER, row("2")].join("\r\n"));
    assert.deepEqual([part.read, part.refused], [2, []]);
  });
  it("trusts the id for the time where a spreadsheet rewrote the date", async () => {
    const part = await read("twarc-v1-csv", `${HEADER}\n727558369895780353,5/3/2016 18:00,amy,hi,`);
    assert.equal(part.observations[0]?.tweet.time, Date.UTC(2016, 4, 3, 18, 0, 7, 421));
  });
});
