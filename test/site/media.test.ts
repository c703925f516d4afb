import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { line, makeArchive, run, SESSION, tempDir, write } from "../helpers.ts";
import { attribute, byId, type Element, elementsOf, textOf } from "./dom.ts";

const PIXEL = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");

/** An image of its own for each: the byte behind the header differs, the trailer stays. */
const image = (last: number): Buffer => Buffer.concat([PIXEL.subarray(0, -1), Buffer.from([0x21, 0xfe, 1, last, 0, 0x3b])]);
const photo = (file: string | null, alt: string | null = null) => ({ type: "photo", alt, url: "https://example.org/a.jpg", file });

const out = tempDir();
const archive = makeArchive({
  notes: { [SESSION]: '---\nstatus: reviewed\nedits:\n  "13": hide\n---\n' },
  files: {
    "media/shown.gif": image(1),
    "media/hidden.gif": image(2),
    "media/gone.gif": image(3),
    "media/repost.gif": image(4),
    "media/drawing.jpg": "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "media/stray.gif": image(5),
    "secret.gif": image(6),
  },
});
const media = (): Map<string, Buffer> => {
  const folder = join(out, "assets/media");
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return new Map(names.map((name) => [name, readFileSync(join(folder, name))]));
};
const elements = (path: string): Element[] => elementsOf(readFileSync(join(out, `teachat/${SESSION}/${path}index.html`), "utf8"));
const within = (page: readonly Element[], id: string): Element[] => {
  const [holder] = byId(page, id);
  return page.filter((one) => {
    for (let node: Element["parentNode"] = one; node !== null; node = "parentNode" in node ? node.parentNode : null)
      if (node === holder) return true;
    return false;
  });
};

async function build(): Promise<void> {
  const { code, err } = await run(["build", "--archive", archive, "--out", out]);
  assert.equal(code, 0, err);
}

before(async () => {
  const said = [
    line({ id: "10", author: "ceylon_sam", time: 1, text: "Q1: green or black? #teachat" }),
    line({ id: "11", time: 2, text: "A1 this #teachat", media: [photo("shown.gif", 'a "cup" <b>')] }),
    line({ id: "12", time: 3, text: "A1 no words #teachat", media: [photo("shown.gif"), { ...photo("shown.gif"), type: "video" }] }),
    line({ id: "13", time: 4, text: "A1 hidden #teachat", media: [photo("hidden.gif")] }),
    line({ id: "14", time: 5, text: "A1 to be forgotten #teachat", media: [photo("gone.gif")] }),
    line({ id: "15", time: 6, text: "A1 a drawing #teachat", media: [photo("drawing.jpg", "a drawing")] }),
    line({ id: "16", time: 7, text: "A1 not there #teachat", media: [photo("lost.gif"), photo(null, "never kept")] }),
    line({ id: "17", time: 8, text: "A1 elsewhere #teachat", media: [photo("../secret.gif")] }),
  ];
  const { code, err } = await run(["import", write(tempDir(), "a.jsonl", said.join("")), "--chat", "teachat", "--archive", archive]);
  assert.equal(code, 3, err);
  assert.match(err, /a\.jsonl:8: "file" of media must be the name of a file in media\//);
  await build();
});

describe("images", () => {
  it("of hidden tweets, of none, from elsewhere, and drawings that may hold a program, are on no page", () => {
    const bytes = [...media().values()];
    assert.deepEqual(
      [2, 4, 5, 6].filter((last) => bytes.some((one) => one.equals(image(last)))),
      [],
    );
    for (const name of media().keys()) assert.match(name, /^[0-9a-f]{64}\.gif$/);
    assert.equal(media().size, 2);
  });

  it("stand with their tweet, on every page that shows it", () => {
    for (const path of ["", "timeline/"]) {
      const [picture] = within(elements(path), "t11").filter(({ tagName }) => tagName === "img");
      assert.ok(picture);
      assert.deepEqual(
        ["alt", "width", "height", "loading"].map((name) => attribute(picture, name)),
        ['a "cup" <b>', "1", "1", "lazy"],
      );
      assert.match(attribute(picture, "src") ?? "", /^\/assets\/media\/[0-9a-f]{64}\.gif$/);
      assert.ok(
        media()
          .get(attribute(picture, "src")?.slice("/assets/media/".length) ?? "")
          ?.equals(image(1)),
      );
    }
  });

  it("say in words what their author did not, and that they are none but the still of a video", () => {
    const pictures = within(elements(""), "t12").filter(({ tagName }) => tagName === "img");
    assert.deepEqual(
      pictures.map((one) => attribute(one, "alt")),
      ["", ""],
    );
    assert.match(textOf(byId(elements(""), "t12")[0] ?? assert.fail()), /Image without a description ?Video without a description/);
  });

  it("that are not kept say so, and lead to where they are", () => {
    for (const [id, words] of [
      ["t15", /Image: a drawing, not kept here/],
      ["t16", /Image without a description, not kept here.*Image: never kept, not kept here/],
    ] as const) {
      const inside = within(elements(""), id);
      assert.match(textOf(byId(elements(""), id)[0] ?? assert.fail()), words);
      assert.deepEqual(
        inside.filter(({ tagName }) => tagName === "img"),
        [],
      );
      assert.ok(inside.some((one) => attribute(one, "href") === "https://example.org/a.jpg"));
    }
  });

  it("go with their tweet", async () => {
    assert.ok([...media().values()].some((bytes) => bytes.equals(image(3))));
    const { code, err } = await run(["forget", "14", "--archive", archive]);
    assert.equal(code, 0, err);
    await build();
    assert.deepEqual([...media().values()], [image(1)]);
  });
});
