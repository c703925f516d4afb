import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { byId, fixture, lines, read, readOne } from "../read.ts";

const [ASK, ANSWER, LATER] = ["1653459364737974273", "1653459712865206273", "1653460635612086273"] as const;
const SESSION = "2023-05-02";
const NEW_YORK = { zone: "America/New_York" };
const transcript = readFileSync(fixture("transcript.md"), "utf8");
const page = readFileSync(fixture("tchat.txt"), "utf8");
const block = (address: string) => `### [@amy](https://twitter.com/amy) \\<Amy\\>\n\n> [hi](${address})\n`;

describe("a Markdown transcript", () => {
  it("refuses a block cut short, and a destroyed id where no session is named, by line", async () => {
    assert.deepEqual(lines((await read("markdown", transcript, null, NEW_YORK)).refused), [
      "26: its id was destroyed by a spreadsheet (1.65348E+18): say --session 2020-02-07 to keep it without one",
      "36: no [text](https://twitter.com/…/status/…) below the heading: cut short or damaged",
    ]);
  });
  it("refuses a heading without a handle, and an address without an id", async () => {
    const text = `### [@amy adams](https://twitter.com/amy)\n\n> [hi](https://twitter.com/amy/status/1)\n${block("https://twitter.com/amy/status/new")}`;
    assert.deepEqual(lines((await read("markdown", text)).refused), [
      "1: the heading must be ### [@handle](address) \\<Name\\>",
      '4: the id in its address must be digits; found "new"',
    ]);
  });
  it("refuses a time it cannot know", async () => {
    const why = "1: no time: its id is too old to say it, and no *2010-03-04 13:48:03Z* stands above the text";
    assert.deepEqual(lines((await read("markdown", block("https://twitter.com/amy/status/12345"))).refused), [why]);
  });
  it("reads its three styles, with and without time, over several lines", async () => {
    const part = await read("markdown", transcript, SESSION, NEW_YORK);
    assert.deepEqual(
      [ASK, ANSWER, LATER].map((id) => byId(part, id).text),
      ["Q1 Slugs [or snails]? & why #GardenChat", "@OldOak A1 foe,\nalways #gardenchat", "beer traps\n#gardenchat"],
    );
    const asked = byId(part, ASK);
    assert.deepEqual(asked.author, { id: null, handle: "OldOak", name: "Old Oak (https://garden.example/@OldOak)" });
    assert.equal(asked.time, Date.UTC(2023, 4, 2, 18, 0, 7));
    assert.deepEqual(asked.media, [{ type: "photo", alt: null, url: "https://img.example/1.jpg", file: null }]);
    assert.deepEqual(byId(part, ANSWER).links, [{ url: "https://example.org/a", to: "https://example.org/a", text: "example.org/a" }]);
    assert.equal(byId(part, ANSWER).author.name, "Fern & Ivy");
  });
  it("reads a time without a zone in the chat's, where an id is too old to say it", async () => {
    const part = await read("markdown", transcript, SESSION, NEW_YORK);
    assert.equal(byId(part, "2756123456").time, Date.UTC(2009, 6, 21, 16, 1));
  });
  it("keeps a destroyed id's tweet under a local id, with its time", async () => {
    const part = await read("markdown", transcript, SESSION, NEW_YORK);
    const local = part.observations.filter(({ tweet }) => tweet.local);
    assert.deepEqual(
      local.map(({ tweet, session }) => [tweet.text, tweet.time, session]),
      [["copper tape #gardenchat", Date.UTC(2023, 4, 2, 18, 9), SESSION]],
    );
    assert.match(local[0]?.tweet.id ?? "", /^9\d{17}$/);
  });
  it("finds a destroyed id where author and text are known", async () => {
    const find = (handle: string, text: string) =>
      handle === "mossgreen" && text === "copper tape #gardenchat" ? "1653461600000000000" : null;
    const part = await read("markdown", transcript, null, { ...NEW_YORK, find });
    const found = part.observations.find(({ repaired }) => repaired);
    assert.deepEqual([found?.tweet.id, found?.tweet.local], ["1653461600000000000", false]);
    assert.equal(part.refused.length, 1);
  });
  it("tells the same whatever ends its lines", async () => {
    const crlf = await read("markdown", transcript.replaceAll("\n", "\r\n"), SESSION, NEW_YORK);
    assert.deepEqual(crlf.observations, (await read("markdown", transcript, SESSION, NEW_YORK)).observations);
  });
  it("takes addresses of x.com", async () => {
    assert.equal((await readOne("markdown", block(`https://x.com/amy/status/${ASK}`))).tweet.id, ASK);
  });
});

describe("a page of tchat.io", () => {
  it("refuses an entry without a name or a text", async () => {
    const { refused } = await read("tchat", "2:07 PM\nwho?\n2:06 PM\nAmy @amy\n\n2:05 PM\nAmy @amy\nhi\n", SESSION, NEW_YORK);
    assert.deepEqual(lines(refused), ["1: no Name @handle below the time: damaged", "3: no text below Amy @amy"]);
  });
  it("gives each entry the time above it, on the session's day in the chat's zone, in the order they were said", async () => {
    const { observations } = await read("tchat", page, SESSION, NEW_YORK);
    const told = observations.filter(({ context }) => !context).sort((a, b) => (a.tweet.time ?? 0) - (b.tweet.time ?? 0));
    assert.deepEqual(
      told.map(({ tweet }) => [
        tweet.author.handle,
        tweet.time === null ? null : new Date(tweet.time).toISOString().slice(11, 16),
        tweet.text,
      ]),
      [
        ["mossgreen", null, "copper tape #gardenchat"],
        ["OldOak", "18:00", "Q1 Slugs or snails? #gardenchat"],
        ["mossgreen", "18:01", "hello #gardenchat"],
        ["fern_ivy", "18:01", "@OldOak A1 foe,\nalways #gardenchat"],
      ],
    );
  });
  it("takes a repost for its original, once", async () => {
    const { observations } = await read("tchat", page, SESSION, NEW_YORK);
    const asked = observations.filter(({ tweet }) => tweet.author.handle === "OldOak");
    assert.deepEqual(
      asked.map(({ context }) => context),
      [true, false],
    );
    assert.equal(asked[0]?.tweet.id, asked[1]?.tweet.id);
  });
});
