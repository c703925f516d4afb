import type { Browser } from "playwright-core";
import { withoutPolicy } from "../site/hostile.ts";

const HOST = "http://hostile.test/";

/** What of pages runs or asks for something, with nothing to hold it back but its escapes: their policies are taken away. */
export async function ranIn(browser: Browser, pages: Iterable<readonly [string, string]>): Promise<string[]> {
  const ran: string[] = [];
  const context = await browser.newContext();
  await context.addInitScript("window.hit = () => console.debug('hit')");
  const page = await context.newPage();
  page.on("console", (message) => void (message.text() === "hit" && ran.push(`${page.url()}: a program ran`)));
  page.on("dialog", (dialog) => {
    ran.push(`${page.url()}: a dialog opened`);
    void dialog.dismiss();
  });
  let html = "";
  let path = "";
  // a busy browser may ask for a page's own picture when the next page is on its way
  const pictures = new Set<string>();
  await page.route("**/*", (route) => {
    const url = route.request().url();
    if (url === HOST + path) return route.fulfill({ contentType: "text/html; charset=utf-8", body: html });
    const own = url.startsWith(`${HOST}assets/`) || pictures.has(url);
    if (!own) ran.push(`${path} asks for ${url}`);
    return route.fulfill({ status: 404, body: "" });
  });
  for (const [name, text] of pages) {
    path = name;
    pictures.add(new URL("card.png", HOST + path).href);
    html = withoutPolicy(text);
    await page.goto(HOST + path);
    // what runs on the way in, when opened and when reached
    await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true");
    await page.evaluate("for (const one of document.querySelectorAll('a, [tabindex]')) one.dispatchEvent(new Event('focus'))");
    if (new URL(page.url()).href !== HOST + path) ran.push(`${path} leads away, to ${page.url()}`);
  }
  await context.close();
  return ran;
}
