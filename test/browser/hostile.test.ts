import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Browser } from "playwright-core";
import { built, PLANTS, payloads, unescapedIn } from "../site/hostile.ts";
import { findChromium, launch } from "./chromium.ts";
import { ranIn } from "./hostile.ts";

const SESSION = "teachat/2026-03-03/index.html";
const chromium = findChromium();
if (chromium === null) console.log("skipped: 2 browser tests of hostile words, no Chromium (set CHROMIUM to its path, or install it)");

describe("hostile words in a browser without the policy", { skip: chromium === null }, () => {
  let browser: Browser;
  let pages: ReadonlyMap<string, string>;
  before(async () => {
    browser = await launch(chromium ?? "");
    ({ pages } = await built(300, payloads().all));
  });
  after(() => browser.close());

  it("would run with one escape forgotten", async () => {
    const html = pages.get(SESSION) ?? assert.fail();
    const script = /<bdi>[^<]*&lt;script&gt;hit\(\)[^<]*<\/bdi>/;
    for (const escaped of [script, PLANTS.title ?? script]) {
      const broken = unescapedIn(html, escaped) ?? assert.fail();
      assert.notDeepEqual(await ranIn(browser, [["broken.html", broken]]), []);
    }
  });

  it("run nothing and ask for nothing", async () => {
    assert.deepEqual(await ranIn(browser, pages), []);
  });
});
