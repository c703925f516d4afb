import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { html } from "hono/html";
import { renderSite } from "../../src/site/whole.ts";
import { layout } from "../../templates/_parts/layout.ts";
import { tempDir } from "../helpers.ts";
import { attribute, type Element, elementsOf, textOf } from "./dom.ts";
import { isRfc3339 } from "./feed-rules.ts";
import { config, HIDDEN_WORDS, site } from "./fixture.ts";
import { type Built, readBuilt } from "./links.ts";
import { type Item, itemsOf } from "./microformats.ts";

const HOME = "https://chats.example/talks/";
const SESSION = "tidepool/2009-07-21/index.html";
const TWEET = "tidepool/2009-07-21/t/1012/index.html";
const PAGES = [SESSION, "tidepool/2009-07-21/timeline/index.html", TWEET, "tidepool/2009-07-21/t/1010/index.html"];

const metaOf = (elements: readonly Element[]): Map<string, string> =>
  new Map(
    elements.flatMap((element) => {
      const name = attribute(element, "property") ?? (element.tagName === "meta" ? attribute(element, "name") : undefined);
      return name === undefined ? [] : [[name, attribute(element, "content") ?? ""] as const];
    }),
  );

function dataOf(elements: readonly Element[]): Record<string, unknown>[] {
  const scripts = elements.filter((element) => attribute(element, "type") === "application/ld+json");
  return scripts.map((script) => JSON.parse(script.childNodes.map((node) => ("value" in node ? node.value : "")).join("")));
}

