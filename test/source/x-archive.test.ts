import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { UserError } from "../../src/errors.ts";
import type { Tweet } from "../../src/model.ts";
import { type ImportOptions, openImports, readParts } from "../../src/source/file.ts";
import { Store } from "../../src/store/store.ts";
import { makeArchive, run, tempDir, write } from "../helpers.ts";
import { makeZip } from "./make-zip.ts";
import { collect, fixture, lines } from "./read.ts";

const FILES = ["tweets.js", "note-tweet.js", "account.js", "direct-messages.js"] as const;
const content = (name: string): string => readFileSync(fixture(`x-archive/${name}`), "utf8");
const archive = (names: readonly string[] = FILES, top = "data/"): string =>
  write(tempDir(), "twitter.zip", makeZip(names.map((name) => ({ name: `${top}${name}`, content: content(name) }))));

const HOUR = [Date.UTC(2023, 4, 2, 18), Date.UTC(2023, 4, 2, 19)] as const;
const inHour = ({ time }: Tweet): boolean => time !== null && HOUR[0] <= time && time < HOUR[1];
const keep = (tweet: Tweet): boolean => tweet.tags.includes("gardenchat") || inHour(tweet);
const open = async (file: string, options: Partial<ImportOptions> = {}) => {
  const [only, ...more] = await openImports(file, { chat: "gardenchat", session: null, keep, ...options });
  assert.deepEqual(more, []);
  assert.ok(only);
  return only;
};
const partsOf = async (file: string) => collect((await open(file)).parts());
const refuses = (file: string, message: RegExp, options: Partial<ImportOptions> = {}) =>
  assert.rejects(open(file, options), (error) => {
    assert.ok(error instanceof UserError);
    assert.equal(error.code, 2);
    assert.match(error.message, message);
    return true;
  });
const SECRET = /secret|dmConversation/;

describe("an X archive is refused", () => {
  it("without account.js: whose tweets are these?", async () => {
    await refuses(archive(["tweets.js"]), /has tweets\.js but no account\.js/);
    await refuses(write(tempDir(), "tweets.js", content("tweets.js")), /needs account\.js of the same archive beside it/);
    const empty = makeZip([
      { name: "tweets.js", content: content("tweets.js") },
      { name: "account.js", content: 'window.YTD.account.part0 = [{"account":{"accountId":"12"}}]' },
    ]);
    await refuses(write(tempDir(), "a.zip", empty), /account\.js: does not say whose archive this is: "username" must be text/);
  });
  it("where nothing in it concerns the chat", () =>
    refuses(archive(), /no tweet in it \(6\) has a tag of the chat or falls into one of its sessions: nothing to import/, {
      keep: () => false,
    }));
  it("where nothing says what to keep, or it is said to be something else", async () => {
    await refuses(archive(), /only what concerns a chat is read/, { keep: undefined });
    await refuses(archive(), /is an X archive, not text/, { as: "text" });
  });
  it("in its private parts", async () => {
    const file = write(tempDir(), "direct-messages.js", content("direct-messages.js"));
    await refuses(file, /direct-messages\.js: is a part of an X archive that is never opened/);
    await refuses(file, /is a part of an X archive that is never opened/, { as: "text", session: "2023-05-02" });
  });
});

