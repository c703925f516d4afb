import assert from "node:assert/strict";
import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { ROOT } from "../../src/cli/paths.ts";
import { renderSite } from "../../src/site/whole.ts";
import { run, tempDir, write } from "../helpers.ts";
import { atomFaults, jsonFeedFaults } from "./feed-rules.ts";
import { site } from "./fixture.ts";
import { type Built, deadLinks, listable, readBuilt, sitemapPlaces } from "./links.ts";
import { faultsOf, findChecker } from "./vnu.ts";

const checker = findChecker();
if (checker === null) console.log("skipped: 2 tests of whole sites with the Nu Html Checker, no Java or no VNU_JAR");

const URL_OF_DEMO = "https://mendchat.example";
const PREFIX = "/talks/";

/** The demo, built; `url`: what its site.yml says beside the rest. */
async function demo(settings: string): Promise<string> {
  const dir = tempDir();
  const from = join(ROOT, "data/demo");
  cpSync(join(from, "chats"), join(dir, "chats"), { recursive: true });
  write(dir, "site.yml", `name: Mendchat\nlanguage: en-GB\ncontact: hello@mendchat.example\n${settings}`);
  const now = "2026-11-22T12:00:00Z";
  for (const args of [
    ["import", join(from, "tweets.jsonl"), "--chat", "mendchat", "--archive", dir],
    ["build", "--archive", dir, "--out", join(dir, "site")],
  ]) {
    const { code, err } = await run(args, { now });
    assert.equal(code, 0, err);
  }
  return join(dir, "site");
}

const fixture = async (over: Parameters<typeof site>[0]): Promise<string> => {
  const dir = tempDir();
  await renderSite(site(over), dir);
  return dir;
};

const planted = (built: Built, path: string, change: (text: string) => string): Built => ({
  ...built,
  files: new Map([...built.files].map(([name, text]) => [name, name === path ? change(text) : text])),
});

describe("the whole site", () => {
  const sites = new Map<string, Built>();
  const places = new Map<string, string>();
  before(async () => {
    const add = (name: string, dir: string, url: string | null, prefix: string): void => {
      sites.set(name, readBuilt(dir, url, prefix));
      places.set(name, dir);
    };
    add("the demo", await demo(`url: ${URL_OF_DEMO}${PREFIX}\ntweetPages: all\n`), URL_OF_DEMO, PREFIX);
    add("the demo without an address", await demo(""), null, "/");
    add("the fixture", await fixture({ pathPrefix: PREFIX }), "https://chats.example", PREFIX);
    add("the fixture without an address", await fixture({ url: null, contact: null }), null, "/");
  });
  const known = (name: string): Built => sites.get(name) ?? assert.fail(name);

  for (const [what, path, change, fault] of [
    ["a page", "index.html", (text: string) => text.replace("</body>", '<a href="nowhere/">x</a></body>'), /no nowhere\/index\.html/],
    ["an anchor", "mendchat/index.html", (text: string) => text.replace("</body>", '<a href="2026-10-20/#q99">x</a></body>'), /no #q99/],
    [
      "a path that forgot the prefix",
      "404.html",
      (text: string) => text.replace("</body>", '<a href="/mendchat/">x</a></body>'),
      /outside/,
    ],
    ["a feed's link", "mendchat/feed.xml", (text: string) => text.replaceAll("/2026-10-20/", "/2026-10-21/"), /no mendchat\/2026-10-21/],
    ["a feed's words", "mendchat/feed.json", (text: string) => text.replaceAll("#q1", "#q0"), /no #q0/],
    ["a sitemap", "sitemap.xml", (text: string) => text.replace("-pages", "-page"), /no sitemap-page\.xml/],
    ["a place of a sitemap", "sitemap-pages.xml", (text: string) => text.replace("/how/", "/why/"), /no mendchat\/why/],
    ["the sitemap of robots.txt", "robots.txt", (text: string) => text.replace("sitemap.xml", "map.xml"), /no map\.xml/],
    ["JSON-LD", "mendchat/2026-10-20/index.html", (text: string) => text.replace(/("url":"[^"]*\/)2026-10-20\//, "$1gone/"), /JSON-LD/],
    ["og:url", "mendchat/index.html", (text: string) => text.replace(/(og:url" content="[^"]*)"/, '$1x/"'), /og:url/],
  ] as const)
    it(`is found out where it leads nowhere: ${what}`, () => {
      assert.match(deadLinks(planted(known("the demo"), path, change)).join("\n"), fault);
    });

  for (const name of ["the demo", "the fixture"])
    it(`has no error the Nu Html Checker can find: ${name}`, { skip: checker === null }, () => {
      const dir = places.get(name) ?? "";
      assert.deepEqual(faultsOf(checker ?? "", dir), []);
      write(dir, "planted.html", "<!doctype html><title>x</title><p><div></p>");
      const found = faultsOf(checker ?? "", dir);
      rmSync(join(dir, "planted.html"));
      assert.ok(found.every((fault) => fault.startsWith("planted.html:")) && found.length > 0, found.join("\n"));
    });

  it("has no link, no anchor, no place in a feed or sitemap that leads nowhere", () => {
    assert.equal(sites.size, 4);
    for (const [name, built] of sites) assert.deepEqual(deadLinks(built), [], name);
  });

  it("has valid feeds", () => {
    for (const [name, { files, url, prefix }] of sites)
      for (const [path, text] of files) {
        const base = url === null ? null : `${url}${prefix}${path}`;
        if (path.endsWith("feed.xml")) assert.deepEqual(atomFaults(text, base), [], `${name}: ${path}`);
        if (path.endsWith("feed.json")) assert.deepEqual(jsonFeedFaults(text, base), [], `${name}: ${path}`);
      }
  });

  it("lists in its sitemap what may be listed, and nothing else", () => {
    for (const name of ["the demo", "the fixture"]) {
      const built = known(name);
      assert.deepEqual(sitemapPlaces(built).toSorted(), listable(built).toSorted(), `${name}: see src/site/sitemap.ts`);
    }
    for (const name of ["the demo without an address", "the fixture without an address"])
      assert.deepEqual(sitemapPlaces(known(name)), [], name);
  });
});
