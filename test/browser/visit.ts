import assert from "node:assert/strict";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";

/** Opens pages of a site one after the other in one tab, and holds after each that nothing was asked of anyone else and nothing failed.
 *  `url`: where the site is served, with the `/` at its end. */
export async function visitAll<T>(
  { browser, url }: { readonly browser: Browser; readonly url: string },
  paths: readonly string[],
  options: BrowserContextOptions,
  act: (page: Page, path: string) => Promise<T>,
): Promise<T[]> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const bad: string[] = [];
  page.on("request", (request) => void (request.url().startsWith(url) || bad.push(`asks for ${request.url()}`)));
  page.on("response", (response) => void (response.ok() || bad.push(`${response.status()} ${response.url()}`)));
  page.on("pageerror", (error) => bad.push(String(error)));
  page.on("console", (message) => void (message.type() === "error" && bad.push(message.text())));
  const results: T[] = [];
  for (const path of paths) {
    await page.goto(url + path);
    await page.evaluate("document.fonts.ready");
    results.push(await act(page, path));
    assert.deepEqual(bad, [], path);
  }
  await context.close();
  return results;
}