describe("an X archive", () => {
  it("gives tweets with a tag, of a session's time, and answers to those, and no others", async () => {
    const parts = await partsOf(archive());
    assert.deepEqual(
      parts.flatMap((part) => part.observations.map(({ tweet }) => tweet.text)),
      [
        "@fern_ivy found it two days later",
        "forgot the tag, sorry",
        "A2 thyme, not time #gardenchat",
        "A1 first of all I would say that slugs & snails are both #gardenchat folk https://t.co/zzz",
        "A1 foe, always & everywhere #gardenchat",
      ],
    );
    assert.deepEqual(lines(parts[0]?.warnings ?? []), ["1: tweets that do not concern the chat, left where they are: 1"]);
    assert.equal(parts[0]?.read, 6);
  });
  it("keeps nothing of private messages, of unrelated tweets, of long ones elsewhere, of the mail address", async () => {
    const parts = await partsOf(archive());
    const raw = Buffer.concat(parts.map((part) => part.bytes)).toString();
    for (const name of FILES) if (name !== "tweets.js") assert.match(content(name), SECRET);
    assert.doesNotMatch(raw, SECRET);
    assert.doesNotMatch(JSON.stringify(parts), SECRET);
  });
  it("keeps lines that tell the same again, with their size and hash", async () => {
    const file = await open(archive());
    const parts = await collect(file.parts());
    const bytes = parts.map((part) => part.bytes);
    assert.equal(file.size, Buffer.concat(bytes).length);
    const again = await collect(readParts({ format: "x-archive", chat: "gardenchat", session: null }, bytes));
    assert.deepEqual(
      again.map((part) => part.observations),
      parts.map((part) => part.observations),
    );
    assert.ok(Buffer.concat(bytes).toString().trimEnd().split("\n").length === 5);
  });
  it("refuses damaged tweets by the line they are on", async () => {
    const [part] = await partsOf(archive());
    const line =
      content("tweets.js")
        .split("\n")
        .findIndex((text) => text.includes('"damaged"')) - 2;
    assert.equal(part?.refused.length, 1);
    assert.equal(part?.refused[0]?.line, line);
    assert.match(part?.refused[0]?.why ?? "", /tweets\.js: "created_at" must be text/);
  });
  it("is all its owner's, with edits under their first id", async () => {
    const [part] = await partsOf(archive());
    assert.ok(part?.observations.every(({ tweet }) => tweet.author.handle === "fern_ivy" && tweet.author.id === "12"));
    const edited = part?.observations.find(({ tweet }) => tweet.aliases.length > 0)?.tweet;
    assert.deepEqual([edited?.id, edited?.aliases], ["1653462355276726273", ["1653462858593206273"]]);
    assert.deepEqual([edited?.time, edited?.edited], [Date.UTC(2023, 4, 2, 18, 12), Date.UTC(2023, 4, 2, 18, 14)]);
  });
  it("takes the long text and its links", async () => {
    const [part] = await partsOf(archive());
    const long = part?.observations.find(({ tweet }) => tweet.text.startsWith("A1 first"))?.tweet;
    assert.deepEqual(long?.tags, ["gardenchat"]);
    assert.deepEqual(long?.links, [{ url: "https://t.co/zzz", to: "https://example.org/z", text: "example.org/z" }]);
  });
  it("is the same from its files, unpacked, and from older archives", async () => {
    const expected = (await partsOf(archive())).flatMap((part) => part.observations);
    const dir = tempDir();
    for (const name of FILES) write(dir, name, content(name));
    const unpacked = (await partsOf(`${dir}/tweets.js`)).flatMap((part) => part.observations);
    assert.deepEqual(unpacked, expected);
    const older = makeZip([
      { name: "tweet.js", content: content("tweets.js").replace("YTD.tweets", "YTD.tweet") },
      { name: "account.js", content: content("account.js") },
      { name: "note-tweet.js", content: content("note-tweet.js") },
    ]);
    assert.deepEqual(
      (await partsOf(write(tempDir(), "older.zip", older))).flatMap((part) => part.observations),
      expected,
    );
  });
});

const GARDEN = `---
tags: ["#gardenchat"]
schedule: { every: Tuesday, at: "14:00", zone: America/New_York }
---
`;

describe("importing an X archive", () => {
  it("leaves no trace of what does not concern the chat in any file, and adds nothing the second time", async () => {
    const dir = makeArchive({ chat: GARDEN });
    const file = archive();
    const told = await run(["import", file, "--chat", "teachat", "--archive", dir, "--json"]);
    const { read, new: added, held, refused } = JSON.parse(told.out);
    assert.deepEqual([read, added, held, refused], [6, 5, 0, 1]);
    const again = JSON.parse((await run(["import", file, "--chat", "teachat", "--archive", dir, "--json"])).out);
    assert.deepEqual([again.new, again.held], [0, 5]);
    const store = Store.open(join(dir, "archive.db"));
    const kept = store.raw.all().map((raw) => store.raw.bytes(raw).toString());
    store.close();
    assert.equal(kept.length, 1);
    for (const text of kept) assert.doesNotMatch(text, SECRET);
    for (const name of readdirSync(dir).filter((one) => one.includes(".db")))
      assert.doesNotMatch(readFileSync(join(dir, name), "latin1"), SECRET);
    assert.doesNotMatch(told.out + told.err, SECRET);
  });
});
