import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { ROOT } from "../../src/cli/paths.ts";
import { PARTS } from "../../src/site/parts.ts";
import { line, makeArchive, run, SESSION, tempDir, write } from "../helpers.ts";

const DOC = readFileSync(join(ROOT, "docs/theming.md"), "utf8");

/** The files it shows, by their path below data/: "`data/site.yml`", then a block. */
const SHOWN = [...DOC.matchAll(/^`data\/([^`\n]+)`\n\n```\w+\n(.*?)^```$/gms)].map(([, name = "", text = ""]) => [name, text] as const);

describe("docs/theming.md", () => {
  const out = tempDir();
  const page = (path: string): string => readFileSync(join(out, path), "utf8");
  before(async () => {
    const archive = makeArchive({ files: Object.fromEntries(SHOWN) });
    const file = write(tempDir(), "one.jsonl", line({ id: "1", text: "Q1: green or black? #teachat", author: "ceylon_sam" }));
    for (const args of [
      ["import", file, "--chat", "teachat", "--archive", archive],
      ["build", "--archive", archive, "--out", out],
    ]) {
      const { code, err } = await run(args);
      assert.equal(code, 0, err);
      assert.doesNotMatch(err, /hard to read|language/);
    }
  });

  it("shows a file of each kind", () =>
    assert.deepEqual(
      SHOWN.map(([name]) => name),
      ["site.yml", "theme/words.yml", "theme/paper.css", "theme/parts/foot.js"],
    ));

  it("shows settings that a build takes", () => {
    assert.match(page("index.html"), /^<!DOCTYPE html>\n<html lang="en-GB">[\s\S]*<h1>Tea Archive<\/h1>/);
    assert.match(page("assets/colours.css"), /#1c5d8f, #8fc7ef/);
    assert.match(page("teachat/index.html"), /Every Tuesday at 12:00 in New York/);
  });

  it("shows words that pages say", () => {
    assert.match(page("teachat/index.html"), />Join us<\/a>[\s\S]*Your hosts: @ceylon_sam[\s\S]*1 post, 1 person/);
  });

  it("shows a stylesheet that comes after ours, in a file of its own and in the page to keep", () => {
    const styles = [...page(`teachat/${SESSION}/index.html`).matchAll(/<link rel="stylesheet" href="([^"]+)">/g)].map(([, href]) => href);
    assert.deepEqual(styles, ["/assets/style.css", "/assets/colours.css", "/assets/theme/paper.css"]);
    assert.equal(page("assets/theme/paper.css"), SHOWN[2]?.[1]);
    assert.match(page(`teachat/${SESSION}/offline.html`), /--serif: Georgia, serif/);
  });

  it("shows a part that takes the place of ours", () => {
    assert.match(
      page("teachat/index.html"),
      />Feed<\/a> <a [^>]*>[^<]*<\/a>\s*<a [^>]*>Contact<\/a> <span>Tea Archive is kept by the Tea Society, as is <b>Tea Chat<\/b><\/span>/,
    );
    assert.match(page("index.html"), /Tea Archive is kept by the Tea Society<\/span>/);
  });

  it("names every part there is", () => {
    const rows = [...DOC.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, name]) => name);
    assert.deepEqual(rows, [...PARTS]);
  });
});
