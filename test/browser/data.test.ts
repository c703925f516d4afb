import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { Browser } from "playwright-core";
import { type Served, serve } from "../../src/site/serve.ts";
import { renderSite } from "../../src/site/whole.ts";
import { tempDir } from "../helpers.ts";
import { site } from "../site/fixture.ts";
import { findChromium, launch } from "./chromium.ts";

const SESSION = "tidepool/2009-07-21/";
const out = tempDir();
const chromium = findChromium();
if (chromium === null) console.log("skipped: 2 browser tests, no Chromium (set CHROMIUM to its path, or install it)");

describe("data in a page, in a browser", { skip: chromium === null }, () => {
  let browser: Browser;
  let served: Served;
  before(async () => {
    await renderSite(site(), out);
    const page = readFileSync(join(out, SESSION, "index.html"), "utf8");
    writeFileSync(join(out, SESSION, "planted.html"), page.replace("</body>", "<script>document.title = 'it ran'</script></body>"));
    served = await serve(out, { port: 0 });
    browser = await launch(chromium ?? "");
  });
  after(async () => {
    await browser.close();
    await served.close();
  });

  /** What the page's policy was broken by, its title, and how many blocks of data it has. */
  async function look(path: string): Promise<{ broken: string[]; title: string; data: number }> {
    const page = await browser.newPage();
    await page.addInitScript(
      "window.broken = []; addEventListener('securitypolicyviolation', (event) => broken.push(event.violatedDirective))",
    );
    await page.goto(served.url + path);
    const found = await page.evaluate("({ broken, title: document.title, data: document.querySelectorAll('script[type$=json]').length })");
    await page.close();
    return found as { broken: string[]; title: string; data: number };
  }

  it("is told where a script of the page's own breaks the policy", async () => {
    const { broken, title } = await look(`${SESSION}planted.html`);
    assert.deepEqual(broken, ["script-src-elem"]);
    assert.doesNotMatch(title, /it ran/);
  });

  it("breaks no policy with JSON-LD", async () => {
    for (const path of [SESSION, `${SESSION}t/1012/`]) {
      const { broken, data } = await look(path);
      assert.deepEqual([broken, data], [[], 1]);
    }
  });
});
