import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { namesIn, planOf } from "../../src/publish/plan.ts";

describe("a list of published files", () => {
  it("holds no name that leads out of the target", () =>
    assert.deepEqual([...namesIn("a\n\n../b\nc/../../d\n/etc/e\nc\\..\\f\nd/g\n")], ["a", "d/g"]));
});

describe("a plan", () => {
  const plan = (files: string[], differing: string[], known: string[] = []) =>
    planOf(files, { known: new Set(known), differing: new Set(differing) });

  it("puts what pages load first, then pages, then what leads to them", () => {
    const files = [
      "tea/index.html",
      "sitemap.xml",
      "search/tea/dir.json",
      "search/tea/now/7.bin",
      "tea/2026/index.html",
      "tea/2026-03-03/index.html",
      "assets/a.css",
      "tea/people/amy/index.html",
      "tea/people/index.html",
    ];
    assert.deepEqual(plan(files, files).put, [
      ["assets/a.css"],
      ["search/tea/now/7.bin", "tea/2026-03-03/index.html", "tea/people/amy/index.html", "tea/people/index.html"],
      ["search/tea/dir.json", "sitemap.xml", "tea/2026/index.html", "tea/index.html"],
    ]);
  });

  it("removes only what was published before", () =>
    assert.deepEqual(plan(["a"], [], ["a", "b", "c"]), { put: [], remove: ["b", "c"], unchanged: 1 }));
});
