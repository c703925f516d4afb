import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { keepPictures, nameOf, picturesOf } from "../../src/capture/pictures.ts";
import { EXIT, UserError } from "../../src/errors.ts";
import type { Media } from "../../src/model.ts";
import { Fault, type FaultKind } from "../../src/source/network.ts";
import { Store } from "../../src/store/store.ts";
import { makeArchive, observed, run, tweet, write } from "../helpers.ts";

const AT = Date.parse("2026-03-03T18:31:00Z");
const now = (): number => AT;

/** The first bytes of each kind, and some words. */
const image = {
  jpg: Buffer.from("\xff\xd8\xff\xe0 tin", "latin1"),
  png: Buffer.from("\x89PNG\r\n\x1a\n leaf", "latin1"),
  gif: Buffer.from("GIF89a steam"),
  webp: Buffer.from("RIFF\x04\x00\x00\x00WEBPVP8 ", "latin1"),
};
const address = (name: string): string => `https://img.example/${name}`;
const photo = (name: string): Media => ({ type: "photo", alt: null, url: address(name), file: null });

type Answer = Buffer | null | FaultKind;

/** A network that answers so, and writes down what it was asked for. */
function network(answers: Readonly<Record<string, Answer>>) {
  const asked: string[] = [];
  return {
    asked,
    picture: (url: string): Promise<Buffer | null> => {
      asked.push(url);
      const answer = answers[url.slice(address("").length)] ?? null;
      return typeof answer === "string" ? Promise.reject(new Fault(answer, "answered 503")) : Promise.resolve(answer);
    },
  };
}

/** An archive whose tweets have these pictures: one each. */
function archive(...names: readonly string[]): { readonly dir: string; readonly store: Store } {
  const dir = makeArchive();
  const store = Store.open(join(dir, "archive.db"));
  store.transaction(() => {
    for (const [i, name] of names.entries()) store.add(observed({ id: String(i + 1), media: [photo(name)] }));
  });
  return { dir, store };
}

const files = (dir: string): string[] => (existsSync(join(dir, "media")) ? readdirSync(join(dir, "media")).sort() : []);
const fileOf = (store: Store, id: string): string | null | undefined => store.tweets([id])[0]?.media[0]?.file;

