import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { type Served, serve } from "../../src/site/serve.ts";
import { SESSION, tempDir } from "../helpers.ts";
import { buildRtl } from "../site/rtl.ts";
import { findChromium, launch, WHOLE } from "./chromium.ts";
import { inspect } from "./inspect.ts";
import { visitAll } from "./visit.ts";

const HOUR = `teachat/${SESSION}/`;
const PAGES = ["", "teachat/people/sami_k/", HOUR, `${HOUR}open/`, `${HOUR}t/19/`];
const WIDTHS = [390, 1280];
const out = tempDir();
const chromium = findChromium();
if (chromium === null) console.log(`skipped: ${WIDTHS.length + 3} browser tests, no Chromium (set CHROMIUM to its path, or install it)`);

describe("in a browser, in Arabic", { skip: chromium === null }, () => {
  let browser: Browser;
  let served: Served;
  before(async () => {
    await buildRtl(out);
    served = await serve(out, { port: 0 });
    browser = await launch(chromium ?? "");
  });
  after(async () => {
    await browser.close();
    await served.close();
  });

  const optionsOf = (width: number): BrowserContextOptions => ({ viewport: { width, height: 900 }, bypassCSP: true });

  async function visit<T>(path: string, width: number, act: (page: Page) => Promise<T>): Promise<T> {
    const [result] = await visitAll({ browser, url: served.url }, [path], optionsOf(width), act);
    return result as T;
  }

  const boxOf = (page: Page, selector: string): Promise<{ left: number; right: number }> =>
    page.evaluate(`(({ left, right }) => ({ left, right }))(document.querySelector(${JSON.stringify(selector)}).getBoundingClientRect())`);

  for (const width of WIDTHS)
    it(`fits ${width} px and breaks no rule of axe`, async () => {
      const paths = WHOLE || width === 390 ? PAGES : [HOUR];
      await visitAll({ browser, url: served.url }, paths, optionsOf(width), (page, path) => inspect(page, path, width));
    });

  it("is read from the right: times in the gutter there, replies set in from there, questions there", async () => {
    for (const width of WIDTHS)
      await visit(HOUR, width, async (page) => {
        assert.equal(await page.evaluate("getComputedStyle(document.body).direction"), "rtl");
        const [time, text, reply, deeper] = await Promise.all(
          ["#t13 .at time", "#t13 > .e-content", "#t14 > .e-content", "#t15 > .e-content"].map((one) => boxOf(page, one)),
        );
        assert.ok(time !== undefined && text !== undefined && reply !== undefined && deeper !== undefined);
        assert.ok(time.left >= text.right, `${width}: the time begins at ${time.left}, the text ends at ${text.right}`);
        assert.ok(reply.right < text.right && deeper.right < reply.right, `${width}: ${text.right}, ${reply.right}, ${deeper.right}`);
      });
    const [rail, list, voices] = await visit(HOUR, 1280, (page) =>
      Promise.all([".rail", ".list", ".cols > .aside"].map((one) => boxOf(page, one))),
    );
    assert.ok(Number(rail?.left) >= Number(list?.right) && Number(voices?.right) <= Number(list?.left));
  });

  it("lets every tweet go its own way, one that begins with A1 too", async () => {
    const directions = await visit(HOUR, 1280, (page) =>
      page.evaluate('[13, 14, 16, 17, 20].map((id) => getComputedStyle(document.querySelector("#t" + id + " > .e-content")).direction)'),
    );
    assert.deepEqual(directions, ["rtl", "rtl", "ltr", "rtl", "ltr"]);
  });

  it("speaks to the reader in the page's language, in scripts too", async () => {
    const said = await visit("teachat/", 1280, async (page) => {
      await page.clock.install({ time: new Date("2026-03-11T00:00:00Z") });
      await page.reload();
      return page.locator(".yours").textContent();
    });
    assert.match(said ?? "", /بتوقيتك$/);
    assert.equal(await visit(HOUR, 1280, (page) => page.locator("#t13 > .by [data-quote]").textContent()), "اقتبس");
  });
});