describe("what pages say of themselves", () => {
  let built: Built;
  const page = (path: string): Element[] => elementsOf(built.files.get(path) ?? assert.fail(path));
  before(async () => {
    const dir = tempDir();
    await renderSite(site({ pathPrefix: "/talks/", language: "en-GB" }), dir);
    built = readBuilt(dir, "https://chats.example", "/talks/");
  });

  it("is nothing of what is hidden", () => {
    for (const path of PAGES) assert.doesNotMatch(JSON.stringify(dataOf(page(path))), new RegExp(`${HIDDEN_WORDS}|1022`), path);
  });

  it("is OpenGraph, complete and absolute", () => {
    for (const path of ["index.html", "tidepool/index.html", ...PAGES]) {
      const meta = metaOf(page(path));
      for (const name of ["og:title", "og:description", "og:type", "og:url", "og:site_name"])
        assert.ok(meta.get(name), `${name} in ${path}`);
      assert.ok(meta.get("og:url")?.startsWith(HOME), path);
      assert.equal(meta.get("og:locale"), "en_GB");
      assert.equal(meta.has("og:image"), false);
    }
    const meta = metaOf(page(SESSION));
    assert.deepEqual(
      [meta.get("article:published_time"), meta.get("article:modified_time")],
      ["2009-07-21T16:00:00Z", "2009-07-21T18:00:00Z"],
    );
  });

  it("has a picture where one was made, and where the site has an address", () => {
    const card = { config, path: "a/", title: "A", card: "a/card.png", main: html`<p>a</p>` };
    const meta = metaOf(elementsOf(String(layout(card))));
    assert.equal(meta.get("og:image"), "https://chats.example/a/card.png");
    assert.equal(meta.get("og:image:alt"), "A");
    assert.equal(meta.get("twitter:card"), "summary_large_image");
    assert.doesNotMatch(String(layout({ ...card, card: null })), /og:image|twitter:/);
    assert.doesNotMatch(String(layout({ ...card, config: { ...config, url: null } })), /og:|twitter:/);
  });

  it("is a forum posting, on session and tweet pages and on no other", () => {
    for (const [path, text] of built.files) {
      if (!path.endsWith(".html")) continue;
      const expected = /^[a-z-]+\/\d{4}-\d{2}-\d{2}\/(?:t\/\d+\/)?index\.html$/.test(path) && built.files.has(path.replace(/t\/\d+\//, ""));
      assert.equal(dataOf(elementsOf(text)).length, expected && !text.includes("A removed tweet") ? 1 : 0, path);
    }
    const [session] = dataOf(page(SESSION));
    assert.ok(session);
    assert.equal(session["@type"], "DiscussionForumPosting");
    assert.equal(session.url, `${HOME}tidepool/2009-07-21/`);
    assert.ok(isRfc3339(String(session.datePublished)) && isRfc3339(String(session.dateModified)));
    assert.deepEqual(session.author, [{ "@type": "Person", name: "Ada Moss", alternateName: "@ada", url: "https://x.com/ada" }]);
    assert.equal(session.commentCount, 33);
    const [tweet] = dataOf(page(TWEET));
    assert.equal(tweet?.text, "A1 Hermit crabs. More at example.org/crabs and #crabs");
    assert.equal(tweet.datePublished, "2009-07-21T16:04:00Z");
    assert.equal(tweet.sameAs, "https://x.com/cyn/status/1012");
  });

  it("says no address of its own where there is none", async () => {
    const dir = tempDir();
    await renderSite(site({ url: null }), dir);
    for (const path of [SESSION, TWEET]) {
      const [data] = dataOf(elementsOf(readBuilt(dir, null, "/").files.get(path) ?? assert.fail(path)));
      assert.ok(data);
      assert.equal("url" in data, false);
    }
  });

  it("names the feeds of its chat; the first page those of all", () => {
    const feeds = (path: string): string[] =>
      page(path)
        .filter((element) => attribute(element, "rel") === "alternate")
        .map((element) => `${attribute(element, "type")} ${attribute(element, "href")}`);
    const of = (chat: string) => [`application/atom+xml /talks/${chat}/feed.xml`, `application/feed+json /talks/${chat}/feed.json`];
    for (const path of ["tidepool/index.html", ...PAGES])
      for (const one of of("tidepool")) assert.ok(feeds(path).includes(one), `${one} in ${path}`);
    for (const one of [...of("tidepool"), ...of("night-garden")]) assert.ok(feeds("index.html").includes(one));
  });

  it("is an h-feed of h-entries, each with author, address, time and words", () => {
    for (const path of PAGES) {
      const { items, stray } = itemsOf(page(path));
      assert.deepEqual(stray, [], path);
      const entries = items.filter(({ kinds }) => kinds.includes("h-entry"));
      assert.ok(entries.length > 0, path);
      for (const entry of entries) assert.deepEqual(entryFaults(entry), [], path);
    }
  });

  it("says what the feed of a session is", () => {
    for (const path of PAGES.slice(0, 2)) {
      const [feed, ...others] = itemsOf(page(path)).items.filter(({ kinds }) => kinds.includes("h-feed"));
      assert.equal(others.length, 0);
      const said = (name: string) => feed?.says.get(name)?.map(({ text }) => text);
      assert.deepEqual(said("name"), ["What the tide forgets"]);
      assert.deepEqual(said("url"), ["/talks/tidepool/2009-07-21/"]);
      assert.deepEqual(said("published"), ["2009-07-21T12:00-04:00"]);
      assert.equal(said("author"), undefined);
    }
  });

  it("finds an author that is another's", () => {
    const quoted =
      '<li class="h-entry"><span class="p-author h-card">@a</span><blockquote><span class="p-author h-card">@b</span></blockquote></li>';
    const [entry] = itemsOf(elementsOf(quoted)).items;
    assert.ok(entry);
    assert.deepEqual(entryFaults(entry), ["2 authors", "0 url", "0 content"]);
  });

  it("tells in the foot when it came and whether it was read over", async () => {
    const captured = { kind: "capture", at: Date.UTC(2009, 6, 22, 2) } as const;
    const data = site();
    const dir = tempDir();
    const session = (chat: string, slug: string) => {
      const found = data.session(chat, slug);
      return slug === "2009-07-14" ? found : { ...found, card: { ...found.card, captured } };
    };
    await renderSite({ ...data, session }, dir);
    const foot = (slug: string): string =>
      textOf(
        elementsOf(readBuilt(dir, null, "/").files.get(`tidepool/${slug}/index.html`) ?? "").find(({ tagName }) => tagName === "footer") ??
          assert.fail(slug),
      );
    assert.match(foot("2009-07-14"), /is not known\. Reviewed by the organiser\./);
    assert.match(foot("2009-07-21"), /Captured 21 July 2009, reviewed by the organiser\./);
    assert.match(foot("2009-07-28"), /Captured 21 July 2009, not reviewed yet\./);
  });
});

/** A tweet nobody noted the time of has none; nothing is said twice. */
function entryFaults({ says }: Item): string[] {
  const count = (name: string): number => says.get(name)?.length ?? 0;
  return [
    ...(count("author") === 1 && says.get("author")?.[0]?.kinds.includes("h-card") ? [] : [`${count("author")} authors`]),
    ...["url", "content"].flatMap((name) => (count(name) === 1 ? [] : [`${count(name)} ${name}`])),
    ...(count("published") <= 1 ? [] : ["two times"]),
  ];
}
