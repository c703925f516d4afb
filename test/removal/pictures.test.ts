import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { keepPictures, nameOf, picturesOf } from "../../src/capture/pictures.ts";
import type { Media } from "../../src/model.ts";
import { Store } from "../../src/store/store.ts";
import { line, makeArchive, type Said, tempDir, write } from "../helpers.ts";
import { ada, ID, id, ok } from "./leaves.ts";
import { traces } from "./traces.ts";

/** Two images: their words are looked for in every file, so that a copy under another name would be found. */
const TIN = Buffer.from("\xff\xd8\xff\xe0 xylotin", "latin1");
const LEAF = Buffer.from("GIF89a xyloleaf");
const photo = (name: string, file: string | null = null): Media => ({ type: "photo", alt: null, url: `https://img.example/${name}`, file });

/** An archive with these tweets, an image kept of each address (`leaf…` or `tin…`), and then a backup. */
async function archiveOf(...tweets: readonly Said[]): Promise<string> {
  const dir = makeArchive();
  await ok(["import", write(tempDir(), "a.jsonl", tweets.map((said) => line(said)).join("")), "--chat", "teachat"], dir);
  await keep(dir, tweets);
  await ok(["backup"], dir);
  return dir;
}

async function keep(dir: string, tweets: readonly Said[]): Promise<void> {
  const store = Store.open(join(dir, "archive.db"));
  const picture = (url: string) => Promise.resolve(url.includes("/none") ? null : url.includes("/leaf") ? LEAF : TIN);
  const held = store.tweets(tweets.flatMap((said) => said.id ?? []));
  await keepPictures(store, dir, { picture }, picturesOf(held), { now: () => 0 });
  store.close();
}

const media = (dir: string): string[] => (existsSync(join(dir, "media")) ? readdirSync(join(dir, "media")) : []);
const adas: Said = { id: ID, author: ada, text: "A1 this tin #teachat", media: [photo("tin-a")] };
const bobs: Said = { id: id(108), author: "bob", text: "A1 mine #teachat", media: [photo("leaf-b")] };

describe("a picture of a forgotten tweet", () => {
  it("stays while another tweet shows it, by the same address", async () => {
    const dir = await archiveOf(adas, { ...bobs, media: [photo("tin-a")] });
    await ok(["forget", ID], dir);
    assert.deepEqual(media(dir), [nameOf(TIN)]);
    await ok(["check", "--read-data"], dir);
  });

  it("stays while another tweet shows the same image from another address; the forgotten one is not told any more", async () => {
    const dir = await archiveOf(adas, { ...bobs, media: [photo("tin-b")] });
    await ok(["forget", ID], dir);
    assert.deepEqual(media(dir), [nameOf(TIN)]);
    assert.deepEqual(traces(dir, "img.example/tin-a"), []);
    await ok(["check", "--read-data"], dir);
  });

  it("stays while an import named it for another tweet", async () => {
    const dir = await archiveOf(adas, { ...bobs, media: [photo("b", nameOf(TIN))] });
    await ok(["forget", ID], dir);
    assert.deepEqual(media(dir), [nameOf(TIN)]);
  });

  it("goes from media/ and from the backups, its address too; those of others stay", async () => {
    const dir = await archiveOf(adas, bobs);
    for (const word of ["xylotin", "img.example/tin-a"]) assert.ok(traces(dir, word).length >= 2, word);
    await ok(["forget", ID], dir);
    for (const word of ["xylotin", "img.example/tin-a"]) assert.deepEqual(traces(dir, word), [], word);
    assert.deepEqual(media(dir), [nameOf(LEAF)]);
    assert.equal(traces(dir, "xyloleaf").length, 2, "in media/ and in the fresh backup");
    assert.deepEqual(JSON.parse((await ok(["check", "--read-data", "--json"], dir)).out), { ok: true, problems: [] });
  });

  it("goes with the second of two tweets that show it", async () => {
    const dir = await archiveOf(adas, { ...bobs, media: [photo("tin-b")] });
    await ok(["forget", ID, id(108)], dir);
    assert.deepEqual(traces(dir, "xylotin"), []);
  });

  it("goes where an older version had it, and where only its address is known", async () => {
    const dir = await archiveOf({ ...adas, media: [photo("tin-a"), photo("none-a")] });
    const edited: Said = { ...adas, edited: Date.parse("2026-03-03T17:09:00Z"), media: [photo("leaf-a")] };
    await ok(["import", write(tempDir(), "b.jsonl", line(edited)), "--chat", "teachat"], dir);
    await keep(dir, [edited]);
    await ok(["forget", ID], dir);
    for (const word of ["xylotin", "xyloleaf", "img.example"]) assert.deepEqual(traces(dir, word), [], word);
    assert.deepEqual(media(dir), []);
  });

  it("goes with its author, where the address names them in somebody else's tweet", async () => {
    const dir = await archiveOf(adas, { ...bobs, media: [{ ...photo(""), url: "https://x.com/ada_leaf/status/2900000107/photo/1" }] });
    await ok(["forget", "@ada_leaf"], dir);
    for (const word of ["xylotin", "ada_leaf"]) assert.deepEqual(traces(dir, word), [], word);
  });

  it("goes when forget was cut short after the tweet went, and is said again", async () => {
    const dir = await archiveOf(adas);
    const store = Store.open(join(dir, "archive.db"));
    store.transaction(() => store.removals.drop(ID));
    store.close();
    await ok(["forget", ID], dir);
    assert.deepEqual(traces(dir, "xylotin"), []);
  });
});
