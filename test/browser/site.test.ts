import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { type Served, serve } from "../../src/site/serve.ts";
import { renderSite } from "../../src/site/whole.ts";
import { tempDir } from "../helpers.ts";
import { site } from "../site/fixture.ts";
import { findChromium, launch, WHOLE } from "./chromium.ts";
import { inspect } from "./inspect.ts";
import { visitAll } from "./visit.ts";

const SESSION = "tidepool/2009-07-21/";
const PAGES = [
  "",
  "404.html",
  "tidepool/",
  "tidepool/how/",
  "tidepool/2009/",
  "removal/",
  SESSION,
  `${SESSION}timeline/`,
  `${SESSION}t/1012/`,
  `${SESSION}t/1010/`,
  "tidepool/2009-07-28/",
  "tidepool/links/",
  "tidepool/people/",
  "tidepool/people/cyn/",
  `${SESSION}links/`,
  `${SESSION}open/`,
];
const WIDTHS = [320, 390, 768, 1280];
const SCHEMES = ["light", "dark"] as const;

const out = tempDir();
const chromium = findChromium();

const TESTS = WIDTHS.length * SCHEMES.length + 15;
if (chromium === null) console.log(`skipped: ${TESTS} browser tests, no Chromium (set CHROMIUM to its path, or install it)`);