describe("a picture is not kept", () => {
  const refused: readonly (readonly [what: string, answer: Answer])[] = [
    ["the network has none", null],
    ["SVG", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ["HTML", Buffer.from("<!DOCTYPE html>")],
    ["nothing", Buffer.alloc(0)],
    ["the beginning of a signature", image.png.subarray(0, 5)],
    ["a sound in the same wrapping as WebP", Buffer.from("RIFF\x04\x00\x00\x00WAVEfmt ", "latin1")],
    ["more than 20 MB", Buffer.concat([image.jpg, Buffer.alloc(20 * 1024 * 1024)])],
    ["more than the network reads", "too large"],
  ];
  for (const [what, answer] of refused)
    it(`${what}: it is not asked for again`, async () => {
      const { dir, store } = archive("a");
      const x = network({ a: answer });
      assert.deepEqual(await keepPictures(store, dir, x, [address("a")], { now }), { kept: 0, none: 1, failed: 0 });
      assert.deepEqual(await keepPictures(store, dir, x, [address("a")], { now }), { kept: 0, none: 0, failed: 0 });
      assert.deepEqual([x.asked, files(dir), fileOf(store, "1")], [[address("a")], [], null]);
      store.close();
    });

  it("from an address that is no http or https: it is not asked for at all", async () => {
    const { dir, store } = archive();
    const x = network({});
    await keepPictures(store, dir, x, ["javascript:alert(1)", "file:///etc/passwd", "//img.example/a", ""], { now });
    assert.deepEqual(x.asked, []);
    store.close();
  });

  for (const kind of ["transient", "busy", "limit", "forbidden", "refused"] as const)
    it(`${kind}: the others are, and it is asked for the next time`, async () => {
      const { dir, store } = archive("a", "b");
      const urls = [address("a"), address("b")];
      assert.deepEqual(await keepPictures(store, dir, network({ a: kind, b: image.png }), urls, { now }), { kept: 1, none: 0, failed: 1 });
      assert.deepEqual([store.pictures.has(address("a")), fileOf(store, "2")], [false, nameOf(image.png)]);
      const again = network({ a: image.jpg });
      assert.deepEqual(await keepPictures(store, dir, again, urls, { now }), { kept: 1, none: 0, failed: 0 });
      assert.deepEqual([again.asked, fileOf(store, "1")], [[address("a")], nameOf(image.jpg)]);
      store.close();
    });

  it("once the capture is stopped", async () => {
    const { dir, store } = archive();
    const x = network({ a: image.jpg });
    await keepPictures(store, dir, x, [address("a")], { now, signal: AbortSignal.abort() });
    assert.deepEqual(x.asked, []);
    store.close();
  });

  it("where the disk says no: one line, exit 74, and the store knows nothing of it", async () => {
    const { dir, store } = archive("a");
    write(dir, "media", "a file in the way");
    await assert.rejects(keepPictures(store, dir, network({ a: image.jpg }), [address("a")], { now }), (error) => {
      assert.ok(error instanceof UserError);
      assert.equal(error.code, EXIT.disk);
      assert.match(error.message, /media\/[0-9a-f]{64}\.jpg: cannot be written/);
      return true;
    });
    assert.equal(store.pictures.has(address("a")), false);
    store.close();
  });
});

describe("a picture is kept", () => {
  for (const [kind, bytes] of Object.entries(image))
    it(`as media/<sha256>.${kind}, byte for byte`, async () => {
      const { dir, store } = archive("a");
      // what its address says it is, counts for nothing
      await keepPictures(store, dir, network({ a: bytes }), [address("a")], { now });
      const [file = ""] = files(dir);
      assert.match(file, new RegExp(`^[0-9a-f]{64}\\.${kind}$`));
      assert.deepEqual(readFileSync(join(dir, "media", file)), bytes);
      assert.equal(fileOf(store, "1"), file);
      store.close();
    });

  it("once, however many addresses and tweets have it", async () => {
    const { dir, store } = archive("a", "b", "a");
    const x = network({ a: image.gif, b: image.gif });
    await keepPictures(store, dir, x, [address("a"), address("b"), address("a")], { now });
    assert.equal(x.asked.length, 2);
    assert.deepEqual(files(dir), [nameOf(image.gif)]);
    assert.deepEqual(
      ["1", "2", "3"].map((id) => fileOf(store, id)),
      Array(3).fill(nameOf(image.gif)),
    );
    store.close();
  });

  it("and stays known when its tweet is told again; a file that an import named stays too", async () => {
    const { dir, store } = archive("a", "b");
    await keepPictures(store, dir, network({ a: image.jpg, b: image.jpg }), [address("a"), address("b")], { now });
    store.transaction(() => {
      store.add(observed({ id: "1", media: [photo("a")] }));
      store.add(observed({ id: "2", media: [{ ...photo("b"), file: "leaf.png" }] }));
    });
    assert.deepEqual([fileOf(store, "1"), fileOf(store, "2")], [nameOf(image.jpg), "leaf.png"]);
    store.close();
  });

  it("is asked for where no file is known: photos and the posters of videos, each once", () =>
    assert.deepEqual(
      picturesOf([
        tweet({ id: "1", media: [photo("a"), { ...photo("poster"), type: "video" }] }),
        tweet({ id: "2", media: [photo("a"), { ...photo("b"), file: "leaf.png" }] }),
      ]),
      [address("a"), address("poster")],
    ));

  it("is in exports", async () => {
    const { dir, store } = archive("a");
    store.transaction(() => {
      const added = observed({ id: "1" }).tweet;
      store.join(added, { chat: "teachat", session: null, position: null });
      store.keepSession({
        chat: "teachat",
        slug: "2026-03-03",
        window: { start: Date.parse("2026-03-03T17:00:00Z"), minutes: 60, lead: 15, grace: 30 },
      });
    });
    await keepPictures(store, dir, network({ a: image.jpg }), [address("a")], { now });
    store.close();
    const { code, out, err } = await run(["export", "teachat/2026-03-03", "--archive", dir]);
    assert.equal(code, 0, err);
    assert.match(out, new RegExp(`"media":\\[\\{"type":"photo","alt":null,"url":"[^"]*","file":"${nameOf(image.jpg)}"\\}\\]`));
  });
});

describe("check of kept pictures", () => {
  const problems = async (dir: string, ...flags: string[]) => {
    const { code, out } = await run(["check", "--json", ...flags, "--archive", dir]);
    const { problems } = JSON.parse(out) as { problems: { kind: string; what: string }[] };
    return { code, said: problems.map(({ kind, what }) => `${kind}: ${what}`).join("\n") };
  };
  const kept = async (): Promise<{ dir: string; file: string }> => {
    const { dir, store } = archive("a");
    await keepPictures(store, dir, network({ a: image.jpg }), [address("a")], { now });
    store.close();
    return { dir, file: join(dir, "media", nameOf(image.jpg) ?? "") };
  };

  it("a file that is missing is damage", async () => {
    const { dir, file } = await kept();
    rmSync(file);
    const { code, said } = await problems(dir);
    assert.equal(code, 7);
    assert.match(said, /^damage: .*media\/[0-9a-f]{64}\.jpg: is missing: put the one of a backup in its place$/);
  });

  it("a file that is another is damage, found by --read-data", async () => {
    const { dir, file } = await kept();
    writeFileSync(file, Buffer.concat([image.jpg, Buffer.from("!")]));
    assert.deepEqual(await problems(dir), { code: 0, said: "" });
    assert.match((await problems(dir, "--read-data")).said, /damage: .*\.jpg: is not the image that was kept: put the one of a backup/);
  });

  it("a file that no tweet has is told", async () => {
    const { dir } = await kept();
    write(dir, "media/own.png", image.png);
    assert.deepEqual(await problems(dir), {
      code: 0,
      said: `advice: ${join(dir, "media/own.png")}: no tweet has it: delete it if you do not need it`,
    });
  });
});
