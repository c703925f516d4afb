import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import type { SearchTweet } from "../../src/search/years.ts";
import { searchYear } from "../../src/site/search.ts";
import { renderSite } from "../../src/site/whole.ts";
import { tempDir } from "../helpers.ts";
import { ask, decoded, filesBelow } from "../search/world.ts";
import { attribute, elementsOf, textOf } from "./dom.ts";
import { HIDDEN_WORDS, site } from "./fixture.ts";
import { siteOf } from "./sessions.ts";

describe("what search knows of a session", () => {
  const data = site();
  const { year, sessions } = searchYear(data, "tidepool", 2009);
  const rows = sessions.find(({ slug }) => slug === "2009-07-21")?.tweets ?? [];
  const row = (id: string): SearchTweet | undefined => rows.find((tweet) => tweet.id === id);

  it("is all sessions of the year, oldest first, drafts too: they have pages", () => {
    assert.equal(year, 2009);
    assert.deepEqual(
      sessions.map(({ slug }) => slug),
      ["2009-07-14", "2009-07-21", "2009-07-28"],
    );
  });

  it("is no hidden tweet and no repost", () => {
    for (const id of ["1022", "1071", "1076", "902"]) assert.equal(row(id), undefined, id);
    assert.doesNotMatch(JSON.stringify(sessions), new RegExp(HIDDEN_WORDS));
  });

  it("is each tweet as its page shows it, when by its chat's clock, and what it is", () => {
    assert.deepEqual(row("1012"), {
      id: "1012",
      author: "cyn",
      time: "2009-07-21T12:04-04:00",
      text: "A1 Hermit crabs. More at example.org/crabs and #crabs",
      kind: "answer",
    });
    assert.deepEqual(
      ["1010", "1030", "1031", "1001", "1051"].map((id) => row(id)?.kind),
      ["question", "question", "answer", null, null],
    );
    assert.equal(row("912345678901234567")?.time, null);
  });

  it("keeps the place of a removed tweet, and nothing else of it", () => {
    const whole = data.session("tidepool", "2009-07-21");
    const stone = { tweet: "1000", reason: "legal", on: "2026-11-22", time: 0, asked: null, page: false, anchor: true } as const;
    const transcript = { ...whole.transcript, tombstones: [stone] };
    const after = searchYear({ ...data, session: () => ({ ...whole, transcript }) }, "tidepool", 2009);
    assert.deepEqual(after.sessions[0]?.tweets[0], { id: "", author: "", time: null, text: "", kind: null });
    assert.doesNotMatch(JSON.stringify(after), /"1000"/);
  });
});

describe("the search page", () => {
  const out = tempDir();
  const page = (): string => readFileSync(join(out, "search/index.html"), "utf8");
  before(() => renderSite(site({ pathPrefix: "/talks/" }), out));

  it("has the files of each chat beside it, which find what its pages show and nothing that is hidden", async () => {
    const chats = { tidepool: filesBelow(join(out, "search/tidepool")), "night-garden": filesBelow(join(out, "search/night-garden")) };
    assert.deepEqual(await ask(chats, "crabs"), ["1012"]);
    assert.equal((await ask(chats, "shoe")).length, 3);
    assert.equal((await ask({ tidepool: chats.tidepool }, '"what did you find"', { questions: true, year: 2009 })).length, 2);
    for (const files of Object.values(chats)) {
      for (const terms of decoded(files).values()) assert.equal(terms.has("zanzibar"), false);
      for (const [path, bytes] of files) assert.doesNotMatch(Buffer.from(bytes).toString(), /zanzibar|1022/, path);
    }
  });

  it("needs no script to browse: chats, years, people and questions", () => {
    const links = elementsOf(page()).filter(({ tagName }) => tagName === "a");
    const to = new Map(links.map((link) => [attribute(link, "href"), textOf(link)]));
    assert.equal(to.get("/talks/tidepool/"), "Tide Pool Chat");
    assert.equal(to.get("/talks/tidepool/2009/"), "2009");
    assert.equal(to.get("/talks/tidepool/people/ben/"), "Ben Rook");
    assert.equal(to.get("/talks/tidepool/people/"), "All 10 people");
    assert.equal(to.get("/talks/tidepool/2009-07-21/#q1"), "What lives in a pool that the tide forgets?");
    assert.match(page(), /<noscript>/);
  });

  it("asks below the site's prefix, for chats and years there are", () => {
    const options = elementsOf(page()).filter(({ tagName }) => tagName === "option");
    assert.deepEqual(options.map(textOf), ["All", "#TidePool", "#nightgarden", "All", "2009"]);
    assert.match(page(), /<form class="ask" role="search" action="\/talks\/search\/"/);
  });

  it("has a script of less than 5 kB, and the stemmer as it is published, with its license", () => {
    const [script = "", stemmer = ""] = ["search", "stemmer"].map((name) => readFileSync(join(out, `assets/${name}.js`), "utf8"));
    assert.ok(gzipSync(script).length < 5000, `${gzipSync(script).length}`);
    assert.deepEqual(
      [...script.matchAll(/^(?:import|export).*$/gm)].map(([line]) => line),
      ['import { stemmer } from "./stemmer.js";'],
    );
    assert.ok(gzipSync(stemmer).length < 1500);
    assert.match(readFileSync(join(out, "assets/stemmer-license.txt"), "utf8"), /MIT/);
  });

  it("loses the files of what is gone", async () => {
    await renderSite(siteOf([]), out);
    assert.equal(existsSync(join(out, "search/tidepool")), false);
    assert.deepEqual(readdirSync(join(out, "search")), ["index.html"]);
  });
});
