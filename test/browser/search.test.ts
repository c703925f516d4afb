import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { setTimeout } from "node:timers/promises";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { type Served, serve } from "../../src/site/serve.ts";
import { renderSite } from "../../src/site/whole.ts";
import { tempDir } from "../helpers.ts";
import { placed, site, tweet } from "../site/fixture.ts";
import { siteOf } from "../site/sessions.ts";
import { findChromium, launch } from "./chromium.ts";
import { inspect } from "./inspect.ts";

const chromium = findChromium();
const VIEWS = [
  [320, "dark"],
  [390, "light"],
  [1280, "light"],
] as const;
if (chromium === null) console.log(`skipped: ${VIEWS.length + 8} browser tests of search, no Chromium`);

/** Two chats of the fixture, below a prefix; and one chat with 25 sessions, over two years. */
const FIXTURE = "/talks/";

describe("the search page in a browser", { skip: chromium === null }, () => {
  let browser: Browser;
  let fixture: Served;
  let series: Served;
  const [here, there] = [tempDir(), tempDir()];
  before(async () => {
    await renderSite(site({ pathPrefix: FIXTURE }), here);
    await renderSite(siteOf(Array.from({ length: 40 }, (_, week) => ({ week, placed: [said(week)] }))), there);
    [fixture, series] = await Promise.all([serve(here, { port: 0, pathPrefix: FIXTURE }), serve(there, { port: 0 })]);
    browser = await launch(chromium ?? "");
  });
  after(async () => {
    await browser.close();
    await Promise.all([fixture.close(), series.close()]);
  });

  const said = (week: number) =>
    placed(tweet({ id: `${5000 + week}`, by: "kit", at: 7 * 24 * 60 * (week - 7), text: `Limpet ${week} on a rock` }), {});

  /** Holds that the page asks nobody else, that nothing breaks its policy, and that no program fails. */
  async function open<T>(served: Served, query: string, act: (page: Page) => Promise<T>, options: BrowserContextOptions = {}): Promise<T> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    const bad: string[] = [];
    page.on("request", (request) => void (request.url().startsWith(served.url) || bad.push(`asks for ${request.url()}`)));
    page.on("pageerror", (error) => bad.push(String(error)));
    page.on("console", (message) => void (message.type() === "error" && bad.push(message.text())));
    await page.goto(`${served.url}search/${query}`);
    const result = await act(page);
    await context.close();
    assert.deepEqual(bad, [], query);
    return result;
  }

  const status = async (page: Page): Promise<string> => (await page.locator("[role=status]").textContent()) ?? "";
  const count = (page: Page): Promise<number> => page.locator(".found li").count();
  /** The page's policy lets no function of ours wait within it. */
  async function until(holds: () => Promise<boolean>): Promise<void> {
    for (let left = 300; !(await holds()); left--) {
      if (left === 0) assert.fail("it did not come to be");
      await setTimeout(30);
    }
  }
  /** What it says when a search has come to its end. */
  async function ended(page: Page): Promise<string> {
    await until(async () => !/^(?:Searching…)?$/.test(await status(page)));
    return status(page);
  }
  const results = (page: Page) => page.locator(".found li");
  const links = (page: Page): Promise<string[]> =>
    page.evaluate("[...document.querySelectorAll('.found a')].map((a) => a.pathname + a.hash)");

  it("finds tweets of all chats by words, the newest first, with links to where they stand", () =>
    open(fixture, "?q=shoe", async (page) => {
      assert.equal(await ended(page), "3 found, newest first.");
      const found = await links(page);
      assert.deepEqual(
        found.map((href) => href.replace(/#.*/, "")),
        ["/talks/tidepool/2009-07-28/", "/talks/night-garden/2009-07-22/", "/talks/tidepool/2009-07-14/"],
      );
      await page.locator(".found a").first().click();
      await page.waitForURL(/2009-07-28\/#t\d+$/);
      assert.match((await page.locator(":target").textContent()) ?? "", /A1 a shoe/);
    }));

  it("marks what was found, and shows who said it, when, and where", () =>
    open(fixture, "?q=hermits&chat=tidepool", async (page) => {
      await ended(page);
      assert.deepEqual(await results(page).locator("mark").allTextContents(), ["Hermit"]);
      assert.match((await results(page).first().textContent()) ?? "", /^@cyn 21 Jul 2009 12:04 #TidePool/);
    }));

  const ASKED: readonly (readonly [what: string, query: string, found: RegExp | null])[] = [
    ["a beginning", "?q=ane", /anemones/],
    ["words in a row", "?q=%22trade+shells%22", /they trade shells/],
    ["no words that are apart", "?q=%22trade+open%22", null],
    ["Hebrew", `?q=${encodeURIComponent("ושושנות")}`, /ים/],
    ["a person's words", "?from=%40eve&q=shells", /Buy shells/],
    ["questions only", "?is=question&q=beginner", /look at first/],
    ["markup as the text it is", "?q=bold&from=eve", /<b>not bold<\/b> \{\{ 7\*7 \}\}/],
  ];
  it("finds, or not", async () => {
    for (const [what, query, found] of ASKED)
      await open(fixture, query, async (page) => {
        assert.equal(await ended(page), found === null ? "Nothing was found." : "1 found, newest first.", what);
        if (found !== null) assert.match((await results(page).first().textContent()) ?? "", found, what);
      });
  });

  it("is used with the keyboard alone, and keeps what is asked in its address", () =>
    open(fixture, "", async (page) => {
      assert.equal(await page.locator(".found").isVisible(), false);
      await page.locator("[name=q]").focus();
      await page.keyboard.type("crabs");
      await page.keyboard.press("Enter");
      assert.equal(await ended(page), "1 found, newest first.");
      assert.match(page.url(), /\/search\/\?q=crabs$/);
      await page.locator("[name=q]").fill("shoe");
      await page.keyboard.press("Enter");
      await until(async () => (await count(page)) === 3);
      await page.keyboard.press("Tab");
      await page.keyboard.press("Tab");
      await page.keyboard.press("ArrowDown");
      await page.waitForURL(/\?q=shoe&chat=tidepool$/);
      await until(async () => (await count(page)) === 2);
      await page.goBack();
      await page.goBack();
      await until(async () => ((await page.locator(".found").textContent()) ?? "").includes("Hermit"));
      assert.deepEqual([await page.locator("[name=q]").inputValue(), await page.locator("[name=chat]").inputValue()], ["crabs", ""]);
    }));

  it("shows ten at a time, and moves on to the first of those that come", () =>
    open(series, "?q=limpets", async (page) => {
      assert.equal(await ended(page), "The newest 10 are shown.");
      await page.locator(".found button").focus();
      await page.keyboard.press("Enter");
      await until(async () => (await count(page)) === 20);
      assert.match(String(await page.evaluate("document.activeElement.closest('li').textContent")), /Limpet 29/);
      assert.equal(await page.evaluate("document.activeElement.href.endsWith('#t5029')"), true);
      for (const most of [30, 40]) {
        await page.locator(".found button").click();
        await until(async () => (await count(page)) === most);
      }
      await page.locator(".found button").click();
      await until(async () => (await status(page)) === "40 found, newest first.");
      assert.equal(await page.locator(".found button").isVisible(), false);
    }));

  it("says so where its files cannot be read, after it asked once more past the caches", () =>
    open(series, "", async (page) => {
      await page.evaluate("window.asked = []; const real = fetch; window.fetch = (url, how) => (asked.push(how.cache), real(url, how))");
      await page.route("**/now/*.bin", (route) => route.fulfill({ body: "<!DOCTYPE html>" }));
      await page.locator("[name=q]").fill("limpet");
      await page.keyboard.press("Enter");
      assert.match(await ended(page), /^The search files could not be read/);
      // dir.json and the file of the word, twice
      assert.deepEqual(await page.evaluate("asked"), ["default", "default", "reload", "reload"]);
      await page.unroute("**/now/*.bin");
      await page.keyboard.press("Enter");
      await until(async () => (await count(page)) === 10);
    }));

  it("finds what is published now where a cache holds a file of before", async () => {
    const file = readFileSync(join(there, "search/tidepool/now/0.bin"));
    await open(series, "", async (page) => {
      let first = true;
      await page.route("**/now/0.bin", (route) => {
        const body = first ? Buffer.from([1, ...file]) : file;
        first = false;
        return route.fulfill({ body });
      });
      await page.locator("[name=q]").fill("limpet");
      await page.keyboard.press("Enter");
      assert.equal(await ended(page), "The newest 10 are shown.");
      assert.equal(first, false);
    });
  });

  it("has no form without JavaScript, and all ways to browse", () =>
    open(
      fixture,
      "",
      async (page) => {
        assert.equal(await page.locator(".ask").isVisible(), false);
        assert.equal(await page.locator("noscript .banner").isVisible(), true);
        for (const name of ["Tide Pool Chat", "2009", "Ben Rook", "All 10 people", "What lives in a pool that the tide forgets?"])
          assert.equal(await page.getByRole("link", { name, exact: true }).first().isVisible(), true, name);
      },
      { javaScriptEnabled: false },
    ));

  for (const [width, colorScheme] of VIEWS)
    it(`fits ${width} px and breaks no rule of axe, ${colorScheme}`, () =>
      open(
        fixture,
        "?q=a&chat=tidepool",
        async (page) => {
          await ended(page);
          await inspect(page, "search/", width);
        },
        { viewport: { width, height: 800 }, colorScheme, bypassCSP: true },
      ));
});
