import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { renderSite } from "../../../src/site/whole.ts";
import { tempDir } from "../../helpers.ts";
import { chat, otherChat, site } from "../fixture.ts";
import { bracketed, latinWords, saidBy, untranslated } from "./bracketed.ts";

/** What the invented site is called, and who is in it. */
const NAMES = new Set(
  latinWords(
    [
      "Shoreline Chats",
      chat.title,
      otherChat.title,
      "What the tide forgets #TidePool #nightgarden",
      "Ada Moss Ben Rook Cyn O’Dell Eve Hal Byrne Ida Co Kit Ferro Gus script alert zoe yan nobody fay",
      "ada ben cyn dov eve fay gus hal ida kit dnim",
      "14 July 2009 Q1 Q2 Q3 A7 https chats example example.org crabs shells x.com tidepool night garden",
    ].join(" "),
  ),
);

describe("a word in a template", () => {
  it("is found, in text and where only a screen reader finds it", () => {
    const found = (html: string) => untranslated(saidBy(html), new Set(["ada"]));
    assert.deepEqual(found("<p>⟦by <b>Ada</b>, ⟦1 tweet⟧⟧ Ada <i>asked</i></p>"), ["asked"]);
    assert.deepEqual(found('<nav aria-label="Site"><i title="⟦A⟧"></i></nav><p dir="auto">tweets are free</p>'), ["Site"]);
  });
});

describe("pages in a language of brackets", () => {
  const out = tempDir();
  before(async () => {
    // Days in letters that are none of ours.
    await renderSite(site({ language: "he", theme: { words: bracketed, styles: [], parts: {} } }), out);
  });

  const files = (ending: RegExp) =>
    readdirSync(out, { recursive: true, encoding: "utf8" })
      .filter((name) => ending.test(name))
      .sort();

  it("hold no word that stands outside of them", () => {
    const pages = files(/\.html$/);
    assert.ok(pages.length > 40, `${pages.length} pages`);
    const found = pages.flatMap((name) => {
      const said = saidBy(readFileSync(join(out, name), "utf8"), { head: !name.includes("/t/") });
      return untranslated(said, NAMES).map((word) => `${name}: ${word}`);
    });
    assert.deepEqual(found, []);
  });
});