describe("in a browser", { skip: chromium === null }, () => {
  let browser: Browser;
  let served: Served;
  before(async () => {
    await renderSite(site({ pathPrefix: "/talks/" }), out);
    served = await serve(out, { port: 0, pathPrefix: "/talks/" });
    browser = await launch(chromium ?? "");
  });
  after(async () => {
    await browser.close();
    await served.close();
  });

  async function visit<T>(path: string, options: BrowserContextOptions, act: (page: Page) => Promise<T>): Promise<T> {
    const [result] = await visitAll({ browser, url: served.url }, [path], options, act);
    return result as T;
  }

  for (const width of WIDTHS)
    for (const colorScheme of SCHEMES)
      it(`fits ${width} px and breaks no rule of axe, ${colorScheme}`, async () => {
        const isWhole = WHOLE || (width === 320 && colorScheme === "light") || (width === 1280 && colorScheme === "dark");
        const options = {
          viewport: { width, height: 800 },
          hasTouch: width === 390,
          isMobile: width === 390,
          colorScheme,
          bypassCSP: true,
        };
        // in a tab that has run axe before it takes a third of the time
        await visitAll({ browser, url: served.url }, isWhole ? PAGES : [SESSION], options, (page, path) => inspect(page, path, width));
      });

  it("needs no JavaScript: all is there, and the next dates too", async () => {
    await visit(SESSION, { javaScriptEnabled: false }, async (page) => {
      assert.equal(await page.locator("#t1012 > .e-content").isVisible(), true);
      assert.equal(await page.locator("#t1013 > .by [data-quote]").count(), 0);
      assert.equal(await page.locator("#t1013 > .by .at").getAttribute("href"), "#t1013");
      assert.match((await page.locator("#t1012 > .by [data-quote]").getAttribute("href")) ?? "", /^t\/1012\/$/);
    });
    await visit("tidepool/how/", { javaScriptEnabled: false }, async (page) =>
      assert.equal(await page.locator(".dates li:visible").count(), 3),
    );
  });

  it("keeps a name that is longer than the line beside its time", async () => {
    await visit(SESSION, { viewport: { width: 390, height: 800 } }, async (page) => {
      await page.evaluate("document.querySelector('#t1013 bdi').textContent = 'Somebody with a very long name, and then some more of it'");
      const top = (part: string) => page.evaluate(`document.querySelector('#t1013 > .by ${part}').getBoundingClientRect().top`);
      assert.ok(Math.abs(Number(await top(".at")) - Number(await top(".p-author"))) < 8);
    });
  });

  it("follows a link to a tweet in a folded section", async () => {
    // to look again and again is eval, which the policy forbids
    await visit(`${SESSION}#t1115`, { bypassCSP: true }, async (page) => {
      await page.waitForFunction(
        "(({ height, top }) => height > 0 && top >= 0 && top < 900)(document.querySelector('#t1115').getBoundingClientRect())",
      );
    });
  });

  describe("a page that a link to a tweet in a folded section leads to", () => {
    /** Opened from another page, with the end of its time to come to rest at hand: `rest()`, once. */
    const arrive = (act: (page: Page) => Promise<void>): Promise<void> =>
      visit("tidepool/", {}, async (page) => {
        await page.addInitScript(`{
          const wait = setTimeout;
          globalThis.setTimeout = (act, ms) => (ms === 2000 ? void (globalThis.rest = act) : wait(act, ms));
        }`);
        await page.goto(`${served.url}${SESSION}#t1115`);
        await page.evaluate("document.fonts.ready");
        await act(page);
      });

    /** Where the tweet is once the page was left at `from` and something above it has grown, as sections do that are laid out late. */
    const topAfter = async (page: Page, from: number): Promise<number> =>
      Number(
        await page.evaluate(`(async () => {
          const painted = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
          await painted();
          scrollTo(0, ${from});
          document.querySelector("main").prepend(Object.assign(document.createElement("p"), { style: "height: 500px" }));
          await painted();
          await painted();
          return document.querySelector("#t1115").getBoundingClientRect().top;
        })()`),
      );

    const isSeen = (top: number): void => assert.ok(top >= 0 && top < 900, `the tweet is at ${top}`);
    const isAway = (top: number): void => assert.ok(top >= 900, `the tweet is at ${top}`);

    it("goes there again at each change of its height, above it and below it", async () => {
      await arrive(async (page) => {
        for (const from of [0, 1e6]) isSeen(await topAfter(page, from));
      });
    });

    it("does so no more once it has had time to come to rest, but for another link", async () => {
      await arrive(async (page) => {
        await page.evaluate("rest(), (rest = undefined)");
        isAway(await topAfter(page, 0));
        await page.evaluate(`dispatchEvent(new Event("hashchange"))`);
        for (const from of [0, 1e6]) isSeen(await topAfter(page, from));
        await page.evaluate("rest(), (rest = undefined)");
        isAway(await topAfter(page, 0));
      });
    });

    for (const move of ["wheel", "pointerdown", "keydown", "click"])
      it(`leaves who reads where they are once they have moved it: ${move}`, async () => {
        await arrive(async (page) => {
          await page.evaluate(`dispatchEvent(new Event("${move}"))`);
          isAway(await topAfter(page, 0));
        });
      });

    it("leaves who comes back to it where they were", async () => {
      await arrive(async (page) => {
        await page.reload();
        await page.evaluate("document.querySelector('details:has(:target)').open = true");
        isAway(await topAfter(page, 0));
      });
    });
  });

  it("keeps the tweet of a link clear of the bar on a phone", async () => {
    await visit(`${SESSION}#t1041`, { viewport: { width: 390, height: 800 }, bypassCSP: true }, async (page) => {
      await page.waitForFunction(
        "((top, bar) => top >= bar - 1 && top < 800)(document.querySelector('#t1041').getBoundingClientRect().top, document.querySelector('.rail').getBoundingClientRect().bottom)",
      );
    });
  });

  it("puts a quote on the clipboard, as text and as markup", async () => {
    const permissions = ["clipboard-read", "clipboard-write"];
    const copied = await visit(SESSION, { permissions }, async (page) => {
      await page.locator("#t1013 > .by").hover();
      await page.locator("#t1013 > .by [data-quote]").click();
      await page.locator("#t1013 > .by >> text=Copied").waitFor();
      return page.evaluate(`(async () => {
        const [item] = await navigator.clipboard.read();
        const read = async (type) => (await item.getType(type)).text();
        return { plain: await read("text/plain"), html: await read("text/html") };
      })()`);
    });
    const { plain, html } = copied as { plain: string; html: string };
    assert.equal(plain, `“@cyn yes, and they trade shells\nin the open” — Ben Rook @ben, 2009-07-21 ${served.url}${SESSION}#t1013`);
    assert.match(html, /<blockquote cite="http[^"]+#t1013"><p>@cyn yes, and they trade shells<br>/);
  });

  it("quotes a question in its tweet's own words", async () => {
    const plain = await visit(SESSION, { permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
      await page.locator("#t1010 > .by").hover();
      await page.locator("#t1010 > .by [data-quote]").click();
      await page.locator("#t1010 > .by >> text=Copied").waitFor();
      return page.evaluate("navigator.clipboard.readText()");
    });
    assert.equal(
      plain,
      `“Welcome all! This brings us to: Q1: What lives in a pool that the tide forgets? #TidePool” — Ada Moss @ada, 2009-07-21 ${served.url}${SESSION}#t1010`,
    );
  });

  it("copies the link of a question, and of one that no tweet asks", async () => {
    const copied = await visit(SESSION, { permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
      const links: unknown[] = [];
      for (const anchor of ["q1", "q3"]) {
        await page.locator(`#${anchor} > header`).hover();
        await page.locator(`#${anchor} > header [data-link]`).click();
        await page.locator(`#${anchor} > header >> text=Copied`).waitFor();
        links.push(await page.evaluate("navigator.clipboard.readText()"));
      }
      await page.locator("#q1 > header >> text=Copy link").waitFor();
      return links;
    });
    assert.deepEqual(
      copied,
      ["q1", "q3"].map((anchor) => `${served.url}${SESSION}#${anchor}`),
    );
  });

  it("passes over dates that are gone, and tells the next in the reader's own time", async () => {
    const text = await visit("tidepool/", { timezoneId: "Europe/Paris", locale: "en-GB" }, async (page) => {
      await page.clock.install({ time: new Date("2009-08-05T00:00:00Z") });
      await page.reload();
      await page.locator(".yours").waitFor();
      return page.locator(".dates li:visible").allInnerTexts();
    });
    assert.equal(text.length, 2);
    assert.match(text[0] ?? "", /^Tuesday 11 August 2009, [\s\S]*Tuesday 11 August at 18:00 CEST, your time$/);
  });
});
