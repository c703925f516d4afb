import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { renderSite } from "../../src/site/whole.ts";
import { tempDir, write } from "../helpers.ts";
import { site } from "../site/fixture.ts";
import { findChromium, launch } from "./chromium.ts";
import { inspect } from "./inspect.ts";

const out = tempDir();
const desk = tempDir();
const chromium = findChromium();
if (chromium === null) console.log("skipped: 3 browser tests of offline.html, no Chromium");

describe("offline.html from a disk", { skip: chromium === null }, () => {
  let browser: Browser;
  let address = "";
  before(async () => {
    await renderSite(site({ url: null }), out);
    const alone = write(desk, "a page.html", readFileSync(join(out, "tidepool/2009-07-21/offline.html")));
    address = pathToFileURL(alone).href;
    browser = await launch(chromium ?? "");
  });
  after(() => browser.close());

  /** Holds that nothing was asked for and nothing refused. */
  async function open<T>(options: BrowserContextOptions, act: (page: Page) => Promise<T>): Promise<T> {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const bad: string[] = [];
    page.on("request", (request) => void (/^data:|^file:.*\.html$/.test(request.url()) || bad.push(request.url())));
    page.on("console", (message) => bad.push(message.text()));
    await page.goto(address);
    await page.evaluate("document.fonts.ready");
    const result = await act(page);
    await context.close();
    assert.deepEqual(bad, []);
    return result;
  }

  it("has its styles, fonts and images, and asks for nothing", async () => {
    const found = await open({ viewport: { width: 1280, height: 900 } }, (page) =>
      page.evaluate(`({
        fonts: [...document.fonts].filter(({ status }) => status === "loaded").map(({ family }) => family).sort(),
        paper: getComputedStyle(document.body).backgroundColor,
        images: [...document.images].map(({ complete, naturalWidth }) => complete && naturalWidth > 0),
        idle: [...document.querySelectorAll("a:not([href])")].filter((a) => a.checkVisibility()).map((a) => a.textContent),
      })`),
    );
    const { fonts, paper, images, idle } = found as { fonts: string[]; paper: string; images: boolean[]; idle: string[] };
    assert.deepEqual([...new Set(fonts)], ["Inter", "Newsreader"]);
    assert.equal(paper, "rgb(252, 250, 245)");
    assert.deepEqual(images, [true]);
    // the chat and its people have their pages on the site alone
    assert.deepEqual(
      idle.filter((words) => !words.startsWith("@")),
      ["#TidePool"],
    );
  });

  for (const [width, colorScheme] of [
    [320, "dark"],
    [1280, "light"],
  ] as const)
    it(`reads well at ${width} px, ${colorScheme}`, () =>
      open({ viewport: { width, height: 800 }, colorScheme, bypassCSP: true }, (page) => inspect(page, "offline.html", width)));
});
