import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { planOf, type Standing } from "../../src/site/plan.ts";
import { makes, type Scope, shardsOf, unitOf, unitsIn } from "../../src/site/scope.ts";
import { changedYears } from "../../src/site/units.ts";

/** `a:1` is unit a with key 1. */
const keysOf = (text: string): Map<string, string> =>
  new Map(
    text
      .split(" ")
      .filter(Boolean)
      .map((one) => one.split(":") as [string, string]),
  );
const standing = (text: { built?: string; rendered?: string; broken?: string; lost?: readonly string[] }): Standing => ({
  built: keysOf(text.built ?? ""),
  broken: new Set(text.broken?.split(" ")),
  rendered: new Map([...keysOf(text.rendered ?? "")].map(([unit, key]) => [unit, { key, files: [`${unit}/index.html`], shard: "1" }])),
  waits: (shard, file) => !text.lost?.includes(`${shard}:${file}`),
});
const outline = (units: string, stands: Parameters<typeof standing>[0], full = false): string => {
  const { render, relink, put, gone } = planOf(keysOf(units), standing(stands), full);
  return `render ${render}${relink.length > 0 ? ` relink ${relink}` : ""} put ${[...put.keys()]} gone ${gone}`;
};

describe("the plan of a build", () => {
  const CASES: readonly (readonly [what: string, units: string, stands: Parameters<typeof standing>[0], plan: string])[] = [
    ["renders all where nothing stands", "a:1 b:1", {}, "render a,b put  gone "],
    ["keeps what is made from the same", "a:1 b:2", { built: "a:1 b:1" }, "render b put  gone "],
    ["renders again what lost a file", "a:1 b:1", { built: "a:1 b:1", broken: "b" }, "render b put  gone "],
    ["names what is none any more", "a:1", { built: "a:1 b:1" }, "render  put  gone b"],
    ["puts what was rendered before the kill", "a:2 b:2", { built: "a:1 b:1", rendered: "a:2" }, "render b put a gone "],
    ["not where that is out of date", "a:3", { built: "a:1", rendered: "a:2" }, "render a put  gone "],
    ["relinks what stands and has other neighbours", "a:1\n2 b:1\n2", { built: "a:1\n1 b:2\n1" }, "render b relink a put  gone "],
    ["not where a file of it is lost", "a:1\n2", { built: "a:1\n1", broken: "a" }, "render a put  gone "],
    ["nor where it waits", "a:1\n2", { built: "a:1\n1", rendered: "a:1\n2" }, "render  put a gone "],
    ["nor where nobody knows what stands", "a:1\n2", { built: "a:" }, "render a put  gone "],
    ["nor where it is lost", "a:2", { rendered: "a:2", lost: ["1:a/index.html"] }, "render a put  gone "],
  ];
  for (const [what, units, stands, plan] of CASES) it(what, () => assert.equal(outline(units, stands), plan));

  it("renders all when that is wanted", () =>
    assert.equal(outline("a:1 b:1", { built: "a:1", rendered: "b:1" }, true), "render a,b put  gone "));
});

describe("the key of a chat's search", () => {
  it("tells which years are others", () => {
    assert.deepEqual(changedYears("k 2008:a 2009:a", "k 2009:b 2010:a"), [2008, 2009, 2010]);
    assert.deepEqual(changedYears("k 2009:a", "k 2009:a"), []);
    assert.equal(changedYears("k 2009:a", "other 2009:a"), null);
  });
});

describe("shards", () => {
  const sessions = (n: number): string[] => Array.from({ length: n }, (_, i) => `tea/2026-01-${i}`);
  const nothing = { changed: () => null, weigh: () => 9 };
  it("are none where nothing is rendered", () => assert.deepEqual(shardsOf([], nothing), []));
  it("are one where there is little to do, beside what finds tweets", () => {
    const pages = [...sessions(3), "tea/people/amy", "tea/2026", "tea", ""];
    assert.deepEqual(
      shardsOf([...pages, "search/tea"], nothing).map((scope) => unitsIn(scope).sort()),
      [["search/tea"], pages.sort()],
    );
    assert.deepEqual(shardsOf(["search/tea"], nothing).map(unitsIn), [["search/tea"]]);
  });
  it("hold 20 sessions at most, and every unit once", () => {
    const units = [...sessions(45), "tea/people/amy", "tea/2025", "tea/2026", "tea", "search/tea", ""];
    const shards = shardsOf(units, nothing);
    assert.deepEqual(
      shards.map(({ sessions: { length } }) => length),
      [0, 0, 0, 20, 20, 5],
    );
    assert.deepEqual(shards.flatMap(unitsIn).sort(), units.sort());
  });
  it("hold 20 years at most", () => {
    const years = Array.from({ length: 45 }, (_, i) => `tea/${2000 + i}`);
    const shards = shardsOf([...years, "tea", ""], nothing);
    assert.deepEqual(
      shards.map((scope) => [scope.years.length, scope.chats]),
      [
        [20, ["tea"]],
        [20, null],
        [5, null],
      ],
    );
    assert.deepEqual(shards.flatMap(unitsIn).sort(), [...years, "tea", ""].sort());
  });
  it("hold fewer long ones", () =>
    assert.deepEqual(
      shardsOf(sessions(5), { ...nothing, weigh: () => 2000 }).map(({ sessions: { length } }) => length),
      [1, 1, 1, 1, 1],
    ));
  it("leave out the templates that have no page in them", () => {
    const [one] = shardsOf(["tea/people/amy"], nothing);
    const made = ["site.sessions", "site.tweets", "site.people", "site.slugs", null].filter((listed) => makes(one as Scope, listed));
    assert.deepEqual(made, ["site.people"]);
    const [year] = shardsOf(["tea/2026"], nothing);
    assert.deepEqual(
      ["site.sessions", "site.years", "site.sitemaps", "site.slugs", null].filter((listed) => makes(year as Scope, listed)),
      ["site.years", "site.sitemaps"],
    );
  });
  it("know whose a file is", () => {
    const units = new Set(["tea/2026-03-03", "tea/2026", "tea/people/amy", "tea", "search/tea", ""]);
    const FILES = {
      "tea/2026-03-03/t/1/index.html": "tea/2026-03-03",
      "tea/people/amy/index.html": "tea/people/amy",
      "tea/people/old_amy/index.html": "tea",
      "tea/2026/index.html": "tea/2026",
      "sitemap-tea-2026.xml": "tea/2026",
      "sitemap-tea-2026.2.xml": "tea/2026",
      "sitemap-tea-2025.xml": null,
      "sitemap-pages.xml": "",
      "tea/feed.xml": "tea",
      "search/tea/now/1.bin": "search/tea",
      "search/index.html": "",
      "index.html": "",
      "assets/style.css": "",
    };
    for (const [file, unit] of Object.entries(FILES)) assert.equal(unitOf(file, units), unit);
    assert.equal(unitOf("index.html", new Set(["tea/2026-03-03"])), null);
  });
});
